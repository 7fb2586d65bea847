//! Promises: commitments to a customer, read from the events that happened to it.
//!
//! `reading` puts the events in order and takes out those that do not count (`allowed`); `terms`,
//! `performer`, `word`, `disputes` and `deeds` each answer one question about the rest; `reduce` gathers
//! the answers as [`Facts`], `uncounted` those of a promise that does not count, `state` adds the present
//! moment, and `why` explains all of it.

mod allowed;
mod apart;
mod correction;
mod deeds;
mod disputes;
mod doubt;
mod flags;
mod gist;
mod performer;
mod reading;
mod receipts;
mod reduce;
mod state;
mod step_in;
mod terms;
#[cfg(test)]
mod tests;
mod uncounted;
mod why;
mod word;

use minicbor::{Decode, Encode};

use super::event::Event;
use super::ids::{DocId, FileHash, Team};
use super::room::Overflow;

pub use allowed::{NotAllowed, may};
pub use apart::{Apart, apart};
pub use correction::missed_until;
pub use deeds::{Cancellation, Decision};
pub use doubt::Alternative;
pub use flags::Flag;
pub use gist::{Gist, Seen, Stage};
pub use receipts::indifferent_from;
pub use reduce::{Facts, reduce};
pub use state::{Doubt, Mover, Outcome, OutcomeRule, PromiseState, Work, WorkRule};
pub use step_in::{SOON_MS, called_at, pools_called};
pub use terms::Terms;
pub use uncounted::read;
pub use why::{Effect, Trace, TraceLine, why};
pub use word::{Tell, Word};

/// A promise as its document tells it: the events, with its notes and files.
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
    /// Events for which it has no room: none where it has room for all.
    #[n(5)]
    pub overflow: Option<Overflow>,
}
