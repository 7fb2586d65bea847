//! From the bytes of a first change to what the document holds, without Automerge.
//!
//! The format is Automerge's binary format for uncompressed changes. Taken is what puts each value once and
//! writes each text from left to right, encoded as an encoder does; tests hold it against Automerge.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use automerge::ScalarValue;

use super::{FirstChange, RootValue};
use crate::document::columns::{BooleanColumn, Bytes, DeltaColumn, RunLengthColumn};
use crate::model::ids::Actor;

/// A document's first change, read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::document) struct ParsedFirstChange {
    /// The actor that wrote it.
    pub(in crate::document) actor: Actor,
    /// The author's wall clock, in milliseconds since the epoch.
    pub(in crate::document) wall_ms: i64,
    /// The number of its operations; they are numbered from 1.
    pub(in crate::document) operations: u64,
    /// The content that it makes.
    pub(in crate::document) first: FirstChange,
}

/// The subjects of columns, by the numbers that the format gives them.
mod column {
    pub(super) const OBJECT_ACTOR: u64 = 0x01;
    pub(super) const OBJECT: u64 = 0x02;
    pub(super) const KEY_ACTOR: u64 = 0x11;
    pub(super) const KEY: u64 = 0x13;
    pub(super) const KEY_TEXT: u64 = 0x15;
    pub(super) const INSERT: u64 = 0x34;
    pub(super) const ACTION: u64 = 0x42;
    pub(super) const VALUE_TYPE: u64 = 0x56;
    pub(super) const VALUE: u64 = 0x57;
    pub(super) const PREDECESSORS: u64 = 0x70;
}

/// The only actor of a first change, among those that its columns name.
const SELF: u64 = 0;

/// The actions of operations, by the numbers that the format gives them.
mod action {
    pub(super) const MAKE_MAP: u64 = 0;
    pub(super) const PUT: u64 = 1;
    pub(super) const MAKE_TEXT: u64 = 4;
}

/// Reads what follows the header of a chunk. None where it is anything but a plain first change.
pub(in crate::document) fn read(body: &[u8]) -> Option<ParsedFirstChange> {
    let mut bytes = Bytes::new(body);
    let dependencies = bytes.unsigned()?;
    let actor_length = bytes.unsigned()?;
    let actor = Actor(bytes.take(actor_length)?.try_into().ok()?);
    let (seq, start_op) = (bytes.unsigned()?, bytes.unsigned()?);
    let wall_ms = bytes.signed()?;
    let message_length = bytes.unsigned()?;
    let other_actors = bytes.unsigned()?;
    if (dependencies, seq, start_op, message_length, other_actors) != (0, 1, 1, 0, 0) {
        return None;
    }
    let mut columns = Columns::read(bytes)?;
    let mut reader = FirstChangeReader::default();
    while !columns.action.is_done() {
        reader.read(columns.next()?)?;
    }
    columns.is_done().then_some(())?;
    Some(ParsedFirstChange {
        actor,
        wall_ms,
        operations: reader.operations,
        first: reader.finish()?,
    })
}

struct Columns<'a> {
    object_actor: RunLengthColumn<'a, u64>,
    object: RunLengthColumn<'a, u64>,
    key_actor: RunLengthColumn<'a, u64>,
    key: DeltaColumn<'a>,
    key_text: RunLengthColumn<'a, &'a str>,
    insert: BooleanColumn<'a>,
    action: RunLengthColumn<'a, u64>,
    value_type: RunLengthColumn<'a, u64>,
    value: Bytes<'a>,
    predecessors: RunLengthColumn<'a, u64>,
}

/// An operation, as far as a plain first change has one.
struct RawOperation<'a> {
    /// The operation that made the container; none for the root.
    object: Option<u64>,
    key: OperationKey<'a>,
    insert: bool,
    action: u64,
    value_type: u64,
    value: &'a [u8],
}

enum OperationKey<'a> {
    Name(&'a str),
    /// The operation that made the element after which it stands; None for the beginning.
    After(Option<u64>),
}

impl<'a> Columns<'a> {
    /// The columns that stand at the end of a chunk.
    fn read(mut bytes: Bytes<'a>) -> Option<Self> {
        let count = bytes.unsigned()?;
        // Each takes two bytes at least; no plain change has more than there are names for.
        let mut found = Vec::new();
        for _ in 0..count.min(16) {
            found.push((bytes.unsigned()?, bytes.unsigned()?));
        }
        let is_ordered = found.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if count > 16 || !is_ordered {
            return None;
        }
        let mut data = |name: u64| match found.first() {
            Some((first, length)) if *first == name => {
                let taken = bytes.take(*length)?;
                found.remove(0);
                Some(Bytes::new(taken))
            }
            _ => Some(Bytes::default()),
        };
        let columns = Self {
            object_actor: RunLengthColumn::new(data(column::OBJECT_ACTOR)?),
            object: RunLengthColumn::new(data(column::OBJECT)?),
            key_actor: RunLengthColumn::new(data(column::KEY_ACTOR)?),
            key: DeltaColumn::new(data(column::KEY)?),
            key_text: RunLengthColumn::new(data(column::KEY_TEXT)?),
            insert: BooleanColumn::new(data(column::INSERT)?),
            action: RunLengthColumn::new(data(column::ACTION)?),
            value_type: RunLengthColumn::new(data(column::VALUE_TYPE)?),
            value: data(column::VALUE)?,
            predecessors: RunLengthColumn::new(data(column::PREDECESSORS)?),
        };
        (found.is_empty() && bytes.is_empty()).then_some(columns)
    }

    fn next(&mut self) -> Option<RawOperation<'a>> {
        let object = match (self.object_actor.next()?, self.object.next()?) {
            (None, None) => None,
            (Some(SELF), Some(object)) => Some(object),
            _ => return None,
        };
        let key = match (
            self.key_actor.next()?,
            self.key.next()?,
            self.key_text.next()?,
        ) {
            (None, None, Some(name)) if !name.is_empty() => OperationKey::Name(name),
            (None, Some(0), None) => OperationKey::After(None),
            (Some(SELF), Some(element), None) => {
                OperationKey::After(Some(u64::try_from(element).ok().filter(|e| *e > 0)?))
            }
            _ => return None,
        };
        let insert = self.insert.next()?;
        let action = self.action.next()??;
        let value_type = self.value_type.next()??;
        let value = self.value.take(value_type >> 4)?;
        (self.predecessors.next()? == Some(0)).then_some(RawOperation {
            object,
            key,
            insert,
            action,
            value_type: value_type & 0x0f,
            value,
        })
    }

    fn is_done(&self) -> bool {
        self.object_actor.is_done()
            && self.object.is_done()
            && self.key_actor.is_done()
            && self.key.is_done()
            && self.key_text.is_done()
            && self.insert.is_done()
            && self.value_type.is_done()
            && self.value.is_empty()
            && self.predecessors.is_done()
    }
}

/// Puts operations together.
#[derive(Default)]
struct FirstChangeReader<'a> {
    operations: u64,
    root: BTreeMap<String, RootValue>,
    /// The containers, in the order in which they were made.
    containers: Vec<Container<'a>>,
    /// The container that was written last: what follows is mostly about the same.
    last: usize,
}

struct Container<'a> {
    /// The operation that made it.
    made: u64,
    key: &'a str,
    root_value: RootValue,
    /// The operation that wrote the last letter of a text.
    end: Option<u64>,
}

impl<'a> FirstChangeReader<'a> {
    fn read(&mut self, op: RawOperation<'a>) -> Option<()> {
        self.operations += 1;
        match (op.object, op.key, op.insert) {
            (None, OperationKey::Name(key), false) => match op.action {
                action::PUT => {
                    let root_value = RootValue::Scalar(scalar(op.value_type, op.value)?);
                    self.root
                        .insert(key.to_owned(), root_value)
                        .is_none()
                        .then_some(())
                }
                action::MAKE_MAP => self.make(key, RootValue::Map(BTreeMap::new()), op.value_type),
                action::MAKE_TEXT => self.make(key, RootValue::Text(String::new()), op.value_type),
                _ => None,
            },
            (Some(made), OperationKey::Name(key), false) if op.action == action::PUT => {
                let value = scalar(op.value_type, op.value)?;
                let RootValue::Map(map) = &mut self.container(made)?.root_value else {
                    return None;
                };
                map.insert(key.to_owned(), value).is_none().then_some(())
            }
            (Some(made), OperationKey::After(after), true) if op.action == action::PUT => {
                let letter = text(op.value_type, op.value)?;
                let number = self.operations;
                let container = self.container(made)?;
                let RootValue::Text(text) = &mut container.root_value else {
                    return None;
                };
                text.push_str(letter);
                let continues = container.end == after;
                container.end = Some(number);
                continues.then_some(())
            }
            _ => None,
        }
    }

    fn make(&mut self, key: &'a str, root_value: RootValue, value_type: u64) -> Option<()> {
        self.containers.push(Container {
            made: self.operations,
            key,
            root_value,
            end: None,
        });
        (value_type == 0).then_some(())
    }

    fn container(&mut self, made: u64) -> Option<&mut Container<'a>> {
        if self.containers.get(self.last)?.made != made {
            let found = self
                .containers
                .binary_search_by_key(&made, |container| container.made);
            self.last = found.ok()?;
        }
        self.containers.get_mut(self.last)
    }

    fn finish(self) -> Option<FirstChange> {
        let mut root = self.root;
        for container in self.containers {
            match root.entry(container.key.to_owned()) {
                Entry::Vacant(free) => drop(free.insert(container.root_value)),
                Entry::Occupied(_) => return None,
            }
        }
        Some(FirstChange(root))
    }
}

/// A value of one of the types that documents hold.
fn scalar(value_type: u64, value: &[u8]) -> Option<ScalarValue> {
    let mut bytes = Bytes::new(value);
    let scalar = match value_type {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(false),
        2 => ScalarValue::Boolean(true),
        3 => ScalarValue::Uint(bytes.unsigned()?),
        4 => ScalarValue::Int(bytes.signed()?),
        6 => return text(value_type, value).map(|text| ScalarValue::Str(text.into())),
        7 => return Some(ScalarValue::Bytes(value.to_vec())),
        _ => return None,
    };
    bytes.is_empty().then_some(scalar)
}

fn text(value_type: u64, value: &[u8]) -> Option<&str> {
    (value_type == 6).then(|| std::str::from_utf8(value).ok())?
}
