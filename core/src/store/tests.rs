//! Files and their keys, and what a group and a page must leave behind.

use rusqlite::{Connection, Transaction};

use super::matches::Matches;
use super::outbox::GroupState;
use super::*;
use crate::document::chunk::CheckedChange;
use crate::environment::random_bytes;
use crate::limits;
use crate::model::account::{AccountEdit, ContactPointDraft, ContactPointKind};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, GroupId, Hash, InstallationId};
use crate::model::placement::{DocumentKind, Placement};
use crate::model::visit::VisitDraft;
use crate::testing::{ANN, NOON, StoreFixture};
use crate::wire::{Entered, Page, ReasonCode, Receipt, Row, checksum_of, row_kind};

impl StoreFixture {
    fn rename(&mut self, doc: DocId, name: &str) -> GroupId {
        let edits = vec![AccountEdit::Name { name: name.into() }];
        let operation = Operation::EditAccount(edits);
        self.write(ANN, &[Edit { doc, operation }]).unwrap()
    }

    fn titles(&self) -> Vec<String> {
        let rows = queries::accounts(self.store.read(), false, 100, 0).unwrap();
        rows.into_iter().map(|row| row.title).collect()
    }
}

/// The kinds of documents that lists show.
const SHOWN: [DocumentKind; 4] = [
    DocumentKind::Account,
    DocumentKind::Visit,
    DocumentKind::Usage,
    DocumentKind::Promise,
];

#[test]
fn a_file_is_opened_by_its_key_only() {
    let fixture = StoreFixture::new();
    let path = fixture.path();
    drop(fixture.store);
    assert!(matches!(
        Store::open(&path, Some(&[2; 32])),
        Err(StoreError::WrongKey)
    ));
    assert!(matches!(
        Store::open(&path, None),
        Err(StoreError::WrongKey)
    ));
    assert!(
        Store::open(&path, Some(&[1; 32]))
            .unwrap()
            .integrity()
            .is_empty()
    );
    assert!(
        !std::fs::read(&path)
            .unwrap()
            .starts_with(b"SQLite format 3")
    );
}

#[test]
fn a_file_from_a_newer_version_is_refused_and_left_as_it_is() {
    let fixture = StoreFixture::new();
    let path = fixture.path();
    fixture
        .store
        .read()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    drop(fixture.store);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        Store::open(&path, Some(&[1; 32])),
        Err(StoreError::Newer { found: 99, .. })
    ));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_tap_that_is_too_large_leaves_nothing() {
    let mut fixture = StoreFixture::new();
    let many: Vec<Edit> = (0..=limits::GROUP_CHANGES)
        .map(|_| Edit {
            doc: fixture.doc(),
            operation: Operation::CreateVisit(VisitDraft::default()),
        })
        .collect();
    assert!(matches!(
        fixture.write(ANN, &many),
        Err(StoreError::GroupTooLarge { changes: 65, .. })
    ));
    assert_eq!(changes::count(fixture.store.read()).unwrap(), (0, 0));
    assert!(
        queries::latest(fixture.store.read(), &SHOWN, None, 10)
            .unwrap()
            .is_empty()
    );
    assert!(outbox::pending(fixture.store.read()).unwrap().is_empty());
}

#[test]
fn the_outbox_sends_what_is_unsent_in_order_and_at_least_one() {
    let mut fixture = StoreFixture::new();
    let (doc, first) = fixture.account("A");
    let second = fixture.rename(doc, "B");
    let third = fixture.rename(doc, "C");
    let ids = |fixture: &StoreFixture, after, bytes| {
        let (groups, all) = outbox::unsent(fixture.store.read(), after, bytes, 100).unwrap();
        (
            groups.iter().map(|(_, group)| group.id).collect::<Vec<_>>(),
            all,
        )
    };
    assert_eq!(ids(&fixture, i64::MIN, 1), (vec![first], false));
    assert_eq!(
        ids(&fixture, i64::MIN, usize::MAX),
        (vec![first, second, third], true)
    );

    let reasons = [ReasonCode::MayNotWrite.about(None, "")];
    fixture
        .store
        .write(|tx| outbox::set_state(tx, second, GroupState::Held, &reasons))
        .unwrap();
    assert_eq!(
        ids(&fixture, i64::MIN, usize::MAX),
        (vec![first, third], true)
    );
    fixture
        .store
        .write(|tx| outbox::acknowledged(tx, first))
        .unwrap();
    let pending = outbox::pending(fixture.store.read()).unwrap();
    let pending: Vec<_> = pending
        .iter()
        .map(|group| (group.group, group.state, group.reasons.len()))
        .collect();
    assert_eq!(
        pending,
        [
            (second, GroupState::Held, 1),
            (third, GroupState::Unsent, 0)
        ]
    );
    assert_eq!(outbox::open_docs(fixture.store.read()).unwrap(), [doc]);
}

#[test]
fn what_the_server_lost_is_sent_again_before_what_depends_on_it() {
    let mut fixture = StoreFixture::new();
    let (doc, first) = fixture.account("A");
    let second = fixture.rename(doc, "B");
    fixture
        .store
        .write(|tx| outbox::acknowledged(tx, first))
        .unwrap();
    let hash = changes::of_doc(fixture.store.read(), doc).unwrap()[0].hash;
    let again = fixture.store.write(|tx| outbox::send_again(tx, doc, hash));
    assert_eq!(again.unwrap(), Some(first));
    let (groups, _) = outbox::unsent(fixture.store.read(), i64::MIN, usize::MAX, 9).unwrap();
    assert_eq!(
        groups.iter().map(|(_, group)| group.id).collect::<Vec<_>>(),
        [first, second]
    );
    let unknown = fixture
        .store
        .write(|tx| outbox::send_again(tx, doc, Hash([9; 32])));
    assert_eq!(unknown.unwrap(), None);
}

#[test]
fn the_edits_of_what_is_not_acknowledged_can_be_read() {
    let mut fixture = StoreFixture::new();
    let (doc, first) = fixture.account("Mill");
    let second = fixture.rename(doc, "Windmill");
    let pending = outbox::pending(fixture.store.read()).unwrap();
    let pending: Vec<GroupId> = pending.into_iter().map(|pending| pending.group).collect();
    assert_eq!(pending, [first, second]);
    let edits = |fixture: &StoreFixture, group| {
        let group = withdrawal::outbox_group(fixture.store.read(), group).unwrap();
        group.map_or(vec![], |group| group.edits)
    };
    for group in pending {
        let docs: Vec<DocId> = edits(&fixture, group).iter().map(|edit| edit.doc).collect();
        assert_eq!(docs, [doc]);
    }
    let name = "Windmill".to_owned();
    let renamed = Operation::EditAccount(vec![AccountEdit::Name { name }]);
    assert_eq!(edits(&fixture, second)[0].operation, renamed);

    let hash = changes::of_doc(fixture.store.read(), doc).unwrap()[0].hash;
    let lost = |tx: &Transaction<'_>| {
        outbox::acknowledged(tx, first)?;
        outbox::send_again(tx, doc, hash)
    };
    fixture.store.write(lost).unwrap();
    assert_eq!(edits(&fixture, first), []);
}

#[test]
fn a_row_that_is_not_what_its_changes_say_is_found_and_mended() {
    let mut fixture = StoreFixture::new();
    let (doc, _) = fixture.account("Bäckerei Süß");
    fixture.account("Hotel Adler");
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
    fixture
        .store
        .read()
        .execute("UPDATE entry SET title = 'else' WHERE doc = ?1", [doc])
        .unwrap();
    assert_eq!(projection::verify(fixture.store.read()).unwrap(), [doc]);
    let before = projection::rows(fixture.store.read()).unwrap();
    fixture
        .store
        .write(|tx| projection::rebuild(tx, |_, _| {}))
        .unwrap();
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
    assert_ne!(projection::rows(fixture.store.read()).unwrap(), before);
    assert_eq!(fixture.titles(), ["Bäckerei Süß", "Hotel Adler"]);
}

/// The nine documents that a search shows first.
fn first_matches(connection: &Connection, query: &search::Query) -> Vec<queries::ListedEntry> {
    let matches = Matches::find(connection, query).unwrap();
    matches.page(connection, &SHOWN, 0, 9).unwrap()
}

fn found(fixture: &StoreFixture, text: &str) -> Vec<queries::ListedEntry> {
    let query = search::Query::read(text, None);
    query.map_or(vec![], |query| first_matches(fixture.store.read(), &query))
}

#[test]
fn what_is_written_is_found_at_once_though_the_index_waits_for_more() {
    let mut fixture = StoreFixture::new();
    let names = |fixture: &StoreFixture, text: &str| -> Vec<String> {
        let rows = found(fixture, text);
        rows.into_iter().map(|row| row.title).collect()
    };
    let indexed = |fixture: &StoreFixture| -> i64 {
        let sql = "SELECT until FROM indexed";
        let until = fixture.store.read().query_row(sql, [], |row| row.get(0));
        until.unwrap()
    };
    let (doc, _) = fixture.account("Mill");
    fixture.rename(doc, "Windmill");
    assert_eq!(indexed(&fixture), 0, "it waits");
    assert_eq!(names(&fixture, "mill"), [""; 0]);
    assert_eq!(names(&fixture, "windm"), ["Windmill"]);
    assert_eq!(indexed(&fixture), 0, "looking for it writes nothing");
    fixture.rename(doc, "Watermill");
    assert_eq!(names(&fixture, "windm"), [""; 0]);
    assert_eq!(names(&fixture, "waterm"), ["Watermill"]);
    for number in 0..200 {
        fixture.account(&format!("Mill {number}"));
    }
    assert!(
        indexed(&fixture) > 100,
        "many do not wait: {}",
        indexed(&fixture)
    );
    assert_eq!(names(&fixture, "mill 199"), ["Mill 199"]);
    fixture
        .store
        .write(|tx| projection::rebuild(tx, |_, _| {}))
        .unwrap();
    assert_eq!(names(&fixture, "waterm"), ["Watermill"]);
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
}

#[test]
fn rows_that_an_older_program_made_are_made_anew_when_the_file_is_opened() {
    let mut fixture = StoreFixture::new();
    fixture.account("Bäckerei");
    assert_eq!(found(&fixture, "bäckerei").len(), 1);
    // As another version folded it.
    let spoil = "UPDATE entry SET names = 'x', words = 'x', sort_key = x''; UPDATE indexed SET projection = 1, until = 0;
                 INSERT INTO search (search) VALUES ('delete-all');";
    fixture.store.read().execute_batch(spoil).unwrap();
    assert!(found(&fixture, "bäckerei").is_empty());
    fixture.reopen();
    assert_eq!(found(&fixture, "bäckerei").len(), 1);
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
}

#[test]
fn people_find_what_they_mean() {
    let mut fixture = StoreFixture::new();
    let (doc, _) = fixture.account("Bäckerei Süß");
    let finds = |fixture: &StoreFixture, text: &str| !found(fixture, text).is_empty();
    for text in [
        "bäck",
        "Backerei",
        "BAECKEREI",
        "suess",
        "süß",
        "baeckerei sue",
        "Bäckerei, Süß!",
    ] {
        assert!(finds(&fixture, text), "{text}");
    }
    for text in ["eckerei", "Hotel", "backerei hotel", "", "\"", "* OR *"] {
        assert!(!finds(&fixture, text), "{text}");
    }
    fixture.rename(doc, "Konditorei Süß");
    assert!(!finds(&fixture, "backerei") && finds(&fixture, "konditorei"));
}

/// Files write "ä" as a letter and an accent; keyboards lack letters of others.
#[test]
fn people_find_what_others_spell_otherwise() {
    let mut fixture = StoreFixture::new();
    for (name, texts) in [
        (
            "Ba\u{308}ckerei Ko\u{308}nig",
            "bäckerei backerei baeckerei Ba\u{308}cker koenig",
        ),
        ("Süß & Größe", "suss suess süss groesse grosse SÜẞ"),
        ("Æsir Øst Åse", "aesir æsir ost oest øst ase aase"),
        ("Łódź Đuro", "lodz łódź duro"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος Σίσυφος"),
        ("Irmak Işık", "isik ışık"),
    ] {
        let (doc, _) = fixture.account(name);
        for text in texts.split(' ') {
            let rows = found(&fixture, text);
            assert!(rows.iter().any(|row| row.doc == doc), "{text} for {name}");
        }
    }
    let (doc, _) = fixture.account("Hotel");
    let contact_point = ContactPointDraft {
        id: None,
        kind: ContactPointKind::Phone,
        label: "main".into(),
        value: "030/1234-56".into(),
        contact: None,
    };
    let edits = vec![AccountEdit::SetContactPoint { contact_point }];
    let operation = Operation::EditAccount(edits);
    fixture.write(ANN, &[Edit { doc, operation }]).unwrap();
    for text in ["030/1234-56", "030123456", "0301234", "030 1234"] {
        let rows = found(&fixture, text);
        assert_eq!(rows.len(), 1, "{text}");
    }
}

/// The page that a server would send another device: a customer that entered, with two changes.
fn page(fixture: &mut StoreFixture) -> Page {
    let (doc, group) = fixture.account("A");
    fixture.rename(doc, "B");
    let mut placement = Placement::new(doc, DocumentKind::Account);
    placement.team = Some("north".parse().unwrap());
    let entered = minicbor::to_vec(Entered { placement, rows: 2 }).unwrap();
    let plain = Row {
        seq: 1,
        kind: row_kind::ENTERED,
        doc: Some(doc),
        hash: None,
        bytes: None,
        receipt: None,
        group: None,
        control: Some(entered.into()),
        mac: None,
    };
    let mut rows = vec![plain];
    let mut checksum = 0u64;
    for change in changes::of_doc(fixture.store.read(), doc).unwrap() {
        checksum = checksum.wrapping_add(checksum_of(change.hash));
        let receipt = Receipt {
            installation: InstallationId([1; 16]),
            received_at: NOON,
            mac: [0; 16].into(),
        };
        rows.push(Row {
            seq: rows.len() as u64 + 1,
            kind: row_kind::CHANGE,
            doc: Some(doc),
            hash: Some(change.hash),
            bytes: Some(change.bytes.into()),
            receipt: Some(receipt),
            group: Some(group),
            control: None,
            mac: None,
        });
    }
    Page {
        scope: 2,
        name: Some("team:north".into()),
        epoch: 5,
        after: 0,
        rows,
        checksum,
        head: 3,
    }
}

fn take(fixture: &mut StoreFixture, page: &Page) -> Result<feed::PageOutcome, feed::FeedError> {
    fixture
        .store
        .write(|tx| feed::apply_page(tx, page, true, &mut feed::PageContext::default()))
}

#[test]
fn a_page_is_taken_whole_and_a_document_is_shown_when_it_has_arrived() {
    let whole = page(&mut StoreFixture::new());
    let mut other = StoreFixture::new();
    let mut half = whole.clone();
    half.rows.truncate(2);
    half.checksum = checksum_of(half.rows[1].hash.unwrap());
    take(&mut other, &half).unwrap();
    assert!(other.titles().is_empty(), "half a document is not shown");
    assert_eq!(feed::waiting_counts(other.store.read()).unwrap(), (1, 0));

    let rest = Page {
        after: 2,
        rows: whole.rows[2..].to_vec(),
        name: None,
        ..whole.clone()
    };
    assert_eq!(take(&mut other, &rest).unwrap().new_changes, 1);
    assert_eq!(other.titles(), ["B"]);
    let state = &feed::scopes(other.store.read()).unwrap()[0];
    assert_eq!(
        (state.seq, state.checksum, state.differs),
        (3, whole.checksum, false)
    );
    assert_eq!(
        feed::sum_of_present(other.store.read(), 2).unwrap(),
        whole.checksum
    );
}

#[test]
fn a_change_that_another_page_brings_later_is_missing_no_longer() {
    let whole = page(&mut StoreFixture::new());
    let mut other = StoreFixture::new();
    let mut named = whole.clone();
    for row in &mut named.rows {
        row.bytes = None;
    }
    take(&mut other, &named).unwrap();
    let missing = |fixture: &StoreFixture| {
        feed::missing_changes(fixture.store.read(), 9)
            .unwrap()
            .len()
    };
    assert_eq!((missing(&other), other.titles().len()), (2, 0));
    let elsewhere = Page {
        scope: 3,
        name: Some("team:south".into()),
        ..whole
    };
    take(&mut other, &elsewhere).unwrap();
    assert_eq!(other.titles(), ["B"]);
    assert_eq!(missing(&other), 0);
}

#[test]
fn a_page_with_a_bad_row_changes_nothing() {
    let whole = page(&mut StoreFixture::new());
    let mut other = StoreFixture::new();
    let mut flipped = whole.clone();
    let bytes = flipped.rows[2].bytes.as_mut().unwrap();
    bytes[20] ^= 1;
    assert!(matches!(
        take(&mut other, &flipped),
        Err(feed::FeedError::Row { seq: 3, .. })
    ));
    let mut gap = whole.clone();
    gap.rows.remove(1);
    assert!(matches!(
        take(&mut other, &gap),
        Err(feed::FeedError::Gap { .. })
    ));
    assert!(feed::scopes(other.store.read()).unwrap().is_empty());
    assert_eq!(changes::count(other.store.read()).unwrap(), (0, 0));
}

#[test]
fn rows_from_the_future_are_stored_counted_and_skipped() {
    let mut whole = page(&mut StoreFixture::new());
    let mut other = StoreFixture::new();
    let strange = Row {
        seq: 4,
        kind: 99,
        doc: None,
        hash: None,
        bytes: None,
        receipt: None,
        group: None,
        control: Some(vec![1].into()),
        mac: None,
    };
    whole.rows.push(strange);
    take(&mut other, &whole).unwrap();
    assert_eq!(feed::waiting_counts(other.store.read()).unwrap(), (0, 1));
    assert_eq!(other.titles(), ["B"]);
}

#[test]
fn a_new_epoch_starts_the_scope_over_and_keeps_the_changes() {
    let whole = page(&mut StoreFixture::new());
    let mut other = StoreFixture::new();
    take(&mut other, &whole).unwrap();
    let again = Page { epoch: 6, ..whole };
    assert_eq!(take(&mut other, &again).unwrap().new_changes, 0);
    let state = &feed::scopes(other.store.read()).unwrap()[0];
    assert_eq!((state.epoch, state.seq), (6, 3));
}

/// Writes a change that another program might write: `spoil` is all that it does.
fn strange_change(
    fixture: &mut StoreFixture,
    doc: DocId,
    spoil: impl FnOnce(&mut automerge::transaction::Transaction<'_>),
) {
    let mut automerge = automerge::Automerge::new().with_actor(automerge::ActorId::from([8u8; 16]));
    for known in changes::of_doc(fixture.store.read(), doc).unwrap() {
        automerge.load_incremental(&known.bytes).unwrap();
    }
    let mut transaction = automerge.transaction();
    spoil(&mut transaction);
    let hash = Hash(transaction.commit().0.unwrap().0);
    let bytes = automerge
        .get_last_local_change()
        .unwrap()
        .raw_bytes()
        .to_vec();
    let change = CheckedChange::parse(&bytes, hash).unwrap();
    let group = GroupId(random_bytes(&fixture.environment));
    fixture
        .store
        .write(|tx| {
            changes::insert(
                tx,
                &changes::NewChange {
                    doc,
                    change: &change,
                    parent: None,
                    group,
                    receipt: None,
                },
            )?;
            placements::set(tx, &Placement::new(doc, DocumentKind::Account))?;
            projection::refresh(tx, doc, &registry::load(tx)?)
        })
        .unwrap();
}

#[test]
fn a_document_that_cannot_be_read_is_quarantined_and_others_flow() {
    let mut fixture = StoreFixture::new();
    fixture.account("A");
    let strange = fixture.doc();
    // Automerge takes it, but it is no account.
    strange_change(&mut fixture, strange, |transaction| {
        automerge::transaction::Transactable::put(transaction, automerge::ROOT, "x", 1).unwrap();
    });
    assert_eq!(
        queries::quarantined(fixture.store.read()).unwrap()[0].0,
        strange
    );
    assert_eq!(fixture.titles(), ["A"]);
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
}

/// Devices that have the same changes show the same, whether they came one by one or together.
#[test]
fn a_document_that_becomes_unreadable_is_not_shown_as_it_was() {
    let mut fixture = StoreFixture::new();
    fixture.account("Alder");
    let (spoilt, _) = fixture.account("Birch");
    let found = |fixture: &StoreFixture, word: &str| {
        let query = search::Query::read(word, None).unwrap();
        first_matches(fixture.store.read(), &query).len()
    };
    assert_eq!(found(&fixture, "birch"), 1);
    strange_change(&mut fixture, spoilt, |transaction| {
        automerge::transaction::Transactable::put(transaction, automerge::ROOT, "tags", 1).unwrap();
    });
    assert_eq!(queries::quarantined(fixture.store.read()).unwrap().len(), 1);
    assert_eq!(fixture.titles(), ["Alder"]);
    assert_eq!(found(&fixture, "birch"), 0);
    // The next row has the number of the one that is gone.
    fixture.account("Cherry");
    assert_eq!(found(&fixture, "cherry"), 1);
    assert!(projection::verify(fixture.store.read()).unwrap().is_empty());
    let rows = projection::rows(fixture.store.read()).unwrap();
    fixture
        .store
        .write(|tx| projection::rebuild(tx, |_, _| ()))
        .unwrap();
    assert_eq!(projection::rows(fixture.store.read()).unwrap(), rows);
}
