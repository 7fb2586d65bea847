//! A document that has one change: its content, to and from that change directly.
//!
//! Most documents are written once and never changed. Automerge takes a new document field by field, looking for the
//! place of each in what is there, and reading it back takes it apart again; a change is a plain list of operations. A
//! change that is not plainly what one tap writes is left to Automerge.
//!
//! A first change is written and read byte for byte as Automerge writes a whole map, on servers too. Whatever else
//! stands in a change, and every second change, is Automerge's.

mod read;

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId, Change, ExpandedChange, ObjType, ScalarValue};

pub(super) use read::{ParsedFirstChange, read};

/// The content of a document with one change, by the keys of its root.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FirstChange(pub(super) BTreeMap<String, RootValue>);

/// The value under a key of the root.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RootValue {
    /// One value.
    Scalar(ScalarValue),
    /// A container of values.
    Map(BTreeMap<String, ScalarValue>),
    /// A mergeable text.
    Text(String),
}

impl FirstChange {
    /// Puts something under a key of the root.
    pub(super) fn insert(&mut self, key: &str, root_value: RootValue) {
        self.0.insert(key.to_owned(), root_value);
    }

    /// The change that makes all of it, as Automerge writes one: keys in their order, then what each
    /// container holds. `wall_ms` is in milliseconds since the epoch.
    pub(super) fn encode(&self, actor: &ActorId, wall_ms: i64) -> Change {
        let mut writer = Writer {
            actor,
            operations: Vec::new(),
        };
        let mut containers = Vec::new();
        for (key, root_value) in &self.0 {
            let action = match root_value {
                RootValue::Scalar(value) => OpType::Put(value.clone()),
                RootValue::Map(_) => OpType::Make(ObjType::Map),
                RootValue::Text(_) => OpType::Make(ObjType::Text),
            };
            let made = writer.put(ObjectId::Root, key, action);
            containers.push((made, root_value));
        }
        for (made, root_value) in containers {
            match root_value {
                RootValue::Scalar(_) => {}
                RootValue::Map(map) => {
                    for (key, value) in map {
                        writer.put(ObjectId::Id(made.clone()), key, OpType::Put(value.clone()));
                    }
                }
                RootValue::Text(text) => writer.write(&ObjectId::Id(made), text),
            }
        }
        Change::from(ExpandedChange {
            operations: writer.operations,
            actor_id: actor.clone(),
            author: None,
            hash: None,
            seq: 1,
            start_op: NonZeroU64::MIN,
            time: wall_ms,
            message: None,
            deps: Vec::new(),
            extra_bytes: Vec::new(),
        })
    }
}

struct Writer<'a> {
    actor: &'a ActorId,
    operations: Vec<Op>,
}

impl Writer<'_> {
    /// The id of the next operation.
    fn next(&self) -> OpId {
        OpId::new(self.operations.len() as u64 + 1, self.actor)
    }

    fn put(&mut self, obj: ObjectId, key: &str, action: OpType) -> OpId {
        let id = self.next();
        self.operations.push(Op {
            action,
            obj,
            key: Key::Map(key.into()),
            pred: SortedVec::new(),
            insert: false,
        });
        id
    }

    fn write(&mut self, obj: &ObjectId, text: &str) {
        let mut after = ElementId::Head;
        for letter in text.chars() {
            let id = self.next();
            self.operations.push(Op {
                action: OpType::Put(ScalarValue::from(letter)),
                obj: obj.clone(),
                key: Key::Seq(after),
                pred: SortedVec::new(),
                insert: true,
            });
            after = ElementId::Id(id);
        }
    }
}

#[cfg(test)]
mod tests;
