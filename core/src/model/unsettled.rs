//! What stands side by side in an account after concurrent editing, beyond the values that are kept of its fields.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::{Authored, Authorship};
use super::ids::ItemId;

/// What kind of child of an account something is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ChildKind {
    /// A number or address.
    #[n(0)]
    Reach,
    /// A person at the customer's.
    #[n(1)]
    Contact,
    /// A place.
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
    /// Whose name; none for the account's own.
    #[n(0)]
    pub kind: Option<ChildKind>,
    /// Which child; none for the account's own name.
    #[n(1)]
    pub item: Option<ItemId>,
    /// The names with who and when, the newest first.
    #[n(2)]
    pub values: Vec<Authored>,
}

/// Something that was taken away while others went on with it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledRemoval {
    /// What kind of child; none for the account itself, which was put away.
    #[n(0)]
    pub kind: Option<ChildKind>,
    /// Which child; none for the account itself.
    #[n(1)]
    pub item: Option<ItemId>,
    /// Who took it away, and when.
    #[n(2)]
    pub removed: Vec<Authorship>,
    /// Who changed it without seeing that, and when.
    #[n(3)]
    pub edited: Vec<Authorship>,
}

/// A short answer of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What they use our product for.
    #[n(0)]
    Uses,
    /// What must never fail.
    #[n(1)]
    MustNotFail,
}

impl Answer {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Uses, Self::MustNotFail];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uses => "uses",
            Self::MustNotFail => "must_not_fail",
        }
    }
}

/// A short answer that was given twice without seeing each other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct UnsettledAnswer {
    /// Which.
    #[n(0)]
    pub answer: Answer,
    /// The answers with who and when, the newest first.
    #[n(1)]
    pub values: Vec<Authored>,
}

/// What stands side by side in an account beyond the values that are kept of its fields.
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
}
