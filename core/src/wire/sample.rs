//! The company's record as it travels: what is known of each promise without customer, words or promiser.

use minicbor::{Decode, Encode};

use crate::model::ids::{DocId, PersonId, Team};
use crate::model::time::Millis;

/// The contribution of one promise to the record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SampleRow {
    /// The promise, for devices that have it themselves.
    #[n(0)]
    pub promise: DocId,
    /// Its beginning and its end; None if it says nothing: it was taken back, for instance.
    #[n(1)]
    pub life: Option<SampleLifetime>,
}

/// The beginning of a promise, and its end.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SampleLifetime {
    /// "delivery", "callback" and so on.
    #[n(0)]
    pub kind: String,
    /// The person who delivered, or is to deliver; None while the promise has no performer.
    #[n(1)]
    pub performer: Option<PersonId>,
    /// Their team.
    #[n(2)]
    pub team: Option<Team>,
    /// True if its kind counts working time. A device that has the handbook goes by that.
    #[n(3)]
    pub working_time: bool,
    /// The instant when the customer was told, in milliseconds since the epoch.
    #[n(4)]
    pub start: Millis,
    /// The instant when it was fulfilled or left the record, in milliseconds since the epoch; None while it is open.
    #[n(5)]
    pub exit: Option<Millis>,
    /// Its fate.
    #[n(6)]
    pub ending: SampleEnding,
    /// The instant when the server learnt of the end, in milliseconds of server time, where that is known.
    #[n(7)]
    pub received_at: Option<Millis>,
}

/// The fate of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SampleEnding {
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
