//! The company's record as it travels: what is known of each promise without customer, words or promiser.

use minicbor::{Decode, Encode};

use crate::model::ids::{DocId, PersonId, Team};
use crate::model::time::Millis;

/// What the record says of one promise.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SampleRow {
    /// The promise, for devices that have it themselves.
    #[n(0)]
    pub promise: DocId,
    /// When it was made and what became of it; none if it says nothing: it was taken back, for instance.
    #[n(1)]
    pub life: Option<SampleLife>,
}

/// When a promise was made, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SampleLife {
    /// "delivery", "callback" and so on.
    #[n(0)]
    pub kind: String,
    /// Who delivered, or is to deliver; none while nobody took it.
    #[n(1)]
    pub performer: Option<PersonId>,
    /// Their team.
    #[n(2)]
    pub team: Option<Team>,
    /// Whether its kind counts working time. Whoever has the handbook goes by that.
    #[n(3)]
    pub working_time: bool,
    /// When the customer was told, in milliseconds since the epoch.
    #[n(4)]
    pub start: Millis,
    /// When it was fulfilled or left the record, in milliseconds since the epoch; none while it is open.
    #[n(5)]
    pub exit: Option<Millis>,
    /// What became of it.
    #[n(6)]
    pub fate: SampleFate,
    /// When the server learnt of the end, in milliseconds of server time, where that is known.
    #[n(7)]
    pub received_at: Option<Millis>,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SampleFate {
    /// Nothing yet.
    #[n(0)]
    Open,
    /// It was fulfilled.
    #[n(1)]
    Fulfilled,
    /// It left the record unfulfilled.
    #[n(2)]
    Censored,
}
