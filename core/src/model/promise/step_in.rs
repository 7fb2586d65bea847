//! Stepping in: a promise that was made for soon and is not done calls a pool, and any member who is called may take
//! it.

use super::event_history::EventHistory;
use super::performer::assignment;
use super::terms::{present, told_in};
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::time::{Millis, Trust};

/// A promise made no further ahead than this, in milliseconds, calls a pool.
pub const SHORT_NOTICE_MS: i64 = 2 * 60 * 60_000;
/// So long after its date, in milliseconds.
const CALLED_AFTER: i64 = 5 * 60_000;

/// The instant at which a pool is called to a promise whose date was told at an instant; None for one told long ahead.
pub fn called_at(told_at: Millis, due_at: Millis) -> Option<Millis> {
    let soon = due_at.saturating_sub(told_at) <= SHORT_NOTICE_MS;
    soon.then(|| due_at.saturating_add(CALLED_AFTER))
}

/// The pools that step in: the one that a promise was given to, else those of the performer, else those of
/// the promiser.
pub fn pools_called(
    assigned: &Performer,
    promiser: PersonId,
    of: impl Fn(PersonId) -> Vec<Team>,
) -> Vec<Team> {
    let own = match assigned {
        Performer::Pool { pool } => return vec![pool.clone()],
        Performer::Person { person } => of(*person),
        Performer::Nobody => vec![],
    };
    if own.is_empty() { of(promiser) } else { own }
}

impl EventHistory<'_> {
    /// True if the author of the event at `position`, who is not to deliver, may take the promise with it: they serve a
    /// pool that was called to it by then.
    pub(super) fn steps_in(&self, position: usize) -> bool {
        let takes = self.body(position).takes();
        let (Some(person), true) = (self.acting_person(position), takes) else {
            return false;
        };
        let gone = self.retracted_in_view_of(position);
        let in_view =
            |seen: usize| self.saw(position, seen) && self.counts(seen) && !gone.contains(seen);
        let called = || {
            let (_, promised) = self.promised()?;
            let present = present(self, &told_in(self, in_view)?)?;
            let called_at = called_at(present.terms.told_at, present.terms.due_at)?;
            let assignment = assignment(self, in_view)?;
            let of = |who| self.pools_of(who, position);
            let pools = pools_called(assignment.assigned, promised.promiser, of);
            let serves = pools.iter().any(|pool| self.serves(person, pool, position));
            Some(serves && self.not_before(position, called_at))
        };
        called().unwrap_or(false)
    }

    /// True if an event was written at an instant or later, as far as its clock tells.
    fn not_before(&self, position: usize, instant: Millis) -> bool {
        let event = self.events[position];
        match event.stored.time.trust() {
            Trust::Good | Trust::Drifting => self.instants[position] >= instant,
            Trust::Unknown => event.received_at.is_none_or(|taken| taken >= instant),
        }
    }
}
