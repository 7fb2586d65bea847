//! The promise fixture: the history of one promise, written event by event.

use crate::model::authored::Authorship;
use crate::model::causality::frontier;
use crate::model::event::{Event, EventBody, Performer, PromiseMade, PromiseRules, StoredEvent};
use crate::model::ids::{Actor, DocId, EventId, InstallationId, PersonId};
use crate::model::promise::PromiseRecord;
use crate::model::registry::Registry;
use crate::model::time::{Due, Millis, RecordedTime};
use crate::model::visit::{Channel, NameSnapshot};
use crate::testing::{HOUR, NOON};

/// The instant so many hours after the beginning, in milliseconds since the epoch.
pub(crate) fn at(hours: i64) -> Millis {
    NOON + hours * HOUR
}

/// The date at that instant.
pub(crate) fn due(hours: i64) -> Due {
    Due::at(at(hours), "UTC").unwrap()
}

/// An instant on a clock that was just compared and is right.
pub(crate) fn clock_time(wall_ms: Millis) -> RecordedTime {
    RecordedTime {
        wall_ms,
        zone: "UTC".into(),
        offset_ms: Some(0),
        age_ms: Some(0),
        known_ms: None,
    }
}

/// The content of the first event of a promise that is due in ten hours.
pub(crate) fn made(promiser: PersonId, performer: Performer) -> PromiseMade {
    PromiseMade {
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
        rules: PromiseRules::default(),
        suggestion: None,
        predecessor: None,
        makes_right: None,
    }
}

/// The history of a promise, and the registry by which it is read.
#[derive(Clone)]
pub(crate) struct PromiseFixture {
    pub(crate) record: PromiseRecord,
    pub(crate) registry: Registry,
}

impl PromiseFixture {
    /// A promise that its promiser makes at hour 0.
    pub(crate) fn new(made: PromiseMade, registry: Registry) -> Self {
        let record = PromiseRecord {
            id: DocId([5; 16]),
            team: None,
            events: vec![],
            notes: String::new(),
            files: vec![],
            overflow: None,
        };
        let mut fixture = Self { record, registry };
        fixture.add_event(0, made.promiser, EventBody::Made(Box::new(made)));
        fixture
    }

    /// The event that made it.
    pub(crate) fn made_id(&self) -> EventId {
        self.record.events[0].id
    }

    /// Adds an event at an hour, by an author who has seen everything before.
    pub(crate) fn add_event(&mut self, hours: i64, person: PersonId, body: EventBody) -> EventId {
        self.add_event_at(clock_time(at(hours)), person, body)
    }

    /// Adds an event at a time, by an author who has seen everything before.
    pub(crate) fn add_event_at(
        &mut self,
        time: RecordedTime,
        person: PersonId,
        body: EventBody,
    ) -> EventId {
        let seen = frontier(&self.record.events);
        self.push(time, person, seen, body)
    }

    /// Adds an event by an author who has seen only these events and what their authors saw.
    pub(crate) fn add_event_unaware(
        &mut self,
        hours: i64,
        person: PersonId,
        seen: &[EventId],
        body: EventBody,
    ) -> EventId {
        let events = self.record.events.iter();
        let known = events.filter(|event| seen.contains(&event.id));
        let n = known.map(|event| event.stored.n).max().unwrap_or(0);
        let n = n.saturating_add(1);
        self.push(clock_time(at(hours)), person, (seen.to_vec(), n), body)
    }

    fn push(
        &mut self,
        time: RecordedTime,
        person: PersonId,
        (after, n): (Vec<EventId>, u32),
        body: EventBody,
    ) -> EventId {
        let id = EventId([u8::try_from(self.record.events.len()).unwrap() + 1; 16]);
        let at = time.wall_ms;
        self.record.events.push(Event {
            id,
            stored: StoredEvent {
                device: InstallationId(person.0),
                time,
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

    /// An event, to be changed.
    pub(crate) fn event(&mut self, id: EventId) -> &mut Event {
        let mut events = self.record.events.iter_mut();
        events.find(|event| event.id == id).unwrap()
    }

    /// The server takes an event at an hour.
    pub(crate) fn receive(&mut self, id: EventId, hours: i64) {
        self.event(id).received_at = Some(at(hours));
    }
}
