//! Conflicts that concurrent editing left to be settled: the values that people gave without seeing each other, with
//! their authors, and the ways to settle them.
//!
//! Pure: documents hand in the values that stand side by side, people choose, and every way is an edit as any other.

use sha2::{Digest, Sha256};

use super::account::ContactPointKind;
use super::authored::{AuthoredValue, Authorship};
use super::edit::Operation;
use super::event::Finding;
use super::ids::{DocId, EventId, ItemId, PersonId};
use super::lead_time::LeadTime;
use super::time::Due;
use super::unsettled::{ShortAnswer, TextField};
use super::visit::Channel;

mod account;
mod promise;
mod removal;
mod texts;

pub use account::of_account;
pub use promise::{is_promise_unsettled, of_promise};
pub use texts::{of_person, of_usage, of_visit};

/// One thing to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsettledConflict {
    /// The document.
    pub doc: DocId,
    /// The subject of the conflict.
    pub about: ConflictSubject,
    /// The statements that contradict each other, with their authors, the newest first.
    pub sides: Vec<AuthoredStatement>,
    /// The ways to settle it; empty where only a new value helps.
    pub ways: Vec<SettlementOption>,
}

/// The subject of a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConflictSubject {
    /// The account's name.
    Name,
    /// The name of a child.
    ChildName(ItemId),
    /// A number or address.
    ContactPoint(ItemId, ContactPointKind),
    /// The address of a site; the site's name.
    Address(ItemId, String),
    /// The lead time within which they need a kind of promise.
    RequiredLeadTime(String),
    /// A short answer.
    ShortAnswer(ShortAnswer),
    /// A sentence of a text.
    Sentence {
        /// The text.
        field: TextField,
        /// The name of the sentence in its document.
        ancestor: String,
        /// The sentence as it was before; empty if it was long.
        was: String,
    },
    /// The entry was put away while others went on with it.
    PutAway,
    /// A child was removed while others went on with it; the child's name.
    Removal(ItemId, String),
    /// Dates told to the customer.
    Dates,
    /// Colleagues of a pool who took the same promise.
    Takers,
    /// Findings in a dispute.
    Findings,
}

/// The statement of one author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthoredStatement {
    /// The statement.
    pub statement: Statement,
    /// The author, and the time.
    pub by: Authorship,
}

/// The statement or act of one author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A value.
    Value(String),
    /// They deleted a sentence.
    Deleted,
    /// A time within which it is needed.
    Needed(LeadTime),
    /// They took it away.
    TookAway,
    /// They went on with it.
    WentOn,
    /// They told the customer this date.
    Told(Due),
    /// They took the promise.
    Took,
    /// They found this.
    Found(Finding),
}

/// One way to settle a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettlementOption {
    /// This value holds.
    Value {
        /// The value.
        value: String,
        /// The operation that makes it hold.
        operation: Operation,
    },
    /// All of them hold.
    All {
        /// The operation that makes them hold.
        operation: Operation,
    },
    /// This time holds.
    Needed {
        /// The time.
        within: LeadTime,
        /// The operation that makes it hold.
        operation: Operation,
    },
    /// It goes.
    Away {
        /// The operation that takes it away for good.
        operation: Operation,
    },
    /// It stays.
    Stay {
        /// The operation that keeps it.
        operation: Operation,
    },
    /// The customer holds us to this date.
    Date {
        /// The date.
        due: Due,
        /// The date in the words that were spoken.
        words: String,
        /// The contact who heard it; None if not said.
        contact: Option<ItemId>,
        /// The channel.
        channel: Channel,
    },
    /// This colleague delivers.
    Performer {
        /// The colleague.
        person: PersonId,
    },
    /// This finding holds.
    Finding {
        /// The dispute that is open.
        dispute: EventId,
        /// The finding.
        finding: Finding,
    },
}

impl UnsettledConflict {
    /// A short name that every device that sees the same clash computes, and that is another one as soon as anything in
    /// it changes: a choice never settles a value that the chooser has not seen. Eight hexadecimal digits.
    pub fn name(&self) -> String {
        let digest = Sha256::digest(self.encoded());
        data_encoding::HEXLOWER.encode(digest.get(..4).unwrap_or_default())
    }

    /// The conflict as CBOR items, each with a number for its kind: names of types and fields are not in it, so that
    /// devices of two versions compute the same name.
    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.doc);
        match &self.about {
            ConflictSubject::Name => put(&mut bytes, 0_u8),
            ConflictSubject::ChildName(item) => put(&mut bytes, (1_u8, item)),
            ConflictSubject::ContactPoint(item, kind) => put(&mut bytes, (2_u8, item, kind)),
            ConflictSubject::Address(item, site) => put(&mut bytes, (3_u8, item, site)),
            ConflictSubject::RequiredLeadTime(kind) => put(&mut bytes, (4_u8, kind)),
            ConflictSubject::ShortAnswer(answer) => put(&mut bytes, (5_u8, answer)),
            ConflictSubject::Sentence {
                field,
                ancestor,
                was,
            } => put(&mut bytes, (6_u8, field, ancestor, was)),
            ConflictSubject::PutAway => put(&mut bytes, 7_u8),
            ConflictSubject::Removal(item, name) => put(&mut bytes, (8_u8, item, name)),
            ConflictSubject::Dates => put(&mut bytes, 9_u8),
            ConflictSubject::Takers => put(&mut bytes, 10_u8),
            ConflictSubject::Findings => put(&mut bytes, 11_u8),
        }
        for side in &self.sides {
            match &side.statement {
                Statement::Value(value) => put(&mut bytes, (0_u8, value)),
                Statement::Deleted => put(&mut bytes, 1_u8),
                Statement::Needed(within) => put(&mut bytes, (2_u8, within)),
                Statement::TookAway => put(&mut bytes, 3_u8),
                Statement::WentOn => put(&mut bytes, 4_u8),
                Statement::Told(due) => put(&mut bytes, (5_u8, due)),
                Statement::Took => put(&mut bytes, 6_u8),
                Statement::Found(finding) => put(&mut bytes, (7_u8, finding)),
            }
            put(&mut bytes, (side.by.actor, side.by.at));
        }
        bytes
    }
}

/// Appends an item as CBOR; a vector takes all bytes.
fn put(bytes: &mut Vec<u8>, item: impl minicbor::Encode<()>) {
    let _ = minicbor::encode(item, bytes);
}

/// The statements that some values are.
fn said(values: &[AuthoredValue]) -> Vec<AuthoredStatement> {
    let side = |given: &AuthoredValue| AuthoredStatement {
        statement: Statement::Value(given.value.clone()),
        by: given.by.clone(),
    };
    values.iter().map(side).collect()
}
