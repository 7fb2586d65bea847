//! A document that has one change: what it holds, to and from that change directly.
//!
//! Most documents are written once and never changed. Automerge takes a new document field by field,
//! looking for the place of each in what is there, and reading it back takes it apart again; a change is
//! a plain list of operations. What is not plainly what one tap writes is left to Automerge.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId, Change, ExpandedChange, ObjType, ScalarValue};

/// What a document with one change holds, by the keys of its root.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct First(pub(super) BTreeMap<String, Held>);

/// What stands under a key of the root.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// One value.
    Scalar(ScalarValue),
    /// A container of values.
    Map(BTreeMap<String, ScalarValue>),
    /// A mergeable text.
    Text(String),
}

impl First {
    /// Puts something under a key of the root.
    pub(super) fn lay(&mut self, key: &str, held: Held) {
        self.0.insert(key.to_owned(), held);
    }

    /// The change that makes all of it, as Automerge writes one: keys in their order, then what each
    /// container holds. `wall_ms` is in milliseconds since the epoch.
    pub(super) fn encode(&self, actor: &ActorId, wall_ms: i64) -> Change {
        let mut writer = Writer {
            actor,
            operations: Vec::new(),
        };
        let mut containers = Vec::new();
        for (key, held) in &self.0 {
            let action = match held {
                Held::Scalar(value) => OpType::Put(value.clone()),
                Held::Map(_) => OpType::Make(ObjType::Map),
                Held::Text(_) => OpType::Make(ObjType::Text),
            };
            let made = writer.put(ObjectId::Root, key, action);
            containers.push((made, held));
        }
        for (made, held) in containers {
            match held {
                Held::Scalar(_) => {}
                Held::Map(map) => {
                    for (key, value) in map {
                        writer.put(ObjectId::Id(made.clone()), key, OpType::Put(value.clone()));
                    }
                }
                Held::Text(text) => writer.write(&ObjectId::Id(made), text),
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

    /// What a change makes of a document that has no other. None where it does anything but put each
    /// value once and write each text from left to right.
    pub(super) fn decode(change: &Change) -> Option<Self> {
        let is_first = change.deps().is_empty() && change.seq() == 1;
        if !is_first || change.start_op() != NonZeroU64::MIN || !change.other_actor_ids().is_empty()
        {
            return None;
        }
        let mut reader = Reader::default();
        for (index, op) in change.decode().operations.into_iter().enumerate() {
            reader.read(u64::try_from(index).ok()?.checked_add(1)?, op)?;
        }
        Some(reader.first)
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

#[derive(Default)]
struct Reader {
    first: First,
    /// The keys of the containers by the number of the operation that made them, and where a text ends.
    containers: BTreeMap<u64, (String, ElementEnd)>,
}

/// The operation that wrote the last letter of a text.
type ElementEnd = Option<u64>;

impl Reader {
    fn read(&mut self, number: u64, op: Op) -> Option<()> {
        if !op.pred.is_empty() {
            return None;
        }
        match (op.obj, op.key, op.insert) {
            (ObjectId::Root, Key::Map(key), false) if !key.is_empty() => {
                let held = match op.action {
                    OpType::Put(value) => Held::Scalar(value),
                    OpType::Make(ObjType::Map) => Held::Map(BTreeMap::new()),
                    OpType::Make(ObjType::Text) => Held::Text(String::new()),
                    _ => return None,
                };
                let key = key.to_string();
                if !matches!(held, Held::Scalar(_)) {
                    self.containers.insert(number, (key.clone(), None));
                }
                self.first.0.insert(key, held).is_none().then_some(())
            }
            (ObjectId::Id(made), Key::Map(key), false) if !key.is_empty() => {
                let (container, _) = self.containers.get(&made.counter())?;
                let (Held::Map(map), OpType::Put(value)) =
                    (self.first.0.get_mut(container)?, op.action)
                else {
                    return None;
                };
                map.insert(key.to_string(), value).is_none().then_some(())
            }
            (ObjectId::Id(made), Key::Seq(after), true) => {
                let (container, end) = self.containers.get_mut(&made.counter())?;
                let after = after.as_opid().map(OpId::counter);
                let (Held::Text(text), OpType::Put(ScalarValue::Str(letter))) =
                    (self.first.0.get_mut(container)?, op.action)
                else {
                    return None;
                };
                text.push_str(&letter);
                let continues = *end == after;
                *end = Some(number);
                continues.then_some(())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use automerge::transaction::{CommitOptions, Transactable};
    use automerge::{Automerge, ROOT, ReadDoc, TextEncoding, Value, hydrate};
    use proptest::prelude::*;

    use super::*;

    fn actor() -> ActorId {
        ActorId::from([7u8; 16])
    }

    fn empty() -> Automerge {
        Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint).with_actor(actor())
    }

    /// What Automerge itself writes for the same content.
    fn written_by_automerge(first: &First, wall_ms: i64) -> Change {
        let plain = |value| hydrate::MapValue {
            value,
            conflict: false,
        };
        let mut root = hydrate::Map::default();
        for (key, held) in &first.0 {
            let value = match held {
                Held::Scalar(value) => hydrate::Value::Scalar(value.clone()),
                Held::Text(text) => hydrate::Value::text(TextEncoding::UnicodeCodePoint, text),
                Held::Map(map) => {
                    let mut child = hydrate::Map::default();
                    for (key, value) in map {
                        child.insert(key.clone(), plain(hydrate::Value::Scalar(value.clone())));
                    }
                    hydrate::Value::Map(child)
                }
            };
            root.insert(key.clone(), plain(value));
        }
        let mut automerge = empty();
        let mut transaction = automerge.transaction();
        transaction.init_root_from_hydrate(&root).unwrap();
        transaction.commit_with(CommitOptions::default().with_time(wall_ms));
        automerge.get_last_local_change().unwrap()
    }

    /// What Automerge makes of a change; none where it refuses.
    fn read_by_automerge(change: &Change) -> Option<First> {
        let merge = AssertUnwindSafe(|| {
            let mut automerge = empty();
            let taken = automerge.apply_changes(vec![change.clone()]);
            taken.ok().map(|()| automerge)
        });
        let automerge = catch_unwind(merge).ok()??;
        let mut first = First::default();
        for key in automerge.keys(ROOT) {
            let held = match automerge.get(ROOT, &key).unwrap()? {
                (Value::Scalar(value), _) => Held::Scalar(value.into_owned()),
                (Value::Object(ObjType::Text), text) => Held::Text(automerge.text(text).unwrap()),
                (Value::Object(_), map) => {
                    let value = |key: String| {
                        let (value, _) = automerge.get(&map, &key).unwrap()?;
                        Some((key, value.into_scalar().ok()?))
                    };
                    Held::Map(automerge.keys(&map).map(value).collect::<Option<_>>()?)
                }
            };
            first.0.insert(key, held);
        }
        Some(first)
    }

    fn scalar() -> impl Strategy<Value = ScalarValue> {
        prop_oneof![
            ".{0,12}".prop_map(|text| ScalarValue::Str(text.into())),
            proptest::collection::vec(any::<u8>(), 0..40).prop_map(ScalarValue::Bytes),
            any::<i64>().prop_map(ScalarValue::Int),
            any::<bool>().prop_map(ScalarValue::Boolean),
        ]
    }

    fn content() -> impl Strategy<Value = First> {
        let map = proptest::collection::btree_map("[a-z/]{1,6}", scalar(), 0..5);
        let held = prop_oneof![
            3 => scalar().prop_map(Held::Scalar),
            2 => map.prop_map(Held::Map),
            2 => "\\PC{0,30}".prop_map(Held::Text),
        ];
        proptest::collection::btree_map("[a-zä_]{1,8}", held, 1..10).prop_map(First)
    }

    /// Operations as a broken or hostile program may write them.
    fn operation() -> impl Strategy<Value = Op> {
        let id = |number: u64| OpId::new(number, &actor());
        let obj = prop_oneof![
            3 => Just(ObjectId::Root),
            4 => (1u64..4).prop_map(move |number| ObjectId::Id(id(number))),
        ];
        let key = prop_oneof![
            4 => "[ab]?".prop_map(|key| Key::Map(key.as_str().into())),
            1 => Just(Key::head()),
            3 => (1u64..9).prop_map(move |number| Key::Seq(ElementId::Id(id(number)))),
        ];
        let action = prop_oneof![
            5 => "[xyü]{1,2}".prop_map(|text| OpType::Put(ScalarValue::Str(text.into()))),
            2 => Just(OpType::Make(ObjType::Text)),
            2 => Just(OpType::Make(ObjType::Map)),
            1 => Just(OpType::Make(ObjType::List)),
            1 => Just(OpType::Delete),
            1 => Just(OpType::Increment(1)),
        ];
        let pred = prop_oneof![
            9 => Just(SortedVec::new()),
            1 => (1u64..4).prop_map(move |number| SortedVec::from_iter([id(number)])),
        ];
        (obj, key, action, pred, any::<bool>()).prop_map(|(obj, key, action, pred, coin)| {
            let insert = matches!(key, Key::Seq(_)) || (coin && !matches!(obj, ObjectId::Root));
            Op {
                action,
                obj,
                key,
                pred,
                insert,
            }
        })
    }

    fn change_of(operations: Vec<Op>, seq: u64, start_op: u64) -> Change {
        Change::from(ExpandedChange {
            operations,
            actor_id: actor(),
            author: None,
            hash: None,
            seq,
            start_op: NonZeroU64::new(start_op).unwrap(),
            time: 0,
            message: None,
            deps: Vec::new(),
            extra_bytes: Vec::new(),
        })
    }

    proptest! {
        #[test]
        fn a_first_change_is_what_automerge_writes_and_both_read_the_same(
            first in content(), wall_ms in any::<i64>(),
        ) {
            let change = first.encode(&actor(), wall_ms);
            let theirs = written_by_automerge(&first, wall_ms);
            prop_assert_eq!(change.raw_bytes(), theirs.raw_bytes());
            let parsed = Change::from_bytes(change.raw_bytes().to_vec()).unwrap();
            prop_assert_eq!(First::decode(&parsed), Some(first.clone()));
            prop_assert_eq!(read_by_automerge(&parsed), Some(first));
        }

        #[test]
        fn whatever_is_taken_as_plain_reads_as_automerge_reads_it(
            operations in proptest::collection::vec(operation(), 1..7),
        ) {
            let change = change_of(operations, 1, 1);
            if let Some(first) = First::decode(&change) {
                prop_assert_eq!(read_by_automerge(&change), Some(first));
            }
        }
    }

    #[test]
    fn only_a_first_change_is_taken_as_one() {
        let title = || Op {
            action: OpType::Put(ScalarValue::Str("seal".into())),
            obj: ObjectId::Root,
            key: Key::Map("title".into()),
            pred: SortedVec::new(),
            insert: false,
        };
        assert!(First::decode(&change_of(vec![title()], 1, 1)).is_some());
        assert!(First::decode(&change_of(vec![title()], 2, 1)).is_none());
        assert!(First::decode(&change_of(vec![title()], 1, 5)).is_none());
        assert!(First::decode(&change_of(vec![title(), title()], 1, 1)).is_none());
    }
}
