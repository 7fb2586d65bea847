//! A document as it was at a moment, straight from its changes.

use std::collections::HashMap;

use automerge::{Automerge, ROOT, ReadDoc, ScalarValue, Value};
use serde::Serialize;

use crate::document::chunk::CheckedChange;
use crate::document::{self, Authors, Content, LoadedDocument, MORE, text_now};
use crate::language::Message;
use crate::model::account::Account;
use crate::model::authored::Authorship;
use crate::model::ids::{Actor, DocId, Hash};
use crate::model::placement::DocumentKind;
use crate::model::time::{Millis, Trust};
use crate::model::visit::{Usage, Visit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::history::change_reader::{ChangeReader, ScalarText, carried_time};
use crate::notebook::history::fields::{FieldValue, document_label};
use crate::notebook::promises::records::Promise;
use crate::store::queries::ListedEntry;
use crate::store::rows::encode_row;
use crate::store::{Store, StoreError, changes, placements};

/// The changes of which a document is made as it was at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PastBasis {
    /// Those that were written by then by their authors' clocks, corrected where possible, on any device.
    Written,
    /// Those that the server had by then.
    Known,
}

/// A document as it was at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PastEntry {
    /// The document's id.
    pub id: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The moment, in milliseconds since the epoch.
    pub at: Millis,
    /// True if it is made of what the server had by then; else of what was written by then, on any device.
    pub known: bool,
    /// The customer as it was; none for other kinds.
    pub account: Option<Account>,
    /// The visit as it was; none for other kinds.
    pub visit: Option<Visit>,
    /// The usage as it was observed; none for other kinds.
    pub usage: Option<Usage>,
    /// The promise as it was; none for other kinds.
    pub promise: Option<Promise>,
    /// The fields that had a value, with author and device; events in their order.
    pub lines: Vec<PastLine>,
    /// The number of changes that came later.
    pub later: u32,
}

impl PastEntry {
    /// Returns the sentence on the moment that it is shown at, told in `zone`.
    pub fn moment_message(&self, zone: &str) -> Message {
        let message = match self.known {
            true => Message::new("past-known"),
            false => Message::new("past-was"),
        };
        message.instant("when", self.at, zone)
    }

    /// Returns the sentence on what came later.
    pub fn later_message(&self) -> Message {
        match self.later {
            0 => Message::new("past-nothing-later"),
            later => Message::new("past-later").number("count", later),
        }
    }
}

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

#[uniffi::export]
impl Notebook {
    /// Returns a document as it was at `at` (milliseconds since the epoch), made of the changes that count by `basis`. An
    /// error if there were none.
    ///
    /// A change never counts as written before one that it builds upon, whatever its clock said.
    pub fn history_at(&self, id: DocId, at: Millis, basis: PastBasis) -> ApiResult<PastEntry> {
        self.read(|store| {
            let context = Context::load(self, store)?.at(at);
            let past = ShownChanges::read(store, id)?;
            past.entry(store, &context, at, basis)
        })
    }
}

/// A change, with the instant at which it counts as written.
struct TimedChange {
    change: CheckedChange,
    at: Millis,
    received_at: Option<Millis>,
}

/// The changes that are shown of a document, causes first.
struct ShownChanges {
    id: DocId,
    changes: Vec<TimedChange>,
}

impl ShownChanges {
    fn read(store: &Store, id: DocId) -> ApiResult<Self> {
        let mut instants: HashMap<Hash, Millis> = HashMap::new();
        let shown = changes::select(store.read(), id)?.shown;
        let mut written = Vec::with_capacity(shown.len());
        for (change, received_at) in shown {
            let own = written_instant(&change, received_at);
            let causes = change.deps().filter_map(|dep| instants.get(&dep).copied());
            let at = causes.fold(own, Millis::max);
            instants.insert(change.hash(), at);
            written.push(TimedChange {
                change,
                at,
                received_at,
            });
        }
        Ok(Self {
            id,
            changes: written,
        })
    }

    fn entry(
        self,
        store: &Store,
        context: &Context,
        at: Millis,
        basis: PastBasis,
    ) -> ApiResult<PastEntry> {
        let place = placements::get(store.read(), self.id)?;
        let place = place.ok_or(StoreError::NoDocument(self.id))?;
        let by_then = |written: &TimedChange| match (basis, written.received_at) {
            (PastBasis::Known, received) => received.is_some_and(|received| received <= at),
            (PastBasis::Written, _) => written.at <= at,
        };
        let begin = self.changes.iter().map(|written| match basis {
            PastBasis::Known => written.received_at.unwrap_or(Millis::MAX),
            PastBasis::Written => written.at,
        });
        let begin = begin.min().unwrap_or(at);
        let (then, later): (Vec<TimedChange>, Vec<TimedChange>) =
            self.changes.into_iter().partition(by_then);
        if then.is_empty() {
            let words = Message::new("error-not-written-yet").instant("when", begin, &context.zone);
            return Err(KeptError::invalid("at", words));
        }
        let copies = then
            .iter()
            .map(|written| (written.change.clone(), written.received_at));
        let mut loaded = LoadedDocument::load(self.id, copies).map_err(StoreError::from)?;
        let content =
            document::read(&loaded, &place, &context.registry).map_err(StoreError::from)?;
        let mut entry = PastEntry {
            id: self.id,
            kind: EntryKind::Account,
            at,
            known: basis == PastBasis::Known,
            account: None,
            visit: None,
            usage: None,
            promise: None,
            lines: DatedFields::of(
                loaded.automerge().map_err(StoreError::from)?,
                context,
                &then,
            )
            .fields(),
            later: u32::try_from(later.len()).unwrap_or(u32::MAX),
        };
        match content {
            Some(Content::Account(account)) => entry.account = Some(*account),
            Some(Content::Visit(visit)) => {
                entry.kind = EntryKind::Visit;
                entry.visit = Some(*visit);
            }
            Some(Content::Usage(usage)) => {
                entry.kind = EntryKind::Usage;
                entry.usage = Some(*usage);
            }
            Some(Content::Promise(record)) => {
                entry.kind = EntryKind::Promise;
                let promise = context.promise(&promise_row(self.id, &record))?;
                for (event, line) in record.events.iter().zip(&promise.events) {
                    entry.lines.push(PastLine {
                        label: Message::new("field-event"),
                        value: line.words.clone(),
                        by: line.by.clone(),
                        device: device_label(context, event.by.actor),
                        written_at: line.at,
                        trust: Some(line.trust),
                        received_at: line.received_at,
                    });
                }
                entry.promise = Some(promise);
            }
            Some(Content::Handbook(_) | Content::Person(_)) | None => {
                return Err(KeptError::not_found("thing-entry", self.id));
            }
        }
        Ok(entry)
    }
}

/// Returns a promise's row as it would have been.
fn promise_row(id: DocId, record: &crate::model::promise::PromiseRecord) -> ListedEntry {
    let taken = record
        .events
        .iter()
        .filter_map(|event| Some((event.by.actor, event.seq, event.received_at?)));
    let mut received: Vec<_> = taken.collect();
    received.sort_unstable();
    received.dedup();
    ListedEntry {
        doc: id,
        kind: DocumentKind::Promise,
        account: None,
        at: 0,
        title: String::new(),
        unsent: false,
        detail: encode_row(record),
        received,
    }
}

/// Returns the instant at which a change was written: by the time that it carries, else by its bare clock; never later
/// than the server took it.
fn written_instant(change: &CheckedChange, received_at: Option<Millis>) -> Millis {
    match carried_time(change) {
        Some(time) => time.instant(received_at),
        None => received_at.map_or(change.wall_ms(), |received| change.wall_ms().min(received)),
    }
}

/// The fields of a document as it was, with the changes that wrote them.
struct DatedFields<'a> {
    doc: &'a Automerge,
    context: &'a Context,
    by_hash: HashMap<Hash, &'a TimedChange>,
    /// The change that touched each text last, by the text's name.
    texts: HashMap<String, Hash>,
}

impl<'a> DatedFields<'a> {
    fn of(doc: &'a Automerge, context: &'a Context, then: &'a [TimedChange]) -> Self {
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

    fn fields(&self) -> Vec<PastLine> {
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
                                value_message(text),
                                hash,
                            ));
                        }
                    }
                    for (text, hash) in answers.into_iter().filter(|(text, _)| !text.is_empty()) {
                        lines.extend(self.line(document_label(&key), value_message(text), hash));
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
        if matches!(scalar, ScalarValue::Bytes(_) | ScalarValue::Boolean(false)) {
            return None;
        }
        let value = scalar.to_string_lossy();
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
        let author = Authors::author(&self.context.registry, actor);
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
fn device_label(context: &Context, actor: Actor) -> String {
    let device = &context.registry.device_of(actor);
    device
        .map(|device| device.label.clone())
        .unwrap_or_default()
}

fn value_message(text: String) -> Message {
    Message::new("past-value").text("value", text)
}

#[cfg(test)]
#[path = "past_tests.rs"]
mod tests;
