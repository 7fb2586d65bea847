//! The reason for a reminder, as a sentence.

use super::rung::{ReminderLevel, Rung, RungKind};
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
    // messages: remind-answer remind-still-fine remind-3-days remind-1-day remind-day-before remind-2-hours
    // messages: remind-30-minutes remind-half remind-5-minutes remind-start-by remind-late remind-due
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

fn key(promise: &OpenPromise, rung: &Rung) -> &'static str {
    let by = |person, pool, nobody| match promise.performer {
        Performer::Person { .. } => person,
        Performer::Pool { .. } => pool,
        Performer::Nobody => nobody,
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
            WorkStage::Declined => "remind-declined",
            WorkStage::CounterOffered => "remind-counter-offered",
            _ => by(
                "remind-not-accepted",
                "remind-not-accepted-pool",
                "remind-unassigned",
            ),
        },
        (ReminderLevel::Promiser, rung_kind) => match rung_kind {
            RungKind::DayBefore => by(
                "remind-not-started",
                "remind-not-started-pool",
                performer_key(rung_kind),
            ),
            RungKind::ThreeDays => by(
                "remind-not-sure",
                "remind-not-sure-pool",
                performer_key(rung_kind),
            ),
            RungKind::Due => by(
                "remind-due-with",
                "remind-due-pool",
                performer_key(rung_kind),
            ),
            RungKind::Late => by(
                "remind-late-with",
                "remind-late-pool",
                performer_key(rung_kind),
            ),
            rung_kind => performer_key(rung_kind),
        },
        (ReminderLevel::Performer, RungKind::Answer) => {
            by("remind-answer", "remind-answer-pool", "remind-unassigned")
        }
        (ReminderLevel::Performer, rung_kind) => performer_key(rung_kind),
    }
}

/// The key of a step's sentence to the performer.
fn performer_key(rung_kind: RungKind) -> &'static str {
    match rung_kind {
        RungKind::Answer => "remind-answer",
        RungKind::StillFine => "remind-still-fine",
        RungKind::ThreeDays => "remind-3-days",
        RungKind::OneDay => "remind-1-day",
        RungKind::DayBefore => "remind-day-before",
        RungKind::TwoHours => "remind-2-hours",
        RungKind::ThirtyMinutes => "remind-30-minutes",
        RungKind::Half => "remind-half",
        RungKind::FiveMinutes => "remind-5-minutes",
        RungKind::StartBy => "remind-start-by",
        RungKind::Late => "remind-late",
        RungKind::Decide => "remind-decide",
        RungKind::Escalate => "remind-office",
        RungKind::Due => "remind-due",
    }
}
