//! Another date: what the customer is told.

use kept_core::notebook::{ApiResult, KeptError, PromiseEdit};

use super::{Facing, Said};
use crate::office::act::choices::{channel, channels, due};
use crate::office::act::form::{FormView, Given};
use crate::office::say::Say;

/// The form that writes down a date that the customer is told.
pub(super) fn date(facing: &Facing<'_>) -> ApiResult<FormView> {
    let draw = &facing.draw;
    let fields = vec![
        draw.when("when", "office-act-new-date"),
        draw.field("contact", "office-act-contact", facing.contacts.clone()),
        draw.filled("channel", "office-said-how", channels(facing.say), "call"),
    ];
    Ok(draw.form("date", 't', "office-act-date", fields))
}

/// What it says.
pub(super) fn agreed(given: &Given, say: &Say) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Agree {
        due: due(given, say)?,
        words: given.get("when").to_owned(),
        contact: given.read("contact"),
        channel: channel(given),
        suggestion: None,
    }
    .into())
}
