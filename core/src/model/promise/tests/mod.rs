//! Tests of whole promises, event by event: what they share, and one file per kind of test.

mod basics;
pub(crate) mod generator;
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
use crate::model::event::{CancelledBy, EventBody, Finding, Performer, PromiseMade, StoredEvent};
use crate::model::ids::{Actor, EventId, InstallationId, PersonId};
use crate::model::registry::{Colleague, Device, Registry, Role};
use crate::model::silence::SilenceEnded;
use crate::model::time::{Due, Millis, RecordedTime};
use crate::model::visit::Channel;
use crate::testing::{
    self, ANN, BEN, DAY, EVA, HOUR, NOON, PromiseFixture, SAM, TOM, clock_time as clock, device,
    due, made, presence,
};

const PEOPLE: [(PersonId, &str, Role); 5] = [
    (ANN, "Ann", Role::Office),
    (SAM, "Sam", Role::Workshop),
    (BEN, "Ben", Role::Technician),
    (EVA, "Eva", Role::Technician),
    (TOM, "Tom", Role::Technician),
];
const DOC: DocId = DocId([5; 16]);

fn pool() -> Performer {
    Performer::Pool {
        pool: "north".parse().unwrap(),
    }
}

fn person(person: PersonId) -> Performer {
    Performer::Person { person }
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

fn fulfilled(occurred_at: RecordedTime) -> EventBody {
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

impl PromiseFixture {
    /// Ann promises something that Sam is to deliver in ten hours; every phone has sent everything.
    fn started() -> Self {
        Self::of(made(ANN, person(SAM)))
    }

    /// A promise is made by its promiser; every phone has sent everything.
    fn of(made: PromiseMade) -> Self {
        Self::new(made, heard(&[]))
    }

    /// Sam says at an hour that it was done at another.
    fn done(&mut self, hours: i64, occurred: i64) -> EventId {
        self.add_event(hours, SAM, fulfilled(clock(NOON + occurred * HOUR)))
    }

    fn facts(&self) -> Facts {
        let facts = reduce(&self.record.events, &self.registry).unwrap();
        let mut backwards = self.record.events.clone();
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

    fn work(&self) -> WorkState {
        self.facts().work()
    }

    fn effect(&self, id: EventId) -> EventEffect {
        let trace = why(&self.record.events, DOC, NOON + 100 * HOUR, &self.registry).unwrap();
        let line = trace.lines.iter().find(|line| line.event == id).unwrap();
        line.effect
    }
}

const ACCEPTED: WorkState = WorkState::Accepted { started: false };

/// A person of this company; Ben and Eva serve the pool "north".
fn colleague(id: PersonId, name: &str, role: Role) -> Colleague {
    let pools: &[&str] = match id {
        BEN | EVA => &["north"],
        _ => &[],
    };
    testing::colleague(id, name, role, pools)
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
        registry.devices.insert(id, device(person));
        let told = clear_through.iter().find(|(who, _)| *who == person);
        let clear = told.map_or(i64::MAX, |(_, through)| *through);
        registry
            .presence
            .insert(id, presence(id, clear.min(NOON), clear));
    }
    registry
}
