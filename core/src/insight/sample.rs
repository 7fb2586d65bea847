//! A sample: when a promise was made, and what became of it, without customer, words or promiser; and the
//! time bases in which its lead is counted.

use crate::model::time::Millis;

/// The fate of a promise, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
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
    /// The person who delivered, or is to deliver, by a key of the record: a name in a file, an id in a notebook; None
    /// while the promise has no performer.
    pub performer: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// The instant when the customer was told, in milliseconds since the epoch.
    pub start: Millis,
    /// Its fate.
    pub ending: Ending,
    /// The instant when its end became known, in milliseconds since the epoch; None if it was known as it happened.
    pub received_at: Option<Millis>,
}

impl Sample {
    /// The fate as it was known at `now`: an end that lies ahead or that was not heard of yet is none. None if it had
    /// not begun.
    pub fn ending_at(&self, now: Millis) -> Option<Ending> {
        let unheard = self.received_at.is_some_and(|at| at > now);
        let ending = match self.ending {
            Ending::Closed(at) | Ending::Censored(at) if at > now || unheard => Ending::Open,
            ending => ending,
        };
        (self.start <= now).then_some(ending)
    }
}

/// Time bases: how many whole minutes lie between two instants for promises of a kind, and back. For kinds that count
/// working time it is the performer's working time.
pub trait TimeBase {
    /// Minutes from one instant to a later one, rounded down; negative if it is earlier.
    fn minutes(&self, kind: &str, performer: Option<&str>, from: Millis, to: Millis) -> Minutes;
    /// The instant at which so many minutes have passed since `from`; none if that is never.
    fn after(
        &self,
        kind: &str,
        performer: Option<&str>,
        from: Millis,
        minutes: Minutes,
    ) -> Option<Millis>;
    /// The length of a day of the time base, in minutes.
    fn day_minutes(&self, kind: &str, performer: Option<&str>) -> Minutes;
    /// True if two kinds are counted in the same time base.
    fn alike(&self, one: &str, other: &str) -> bool;
}

/// Whole minutes of a time base.
pub type Minutes = i64;

/// Calendar time: every minute counts, for every kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarTime;

impl TimeBase for CalendarTime {
    fn minutes(&self, _kind: &str, _performer: Option<&str>, from: Millis, to: Millis) -> Minutes {
        to.saturating_sub(from).div_euclid(60_000)
    }

    fn after(
        &self,
        _kind: &str,
        _performer: Option<&str>,
        from: Millis,
        minutes: Minutes,
    ) -> Option<Millis> {
        from.checked_add(minutes.checked_mul(60_000)?)
    }

    fn day_minutes(&self, _kind: &str, _performer: Option<&str>) -> Minutes {
        24 * 60
    }

    fn alike(&self, _one: &str, _other: &str) -> bool {
        true
    }
}
