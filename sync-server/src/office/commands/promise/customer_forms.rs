//! The customer's word: how they find it, and that it was not as promised.

use kept_core::model::event::Mood;
use kept_core::notebook::{KeptError, PromiseEdit};

use super::form_context::{FormContext, PromiseEdits};
use crate::office::commands::choices::{choices, contact, nothing_chosen};
use crate::office::commands::form::{FieldKind, FormData, FormView};

/// The form with how they find it.
pub(super) fn confirm_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let moods = choices(
        context.localizer,
        &[
            ("happy", "mood-happy"),
            ("so-so", "mood-so-so"),
            ("not", "mood-not-happy"),
        ],
    );
    let fields = vec![
        draw.field("mood", "office-act-mood", moods),
        draw.field("contact", "office-act-contact", context.contacts.clone()),
    ];
    draw.form("confirm", 'f', "office-act-confirm", fields)
}

/// The form with what was not as promised.
pub(super) fn dispute_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let fields = vec![draw.field("words", "office-act-their-words", FieldKind::Lines)];
    draw.form("dispute", 'u', "office-act-dispute", fields)
}

/// The edit of the first form.
pub(super) fn confirm_edit(given: &FormData) -> Result<PromiseEdits, KeptError> {
    Ok(PromiseEdit::Confirm {
        mood: match given.get("mood") {
            "happy" => Mood::Happy,
            "so-so" => Mood::SoSo,
            "not" => Mood::Not,
            _ => return Err(nothing_chosen()),
        },
        contact: contact(given, "contact")?,
    }
    .into())
}

/// The edit of the second form.
pub(super) fn dispute_edit(given: &FormData) -> PromiseEdits {
    PromiseEdit::Dispute {
        words: given.get("words").to_owned(),
    }
    .into()
}
