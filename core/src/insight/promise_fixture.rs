//! The promise fixture of this room: a history written event by event, and the company that it happens in.

use crate::model::authored::Authorship;
use crate::model::causality::frontier;
use crate::model::event::{Event, EventBody, Made, Performer, Rules, StoredEvent};
use crate::model::ids::{Actor, DocId, EventId, InstallationId, PersonId, Team};
use crate::model::promise::{Facts, PromiseRecord, reduce};
use crate::model::registry::{Colleague, Device, Presence, Registry, Role};
use crate::model::time::{Due, Millis, Time};
use crate::model::visit::{Channel, NameSnapshot};
use crate::testing::NOON;

pub(super) const ANN: PersonId = PersonId([1; 16]);
pub(super) const SAM: PersonId = PersonId([2; 16]);
pub(super) const EVA: PersonId = PersonId([3; 16]);
pub(super) const HOUR: i64 = 3_600_000;

/// A history in which each author has seen everything before.
#[derive(Clone)]
pub(super) struct PromiseFixture {
    pub(super) record: PromiseRecord,
}

/// The time `hours` after the beginning, on a clock that was compared.
pub(super) fn time(hours: i64) -> Time {
    Time {
        wall_ms: at(hours),
        zone: "UTC".into(),
        offset_ms: Some(0),
        age_ms: Some(0),
        known_ms: None,
    }
}

pub(super) fn at(hours: i64) -> Millis {
    NOON + hours * HOUR
}

pub(super) fn due(hours: i64) -> Due {
    Due::at(at(hours), "UTC").unwrap()
}

/// Ann's promise of something that Sam is to deliver in ten hours.
pub(super) fn made() -> Made {
    Made {
        kind: "delivery".into(),
        deliverable: "the seal".into(),
        criterion: String::new(),
        account: None,
        contact: None,
        labels: NameSnapshot::default(),
        promiser: ANN,
        performer: Performer::Person { person: SAM },
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

impl PromiseFixture {
    /// Ann promises something at hour 0.
    pub(super) fn started(made: Made) -> Self {
        let record = PromiseRecord {
            id: DocId([5; 16]),
            team: None,
            events: vec![],
            notes: String::new(),
            files: vec![],
            overflow: None,
        };
        let mut fixture = Self { record };
        fixture.add_event(0, ANN, EventBody::Made(Box::new(made)));
        fixture
    }

    /// Ann promises something and tells the customer an hour later.
    pub(super) fn told() -> Self {
        let mut fixture = Self::started(made());
        fixture.tells(1);
        fixture
    }

    pub(super) fn tells(&mut self, hours: i64) -> EventId {
        let told = EventBody::Communicated {
            contact: None,
            channel: Channel::Call,
        };
        self.add_event(hours, ANN, told)
    }

    pub(super) fn add_event(&mut self, hours: i64, person: PersonId, body: EventBody) -> EventId {
        self.add_event_at(time(hours), person, body)
    }

    pub(super) fn add_event_at(
        &mut self,
        time: Time,
        person: PersonId,
        body: EventBody,
    ) -> EventId {
        let (after, n) = frontier(&self.record.events);
        let id = EventId([u8::try_from(self.record.events.len()).unwrap() + 1; 16]);
        let at = time.wall_ms;
        let stored = StoredEvent {
            device: InstallationId(person.0),
            time,
            after,
            n,
            on_behalf: None,
            body,
        };
        let by = Authorship {
            actor: Actor(person.0),
            person: Some(person),
            name: String::new(),
            at,
        };
        self.record.events.push(Event {
            id,
            stored,
            by,
            seq: 1,
            received_at: None,
        });
        id
    }

    /// The server takes the last event.
    pub(super) fn arrives(&mut self, hours: i64) {
        self.record.events.last_mut().unwrap().received_at = Some(at(hours));
    }

    /// A person did it, and says so.
    pub(super) fn done(&mut self, says: i64, person: PersonId, occurred_at: Time) -> EventId {
        let done = EventBody::Fulfilled {
            occurred_at,
            evidence: vec![],
            for_person: None,
        };
        self.add_event(says, person, done)
    }

    /// The performer accepts what was told first.
    pub(super) fn accepts(&mut self, hours: i64, person: PersonId) -> EventId {
        let terms = self.record.events[0].id;
        let accepted = EventBody::Accepted {
            terms,
            for_person: None,
        };
        self.add_event(hours, person, accepted)
    }

    pub(super) fn facts(&self, registry: &Registry) -> Facts {
        reduce(&self.record.events, registry).unwrap()
    }
}

/// Ann of the office, Sam of the north and Eva of the south, whose phones were last clear at this hour.
pub(super) fn company(clear_hours: i64) -> Registry {
    let mut registry = Registry::default();
    for (person, name, role, team) in [
        (ANN, "Ann", Role::Office, "north"),
        (SAM, "Sam", Role::Technician, "north"),
        (EVA, "Eva", Role::Technician, "south"),
    ] {
        let team: Team = team.parse().unwrap();
        let colleague = Colleague {
            id: person,
            name: name.into(),
            role,
            teams: vec![team],
            pools: vec!["service".parse().unwrap()],
            from: 0,
            to: None,
        };
        registry.colleagues.insert(person, colleague);
        let device = Device {
            id: InstallationId(person.0),
            person,
            label: "phone".into(),
            actors: vec![Actor(person.0)],
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        };
        registry.devices.insert(device.id, device.clone());
        let presence = Presence {
            installation: device.id,
            heard: at(clear_hours),
            clear_through: Some(at(clear_hours)),
            open: vec![],
            closed: false,
        };
        registry.presence.insert(device.id, presence);
    }
    registry
}
