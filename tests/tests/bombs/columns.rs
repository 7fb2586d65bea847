//! One column after the other says more than it has.

use kept_core::document::chunk::{CheckedChange, ChunkError};
use kept_core::limits;
use kept_core::model::ids::Actor;
use kept_tests::chunk::{Chunk, column, nulls, run, signed, text, unsigned};

const ACTOR: Actor = Actor([7; 16]);
/// The counts that columns claim: the numbers just above the limit, of the find, and of the format.
const MANY: [u64; 4] = [
    limits::CHANGE_OPERATIONS + 1,
    100_000_000,
    1 << 40,
    i64::MAX.cast_unsigned(),
];

/// A change of a few operations with one column that claims too much.
pub fn bombs() -> Vec<(String, Chunk)> {
    let honest = || Chunk::puts(ACTOR, 3);
    let mut bombs = vec![];
    for many in MANY {
        let mut add = |what: &str, chunk: Chunk| bombs.push((format!("{what} {many}"), chunk));
        add("operations", Chunk::puts(ACTOR, many));
        add(
            "predecessors of one operation",
            honest()
                .with(column::PREDECESSORS, run(3, &unsigned(many)))
                .with(column::PREDECESSOR_ACTOR, run(many, &unsigned(0)))
                .with(column::PREDECESSOR, run(many, &signed(0))),
        );
        add(
            "predecessors without their numbers",
            honest().with(column::PREDECESSORS, run(3, &unsigned(many))),
        );
        let wide = |data: Vec<u8>, name| honest().with(name, data);
        for (name, value) in [
            (column::OBJECT_ACTOR, unsigned(0)),
            (column::OBJECT, unsigned(1)),
            (column::KEY_ACTOR, unsigned(0)),
            (column::KEY, signed(1)),
            (column::KEY_TEXT, text("k")),
            (column::ACTION, unsigned(1)),
            (column::VALUE_TYPE, unsigned(0)),
            (column::PREDECESSORS, unsigned(0)),
            (column::PREDECESSOR_ACTOR, unsigned(0)),
            (column::PREDECESSOR, signed(1)),
            (column::MARK_NAME, text("bold")),
            // Of a version to come: alone, with values, and in a group.
            (0x201, unsigned(0)),
            (0x202, unsigned(0)),
            (0x203, signed(1)),
            (0x205, text("k")),
            (0x206, unsigned(0)),
            (0x210, unsigned(9)),
        ] {
            add(
                &format!("cells of {name:#x}"),
                wide(run(many, &value), name),
            );
            add(&format!("nulls of {name:#x}"), wide(nulls(many), name));
        }
        for name in [column::INSERT, column::EXPAND, 0x204] {
            add(&format!("flags of {name:#x}"), wide(unsigned(many), name));
            let two = [unsigned(many), unsigned(many)].concat();
            add(&format!("twice the flags of {name:#x}"), wide(two, name));
        }
        add(
            "members of an unknown group",
            honest()
                .with(0x220, run(3, &unsigned(many)))
                .with(0x222, run(many, &unsigned(0))),
        );
        add(
            "bytes of a value",
            wide(run(1, &unsigned((many << 4) | 7)), column::VALUE_TYPE),
        );
        add(
            "literal cells that are not there",
            wide(signed(-many.cast_signed()), column::ACTION),
        );
        add(
            "letters of a key that are not there",
            wide(run(3, &unsigned(many)), column::KEY_TEXT),
        );
    }
    bombs.push((
        "the smallest number as a count".into(),
        honest().with(column::ACTION, signed(i64::MIN)),
    ));
    for value in [7, 6, 15, 0] {
        bombs.push((
            format!("values of the type {value} read again and again"),
            Chunk::puts(ACTOR, 100_000)
                .with(
                    column::VALUE_TYPE,
                    run(100_000, &unsigned((1000 << 4) | value)),
                )
                .with(column::VALUE, vec![b'x'; 1000]),
        ));
    }
    let key = "k".repeat(40_000);
    bombs.push((
        "a long key again and again".into(),
        Chunk::puts(ACTOR, 100_000).with(column::KEY_TEXT, run(100_000, &text(&key))),
    ));
    bombs.push((
        "a long name of marks again and again".into(),
        Chunk::puts(ACTOR, 100_000).with(column::MARK_NAME, run(100_000, &text(&key))),
    ));
    bombs.push((
        "a column that is deflated".into(),
        Chunk::puts(ACTOR, 3).with(column::VALUE_TYPE | 8, vec![0x4b, 0x04, 0]),
    ));
    let mut numbered = Chunk::puts(ACTOR, 3);
    numbered.start_op = u64::from(u32::MAX) - 1;
    bombs.push(("numbers at their end".into(), numbered));
    let mut crowd = Chunk::puts(ACTOR, 3);
    crowd.others = vec![vec![]; 40_000];
    bombs.push(("40,000 actors without a name".into(), crowd.clone()));
    crowd.others = vec![vec![9; 16]; 2_000];
    bombs.push(("one actor named 2,000 times".into(), crowd));
    bombs
}

#[test]
fn the_encoder_writes_what_automerge_reads() {
    for operations in [1, 3, 100] {
        let (bytes, hash) = Chunk::puts(ACTOR, operations).seal();
        let change = CheckedChange::parse(&bytes, hash).unwrap();
        assert_eq!(
            (change.actor(), change.operations(), change.max_op()),
            (ACTOR, operations, operations)
        );
        let theirs = automerge::Change::from_bytes(bytes).unwrap();
        assert_eq!(theirs.len() as u64, operations);
    }
}

#[test]
pub(super) fn what_claims_too_much_is_refused_at_once() {
    let began = crate::boot_ms();
    let bombs = bombs();
    for (what, chunk) in &bombs {
        let (bytes, hash) = chunk.seal();
        let refused = CheckedChange::parse(&bytes, hash);
        assert!(
            matches!(
                refused,
                Err(ChunkError::Unbounded(_) | ChunkError::Malformed(_))
            ),
            "{what}: {refused:?}"
        );
    }
    // Each takes microseconds; a program that counts one of them takes seconds.
    let took = crate::boot_ms() - began;
    println!("{} bombs took {took} ms", bombs.len());
    assert!(took < 2_000, "{took} ms");
}

#[test]
fn a_column_that_says_just_enough_is_taken() {
    let most = limits::CHANGE_OPERATIONS;
    let (bytes, hash) = Chunk::puts(ACTOR, most).seal();
    let change = CheckedChange::parse(&bytes, hash).unwrap();
    assert_eq!(change.operations(), most);
}

#[test]
fn numbers_in_a_longer_form_and_empty_runs_are_no_encoders() {
    let overlong = |mut bytes: Vec<u8>| {
        let last = bytes.pop().unwrap();
        bytes.extend([last | 0x80, 0]);
        bytes
    };
    for (name, data) in [
        (column::ACTION, [overlong(signed(3)), unsigned(1)].concat()),
        (column::ACTION, [signed(3), overlong(unsigned(1))].concat()),
        (column::INSERT, overlong(unsigned(3))),
        (column::OBJECT, nulls(0)),
        (column::OBJECT, [nulls(0), nulls(3)].concat()),
        (column::ACTION, vec![0x80; 40]),
        (column::ACTION, vec![0xff; 40]),
    ] {
        let (bytes, hash) = Chunk::puts(ACTOR, 3).with(name, data.clone()).seal();
        let refused = CheckedChange::parse(&bytes, hash);
        assert!(
            matches!(refused, Err(ChunkError::Malformed(_))),
            "{name:#x} {data:x?}: {refused:?}"
        );
    }
}
