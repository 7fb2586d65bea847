//! Random histories: colleagues with several devices each, which write without having seen everything,
//! exchange now and then, and have clocks that are wrong.

use super::*;
use crate::model::event_kind::{EffectClass, EventKind};

/// A small generator of random numbers; the same seed gives the same history.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

/// A device, as far as a history needs it.
struct SimulatedDevice {
    person: PersonId,
    id: InstallationId,
    /// Tells of each event if this device has it.
    seen: Vec<bool>,
    /// Its clock minus the true time, in milliseconds, and the age of the last comparison; None if never compared.
    skew: i64,
    age_ms: Option<i64>,
}

/// Something that happened, and the company that it happened in.
pub struct History {
    pub events: Vec<Event>,
    pub registry: Registry,
    /// The true time after everything.
    pub end: Millis,
}

/// All people, with a role that changes, a pool that is joined and left, and a person who leaves.
fn company(rng: &mut Rng) -> Registry {
    let mut clear = Vec::new();
    for (person, ..) in PEOPLE {
        if rng.chance(25) {
            clear.push((person, NOON + rng.below(60) as i64 * HOUR));
        }
    }
    let mut registry = heard(&clear);
    for (person, name, role) in PEOPLE {
        if rng.chance(30) {
            let before = colleague(person, name, role);
            let mut after = before.clone();
            after.from = NOON + rng.below(40) as i64 * HOUR;
            after.role = rng.pick(&Role::ALL);
            if rng.chance(50) {
                after.pools = match after.pools.is_empty() {
                    true => vec!["north".parse().unwrap()],
                    false => vec![],
                };
            }
            if rng.chance(20) {
                after.to = Some(after.from + rng.below(20) as i64 * HOUR);
            }
            registry.past.insert(person, vec![before]);
            registry.colleagues.insert(person, after);
        }
        if rng.chance(5) {
            let presence = registry.presence.get_mut(&InstallationId(person.0));
            presence.unwrap().open = vec![DOC];
        }
    }
    registry
}

fn simulated_devices(rng: &mut Rng) -> Vec<SimulatedDevice> {
    let mut simulated_devices = Vec::new();
    for (person, ..) in PEOPLE {
        for number in 0..1 + rng.below(2) as u8 {
            let mut id = person.0;
            id[0] = number;
            let age_ms = match rng.below(10) {
                0 | 1 => None,
                2 => Some(3 * 24 * HOUR),
                _ => Some(HOUR),
            };
            let skew = match (age_ms, rng.below(3)) {
                (None, 0) => -NOON + 1_000,
                (None, 1) => 5_000 * HOUR,
                (None, _) => (rng.below(40) as i64 - 20) * HOUR,
                _ => (rng.below(7) as i64 - 3) * 60_000,
            };
            simulated_devices.push(SimulatedDevice {
                person,
                id: InstallationId(id),
                seen: vec![],
                skew,
                age_ms,
            });
        }
    }
    simulated_devices
}

impl SimulatedDevice {
    fn time(&self, now: Millis) -> RecordedTime {
        RecordedTime {
            wall_ms: now + self.skew,
            zone: "UTC".into(),
            offset_ms: self.age_ms.map(|_| -self.skew),
            age_ms: self.age_ms,
            known_ms: None,
        }
    }

    fn known<'e>(&self, events: &'e [Event]) -> Vec<&'e Event> {
        let seen = events.iter().zip(&self.seen).filter(|(_, seen)| **seen);
        seen.map(|(event, _)| event).collect()
    }
}

/// How often a kind is written, beside the others; every kind is at times.
fn weight(kind: EventKind) -> usize {
    match kind {
        EventKind::Accepted | EventKind::TermsAgreed | EventKind::Fulfilled => 6,
        EventKind::Asked
        | EventKind::Reassigned
        | EventKind::DisputeResolved
        | EventKind::Retracted => 4,
        EventKind::Communicated
        | EventKind::Declined
        | EventKind::TermsProposed
        | EventKind::Started
        | EventKind::Cancelled
        | EventKind::Disputed
        | EventKind::CustomerConfirmed
        | EventKind::Thanked
        | EventKind::ReminderAcked
        | EventKind::AccountNamed => 2,
        EventKind::Made | EventKind::Archived | EventKind::Restored => 1,
    }
}

/// A kind, as often as its weight says.
fn weighted_kind(rng: &mut Rng) -> EventKind {
    let kinds = EventKind::ALL
        .iter()
        .flat_map(|kind| std::iter::repeat_n(*kind, weight(*kind)));
    let kinds: Vec<EventKind> = kinds.collect();
    rng.pick(&kinds)
}

/// An event that the phone's owner may write, mostly sensible.
fn operation(
    rng: &mut Rng,
    simulated_device: &SimulatedDevice,
    known: &[&Event],
    now: Millis,
) -> EventBody {
    let taken = known.iter().any(|event| {
        matches!(event.stored.body, EventBody::Accepted { .. })
            && event.by.person == Some(simulated_device.person)
    });
    let kind = if taken && rng.chance(25) {
        EventKind::Declined
    } else {
        weighted_kind(rng)
    };
    body_of(kind, rng, simulated_device, known, now)
}

/// An event of a kind; where nothing is there that it could name, of another that makes it.
fn body_of(
    kind: EventKind,
    rng: &mut Rng,
    simulated_device: &SimulatedDevice,
    known: &[&Event],
    now: Millis,
) -> EventBody {
    let ids = |wanted: fn(&EventBody) -> bool| -> Vec<EventId> {
        let all = known.iter().filter(|event| wanted(&event.stored.body));
        all.map(|event| event.id).collect()
    };
    let hours = (now - NOON) / HOUR;
    let terms = ids(|body| matches!(body, EventBody::Made(_) | EventBody::TermsAgreed { .. }));
    let terms = if rng.chance(80) {
        *terms.last().unwrap()
    } else {
        rng.pick(&terms)
    };
    let someone = rng.pick(&PEOPLE).0;
    let for_person = rng.chance(12).then_some(someone);
    let later = hours + 1 + rng.below(30) as i64;
    match kind {
        EventKind::Made => {
            EventBody::Made(Box::new(made(simulated_device.person, person(someone))))
        }
        EventKind::Communicated => told(),
        EventKind::Asked => asked(someone, terms),
        EventKind::Accepted => EventBody::Accepted { terms, for_person },
        EventKind::Declined => EventBody::Declined {
            terms,
            reason: "no".into(),
            for_person,
        },
        EventKind::TermsProposed => EventBody::TermsProposed {
            due: due(later),
            reason: "parts".into(),
            for_person,
        },
        EventKind::TermsAgreed => {
            let offers = ids(|body| matches!(body, EventBody::TermsProposed { .. }));
            let proposal = offers.last().copied().filter(|_| rng.chance(60));
            let offered = known.iter().find(|event| Some(event.id) == proposal);
            match offered.map(|event| &event.stored.body) {
                Some(EventBody::TermsProposed { due, .. }) if rng.chance(80) => {
                    let mut body = agreed(0, proposal);
                    if let EventBody::TermsAgreed { due: told, .. } = &mut body {
                        told.clone_from(due);
                    }
                    body
                }
                _ => agreed(later, proposal),
            }
        }
        EventKind::Reassigned => {
            let to = if rng.chance(30) {
                pool()
            } else {
                person(someone)
            };
            reassigned(to)
        }
        EventKind::Started => EventBody::Started { for_person },
        EventKind::Fulfilled => {
            let ago = rng.below(6) as i64 * HOUR;
            let mut body = fulfilled(simulated_device.time(now - ago));
            if let EventBody::Fulfilled { for_person: by, .. } = &mut body {
                *by = for_person;
            }
            body
        }
        EventKind::CustomerConfirmed => EventBody::CustomerConfirmed {
            mood: crate::model::event::Mood::Happy,
            contact: None,
        },
        EventKind::Disputed => disputed(),
        EventKind::DisputeResolved => {
            let disputes = ids(|body| matches!(body, EventBody::Disputed { .. }));
            match disputes.is_empty() {
                true => disputed(),
                false => found(
                    rng.pick(&disputes),
                    rng.pick(&[Finding::Kept, Finding::Broken, Finding::Void]),
                ),
            }
        }
        EventKind::Cancelled => cancelled(rng.pick(&[CancelledBy::Customer, CancelledBy::Us])),
        EventKind::Retracted => {
            let own: Vec<EventId> = known
                .iter()
                .filter(|event| event.by.person == Some(simulated_device.person))
                .map(|event| event.id)
                .collect();
            match own.is_empty() {
                true => told(),
                false => EventBody::Retracted {
                    event: rng.pick(&own),
                },
            }
        }
        EventKind::Thanked => EventBody::Thanked { person: someone },
        EventKind::ReminderAcked => EventBody::ReminderAcked { rung: "due".into() },
        EventKind::AccountNamed => EventBody::AccountNamed {
            account: Some(DocId([rng.below(9) as u8; 16])),
            contact: None,
            labels: Default::default(),
        },
        EventKind::Archived => EventBody::Archived {
            reason: "tidied".into(),
        },
        EventKind::Restored => EventBody::Restored {
            reason: "needed".into(),
        },
    }
}

fn id_of(number: usize, rng: &mut Rng) -> EventId {
    let mut id = [0; 16];
    id[0] = rng.below(256) as u8;
    id[1] = number as u8;
    EventId(id)
}

/// A history of some twenty events.
pub fn history(seed: u64) -> History {
    let rng = &mut Rng::new(seed);
    let registry = company(rng);
    let mut simulated_devices = simulated_devices(rng);
    let mut events: Vec<Event> = Vec::new();
    let mut server: Vec<bool> = Vec::new();
    let mut now = NOON;
    let steps = 3 + rng.below(32);
    for step in 0..steps {
        let simulated_device = rng.below(simulated_devices.len());
        let simulated_device = &mut simulated_devices[simulated_device];
        simulated_device.seen.resize(events.len(), false);
        let known = simulated_device.known(&events);
        let first = step == 0;
        if first || (!known.is_empty() && rng.chance(55)) {
            let body = if first {
                let performer = match rng.below(10) {
                    0 => Performer::Nobody,
                    1..=4 => pool(),
                    5 => person(simulated_device.person),
                    _ => person(rng.pick(&PEOPLE).0),
                };
                EventBody::Made(Box::new(made(simulated_device.person, performer)))
            } else {
                operation(rng, simulated_device, &known, now)
            };
            let owned: Vec<Event> = known.into_iter().cloned().collect();
            let (mut after, mut n) = frontier(&owned);
            match rng.below(300) {
                0..=2 => n = n.saturating_sub(2),
                3 => n = u32::MAX,
                // A promise that claims to be the first could be ordered before the one that is.
                4 | 5 if body.kind() != Some(EventKind::Made) => (after, n) = (vec![], 1),
                _ => {}
            }
            let stored = StoredEvent {
                device: simulated_device.id,
                time: simulated_device.time(now),
                after,
                n,
                on_behalf: None,
                body,
            };
            let by = Authorship {
                actor: Actor(simulated_device.id.0),
                person: Some(simulated_device.person).filter(|_| first || !rng.chance(1)),
                name: String::new(),
                at: stored.time.wall_ms,
            };
            events.push(Event {
                id: id_of(events.len(), rng),
                stored,
                by,
                seq: 1,
                received_at: None,
            });
            simulated_device.seen.push(true);
            server.push(false);
        }
        if first || rng.chance(60) {
            for (at, event) in events.iter_mut().enumerate() {
                if simulated_device.seen[at] && !server[at] {
                    server[at] = true;
                    event.received_at = Some(now);
                }
                simulated_device.seen[at] |= server[at];
            }
        }
        now += rng.pick(&[0, 60_000, HOUR, HOUR, 2 * HOUR, 7 * HOUR]);
    }
    History {
        events,
        registry,
        end: now,
    }
}

/// An event by an author who has seen everything, or only the first event.
pub fn next(
    history: &History,
    rng: &mut Rng,
    person: PersonId,
    at: Millis,
    body: EventBody,
) -> Event {
    let known = if rng.chance(70) {
        history.events.as_slice()
    } else {
        &history.events[..1]
    };
    let (after, n) = frontier(known);
    Event {
        id: EventId([255; 16]),
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
    }
}

/// An event of any kind, for an author who has seen everything.
pub fn usual_body(history: &History, rng: &mut Rng, person: PersonId, at: Millis) -> EventBody {
    let (device, known) = onlooker(history, person);
    operation(rng, &device, &known, at)
}

/// Something that changes no state, of any kind of which the table says so.
pub fn concurrent_body(
    history: &History,
    rng: &mut Rng,
    person: PersonId,
    at: Millis,
) -> EventBody {
    let nothing = EventKind::ALL
        .iter()
        .filter(|kind| kind.effect() == EffectClass::Nothing);
    let nothing: Vec<EventKind> = nothing.copied().collect();
    let (device, known) = onlooker(history, person);
    body_of(rng.pick(&nothing), rng, &device, &known, at)
}

/// A device of a person whose clock is right, with everything that it has seen.
fn onlooker(history: &History, person: PersonId) -> (SimulatedDevice, Vec<&Event>) {
    let device = SimulatedDevice {
        person,
        id: InstallationId(person.0),
        seen: vec![],
        skew: 0,
        age_ms: Some(HOUR),
    };
    (device, history.events.iter().collect())
}
