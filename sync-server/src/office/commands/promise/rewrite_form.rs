//! Writing again: a promise that does not count, as a new one for which the office answers.

use kept_core::model::ids::DocId;
use kept_core::notebook::{ApiResult, KeptError, OfficeCommand, RewriteDraft};

use super::form_context::FormContext;
use crate::office::commands::choices::{due, performer, performer_value, performers};
use crate::office::commands::form::{FieldKind, FormData, FormView};
use crate::office::localizer::Localizer;

/// The form that writes it again.
pub(super) fn form(context: &FormContext<'_>) -> ApiResult<FormView> {
    let promise = context.promise;
    let draw = &context.draw;
    let people = FieldKind::Choice(performers(context.notebook, context.localizer)?);
    let now = performer_value(&promise.summary.performer);
    let fields = vec![
        draw.filled("performer", "office-act-performer", people, now),
        draw.hinted("when", "office-act-new-date", "office-act-again-when-hint"),
    ];
    Ok(draw.form("again", 'w', "action-write-again", fields))
}

/// The act of the form: the date stays where none is named.
pub(super) fn command(
    id: DocId,
    given: &FormData,
    localizer: &Localizer,
) -> Result<OfficeCommand, KeptError> {
    let when = given.get("when");
    let moved = !when.trim().is_empty();
    let draft = RewriteDraft {
        due: moved.then(|| due(given, localizer)).transpose()?,
        words: moved.then(|| when.to_owned()),
        performer: Some(performer(given.get("performer"))?),
    };
    let draft = Box::new(draft);
    Ok(OfficeCommand::RewritePromise { id, draft })
}
