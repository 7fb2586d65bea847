//! The writer of a document: it sets fields, texts, children and events, of a new document or of one that is there.

use std::collections::BTreeMap;

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjType, ROOT, ReadDoc, ScalarValue};

use super::automerge_map::{object, put};
use super::first_change::{FirstChange, RootValue};
use super::keys::{EVENTS, GONE, MORE, OF, PARTS, TEXT, part};
use super::text::{self, Rewrite};
use crate::model::edit::Part;
use crate::model::event::StoredEvent;
use crate::model::ids::{EventId, ItemId};
use crate::model::text::normal;

/// A document being written: a new one is collected and written at once, one that is there is changed
/// field by field.
pub struct DocumentWriter<'t, 'd> {
    target: Target<'t, 'd>,
    /// True if it is one of several groups over which a long text is split.
    is_part: bool,
}

enum Target<'t, 'd> {
    /// The content of a new document, as it is collected.
    New(FirstChange),
    /// The document that is changed.
    Existing(&'t mut Transaction<'d>),
}

impl<'t, 'd> DocumentWriter<'t, 'd> {
    /// Collects the first change of a document.
    pub(super) fn for_new() -> Self {
        Self {
            target: Target::New(FirstChange::default()),
            is_part: false,
        }
    }

    /// Changes a document that is there, within a transaction.
    pub fn for_existing(transaction: &'t mut Transaction<'d>) -> Self {
        Self {
            target: Target::Existing(transaction),
            is_part: false,
        }
    }

    /// Says that a part of a long text is written from here on.
    pub(super) fn begin_part(&mut self) {
        self.is_part = true;
    }

    /// Notes that a part of a long text is here, and with the first one how many there are.
    pub(super) fn end_part(&mut self, part: &Part) -> Result<(), AutomergeError> {
        let key = |name: &str| format!("{PARTS}{}/{name}", part.of);
        match part.number {
            0 | 1 => {
                for text in &part.texts {
                    self.put_in(MORE, key(&format!("{TEXT}{text}")), true)?;
                }
                self.put_in(MORE, key(OF), i64::from(part.count))
            }
            number => self.put_in(MORE, key(&number.to_string()), true),
        }
    }

    /// The content that was collected for a new document; empty if the document is not new.
    pub(super) fn finish(self) -> FirstChange {
        match self.target {
            Target::New(first) => first,
            Target::Existing(_) => FirstChange::default(),
        }
    }

    /// Creates the containers that every document has, and those of its kind.
    pub fn create(&mut self, maps: &[&str], texts: &[&str]) -> Result<(), AutomergeError> {
        for key in [EVENTS, MORE].iter().chain(maps) {
            match &mut self.target {
                Target::New(first) => first.insert(key, RootValue::Map(BTreeMap::new())),
                Target::Existing(transaction) => {
                    transaction.put_object(ROOT, *key, ObjType::Map)?;
                }
            }
        }
        for key in texts {
            match &mut self.target {
                Target::New(first) => first.insert(key, RootValue::Text(String::new())),
                Target::Existing(transaction) => {
                    transaction.put_object(ROOT, *key, ObjType::Text)?;
                }
            }
        }
        Ok(())
    }

    /// Sets a scalar at the root.
    pub fn put(&mut self, key: &str, value: impl Into<ScalarValue>) -> Result<(), AutomergeError> {
        match &mut self.target {
            Target::New(first) => {
                first.insert(key, RootValue::Scalar(value.into()));
                Ok(())
            }
            Target::Existing(transaction) => put(transaction, &ROOT, key, value),
        }
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

    /// Rewrites a mergeable text by sentence; `was` is the text that the screen showed, none the one that stands
    /// there.
    pub fn rewrite(
        &mut self,
        key: &str,
        was: Option<&str>,
        text: &str,
    ) -> Result<(), AutomergeError> {
        let part = self.is_part;
        match &mut self.target {
            Target::New(first) => match first.0.get_mut(key) {
                Some(RootValue::Text(known)) => {
                    *known = normal(text);
                    // Text that others add stands behind the parts that are still to come.
                    if part {
                        known.truncate(known.trim_end().len());
                        known.push('\n');
                    }
                    Ok(())
                }
                _ => Err(AutomergeError::NotAnObject),
            },
            Target::Existing(transaction) => {
                let by_sentence = true;
                let rewrite = Rewrite {
                    was,
                    text,
                    part,
                    by_sentence,
                };
                text::rewrite(transaction, key, rewrite)
            }
        }
    }

    /// Settles which versions of a sentence of a text stand.
    pub fn settle(
        &mut self,
        key: &str,
        ancestor: &str,
        keep: &[String],
    ) -> Result<(), AutomergeError> {
        match &mut self.target {
            Target::New(_) => Err(AutomergeError::NotAnObject),
            Target::Existing(transaction) => text::settle(transaction, key, ancestor, keep),
        }
    }

    /// Gives a short answer, beside whatever others answer meanwhile. The first one, and one that is too long for a
    /// single group, is written as the text that it began as.
    pub fn answer(&mut self, key: &str, text: &str) -> Result<(), AutomergeError> {
        match &mut self.target {
            Target::New(_) => self.rewrite(key, None, text),
            Target::Existing(transaction) if self.is_part => {
                let rewrite = Rewrite {
                    was: None,
                    text,
                    part: true,
                    by_sentence: false,
                };
                text::rewrite(transaction, key, rewrite)?;
                self.delete_in(MORE, key)
            }
            Target::Existing(_) => self.put_in(MORE, key.to_owned(), normal(text)),
        }
    }

    /// Sets a part of a child.
    pub fn put_part(
        &mut self,
        map: &str,
        item: ItemId,
        name: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), AutomergeError> {
        self.put_in(map, part(item, name), value)
    }

    /// Sets a part of a child that may be empty: none is written where there is none to take away.
    pub fn put_part_if_any(
        &mut self,
        map: &str,
        item: ItemId,
        name: &str,
        value: &str,
    ) -> Result<(), AutomergeError> {
        if value.is_empty() && !self.has(map, &part(item, name))? {
            return Ok(());
        }
        self.put_part(map, item, name, value)
    }

    /// Says that a child was removed. Saying it again answers an edit that a first removal had not seen.
    pub fn mark_removed(&mut self, map: &str, item: ItemId) -> Result<(), AutomergeError> {
        // Automerge writes nothing where the value is the same.
        self.delete_in(map, &part(item, GONE))?;
        self.put_in(map, part(item, GONE), true)
    }

    /// Takes back that a child was removed, where it was.
    pub fn unmark_removed(&mut self, map: &str, item: ItemId) -> Result<(), AutomergeError> {
        let key = part(item, GONE);
        if self.has(map, &key)? {
            self.put_in(map, key, false)?;
        }
        Ok(())
    }

    /// Adds a member to a set.
    pub fn add(&mut self, map: &str, member: &str) -> Result<(), AutomergeError> {
        self.put_in(map, member.to_owned(), true)
    }

    /// Sets the value of a member of a set.
    pub fn set(
        &mut self,
        map: &str,
        member: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), AutomergeError> {
        self.put_in(map, member.to_owned(), value)
    }

    /// Removes a member from a set; one that another author adds meanwhile stays.
    pub fn remove(&mut self, map: &str, member: &str) -> Result<(), AutomergeError> {
        self.delete_in(map, member)
    }

    /// Appends an event.
    pub fn append(&mut self, id: EventId, event: &StoredEvent) -> Result<(), AutomergeError> {
        self.put_in(EVENTS, id.to_string(), cbor(event))
    }

    /// Sets a key of a map below the root.
    fn put_in(
        &mut self,
        map: &str,
        key: String,
        value: impl Into<ScalarValue>,
    ) -> Result<(), AutomergeError> {
        match &mut self.target {
            Target::New(first) => {
                map_of_new(first, map)?.insert(key, value.into());
                Ok(())
            }
            Target::Existing(transaction) => {
                let object = object(transaction, map)?;
                put(transaction, &object, &key, value)
            }
        }
    }

    /// Removes a key of a map below the root, where it is there.
    fn delete_in(&mut self, map: &str, key: &str) -> Result<(), AutomergeError> {
        match &mut self.target {
            Target::New(first) => {
                map_of_new(first, map)?.remove(key);
                Ok(())
            }
            Target::Existing(transaction) => {
                let object = object(transaction, map)?;
                match transaction.get(&object, key)? {
                    Some(_) => transaction.delete(object, key),
                    None => Ok(()),
                }
            }
        }
    }

    /// True if a map below the root has a key.
    fn has(&mut self, map: &str, key: &str) -> Result<bool, AutomergeError> {
        match &mut self.target {
            Target::New(first) => Ok(map_of_new(first, map)?.contains_key(key)),
            Target::Existing(transaction) => {
                let object = object(transaction, map)?;
                Ok(transaction.get(object, key)?.is_some())
            }
        }
    }
}

/// A map of a new document.
fn map_of_new<'m>(
    first: &'m mut FirstChange,
    key: &str,
) -> Result<&'m mut BTreeMap<String, ScalarValue>, AutomergeError> {
    match first.0.get_mut(key) {
        Some(RootValue::Map(map)) => Ok(map),
        _ => Err(AutomergeError::NotAnObject),
    }
}

/// A value as CBOR. Writing to memory does not fail.
fn cbor<T: minicbor::Encode<()>>(value: &T) -> ScalarValue {
    ScalarValue::Bytes(minicbor::to_vec(value).unwrap_or_default())
}
