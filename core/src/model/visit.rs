//! One contact with a customer: a visit, a call, a message. What was observed there is its `usage`, where it was its
//! `place`.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::edit::Parts;
use super::ids::{DocId, FileHash, ItemId, Team};
use super::time::{Millis, RecordedTime, Trust};
use super::unsettled::Unsettled;

mod place;
mod usage;

pub use place::VisitPlace;
pub use usage::{Usage, UsageDraft, UsageEdit, UsageKind};

/// The channel on which a customer was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On the customer's site.
    #[default]
    #[n(0)]
    OnSite,
    /// A telephone call.
    #[n(1)]
    Call,
    /// A video call.
    #[n(2)]
    Video,
    /// A written message.
    #[n(3)]
    Text,
    /// A fair, a party, a chance meeting.
    #[n(4)]
    Event,
}

impl Channel {
    /// Every channel, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::OnSite,
        Self::Call,
        Self::Video,
        Self::Text,
        Self::Event,
    ];

    /// The channel's name in documents and on command lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnSite => "on-site",
            Self::Call => "call",
            Self::Video => "video",
            Self::Text => "message",
            Self::Event => "event",
        }
    }

    /// The channel of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// Names as they were when something was written, shown where the document itself is not here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct NameSnapshot {
    /// The account.
    #[n(0)]
    #[uniffi(default = "")]
    pub account: String,
    /// The site.
    #[n(1)]
    #[uniffi(default = "")]
    pub site: String,
    /// The contact.
    #[n(2)]
    #[uniffi(default = "")]
    pub contact: String,
}

/// A visit to be logged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct VisitDraft {
    /// The customer.
    #[n(0)]
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The contact whom we met.
    #[n(1)]
    #[uniffi(default = None)]
    pub contact: Option<ItemId>,
    /// Filled by the core from the account; values that are given here count where the account is not known.
    #[n(2)]
    #[uniffi(default)]
    pub labels: NameSnapshot,
    /// The channel on which we met.
    #[n(3)]
    pub channel: Channel,
    /// The words that were said.
    #[n(4)]
    #[uniffi(default = "")]
    pub said: String,
    /// The meaning that we think they have.
    #[n(5)]
    #[uniffi(default = "")]
    pub means: String,
    /// Outcome marks: "fixed", "follow-up", "happy".
    #[n(6)]
    #[uniffi(default = [])]
    pub marks: Vec<String>,
    /// The answer to "how else can we help?".
    #[n(7)]
    #[uniffi(default = "")]
    pub help: String,
    /// The time of the visit, in milliseconds since the epoch; None is now.
    #[n(8)]
    #[uniffi(default = None)]
    pub happened_at: Option<Millis>,
    /// Photos and voice notes.
    #[n(9)]
    #[uniffi(default = [])]
    pub files: Vec<FileHash>,
    /// The time for which it was planned, in milliseconds since the epoch; None if it was not planned.
    #[n(10)]
    #[uniffi(default = None)]
    pub planned_at: Option<Millis>,
    /// The time at which we came, in milliseconds since the epoch; None if it was not noted.
    #[n(11)]
    #[uniffi(default = None)]
    pub arrived_at: Option<Millis>,
    /// The time at which we left, in milliseconds since the epoch; None if it was not noted.
    #[n(12)]
    #[uniffi(default = None)]
    pub left_at: Option<Millis>,
    /// The place as the device knew it; None if it was not asked for.
    #[n(13)]
    #[uniffi(default = None)]
    pub place: Option<VisitPlace>,
    /// True if the answer to "what did you promise?" is: nothing. False while it was not answered so.
    #[cbor(n(14), default)]
    #[uniffi(default = false)]
    pub nothing_promised: bool,
}

/// One change to a visit.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
pub enum VisitEdit {
    /// Rewrites the words that were said, by sentence; sentences that others wrote meanwhile stay.
    #[n(0)]
    Said {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The text that the screen showed; none: the text as it stands.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Rewrites the meaning that we think they have.
    #[n(1)]
    Means {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The answer that the screen showed: if another one stands there by now, the edit is refused. None: whatever
        /// stands there goes.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Adds an outcome mark.
    #[n(2)]
    AddMark {
        /// The mark.
        #[n(0)]
        mark: String,
    },
    /// Removes an outcome mark.
    #[n(3)]
    RemoveMark {
        /// The mark.
        #[n(0)]
        mark: String,
    },
    /// Gives another answer to "how else can we help?".
    #[n(4)]
    Help {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The answer that the screen showed: if another one stands there by now, the edit is refused. None: whatever
        /// stands there goes.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Settles which versions of a sentence of the words stand.
    #[n(5)]
    SettleSentence {
        /// The sentence, as [`Unsettled`] names it.
        #[n(0)]
        ancestor: String,
        /// The versions that stand; none: the sentence goes.
        #[n(1)]
        keep: Vec<String>,
    },
    /// Corrects the customer, and with them whom we met.
    #[n(6)]
    Account {
        /// The customer; none: it was at none.
        #[n(0)]
        account: Option<DocId>,
        /// The contact whom we met.
        #[n(1)]
        #[uniffi(default = None)]
        contact: Option<ItemId>,
        /// Filled by the core from the account; values that are given here count where the account is not known.
        #[n(2)]
        #[uniffi(default)]
        labels: NameSnapshot,
    },
    /// Corrects whom we met.
    #[n(7)]
    Contact {
        /// The contact; none: not noted.
        #[n(0)]
        contact: Option<ItemId>,
        /// Filled by the core from the account.
        #[n(1)]
        #[uniffi(default)]
        labels: NameSnapshot,
    },
    /// Corrects the channel.
    #[n(8)]
    Channel {
        /// The channel on which we met.
        #[n(0)]
        channel: Channel,
    },
    /// Corrects the time of the visit.
    #[n(9)]
    HappenedAt {
        /// The time, in milliseconds since the epoch.
        #[n(0)]
        at: Millis,
    },
    /// Corrects the time for which it was planned.
    #[n(10)]
    PlannedAt {
        /// The time, in milliseconds since the epoch; none: it was not planned.
        #[n(0)]
        at: Option<Millis>,
    },
    /// Corrects the time at which we came.
    #[n(11)]
    ArrivedAt {
        /// The time, in milliseconds since the epoch; none: not noted.
        #[n(0)]
        at: Option<Millis>,
    },
    /// Corrects the time at which we left.
    #[n(12)]
    LeftAt {
        /// The time, in milliseconds since the epoch; none: not noted.
        #[n(0)]
        at: Option<Millis>,
    },
    /// Corrects the place.
    #[n(13)]
    Place {
        /// The place; none: not asked for.
        #[n(0)]
        place: Option<VisitPlace>,
    },
    /// Corrects the answer to "what did you promise?".
    #[n(14)]
    NothingPromised {
        /// True if it is: nothing.
        #[n(0)]
        nothing: bool,
    },
    /// Adds a photo or a voice note.
    #[n(15)]
    AddFile {
        /// The file.
        #[n(0)]
        file: FileHash,
    },
    /// Removes a photo or a voice note.
    #[n(16)]
    RemoveFile {
        /// The file.
        #[n(0)]
        file: FileHash,
    },
    /// Archives it: lists leave it out until it is restored.
    #[n(17)]
    Archive {
        /// The reason; may be empty.
        #[n(0)]
        #[uniffi(default = "")]
        reason: String,
    },
    /// Brings it back from the archive.
    #[n(18)]
    Restore {
        /// The reason; may be empty.
        #[n(0)]
        #[uniffi(default = "")]
        reason: String,
    },
}

impl VisitEdit {
    /// The customer to whom it gives the visit; None if it gives it to none.
    pub fn new_account(&self) -> Option<DocId> {
        match self {
            Self::Account { account, .. } => *account,
            _ => None,
        }
    }
}

/// A visit in full.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Visit {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The customer.
    #[n(1)]
    pub account: Option<DocId>,
    /// The contact whom we met.
    #[n(2)]
    pub contact: Option<ItemId>,
    /// Names as they were then.
    #[n(3)]
    pub labels: NameSnapshot,
    /// The team that it belongs to.
    #[n(4)]
    pub team: Option<Team>,
    /// The channel on which we met.
    #[n(5)]
    pub channel: Channel,
    /// The words that were said.
    #[n(6)]
    pub said: String,
    /// The meaning that we think they have.
    #[n(7)]
    pub means: String,
    /// Outcome marks.
    #[n(8)]
    pub marks: Vec<String>,
    /// The answer to "how else can we help?".
    #[n(9)]
    pub help: String,
    /// The time of the visit, in milliseconds since the epoch.
    #[n(10)]
    pub happened_at: Millis,
    /// The time of writing, as the device knew it.
    #[n(11)]
    pub written: RecordedTime,
    /// Photos and voice notes.
    #[n(12)]
    pub files: Vec<FileHash>,
    /// The author, and the time.
    #[n(13)]
    pub by: Authorship,
    /// The share of its parts that is here; None if all of it is.
    #[n(14)]
    pub parts: Option<Parts>,
    /// Values and versions that wait to be settled; none if nothing does.
    #[n(15)]
    pub unsettled: Option<Unsettled>,
    /// The time for which it was planned, in milliseconds since the epoch; None if it was not planned. Of several that
    /// were written without seeing each other, the latest of the document.
    #[n(16)]
    pub planned_at: Option<Millis>,
    /// The time at which we came, in milliseconds since the epoch; None if it was not noted.
    #[n(17)]
    pub arrived_at: Option<Millis>,
    /// The time at which we left, in milliseconds since the epoch; None if it was not noted.
    #[n(18)]
    pub left_at: Option<Millis>,
    /// The place as the device knew it; None if it was not asked for.
    #[n(19)]
    pub place: Option<VisitPlace>,
    /// True if the answer to "what did you promise?" is: nothing.
    #[cbor(n(20), default)]
    pub nothing_promised: bool,
    /// True if it is archived, and nobody went on with it without seeing that.
    #[cbor(n(21), default)]
    pub archived: bool,
}

impl Visit {
    /// The trust in its times.
    pub fn trust(&self) -> Trust {
        self.written.trust()
    }
}
