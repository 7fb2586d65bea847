//! Histories of promises, told event by event: what the tests share, and one file per kind of test.

mod basics;
mod generator;
mod histories;
mod oracle;
mod permissions;
mod properties;
mod step_in;
mod uncounted;
mod words_and_dates;

use super::*;
use crate::model::authored::Authorship;
use crate::model::causality::frontier;
use crate::model::event::{CancelledBy, EventBody, Finding, Made, Performer, Rules, StoredEvent};
use crate::model::ids::{Actor, EventId, InstallationId, PersonId};
use crate::model::registry::{Colleague, Device, Presence, Registry, Role};
use crate::model::silence::SilenceEnded;
use crate::model::time::{Due, Millis, Time};
use crate::model::visit::{Channel, NameSnapshot};
use crate::testing::NOON;

/// Promises, in the office.
const ANN: PersonId = PersonId([1; 16]);
/// Delivers.
const SAM: PersonId = PersonId([2; 16]);
/// Serves the pool "north".
const BEN: PersonId = PersonId([3; 16]);
/// Serves the pool "north" as well.
const EVA: PersonId = PersonId([4; 16]);
/// A technician who promises.
const TOM: PersonId = PersonId([5; 16]);
const PEOPLE: [(PersonId, &str, Role); 5] = [
    (ANN, "Ann", Role::Office),
    (SAM, "Sam", Role::Workshop),
    (BEN, "Ben", Role::Technician),
    (EVA, "Eva", Role::Technician),
    (TOM, "Tom", Role::Technician),
];
const HOUR: i64 = 3_600_000;
const DOC: DocId = DocId([5; 16]);

fn due(hours: i64) -> Due {
    Due::at(NOON + hours * HOUR, "UTC").unwrap()
}

fn clock(wall_ms: Millis) -> Time {
    Time {
        wall_ms,
        zone: "UTC".into(),
        offset_ms: Some(0),
        age_ms: Some(0),
        known_ms: None,
    }
}

fn pool() -> Performer {
    Performer::Pool {
        pool: "north".parse().unwrap(),
    }
}

fn person(person: PersonId) -> Performer {
    Performer::Person { person }
}

/// The first event's content, of a promise that is due in ten hours.
fn made(promiser: PersonId, performer: Performer) -> Made {
    Made {
        kind: "delivery".into(),
        deliverable: "the seal".into(),
        criterion: String::new(),
        account: None,
        contact: None,
        labels: NameSnapshot::default(),
        promiser,
        performer,
        due: due(10),
        words: String::new(),
        channel: Channel::Call,
        visit: None,
        not_before: None,
        rules: Rules::default(),
        suggestion: None,
        predecessor: None,
        makes_right: None,
    }
}

fn accepted(terms: EventId) -> EventBody {
    EventBody::Accepted {
        terms,
        for_person: None,
    }
}

fn declined(terms: EventId) -> EventBody {
    EventBody::Declined {
        terms,
        reason: "ill".into(),
        for_person: None,
    }
}

fn proposed(hours: i64) -> EventBody {
    EventBody::TermsProposed {
        due: due(hours),
        reason: "parts".into(),
        for_person: None,
    }
}

fn agreed(hours: i64, proposal: Option<EventId>) -> EventBody {
    EventBody::TermsAgreed {
        due: due(hours),
        words: String::new(),
        contact: None,
        channel: Channel::Call,
        proposal,
        suggestion: None,
    }
}

fn reassigned(performer: Performer) -> EventBody {
    EventBody::Reassigned {
        performer,
        reason: String::new(),
    }
}

fn asked(person: PersonId, terms: EventId) -> EventBody {
    EventBody::Asked { person, terms }
}

fn fulfilled(occurred_at: Time) -> EventBody {
    EventBody::Fulfilled {
        occurred_at,
        evidence: vec![],
        for_person: None,
    }
}

fn cancelled(by: CancelledBy) -> EventBody {
    EventBody::Cancelled {
        by,
        agreed_by: None,
        reason: String::new(),
    }
}

fn disputed() -> EventBody {
    EventBody::Disputed {
        words: "it still sticks".into(),
    }
}

fn found(dispute: EventId, finding: Finding) -> EventBody {
    EventBody::DisputeResolved {
        dispute,
        finding,
        reason: String::new(),
    }
}

fn told() -> EventBody {
    EventBody::Communicated {
        contact: None,
        channel: Channel::Call,
    }
}

/// A history of a promise, and the company that it happens in.
struct PromiseFixture {
    events: Vec<Event>,
    registry: Registry,
}

impl PromiseFixture {
    /// Ann promises something that Sam is to deliver in ten hours; every phone has sent everything.
    fn started() -> Self {
        Self::of(made(ANN, person(SAM)))
    }

    /// A promise is made by its promiser.
    fn of(made: Made) -> Self {
        let mut fixture = Self {
            events: vec![],
            registry: heard(&[]),
        };
        fixture.add_event(0, made.promiser, EventBody::Made(Box::new(made)));
        fixture
    }

    fn made(&self) -> EventId {
        self.events[0].id
    }

    /// Adds an event at an hour, by an author who has seen everything before.
    fn add_event(&mut self, hours: i64, person: PersonId, body: EventBody) -> EventId {
        let (after, n) = frontier(&self.events);
        self.push(hours, person, (after, n), body)
    }

    /// Adds an event by an author who has seen only these events and what they saw.
    fn add_event_unaware(
        &mut self,
        hours: i64,
        person: PersonId,
        seen: &[EventId],
        body: EventBody,
    ) -> EventId {
        let known = self.events.iter().filter(|event| seen.contains(&event.id));
        let n = known.map(|event| event.stored.n).max().unwrap_or(0);
        let n = n.saturating_add(1);
        self.push(hours, person, (seen.to_vec(), n), body)
    }

    fn push(
        &mut self,
        hours: i64,
        person: PersonId,
        (after, n): (Vec<EventId>, u32),
        body: EventBody,
    ) -> EventId {
        let id = EventId([u8::try_from(self.events.len()).unwrap() + 1; 16]);
        let at = NOON + hours * HOUR;
        self.events.push(Event {
            id,
            stored: StoredEvent {
                device: InstallationId(person.0),
                time: clock(at),
                after,
                n,
                on_behalf: None,
                body,
            },
            by: Authorship {
                actor: Actor(person.0),
                person: Some(person),
                name: String::new(),
                at,
            },
            seq: 1,
            received_at: None,
        });
        id
    }

    fn event(&mut self, id: EventId) -> &mut Event {
        self.events.iter_mut().find(|event| event.id == id).unwrap()
    }

    /// Sam says at an hour that it was done at another.
    fn done(&mut self, hours: i64, occurred: i64) -> EventId {
        self.add_event(hours, SAM, fulfilled(clock(NOON + occurred * HOUR)))
    }

    /// The server takes an event at an hour.
    fn received(&mut self, id: EventId, hours: i64) {
        self.event(id).received_at = Some(NOON + hours * HOUR);
    }

    fn facts(&self) -> Facts {
        let facts = reduce(&self.events, &self.registry).unwrap();
        let mut backwards = self.events.clone();
        backwards.reverse();
        assert_eq!(
            reduce(&backwards, &self.registry).unwrap(),
            facts,
            "order of arrival"
        );
        facts
    }

    fn at(&self, hours: i64) -> PromiseState {
        self.facts().state(DOC, NOON + hours * HOUR, &self.registry)
    }

    fn outcome(&self, hours: i64) -> Outcome {
        self.at(hours).outcome
    }

    fn work(&self) -> Work {
        self.facts().work()
    }

    fn effect(&self, id: EventId) -> Effect {
        let trace = why(&self.events, DOC, NOON + 100 * HOUR, &self.registry).unwrap();
        let line = trace.lines.iter().find(|line| line.event == id).unwrap();
        line.effect
    }
}

const ACCEPTED: Work = Work::Accepted { started: false };

fn colleague(id: PersonId, name: &str, role: Role) -> Colleague {
    let pools = match id {
        BEN | EVA => vec!["north".parse().unwrap()],
        _ => vec![],
    };
    Colleague {
        id,
        name: name.into(),
        role,
        teams: vec![],
        pools,
        from: 0,
        to: None,
    }
}

/// A registry of all people, with a phone each that has sent everything, but for those in `clear_through`, whose phone
/// has sent everything up to that moment.
fn heard(clear_through: &[(PersonId, Millis)]) -> Registry {
    let mut registry = Registry::default();
    for (person, name, role) in PEOPLE {
        let id = InstallationId(person.0);
        registry
            .colleagues
            .insert(person, colleague(person, name, role));
        let device = Device {
            id,
            person,
            label: format!("{name}’s phone"),
            actors: vec![Actor(person.0)],
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        };
        registry.devices.insert(id, device);
        let told = clear_through.iter().find(|(who, _)| *who == person);
        let clear = told.map_or(i64::MAX, |(_, through)| *through);
        let presence = Presence {
            installation: id,
            heard: clear.min(NOON),
            clear_through: Some(clear),
            open: vec![],
            closed: false,
        };
        registry.presence.insert(id, presence);
    }
    registry
}
