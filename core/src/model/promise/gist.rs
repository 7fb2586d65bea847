//! The gist of an open promise: what counts, short lists and reminders ask of it, small enough to read
//! thousands of them at once. Projections keep it beside the promise.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::{Facts, PromiseRecord, Work};
use crate::model::event::{Event, EventBody, Performer};
use crate::model::ids::{DocId, EventId, PersonId, Team};
use crate::model::time::{Due, Millis};

/// Where the work on an open promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Stage {
    /// Nobody was asked.
    #[n(0)]
    NotAsked,
    /// Asked, and silent.
    #[n(1)]
    Waiting {
        /// Since when, in milliseconds since the epoch.
        #[n(0)]
        since: Millis,
    },
    /// The performer accepted.
    #[n(2)]
    Accepted,
    /// The performer declined.
    #[n(3)]
    Declined,
    /// The performer offers another date.
    #[n(4)]
    CounterOffered,
    /// Somebody says that it was not as promised.
    #[n(5)]
    Disputed,
}

/// That somebody has seen a rung of a ladder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Seen {
    /// The rung: `terms-event/rung-name`.
    #[n(0)]
    pub rung: String,
    /// Who saw it; none while their row of the registry has not come.
    #[n(1)]
    pub by: Option<PersonId>,
}

/// What counts, short lists and reminders ask of an open promise.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Gist {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The kind: "callback", "quote", "delivery" and so on.
    #[n(1)]
    pub kind: String,
    /// What will be done.
    #[n(2)]
    pub deliverable: String,
    /// The customer.
    #[n(3)]
    pub account: Option<DocId>,
    /// What the customer was called when it was promised.
    #[n(4)]
    pub account_name: String,
    /// Who told the customer, and stays responsible.
    #[n(5)]
    pub promiser: PersonId,
    /// Who is to deliver.
    #[n(6)]
    pub performer: Performer,
    /// The callback pool that it was given to, whoever took it since.
    #[n(7)]
    pub pool: Option<Team>,
    /// The present terms: the made or terms_agreed event.
    #[n(8)]
    pub terms: EventId,
    /// When these were told, in milliseconds since the epoch.
    #[n(9)]
    pub told_at: Millis,
    /// The date that steers work.
    #[n(10)]
    pub due: Due,
    /// That date as an instant, before grace.
    #[n(11)]
    pub due_at: Millis,
    /// The owed instant with what the customer is granted beyond it; never where a clock that was behind said it.
    #[n(12)]
    pub owed_through: Millis,
    /// Where the work stands.
    #[n(13)]
    pub stage: Stage,
    /// Whether work began.
    #[n(14)]
    pub started: bool,
    /// Whether it was done, which a dispute leaves open.
    #[n(15)]
    pub done: bool,
    /// When the present performer last took it up: was given it, accepted it or began.
    #[n(16)]
    pub taken_at: Option<Millis>,
    /// The rungs that were seen, each once, in order.
    #[n(17)]
    pub seen: Vec<Seen>,
    /// The owed instant, before grace.
    #[n(18)]
    pub owed_at: Millis,
    /// Whether the customer was told.
    #[n(19)]
    pub told: bool,
    /// The zone of the place of the owed date.
    #[n(20)]
    pub owed_zone: String,
    /// Whether lateness is counted in working days.
    #[n(21)]
    pub working_time: bool,
}

impl Gist {
    /// The gist of a promise; none if nothing is left to do.
    pub fn of(record: &PromiseRecord, facts: &Facts) -> Option<Self> {
        let stage = match facts.work() {
            Work::Retracted
            | Work::NotCounted { .. }
            | Work::Settled
            | Work::Fulfilled
            | Work::Cancelled => return None,
            Work::Disputed { .. } => Stage::Disputed,
            Work::Declined { .. } => Stage::Declined,
            Work::CounterOffered { .. } => Stage::CounterOffered,
            Work::Accepted { .. } => Stage::Accepted,
            Work::Waiting { since } => Stage::Waiting { since },
            Work::NotAsked => Stage::NotAsked,
        };
        let made = &facts.made;
        let gone = |event: &&Event| {
            facts.taken_back.contains(&event.id)
                || facts.not_allowed.iter().any(|(id, _)| *id == event.id)
        };
        let standing: Vec<&Event> = record.events.iter().filter(|event| !gone(event)).collect();
        Some(Self {
            id: record.id,
            kind: made.kind.clone(),
            deliverable: made.deliverable.clone(),
            account: made.account,
            account_name: made.labels.account.clone(),
            promiser: made.promiser,
            performer: facts.performer.clone(),
            pool: match &facts.assigned {
                Performer::Pool { pool } => Some(pool.clone()),
                Performer::Person { .. } | Performer::Nobody => None,
            },
            terms: facts.present.event,
            told_at: facts.present.told_at,
            due: facts.present.due.clone(),
            due_at: facts.present.due_at,
            owed_through: facts.late_after(),
            stage,
            started: facts.started,
            done: facts.fulfilled_at.is_some(),
            taken_at: taken_at(&standing, &facts.performer),
            seen: seen(&standing),
            owed_at: facts.late_from(),
            told: facts.communicated_at.is_some(),
            owed_zone: facts.owed.due.zone.clone(),
            working_time: made.rules.working_time,
        })
    }

    /// How long past the owed date it is at `now`, in milliseconds; 0 if it is not, or within grace.
    pub fn late_ms(&self, now: Millis) -> i64 {
        late_ms(self.owed_at, self.owed_through, now)
    }
}

/// How long past an owed instant it is at `now`, in milliseconds: counted from that instant, but only once what
/// is granted beyond it is over as well.
pub(super) fn late_ms(owed_at: Millis, owed_through: Millis, now: Millis) -> i64 {
    if now > owed_through {
        now.saturating_sub(owed_at)
    } else {
        0
    }
}

fn taken_at(events: &[&Event], performer: &Performer) -> Option<Millis> {
    let Performer::Person { person } = performer else {
        return None;
    };
    let took = events.iter().filter(|event| match &event.stored.body {
        EventBody::Accepted { for_person, .. } | EventBody::Started { for_person } => {
            for_person.or(event.by.person) == Some(*person)
        }
        EventBody::Reassigned { performer: to, .. } => to == performer,
        _ => false,
    });
    took.map(|event| event.instant()).max()
}

fn seen(events: &[&Event]) -> Vec<Seen> {
    let mut seen: Vec<Seen> = events
        .iter()
        .filter_map(|event| match &event.stored.body {
            EventBody::ReminderAcked { rung } => Some(Seen {
                rung: rung.clone(),
                by: event.by.person,
            }),
            _ => None,
        })
        .collect();
    seen.sort();
    seen.dedup();
    seen
}
