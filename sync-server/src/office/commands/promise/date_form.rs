//! Another date: what the record says, and what the customer is told.

use data_encoding::HEXLOWER;
use kept_core::model::event::Suggestion;
use kept_core::notebook::{ApiResult, KeptError, PromiseEdit};

use super::form_context::{FormContext, PromiseEdits};
use crate::office::commands::choices::{channel, channels, contact, due, nothing_chosen};
use crate::office::commands::form::{FieldView, FormData, FormView, hidden};
use crate::office::localizer::Localizer;

/// The form that writes down a date that the customer is told, with what the record says to one.
pub(super) fn date_form(context: &FormContext<'_>) -> ApiResult<FormView> {
    let draw = &context.draw;
    let notebook = context.notebook;
    let advice = notebook.advise_new_date(context.promise.summary.id, None)?;
    let mut fields: Vec<FieldView> = advice.suggestion.iter().map(suggestion_field).collect();
    fields.extend([
        draw.when("when", "office-act-new-date"),
        draw.field("contact", "office-act-contact", context.contacts.clone()),
        draw.filled(
            "channel",
            "office-said-how",
            channels(context.localizer),
            "call",
        ),
    ]);
    let sentences = advice.sentences.iter().chain(&advice.warnings);
    Ok(FormView {
        beside: sentences
            .map(|words| context.localizer.message(words))
            .collect(),
        ..draw.form("date", 't', "office-act-date", fields)
    })
}

/// The date that the page shows, carried with the form: what is kept is what was shown, not what the record
/// says by the time the form comes.
fn suggestion_field(suggestion: &Suggestion) -> FieldView {
    // Writing to memory does not fail.
    let bytes = minicbor::to_vec(suggestion).unwrap_or_default();
    hidden("shown", HEXLOWER.encode(&bytes))
}

fn read_suggestion(given: &FormData) -> Result<Option<Suggestion>, KeptError> {
    let text = given.get("shown");
    if text.is_empty() {
        return Ok(None);
    }
    let bytes = HEXLOWER
        .decode(text.as_bytes())
        .map_err(|_| nothing_chosen())?;
    minicbor::decode(&bytes)
        .map(Some)
        .map_err(|_| nothing_chosen())
}

/// The edit of the form.
pub(super) fn date_edit(
    given: &FormData,
    localizer: &Localizer,
) -> Result<PromiseEdits, KeptError> {
    Ok(PromiseEdit::Agree {
        due: due(given, localizer)?,
        words: given.get("when").to_owned(),
        contact: contact(given, "contact")?,
        channel: channel(given)?,
        suggestion: read_suggestion(given)?,
    }
    .into())
}
