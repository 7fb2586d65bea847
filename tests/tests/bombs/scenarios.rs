//! A bomb is refused when it arrives, and set aside where it lies already; everything else goes on.

use kept_core::limits;
use kept_core::model::account::AccountEdit;
use kept_core::model::ids::{Actor, DocId, Hash};
use kept_core::notebook::{DATABASE, DATABASE_KEY, KeptError, PastBasis, SecretStore};
use kept_core::store::{Key, Store};
use kept_core::wire::{GroupOutcome, ReasonCode, Reply};
use kept_tests::chunk::Chunk;
use kept_tests::{Company, Device, Scenario, account, quiesce, visit_entry};
use rusqlite::Connection;

use crate::columns::bombs;

/// A number of operations that no program expands.
const MANY: u64 = 100_000_000;

fn rename(device: &Device, id: DocId, name: &str) {
    let name = name.to_owned();
    let edits = vec![AccountEdit::Name { name }];
    device.notebook().edit_account(id, edits).unwrap();
}

fn name_of(device: &Device, id: DocId) -> String {
    device.notebook().account(id).unwrap().account.name
}

/// A change as it stands in a table: number, hash, actor, seq, last operation.
type StoredChangeRow = (i64, Hash, Actor, u64, u64);

/// The changes of a document in a notebook's file or a log, oldest first.
fn stored_changes(file: &Connection, doc: DocId, number: &str) -> Vec<StoredChangeRow> {
    let sql = format!(
        "SELECT {number}, hash, actor, seq, max_op FROM change WHERE doc = ?1 ORDER BY {number}"
    );
    let mut statement = file.prepare(&sql).unwrap();
    let rows = statement.query_map([doc], |row| {
        let unsigned = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            unsigned(3)?,
            unsigned(4)?,
        ))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Puts another change in the place of one.
fn replace(file: &Connection, number: &str, at: i64, chunk: &Chunk) -> Hash {
    let (bytes, hash) = chunk.seal();
    let sql = format!("UPDATE change SET hash = ?2, bytes = ?3 WHERE {number} = ?1");
    assert_eq!(file.execute(&sql, (at, hash, bytes)).unwrap(), 1);
    hash
}

/// Of a document with a first change and two that follow it, makes the second a bomb, and the third one that
/// builds on it.
fn poison(file: &Connection, doc: DocId, number: &str) {
    let [first, second, third] = stored_changes(file, doc, number).try_into().unwrap();
    let (_, root, actor, _, last) = first;
    let bomb = Chunk::puts(actor, MANY).after(&[root], second.3, last + 1);
    let bomb = replace(file, number, second.0, &bomb);
    let later = Chunk::puts(actor, 2).after(&[bomb], third.3, last + MANY + 1);
    replace(file, number, third.0, &later);
}

fn notebook_file(device: &Device) -> Store {
    let key = device.secrets().load(DATABASE_KEY.into()).unwrap().unwrap();
    let key: Key = key.try_into().unwrap();
    Store::open(&device.folder().join(DATABASE), Some(&key)).unwrap()
}

/// Sends bombs in place of what the device has written, and returns the answer.
fn send_instead(device: &Device, chunks: Vec<Chunk>) -> Reply {
    device.network().take_recorded();
    device.network().rewrite(move |request| {
        let changes = request
            .groups
            .iter_mut()
            .flat_map(|group| &mut group.changes);
        for (change, chunk) in changes.zip(&chunks) {
            let (bytes, hash) = chunk.seal();
            (change.bytes, change.hash) = (bytes.into(), hash);
        }
    });
    // The changes that come back are not those that were written here: only the answer counts.
    let _ = device.try_sync();
    device.network().online();
    let passed = device.network().take_recorded();
    passed.into_iter().find_map(|it| it.reply()).unwrap()
}

fn codes(reply: &Reply) -> Vec<ReasonCode> {
    let refused = |result: &kept_core::wire::GroupResult| match &result.outcome {
        GroupOutcome::Refused(reasons) => ReasonCode::from_number(reasons[0].code),
        other => panic!("not refused: {other:?}"),
    };
    reply.results.iter().map(refused).collect()
}

#[test]
pub(super) fn a_bomb_is_refused_in_milliseconds_and_its_author_sees_why() {
    let scenario = Scenario::begin("a bomb at the door");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    alice.sync();
    let bombs = bombs();
    for _ in &bombs {
        alice
            .notebook()
            .log_visit(visit_entry(None, "dust"))
            .unwrap();
    }
    let heads = company.heads();
    let began = crate::boot_ms();
    let reply = send_instead(&alice, bombs.iter().map(|(_, bomb)| bomb.clone()).collect());
    let took = crate::boot_ms() - began;
    scenario.log(format!(
        "{} bombs took {took} ms with everything",
        bombs.len()
    ));
    for (code, (what, _)) in codes(&reply).into_iter().zip(&bombs) {
        assert!(
            matches!(code, ReasonCode::TooManyOperations | ReasonCode::Malformed),
            "{what}: {code:?}"
        );
    }
    assert_eq!(codes(&reply)[0], ReasonCode::TooManyOperations);
    assert_eq!(company.heads(), heads, "nothing of it is stored");
    assert!(alice.outbox()[0].contains("refused reason-too-many-operations"));
    assert_eq!(alice.status().unsent.len(), bombs.len(), "nothing is lost");
    bob.sync();
    quiesce(&[&bob]);
}

#[test]
fn one_bomb_takes_the_server_milliseconds() {
    let scenario = Scenario::begin("one bomb");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice.sync();
    let mut best = i64::MAX;
    for many in [MANY, MANY + 1, MANY + 2] {
        alice
            .notebook()
            .log_visit(visit_entry(None, "dust"))
            .unwrap();
        let actor = Actor([3; 16]);
        let began = crate::boot_ms();
        let reply = send_instead(&alice, vec![Chunk::puts(actor, many)]);
        best = best.min(crate::boot_ms() - began);
        assert_eq!(codes(&reply), [ReasonCode::TooManyOperations]);
    }
    scenario.log(format!(
        "a bomb is refused in {best} ms, the way there included"
    ));
    assert!(best < 2_000, "{best} ms");
}

#[test]
fn many_small_bombs_in_one_document_are_refused_together() {
    let scenario = Scenario::begin("small bombs");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    alice.sync();
    let file = notebook_file(&alice);
    let [first] = stored_changes(file.read(), id, "id").try_into().unwrap();
    drop(file);
    let (_, root, actor, _, last) = first;
    let next = |deps: Hash, seq, start| Chunk::puts(actor, 12_000).after(&[deps], seq, start);
    let second = next(root, 2, last + 1);
    let third = next(second.seal().1, 3, last + 12_001);

    rename(&alice, id, "Quarry 2");
    rename(&alice, id, "Quarry 3");
    let reply = send_instead(&alice, vec![second, third]);
    assert_eq!(reply.results[0].outcome, GroupOutcome::Stored);
    assert_eq!(codes_of(&reply, 1), [ReasonCode::TooManyOperations]);
}

fn codes_of(reply: &Reply, group: usize) -> Vec<ReasonCode> {
    match &reply.results[group].outcome {
        GroupOutcome::Refused(reasons) => reasons
            .iter()
            .map(|reason| ReasonCode::from_number(reason.code))
            .collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn numbers_that_leave_no_room_for_later_ones_are_refused() {
    let scenario = Scenario::begin("numbers");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    alice.sync();
    let file = notebook_file(&alice);
    let [first] = stored_changes(file.read(), id, "id").try_into().unwrap();
    drop(file);
    let (_, root, actor, _, last) = first;
    rename(&alice, id, "Quarry 2");
    let far = Chunk::puts(actor, 1).after(&[root], 2, last + 2);
    let reply = send_instead(&alice, vec![far]);
    assert_eq!(codes(&reply), [ReasonCode::Malformed]);
}

#[test]
pub(super) fn a_notebook_with_a_bomb_shows_the_rest_and_is_written_upon_the_rest() {
    let scenario = Scenario::begin("a bomb in a notebook");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    let other = alice.notebook().create_account(account("Mill")).unwrap();
    alice.sync();
    rename(&alice, id, "Bomb");
    rename(&alice, id, "After the bomb");

    scenario.step("an older program has stored a bomb, and built on it");
    alice.shut();
    let file = notebook_file(&alice);
    poison(file.read(), id, "id");
    drop(file);
    alice.reopen();
    alice.notebook().rebuild().unwrap();

    scenario.step("what came before it is shown; it is named with its reason");
    assert_eq!(name_of(&alice, id), "Quarry");
    assert_eq!(name_of(&alice, other), "Mill");
    let status = alice.status();
    let reasons: Vec<&str> = status
        .set_aside
        .iter()
        .map(|it| it.reason.key.as_str())
        .collect();
    assert_eq!(reasons.len(), 2);
    assert!(reasons.contains(&"aside-unbounded") && reasons.contains(&"aside-depends-on"));
    assert!(status.quarantined.is_empty());
    assert!(
        status
            .notes
            .iter()
            .any(|note| note.key == "status-set-aside")
    );
    let checkup = alice.notebook().verify().unwrap();
    assert_eq!((checkup.set_aside.len(), checkup.stale.len()), (2, 0));
    assert!(checkup.broken.is_empty(), "{:?}", checkup.broken);
    let history = alice.notebook().history(id).unwrap();
    let aside: Vec<bool> = history
        .iter()
        .map(|line| line.set_aside.is_some())
        .collect();
    assert_eq!(aside, [false, true, true]);
    let past = alice
        .notebook()
        .history_at(id, alice.now(), PastBasis::Written)
        .unwrap();
    assert_eq!(past.account.unwrap().name, "Quarry");
    assert!(alice.notebook().verify_history(id).is_ok());

    scenario.step("she goes on, and what she writes reaches everybody");
    rename(&alice, id, "Quarry, new owner");
    assert_eq!(name_of(&alice, id), "Quarry, new owner");
    alice.sync();
    bob.sync();
    assert_eq!(name_of(&bob, id), "Quarry, new owner");
    assert!(bob.status().set_aside.is_empty());
    assert_eq!(
        alice.outbox(),
        [
            "refused reason-too-many-operations",
            "refused reason-depends-refused"
        ]
    );
    rename(&bob, id, "Quarry, Bob's");
    bob.sync();
    alice.sync();
    assert_eq!(name_of(&alice, id), "Quarry, Bob's");
    alice.assert_projection_equals_rebuild();
    assert_eq!(alice.status().set_aside.len(), 2);
}

#[test]
pub(super) fn a_server_with_a_bomb_starts_and_its_phones_show_the_rest() {
    let scenario = Scenario::begin("a bomb in the log");
    let mut company = Company::found(&scenario);
    let alice = company.alice();
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    let other = alice.notebook().create_account(account("Mill")).unwrap();
    rename(&alice, id, "Bomb");
    rename(&alice, id, "After the bomb");
    alice.sync();

    scenario.step("the log of an older server holds it");
    company.stop_server();
    let log = Connection::open(company.data().join("log.sqlite")).unwrap();
    poison(&log, id, "number");
    // As a server that counted nothing left it.
    log.execute("UPDATE place SET operations = -1", []).unwrap();
    drop(log);
    company.restart_server();

    scenario.step("the office and a new phone read it all");
    let office = company.office();
    office.sync();
    company.settle();
    let bob = company.bob();
    bob.sync();
    for notebook in [office.notebook(), bob.notebook()] {
        assert_eq!(notebook.account(id).unwrap().account.name, "Quarry");
        assert_eq!(notebook.account(other).unwrap().account.name, "Mill");
        assert_eq!(notebook.status().unwrap().set_aside.len(), 2);
    }

    scenario.step("both go on with it");
    rename(&bob, id, "Quarry, Bob's");
    bob.sync();
    assert_eq!(bob.outbox(), Vec::<String>::new());
    let carl = company.device(
        "Carl",
        kept_core::model::registry::Role::Technician,
        &["north"],
    );
    carl.sync();
    assert_eq!(name_of(&carl, id), "Quarry, Bob's");
    assert_eq!(carl.status().set_aside.len(), 2);
    carl.reopen();
    carl.assert_projection_equals_rebuild();
}

#[test]
fn a_document_that_is_a_bomb_from_the_beginning_is_named_and_the_rest_is_shown() {
    let scenario = Scenario::begin("a bomb at the beginning");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    let other = alice.notebook().create_account(account("Mill")).unwrap();
    alice.shut();
    let file = notebook_file(&alice);
    let [first] = stored_changes(file.read(), id, "id").try_into().unwrap();
    replace(file.read(), "id", first.0, &Chunk::puts(first.2, MANY));
    drop(file);
    alice.reopen();
    alice.notebook().rebuild().unwrap();
    assert!(alice.notebook().account(id).is_err());
    assert_eq!(name_of(&alice, other), "Mill");
    let status = alice.status();
    assert_eq!((status.quarantined.len(), status.set_aside.len()), (1, 1));
    assert!(alice.notebook().history(id).unwrap()[0].set_aside.is_some());
    assert!(alice.notebook().verify().is_ok());
}

#[test]
fn a_bomb_from_a_hostile_server_is_set_aside_and_the_feed_goes_on() {
    let scenario = Scenario::begin("a hostile server");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let id = alice.notebook().create_account(account("Quarry")).unwrap();
    quiesce(&[&alice, &bob]);
    let file = notebook_file(&alice);
    let [first] = stored_changes(file.read(), id, "id").try_into().unwrap();
    drop(file);
    let bomb = Chunk::puts(first.2, MANY).after(&[first.1], 2, first.4 + 1);
    rename(&alice, id, "Quarry 2");
    let other = alice.notebook().create_account(account("Mill")).unwrap();
    alice.sync();
    bob.network().corrupt_next_answer(move |reply| {
        let rows = reply.pages.iter_mut().flat_map(|page| &mut page.rows);
        let row = rows.into_iter().find(|row| row.doc == Some(id)).unwrap();
        let (bytes, hash) = bomb.seal();
        (row.bytes, row.hash) = (Some(bytes.into()), Some(hash));
    });
    bob.sync();
    assert_eq!(name_of(&bob, id), "Quarry");
    assert_eq!(bob.status().set_aside.len(), 1);
    assert_eq!(name_of(&bob, other), "Mill");
    bob.reopen();
    bob.assert_projection_equals_rebuild();
}

#[test]
fn what_would_exceed_a_document_is_refused_at_the_tap_and_changes_nothing() {
    let scenario = Scenario::begin("a document at its limit");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let mut draft = account("Quarry");
    draft.notes = "n".repeat(3_900);
    let id = alice.notebook().create_account(draft).unwrap();
    rename(&alice, id, "to be replaced");
    alice.shut();
    let file = notebook_file(&alice);
    let [first, second] = stored_changes(file.read(), id, "id").try_into().unwrap();
    let bytes = |at: i64| {
        let sql = "SELECT length(bytes) FROM change WHERE id = ?1";
        let bytes = file.read().query_row(sql, [at], |row| row.get::<_, i64>(0));
        bytes.unwrap().unsigned_abs()
    };
    // The operations that the document may still have, but for some hundred.
    let room = limits::DOCUMENT_OPERATIONS
        + limits::DOCUMENT_OPERATIONS_PER_BYTE * (bytes(first.0) + 100)
        - first.4;
    let full = Chunk::puts(first.2, room - 500).after(&[first.1], 2, first.4 + 1);
    replace(file.read(), "id", second.0, &full);
    drop(file);
    alice.reopen();
    alice.notebook().rebuild().unwrap();
    assert_eq!(alice.status().set_aside, []);
    let outbox = alice.outbox();

    let nothing = vec![AccountEdit::Notes {
        text: String::new(),
        was: None,
    }];
    let refused = alice.notebook().edit_account(id, nothing);
    let Err(KeptError::Invalid { reason, .. }) = refused else {
        panic!("not refused: {refused:?}");
    };
    assert_eq!(reason.key, "error-rewritten-too-often");
    assert_eq!(
        alice.notebook().account(id).unwrap().account.notes.len(),
        3_900
    );
    assert_eq!(alice.outbox(), outbox);
    // An edit that adds more than it takes away goes through.
    rename(&alice, id, "Quarry, with a longer name");
    assert_eq!(name_of(&alice, id), "Quarry, with a longer name");
}
