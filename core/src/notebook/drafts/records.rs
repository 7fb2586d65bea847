//! Drafts as screens save them, as lists show them, and what logging one wrote. What they hold is on disk: numbers
//! never change.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::language::Message;
use crate::model::account::AccountDraft;
use crate::model::ids::{DocId, GroupId};
use crate::model::time::Millis;
use crate::model::visit::UsageDraft;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::visits::VisitEntry;

/// The entry that a draft will become.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
#[allow(clippy::large_enum_variant)]
pub enum DraftContent {
    /// A visit, with what was observed and promised there. Without a time of its own it happens when it is logged.
    #[n(0)]
    Visit {
        /// The visit.
        #[n(0)]
        entry: VisitEntry,
        /// The customer, where they are entered on the same screen; none: that of the visit.
        #[n(1)]
        #[uniffi(default = None)]
        new_account: Option<AccountDraft>,
    },
    /// An observation.
    #[n(1)]
    Usage {
        /// The observation.
        #[n(0)]
        draft: UsageDraft,
        /// The customer, where they are entered on the same screen; none: that of the observation.
        #[n(1)]
        #[uniffi(default = None)]
        new_account: Option<AccountDraft>,
    },
    /// A promise.
    #[n(2)]
    Promise {
        /// The promise.
        #[n(0)]
        draft: PromiseDraft,
        /// The customer, where they are entered on the same screen; none: that of the promise.
        #[n(1)]
        #[uniffi(default = None)]
        new_account: Option<AccountDraft>,
    },
    /// A customer.
    #[n(3)]
    Account {
        /// The customer.
        #[n(0)]
        draft: AccountDraft,
    },
    /// A text of an entry that is here, being rewritten.
    #[n(4)]
    Text {
        /// The entry.
        #[n(0)]
        doc: DocId,
        /// The text.
        #[n(1)]
        field: DraftField,
        /// The whole text as it shall stand.
        #[n(2)]
        text: String,
        /// The text that the screen showed when the rewriting began; none: the one that stands there when it is logged.
        #[n(3)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
}

/// A text that is rewritten in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DraftField {
    /// The notes on a customer.
    #[n(0)]
    AccountNotes,
    /// The uses that a customer has for our product.
    #[n(1)]
    AccountUses,
    /// The things that must never fail at a customer's.
    #[n(2)]
    AccountMustNotFail,
    /// The words of a visit.
    #[n(3)]
    VisitSaid,
    /// The meaning that we think they have.
    #[n(4)]
    VisitMeans,
    /// The answer to "how else can we help?".
    #[n(5)]
    VisitHelp,
    /// The notes on an observation.
    #[n(6)]
    UsageNotes,
}

/// A draft as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DraftSummary {
    /// The draft's id: that of the group that logging it writes.
    pub id: GroupId,
    /// The instant when it was saved last, in milliseconds since the epoch, by this device's clock.
    pub saved_at: Millis,
    /// The step of the screen that it was saved at.
    pub step: String,
    /// Its content; none where a newer program wrote it, which can go on with it.
    pub content: Option<DraftContent>,
    /// Its kind and its customer.
    pub title: Message,
    /// The beginning of its text; may be empty.
    pub text: String,
}

/// The outcome of logging a draft: all of it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LoggedDraft {
    /// The group that was written, of the draft's id: it can be taken back.
    pub group: GroupId,
    /// The customer that it created; none if it created none.
    pub account: Option<DocId>,
    /// The visit; none if it was no draft of one.
    pub visit: Option<DocId>,
    /// The observations, in the order of the draft.
    pub usages: Vec<DocId>,
    /// The promises, in the order of the draft.
    pub promises: Vec<DocId>,
    /// The entry of which a text was rewritten; none if it was no draft of a text.
    pub changed: Option<DocId>,
    /// A warning that the clock of this device is behind; none if nothing speaks against it, or it was logged before.
    pub clock_warning: Option<Message>,
    /// True if it had been logged before: nothing was written now.
    pub again: bool,
}

/// The documents that logging a draft wrote, as they are kept for a repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(in crate::notebook) struct LoggedDocs {
    #[n(0)]
    pub account: Option<DocId>,
    #[n(1)]
    pub visit: Option<DocId>,
    #[n(2)]
    pub usages: Vec<DocId>,
    #[n(3)]
    pub promises: Vec<DocId>,
    #[n(4)]
    pub changed: Option<DocId>,
}

impl LoggedDocs {
    /// Returns them as the outcome of logging a draft.
    pub(in crate::notebook) fn outcome(self, group: GroupId, again: bool) -> LoggedDraft {
        let Self {
            account,
            visit,
            usages,
            promises,
            changed,
        } = self;
        LoggedDraft {
            group,
            account,
            visit,
            usages,
            promises,
            changed,
            clock_warning: None,
            again,
        }
    }
}
