//! One contact with a customer, and observations of how they use the product.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::edit::Parts;
use super::ids::{DocId, FileHash, ItemId, Team};
use super::time::{Millis, RecordedTime, Trust};
use super::unsettled::Unsettled;

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
}

impl Visit {
    /// The trust in its times.
    pub fn trust(&self) -> Trust {
        self.written.trust()
    }
}

/// The subject of an observation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum UsageKind {
    /// A way in which they use the product.
    #[default]
    #[n(0)]
    Use,
    /// A need noticed in passing.
    #[n(1)]
    Need,
}

/// Observed usage to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UsageDraft {
    /// Use or need.
    #[n(0)]
    pub kind: UsageKind,
    /// The customer; a need may have none yet.
    #[n(1)]
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The visit during which it was seen.
    #[n(2)]
    #[uniffi(default = None)]
    pub visit: Option<DocId>,
    /// Filled by the core from the account.
    #[n(3)]
    #[uniffi(default)]
    pub labels: NameSnapshot,
    /// The product or machine.
    #[n(4)]
    #[uniffi(default = "")]
    pub product: String,
    /// The task that they were doing.
    #[n(5)]
    #[uniffi(default = "")]
    pub doing: String,
    /// The workaround with which they help themselves.
    #[n(6)]
    #[uniffi(default = "")]
    pub workaround: String,
    /// The frequency, as they say it.
    #[n(7)]
    #[uniffi(default = "")]
    pub frequency: String,
    /// The pain that it gives, 0 to 3.
    #[n(8)]
    #[uniffi(default = 0)]
    pub pain: u8,
    /// The quantity, as text.
    #[n(9)]
    #[uniffi(default = "")]
    pub quantity: String,
    /// Their words.
    #[n(10)]
    #[uniffi(default = "")]
    pub quote: String,
    /// Themes.
    #[n(11)]
    #[uniffi(default = [])]
    pub themes: Vec<String>,
    /// True if they agreed to be quoted.
    #[n(12)]
    #[uniffi(default = false)]
    pub consent: bool,
    /// Notes.
    #[n(13)]
    #[uniffi(default = "")]
    pub notes: String,
    /// Photos.
    #[n(14)]
    #[uniffi(default = [])]
    pub files: Vec<FileHash>,
}

/// One change to observed usage.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
pub enum UsageEdit {
    /// Rewrites the notes, by sentence; sentences that others wrote meanwhile stay.
    #[n(0)]
    Notes {
        /// The whole text.
        #[n(0)]
        text: String,
        /// The text that the screen showed; none: the text as it stands.
        #[n(1)]
        #[uniffi(default = None)]
        was: Option<String>,
    },
    /// Corrects how much it hurts.
    #[n(1)]
    Pain {
        /// 0 to 3.
        #[n(0)]
        pain: u8,
    },
    /// Adds a theme.
    #[n(2)]
    AddTheme {
        /// The theme.
        #[n(0)]
        theme: String,
    },
    /// Removes a theme.
    #[n(3)]
    RemoveTheme {
        /// The theme.
        #[n(0)]
        theme: String,
    },
    /// Settles which versions of a sentence of the notes stand.
    #[n(4)]
    SettleSentence {
        /// The sentence, as [`Unsettled`] names it.
        #[n(0)]
        ancestor: String,
        /// The versions that stand; none: the sentence goes.
        #[n(1)]
        keep: Vec<String>,
    },
}

/// Observed usage in full.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Usage {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// Use or need.
    #[n(1)]
    pub kind: UsageKind,
    /// The customer.
    #[n(2)]
    pub account: Option<DocId>,
    /// The visit during which it was seen.
    #[n(3)]
    pub visit: Option<DocId>,
    /// Names as they were then.
    #[n(4)]
    pub labels: NameSnapshot,
    /// The team that it belongs to.
    #[n(5)]
    pub team: Option<Team>,
    /// The product or machine.
    #[n(6)]
    pub product: String,
    /// The task that they were doing.
    #[n(7)]
    pub doing: String,
    /// The workaround with which they help themselves.
    #[n(8)]
    pub workaround: String,
    /// The frequency, as they say it.
    #[n(9)]
    pub frequency: String,
    /// The pain that it gives, 0 to 3.
    #[n(10)]
    pub pain: u8,
    /// The quantity, as text.
    #[n(11)]
    pub quantity: String,
    /// Their words.
    #[n(12)]
    pub quote: String,
    /// Themes.
    #[n(13)]
    pub themes: Vec<String>,
    /// True if they agreed to be quoted.
    #[n(14)]
    pub consent: bool,
    /// Notes.
    #[n(15)]
    pub notes: String,
    /// Photos.
    #[n(16)]
    pub files: Vec<FileHash>,
    /// The time of writing, as the device knew it.
    #[n(17)]
    pub written: RecordedTime,
    /// The author, and the time.
    #[n(18)]
    pub by: Authorship,
    /// The share of its parts that is here; None if all of it is.
    #[n(19)]
    pub parts: Option<Parts>,
    /// Values and versions that wait to be settled; none if nothing does.
    #[n(20)]
    pub unsettled: Option<Unsettled>,
}
