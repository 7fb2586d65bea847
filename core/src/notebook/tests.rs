//! Stories of one notebook that belongs to no company yet.

use super::*;
use crate::document::chunk::CheckedChange;
use crate::environment::ScriptedEnvironment;
use crate::language::{Lang, message_text};
use crate::limits;
use crate::model::account::{AccountDraft, AccountEdit, ContactPointDraft, ContactPointKind};
use crate::model::event::Performer;
use crate::model::ids::Hash;
use crate::model::time::{DAY_MS, Due, Trust};
use crate::model::visit::{Channel, UsageDraft, VisitDraft, VisitEdit};
use crate::sync::transport::{Transport, TransportError};
use crate::testing::NOON;
use crate::wire::{self, Group, GroupResult, Outcome, Reply, Request};

struct Fixture {
    folder: tempfile::TempDir,
    secrets: Arc<MemorySecretStore>,
    environment: Arc<ScriptedEnvironment>,
    notebook: Notebook,
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(MemorySecretStore::default());
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook = Notebook::open_with(
        folder.path().join("n"),
        secrets.clone(),
        environment.clone(),
    )
    .unwrap();
    Fixture {
        folder,
        secrets,
        environment,
        notebook,
    }
}

fn named(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

fn visit(account: Option<DocId>, said: &str) -> VisitEntry {
    let visit = VisitDraft {
        account,
        said: said.into(),
        ..VisitDraft::default()
    };
    VisitEntry {
        visit,
        usages: vec![],
        promises: vec![],
    }
}

fn key_of(error: &KeptError) -> String {
    error.message().key
}

#[test]
fn a_local_notebook_takes_everything_but_promises() {
    let fixture = fixture();
    let account = fixture
        .notebook
        .create_account(named("  Bäckerei Süß "))
        .unwrap();
    let mut tap = visit(Some(account), "The door sticks.");
    tap.usages.push(UsageDraft {
        quote: "We kick it shut".into(),
        pain: 2,
        ..UsageDraft::default()
    });
    let logged = fixture.notebook.log_visit(tap).unwrap();
    assert_eq!(
        fixture.notebook.visit(logged.visit).unwrap().labels.account,
        "Bäckerei Süß"
    );

    let page = fixture.notebook.account(account).unwrap();
    assert_eq!((page.timeline.len(), page.happened), (2, 2));
    let count = |kinds: &[EntryKind]| fixture.notebook.count(kinds).unwrap();
    assert_eq!(count(&[EntryKind::Visit, EntryKind::Usage]), 2);
    assert_eq!(count(&[EntryKind::Account]), 1);
    assert!(
        page.timeline
            .iter()
            .all(|line| line.by_me && line.unsent && line.account == Some(account))
    );
    assert_eq!(
        fixture.notebook.search("baeckerei".into(), 9).unwrap()[0].id,
        account
    );
    assert_eq!(
        fixture.notebook.search("kick".into(), 9).unwrap()[0].id,
        logged.usages[0]
    );

    let draft = PromiseDraft {
        kind: "callback".into(),
        deliverable: "a call".into(),
        criterion: String::new(),
        account: Some(account),
        contact: None,
        performer: Performer::Nobody,
        due: Due::at(NOON + DAY_MS, "Europe/Berlin").unwrap(),
        words: "tomorrow".into(),
        channel: Channel::Call,
        told: true,
        ask: false,
        not_before: None,
        suggestion: None,
        makes_right: None,
    };
    let mut tap = visit(Some(account), "Again.");
    tap.promises.push(draft);
    assert_eq!(fixture.notebook.log_visit(tap), Err(KeptError::NeedsJoin));
    assert_eq!(
        fixture.notebook.account(account).unwrap().timeline.len(),
        2,
        "all of a tap or nothing"
    );
    assert_eq!(fixture.notebook.sync_now(), Err(KeptError::NeedsJoin));

    let status = fixture.notebook.status().unwrap();
    assert_eq!(
        (status.unsent.len(), status.me.joined, status.clock),
        (2, false, Trust::Unknown)
    );
    let line = message_text(&status.line, Lang::En);
    assert!(
        line.contains(
            "device: 1 visit, 1 observation, 1 customer. It is sent once you have joined"
        ),
        "{line}"
    );
    assert!(fixture.notebook.verify().unwrap().is_healthy());
}

#[test]
fn what_was_saved_is_there_after_the_notebook_is_opened_again() {
    let fixture = fixture();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    let rows = fixture.notebook.rows().unwrap();
    fixture.notebook.pause().unwrap();
    assert_eq!(
        fixture.notebook.rows().unwrap(),
        rows,
        "the next call opens it again"
    );
    drop(fixture.notebook);
    let again = Notebook::open_with(
        fixture.folder.path().join("n"),
        fixture.secrets.clone(),
        fixture.environment,
    )
    .unwrap();
    assert_eq!(again.rows().unwrap(), rows);
    assert_eq!(
        again.find(account.to_string()[..13].into()).unwrap(),
        account
    );
}

#[test]
fn a_notebook_whose_key_is_gone_is_left_alone() {
    let fixture = fixture();
    fixture.notebook.create_account(named("A")).unwrap();
    drop(fixture.notebook);
    let folder = fixture.folder.path().join("n");
    let before = std::fs::read(folder.join("notebook.db")).unwrap();
    let no_key = Arc::new(MemorySecretStore::default());
    for (secrets, key) in [
        (no_key, "error-key-missing"),
        (wrong_key(), "error-wrong-key"),
    ] {
        let error = Notebook::open_with(&folder, secrets, fixture.environment.clone())
            .err()
            .unwrap();
        assert_eq!(key_of(&error), key);
    }
    assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), before);
    assert!(Notebook::open_with(&folder, fixture.secrets, fixture.environment).is_ok());
}

#[test]
fn a_notebook_whose_file_is_damaged_says_so_and_is_left_alone() {
    for damage in [
        "UPDATE meta SET value = x'ff'",
        "DROP TABLE meta",
        "PRAGMA user_version = 1",
    ] {
        let fixture = fixture();
        let spoilt = fixture.notebook.write(|store| {
            store
                .write(|tx| Ok::<_, crate::store::StoreError>(tx.execute_batch(damage)?))
                .map_err(KeptError::from)
        });
        spoilt.unwrap();
        drop(fixture.notebook);
        let folder = fixture.folder.path().join("n");
        let before = std::fs::read(folder.join("notebook.db")).unwrap();
        let opened = Notebook::open_with(&folder, fixture.secrets, fixture.environment);
        assert_eq!(key_of(&opened.err().unwrap()), "error-damaged", "{damage}");
        assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), before);
    }
}

fn wrong_key() -> Arc<MemorySecretStore> {
    let secrets = MemorySecretStore::default();
    secrets.save(DATABASE_KEY.into(), vec![9; 32]).unwrap();
    Arc::new(secrets)
}

#[test]
fn a_customer_is_found_by_a_name_with_which_others_begin() {
    let fixture = fixture();
    let add = |name: &str| fixture.notebook.create_account(named(name)).unwrap();
    let accounts: Vec<DocId> = (1..=120).map(|n| add(&format!("Kunde {n}"))).collect();
    let find = |text: &str| fixture.notebook.find(text.into());
    for number in [1, 4, 12] {
        let found = find(&format!("kunde {number}")).unwrap();
        assert_eq!(found, accounts[number - 1], "{number}");
    }
    assert_eq!(key_of(&find("Kunde").unwrap_err()), "error-ambiguous");
    let baker = add("Bäckerei Kaiser");
    assert_eq!(find("ba\u{308}ckerei kaiser").unwrap(), baker);
}

#[test]
fn a_long_text_is_kept_whole_in_several_groups() {
    let fixture = fixture();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    let text: String = "Ünïcödé — 🍞 "
        .chars()
        .cycle()
        .take(limits::TEXT_CHARS - 1)
        .chain(['!'])
        .collect();
    fixture
        .notebook
        .edit_account(
            account,
            vec![AccountEdit::Notes {
                text: text.clone(),
                was: None,
            }],
        )
        .unwrap();
    assert_eq!(
        fixture.notebook.account(account).unwrap().account.notes,
        text
    );
    assert_eq!(fixture.notebook.status().unwrap().unsent.len(), 1 + 6);
    assert!(fixture.notebook.verify().unwrap().is_healthy());

    let one_more = format!("{text}x");
    let error = fixture
        .notebook
        .edit_account(
            account,
            vec![AccountEdit::Notes {
                text: one_more,
                was: None,
            }],
        )
        .unwrap_err();
    assert_eq!(key_of(&error), "error-too-long");
    assert_eq!(
        fixture.notebook.account(account).unwrap().account.notes,
        text
    );
}

#[test]
fn bad_input_is_refused_with_a_sentence_and_changes_nothing() {
    let fixture = fixture();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    let logged = fixture
        .notebook
        .log_visit(visit(Some(account), "x"))
        .unwrap();
    let before = fixture.notebook.rows().unwrap();
    let stranger = DocId([9; 16]);
    let usage = |usage: UsageDraft| fixture.notebook.log_usage(usage).map(|_| ());
    let future = VisitEntry {
        visit: VisitDraft {
            happened_at: Some(NOON + DAY_MS),
            ..VisitDraft::default()
        },
        usages: vec![],
        promises: vec![],
    };
    for (outcome, key) in [
        (
            fixture.notebook.create_account(named(" ")).map(|_| ()),
            "error-empty",
        ),
        (
            fixture
                .notebook
                .create_account(named(&"x".repeat(501)))
                .map(|_| ()),
            "error-too-long",
        ),
        (
            usage(UsageDraft {
                pain: 4,
                ..UsageDraft::default()
            }),
            "error-pain",
        ),
        (
            usage(UsageDraft {
                account: Some(stranger),
                ..UsageDraft::default()
            }),
            "error-not-found",
        ),
        (
            usage(UsageDraft {
                themes: vec!["t".into(); 201],
                ..UsageDraft::default()
            }),
            "error-too-many",
        ),
        (
            fixture.notebook.log_visit(future).map(|_| ()),
            "error-in-the-future",
        ),
        (
            fixture
                .notebook
                .edit_account(logged.visit, vec![AccountEdit::Archive]),
            "error-not-found",
        ),
        (
            fixture.notebook.edit_visit(
                account,
                vec![VisitEdit::Said {
                    text: "x".into(),
                    was: None,
                }],
            ),
            "error-not-found",
        ),
        (
            fixture
                .notebook
                .import_cards(b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec())
                .map(|_| ()),
            "import-error-other-kind",
        ),
        (
            fixture
                .notebook
                .join("https://example.org".into(), JoinOptions::default())
                .map(|_| ()),
            "error-invite-link",
        ),
    ] {
        assert_eq!(key_of(&outcome.unwrap_err()), key);
    }
    assert_eq!(fixture.notebook.rows().unwrap(), before);
}

#[test]
fn importing_the_same_file_again_adds_nothing() {
    let fixture = fixture();
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Grete Süß\r\nN:Süß;Grete;;;\r\nTEL;TYPE=CELL:+49 30 1\r\nTEL;TYPE=WORK,PREF:+49 30 2\r\nEND:VCARD\r\n\
                BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Hotel Adler\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n";
    let report = fixture
        .notebook
        .import_cards(file.as_bytes().to_vec())
        .unwrap();
    assert_eq!((report.added, report.known, report.refused), (2, 0, 1));
    let again = fixture
        .notebook
        .import_cards(file.replace("\r\n", "\n").into_bytes())
        .unwrap();
    assert_eq!((again.added, again.known, again.refused), (0, 2, 1));
    let query = AccountListQuery {
        archived: false,
        limit: 9,
        offset: 0,
    };
    let accounts = fixture.notebook.accounts(query).unwrap();
    let accounts: Vec<_> = accounts
        .iter()
        .map(|account| (account.name.as_str(), account.phone.as_str()))
        .collect();
    assert_eq!(accounts, [("Grete Süß", "+49 30 2"), ("Hotel Adler", "")]);
}

#[test]
fn history_says_who_changed_what() {
    let fixture = fixture();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    fixture.environment.advance(60_000);
    let phone = ContactPointDraft {
        id: Some(ContactPointKind::Phone.main_item()),
        kind: ContactPointKind::Phone,
        label: String::new(),
        value: "+49 30 7".into(),
        contact: None,
    };
    let edits = vec![
        AccountEdit::Notes {
            text: "Dog bites.".into(),
            was: None,
        },
        AccountEdit::SetContactPoint {
            contact_point: phone,
        },
    ];
    fixture.notebook.edit_account(account, edits).unwrap();
    let history = fixture.notebook.history(account).unwrap();
    assert_eq!(history.len(), 2);
    assert!(
        history
            .iter()
            .all(|line| line.by_me && line.received_at.is_none())
    );
    assert_eq!((history[0].by.at, history[1].by.at), (NOON, NOON + 60_000));
    let says = |field: &str, value: &str| {
        history[1]
            .changes
            .iter()
            .any(|change| change.field.ends_with(field) && change.value == value)
    };
    assert!(
        says("notes", "Dog bites.") && says("/value", "+49 30 7"),
        "{:?}",
        history[1].changes
    );
    assert!(matches!(
        fixture.notebook.history(DocId([9; 16])),
        Err(KeptError::NotFound { .. })
    ));
}

#[test]
fn listeners_hear_what_changed_and_a_stopped_stream_ends() {
    let fixture = fixture();
    let events = fixture.notebook.events();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    assert_eq!(
        runtime.block_on(events.next()),
        Some(NotebookEvent::Changed { ids: vec![account] })
    );
    for _ in 0..100 {
        fixture.notebook.create_account(named("B")).unwrap();
    }
    assert_eq!(runtime.block_on(events.next()), Some(NotebookEvent::Missed));
    events.stop();
    assert_eq!(runtime.block_on(events.next()), None);
}

/// A server that takes groups that depend on nothing, and answers to every other that it lacks the changes before it.
struct MissingDepsServer;

impl Transport for MissingDepsServer {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let request: Request = wire::unpack(&body).unwrap();
        let outcome = |group: &Group| {
            let change = &group.changes[0];
            let change = CheckedChange::parse(&change.bytes, change.hash).unwrap();
            let needed: Vec<Hash> = change.deps().collect();
            if needed.is_empty() {
                Outcome::Stored
            } else {
                Outcome::MissingDeps(needed)
            }
        };
        let results = request.groups.iter().map(|group| GroupResult {
            id: group.id,
            outcome: outcome(group),
        });
        let reply = Reply {
            version: limits::PROTOCOL,
            min_version: limits::PROTOCOL_MIN,
            max_version: limits::PROTOCOL,
            echo: request.next,
            forked: false,
            results: results.collect(),
            pages: vec![],
            lost: vec![],
            digest: wire::digest([]),
            presence: vec![],
            presence_version: 0,
            samples: vec![],
            samples_version: 0,
            server_time: NOON,
            more: false,
            given: vec![],
            silences: vec![],
        };
        Ok(wire::pack(&reply).unwrap())
    }
}

#[test]
fn a_server_that_asks_for_the_same_again_and_again_does_not_keep_a_run_going() {
    let fixture = fixture();
    let account = fixture.notebook.create_account(named("Mill")).unwrap();
    for name in ["Windmill", "Watermill"] {
        let edits = vec![AccountEdit::Name { name: name.into() }];
        fixture.notebook.edit_account(account, edits).unwrap();
    }
    let report = fixture.notebook.sync_with(&MissingDepsServer).unwrap();
    assert_eq!((report.exchanges, report.lacking), (2, 2));
    // The server says that it lacks the first as well, so it waits with the others.
    let waits = fixture.notebook.status().unwrap().unsent;
    assert_eq!(waits.len(), 3);
    assert!(waits.iter().all(|group| group.state == "unsent"));
    assert_eq!(
        fixture
            .notebook
            .sync_with(&MissingDepsServer)
            .unwrap()
            .lacking,
        2
    );
}

#[test]
fn a_notebook_that_may_not_be_written_says_so_without_what_the_database_calls_it() {
    let fixture = fixture();
    let locked = fixture.notebook.write(|store| {
        store.read().pragma_update(None, "query_only", true)?;
        Ok(())
    });
    locked.unwrap();
    let error = fixture
        .notebook
        .create_account(named("Miller"))
        .unwrap_err();
    let told = message_text(&error.message(), Lang::En);
    assert!(matches!(error, KeptError::Storage { .. }), "{error:?}");
    assert!(told.contains("may not write to this notebook"), "{told}");
    assert!(!told.contains("attempt"), "{told}");
}

#[test]
fn what_is_empty_is_neither_a_number_nor_an_observation() {
    let fixture = fixture();
    let contact_point = |value: &str| ContactPointDraft {
        id: None,
        kind: ContactPointKind::Phone,
        label: String::new(),
        value: value.into(),
        contact: None,
    };
    let mut draft = named("Miller");
    draft.contact_points.push(contact_point(" "));
    let refused = fixture.notebook.create_account(draft).unwrap_err();
    assert_eq!(key_of(&refused), "error-empty");
    let account = fixture.notebook.create_account(named("Miller")).unwrap();
    let edit = AccountEdit::SetContactPoint {
        contact_point: contact_point(""),
    };
    let refused = fixture
        .notebook
        .edit_account(account, vec![edit])
        .unwrap_err();
    assert_eq!(key_of(&refused), "error-empty");
    let refused = fixture
        .notebook
        .log_usage(UsageDraft::default())
        .unwrap_err();
    assert_eq!(key_of(&refused), "error-empty-observation");
    for unseen in ["\u{200b}", "\u{feff} \u{2060}", "\u{3164}"] {
        let refused = fixture.notebook.create_account(named(unseen)).unwrap_err();
        assert_eq!(key_of(&refused), "error-empty", "{unseen:?}");
    }
    fixture
        .notebook
        .create_account(named("می\u{200c}خواهم"))
        .unwrap();
    let quoted = UsageDraft {
        quote: "so hot".into(),
        ..UsageDraft::default()
    };
    fixture.notebook.log_usage(quoted).unwrap();
}

#[test]
fn what_the_database_cannot_do_is_told_by_its_cause() {
    use rusqlite::ffi;
    assert!(!KeptError::Busy.is_mended_by_rebuilding());
    for (code, key) in [
        (ffi::SQLITE_IOERR_SHMSIZE, "error-disk"),
        (ffi::SQLITE_IOERR_WRITE, "error-disk"),
        (ffi::SQLITE_FULL, "error-disk-full"),
        (ffi::SQLITE_CORRUPT, "error-damaged"),
        (ffi::SQLITE_NOTADB, "error-wrong-key"),
        (ffi::SQLITE_NOMEM, "error-database"),
        (ffi::SQLITE_ERROR, "error-database"),
    ] {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        let error = KeptError::from(error);
        assert_eq!(key_of(&error), key, "{code}");
        let told = message_text(&error.message(), Lang::En);
        let here = told.contains("still here");
        assert_eq!(here, code == ffi::SQLITE_FULL, "{told}");
        let mended = ["error-damaged", "error-wrong-key"].contains(&key);
        assert_eq!(error.is_mended_by_rebuilding(), mended, "{key}");
    }
}
