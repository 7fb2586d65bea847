//! Values that stand side by side in a document after concurrent editing, beyond those that are kept of its fields.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::{AuthoredValue, Authorship};
use super::ids::ItemId;

/// A kind of child of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ChildKind {
    /// A number or address.
    #[n(0)]
    #[serde(rename = "reach")]
    ContactPoint,
    /// A person at the customer's.
    #[n(1)]
    Contact,
    /// A site.
    #[n(2)]
    Site,
    /// An installed machine or product.
    #[n(3)]
    Asset,
}

/// A name that was given twice without seeing each other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledName {
    /// The kind of child that is named; None for the account's own name.
    #[n(0)]
    pub kind: Option<ChildKind>,
    /// The child; None for the account's own name.
    #[n(1)]
    pub item: Option<ItemId>,
    /// The names with their authors and times, the newest first.
    #[n(2)]
    pub values: Vec<AuthoredValue>,
}

/// Something that was taken away while others went on with it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledRemoval {
    /// The kind of child; None for the account itself, which was put away.
    #[n(0)]
    pub kind: Option<ChildKind>,
    /// The child; None for the account itself.
    #[n(1)]
    pub item: Option<ItemId>,
    /// The people who took it away, and the times.
    #[n(2)]
    pub removed: Vec<Authorship>,
    /// The people who changed it without seeing that, and the times.
    #[n(3)]
    pub edited: Vec<Authorship>,
}

/// A short answer: a field that people act on, and that is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ShortAnswer {
    /// The uses that they have for our product.
    #[n(0)]
    Uses,
    /// The things that must never fail.
    #[n(1)]
    MustNotFail,
    /// The meaning that we think a customer's words have.
    #[n(2)]
    Means,
    /// The other ways in which we can help.
    #[n(3)]
    Help,
    /// The way in which a colleague wins.
    #[n(4)]
    Wins,
}

impl ShortAnswer {
    /// Those of an account.
    pub const OF_ACCOUNT: [Self; 2] = [Self::Uses, Self::MustNotFail];
    /// Those of a visit.
    pub const OF_VISIT: [Self; 2] = [Self::Means, Self::Help];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uses => "uses",
            Self::MustNotFail => "must_not_fail",
            Self::Means => "means",
            Self::Help => "help",
            Self::Wins => "wins",
        }
    }
}

/// A short answer that was given twice without seeing each other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledAnswer {
    /// The short answer.
    #[n(0)]
    pub answer: ShortAnswer,
    /// The answers with their authors and times, the newest first.
    #[n(1)]
    pub values: Vec<AuthoredValue>,
}

/// A text that merges by sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum TextField {
    /// Notes on an account or an observation.
    #[n(0)]
    Notes,
    /// The words of a visit.
    #[n(1)]
    Said,
}

impl TextField {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Said => "said",
        }
    }
}

/// A sentence that several people replaced without seeing each other. Every version stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledSentence {
    /// The text.
    #[n(0)]
    pub field: TextField,
    /// The id of the first character of the sentence that they replaced, as "12@" and 32 hexadecimal digits.
    #[n(1)]
    pub ancestor: String,
    /// The sentence as it was before; empty if it was long.
    #[n(2)]
    pub was: String,
    /// The versions with their authors and times, the newest first; an empty one where an author deleted it.
    #[n(3)]
    pub values: Vec<AuthoredValue>,
}

/// The values that stand side by side in a document beyond those that are kept of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Unsettled {
    /// Names.
    #[n(0)]
    pub names: Vec<UnsettledName>,
    /// Removals.
    #[n(1)]
    pub removals: Vec<UnsettledRemoval>,
    /// Short answers.
    #[n(2)]
    #[cbor(default)]
    pub answers: Vec<UnsettledAnswer>,
    /// Sentences.
    #[n(3)]
    #[cbor(default)]
    pub sentences: Vec<UnsettledSentence>,
}

impl Unsettled {
    /// Itself; none if nothing waits.
    pub fn if_any(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}
