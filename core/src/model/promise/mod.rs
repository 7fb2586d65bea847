//! Promises: commitments to a customer, read from the events that happened to it.
//!
//! `event_history` puts the events in order and takes out those that do not count (`permissions`, by the rules of
//! `model/event_kind.rs`; `step_in` for those who are called); `terms`, `performer`, `performer_answer`, `disputes`, `customer`
//! and `performance` each answer one question about the rest; `reduce` gathers the answers as [`Facts`], with `flags`,
//! `correction` and `alternatives`; `uncounted` makes those of a promise that does not count. `state` adds the present
//! moment, `explanation` says what each event did, `contradictions` what waits for a choice; `receipts`
//! tells from when on arrivals change nothing, and `open_promise` is the summary that lists and reminders read.
//!
//! A kind of event that is added must be thought about everywhere: clippy refuses `_` over an enum here, and rules ask
//! a body by the functions of `model/event_kind.rs`.

#![deny(clippy::wildcard_enum_match_arm)]

mod alternatives;
mod contradictions;
mod correction;
mod customer;
mod disputes;
mod event_history;
mod explanation;
mod flags;
mod open_promise;
mod performance;
mod performer;
mod performer_answer;
mod permissions;
mod receipts;
mod reduce;
mod state;
mod step_in;
mod terms;
#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm)]
pub(crate) mod tests;
mod uncounted;

use minicbor::{Decode, Encode};

use super::event::Event;
use super::event_quota::Overflow;
use super::ids::{DocId, FileHash, Team};

pub use alternatives::Alternative;
pub use contradictions::{Contradictions, contradictions};
pub use correction::missed_until;
pub use explanation::{EventEffect, Trace, TraceLine, why};
pub use flags::Flag;
pub(crate) use open_promise::seen_rungs;
pub use open_promise::{LONG_NOTICE_MS, OpenPromise, SeenRung, WorkStage};
pub use performance::{Cancellation, PerformanceResult};
pub use performer_answer::{CustomerNotice, PerformerAnswer};
pub use permissions::{NotAllowed, may};
pub use receipts::receipts_irrelevant_from;
pub use reduce::{Facts, reduce};
pub use state::{Doubt, Mover, Outcome, OutcomeRule, PromiseState, WorkRule, WorkState};
pub use step_in::{SHORT_NOTICE_MS, called_at, pools_called};
pub use terms::Terms;
pub use uncounted::read;

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
