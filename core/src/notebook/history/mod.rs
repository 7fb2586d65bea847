//! History: the fields that each change of a document wrote, with author and instant, straight from the changes.

pub(in crate::notebook) mod change_reader;
pub(in crate::notebook) mod check;
pub(in crate::notebook) mod dated_fields;
pub(in crate::notebook) mod fields;
pub(in crate::notebook) mod past;
pub(in crate::notebook) mod set_aside;

use std::collections::HashMap;

use serde::Serialize;

use crate::document::Authors;
use crate::document::chunk::CheckedChange;
use crate::document::set_aside::AsideReason;
use crate::language::Message;
use crate::model::authored::Authorship;
use crate::model::ids::{DocId, Hash};
use crate::model::placement::DocumentKind;
use crate::model::time::{Millis, Trust};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::FieldChange;
use crate::notebook::errors::ApiResult;
use crate::notebook::history::change_reader::{ChangeReader, carried_time};
use crate::notebook::history::fields::{FieldMessage, FieldValue};
use crate::notebook::history::set_aside::set_aside_message;
use crate::store::{Reading, StoreError, changes, queries};

#[uniffi::export]
impl Notebook {
    /// Returns every change of a document, the oldest first; an error if the document is not here.
    pub fn history(&self, id: DocId) -> ApiResult<Vec<HistoryLine>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let events = event_messages(store, &context, id)?;
            let recorded = changes::of_doc(store.read(), id)?;
            if recorded.is_empty() {
                return Err(StoreError::NoDocument(id).into());
            }
            let mut lines = Vec::new();
            let mut names = ChangeReader::default();
            let loaded = changes::load(store.read(), id).ok();
            let aside = changes::select(store.read(), id)?.aside.into_iter();
            let aside: HashMap<Hash, AsideReason> =
                aside.map(|change| (change.hash, change.reason)).collect();
            for change in recorded {
                let checked = CheckedChange::stored(&change.bytes, change.hash)
                    .map_err(|e| StoreError::Corrupt(e.to_string()))?;
                let set_aside = aside.get(&change.hash).copied().map(set_aside_message);
                let at = checked.wall_ms();
                let author = Authors::author(context.registry.as_ref(), change.actor);
                let (person, name) = match author {
                    Some((person, name)) => (Some(person), name),
                    None => (None, String::new()),
                };
                let by = Authorship {
                    actor: change.actor,
                    person,
                    name,
                    at,
                };
                let trust = carried_time(&checked).map(|time| time.trust());
                let changes = match set_aside {
                    None => names.versions(checked, loaded.as_ref()),
                    Some(_) => Vec::new(),
                };
                lines.push(HistoryLine {
                    by_me: context.is_mine(&by),
                    by,
                    received_at: change.received_at,
                    trust,
                    lines: changes
                        .iter()
                        .filter_map(|change| field_message(change, &events, &context))
                        .collect(),
                    changes,
                    set_aside,
                });
            }
            Ok(lines)
        })
    }
}

impl Context {
    /// Returns the fields that some changes of a document wrote, for readers, in the order in which they were written.
    pub(in crate::notebook) fn fields_written(
        &self,
        store: Reading<'_>,
        id: DocId,
        hashes: &[Hash],
    ) -> ApiResult<Vec<FieldMessage>> {
        let events = event_messages(store, self, id)?;
        let loaded = changes::load(store.read(), id).ok();
        let (mut names, mut fields) = (ChangeReader::default(), Vec::new());
        for change in changes::of_doc(store.read(), id)? {
            let checked = CheckedChange::stored(&change.bytes, change.hash)
                .map_err(|e| StoreError::Corrupt(e.to_string()))?;
            // The names of what earlier changes made are learnt from them.
            let written = names.versions(checked, loaded.as_ref());
            if hashes.contains(&change.hash) {
                let told = written.iter();
                fields.extend(told.filter_map(|field| field_message(field, &events, self)));
            }
        }
        Ok(fields)
    }
}

/// Returns the events of a promise in words, by their ids; empty for other documents.
fn event_messages(
    store: Reading<'_>,
    context: &Context,
    id: DocId,
) -> ApiResult<HashMap<String, Message>> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == DocumentKind::Promise);
    // A promise whose beginning has not arrived has no words yet.
    let promise = row.and_then(|row| context.promise(&row).ok());
    let events = promise.into_iter().flat_map(|promise| promise.events);
    Ok(events
        .map(|event| (event.id.to_string(), event.words))
        .collect())
}

/// Returns a changed field for readers; none for one that only machines read.
fn field_message(
    change: &FieldChange,
    events: &HashMap<String, Message>,
    context: &Context,
) -> Option<FieldMessage> {
    let Some(event) = change.field.strip_prefix("events/") else {
        return FieldValue::at(&change.field, &change.value)
            .words(&context.company.handbook, &context.zone);
    };
    let value = match (events.get(event), change.value.as_str()) {
        (Some(words), _) => words.clone(),
        (None, "archived") => Message::new("event-archived"),
        (None, "restored") => Message::new("event-restored"),
        (None, _) => Message::new("past-event"),
    };
    let label = Message::new("field-event");
    Some(FieldMessage { label, value })
}

/// One change of a document, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryLine {
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
    /// True if this notebook's person wrote it: with this notebook's actor, or with another one of theirs.
    pub by_me: bool,
    /// The instant at which the server took it, in milliseconds since the epoch; none while unsent.
    pub received_at: Option<Millis>,
    /// The trust in its time; none where the change carries none.
    pub trust: Option<Trust>,
    /// The fields that it changed, for machines; empty for a change that is set aside.
    pub changes: Vec<FieldChange>,
    /// The fields that it changed, for readers; without those that only machines read.
    pub lines: Vec<FieldMessage>,
    /// The reason for which it is set aside; none for a change that is shown.
    pub set_aside: Option<Message>,
}

#[cfg(test)]
mod tests;
