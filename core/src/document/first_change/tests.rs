//! A change that is written directly is what Automerge writes, and one that is read directly is what Automerge reads.

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

/// The change that Automerge itself writes for the same content.
fn written_by_automerge(first: &FirstChange, wall_ms: i64) -> Change {
    let plain = |value| hydrate::MapValue {
        value,
        conflict: false,
    };
    let mut root = hydrate::Map::default();
    for (key, root_value) in &first.0 {
        let value = match root_value {
            RootValue::Scalar(value) => hydrate::Value::Scalar(value.clone()),
            RootValue::Text(text) => hydrate::Value::text(TextEncoding::UnicodeCodePoint, text),
            RootValue::Map(map) => {
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

/// The content that Automerge makes of a change; None where it refuses.
fn read_by_automerge(change: &Change) -> Option<FirstChange> {
    let merge = AssertUnwindSafe(|| {
        let mut automerge = empty();
        let taken = automerge.apply_changes(vec![change.clone()]);
        taken.ok().map(|()| automerge)
    });
    let automerge = catch_unwind(merge).ok()??;
    let mut first = FirstChange::default();
    for key in automerge.keys(ROOT) {
        let root_value = match automerge.get(ROOT, &key).unwrap()? {
            (Value::Scalar(value), _) => RootValue::Scalar(value.into_owned()),
            (Value::Object(ObjType::Text), text) => RootValue::Text(automerge.text(text).unwrap()),
            (Value::Object(_), map) => {
                let value = |key: String| {
                    let (value, _) = automerge.get(&map, &key).unwrap()?;
                    Some((key, value.into_scalar().ok()?))
                };
                RootValue::Map(automerge.keys(&map).map(value).collect::<Option<_>>()?)
            }
        };
        first.0.insert(key, root_value);
    }
    Some(first)
}

/// The offset of the body of a chunk: after magic, checksum, type and length.
fn body_at(chunk: &[u8]) -> usize {
    10 + chunk[9..].iter().take_while(|byte| **byte >= 0x80).count()
}

fn read_here(change: &Change) -> Option<FirstChange> {
    let chunk = change.raw_bytes();
    let read = read(&chunk[body_at(chunk)..])?;
    assert_eq!(
        read.actor.0,
        change.actor_id().to_bytes(),
        "both see the same author"
    );
    assert_eq!(
        (read.wall_ms, read.operations),
        (change.timestamp(), change.max_op()),
        "both see the same clock and operations"
    );
    Some(read.first)
}

/// A chunk with another body, and the checksum of that.
fn sealed(mut chunk: Vec<u8>) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(&chunk[8..]);
    chunk[4..8].copy_from_slice(&hash[..4]);
    chunk
}

fn scalar() -> impl Strategy<Value = ScalarValue> {
    prop_oneof![
        ".{0,12}".prop_map(|text| ScalarValue::Str(text.into())),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(ScalarValue::Bytes),
        any::<i64>().prop_map(ScalarValue::Int),
        any::<bool>().prop_map(ScalarValue::Boolean),
        any::<u64>().prop_map(ScalarValue::Uint),
        Just(ScalarValue::Null),
    ]
}

fn content() -> impl Strategy<Value = FirstChange> {
    let map = proptest::collection::btree_map("[a-z/]{1,6}", scalar(), 0..5);
    let root_value = prop_oneof![
        3 => scalar().prop_map(RootValue::Scalar),
        2 => map.prop_map(RootValue::Map),
        2 => "\\PC{0,30}".prop_map(RootValue::Text),
    ];
    proptest::collection::btree_map("[a-zä_]{1,8}", root_value, 1..10).prop_map(FirstChange)
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
        prop_assert_eq!(read_here(&change), Some(first.clone()));
        prop_assert_eq!(read_by_automerge(&parsed), Some(first));
        let chunk = change.raw_bytes();
        let expanded_size = crate::document::bounds::expanded_size(&chunk[body_at(chunk)..]).unwrap();
        prop_assert_eq!((expanded_size.operations, expanded_size.predecessors), (change.len() as u64, 0));
    }

    #[test]
    fn whatever_is_taken_as_plain_reads_as_automerge_reads_it(
        operations in proptest::collection::vec(operation(), 1..7),
    ) {
        let change = change_of(operations, 1, 1);
        if let Some(first) = read_here(&change) {
            prop_assert_eq!(read_by_automerge(&change), Some(first));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    /// A body that is read here, Automerge would have taken, and read alike: so nothing that it refuses enters.
    #[test]
    fn a_spoilt_body_is_taken_only_as_automerge_takes_it(
        first in content(),
        spoilt in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in 0usize..3,
    ) {
        let mut chunk = first.encode(&actor(), 1_700_000_000_000).raw_bytes().to_vec();
        let body = body_at(&chunk);
        for (index, byte) in spoilt {
            let at = body + index.index(chunk.len() - body);
            chunk[at] = byte;
        }
        let shorter = chunk.len() - cut.min(chunk.len() - body);
        if body == 10 {
            chunk.truncate(shorter);
            chunk[9] = u8::try_from(chunk.len() - body).unwrap();
        }
        let chunk = sealed(chunk);
        if let Some(read) = read(&chunk[body..]) {
            let parsed = catch_unwind(|| Change::from_bytes(chunk.clone()).ok()).ok().flatten();
            prop_assert!(parsed.is_some(), "Automerge refuses what was taken");
            let parsed = parsed.unwrap();
            prop_assert_eq!(read_here(&parsed), Some(read.first.clone()));
            prop_assert_eq!(read_by_automerge(&parsed), Some(read.first));
        }
    }
}

#[test]
fn numbers_have_one_form_each() {
    use crate::document::columns::Bytes;
    for number in [
        0,
        1,
        63,
        64,
        127,
        128,
        u64::from(u32::MAX),
        u64::MAX >> 1,
        u64::MAX,
    ] {
        let mut bytes = Vec::new();
        leb128_unsigned(&mut bytes, number);
        assert_eq!(Bytes::new(&bytes).unsigned(), Some(number));
        let last = bytes.pop().unwrap();
        bytes.extend([last | 0x80, 0]);
        assert_eq!(
            Bytes::new(&bytes).unsigned(),
            None,
            "a longer form of {number}"
        );
    }
    for (number, bytes) in [
        (0, &[0][..]),
        (63, &[63]),
        (64, &[0xc0, 0]),
        (-1, &[0x7f]),
        (-64, &[0x40]),
        (-65, &[0xbf, 0x7f]),
        (
            i64::MAX,
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0],
        ),
        (
            i64::MIN,
            &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f],
        ),
    ] {
        assert_eq!(Bytes::new(bytes).signed(), Some(number));
    }
    for longer in [&[0x80, 0][..], &[0xff, 0x7f], &[0xbf, 0], &[0xc0, 0x7f]] {
        assert_eq!(Bytes::new(longer).signed(), None, "{longer:x?}");
    }
    let too_large = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2];
    assert_eq!(Bytes::new(&too_large).unsigned(), None);
    assert_eq!(Bytes::new(&too_large).signed(), None);
}

fn leb128_unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap());
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
    assert!(read_here(&change_of(vec![title()], 1, 1)).is_some());
    assert!(read_here(&change_of(vec![title()], 2, 1)).is_none());
    assert!(read_here(&change_of(vec![title()], 1, 5)).is_none());
    assert!(read_here(&change_of(vec![title(), title()], 1, 1)).is_none());
}
