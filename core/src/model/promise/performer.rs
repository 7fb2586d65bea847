//! The performer of a promise: the last assignment, and the members who took it from a pool.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::model::causality::Positions;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::PersonId;
use crate::model::time::Millis;

/// The performer, by a set of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Performing<'a> {
    /// The event that named them: the last reassignment, else made.
    pub assigned_by: usize,
    /// The person or pool that was named.
    pub assigned: &'a Performer,
    /// The people who took it from the pool that was named or that stepped in, the one that counts first.
    pub takers: Vec<PersonId>,
}

impl Performing<'_> {
    /// The person who delivers; None if no performer is named, and for a pool from which no member took it.
    pub fn person(&self) -> Option<PersonId> {
        let named = match self.assigned {
            Performer::Person { person } => Some(*person),
            Performer::Pool { .. } | Performer::Nobody => None,
        };
        self.takers.first().copied().or(named)
    }

    /// The person or pool that delivers: the taker, where a member took it from a pool.
    pub fn performer(&self) -> Performer {
        self.person().map_or_else(
            || self.assigned.clone(),
            |person| Performer::Person { person },
        )
    }

    /// True if a person is to deliver at an event; every member of a pool is until one took it.
    pub fn includes(&self, reading: &Reading<'_>, person: PersonId, at: usize) -> bool {
        match (self.person(), self.assigned) {
            (Some(performer), _) => performer == person,
            (None, Performer::Pool { pool }) => reading.serves(person, pool, at),
            (None, _) => false,
        }
    }
}

/// Finds the performer by the events of a view; None where no event of it makes the promise.
pub(super) fn performing<'a>(
    reading: &Reading<'a>,
    in_view: impl Fn(usize) -> bool,
) -> Option<Performing<'a>> {
    let (made, promised) = reading.promised()?;
    let mut performing = Performing {
        assigned_by: made,
        assigned: &promised.performer,
        takers: Vec::new(),
    };
    for at in (made..reading.standing.len()).filter(|at| in_view(*at)) {
        if let EventBody::Reassigned { performer, .. } = reading.body(at) {
            performing.assigned_by = at;
            performing.assigned = performer;
        }
    }
    if matches!(performing.assigned, Performer::Pool { .. }) || !reading.step_ins.is_empty() {
        let takes = takes(reading, performing.assigned_by, &in_view);
        performing.takers = takers(reading, &takes);
    }
    Some(performing)
}

/// The events by which a member took a promise from the pool that it was given to, or stepped in: accepted or started
/// and not declined since, or done. A person who steps in takes it from those whose taking they saw.
pub(super) fn takes(
    reading: &Reading<'_>,
    assigned_by: usize,
    in_view: &impl Fn(usize) -> bool,
) -> Vec<usize> {
    let later = |at: &usize| in_view(*at) && reading.saw(*at, assigned_by);
    let from_pool = match reading.body(assigned_by) {
        EventBody::Made(made) => matches!(made.performer, Performer::Pool { .. }),
        EventBody::Reassigned { performer, .. } => matches!(performer, Performer::Pool { .. }),
        _ => false,
    };
    let all = || (assigned_by..reading.standing.len()).filter(later);
    let mut declines: BTreeMap<Option<PersonId>, Positions> = BTreeMap::new();
    for at in all().filter(|at| matches!(reading.body(*at), EventBody::Declined { .. })) {
        let theirs = declines.entry(reading.voice(at)).or_default();
        theirs.insert(at);
    }
    let given_back = |take: usize| {
        let theirs = declines.get(&reading.voice(take));
        theirs.is_some_and(|theirs| !reading.causality.saw_all(take, theirs))
    };
    let stepped_in = |at: &usize| reading.step_ins.binary_search(at).is_ok();
    let takes: Vec<usize> = all()
        .filter(|at| from_pool || stepped_in(at))
        .filter(|at| match reading.body(*at) {
            EventBody::Fulfilled { .. } => true,
            EventBody::Accepted { .. } | EventBody::Started { .. } => !given_back(*at),
            _ => false,
        })
        .collect();
    let stepping: Vec<usize> = takes.iter().copied().filter(stepped_in).collect();
    let taken_over = |take: &usize| {
        stepping
            .iter()
            .any(|by| reading.voice(*by) != reading.voice(*take) && reading.saw(*by, *take))
    };
    takes
        .iter()
        .copied()
        .filter(|take| !taken_over(take))
        .collect()
}

/// The people who took it: those who started or did it first, then in the order in which they took it.
fn takers(reading: &Reading<'_>, takes: &[usize]) -> Vec<PersonId> {
    let works = |at: &&usize| !matches!(reading.body(**at), EventBody::Accepted { .. });
    let mut takers = Vec::new();
    for at in takes.iter().filter(works).chain(takes) {
        takers.extend(reading.voice(*at).filter(|who| !takers.contains(who)));
    }
    takers
}

/// True if a person was to deliver at any time in the view of the event at `at`.
pub(super) fn ever_performed(
    reading: &Reading<'_>,
    person: PersonId,
    at: usize,
    in_view: impl Fn(usize) -> bool,
) -> bool {
    let Some((made, promised)) = reading.promised() else {
        return false;
    };
    let named = |performer: &Performer, by: usize| match performer {
        Performer::Person { person: who } => *who == person,
        Performer::Pool { pool } => reading.pools_of(person, by).contains(pool),
        Performer::Nobody => false,
    };
    named(&promised.performer, made)
        || (made..at).any(|by| {
            in_view(by)
                && match reading.body(by) {
                    EventBody::Reassigned { performer, .. } => named(performer, by),
                    EventBody::Accepted { .. } | EventBody::Started { .. } => {
                        reading.voice(by) == Some(person)
                    }
                    _ => false,
                }
        })
        || performing(reading, in_view)
            .is_some_and(|performing| performing.includes(reading, person, at))
}

/// Everyone who was to deliver up to an instant, if things happened at `instants`: each person who was named, each who
/// took it from a pool, also one who gave it back since, and every member of a pool from which no one had it then.
pub(super) fn performers_until(
    reading: &Reading<'_>,
    instants: &[Millis],
    through: Millis,
) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    let Some((made, promised)) = reading.promised() else {
        return people;
    };
    let in_time = |at: &usize| instants.get(*at).is_some_and(|at| *at <= through);
    let reassigned = reading
        .counting()
        .filter(in_time)
        .filter_map(|at| match reading.body(at) {
            EventBody::Reassigned { performer, .. } => Some((at, performer)),
            _ => None,
        });
    for (by, performer) in [(made, &promised.performer)].into_iter().chain(reassigned) {
        match performer {
            Performer::Person { person } => drop(people.insert(*person)),
            Performer::Pool { pool } => {
                let taken: Vec<usize> = takings(reading, by).filter(in_time).collect();
                let had = |take: &usize| !gave_back(reading, by, *take).any(|at| in_time(&at));
                if !taken.iter().any(had) {
                    people.extend(reading.members(pool, through));
                }
                people.extend(taken.into_iter().filter_map(|at| reading.voice(at)));
            }
            Performer::Nobody => {}
        }
    }
    people
}

/// The events by which a member took it from the pool that an event gave it to, without those who stepped in.
fn takings<'r>(reading: &'r Reading<'_>, assigned_by: usize) -> impl Iterator<Item = usize> + 'r {
    let takes = |at: &usize| {
        let body = reading.body(*at);
        matches!(
            body,
            EventBody::Accepted { .. } | EventBody::Started { .. } | EventBody::Fulfilled { .. }
        )
    };
    reading
        .counting()
        .filter(move |at| reading.saw(*at, assigned_by) && !reading.step_ins.contains(at))
        .filter(takes)
}

/// The events by which the person who took it gave it back later; none for one who has done it.
fn gave_back<'r>(
    reading: &'r Reading<'_>,
    assigned_by: usize,
    take: usize,
) -> impl Iterator<Item = usize> + 'r {
    let done = matches!(reading.body(take), EventBody::Fulfilled { .. });
    let declines = move |at: &usize| {
        !done
            && matches!(reading.body(*at), EventBody::Declined { .. })
            && reading.voice(*at) == reading.voice(take)
            && reading.saw(*at, assigned_by)
            && !reading.saw(take, *at)
    };
    reading.counting().filter(declines)
}
