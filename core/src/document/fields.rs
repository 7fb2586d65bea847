//! Reading and writing the fields of a document: latest, all, text, set, events and children.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::DocumentError;
use super::loaded::{Authors, Loaded};
use crate::model::authored::Authored;
use crate::model::event::{Event, StoredEvent};
use crate::model::ids::{EventId, Hash, ItemId};

/// The map of events that every document has.
pub const EVENTS: &str = "events";
/// The map for the scalars of later versions that every document has.
pub const MORE: &str = "more";

/// A map of a document, for reading.
pub struct Fields<'a> {
    doc: &'a Loaded,
    object: ObjId,
}

impl<'a> Fields<'a> {
    /// The document's root.
    pub fn root(doc: &'a Loaded) -> Self {
        Self { doc, object: ROOT }
    }

    /// A map below the root; an error where the document has none.
    pub fn map(doc: &'a Loaded, key: &str) -> Result<Self, DocumentError> {
        match doc.automerge.get(ROOT, key) {
            Ok(Some((Value::Object(ObjType::Map), object))) => Ok(Self { doc, object }),
            Ok(_) => Err(DocumentError::Envelope {
                doc: doc.id,
                reason: format!("it has no map “{key}”"),
            }),
            Err(source) => Err(DocumentError::Automerge {
                doc: doc.id,
                source: Box::new(source),
            }),
        }
    }

    /// The text that last stood in a field, empty where there is none.
    pub fn latest(&self, key: &str) -> String {
        self.latest_if(key).unwrap_or_default()
    }

    /// The text that last stood in a field.
    pub fn latest_if(&self, key: &str) -> Option<String> {
        match self.doc.automerge.get(&self.object, key) {
            Ok(Some((Value::Scalar(scalar), _))) => scalar.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// The number that last stood in a field.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.doc.automerge.get(&self.object, key) {
            Ok(Some((Value::Scalar(scalar), _))) => match scalar.as_ref() {
                ScalarValue::Int(number) => Some(*number),
                ScalarValue::Uint(number) => i64::try_from(*number).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a field last said yes.
    pub fn flag(&self, key: &str) -> bool {
        self.flag_if(key).unwrap_or(false)
    }

    /// What a field last said, yes or no.
    pub fn flag_if(&self, key: &str) -> Option<bool> {
        match self.doc.automerge.get(&self.object, key) {
            Ok(Some((Value::Scalar(scalar), _))) => match scalar.as_ref() {
                ScalarValue::Boolean(flag) => Some(*flag),
                _ => None,
            },
            _ => None,
        }
    }

    /// A value that was written as CBOR.
    pub fn cbor<T: for<'b> minicbor::Decode<'b, ()>>(&self, key: &str) -> Option<T> {
        match self.doc.automerge.get(&self.object, key) {
            Ok(Some((Value::Scalar(scalar), _))) => match scalar.as_ref() {
                ScalarValue::Bytes(bytes) => minicbor::decode(bytes).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// A mergeable text.
    pub fn text(&self, key: &str) -> String {
        match self.doc.automerge.get(&self.object, key) {
            Ok(Some((Value::Object(ObjType::Text), object))) => {
                self.doc.automerge.text(object).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// Every concurrent value with who and when, the newest first. Equal values are one.
    pub fn all(&self, key: &str, authors: &dyn Authors) -> Vec<Authored> {
        let mut values: Vec<Authored> = Vec::new();
        for (value, operation) in self
            .doc
            .automerge
            .get_all(&self.object, key)
            .unwrap_or_default()
        {
            let Value::Scalar(scalar) = value else {
                continue;
            };
            let Some(text) = scalar.as_str() else {
                continue;
            };
            let Some(by) = self.doc.authorship(&operation, authors) else {
                continue;
            };
            match values.iter_mut().find(|known| known.value == text) {
                Some(known) if (by.at, by.actor) > (known.by.at, known.by.actor) => known.by = by,
                Some(_) => {}
                None => values.push(Authored {
                    value: text.to_owned(),
                    by,
                }),
            }
        }
        values
            .sort_by(|a, b| (b.by.at, b.by.actor, &b.value).cmp(&(a.by.at, a.by.actor, &a.value)));
        values
    }

    /// The members of a set that is keyed by its values.
    pub fn members(&self) -> Vec<String> {
        self.doc.automerge.keys(&self.object).collect()
    }

    /// The children of a map of flat keys `item/part`: for each item its parts.
    pub fn children(&self) -> BTreeMap<ItemId, BTreeSet<String>> {
        let mut children: BTreeMap<ItemId, BTreeSet<String>> = BTreeMap::new();
        for key in self.doc.automerge.keys(&self.object) {
            if let Some((item, part)) = key.split_once('/')
                && let Ok(item) = item.parse()
            {
                children.entry(item).or_default().insert(part.to_owned());
            }
        }
        children
    }

    /// What became of a child: removed only by a removal that saw every edit of it.
    pub fn presence_of(&self, item: ItemId, parts: &BTreeSet<String>) -> ChildPresence {
        if !parts.contains(GONE) || !self.flag_any(&part(item, GONE)) {
            return ChildPresence::There;
        }
        let removals = self.writers(&part(item, GONE), true);
        let edits: BTreeSet<Hash> = parts
            .iter()
            .filter(|name| *name != GONE)
            .flat_map(|name| self.writers(&part(item, name), false))
            .collect();
        let mut questioned = false;
        for removal in &removals {
            let past = self.doc.past(*removal);
            let unseen = edits
                .iter()
                .any(|edit| edit != removal && !past.contains(edit));
            questioned |= unseen;
        }
        if questioned {
            ChildPresence::InQuestion
        } else {
            ChildPresence::Gone
        }
    }

    /// Whether any concurrent value of a field says yes.
    fn flag_any(&self, key: &str) -> bool {
        !self.writers(key, true).is_empty()
    }

    /// The changes that wrote the values of a field that stand; only those that say yes if `yes`.
    fn writers(&self, key: &str, yes: bool) -> BTreeSet<Hash> {
        let values = self
            .doc
            .automerge
            .get_all(&self.object, key)
            .unwrap_or_default();
        values
            .into_iter()
            .filter(|(value, _)| !yes || matches!(value, Value::Scalar(s) if matches!(s.as_ref(), ScalarValue::Boolean(true))))
            .filter_map(|(_, operation)| self.doc.origin_of(&operation).map(|(hash, _)| hash))
            .collect()
    }
}

/// The part of a child that says that it was removed.
pub const GONE: &str = "gone";

/// What became of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildPresence {
    /// It is there.
    There,
    /// It was removed, and somebody edited it without seeing that: it is kept with a question.
    InQuestion,
    /// It was removed.
    Gone,
}

/// The flat key of a child's part.
pub fn part(item: ItemId, name: &str) -> String {
    format!("{item}/{name}")
}

/// Every event of a document, in the order that respects cause. Unreadable ones are left out.
pub fn events(doc: &Loaded, authors: &dyn Authors) -> Result<Vec<Event>, DocumentError> {
    let map = Fields::map(doc, EVENTS)?;
    let mut events = Vec::new();
    for key in doc.automerge.keys(&map.object) {
        let Ok(id) = key.parse::<EventId>() else {
            continue;
        };
        let Ok(Some((Value::Scalar(scalar), operation))) =
            doc.automerge.get(&map.object, key.as_str())
        else {
            continue;
        };
        let ScalarValue::Bytes(bytes) = scalar.as_ref() else {
            continue;
        };
        let (Ok(stored), Some((_, origin))) = (
            minicbor::decode::<StoredEvent>(bytes),
            doc.origin_of(&operation),
        ) else {
            continue;
        };
        events.push(Event {
            id,
            stored,
            by: origin.authorship(authors),
            received_at: origin.received_at,
        });
    }
    events.sort_by_key(Event::order);
    Ok(events)
}

/// A document being written.
pub struct Sheet<'t, 'd> {
    transaction: &'t mut Transaction<'d>,
}

impl<'t, 'd> Sheet<'t, 'd> {
    /// Writes within a transaction.
    pub fn new(transaction: &'t mut Transaction<'d>) -> Self {
        Self { transaction }
    }

    /// Creates the containers that every document has, and those of its kind.
    pub fn create(&mut self, maps: &[&str], texts: &[&str]) -> Result<(), AutomergeError> {
        for key in [EVENTS, MORE].iter().chain(maps) {
            self.transaction.put_object(ROOT, *key, ObjType::Map)?;
        }
        for key in texts {
            self.transaction.put_object(ROOT, *key, ObjType::Text)?;
        }
        Ok(())
    }

    /// Sets a scalar at the root.
    pub fn put(&mut self, key: &str, value: impl Into<ScalarValue>) -> Result<(), AutomergeError> {
        self.transaction.put(ROOT, key, value)
    }

    /// Sets a text at the root unless it is empty.
    pub fn put_filled(&mut self, key: &str, value: &str) -> Result<(), AutomergeError> {
        if value.is_empty() {
            Ok(())
        } else {
            self.put(key, value)
        }
    }

    /// Sets a value as CBOR at the root.
    pub fn put_cbor<T: minicbor::Encode<()>>(
        &mut self,
        key: &str,
        value: &T,
    ) -> Result<(), AutomergeError> {
        self.put(key, cbor(value))
    }

    /// Rewrites a mergeable text: only what differs is changed.
    pub fn rewrite(&mut self, key: &str, text: &str) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, key)?;
        self.transaction.update_text(&object, text)
    }

    /// Sets a part of a child.
    pub fn put_part(
        &mut self,
        map: &str,
        item: ItemId,
        name: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, map)?;
        self.transaction.put(object, part(item, name), value)
    }

    /// Says that a child was removed. Saying it again answers an edit that a first removal had not seen.
    pub fn take_away(&mut self, map: &str, item: ItemId) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, map)?;
        let key = part(item, GONE);
        // Automerge writes nothing where the value is the same.
        if self.transaction.get(&object, key.as_str())?.is_some() {
            self.transaction.delete(&object, key.as_str())?;
        }
        self.transaction.put(object, key, true)
    }

    /// Takes back that a child was removed, where it was.
    pub fn bring_back(&mut self, map: &str, item: ItemId) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, map)?;
        if self.transaction.get(&object, part(item, GONE))?.is_some() {
            self.transaction.put(object, part(item, GONE), false)?;
        }
        Ok(())
    }

    /// Adds a member to a set.
    pub fn add(&mut self, map: &str, member: &str) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, map)?;
        self.transaction.put(object, member, true)
    }

    /// Removes a member from a set; one that somebody adds meanwhile stays.
    pub fn remove(&mut self, map: &str, member: &str) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, map)?;
        match self.transaction.get(&object, member)? {
            Some(_) => self.transaction.delete(object, member),
            None => Ok(()),
        }
    }

    /// Appends an event.
    pub fn append(&mut self, id: EventId, event: &StoredEvent) -> Result<(), AutomergeError> {
        let object = self.object(ROOT, EVENTS)?;
        self.transaction.put(object, id.to_string(), cbor(event))
    }

    fn object(&self, parent: ObjId, key: &str) -> Result<ObjId, AutomergeError> {
        match self.transaction.get(parent, key)? {
            Some((Value::Object(_), object)) => Ok(object),
            _ => Err(AutomergeError::NotAnObject),
        }
    }
}

/// A value as CBOR. Writing to memory does not fail.
fn cbor<T: minicbor::Encode<()>>(value: &T) -> ScalarValue {
    ScalarValue::Bytes(minicbor::to_vec(value).unwrap_or_default())
}

/// The change that carried an event.
pub fn change_of_event(doc: &Loaded, event: EventId) -> Option<Hash> {
    let map = Fields::map(doc, EVENTS).ok()?;
    let (_, operation) = doc.automerge.get(&map.object, event.to_string()).ok()??;
    doc.origin_of(&operation).map(|(hash, _)| hash)
}
