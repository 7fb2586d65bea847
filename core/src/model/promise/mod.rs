//! Promises: what was said to a customer, read from the events that happened to it.

mod reduce;
mod state;
#[cfg(test)]
mod tests;

use minicbor::{Decode, Encode};

use super::event::Event;
use super::ids::{DocId, FileHash, Team};

pub use reduce::{Facts, Terms, Word, reduce};
pub use state::{Outcome, PromiseState, Work};

/// A promise as its document tells it: the events, and what hangs on them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PromiseRecord {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The team that it belongs to.
    #[n(1)]
    pub team: Option<Team>,
    /// Everything that happened, in the order that respects cause.
    #[n(2)]
    pub events: Vec<Event>,
    /// Notes.
    #[n(3)]
    pub notes: String,
    /// Photos and drawings.
    #[n(4)]
    pub files: Vec<FileHash>,
}
