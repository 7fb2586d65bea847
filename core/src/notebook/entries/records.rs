//! A line of a mixed list, and the parts of it that other rooms share.

use serde::Serialize;

use crate::language::Message;
use crate::model::edit::Parts;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::snippet::Segment;
use crate::model::time::{Millis, Trust};
use crate::model::visit::Channel;
use crate::notebook::promises::records::PromiseSummary;

/// The kind of the document that a line of a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A customer.
    Account,
    /// A visit.
    Visit,
    /// An observed usage.
    Usage,
    /// A promise.
    Promise,
    /// A colleague's entry about themselves.
    Person,
}

/// One line of a mixed list: the latest entries, an account's timeline, the results of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EntrySummary {
    /// The document's id.
    pub id: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The customer's document; none if it is about no customer.
    pub account: Option<DocId>,
    /// The customer's name as it was when this was written.
    pub account_name: String,
    /// The instant at which it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// The author's name; empty while unknown.
    pub by: String,
    /// True if this notebook's person wrote it: with this notebook's actor, or with another one of theirs.
    pub by_me: bool,
    /// Its text: the customer's name, what was said at the visit, the first of quote, activity, notes and product that
    /// the usage has, the promise's deliverable.
    pub text: String,
    /// The text behind it in smaller type: the customer's first telephone number, the meaning of what was said at
    /// the visit, the usage's workaround, the promise's criterion. May be empty.
    pub aside: String,
    /// The channel of a visit; none for other kinds.
    pub channel: Option<Channel>,
    /// The pain that was observed, 0 to 3, for usage; none for other kinds.
    pub pain: Option<u8>,
    /// The promise's summary, for promises; none for other kinds.
    pub promise: Option<PromiseSummary>,
    /// The number of its parts that are here; none where all are.
    pub parts: Option<Parts>,
    /// `parts` as a sentence; none where `parts` is none.
    pub parts_words: Option<Message>,
    /// The trust in its times; `Good` for an account.
    pub trust: Trust,
    /// True if a change of it has not reached the server.
    pub unsent: bool,
    /// The fields in which a search found its words, at most three: its name or text first. Empty if it does not come
    /// from a search.
    pub matches: Vec<SearchMatch>,
    /// The ids of the accounts that are likely the same customer, entered twice; for an account that a search found,
    /// else empty.
    pub likely_same: Vec<DocId>,
    /// True for a customer, a visit or an observation that is archived.
    pub archived: bool,
}

/// A field in which a search found its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SearchMatch {
    /// The field's name.
    pub field: Message,
    /// An extract of the field's text, with what was found marked.
    pub segments: Vec<Segment>,
}

/// One field that a change touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct FieldChange {
    /// The field's path: "name", "notes", "contacts/…/role", "events/accepted".
    pub field: String,
    /// The field's value after the change; empty if it was removed.
    pub value: String,
}

impl From<EntryKind> for DocumentKind {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Account => Self::Account,
            EntryKind::Visit => Self::Visit,
            EntryKind::Usage => Self::Usage,
            EntryKind::Promise => Self::Promise,
            EntryKind::Person => Self::Person,
        }
    }
}
