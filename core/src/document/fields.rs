//! The fields of a document, for reading: latest and all values, members of sets, children and events.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::error::DocumentError;
use super::first_change::{FirstChange, RootValue};
use super::keys::{EVENTS, GONE, MORE, OF, PARTS, TEXT, part};
use super::loaded_document::{Authors, LoadedDocument, State};
use crate::model::authored::{AuthoredValue, Authorship};
use crate::model::edit::Parts;
use crate::model::event::{Event, StoredEvent};
use crate::model::event_quota::{self, CarriedEvent, Overflow};
use crate::model::ids::{Actor, EventId, Hash, ItemId};

/// A map of a document, for reading.
pub struct Fields<'a> {
    doc: &'a LoadedDocument,
    map: Map<'a>,
}

/// The place where the values of a map are.
enum Map<'a> {
    /// The document has one change: the root of what it holds.
    Root(&'a FirstChange),
    /// The document has one change: a container.
    Child(&'a BTreeMap<String, ScalarValue>),
    /// Automerge knows.
    Merged(&'a Automerge, ObjId),
}

/// A value, and the change that wrote it.
type ValueWithHash<'a> = (Cow<'a, ScalarValue>, Hash);

impl<'a> Fields<'a> {
    /// The document's root.
    pub fn root(doc: &'a LoadedDocument) -> Self {
        let map = match doc.state() {
            State::FirstChange { first, .. } => Map::Root(first),
            State::Merged(automerge) => Map::Merged(automerge, ROOT),
        };
        Self { doc, map }
    }

    /// A map below the root; an error where the document has none.
    pub fn map(doc: &'a LoadedDocument, key: &str) -> Result<Self, DocumentError> {
        let found = match doc.state() {
            State::FirstChange { first, .. } => match first.0.get(key) {
                Some(RootValue::Map(map)) => Some(Map::Child(map)),
                _ => None,
            },
            State::Merged(automerge) => match automerge.get(ROOT, key) {
                Ok(Some((Value::Object(ObjType::Map), object))) => {
                    Some(Map::Merged(automerge, object))
                }
                Ok(_) => None,
                Err(source) => {
                    return Err(DocumentError::Automerge {
                        doc: doc.id,
                        source: Box::new(source),
                    });
                }
            },
        };
        match found {
            Some(map) => Ok(Self { doc, map }),
            None => Err(DocumentError::Envelope {
                doc: doc.id,
                reason: format!("it has no map “{key}”"),
            }),
        }
    }

    /// The value that last stood in a field.
    fn value(&self, key: &str) -> Option<Cow<'a, ScalarValue>> {
        match &self.map {
            Map::Root(first) => match first.0.get(key) {
                Some(RootValue::Scalar(value)) => Some(Cow::Borrowed(value)),
                _ => None,
            },
            Map::Child(map) => map.get(key).map(Cow::Borrowed),
            Map::Merged(automerge, object) => match automerge.get(object, key) {
                Ok(Some((Value::Scalar(value), _))) => Some(value),
                _ => None,
            },
        }
    }

    /// The value that last stood in a field, and the change that wrote it.
    fn written(&self, key: &str) -> Option<ValueWithHash<'a>> {
        match &self.map {
            Map::Root(_) | Map::Child(_) => Some((self.value(key)?, self.doc.first()?.0)),
            Map::Merged(automerge, object) => match automerge.get(object, key) {
                Ok(Some((Value::Scalar(value), operation))) => {
                    Some((value, self.doc.origin_of(automerge, &operation)?))
                }
                _ => None,
            },
        }
    }

    /// Every concurrent value of a field, and the change that wrote it.
    fn all_written(&self, key: &str) -> Vec<ValueWithHash<'a>> {
        match &self.map {
            Map::Root(_) | Map::Child(_) => self.written(key).into_iter().collect(),
            Map::Merged(automerge, object) => {
                let values = automerge.get_all(object, key).unwrap_or_default();
                let scalar = |(value, operation): (Value<'a>, ObjId)| match value {
                    Value::Scalar(value) => {
                        Some((value, self.doc.origin_of(automerge, &operation)?))
                    }
                    Value::Object(_) => None,
                };
                values.into_iter().filter_map(scalar).collect()
            }
        }
    }

    fn keys(&self) -> Vec<String> {
        match &self.map {
            Map::Root(first) => first.0.keys().cloned().collect(),
            Map::Child(map) => map.keys().cloned().collect(),
            Map::Merged(automerge, object) => automerge.keys(object).collect(),
        }
    }

    /// The text that last stood in a field, empty where there is none.
    pub fn latest(&self, key: &str) -> String {
        self.latest_if(key).unwrap_or_default()
    }

    /// The text that last stood in a field.
    pub fn latest_if(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    /// The number that last stood in a field.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.value(key)?.as_ref() {
            ScalarValue::Int(number) => Some(*number),
            ScalarValue::Uint(number) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// True if the last value of a field is yes; false if it has none.
    pub fn flag(&self, key: &str) -> bool {
        self.flag_if(key).unwrap_or(false)
    }

    /// The last value of a yes-or-no field; None if it has none.
    pub fn flag_if(&self, key: &str) -> Option<bool> {
        match self.value(key).as_deref() {
            Some(ScalarValue::Boolean(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// A value that was written as CBOR.
    pub fn cbor<T: for<'b> minicbor::Decode<'b, ()>>(&self, key: &str) -> Option<T> {
        match self.value(key)?.as_ref() {
            ScalarValue::Bytes(bytes) => minicbor::decode(bytes).ok(),
            _ => None,
        }
    }

    /// Every concurrent value with who and when, the newest first. Equal values are one.
    pub fn all(&self, key: &str, authors: &dyn Authors) -> Vec<AuthoredValue> {
        let mut values: Vec<AuthoredValue> = Vec::new();
        for (scalar, hash) in self.all_written(key) {
            let Some(text) = scalar.as_str() else {
                continue;
            };
            let Some(by) = self.doc.authorship(hash, authors) else {
                continue;
            };
            match values.iter_mut().find(|known| known.value == text) {
                Some(known) if (by.at, by.actor) > (known.by.at, known.by.actor) => known.by = by,
                Some(_) => {}
                None => values.push(AuthoredValue {
                    value: text.to_owned(),
                    by,
                }),
            }
        }
        values
            .sort_by(|a, b| (b.by.at, b.by.actor, &b.value).cmp(&(a.by.at, a.by.actor, &a.value)));
        values
    }

    /// The changes that wrote the values of a field that stand.
    pub fn writers_of(&self, key: &str) -> BTreeSet<Hash> {
        self.writers(key, false)
    }

    /// The changes that wrote the letters of a text that stand.
    pub fn writers_of_text(&self, key: &str) -> BTreeSet<Hash> {
        let Map::Merged(automerge, object) = &self.map else {
            return self.doc.first().into_iter().map(|(hash, _)| hash).collect();
        };
        let Ok(Some((Value::Object(ObjType::Text), text))) = automerge.get(object, key) else {
            return BTreeSet::new();
        };
        let letters =
            (0..automerge.length(&text)).filter_map(|at| automerge.get(&text, at).ok()?);
        letters
            .filter_map(|(_, operation)| self.doc.origin_of(automerge, &operation))
            .collect()
    }

    /// The members of a set that is keyed by its values.
    pub fn members(&self) -> Vec<String> {
        self.keys()
    }

    /// The children of a map of flat keys `item/part`: for each item its parts.
    pub fn children(&self) -> BTreeMap<ItemId, BTreeSet<String>> {
        let mut children: BTreeMap<ItemId, BTreeSet<String>> = BTreeMap::new();
        for key in self.keys() {
            if let Some((item, part)) = key.split_once('/')
                && let Ok(item) = item.parse()
            {
                children.entry(item).or_default().insert(part.to_owned());
            }
        }
        children
    }

    /// The presence of a child: it is removed only by a removal that saw every edit of it.
    pub fn status_of(&self, item: ItemId, parts: &BTreeSet<String>) -> ChildStatus {
        if !parts.contains(GONE) || !self.flag_any(&part(item, GONE)) {
            ChildStatus::Present
        } else if self.contested_removals(item, parts).is_some() {
            ChildStatus::Contested
        } else {
            ChildStatus::Removed
        }
    }

    /// The removals of a child that had not seen an edit of it, and those edits; none if there are none.
    pub fn contested_removals(
        &self,
        item: ItemId,
        parts: &BTreeSet<String>,
    ) -> Option<(BTreeSet<Hash>, BTreeSet<Hash>)> {
        let edits: BTreeSet<Hash> = parts
            .iter()
            .filter(|name| *name != GONE)
            .flat_map(|name| self.writers(&part(item, name), false))
            .collect();
        let (mut blind, mut unseen) = (BTreeSet::new(), BTreeSet::new());
        for removal in self.writers(&part(item, GONE), true) {
            let ancestors = self.doc.ancestors(removal);
            let missed = edits
                .iter()
                .filter(|edit| **edit != removal && !ancestors.contains(edit));
            let missed: Vec<Hash> = missed.copied().collect();
            if !missed.is_empty() {
                blind.insert(removal);
                unseen.extend(missed);
            }
        }
        (!blind.is_empty()).then_some((blind, unseen))
    }

    /// True if any concurrent value of a field is yes.
    fn flag_any(&self, key: &str) -> bool {
        !self.writers(key, true).is_empty()
    }

    /// The changes that wrote the values of a field that stand; only those that say yes if `yes`.
    fn writers(&self, key: &str, yes: bool) -> BTreeSet<Hash> {
        self.all_written(key)
            .into_iter()
            .filter(|(value, _)| !yes || **value == ScalarValue::Boolean(true))
            .map(|(_, hash)| hash)
            .collect()
    }
}

/// The presence of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildStatus {
    /// It is there.
    Present,
    /// It was removed, and another author edited it without seeing that: it is kept with a question.
    Contested,
    /// It was removed.
    Removed,
}

/// The number of parts that are here of the texts that were split over several groups, and of those that there should
/// be; None where nothing is still to come.
pub fn parts(doc: &LoadedDocument) -> Option<Parts> {
    let map = Fields::map(doc, MORE).ok()?;
    let mut texts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for key in map.keys() {
        let Some((text, name)) = key.strip_prefix(PARTS).and_then(|key| key.split_once('/')) else {
            continue;
        };
        if name.starts_with(TEXT) {
            continue;
        }
        let (here, of) = texts.entry(text.to_owned()).or_default();
        *here = here.saturating_add(1);
        if name == OF {
            let said = map.number(&key).and_then(|of| u32::try_from(of).ok());
            *of = said.unwrap_or(0);
        }
    }
    let mut all = Parts { here: 0, of: 0 };
    for (here, of) in texts.into_values().filter(|(here, of)| here < of) {
        all.here = all.here.saturating_add(here);
        all.of = all.of.saturating_add(of);
    }
    (all.of > 0).then_some(all)
}

/// The events of a document that count, in the order that respects cause, and those for which it has no room.
/// Unreadable ones are left out.
pub fn events(
    doc: &LoadedDocument,
    authors: &dyn Authors,
) -> Result<(Vec<Event>, Option<Overflow>), DocumentError> {
    let map = Fields::map(doc, EVENTS)?;
    let first = doc.first().map(|(hash, _)| hash);
    let mut known: BTreeMap<Actor, Authorship> = BTreeMap::new();
    let mut carried = Vec::new();
    for key in map.keys() {
        let Ok(id) = key.parse::<EventId>() else {
            continue;
        };
        let Some((scalar, hash)) = map.written(&key) else {
            continue;
        };
        let ScalarValue::Bytes(bytes) = scalar.as_ref() else {
            continue;
        };
        let (Ok(stored), Some(origin)) = (minicbor::decode::<StoredEvent>(bytes), doc.origin(hash))
        else {
            continue;
        };
        // The person of an actor is looked for among all devices: once for each actor, not once an event.
        let by = known
            .entry(origin.actor)
            .or_insert_with(|| origin.authorship(authors));
        let by = Authorship {
            at: origin.wall_ms,
            ..by.clone()
        };
        carried.push(CarriedEvent {
            event: Event {
                id,
                stored,
                by,
                seq: origin.seq,
                received_at: origin.received_at,
            },
            change: hash,
            first: Some(hash) == first,
        });
    }
    Ok(event_quota::split_by_quota(carried))
}

/// True if a document has so many events that some may have no room: which of them depends on when the server took
/// them.
pub fn may_exceed_event_quota(doc: &LoadedDocument) -> bool {
    Fields::map(doc, EVENTS).is_ok_and(|map| event_quota::may_exceed(map.keys().len()))
}

/// The change that carried an event.
pub fn change_of_event(doc: &LoadedDocument, event: EventId) -> Option<Hash> {
    let map = Fields::map(doc, EVENTS).ok()?;
    map.written(&event.to_string()).map(|(_, hash)| hash)
}
