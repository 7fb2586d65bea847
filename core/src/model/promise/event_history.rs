//! The events of a promise in their order, each with its author and the verdict whether it counts.

use super::permissions::NotAllowed;
use crate::model::causality::{Causality, Positions};
use crate::model::event::{Event, EventBody, PromiseMade};
use crate::model::ids::{EventId, PersonId, Team};
use crate::model::registry::{Colleague, Registry};
use crate::model::time::{Millis, Trust};

/// The verdict on an event, before any rule reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It counts.
    Counts,
    /// Its author may not write it.
    NotAllowed(NotAllowed),
    /// Its author took it back, by the event at this position.
    TakenBack(usize),
}

/// Events in their order, asked by position.
pub(super) struct EventHistory<'a> {
    /// The events, each once.
    pub events: Vec<&'a Event>,
    /// The order by cause: the events that each author had seen.
    pub causality: Causality,
    /// The author of each; None while their row of the registry has not arrived.
    pub authors: Vec<Option<PersonId>>,
    /// The verdict on each.
    pub verdicts: Vec<Verdict>,
    /// The instant at which each was written, in milliseconds since the epoch.
    pub instants: Vec<Millis>,
    /// The events by which a person took it who was not to deliver, and was called.
    pub step_ins: Vec<usize>,
    /// The event that began it.
    pub made: Option<usize>,
    /// The registry of people and devices.
    pub registry: &'a Registry,
}

impl<'a> EventHistory<'a> {
    /// Orders the events and takes out those that are not allowed or were taken back.
    pub fn of(events: impl IntoIterator<Item = &'a Event>, registry: &'a Registry) -> Self {
        let mut events: Vec<&Event> = events.into_iter().collect();
        events.sort_by_key(|event| event.order());
        events.dedup_by_key(|event| event.id);
        let mut history = Self {
            causality: Causality::of(&events),
            authors: events.iter().map(|e| author(e, registry)).collect(),
            verdicts: Vec::with_capacity(events.len()),
            instants: events.iter().map(|event| event.instant()).collect(),
            step_ins: Vec::new(),
            made: None,
            events,
            registry,
        };
        for position in 0..history.events.len() {
            let verdict = match history.judge(position) {
                Ok(()) => Verdict::Counts,
                Err(
                    NotAllowed::NotPerformer | NotAllowed::NeverPerformer | NotAllowed::NotTheirs,
                ) if history.steps_in(position) => {
                    history.step_ins.push(position);
                    Verdict::Counts
                }
                Err(reason) => Verdict::NotAllowed(reason),
            };
            if verdict == Verdict::Counts && matches!(history.body(position), EventBody::Made(_)) {
                history.made = Some(position);
            }
            history.verdicts.push(verdict);
        }
        for (named, by) in history.taken_back(|_| true) {
            history.verdicts[named] = Verdict::TakenBack(by);
        }
        history
    }

    /// The body of an event.
    pub fn body(&self, position: usize) -> &'a EventBody {
        &self.events[position].stored.body
    }

    /// An event's id.
    pub fn id(&self, position: usize) -> EventId {
        self.events[position].id
    }

    /// True if the author of the event at `later` had seen the one at `earlier`.
    pub fn saw(&self, later: usize, earlier: usize) -> bool {
        self.causality.saw(later, earlier)
    }

    /// True if an event counts.
    pub fn counts(&self, position: usize) -> bool {
        self.verdicts.get(position) == Some(&Verdict::Counts)
    }

    /// The positions of all events that count, in their order.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.events.len()).filter(|position| self.counts(*position))
    }

    /// The promise as it was made, with the position of its event; None while it has not arrived.
    pub fn promised(&self) -> Option<(usize, &'a PromiseMade)> {
        let position = self.made?;
        let EventBody::Made(made) = self.body(position) else {
            return None;
        };
        Some((position, made))
    }

    /// The person whose act or answer an event is: the performer's, where the office writes for one; None while the
    /// author is not known.
    pub fn acting_person(&self, position: usize) -> Option<PersonId> {
        self.body(position).for_person().or(self.authors[position])
    }

    /// Pairs (named, by) of allowed events that were taken back within a view, the latest retraction first:
    /// one that was itself taken back does not count.
    pub fn taken_back(&self, in_view: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let mut gone: Vec<(usize, usize)> = Vec::new();
        let mut taken_back = Positions::default();
        for by in (0..self.verdicts.len()).rev() {
            let EventBody::Retracted { event } = self.body(by) else {
                continue;
            };
            let stands = self.counts(by) && in_view(by) && !taken_back.contains(by);
            let named = self.causality.position(*event);
            if let Some(named) = named.filter(|position| stands && self.counts(*position)) {
                gone.push((named, by));
                taken_back.insert(named);
            }
        }
        gone
    }

    /// The events that were taken back as far as the author of the event at `position` had seen.
    pub fn retracted_in_view_of(&self, position: usize) -> Positions {
        let mut gone = Positions::default();
        for (named, _) in self.taken_back(|by| self.saw(position, by)) {
            gone.insert(named);
        }
        gone
    }

    /// The rows of a person when they wrote an event, or were meant by it; empty for a person who was no colleague
    /// then.
    pub fn colleague(
        &self,
        person: PersonId,
        position: usize,
    ) -> impl Iterator<Item = &'a Colleague> + Clone + use<'a> {
        let event = self.events[position];
        let registry: &'a Registry = self.registry;
        registry.colleague_rows_when_written(person, &event.stored.time, event.received_at)
    }

    /// The pools that a person served when another wrote an event: at its instant, where that is known.
    pub fn pools_of(&self, person: PersonId, position: usize) -> Vec<Team> {
        let event = self.events[position];
        let instant = self.instants[position];
        let trusted = event.stored.time.trust() != Trust::Unknown;
        let then = self
            .registry
            .colleague_at(person, instant)
            .filter(|_| trusted);
        let row = match then {
            Some(row) => Some(row).filter(|row| row.works_at(instant)),
            None => self.colleague(person, position).next(),
        };
        row.map(|row| row.pools.clone()).unwrap_or_default()
    }

    /// True if the author of an event, or the person for whom it was written, served a pool then.
    pub fn serves(&self, person: PersonId, pool: &Team, position: usize) -> bool {
        self.colleague(person, position)
            .any(|row| row.pools.contains(pool))
    }

    /// Returns everyone who serves a pool at an instant.
    pub fn members(&self, pool: &Team, instant: Millis) -> impl Iterator<Item = PersonId> + '_ {
        let pool = pool.clone();
        self.registry
            .colleagues
            .keys()
            .filter(move |person| {
                self.registry
                    .colleague_at(**person, instant)
                    .is_some_and(|row| row.pools.contains(&pool) && row.works_at(instant))
            })
            .copied()
    }
}

/// The person to whom the registry binds the actor of the change that carried an event; another one
/// only where that actor is the server's.
fn author(event: &Event, registry: &Registry) -> Option<PersonId> {
    let behalf = event.stored.on_behalf.as_ref().filter(|_| {
        registry
            .device_of(event.by.actor)
            .is_some_and(|device| device.server)
    });
    behalf.map(|behalf| behalf.person).or(event.by.person)
}
