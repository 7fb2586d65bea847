//! Reads the fields that a change of a document writes, and the time that it carries.

use std::collections::HashMap;

use automerge::ScalarValue;
use automerge::legacy::{Key, Op, OpType};

use crate::document::chunk::CheckedChange;
use crate::document::{LoadedDocument, MORE, PARTS, SENTENCES, text_after};
use crate::model::event::StoredEvent;
use crate::model::time::RecordedTime;
use crate::model::visit::NameSnapshot;
use crate::notebook::entries::records::FieldChange;

/// The field that holds the names of customer and contact as they were.
pub(in crate::notebook) const LABELS: &str = "labels";

/// The containers of a document, by the id of the operation that made them.
#[derive(Default)]
pub(in crate::notebook) struct ChangeReader {
    names: HashMap<String, (String, bool)>,
}

impl ChangeReader {
    /// Returns the fields that a change writes; of a text the author's whole version.
    pub(in crate::notebook) fn versions(
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
                    // A chosen value is first taken away with the values beside it, see `document_writer`.
                    let anew = fields.last();
                    if anew.is_some_and(|last| last.field == field && last.value.is_empty()) {
                        fields.pop();
                    }
                    let value = scalar_text(&field, value);
                    fields.push(FieldChange { field, value });
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
        // A new entry that is about nobody has no customer that was taken away.
        if fields.iter().any(|field| field.field == "id") {
            fields.retain(|field| field.field != LABELS || !field.value.is_empty());
        }
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
        Key::Map(key) => Some(key.to_string()),
        Key::Seq(_) => None,
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

/// Returns the value of a field in letters: names that were copied are the customer's, and the contact's.
pub(in crate::notebook) fn scalar_text(field: &str, value: &ScalarValue) -> String {
    let ScalarValue::Bytes(bytes) = value else {
        return value.to_string_lossy();
    };
    match minicbor::decode::<NameSnapshot>(bytes) {
        Ok(names) if field == LABELS => {
            let names = [names.account, names.contact];
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            names.join(", ")
        }
        _ => value.to_string_lossy(),
    }
}

/// A value for readers.
pub(in crate::notebook) trait ScalarText {
    /// Returns the value in letters.
    fn to_string_lossy(&self) -> String;
}

impl ScalarText for ScalarValue {
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
            Self::Null => String::new(),
            other => format!("{other:?}"),
        }
    }
}

/// Returns the time that a change carries; none in one of an older program.
pub(in crate::notebook) fn carried_time(change: &CheckedChange) -> Option<RecordedTime> {
    let operations = change
        .clone()
        .into_change()
        .map_or_else(|_| Vec::new(), |change| change.decode().operations);
    operations.iter().find_map(|op| {
        let OpType::Put(ScalarValue::Bytes(bytes)) = &op.action else {
            return None;
        };
        match &op.key {
            Key::Map(key) if key == "written" => minicbor::decode::<RecordedTime>(bytes).ok(),
            _ => minicbor::decode::<StoredEvent>(bytes)
                .ok()
                .map(|event| event.time),
        }
    })
}
