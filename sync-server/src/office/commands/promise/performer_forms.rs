//! The performer: the promise is given to one, and they are asked.

use kept_core::model::event::Performer;
use kept_core::notebook::{ApiResult, KeptError, PromiseEdit};

use super::form_context::{FormContext, PromiseEdits};
use crate::office::commands::choices::{performer, performer_value, performers};
use crate::office::commands::form::{FieldKind, FormData, FormView};

/// The form that gives it to a performer.
pub(super) fn reassign_form(context: &FormContext<'_>) -> ApiResult<FormView> {
    let draw = &context.draw;
    let people = FieldKind::Choice(performers(context.notebook, context.localizer)?);
    let now = performer_value(&context.promise.summary.performer);
    let fields = vec![
        draw.filled("performer", "office-act-performer", people, now),
        draw.filled("ask", "office-act-ask-at-once", FieldKind::Tick, "yes"),
        draw.field("reason", "field-reason", FieldKind::Line),
    ];
    Ok(draw.form("give", 'g', "office-act-give", fields))
}

/// The form that asks the performer.
pub(super) fn ask_form(context: &FormContext<'_>) -> FormView {
    context.draw.form("ask", 'a', "office-act-ask", vec![])
}

/// The edits of the first form: it is given, and where a person is to be asked at once, they are.
pub(super) fn reassign_edits(given: &FormData) -> Result<PromiseEdits, KeptError> {
    let performer = performer(given.get("performer"))?;
    let ask = match &performer {
        Performer::Person { person } if given.get("ask") == "yes" => Some(PromiseEdit::Ask {
            person: Some(*person),
        }),
        _ => None,
    };
    let give = PromiseEdit::Reassign {
        performer,
        reason: given.get("reason").to_owned(),
    };
    Ok(PromiseEdits {
        edits: [Some(give), ask].into_iter().flatten().collect(),
        speaks_for: None,
    })
}
