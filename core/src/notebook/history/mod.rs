//! History: the fields that each change of a document wrote, with author and instant, straight from the changes.

pub(in crate::notebook) mod fields;
pub(in crate::notebook) mod past;

use std::collections::HashMap;

use automerge::legacy::{Op, OpType};

use crate::document::set_aside::AsideReason;
use crate::document::{Authors, LoadedDocument, chunk::CheckedChange};
use crate::document::{MORE, PARTS, SENTENCES, text_after};
use crate::language::Message;
use crate::model::authored::Authorship;
use crate::model::event::StoredEvent;
use crate::model::handbook::Handbook;
use crate::model::ids::{DocId, Hash};
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::{FieldChange, HistoryLine};
use crate::notebook::errors::ApiResult;
use crate::notebook::history::fields::{FieldMessage, FieldValue};
use crate::notebook::history::past::carried_time;
use crate::notebook::sync::status::set_aside_message;
use crate::store::{Store, StoreError, changes, company, meta, queries, registry};

#[uniffi::export]
impl Notebook {
    /// Returns every change of a document, the oldest first; an error if the document is not here.
    pub fn history(&self, id: DocId) -> ApiResult<Vec<HistoryLine>> {
        self.read(|store| {
            let registry = registry::load(store.read())?;
            let identity = meta::identity(store.read())?;
            let handbook = company::handbook(store.read())?;
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
                let author = Authors::author(&registry, change.actor);
                let by_me = change.actor == identity.actor
                    || author
                        .as_ref()
                        .is_some_and(|(person, _)| *person == identity.person);
                let (person, name) = match author {
                    Some((person, name)) => (Some(person), name),
                    None => (None, String::new()),
                };
                let trust = carried_time(&checked).map(|time| time.trust());
                let changes = match set_aside {
                    None => names.versions(checked, loaded.as_ref()),
                    Some(_) => Vec::new(),
                };
                lines.push(HistoryLine {
                    by: Authorship {
                        actor: change.actor,
                        person,
                        name,
                        at,
                    },
                    by_me,
                    received_at: change.received_at,
                    trust,
                    lines: changes
                        .iter()
                        .filter_map(|change| {
                            field_message(change, &events, &handbook, &context.zone)
                        })
                        .collect(),
                    changes,
                    set_aside,
                });
            }
            Ok(lines)
        })
    }
}

/// Returns the events of a promise in words, by their ids; empty for other documents.
fn event_messages(
    store: &Store,
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
    handbook: &Handbook,
    zone: &str,
) -> Option<FieldMessage> {
    let Some(event) = change.field.strip_prefix("events/") else {
        return FieldValue::at(&change.field, &change.value).words(handbook, zone);
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

/// The containers of a document, by the id of the operation that made them.
#[derive(Default)]
pub(in crate::notebook) struct ChangeReader {
    names: HashMap<String, (String, bool)>,
}

impl ChangeReader {
    /// Returns the fields that a change writes; of a text the author's whole version.
    fn versions(
        &mut self,
        change: CheckedChange,
        doc: Option<&LoadedDocument>,
    ) -> Vec<FieldChange> {
        let hash = change.hash();
        let mut fields = self.read(change);
        for field in &mut fields {
            if let Some(doc) = doc.filter(|_| self.is_text(&field.field)) {
                field.value = text_after(doc, &field.field, hash);
            }
        }
        fields
    }

    fn is_text(&self, field: &str) -> bool {
        let mut names = self.names.values();
        names.any(|(name, is_text)| *is_text && name == field)
    }

    /// Returns the fields that a change writes; the letters of a text are put together.
    pub(in crate::notebook) fn read(&mut self, change: CheckedChange) -> Vec<FieldChange> {
        let Ok(change) = change.into_change() else {
            return Vec::new();
        };
        let expanded = change.decode();
        let actor = expanded.actor_id.clone();
        let start = expanded.start_op.get();
        let mut fields: Vec<FieldChange> = Vec::new();
        for (index, operation) in expanded.operations.iter().enumerate() {
            let id = format!("{}@{actor}", start + index as u64);
            let (parent, is_text) = self.container(operation);
            let field = match (&parent, key_of(operation)) {
                (Some(parent), Some(key)) if !is_text => format!("{parent}/{key}"),
                (Some(parent), _) => parent.clone(),
                (None, Some(key)) => key,
                (None, None) => continue,
            };
            match &operation.action {
                OpType::Make(kind) => {
                    self.names
                        .insert(id, (field, *kind == automerge::ObjType::Text));
                }
                OpType::Put(value) if is_text => {
                    append_letters(&mut fields, field, &value.to_string_lossy())
                }
                OpType::Delete if is_text => append_letters(&mut fields, field, ""),
                OpType::Put(value) => {
                    // A chosen value is first taken away with the values beside it, see the document's sheet.
                    let anew = fields.last();
                    if anew.is_some_and(|last| last.field == field && last.value.is_empty()) {
                        fields.pop();
                    }
                    fields.push(FieldChange {
                        field,
                        value: value.to_string_lossy(),
                    });
                }
                OpType::Delete => fields.push(FieldChange {
                    field,
                    value: String::new(),
                }),
                OpType::Increment(_) | OpType::MarkBegin(..) | OpType::MarkEnd(_) => {}
            }
        }
        // The time of writing stands beside every change, of a long text each part is one, and the fate of its
        // sentences is in the text.
        let (parts, sentences) = (format!("{MORE}/{PARTS}"), format!("{MORE}/{SENTENCES}"));
        fields.retain(|field| {
            let name = &field.field;
            name != "written" && !name.starts_with(&parts) && !name.starts_with(&sentences)
        });
        let more = format!("{MORE}/");
        for field in &mut fields {
            if let Some(name) = field.field.strip_prefix(&more) {
                field.field = name.to_owned();
            }
        }
        fields
    }

    fn container(&self, operation: &Op) -> (Option<String>, bool) {
        match &operation.obj {
            automerge::legacy::ObjectId::Root => (None, false),
            automerge::legacy::ObjectId::Id(id) => match self.names.get(&id.to_string()) {
                Some((name, is_text)) => (Some(name.clone()), *is_text),
                None => (Some("…".into()), false),
            },
        }
    }
}

fn key_of(operation: &Op) -> Option<String> {
    match &operation.key {
        automerge::legacy::Key::Map(key) => Some(key.to_string()),
        automerge::legacy::Key::Seq(_) => None,
    }
}

/// Adds letters to the last field if it is the same text.
fn append_letters(fields: &mut Vec<FieldChange>, field: String, letters: &str) {
    match fields.last_mut() {
        Some(last) if last.field == field => last.value.push_str(letters),
        _ => fields.push(FieldChange {
            field,
            value: letters.to_owned(),
        }),
    }
}

/// A value for readers.
pub(in crate::notebook) trait ScalarText {
    /// Returns the value in letters.
    fn to_string_lossy(&self) -> String;
}

impl ScalarText for automerge::ScalarValue {
    fn to_string_lossy(&self) -> String {
        match self {
            Self::Str(text) => text.to_string(),
            Self::Bytes(bytes) => match minicbor::decode::<StoredEvent>(bytes) {
                Ok(event) => event.body.name().to_owned(),
                Err(_) => format!("{} bytes", bytes.len()),
            },
            Self::Int(number) => number.to_string(),
            Self::Uint(number) => number.to_string(),
            Self::F64(number) => number.to_string(),
            Self::Boolean(yes) => yes.to_string(),
            Self::Timestamp(at) => at.to_string(),
            other => format!("{other:?}"),
        }
    }
}
