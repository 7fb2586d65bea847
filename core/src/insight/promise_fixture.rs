//! The promise fixture of this room: a history written event by event, and the company that it happens in.

use crate::model::event::{EventBody, Performer, PromiseMade};
use crate::model::ids::{EventId, PersonId, Team};
use crate::model::promise::{Facts, reduce};
use crate::model::registry::{Colleague, Registry, Role};
use crate::model::time::RecordedTime;
use crate::model::visit::Channel;
use crate::testing::{self, clock_time, colleague, device, presence};
pub(super) use crate::testing::{ANN, EVA, HOUR, PromiseFixture, SAM, at, due};

/// The time `hours` after the beginning, on a clock that was compared.
pub(super) fn time(hours: i64) -> RecordedTime {
    clock_time(at(hours))
}

/// Ann's promise of something that Sam is to deliver in ten hours.
pub(super) fn made() -> PromiseMade {
    testing::made(ANN, Performer::Person { person: SAM })
}

impl PromiseFixture {
    /// Something is promised at hour 0; facts are read by a registry of the test's own.
    pub(super) fn of_made(made: PromiseMade) -> Self {
        Self::new(made, Registry::default())
    }

    /// Ann promises something and tells the customer an hour later.
    pub(super) fn communicated() -> Self {
        let mut fixture = Self::of_made(made());
        fixture.communicate(1);
        fixture
    }

    pub(super) fn communicate(&mut self, hours: i64) -> EventId {
        let told = EventBody::Communicated {
            contact: None,
            channel: Channel::Call,
        };
        self.add_event(hours, ANN, told)
    }

    /// The server takes the last event.
    pub(super) fn receive_last(&mut self, hours: i64) {
        self.record.events.last_mut().unwrap().received_at = Some(at(hours));
    }

    /// A person did it, and says so.
    pub(super) fn fulfilled_by(
        &mut self,
        says: i64,
        person: PersonId,
        occurred_at: RecordedTime,
    ) -> EventId {
        let done = EventBody::Fulfilled {
            occurred_at,
            evidence: vec![],
            for_person: None,
        };
        self.add_event(says, person, done)
    }

    /// The performer accepts what was told first.
    pub(super) fn accept(&mut self, hours: i64, person: PersonId) -> EventId {
        let terms = self.made_id();
        let accepted = EventBody::Accepted {
            terms,
            for_person: None,
        };
        self.add_event(hours, person, accepted)
    }

    pub(super) fn facts_in(&self, registry: &Registry) -> Facts {
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
            teams: vec![team],
            ..colleague(person, name, role, &["service"])
        };
        registry.colleagues.insert(person, colleague);
        let device = device(person);
        let presence = presence(device.id, at(clear_hours), at(clear_hours));
        registry.presence.insert(device.id, presence);
        registry.devices.insert(device.id, device);
    }
    registry
}
