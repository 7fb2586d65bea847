//! Another date: what the record says, and what the customer is told.

use data_encoding::HEXLOWER;
use kept_core::model::event::Suggestion;
use kept_core::notebook::{ApiResult, KeptError, PromiseEdit};

use super::{Facing, Said};
use crate::office::act::choices::{channel, channels, contact, due, nothing};
use crate::office::act::form::{FieldView, FormView, Given, hidden};
use crate::office::say::Say;

/// The form that writes down a date that the customer is told, with what the record says to one.
pub(super) fn date(facing: &Facing<'_>) -> ApiResult<FormView> {
    let draw = &facing.draw;
    let notebook = facing.notebook;
    let advice = notebook.ask_for_another_date(facing.promise.summary.id, None)?;
    let mut fields: Vec<FieldView> = advice.suggestion.iter().map(shown).collect();
    fields.extend([
        draw.when("when", "office-act-new-date"),
        draw.field("contact", "office-act-contact", facing.contacts.clone()),
        draw.filled("channel", "office-said-how", channels(facing.say), "call"),
    ]);
    let sentences = advice.sentences.iter().chain(&advice.warnings);
    Ok(FormView {
        beside: sentences.map(|words| facing.say.words(words)).collect(),
        ..draw.form("date", 't', "office-act-date", fields)
    })
}

/// The date that the page shows, carried with the form: what is kept is what was shown, not what the record
/// says by the time the form comes.
fn shown(suggestion: &Suggestion) -> FieldView {
    // Writing to memory does not fail.
    let bytes = minicbor::to_vec(suggestion).unwrap_or_default();
    hidden("shown", HEXLOWER.encode(&bytes))
}

fn read_shown(given: &Given) -> Result<Option<Suggestion>, KeptError> {
    let text = given.get("shown");
    if text.is_empty() {
        return Ok(None);
    }
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| nothing())?;
    minicbor::decode(&bytes).map(Some).map_err(|_| nothing())
}

/// The edit of the form.
pub(super) fn agreed(given: &Given, say: &Say) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Agree {
        due: due(given, say)?,
        words: given.get("when").to_owned(),
        contact: contact(given, "contact")?,
        channel: channel(given)?,
        suggestion: read_shown(given)?,
    }
    .into())
}
