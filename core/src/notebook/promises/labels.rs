//! The names of a promise's marks, decisions and moods, for lists and choices.

use crate::language::Message;
use crate::model::event::{CancelledBy, Finding, Mood};
use crate::notebook::promises::records::PromiseMark;

/// Returns the name of a mark, which stands wherever colour and symbol do.
#[uniffi::export]
pub fn promise_mark_message(mark: PromiseMark) -> Message {
    Message::new(match mark {
        PromiseMark::Kept => "state-kept",
        PromiseMark::Accepted => "mark-accepted",
        PromiseMark::Waiting => "mark-waiting",
        PromiseMark::NotAsked => "state-not-asked",
        PromiseMark::CounterOffered => "mark-counter-offered",
        PromiseMark::Late => "mark-late",
        PromiseMark::Broken => "mark-broken",
        PromiseMark::NotConfirmed => "mark-not-confirmed",
        PromiseMark::Disputed => "state-disputed",
        PromiseMark::Quiet => "mark-quiet",
    })
}

/// Returns the name of a finding of the office.
#[uniffi::export]
pub fn finding_message(finding: Finding) -> Message {
    Message::new(finding_key(finding))
}

/// Returns a finding's key in the catalogue.
pub(in crate::notebook) fn finding_key(finding: Finding) -> &'static str {
    match finding {
        Finding::Kept => "finding-kept",
        Finding::Broken => "finding-broken",
        Finding::Void => "finding-void",
    }
}

/// Returns the name of the side that called a promise off.
#[uniffi::export]
pub fn cancelled_by_message(by: CancelledBy) -> Message {
    Message::new(match by {
        CancelledBy::Customer => "cancelled-by-customer",
        CancelledBy::Us => "cancelled-by-us",
    })
}

/// Returns the name of a mood of the customer.
#[uniffi::export]
pub fn mood_message(mood: Mood) -> Message {
    Message::new(match mood {
        Mood::Happy => "mood-happy",
        Mood::SoSo => "mood-so-so",
        Mood::Not => "mood-not-happy",
    })
}
