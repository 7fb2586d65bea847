//! The fields of a document as it was at a moment, each with the change that wrote it.

use std::collections::HashMap;

use automerge::{Automerge, ROOT, ReadDoc, ScalarValue, Value};
use serde::Serialize;

use crate::document::chunk::CheckedChange;
use crate::document::{Authors, MORE, text_now};
use crate::language::Message;
use crate::model::authored::Authorship;
use crate::model::ids::{Actor, Hash};
use crate::model::time::{Millis, Trust};
use crate::notebook::context::Context;
use crate::notebook::history::change_reader::{ChangeReader, LABELS, carried_time, scalar_text};
use crate::notebook::history::fields::{FieldValue, document_label, value_message};

/// The value of a field, or an event, with its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PastLine {
    /// The field's name.
    pub label: Message,
    /// The field's value, or the event in words.
    pub value: Message,
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
    /// The device's name; empty while unknown.
    pub device: String,
    /// The instant at which it was written, corrected where possible, in milliseconds since the epoch.
    pub written_at: Millis,
    /// The trust in that time; none where the change carries none.
    pub trust: Option<Trust>,
    /// The instant at which the server took it, in milliseconds since the epoch; none while unsent.
    pub received_at: Option<Millis>,
}

/// A change, with the instant at which it counts as written.
pub(in crate::notebook) struct TimedChange {
    pub(in crate::notebook) change: CheckedChange,
    pub(in crate::notebook) at: Millis,
    pub(in crate::notebook) received_at: Option<Millis>,
}

/// The fields of a document as it was, with the changes that wrote them.
pub(in crate::notebook) struct DatedFields<'a> {
    doc: &'a Automerge,
    context: &'a Context,
    by_hash: HashMap<Hash, &'a TimedChange>,
    /// The change that touched each text last, by the text's name.
    texts: HashMap<String, Hash>,
}

impl<'a> DatedFields<'a> {
    /// Reads which change touched each text last.
    pub(in crate::notebook) fn of(
        doc: &'a Automerge,
        context: &'a Context,
        then: &'a [TimedChange],
    ) -> Self {
        let (mut names, mut texts) = (ChangeReader::default(), HashMap::new());
        for written in then {
            let hash = written.change.hash();
            for field in names.read(written.change.clone()) {
                texts.insert(field.field, hash);
            }
        }
        Self {
            doc,
            context,
            by_hash: then.iter().map(|w| (w.change.hash(), w)).collect(),
            texts,
        }
    }

    /// Returns the fields as lines, in the order of their keys.
    pub(in crate::notebook) fn fields(&self) -> Vec<PastLine> {
        let automerge = self.doc;
        let mut lines = Vec::new();
        for key in automerge.keys(ROOT) {
            match automerge.get(ROOT, key.as_str()) {
                Ok(Some((Value::Object(automerge::ObjType::Text), _))) => {
                    let answers = self.answers(&key);
                    if answers.is_empty() {
                        let text = text_now(automerge, &key);
                        let hash = self.texts.get(&key).copied();
                        if let Some(hash) = hash.filter(|_| !text.is_empty()) {
                            lines.extend(self.line(
                                document_label(&key),
                                value_message(&text),
                                hash,
                            ));
                        }
                    }
                    for (text, hash) in answers.into_iter().filter(|(text, _)| !text.is_empty()) {
                        lines.extend(self.line(document_label(&key), value_message(&text), hash));
                    }
                }
                Ok(Some((Value::Object(automerge::ObjType::Map), object)))
                    if !matches!(key.as_str(), "events" | MORE) =>
                {
                    for part in automerge.keys(&object) {
                        lines.extend(self.scalars(&object, &key, &part));
                    }
                }
                Ok(Some((Value::Object(_), _))) => {}
                Ok(Some(_)) if !matches!(key.as_str(), "id" | "kind" | "written") => {
                    lines.extend(self.scalars(&ROOT, "", &key));
                }
                _ => {}
            }
        }
        lines
    }

    /// Returns every short answer that stands for a text, with the change that wrote it.
    fn answers(&self, key: &str) -> Vec<(String, Hash)> {
        let Ok(Some((_, more))) = self.doc.get(ROOT, MORE) else {
            return Vec::new();
        };
        let values = self.doc.get_all(&more, key).unwrap_or_default().into_iter();
        let answer = |(value, operation): (Value<'_>, automerge::ObjId)| {
            let hash = self.doc.hash_for_opid(&operation)?;
            Some((value.as_str()?.to_owned(), Hash(hash.0)))
        };
        values.filter_map(answer).collect()
    }

    /// Returns every value that stands in a scalar field.
    fn scalars(&self, object: &automerge::ObjId, map: &str, key: &str) -> Vec<PastLine> {
        let values = self.doc.get_all(object, key).unwrap_or_default();
        let mut lines = Vec::new();
        for (value, operation) in values {
            let Value::Scalar(scalar) = value else {
                continue;
            };
            let Some(hash) = self.doc.hash_for_opid(&operation) else {
                continue;
            };
            if let Some((label, value)) = self.scalar_message(map, key, scalar.as_ref()) {
                lines.extend(self.line(label, value, Hash(hash.0)));
            }
        }
        lines
    }

    /// Returns the name and the value of a scalar field; none for one that only machines read.
    fn scalar_message(
        &self,
        map: &str,
        key: &str,
        scalar: &ScalarValue,
    ) -> Option<(Message, Message)> {
        let is_bytes = matches!(scalar, ScalarValue::Bytes(_)) && key != LABELS;
        if is_bytes || matches!(scalar, ScalarValue::Boolean(false)) {
            return None;
        }
        let value = scalar_text(key, scalar);
        // A flag or a set's member stands while it is true; an empty value is no line of the past.
        if value.is_empty() {
            return None;
        }
        let field = FieldValue {
            map,
            key,
            value: &value,
        };
        let words = field.words(&self.context.company.handbook, &self.context.zone)?;
        Some((words.label, words.value))
    }

    fn line(&self, label: Message, value: Message, hash: Hash) -> Option<PastLine> {
        let written = self.by_hash.get(&hash)?;
        let actor = written.change.actor();
        let author = Authors::author(self.context.registry.as_ref(), actor);
        let (person, name) = match author {
            Some((person, name)) => (Some(person), name),
            None => (None, String::new()),
        };
        Some(PastLine {
            label,
            value,
            by: Authorship {
                actor,
                person,
                name,
                at: written.change.wall_ms(),
            },
            device: device_label(self.context, actor),
            written_at: written.at,
            trust: carried_time(&written.change).map(|time| time.trust()),
            received_at: written.received_at,
        })
    }
}

/// Returns the name of the device that an actor writes from, by the registry: a change does not choose it.
pub(in crate::notebook) fn device_label(context: &Context, actor: Actor) -> String {
    let device = &context.registry.device_of(actor);
    device
        .map(|device| device.label.clone())
        .unwrap_or_default()
}
