//! The state of 50,000 promises with five events each, recomputed from their events, against reading the
//! same events from their rows' bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::Bencher;
use kept_core::model::authored::Authorship;
use kept_core::model::causality::frontier;
use kept_core::model::event::{
    Event, EventBody, Performer, PromiseMade, PromiseRules, StoredEvent,
};
use kept_core::model::ids::{Actor, DocId, EventId, InstallationId, PersonId};
use kept_core::model::promise::{PromiseRecord, reduce};
use kept_core::model::registry::{Colleague, Device, Presence, Registry, Role};
use kept_core::model::time::{Due, RecordedTime};
use kept_core::model::visit::{Channel, NameSnapshot};
use kept_tests::bench::is_trial;

const NOON: i64 = 1_795_348_800_000;
const HOUR: i64 = 3_600_000;
const PEOPLE: u8 = 22;

fn main() {
    divan::main();
}

fn promises() -> u32 {
    if is_trial() { 50 } else { 50_000 }
}

fn person(number: u32) -> PersonId {
    PersonId([u8::try_from(number % u32::from(PEOPLE)).unwrap(); 16])
}

/// Twenty-two people with a phone each.
fn company() -> Registry {
    let mut registry = Registry::default();
    for number in 0..PEOPLE {
        let (id, device) = (PersonId([number; 16]), InstallationId([number; 16]));
        let colleague = Colleague {
            id,
            name: format!("Person {number}"),
            role: Role::Technician,
            teams: vec![],
            pools: vec![],
            from: 0,
            to: None,
        };
        registry.colleagues.insert(id, colleague);
        let phone = Device {
            id: device,
            person: id,
            label: "phone".into(),
            actors: vec![Actor([number; 16])],
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        };
        registry.devices.insert(device, phone);
        let presence = Presence {
            installation: device,
            heard: NOON,
            clear_through: Some(NOON),
            open: vec![],
            closed: false,
        };
        registry.presence.insert(device, presence);
    }
    registry
}

/// Made, told, asked and accepted; one in three was moved, one in three is done, one in three is open.
fn record(number: u32) -> PromiseRecord {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let begun = NOON - i64::from(number % 2_000) * HOUR;
    let (promiser, performer) = (person(number), person(number + 1));
    let mut events: Vec<Event> = Vec::new();
    let mut write = |by: PersonId, hours: i64, body: EventBody| {
        let mut event = id;
        event[15] = u8::try_from(events.len()).unwrap();
        let (after, n) = frontier(&events);
        let at = begun + hours * HOUR;
        events.push(Event {
            id: EventId(event),
            stored: StoredEvent {
                device: InstallationId(by.0),
                time: time(at),
                after,
                n,
                on_behalf: None,
                body,
            },
            by: Authorship {
                actor: Actor(by.0),
                person: Some(by),
                name: String::new(),
                at,
            },
            seq: 1,
            received_at: Some(at + HOUR),
        });
        EventId(event)
    };
    let made = PromiseMade {
        kind: "delivery".into(),
        deliverable: "the seal".into(),
        criterion: "no drop on the floor".into(),
        account: None,
        contact: None,
        labels: NameSnapshot::default(),
        promiser,
        performer: Performer::Person { person: performer },
        due: Due::at(begun + 48 * HOUR, "Europe/Berlin").unwrap(),
        words: "in two days".into(),
        channel: Channel::Call,
        visit: None,
        not_before: None,
        rules: PromiseRules::default(),
        suggestion: None,
        predecessor: None,
        makes_right: None,
    };
    let terms = write(promiser, 0, EventBody::Made(Box::new(made)));
    let (contact, channel) = (None, Channel::Call);
    write(promiser, 0, EventBody::Communicated { contact, channel });
    let asked = EventBody::Asked {
        person: performer,
        terms,
    };
    write(promiser, 0, asked);
    let for_person = None;
    write(performer, 3, EventBody::Accepted { terms, for_person });
    let last = match number % 3 {
        0 => EventBody::TermsAgreed {
            due: Due::at(begun + 72 * HOUR, "Europe/Berlin").unwrap(),
            words: String::new(),
            contact,
            channel,
            proposal: None,
            suggestion: None,
        },
        1 => EventBody::Fulfilled {
            occurred_at: time(begun + 40 * HOUR),
            evidence: vec![],
            for_person,
        },
        _ => EventBody::Started { for_person },
    };
    let by = if number.is_multiple_of(3) {
        promiser
    } else {
        performer
    };
    write(by, 40, last);
    PromiseRecord {
        id: DocId(id),
        team: None,
        events,
        notes: String::new(),
        files: vec![],
        overflow: None,
    }
}

fn time(wall_ms: i64) -> RecordedTime {
    RecordedTime {
        wall_ms,
        zone: "Europe/Berlin".into(),
        offset_ms: Some(0),
        age_ms: Some(HOUR),
        known_ms: None,
    }
}

/// Facts and state of every promise, on one core.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn states_recomputed(bencher: Bencher) {
    let records: Vec<_> = (0..promises()).map(record).collect();
    let registry = company();
    bencher.bench_local(|| {
        let states = records.iter().map(|record| {
            let facts = reduce(&record.events, &registry).unwrap();
            facts.state(record.id, NOON, &registry).late_ms
        });
        states.sum::<i64>()
    });
}

/// The same events, read from the bytes in which rows hold them.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn events_read_from_bytes(bencher: Bencher) {
    let rows: Vec<_> = (0..promises())
        .map(|number| minicbor::to_vec(record(number)).unwrap())
        .collect();
    bencher.bench_local(|| {
        let read = |row: &Vec<u8>| minicbor::decode::<PromiseRecord>(row).unwrap().events.len();
        rows.iter().map(read).sum::<usize>()
    });
}
