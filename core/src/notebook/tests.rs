//! Stories of one notebook that belongs to no company yet.

use super::*;
use crate::language::{Lang, message_text};
use crate::limits;
use crate::model::account::AccountEdit;
use crate::model::event::Performer;
use crate::model::time::{DAY_MS, Due, Trust};
use crate::model::visit::{Channel, UsageDraft};
use crate::notebook::test_kit::{error_key, local_notebook, named, visit};
use crate::testing::NOON;

#[test]
fn a_local_notebook_takes_everything_but_promises() {
    let fixture = local_notebook();
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
    let count = |kinds: &[EntryKind]| fixture.notebook.count_entries(kinds).unwrap();
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
    let fixture = local_notebook();
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
        again
            .find_document(account.to_string()[..13].into())
            .unwrap(),
        account
    );
}

#[test]
fn a_long_text_is_kept_whole_in_several_groups() {
    let fixture = local_notebook();
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
    assert_eq!(error_key(&error), "error-too-long");
    assert_eq!(
        fixture.notebook.account(account).unwrap().account.notes,
        text
    );
}

fn doc_of(number: u16) -> DocId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    DocId(id)
}

#[test]
fn listeners_hear_what_changed_and_a_stopped_stream_ends() {
    let fixture = local_notebook();
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
    events.waiting();
    let follower = fixture.notebook.events.follow();
    let many: Vec<DocId> = (0..=500_u16).map(doc_of).collect();
    fixture.notebook.changed(many[..500].to_vec());
    fixture.notebook.changed(many.clone());
    let named = NotebookEvent::Changed {
        ids: many[..500].to_vec(),
    };
    assert_eq!(events.waiting(), [named.clone(), NotebookEvent::Missed]);
    let all = NotebookEvent::Changed { ids: many };
    assert_eq!(
        follower.waiting(),
        [named, all],
        "whoever follows hears of every one"
    );
    events.stop();
    assert_eq!(runtime.block_on(events.next()), None);
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
        assert_eq!(error_key(&error), key, "{code}");
        let told = message_text(&error.message(), Lang::En);
        let here = told.contains("still here");
        assert_eq!(here, code == ffi::SQLITE_FULL, "{told}");
        let mended = ["error-damaged", "error-wrong-key"].contains(&key);
        assert_eq!(error.is_mended_by_rebuilding(), mended, "{key}");
    }
}
