//! The codes of messages: reasons, kinds of feed rows, problems. They are on wires and disks and never change.

use minicbor::{Decode, Encode};

use crate::model::ids::Hash;

/// The reason why a change was held or refused.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reason {
    /// The change that is meant; none where the whole group is.
    #[n(0)]
    pub hash: Option<Hash>,
    /// The reason, as a number of [`ReasonCode`].
    #[n(1)]
    pub code: u16,
    /// The details, for a person at the office.
    #[n(2)]
    pub detail: String,
}

/// The reason why a change was held or refused. The numbers never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonCode {
    /// Larger than the limits allow.
    TooLarge,
    /// Not an uncompressed Automerge change.
    Malformed,
    /// The bytes have another hash.
    WrongHash,
    /// The actor belongs to another person.
    WrongActor,
    /// Another change stands at this place of the actor's sequence.
    SequenceTaken,
    /// It depends on a change that was refused.
    DependsOnRefused,
    /// The placement of a document is missing or contradicts the stored one.
    WrongPlace,
    /// A change without dependencies that is not the document's first.
    NotFirst,
    /// The author may not write there.
    MayNotWrite,
    /// It depends on a change that is held.
    DependsOnHeld,
    /// It has more operations than a change may have, or its document would have more than its bytes allow.
    TooManyOperations,
    /// The server holds as many changes of this device as it may.
    TooMuchHeld,
    /// A reason that a newer server gives.
    Other(u16),
}

impl ReasonCode {
    /// The number on the wire.
    pub fn number(self) -> u16 {
        match self {
            Self::TooLarge => 1,
            Self::Malformed => 2,
            Self::WrongHash => 3,
            Self::WrongActor => 4,
            Self::SequenceTaken => 5,
            Self::DependsOnRefused => 6,
            Self::WrongPlace => 7,
            Self::NotFirst => 8,
            Self::MayNotWrite => 9,
            Self::DependsOnHeld => 10,
            Self::TooManyOperations => 11,
            Self::TooMuchHeld => 12,
            Self::Other(number) => number,
        }
    }

    /// The reason with this number.
    pub fn from_number(number: u16) -> Self {
        match number {
            1 => Self::TooLarge,
            2 => Self::Malformed,
            3 => Self::WrongHash,
            4 => Self::WrongActor,
            5 => Self::SequenceTaken,
            6 => Self::DependsOnRefused,
            7 => Self::WrongPlace,
            8 => Self::NotFirst,
            9 => Self::MayNotWrite,
            10 => Self::DependsOnHeld,
            11 => Self::TooManyOperations,
            12 => Self::TooMuchHeld,
            other => Self::Other(other),
        }
    }

    /// The reason as it travels.
    pub fn about(self, hash: Option<Hash>, detail: impl Into<String>) -> Reason {
        Reason {
            hash,
            code: self.number(),
            detail: detail.into(),
        }
    }
}

/// The kinds of feed rows. Other numbers are stored, counted and skipped.
pub mod row_kind {
    /// A change with its bytes.
    pub const CHANGE: u8 = 1;
    /// A change of which the device has the bytes: it wrote it, or this reply carries it elsewhere.
    pub const OWN: u8 = 2;
    /// A change that is not wanted any more.
    pub const STUB: u8 = 3;
    /// A document entered the scope: its placement, and how many rows belong to it.
    pub const ENTERED: u8 = 4;
    /// A document left the scope. Reserved, as are the next two: no version writes them yet.
    pub const LEFT: u8 = 5;
    /// A document was erased.
    pub const PURGED: u8 = 6;
    /// The office returned held changes to their author.
    pub const RETURNED: u8 = 7;
    /// A person or device of the registry came or changed.
    pub const REGISTRY: u8 = 8;
}

/// The codes of [`Problem`](super::Problem).
pub mod problem {
    /// The token is unknown or was shut out.
    pub const SIGNED_OUT: &str = "signed-out";
    /// The invitation does not exist.
    pub const INVITE_WRONG: &str = "invite-wrong";
    /// The invitation is older than 15 minutes.
    pub const INVITE_EXPIRED: &str = "invite-expired";
    /// The invitation was used before.
    pub const INVITE_USED: &str = "invite-used";
    /// An actor of the device belongs to another device, such as one that this notebook was copied to.
    pub const ACTOR_TAKEN: &str = "actor-taken";
    /// The body is larger than the limits allow.
    pub const TOO_LARGE: &str = "too-large";
    /// The body was damaged on the way; the same one may be sent again.
    pub const GARBLED: &str = "garbled";
    /// The body is not what was expected.
    pub const MALFORMED: &str = "malformed";
    /// The device speaks a version that the server does not.
    pub const VERSION: &str = "version";
    /// The server could not do it; trying again later may help.
    pub const UNAVAILABLE: &str = "unavailable";
}
