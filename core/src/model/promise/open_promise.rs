//! The summary of an open promise that counts, short lists and reminders read: small enough to read thousands of them
//! at once. Projections keep it beside the promise.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::{Facts, PromiseRecord, WorkState};
use crate::model::event::{Event, EventBody, Performer};
use crate::model::ids::{DocId, EventId, PersonId, Team};
use crate::model::time::{DAY_MS, Due, Millis};

/// Dates that are told further ahead, in milliseconds, are told long ahead.
pub const LONG_NOTICE_MS: i64 = 7 * DAY_MS;

/// The stage of the work on an open promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum WorkStage {
    /// No performer was asked.
    #[n(0)]
    NotAsked,
    /// Asked, and silent.
    #[n(1)]
    Waiting {
        /// The instant since when, in milliseconds since the epoch.
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
    /// A person says that it was not as promised.
    #[n(5)]
    Disputed,
}

impl WorkStage {
    /// True if no word of the performer has come, asked or not.
    pub fn is_unanswered(self) -> bool {
        matches!(self, Self::NotAsked | Self::Waiting { .. })
    }
}

/// A rung of a ladder that a person has seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct SeenRung {
    /// The rung: `terms-event/rung-name`.
    #[n(0)]
    pub rung: String,
    /// The person who saw it; None while their row of the registry has not come.
    #[n(1)]
    pub by: Option<PersonId>,
}

/// The summary of an open promise that counts, short lists and reminders read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OpenPromise {
    /// The document.
    #[n(0)]
    pub id: DocId,
    /// The kind: "callback", "quote", "delivery" and so on.
    #[n(1)]
    pub kind: String,
    /// The deliverable: the thing that will be done.
    #[n(2)]
    pub deliverable: String,
    /// The customer.
    #[n(3)]
    pub account: Option<DocId>,
    /// The customer's name when it was promised.
    #[n(4)]
    pub account_name: String,
    /// The person who told the customer, and stays responsible.
    #[n(5)]
    pub promiser: PersonId,
    /// The person or pool that is to deliver.
    #[n(6)]
    pub performer: Performer,
    /// The callback pool that it was given to, also where a member took it since; None if it was given to none.
    #[n(7)]
    pub pool: Option<Team>,
    /// The present terms: the made or terms_agreed event.
    #[n(8)]
    pub terms: EventId,
    /// The instant at which these were told, in milliseconds since the epoch.
    #[n(9)]
    pub told_at: Millis,
    /// The date that steers work.
    #[n(10)]
    pub due: Due,
    /// That date as an instant, in milliseconds since the epoch, before grace.
    #[n(11)]
    pub due_at: Millis,
    /// The owed instant with grace, in milliseconds since the epoch; `Millis::MAX`, so never late, where a clock that
    /// was behind said it.
    #[n(12)]
    pub owed_through: Millis,
    /// The stage of the work.
    #[n(13)]
    pub stage: WorkStage,
    /// True if work began.
    #[n(14)]
    pub started: bool,
    /// True if it was done, which a dispute leaves open.
    #[n(15)]
    pub done: bool,
    /// The instant at which the present performer last took it up: was given it, accepted it or began; None if never.
    #[n(16)]
    pub taken_at: Option<Millis>,
    /// The rungs that were seen, each once, in order.
    #[n(17)]
    pub seen: Vec<SeenRung>,
    /// The owed instant, before grace.
    #[n(18)]
    pub owed_at: Millis,
    /// True if the customer was told.
    #[n(19)]
    pub told: bool,
    /// The zone of the place of the owed date.
    #[n(20)]
    pub owed_zone: String,
    /// True if lateness is counted in working days.
    #[n(21)]
    pub working_time: bool,
    /// True if the promiser has an answer of the performer to tell the customer.
    #[n(22)]
    #[cbor(default)]
    pub has_notice: bool,
}

impl OpenPromise {
    /// The summary of a promise; None if nothing is left to do.
    pub fn of(record: &PromiseRecord, facts: &Facts) -> Option<Self> {
        let stage = match facts.work() {
            WorkState::Retracted
            | WorkState::NotCounted { .. }
            | WorkState::Settled
            | WorkState::Fulfilled
            | WorkState::Cancelled => return None,
            WorkState::Disputed { .. } => WorkStage::Disputed,
            WorkState::Declined { .. } => WorkStage::Declined,
            WorkState::CounterOffered { .. } => WorkStage::CounterOffered,
            WorkState::Accepted { .. } => WorkStage::Accepted,
            WorkState::Waiting { since } => WorkStage::Waiting { since },
            WorkState::NotAsked => WorkStage::NotAsked,
        };
        let made = &facts.made;
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
            taken_at: taken_at(record, facts),
            seen: seen_rungs(record, facts),
            owed_at: facts.late_from(),
            told: facts.communicated_at.is_some(),
            owed_zone: facts.owed.due.zone.clone(),
            working_time: made.rules.working_time,
            has_notice: facts.customer_notice.is_some(),
        })
    }

    /// The instant halfway from the telling to the date, in milliseconds since the epoch, of a promise that rings only
    /// then and in its last days: accepted, and told more than a week ahead. None for all others.
    pub fn calm_until_half(&self) -> Option<Millis> {
        let ahead = self.due_at.saturating_sub(self.told_at);
        let calm = self.stage == WorkStage::Accepted && ahead > LONG_NOTICE_MS;
        calm.then(|| self.told_at.midpoint(self.due_at))
    }

    /// The time that has passed since the owed date at `now`, in milliseconds; 0 if it has not passed, or within grace.
    pub fn late_ms(&self, now: Millis) -> i64 {
        late_ms(self.owed_at, self.owed_through, now)
    }
}

/// The time that has passed since an owed instant at `now`, in milliseconds: counted from that instant, but only once
/// the grace beyond it is over as well; 0 before.
pub(super) fn late_ms(owed_at: Millis, owed_through: Millis, now: Millis) -> i64 {
    if now > owed_through {
        now.saturating_sub(owed_at)
    } else {
        0
    }
}

/// The events of a promise that count.
fn counting_events<'a>(
    record: &'a PromiseRecord,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a Event> {
    record.events.iter().filter(|event| {
        let is_refused = facts.not_allowed.iter().any(|(id, _)| *id == event.id);
        !is_refused && !facts.taken_back.contains(&event.id)
    })
}

fn taken_at(record: &PromiseRecord, facts: &Facts) -> Option<Millis> {
    let Performer::Person { person } = &facts.performer else {
        return None;
    };
    let took = counting_events(record, facts).filter(|event| {
        let body = &event.stored.body;
        let takes = body.takes() && !matches!(body, EventBody::Fulfilled { .. });
        let reassigned =
            matches!(body, EventBody::Reassigned { performer: to, .. } if *to == facts.performer);
        (takes && body.for_person().or(event.by.person) == Some(*person)) || reassigned
    });
    took.map(Event::instant).max()
}

/// The rungs of a promise that were seen, each once, in order, whether something is left to do or not.
pub(crate) fn seen_rungs(record: &PromiseRecord, facts: &Facts) -> Vec<SeenRung> {
    let mut seen: Vec<SeenRung> = counting_events(record, facts)
        .filter_map(|event| {
            let EventBody::ReminderAcked { rung } = &event.stored.body else {
                return None;
            };
            Some(SeenRung {
                rung: rung.clone(),
                by: event.by.person,
            })
        })
        .collect();
    seen.sort();
    seen.dedup();
    seen
}
