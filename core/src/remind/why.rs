//! Why somebody is reminded, as a sentence.

use super::rung::{ReminderLevel, Rung, Step};
use crate::model::event::Performer;
use crate::model::people::Registry;
use crate::model::promise::{Gist, Stage};
use crate::words::Words;

/// The sentence of a rung.
pub(super) fn words(gist: &Gist, rung: &Rung, registry: &Registry) -> Words {
    // words: remind-decide-nobody remind-office-nobody
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
            words.text("performer", registry.name(*person).unwrap_or_default())
        }
        Performer::Pool { .. } => words.keyed("performer", "remind-anybody"),
        Performer::Nobody => words.keyed("performer", "remind-nobody"),
    }
}

fn key(gist: &Gist, rung: &Rung) -> &'static str {
    match (rung.level, rung.step) {
        (ReminderLevel::Pool, _) => "remind-pool",
        (ReminderLevel::Office, step) => match (step, &gist.performer) {
            (Step::Decide, Performer::Nobody) => "remind-decide-nobody",
            (Step::Decide, _) => "remind-decide",
            (_, Performer::Nobody) => "remind-office-nobody",
            _ => "remind-office",
        },
        (ReminderLevel::Promiser, Step::Answer) => match gist.stage {
            Stage::Declined => "remind-declined",
            Stage::CounterOffered => "remind-counter-offered",
            _ => "remind-not-accepted",
        },
        (ReminderLevel::Promiser, step) if gist.performer != Performer::Nobody => match step {
            Step::DayBefore => "remind-not-started",
            Step::ThreeDays => "remind-not-sure",
            Step::Due => "remind-due-with",
            Step::Late => "remind-late-with",
            step => own(step),
        },
        (_, step) => own(step),
    }
}

/// To whoever does the work.
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
