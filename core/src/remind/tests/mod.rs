//! Scenarios of reminders: the people who are reminded of a promise, when, and those who are not.

mod calendars;
mod calls;
mod ladder_table;
mod ladders;
mod properties;
mod sentences;
mod silence;

use std::collections::BTreeMap;

use super::*;
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::colleague_profile::ColleagueProfile;
use crate::model::event::Performer;
use crate::model::ids::{EventId, Team};
use crate::model::promise::{SeenRung, WorkStage};
use crate::model::registry::{Colleague, Role};
use crate::model::time::{DAY_MS, Due};
use crate::testing::{ANN, EVA, HOUR, SAM, colleague};

/// Mia, in the office.
const OFFICE: PersonId = PersonId([9; 16]);
const BERLIN: &str = "Europe/Berlin";
const MINUTE: i64 = 60_000;

/// An instant: `2026-11-25 14:30` in Berlin.
fn at(text: &str) -> Millis {
    at_in(text, BERLIN)
}

fn at_in(text: &str, zone: &str) -> Millis {
    let civil: jiff::civil::DateTime = text.replace(' ', "T").parse().unwrap();
    let zoned = civil.in_tz(zone).unwrap();
    zoned.timestamp().as_millisecond()
}

/// The time that a clock in Berlin shows: the way back from [`at`].
fn clock(at: Millis) -> String {
    let zoned = crate::model::time::zoned(at, BERLIN).unwrap();
    zoned.strftime("%Y-%m-%d %H:%M").to_string()
}

fn pool() -> Team {
    "callbacks".parse().unwrap()
}

/// A company with working hours in Berlin: Ann sells, Sam and Eva serve the callback pool.
struct CompanyFixture {
    company: Company,
    registry: Registry,
    pace: Pace,
}

impl CompanyFixture {
    fn new() -> Self {
        let mut fixture = Self {
            company: Company::default(),
            registry: Registry::default(),
            pace: Pace::default(),
        };
        fixture.company.handbook.hours = Some(WorkingCalendar::usual(BERLIN));
        fixture.add_colleague(ANN, "Ann", Role::Sales, &[]);
        fixture.add_colleague(SAM, "Sam", Role::Technician, &[pool()]);
        fixture.add_colleague(EVA, "Eva", Role::Technician, &[pool()]);
        fixture.add_colleague(OFFICE, "Mia", Role::Office, &[]);
        fixture
    }

    fn add_colleague(&mut self, id: PersonId, name: &str, role: Role, pools: &[Team]) {
        let colleague = Colleague {
            pools: pools.to_vec(),
            ..colleague(id, name, role, &[])
        };
        self.registry.colleagues.insert(id, colleague);
    }

    fn quiet(&mut self, person: PersonId, from: u16, to: u16) {
        let says = ColleagueProfile {
            quiet: Some(Shift { from, to }),
            ..ColleagueProfile::default()
        };
        self.company.people.insert(person, says);
    }

    fn rules(&self, now: Millis) -> LadderContext<'_> {
        LadderContext {
            company: &self.company,
            registry: &self.registry,
            pace: &self.pace,
            now,
        }
    }

    /// The reminders of a person in the 30 days from an instant.
    fn ring(&self, promises: &[OpenPromise], person: PersonId, now: Millis) -> Vec<Reminder> {
        let recipient = Recipient {
            person,
            zone: BERLIN,
            now,
            horizon: 30 * DAY_MS,
        };
        due_reminders(promises, &recipient, &self.rules(now))
    }

    /// The same as "2026-11-25 14:30 half", without the mornings after the date.
    fn told(&self, open_promise: &OpenPromise, person: PersonId, now: Millis) -> Vec<String> {
        self.ring(std::slice::from_ref(open_promise), person, now)
            .iter()
            .filter(|reminder| !reminder.rung.contains("late"))
            .map(|reminder| format!("{} {}", clock(reminder.at), reminder.rung))
            .collect()
    }
}

/// Ann told Hotel Adler a new door seal by Sam, who accepted.
fn promise(told: &str, due: &str) -> OpenPromise {
    let (told_at, due_at) = (at(told), at(due));
    OpenPromise {
        id: DocId([5; 16]),
        kind: "fix".into(),
        deliverable: "new door seal".into(),
        account: None,
        account_name: "Hotel Adler".into(),
        promiser: ANN,
        performer: Performer::Person { person: SAM },
        pool: None,
        terms: EventId([7; 16]),
        told_at,
        due: Due::at(due_at, BERLIN).unwrap(),
        due_at,
        owed_through: due_at + 5 * MINUTE,
        owed_at: due_at,
        told: true,
        owed_zone: "UTC".into(),
        working_time: false,
        has_notice: false,
        stage: WorkStage::Accepted,
        started: false,
        done: false,
        taken_at: None,
        seen: vec![],
    }
}

/// A callback that Ann promised, to be made by the one of the pool who takes it.
fn callback(told: &str, due: &str) -> OpenPromise {
    OpenPromise {
        kind: CALLBACK.into(),
        deliverable: "call back".into(),
        performer: Performer::Pool { pool: pool() },
        pool: Some(pool()),
        stage: WorkStage::NotAsked,
        ..promise(told, due)
    }
}
