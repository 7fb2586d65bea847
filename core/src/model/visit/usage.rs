//! Observations of how customers use the product, and of what they need.
//!
//! Phones fill the drafts: a new field of one stands last and has a `uniffi(default)`, or it breaks them.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::NameSnapshot;
use crate::model::authored::Authorship;
use crate::model::edit::Parts;
use crate::model::ids::{DocId, FileHash, Team};
use crate::model::time::RecordedTime;
use crate::model::unsettled::Unsettled;

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
    /// Corrects if it is a use or a need.
    #[n(5)]
    Kind {
        /// Use or need.
        #[n(0)]
        kind: UsageKind,
    },
    /// Corrects the customer.
    #[n(6)]
    Account {
        /// The customer; none: it was seen at none.
        #[n(0)]
        account: Option<DocId>,
        /// Filled by the core from the account; values that are given here count where the account is not known.
        #[n(1)]
        #[uniffi(default)]
        labels: NameSnapshot,
    },
    /// Corrects the product or machine.
    #[n(7)]
    Product {
        /// The product or machine.
        #[n(0)]
        text: String,
    },
    /// Corrects what they were doing.
    #[n(8)]
    Doing {
        /// The task.
        #[n(0)]
        text: String,
    },
    /// Corrects how they help themselves.
    #[n(9)]
    Workaround {
        /// The workaround.
        #[n(0)]
        text: String,
    },
    /// Corrects how often.
    #[n(10)]
    Frequency {
        /// The frequency, as they say it.
        #[n(0)]
        text: String,
    },
    /// Corrects how much of it.
    #[n(11)]
    Quantity {
        /// The quantity, as text.
        #[n(0)]
        text: String,
    },
    /// Corrects their words.
    #[n(12)]
    Quote {
        /// The words.
        #[n(0)]
        text: String,
    },
    /// Corrects if they may be quoted.
    #[n(13)]
    Consent {
        /// True if they agreed.
        #[n(0)]
        consent: bool,
    },
    /// Corrects the visit during which it was seen.
    #[n(14)]
    Visit {
        /// The visit; none: it was seen at none.
        #[n(0)]
        visit: Option<DocId>,
    },
    /// Adds a photo.
    #[n(15)]
    AddFile {
        /// The photo.
        #[n(0)]
        file: FileHash,
    },
    /// Removes a photo.
    #[n(16)]
    RemoveFile {
        /// The photo.
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

impl UsageEdit {
    /// The customer to whom it gives the observation; None if it gives it to none.
    pub fn new_account(&self) -> Option<DocId> {
        match self {
            Self::Account { account, .. } => *account,
            _ => None,
        }
    }
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
    /// True if it is archived, and nobody went on with it without seeing that.
    #[cbor(n(21), default)]
    pub archived: bool,
}
