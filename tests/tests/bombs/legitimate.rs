//! Changes of honest programs are taken, whatever they write; changes that are taken expand to no more than the bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue};
use kept_core::document::bounds::expanded_size;
use kept_core::document::chunk::CheckedChange;
use kept_core::document::{LoadedDocument, text_of};
use kept_core::limits;
use kept_core::model::account::{AccountEdit, ContactPointKind};
use kept_core::model::ids::{Actor, DocId, Hash};
use kept_core::model::visit::VisitEdit;
use kept_tests::chunk::{Chunk, column, run, seal, signed, text, unsigned};
use kept_tests::{Company, Device, Scenario, account, main_phone, quiesce, visit_entry};
use proptest::prelude::*;

/// Synchronises until everything is sent, and nothing may be refused.
fn send_all(device: &Device) {
    let report = device.sync();
    assert_eq!(
        (report.refused, report.held),
        (0, 0),
        "{:?}",
        device.outbox()
    );
    assert_eq!(device.outbox(), Vec::<String>::new());
}

#[test]
fn the_longest_texts_are_replaced_again_and_again_and_nothing_is_refused() {
    let scenario = Scenario::begin("long texts");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    let visit = alice
        .notebook()
        .log_visit(visit_entry(Some(id), ""))
        .unwrap()
        .visit;
    let long = |letter: &str| letter.repeat(limits::TEXT_CHARS);
    let all = |text: String| {
        vec![
            AccountEdit::Notes {
                text: text.clone(),
                was: None,
            },
            AccountEdit::Uses {
                text: text.clone(),
                was: None,
            },
            AccountEdit::MustNotFail { text, was: None },
        ]
    };
    for (device, letter) in [(&alice, "a"), (&bob, "🎉")] {
        bob.sync();
        alice.sync();
        let texts = all(long(letter));
        device.notebook().edit_account(id, texts).unwrap();
        send_all(device);
        scenario.log("and all of it is taken away at once");
        let nothing = all(String::new());
        device.notebook().edit_account(id, nothing).unwrap();
        send_all(device);
    }
    for letter in ["b", "ß"] {
        let said = VisitEdit::Said {
            text: long(letter),
            was: None,
        };
        alice.notebook().edit_visit(visit, vec![said]).unwrap();
        send_all(&alice);
    }
    quiesce(&[&alice, &bob]);
    assert_eq!(alice.notebook().account(id).unwrap().account.notes, "");
    assert!(alice.status().set_aside.is_empty());
}

#[test]
fn the_largest_group_and_the_largest_cards_are_taken() {
    let scenario = Scenario::begin("large groups");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let mut draft = account("Quarry");
    for number in 0..limits::LIST_ENTRIES {
        let mut contact_point = main_phone(&format!("+49 30 {number}"));
        (contact_point.id, contact_point.kind) = (None, ContactPointKind::Phone);
        draft.contact_points.push(contact_point);
        draft.tags.push(format!("tag {number}"));
    }
    draft.notes = "n".repeat(limits::TEXT_CHARS);
    alice.notebook().create_account(draft).unwrap();
    let mut large = visit_entry(None, &"s".repeat(limits::TEXT_CHARS));
    for number in 0..limits::GROUP_CHANGES - 1 {
        large.usages.push(kept_core::model::visit::UsageDraft {
            doing: format!("turns it {number} times"),
            ..Default::default()
        });
    }
    alice.notebook().log_visit(large).unwrap();
    send_all(&alice);
    quiesce(&[&alice]);
}

/// A document with whatever one can do to it, as changes of two people.
fn busy(steps: &[(u8, u8, String)]) -> Vec<automerge::Change> {
    let mut one = Automerge::new().with_actor(ActorId::from([1; 16]));
    let mut tx = one.transaction();
    let notes = tx.put_object(ROOT, "notes", ObjType::Text).unwrap();
    let list = tx.put_object(ROOT, "list", ObjType::List).unwrap();
    let map = tx.put_object(ROOT, "map", ObjType::Map).unwrap();
    tx.put(ROOT, "counter", ScalarValue::counter(1)).unwrap();
    tx.commit_with(CommitOptions::default().with_message("begun"));
    let mut other = one.fork().with_actor(ActorId::from([2; 16]));
    for (who, what, words) in steps {
        let doc = if who % 2 == 0 { &mut one } else { &mut other };
        let mut tx = doc.transaction();
        let length = tx.text(&notes).unwrap().chars().count();
        match what % 9 {
            0 => drop(tx.update_text(&notes, words)),
            1 => drop(tx.put(&map, words.as_str(), i64::from(*who))),
            2 => drop(tx.delete(&map, words.as_str())),
            3 => drop(tx.insert(&list, 0, words.as_str())),
            4 => drop(tx.increment(ROOT, "counter", i64::from(*who))),
            5 => {
                let mark = Mark::new("bold".into(), true, 0, length);
                drop(tx.mark(&notes, mark, ExpandMark::Both));
            }
            6 => drop(tx.put_object(&map, words.as_str(), ObjType::Map)),
            7 => drop(tx.put(&map, "f", 1.5)),
            _ => drop(tx.splice_text(&notes, 0, length.min(3).cast_signed(), words)),
        }
        tx.commit();
        if who % 5 == 0 {
            one.merge(&mut other).unwrap();
            other.merge(&mut one).unwrap();
        }
    }
    one.merge(&mut other).unwrap();
    one.get_changes(&[])
}

/// The bytes after the header of a chunk.
fn body(chunk: &[u8]) -> &[u8] {
    let length = chunk[9..].iter().take_while(|byte| **byte >= 0x80).count();
    &chunk[10 + length..]
}

fn predecessors(change: &automerge::Change) -> u64 {
    let operations = change.decode().operations;
    operations.iter().map(|op| op.pred.len() as u64).sum()
}

proptest! {
    /// A change that Automerge writes is taken, and counted as Automerge counts it.
    #[test]
    fn whatever_automerge_writes_is_counted_as_it_is(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), "\\PC{0,20}"), 0..30),
    ) {
        for change in busy(&steps) {
            let expanded_size = expanded_size(body(change.raw_bytes())).unwrap();
            prop_assert_eq!(expanded_size.operations, change.len() as u64);
            prop_assert_eq!(expanded_size.predecessors, predecessors(&change));
            let hash = Hash(change.hash().0);
            prop_assert!(CheckedChange::parse(change.raw_bytes(), hash).is_ok());
        }
    }
}

/// A column of any kind, filled with runs and noise.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let number = prop_oneof![
        4 => 0u64..9,
        2 => Just(limits::CHANGE_OPERATIONS),
        1 => any::<u64>().prop_map(|number| number >> 1),
    ];
    let piece = prop_oneof![
        4 => (number.clone(), 0u64..300).prop_map(|(n, value)| run(n, &unsigned(value))),
        2 => number.clone().prop_map(unsigned),
        1 => any::<i64>().prop_map(signed),
        1 => "[a-z]{0,4}".prop_map(|word| text(&word)),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]
    /// A change that passes the bounds expands to no more in Automerge.
    #[test]
    fn nothing_that_passes_expands_beyond_the_bounds(
        columns in prop::collection::vec((prop::sample::select(vec![
            column::OBJECT_ACTOR, column::OBJECT, column::KEY_ACTOR, column::KEY, column::KEY_TEXT,
            column::INSERT, column::ACTION, column::VALUE_TYPE, column::VALUE, column::PREDECESSORS,
            column::PREDECESSOR_ACTOR, column::PREDECESSOR, column::EXPAND, column::MARK_NAME, 0x206, 0x210,
        ]), noise()), 0..6),
    ) {
        let mut chunk = Chunk::puts(Actor([7; 16]), 3);
        for (name, data) in columns {
            chunk = chunk.with(name, data);
        }
        no_more_than_bounded(&chunk.seal().0)?;
    }

    /// Nor does an honest change in which bytes were changed.
    #[test]
    fn nothing_that_was_spoilt_expands_beyond_the_bounds(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), "\\PC{0,9}"), 1..4),
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        for change in busy(&steps) {
            let mut body = body(change.raw_bytes()).to_vec();
            for (index, byte) in &spoilt {
                let at = index.index(body.len());
                body[at] = *byte;
            }
            no_more_than_bounded(&seal(&body).0)?;
        }
    }

    #[test]
    fn no_bytes_make_the_bounds_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = expanded_size(&bytes);
        let (chunk, hash) = seal(&bytes);
        let _ = CheckedChange::parse(&chunk, hash);
        let _ = CheckedChange::stored(&chunk, hash);
    }
}

fn no_more_than_bounded(chunk: &[u8]) -> Result<(), TestCaseError> {
    let Ok(expanded_size) = expanded_size(body(chunk)) else {
        return Ok(());
    };
    prop_assert!(expanded_size.operations <= limits::CHANGE_OPERATIONS);
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        automerge::Change::from_bytes(chunk.to_vec()).ok()
    }));
    if let Ok(Some(change)) = parsed {
        prop_assert_eq!(change.len() as u64, expanded_size.operations);
        let counted = catch_unwind(AssertUnwindSafe(|| predecessors(&change)));
        prop_assert!(counted.is_ok_and(|counted| counted <= expanded_size.predecessors));
    }
    Ok(())
}

/// The largest of everything that is taken, after a first change with a map and a text.
fn worst(first: Hash, actor: Actor) -> Vec<(&'static str, Chunk)> {
    use column::{
        ACTION, INSERT, KEY, KEY_ACTOR, KEY_TEXT, OBJECT, OBJECT_ACTOR, PREDECESSORS, VALUE_TYPE,
    };
    let most = limits::CHANGE_OPERATIONS;
    let puts = || Chunk::puts(actor, most).after(&[first], 2, 6);
    let letters = |count: u64| -> Vec<u8> { run(count, &unsigned((1 << 4) | 6)) };
    let mut nested = vec![signed(-12_000)];
    nested.extend((0..12_000).map(|at| unsigned(if at == 0 { 2 } else { 5 + at })));
    let text_of = |count: u64, keys: Vec<u8>| {
        puts()
            .with(OBJECT_ACTOR, run(count, &unsigned(0)))
            .with(OBJECT, run(count, &unsigned(1)))
            .with(KEY, keys)
            .with(KEY_TEXT, vec![])
            .with(INSERT, [unsigned(0), unsigned(count)].concat())
            .with(ACTION, run(count, &unsigned(1)))
            .with(VALUE_TYPE, letters(count))
            .with(column::VALUE, vec![b'x'; usize::try_from(count).unwrap()])
            .with(PREDECESSORS, run(count, &unsigned(0)))
    };
    vec![
        ("puts of one key", puts()),
        (
            "long keys",
            puts().with(KEY_TEXT, run(most, &text("12345678"))),
        ),
        (
            "predecessors",
            puts()
                .with(
                    PREDECESSORS,
                    [run(1, &unsigned(most)), run(most - 1, &unsigned(0))].concat(),
                )
                .with(column::PREDECESSOR_ACTOR, run(most, &unsigned(0)))
                .with(
                    column::PREDECESSOR,
                    [
                        signed(1),
                        signed(3),
                        signed(most.cast_signed() - 1),
                        signed(0),
                    ]
                    .concat(),
                ),
        ),
        (
            "maps in maps",
            puts()
                .with(OBJECT_ACTOR, run(12_000, &unsigned(0)))
                .with(OBJECT, nested.concat())
                .with(KEY_TEXT, run(12_000, &text("k")))
                .with(INSERT, unsigned(12_000))
                .with(ACTION, run(12_000, &unsigned(0)))
                .with(VALUE_TYPE, run(12_000, &unsigned(0)))
                .with(PREDECESSORS, run(12_000, &unsigned(0))),
        ),
        (
            "letters at the beginning",
            text_of(40_000, [signed(40_000), signed(0)].concat()),
        ),
        (
            "counters",
            puts()
                .with(KEY_TEXT, run(40_000, &text("c")))
                .with(INSERT, unsigned(40_000))
                .with(ACTION, run(40_000, &unsigned(5)))
                .with(VALUE_TYPE, run(40_000, &unsigned((1 << 4) | 4)))
                .with(column::VALUE, vec![1; 40_000])
                .with(PREDECESSORS, run(40_000, &unsigned(1)))
                .with(column::PREDECESSOR_ACTOR, run(40_000, &unsigned(0)))
                .with(
                    column::PREDECESSOR,
                    [run(1, &signed(3)), run(39_999, &signed(0))].concat(),
                ),
        ),
        (
            "marks",
            text_of(40_000, [signed(40_000), signed(0)].concat())
                .with(ACTION, run(40_000, &unsigned(7)))
                .with(VALUE_TYPE, run(40_000, &unsigned(2)))
                .with(column::VALUE, vec![])
                .with(column::EXPAND, [unsigned(0), unsigned(40_000)].concat())
                .with(column::MARK_NAME, run(40_000, &text("bold")))
                .with(KEY_ACTOR, vec![]),
        ),
    ]
}

#[test]
pub(super) fn the_worst_that_is_taken_is_applied_read_and_written() {
    let actor = Actor([7; 16]);
    let mut doc = Automerge::new().with_actor(ActorId::from(actor.0));
    let mut tx = doc.transaction();
    tx.put_object(ROOT, "notes", ObjType::Text).unwrap();
    tx.put_object(ROOT, "more", ObjType::Map).unwrap();
    tx.put(ROOT, "c", ScalarValue::counter(1)).unwrap();
    tx.put(ROOT, "k", "first").unwrap();
    tx.put(ROOT, "l", "last").unwrap();
    tx.commit();
    let first = doc.get_last_local_change().unwrap();
    let checked = |bytes: &[u8], hash| CheckedChange::parse(bytes, hash).unwrap();
    let hash = Hash(first.hash().0);
    for (what, chunk) in worst(hash, actor) {
        let began = crate::boot_ms();
        let (bytes, later) = chunk.seal();
        let changes = [
            (checked(first.raw_bytes(), hash), None),
            (
                CheckedChange::parse(&bytes, later).unwrap_or_else(|e| panic!("{what}: {e}")),
                None,
            ),
        ];
        let loaded = LoadedDocument::load(DocId([1; 16]), changes);
        let read = loaded.as_ref().map(|loaded| text_of(loaded, "notes").len());
        let said = read.as_ref().map_err(ToString::to_string);
        println!(
            "{what}: {} bytes, {said:?}, {} ms",
            bytes.len(),
            crate::boot_ms() - began
        );
    }
}
