//! The customer's word: how they find it, and that it was not as promised.

use kept_core::model::event::Mood;
use kept_core::notebook::{KeptError, PromiseEdit};

use super::{Facing, Said};
use crate::office::act::choices::{choices, contact, nothing};
use crate::office::act::form::{FieldKind, FormView, Given};

/// The form with how they find it.
pub(super) fn confirm(facing: &Facing<'_>) -> FormView {
    let draw = &facing.draw;
    let moods = choices(
        facing.say,
        &[
            ("happy", "office-act-happy"),
            ("so-so", "office-act-so-so"),
            ("not", "office-act-not-happy"),
        ],
    );
    let fields = vec![
        draw.field("mood", "office-act-mood", moods),
        draw.field("contact", "office-act-contact", facing.contacts.clone()),
    ];
    draw.form("confirm", 'f', "office-act-confirm", fields)
}

/// The form with what was not as promised.
pub(super) fn dispute(facing: &Facing<'_>) -> FormView {
    let draw = &facing.draw;
    let fields = vec![draw.field("words", "office-act-their-words", FieldKind::Lines)];
    draw.form("dispute", 'u', "office-act-dispute", fields)
}

/// The edit of the first form.
pub(super) fn confirmed(given: &Given) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Confirm {
        mood: match given.get("mood") {
            "happy" => Mood::Happy,
            "so-so" => Mood::SoSo,
            "not" => Mood::Not,
            _ => return Err(nothing()),
        },
        contact: contact(given, "contact")?,
    }
    .into())
}

/// The edit of the second form.
pub(super) fn disputed(given: &Given) -> Said {
    PromiseEdit::Dispute {
        words: given.get("words").to_owned(),
    }
    .into()
}
