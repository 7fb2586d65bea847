//! The performer of a promise: the last assignment, and the members who took it from a pool.

use std::collections::{BTreeMap, BTreeSet};

use super::event_history::EventHistory;
use crate::model::causality::Positions;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::PersonId;
use crate::model::time::Millis;

/// The performer, by a set of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assignment<'a> {
    /// The event that named them: the last reassignment, else made.
    pub assigned_by: usize,
    /// The person or pool that was named.
    pub assigned: &'a Performer,
    /// The people who took it from the pool that was named or that stepped in, the one that counts first.
    pub takers: Vec<PersonId>,
}

impl Assignment<'_> {
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
    pub fn includes(&self, history: &EventHistory<'_>, person: PersonId, position: usize) -> bool {
        match (self.person(), self.assigned) {
            (Some(performer), _) => performer == person,
            (None, Performer::Pool { pool }) => history.serves(person, pool, position),
            (None, _) => false,
        }
    }
}

/// Finds the performer by the events of a view; None where no event of it makes the promise.
pub(super) fn assignment<'a>(
    history: &EventHistory<'a>,
    in_view: impl Fn(usize) -> bool,
) -> Option<Assignment<'a>> {
    let (made, promised) = history.promised()?;
    let mut assignment = Assignment {
        assigned_by: made,
        assigned: &promised.performer,
        takers: Vec::new(),
    };
    for position in (made..history.verdicts.len()).filter(|position| in_view(*position)) {
        if let Some(performer) = history.body(position).named_performer() {
            assignment.assigned_by = position;
            assignment.assigned = performer;
        }
    }
    if matches!(assignment.assigned, Performer::Pool { .. }) || !history.step_ins.is_empty() {
        let takes = takes(history, assignment.assigned_by, &in_view);
        assignment.takers = takers(history, &takes);
    }
    Some(assignment)
}

/// The events by which a member took a promise from the pool that it was given to, or stepped in: accepted or started
/// and not declined since, or done. A person who steps in takes it from those whose taking they saw.
pub(super) fn takes(
    history: &EventHistory<'_>,
    assigned_by: usize,
    in_view: &impl Fn(usize) -> bool,
) -> Vec<usize> {
    let later = |position: &usize| in_view(*position) && history.saw(*position, assigned_by);
    let named = history.body(assigned_by).named_performer();
    let from_pool = matches!(named, Some(Performer::Pool { .. }));
    let all = || (assigned_by..history.verdicts.len()).filter(later);
    let mut declines: BTreeMap<Option<PersonId>, Positions> = BTreeMap::new();
    for position in
        all().filter(|position| matches!(history.body(*position), EventBody::Declined { .. }))
    {
        let theirs = declines.entry(history.acting_person(position)).or_default();
        theirs.insert(position);
    }
    let given_back = |take: usize| {
        let theirs = declines.get(&history.acting_person(take));
        theirs.is_some_and(|theirs| !history.causality.saw_all(take, theirs))
    };
    let stepped_in = |position: &usize| history.step_ins.binary_search(position).is_ok();
    let takes: Vec<usize> = all()
        .filter(|position| from_pool || stepped_in(position))
        .filter(|position| history.body(*position).takes())
        .filter(|position| {
            matches!(history.body(*position), EventBody::Fulfilled { .. }) || !given_back(*position)
        })
        .collect();
    let stepping: Vec<usize> = takes.iter().copied().filter(stepped_in).collect();
    let taken_over = |take: &usize| {
        stepping.iter().any(|by| {
            history.acting_person(*by) != history.acting_person(*take) && history.saw(*by, *take)
        })
    };
    takes
        .iter()
        .copied()
        .filter(|take| !taken_over(take))
        .collect()
}

/// The people who took it: those who started or did it first, then in the order in which they took it.
fn takers(history: &EventHistory<'_>, takes: &[usize]) -> Vec<PersonId> {
    let works = |position: &&usize| !matches!(history.body(**position), EventBody::Accepted { .. });
    let mut takers = Vec::new();
    for position in takes.iter().filter(works).chain(takes) {
        takers.extend(
            history
                .acting_person(*position)
                .filter(|who| !takers.contains(who)),
        );
    }
    takers
}

/// True if a person was to deliver at any time in the view of the event at `position`.
pub(super) fn ever_performed(
    history: &EventHistory<'_>,
    person: PersonId,
    position: usize,
    in_view: impl Fn(usize) -> bool,
) -> bool {
    let Some((made, promised)) = history.promised() else {
        return false;
    };
    let named = |performer: &Performer, by: usize| match performer {
        Performer::Person { person: who } => *who == person,
        Performer::Pool { pool } => history.pools_of(person, by).contains(pool),
        Performer::Nobody => false,
    };
    named(&promised.performer, made)
        || (made..position).any(|by| {
            let body = history.body(by);
            let took = || {
                body.takes()
                    && !matches!(body, EventBody::Fulfilled { .. })
                    && history.acting_person(by) == Some(person)
            };
            in_view(by)
                && (body
                    .named_performer()
                    .is_some_and(|performer| named(performer, by))
                    || took())
        })
        || assignment(history, in_view)
            .is_some_and(|assignment| assignment.includes(history, person, position))
}

/// Everyone who was to deliver up to an instant, if things happened at `instants`: each person who was named, each who
/// took it from a pool, also one who gave it back since, and every member of a pool from which no one had it then.
pub(super) fn performers_until(
    history: &EventHistory<'_>,
    instants: &[Millis],
    through: Millis,
) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    let Some((made, promised)) = history.promised() else {
        return people;
    };
    let in_time = |position: &usize| {
        instants
            .get(*position)
            .is_some_and(|instant| *instant <= through)
    };
    let reassigned = history
        .counting()
        .filter(in_time)
        .filter(|position| *position != made)
        .filter_map(|position| Some((position, history.body(position).named_performer()?)));
    for (by, performer) in [(made, &promised.performer)].into_iter().chain(reassigned) {
        match performer {
            Performer::Person { person } => drop(people.insert(*person)),
            Performer::Pool { pool } => {
                let taken: Vec<usize> = pool_acceptances(history, by).filter(in_time).collect();
                let had = |take: &usize| {
                    !gave_back(history, by, *take).any(|position| in_time(&position))
                };
                if !taken.iter().any(had) {
                    people.extend(history.members(pool, through));
                }
                people.extend(
                    taken
                        .into_iter()
                        .filter_map(|position| history.acting_person(position)),
                );
            }
            Performer::Nobody => {}
        }
    }
    people
}

/// The events by which a member took it from the pool that an event gave it to, without those who stepped in.
fn pool_acceptances<'r>(
    history: &'r EventHistory<'_>,
    assigned_by: usize,
) -> impl Iterator<Item = usize> + 'r {
    history
        .counting()
        .filter(move |position| {
            history.saw(*position, assigned_by) && !history.step_ins.contains(position)
        })
        .filter(|position| history.body(*position).takes())
}

/// The events by which the person who took it gave it back later; none for one who has done it.
fn gave_back<'r>(
    history: &'r EventHistory<'_>,
    assigned_by: usize,
    take: usize,
) -> impl Iterator<Item = usize> + 'r {
    let done = matches!(history.body(take), EventBody::Fulfilled { .. });
    let declines = move |position: &usize| {
        !done
            && matches!(history.body(*position), EventBody::Declined { .. })
            && history.acting_person(*position) == history.acting_person(take)
            && history.saw(*position, assigned_by)
            && !history.saw(take, *position)
    };
    history.counting().filter(declines)
}
