//! The reason for a reminder, as a sentence, and the names of the capacities in which people are reminded.

use super::ladder::RungKind;
use super::rung::{ReminderLevel, Rung};
use crate::language::Message;
use crate::model::event::Performer;
use crate::model::promise::{OpenPromise, WorkStage};
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// The sentence of a rung.
pub(super) fn rung_message(promise: &OpenPromise, rung: &Rung, registry: &Registry) -> Message {
    // messages: remind-decide-nobody remind-office-nobody remind-unassigned remind-answer-pool
    // messages: remind-pool-free remind-decide-pool remind-office-pool remind-not-accepted-pool
    // messages: remind-not-started-pool remind-not-sure-pool remind-due-pool remind-late-pool
    // messages: remind-pool remind-decide remind-office remind-declined remind-counter-offered
    // messages: remind-not-accepted remind-not-started remind-not-sure remind-due-with remind-late-with
    let words = Message::new(key(promise, rung))
        .text("deliverable", &promise.deliverable)
        .due("due", &promise.due);
    let words = if promise.account_name.is_empty() {
        words.keyed("account", "remind-no-account")
    } else {
        words.text("account", &promise.account_name)
    };
    match &promise.performer {
        Performer::Person { person } => {
            words.person("performer", registry.name(*person).unwrap_or_default())
        }
        Performer::Pool { .. } => words.keyed("performer", "remind-anybody"),
        Performer::Nobody => words.keyed("performer", "remind-nobody"),
    }
}

/// The sentences that follow that of a rung that rings at `at`, in milliseconds since the epoch.
pub(super) fn remarks(promise: &OpenPromise, at: Millis, renegotiate: bool) -> Vec<Message> {
    // From the present date on the sentence says itself that it is late.
    let earlier = promise.late_ms(at) > 0 && at <= promise.due_at;
    let earlier = earlier.then(|| Message::new("remind-earlier-passed"));
    let renegotiate = renegotiate.then(|| Message::new("remind-renegotiate"));
    earlier.into_iter().chain(renegotiate).collect()
}

/// The key of a rung's sentence: its own, but where the promiser, a pool or the office is told something else.
fn key(promise: &OpenPromise, rung: &Rung) -> String {
    let own = rung.rung_kind.sentence();
    let by = |person: &str, pool: &str, nobody: &str| match promise.performer {
        Performer::Person { .. } => person.to_owned(),
        Performer::Pool { .. } => pool.to_owned(),
        Performer::Nobody => nobody.to_owned(),
    };
    match (rung.level, rung.rung_kind) {
        (ReminderLevel::Pool, _) => by("remind-pool", "remind-pool-free", "remind-pool-free"),
        (ReminderLevel::Office, RungKind::Decide) => by(
            "remind-decide",
            "remind-decide-pool",
            "remind-decide-nobody",
        ),
        (ReminderLevel::Office, _) => by(
            "remind-office",
            "remind-office-pool",
            "remind-office-nobody",
        ),
        (ReminderLevel::Promiser, RungKind::Answer) => match promise.stage {
            WorkStage::Declined => "remind-declined".to_owned(),
            WorkStage::CounterOffered => "remind-counter-offered".to_owned(),
            WorkStage::NotAsked
            | WorkStage::Waiting { .. }
            | WorkStage::Accepted
            | WorkStage::Disputed => by(
                "remind-not-accepted",
                "remind-not-accepted-pool",
                "remind-unassigned",
            ),
        },
        (ReminderLevel::Promiser, RungKind::DayBefore) => {
            by("remind-not-started", "remind-not-started-pool", &own)
        }
        (ReminderLevel::Promiser, RungKind::ThreeDays) => {
            by("remind-not-sure", "remind-not-sure-pool", &own)
        }
        (ReminderLevel::Promiser, RungKind::Due) => by("remind-due-with", "remind-due-pool", &own),
        (ReminderLevel::Promiser, RungKind::Late) => {
            by("remind-late-with", "remind-late-pool", &own)
        }
        (ReminderLevel::Performer, RungKind::Answer) => {
            by("remind-answer", "remind-answer-pool", "remind-unassigned")
        }
        (ReminderLevel::Performer | ReminderLevel::Promiser, _) => own,
    }
}

/// The capacity in which a person is reminded, as a remark on the reminder.
#[uniffi::export]
pub fn reminder_level_message(level: ReminderLevel) -> Message {
    Message::new(match level {
        ReminderLevel::Performer => "level-performer",
        ReminderLevel::Promiser => "level-promiser",
        ReminderLevel::Pool => "level-pool",
        ReminderLevel::Office => "level-office",
    })
}
