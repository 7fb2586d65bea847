//! The reason for a reminder, as a sentence.

use super::rung::{ReminderLevel, Rung, Step};
use crate::model::event::Performer;
use crate::model::people::Registry;
use crate::model::promise::{Gist, Stage};
use crate::model::time::Millis;
use crate::words::Words;

/// The sentence of a rung.
pub(super) fn words(gist: &Gist, rung: &Rung, registry: &Registry) -> Words {
    // words: remind-decide-nobody remind-office-nobody remind-unassigned remind-answer-pool
    // words: remind-pool-free remind-decide-pool remind-office-pool remind-not-accepted-pool
    // words: remind-not-started-pool remind-not-sure-pool remind-due-pool remind-late-pool
    // words: remind-pool remind-decide remind-office remind-declined remind-counter-offered
    // words: remind-not-accepted remind-not-started remind-not-sure remind-due-with remind-late-with
    // words: remind-answer remind-still-fine remind-3-days remind-1-day remind-day-before remind-2-hours
    // words: remind-30-minutes remind-half remind-5-minutes remind-start-by remind-late remind-due
    let words = Words::new(key(gist, rung))
        .text("deliverable", &gist.deliverable)
        .due("due", &gist.due);
    let words = if gist.account_name.is_empty() {
        words.keyed("account", "remind-no-account")
    } else {
        words.text("account", &gist.account_name)
    };
    match &gist.performer {
        Performer::Person { person } => {
            words.person("performer", registry.name(*person).unwrap_or_default())
        }
        Performer::Pool { .. } => words.keyed("performer", "remind-anybody"),
        Performer::Nobody => words.keyed("performer", "remind-nobody"),
    }
}

/// The sentences that follow that of a rung that rings at `at`, in milliseconds since the epoch.
pub(super) fn remarks(gist: &Gist, at: Millis, renegotiate: bool) -> Vec<Words> {
    // From the present date on the sentence says itself that it is late.
    let earlier = gist.late_ms(at) > 0 && at <= gist.due_at;
    let earlier = earlier.then(|| Words::new("remind-earlier-passed"));
    let renegotiate = renegotiate.then(|| Words::new("remind-renegotiate"));
    earlier.into_iter().chain(renegotiate).collect()
}

fn key(gist: &Gist, rung: &Rung) -> &'static str {
    let by = |person, pool, nobody| match gist.performer {
        Performer::Person { .. } => person,
        Performer::Pool { .. } => pool,
        Performer::Nobody => nobody,
    };
    match (rung.level, rung.step) {
        (ReminderLevel::Pool, _) => by("remind-pool", "remind-pool-free", "remind-pool-free"),
        (ReminderLevel::Office, Step::Decide) => by(
            "remind-decide",
            "remind-decide-pool",
            "remind-decide-nobody",
        ),
        (ReminderLevel::Office, _) => by(
            "remind-office",
            "remind-office-pool",
            "remind-office-nobody",
        ),
        (ReminderLevel::Promiser, Step::Answer) => match gist.stage {
            Stage::Declined => "remind-declined",
            Stage::CounterOffered => "remind-counter-offered",
            _ => by(
                "remind-not-accepted",
                "remind-not-accepted-pool",
                "remind-unassigned",
            ),
        },
        (ReminderLevel::Promiser, step) => match step {
            Step::DayBefore => by("remind-not-started", "remind-not-started-pool", own(step)),
            Step::ThreeDays => by("remind-not-sure", "remind-not-sure-pool", own(step)),
            Step::Due => by("remind-due-with", "remind-due-pool", own(step)),
            Step::Late => by("remind-late-with", "remind-late-pool", own(step)),
            step => own(step),
        },
        (ReminderLevel::Performer, Step::Answer) => {
            by("remind-answer", "remind-answer-pool", "remind-unassigned")
        }
        (ReminderLevel::Performer, step) => own(step),
    }
}

/// The key of a step's sentence to the performer.
fn own(step: Step) -> &'static str {
    match step {
        Step::Answer => "remind-answer",
        Step::StillFine => "remind-still-fine",
        Step::ThreeDays => "remind-3-days",
        Step::OneDay => "remind-1-day",
        Step::DayBefore => "remind-day-before",
        Step::TwoHours => "remind-2-hours",
        Step::ThirtyMinutes => "remind-30-minutes",
        Step::Half => "remind-half",
        Step::FiveMinutes => "remind-5-minutes",
        Step::StartBy => "remind-start-by",
        Step::Late => "remind-late",
        Step::Decide => "remind-decide",
        Step::Escalate => "remind-office",
        Step::Due => "remind-due",
    }
}
