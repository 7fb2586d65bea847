//! The choices that forms offer, and how a choice is read.

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::model::time::Due;
use kept_core::model::visit::Channel;
use kept_core::notebook::{ApiResult, KeptError, channel_message};

use super::form::{FieldKind, FormData};
use crate::office::localizer::Localizer;

/// Values with what the catalogue calls them.
pub(super) fn choices(localizer: &Localizer, keys: &[(&str, &str)]) -> FieldKind {
    let choice = |(value, key): &(&str, &str)| ((*value).to_owned(), localizer.text(key));
    FieldKind::Choice(keys.iter().map(choice).collect())
}

/// The channels by which something was said, as a choice.
pub(super) fn channels(localizer: &Localizer) -> FieldKind {
    let channel = |channel: &Channel| {
        (
            channel.name().to_owned(),
            localizer.message(&channel_message(*channel)),
        )
    };
    FieldKind::Choice(Channel::ALL.iter().map(channel).collect())
}

/// The channel that was chosen; a call where none was.
pub(super) fn channel(given: &FormData) -> Result<Channel, KeptError> {
    match given.get("channel") {
        "" => Ok(Channel::Call),
        name => Channel::from_name(name).ok_or_else(nothing_chosen),
    }
}

/// The contact that was chosen of the people at a customer's; None where none was.
pub(super) fn contact(given: &FormData, name: &str) -> Result<Option<ItemId>, KeptError> {
    match given.get(name) {
        "" => Ok(None),
        _ => given.read(name).map(Some).ok_or_else(nothing_chosen),
    }
}

/// The people at a customer's as a choice, with an empty value for none of them first.
pub(super) fn contacts(
    notebook: &Notebook,
    account: Option<DocId>,
    localizer: &Localizer,
) -> ApiResult<FieldKind> {
    let mut contacts = vec![(String::new(), localizer.text("office-act-nobody-named"))];
    // A customer who is not here has no contacts.
    if let Some(page) = account.and_then(|account| notebook.account(account).ok()) {
        let named = page.account.contacts.into_iter();
        contacts.extend(named.map(|contact| (contact.id.to_string(), contact.name)));
    }
    Ok(FieldKind::Choice(contacts))
}

/// The performers that may be named, as pairs of value and label.
pub(in crate::office) fn performers(
    notebook: &Notebook,
    localizer: &Localizer,
) -> ApiResult<Vec<(String, String)>> {
    let choices = notebook.performers(None)?.into_iter();
    let pairs = choices.map(|choice| {
        let percent = choice.load.as_ref().and_then(|load| load.percent);
        let label = match (&choice.performer, percent) {
            (Performer::Pool { .. }, _) => {
                localizer.text_with("office-act-pool", "pool", &choice.name)
            }
            // Not everybody's promises may be here: nothing is said of whoever seems to hold none.
            (Performer::Person { .. }, Some(percent)) if percent > 0 => {
                let words = Message::new("office-act-loaded").person("who", &choice.name);
                localizer.message(&words.number("percent", percent))
            }
            (Performer::Person { .. } | Performer::Nobody, _) => choice.name,
        };
        (performer_value(&choice.performer), label)
    });
    Ok(pairs.collect())
}

/// A performer as the value of a choice.
pub(super) fn performer_value(performer: &Performer) -> String {
    match performer {
        Performer::Person { person } => format!("person:{person}"),
        Performer::Pool { pool } => format!("pool:{pool}"),
        Performer::Nobody => String::new(),
    }
}

/// The performer that `person:…` or `pool:…` names; `Nobody` for an empty text.
pub(super) fn performer(text: &str) -> Result<Performer, KeptError> {
    match text.split_once(':') {
        Some(("person", id)) => Ok(Performer::Person {
            person: id.parse()?,
        }),
        Some(("pool", pool)) => Ok(Performer::Pool {
            pool: pool.parse()?,
        }),
        _ if text.is_empty() => Ok(Performer::Nobody),
        _ => Err(nothing_chosen()),
    }
}

/// The date that was typed.
pub(super) fn due(given: &FormData, localizer: &Localizer) -> Result<Due, KeptError> {
    Ok(localizer.parse_typed_due(given.get("when"))?)
}

/// Something was not chosen.
pub(super) fn nothing_chosen() -> KeptError {
    KeptError::invalid("form", Message::new("office-act-choose"))
}
