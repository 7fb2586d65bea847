//! A sample: when a promise was made, and what became of it, without customer, words or promiser.

use crate::model::time::Millis;

/// What became of a promise, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was fulfilled, at this instant in milliseconds since the epoch.
    Closed(Millis),
    /// It left the record unfulfilled, at this instant: cancelled, or not confirmed.
    Censored(Millis),
    /// Nothing yet.
    Open,
}

/// One promise of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// "delivery", "callback" and so on.
    pub kind: String,
    /// Who delivered, or is to deliver; none while nobody took it.
    pub performer: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// When the customer was told, in milliseconds since the epoch.
    pub start: Millis,
    /// What became of it.
    pub fate: Fate,
}

impl Sample {
    /// The sample as it was known at `now`; none if it had not begun.
    pub fn as_known_at(&self, now: Millis) -> Option<Self> {
        let fate = match self.fate {
            Fate::Closed(at) | Fate::Censored(at) if at > now => Fate::Open,
            fate => fate,
        };
        (self.start <= now).then(|| Self {
            fate,
            ..self.clone()
        })
    }
}

/// A time base: how many whole minutes of it lie between two instants.
pub trait TimeBase {
    /// Minutes from one instant to a later one, rounded down; negative if it is earlier.
    fn minutes(&self, from: Millis, to: Millis) -> Minutes;
}

/// Whole minutes of a time base.
pub type Minutes = i64;

/// Calendar time: every minute counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Calendar;

impl TimeBase for Calendar {
    fn minutes(&self, from: Millis, to: Millis) -> Minutes {
        to.saturating_sub(from).div_euclid(60_000)
    }
}
