//! Writing again: a promise that does not count, as a new one for which the office answers.

use kept_core::model::ids::DocId;
use kept_core::model::promise::Work;
use kept_core::notebook::{Act, AgainDraft, ApiResult, KeptError};

use super::Facing;
use crate::office::act::choices::{due, performer, performer_value, performers};
use crate::office::act::form::{FieldKind, FormView, Given};
use crate::office::say::Say;

/// The form that writes it again; None where the promise counts, or was written again already.
pub(super) fn again(facing: &Facing<'_>) -> ApiResult<Option<FormView>> {
    let promise = facing.promise;
    let counts = !matches!(promise.summary.state.work, Work::NotCounted { .. });
    if counts || promise.successor.is_some() {
        return Ok(None);
    }
    let draw = &facing.draw;
    let people = FieldKind::Choice(performers(facing.notebook, facing.say)?);
    let now = performer_value(&promise.summary.performer);
    let fields = vec![
        draw.filled("performer", "office-act-performer", people, now),
        draw.hinted("when", "office-act-new-date", "office-act-again-when-hint"),
    ];
    Ok(Some(draw.form("again", 'w', "office-act-again", fields)))
}

/// The act of the form: the date stays where none is named.
pub(super) fn written_again(id: DocId, given: &Given, say: &Say) -> Result<Act, KeptError> {
    let when = given.get("when");
    let moved = !when.trim().is_empty();
    let draft = AgainDraft {
        due: moved.then(|| due(given, say)).transpose()?,
        words: moved.then(|| when.to_owned()),
        performer: Some(performer(given.get("performer"))?),
    };
    let draft = Box::new(draft);
    Ok(Act::WriteAgain { id, draft })
}
