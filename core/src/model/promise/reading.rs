//! The events of a promise in their order, each with its author and its standing.

use super::allowed::NotAllowed;
use crate::model::causality::{Causality, Positions};
use crate::model::event::{Event, EventBody, Made};
use crate::model::ids::{EventId, PersonId, Team};
use crate::model::people::{Colleague, Registry};
use crate::model::time::{Millis, Trust};

/// The standing of an event before any rule reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It counts.
    Counts,
    /// Its author may not write it.
    NotAllowed(NotAllowed),
    /// Its author took it back, by the event at this position.
    TakenBack(usize),
}

/// Events in their order, asked by position.
pub(super) struct Reading<'a> {
    /// The events, each once.
    pub events: Vec<&'a Event>,
    /// The order by cause: the events that each author had seen.
    pub causality: Causality,
    /// The author of each; None while their row of the registry has not arrived.
    pub authors: Vec<Option<PersonId>>,
    /// The standing of each.
    pub standing: Vec<Standing>,
    /// The instant at which each was written, in milliseconds since the epoch.
    pub instants: Vec<Millis>,
    /// The events by which a person took it who was not to deliver, and was called.
    pub step_ins: Vec<usize>,
    /// The event that began it.
    pub made: Option<usize>,
    /// The registry of people and devices.
    pub registry: &'a Registry,
}

impl<'a> Reading<'a> {
    /// Orders the events and takes out those that are not allowed or were taken back.
    pub fn of(events: impl IntoIterator<Item = &'a Event>, registry: &'a Registry) -> Self {
        let mut events: Vec<&Event> = events.into_iter().collect();
        events.sort_by_key(|event| event.order());
        events.dedup_by_key(|event| event.id);
        let mut reading = Self {
            causality: Causality::of(&events),
            authors: events.iter().map(|e| author(e, registry)).collect(),
            standing: Vec::with_capacity(events.len()),
            instants: events.iter().map(|event| event.instant()).collect(),
            step_ins: Vec::new(),
            made: None,
            events,
            registry,
        };
        for at in 0..reading.events.len() {
            let standing = match reading.judge(at) {
                Ok(()) => Standing::Counts,
                Err(
                    NotAllowed::NotPerformer | NotAllowed::NeverPerformer | NotAllowed::NotTheirs,
                ) if reading.steps_in(at) => {
                    reading.step_ins.push(at);
                    Standing::Counts
                }
                Err(reason) => Standing::NotAllowed(reason),
            };
            if standing == Standing::Counts && matches!(reading.body(at), EventBody::Made(_)) {
                reading.made = Some(at);
            }
            reading.standing.push(standing);
        }
        for (named, by) in reading.taken_back(|_| true) {
            reading.standing[named] = Standing::TakenBack(by);
        }
        reading
    }

    /// The body of an event.
    pub fn body(&self, at: usize) -> &'a EventBody {
        &self.events[at].stored.body
    }

    /// An event's id.
    pub fn id(&self, at: usize) -> EventId {
        self.events[at].id
    }

    /// True if the author of the event at `later` had seen the one at `earlier`.
    pub fn saw(&self, later: usize, earlier: usize) -> bool {
        self.causality.saw(later, earlier)
    }

    /// True if an event counts.
    pub fn counts(&self, at: usize) -> bool {
        self.standing.get(at) == Some(&Standing::Counts)
    }

    /// The positions of all events that count, in their order.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.events.len()).filter(|at| self.counts(*at))
    }

    /// The promise as it was made, with the position of its event; None while it has not arrived.
    pub fn promised(&self) -> Option<(usize, &'a Made)> {
        let at = self.made?;
        match self.body(at) {
            EventBody::Made(made) => Some((at, made)),
            _ => None,
        }
    }

    /// The person whose act or answer an event is: the performer's, where the office writes for one; None while the
    /// author is not known.
    pub fn voice(&self, at: usize) -> Option<PersonId> {
        speaks_for(self.body(at)).or(self.authors[at])
    }

    /// Pairs (named, by) of allowed events that were taken back within a view, the latest retraction first:
    /// one that was itself taken back does not count.
    pub fn taken_back(&self, in_view: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let mut gone: Vec<(usize, usize)> = Vec::new();
        let mut taken_back = Positions::default();
        for by in (0..self.standing.len()).rev() {
            let EventBody::Retracted { event } = self.body(by) else {
                continue;
            };
            let stands = self.counts(by) && in_view(by) && !taken_back.contains(by);
            let named = self.causality.position(*event);
            if let Some(named) = named.filter(|at| stands && self.counts(*at)) {
                gone.push((named, by));
                taken_back.insert(named);
            }
        }
        gone
    }

    /// The events that were taken back as far as the author of the event at `at` had seen.
    pub fn gone_by(&self, at: usize) -> Positions {
        let mut gone = Positions::default();
        for (named, _) in self.taken_back(|by| self.saw(at, by)) {
            gone.insert(named);
        }
        gone
    }

    /// The rows of a person when they wrote an event, or were meant by it; empty for a person who was no colleague
    /// then.
    pub fn colleague(
        &self,
        person: PersonId,
        at: usize,
    ) -> impl Iterator<Item = &'a Colleague> + Clone + use<'a> {
        let event = self.events[at];
        let registry: &'a Registry = self.registry;
        registry.when_written(person, &event.stored.time, event.received_at)
    }

    /// The pools that a person served when another wrote an event: at its instant, where that is known.
    pub fn pools_of(&self, person: PersonId, at: usize) -> Vec<Team> {
        let event = self.events[at];
        let instant = self.instants[at];
        let trusted = event.stored.time.trust() != Trust::Unknown;
        let then = self.registry.at(person, instant).filter(|_| trusted);
        let row = match then {
            Some(row) => Some(row).filter(|row| row.to.is_none_or(|left| instant < left)),
            None => self.colleague(person, at).next(),
        };
        row.map(|row| row.pools.clone()).unwrap_or_default()
    }

    /// True if the author of an event, or the person for whom it was written, served a pool then.
    pub fn serves(&self, person: PersonId, pool: &Team, at: usize) -> bool {
        self.colleague(person, at)
            .any(|row| row.pools.contains(pool))
    }

    /// Returns everyone who serves a pool at an instant.
    pub fn members(&self, pool: &Team, instant: Millis) -> impl Iterator<Item = PersonId> + '_ {
        let pool = pool.clone();
        self.registry
            .colleagues
            .keys()
            .filter(move |person| {
                self.registry.at(**person, instant).is_some_and(|row| {
                    row.pools.contains(&pool) && row.to.is_none_or(|left| instant < left)
                })
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

/// The performer for whom an event is written.
pub(super) fn speaks_for(body: &EventBody) -> Option<PersonId> {
    match body {
        EventBody::Accepted { for_person, .. }
        | EventBody::Declined { for_person, .. }
        | EventBody::TermsProposed { for_person, .. }
        | EventBody::Started { for_person }
        | EventBody::Fulfilled { for_person, .. } => *for_person,
        _ => None,
    }
}
