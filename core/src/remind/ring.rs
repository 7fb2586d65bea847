//! A ring: a reminder of one person that is not yet put in words. Thousands come together where a few are chosen, and
//! words cost more than all else.

use std::cmp::{Ordering, Reverse};

use super::armed::MAX_ARMED;
use super::rung::ReminderLevel;
use super::{CALLBACK, LadderContext, Reminder, RungCluster, messages, reminder};
use crate::model::ids::DocId;
use crate::model::promise::OpenPromise;
use crate::model::time::Millis;

/// The number of rings of callbacks, and of others, of which the first that a phone holds can be told from all: as many
/// as it holds at once, one more that finds no room, and as many that ring already.
pub(crate) const ENOUGH: usize = 2 * MAX_ARMED + 1;

/// A reminder of a person before it is put in words.
#[derive(Clone, Debug)]
pub(crate) struct Ring<'a> {
    pub(super) promise: &'a OpenPromise,
    pub(super) cluster: RungCluster,
    pub(super) is_seen: bool,
    pub(super) renegotiate: bool,
}

impl Ring<'_> {
    /// The promise.
    pub(crate) fn promise(&self) -> DocId {
        self.promise.id
    }

    /// The instant at which it rings, in milliseconds since the epoch.
    pub(crate) fn at(&self) -> Millis {
        self.cluster.at
    }

    /// True if it is about a callback.
    pub(crate) fn is_callback(&self) -> bool {
        self.promise.kind == CALLBACK
    }

    /// The capacity in which the person is reminded.
    pub(super) fn level(&self) -> ReminderLevel {
        self.cluster.rungs[0].level
    }

    fn id(&self) -> String {
        self.cluster.rungs[0].id(self.promise.terms)
    }

    /// The order of the reminders that they become.
    fn order(&self, other: &Self) -> Ordering {
        let by_id = || self.id().cmp(&other.id());
        self.at().cmp(&other.at()).then_with(by_id)
    }

    /// Puts it in words.
    pub(crate) fn reminder(&self, rules: &LadderContext<'_>) -> Reminder {
        Reminder {
            renegotiate: self.renegotiate,
            remarks: messages::remarks(self.promise, self.cluster.at, self.renegotiate),
            ..reminder(self.promise, &self.cluster, rules)
        }
    }
}

/// Rings of one promise of which the last speaks for all; never none.
#[derive(Clone, Debug)]
pub(crate) struct MissedRings<'a> {
    rings: Vec<Ring<'a>>,
}

impl<'a> MissedRings<'a> {
    pub(crate) fn of(ring: Ring<'a>) -> Self {
        Self { rings: vec![ring] }
    }

    pub(crate) fn push(&mut self, ring: Ring<'a>) {
        self.rings.push(ring);
    }

    /// The one that speaks.
    pub(crate) fn last(&self) -> &Ring<'a> {
        let last = self.rings.iter().max_by(|one, other| one.order(other));
        last.unwrap_or(&self.rings[0])
    }

    /// Puts them in words: the later of two speaks for the earlier.
    pub(crate) fn reminder(&self, rules: &LadderContext<'_>) -> Reminder {
        let mut reminders = self.rings.iter().map(|ring| ring.reminder(rules));
        let first = reminders.next();
        let first = first.unwrap_or_else(|| self.rings[0].reminder(rules));
        reminders.fold(first, |known, next| {
            if known.id == next.id {
                known
            } else if known.order(&next).is_gt() {
                known.speaking_for(next)
            } else {
                next.speaking_for(known)
            }
        })
    }
}

/// The first rings of a list, in their order: of callbacks and of others [`ENOUGH`] each, where there are so many.
pub(crate) fn earliest(rings: Vec<Ring<'_>>) -> Vec<Ring<'_>> {
    first_of_each(rings, Ring::is_callback, Ring::at, |ring| {
        (ring.at(), ring.id())
    })
}

/// The last promises that rang, the newest first: of callbacks and of others [`ENOUGH`] each, where there are so many.
pub(crate) fn newest(missed: Vec<MissedRings<'_>>) -> Vec<MissedRings<'_>> {
    first_of_each(
        missed,
        |missed| missed.last().is_callback(),
        |missed| Reverse(missed.last().at()),
        |missed| Reverse((missed.last().at(), missed.last().id())),
    )
}

/// The first callbacks and the first others of a list, in their order. `instant` is the order but for ties, which alone
/// are told apart by ids: these are long, and made anew each time.
fn first_of_each<T, I: Ord + Copy, O: Ord>(
    all: Vec<T>,
    is_callback: impl Fn(&T) -> bool,
    instant: impl Fn(&T) -> I,
    order: impl Fn(&T) -> O,
) -> Vec<T> {
    let (mut callbacks, mut others): (Vec<T>, Vec<T>) = all.into_iter().partition(&is_callback);
    for some in [&mut callbacks, &mut others] {
        if some.len() > ENOUGH {
            let (_, last, _) = some.select_nth_unstable_by_key(ENOUGH, |one| instant(one));
            let last = instant(last);
            some.retain(|one| instant(one) <= last);
        }
        some.sort_by_cached_key(&order);
        some.truncate(ENOUGH);
    }
    callbacks.append(&mut others);
    callbacks.sort_by_cached_key(&order);
    callbacks
}
