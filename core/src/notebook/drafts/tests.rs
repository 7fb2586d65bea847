//! A draft is kept as it is, logged once, and in no exchange.

use super::*;
use crate::model::account::{AccountDraft, AccountEdit, ContactDraft};
use crate::model::event::Performer;
use crate::model::ids::ItemId;
use crate::model::registry::Role;
use crate::model::time::DuePart;
use crate::model::visit::{UsageDraft, VisitDraft};
use crate::notebook::drafts::records::DraftField;
use crate::notebook::test_kit::{
    SAM, SUNDAY, draft, due, key_of, local_notebook, named, notebook_of, visit,
};
use crate::store::{StoreError, outbox};
use crate::testing::golden;

fn visit_draft(said: &str) -> DraftContent {
    DraftContent::Visit {
        entry: visit(None, said),
        new_account: None,
    }
}

fn save(notebook: &Notebook, content: DraftContent) -> GroupId {
    notebook.save_draft(None, content, String::new()).unwrap()
}

fn rows(notebook: &Notebook, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    let count = |store: Reading<'_>| {
        let count = store.read().query_row(&sql, [], |row| row.get(0));
        Ok(count.map_err(StoreError::from)?)
    };
    notebook.read(count).unwrap()
}

#[test]
fn a_draft_is_saved_gone_on_with_and_logged_once() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let id = save(notebook, visit_draft("The door"));
    fixture.environment.advance(1_000);
    let other = save(notebook, visit_draft("Another"));
    let step = "promises".to_owned();
    notebook
        .save_draft(Some(id), visit_draft("The door sticks"), step)
        .unwrap();
    fixture.environment.advance(1_000);
    let known = notebook.draft(id).unwrap();
    assert_eq!(
        (known.text.as_str(), known.step.as_str()),
        ("The door sticks", "promises")
    );
    assert_eq!(notebook.drafts().unwrap().len(), 2);
    assert_eq!(notebook.my_overview().unwrap().drafts.len(), 2);
    assert_eq!(
        (
            notebook.status().unwrap().drafts,
            notebook.counts().unwrap().drafts
        ),
        (2, 2)
    );

    let logged = notebook.log_draft(id).unwrap();
    assert_eq!((logged.group, logged.again), (id, false));
    let written = notebook.visit(logged.visit.unwrap()).unwrap();
    assert_eq!(written.said, "The door sticks");
    let taps = rows(notebook, "tap");
    let again = notebook.log_draft(id).unwrap();
    assert_eq!((again.visit, again.again), (logged.visit, true));
    assert_eq!(rows(notebook, "tap"), taps, "nothing was written");
    assert_eq!(
        key_of(notebook.save_draft(Some(id), visit_draft("x"), String::new())),
        "error-draft-logged"
    );
    assert!(matches!(
        notebook.draft(id),
        Err(KeptError::NotFound { .. })
    ));
    notebook.drop_draft(id).unwrap();
    assert!(
        notebook.log_draft(id).unwrap().again,
        "dropping forgets no log"
    );
    notebook.drop_draft(other).unwrap();
    assert!(matches!(
        notebook.log_draft(other),
        Err(KeptError::NotFound { .. })
    ));
    assert_eq!(notebook.drafts().unwrap(), []);
    let undone = notebook.undo(id).unwrap();
    assert_eq!(undone.docs, [logged.visit.unwrap()]);
}

#[test]
fn what_was_logged_is_known_from_its_group_where_the_draft_is_lost() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let id = save(notebook, visit_draft("The door sticks"));
    let logged = notebook.log_draft(id).unwrap();
    let forget = |store: &mut crate::store::Store| {
        let done = store.write(|tx| Ok::<_, StoreError>(tx.execute_batch("DELETE FROM draft")?));
        done.map_err(KeptError::from)
    };
    notebook.write(forget).unwrap();
    let again = notebook.log_draft(id).unwrap();
    assert_eq!((again.visit, again.again), (logged.visit, true));
    assert_eq!(
        key_of(notebook.save_draft(Some(id), visit_draft("x"), String::new())),
        "error-draft-logged"
    );
}

#[test]
fn a_draft_beyond_every_limit_is_kept_and_refused_when_it_is_logged() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let content = visit_draft(&"x".repeat(limits::TEXT_CHARS + 1));
    let id = save(notebook, content.clone());
    let before = notebook.draft(id).unwrap();
    assert_eq!(key_of(notebook.log_draft(id)), "error-too-long");
    assert_eq!(notebook.draft(id).unwrap(), before, "it stays as it was");
    assert_eq!(before.content, Some(content));
    assert_eq!(rows(notebook, "tap"), 0);
    let huge = visit_draft(&"x".repeat(limits::DRAFT_BYTES));
    assert_eq!(
        key_of(notebook.save_draft(Some(id), huge, String::new())),
        "error-draft-too-large"
    );
    assert_eq!(notebook.draft(id).unwrap(), before);
    for _ in 1..limits::DRAFTS {
        save(notebook, visit_draft("x"));
    }
    assert_eq!(
        key_of(notebook.save_draft(None, visit_draft("x"), String::new())),
        "error-too-many"
    );
    notebook
        .save_draft(Some(id), visit_draft("short"), String::new())
        .unwrap();
}

#[test]
fn a_customer_of_the_same_screen_is_written_with_the_rest_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let contact = ItemId([5; 16]);
    let mill = AccountDraft {
        contacts: vec![ContactDraft {
            id: Some(contact),
            name: "Ben".into(),
            ..ContactDraft::default()
        }],
        ..named("Mill")
    };
    let mut entry = visit(None, "The door sticks");
    entry.visit.contact = Some(contact);
    entry.usages.push(UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    });
    entry
        .promises
        .push(draft("callback", due(SUNDAY, DuePart::Day)));
    entry
        .promises
        .push(draft("no such kind", due(SUNDAY, DuePart::Day)));
    let content = |entry: &crate::notebook::VisitEntry| DraftContent::Visit {
        entry: entry.clone(),
        new_account: Some(mill.clone()),
    };
    let id = save(&ann, content(&entry));
    assert!(message_of(&ann, id).contains("Mill"));
    ann.log_draft(id).unwrap_err();
    assert_eq!((rows(&ann, "tap"), ann.counts().unwrap().accounts), (0, 0));
    entry.promises.pop();
    ann.save_draft(Some(id), content(&entry), String::new())
        .unwrap();
    let logged = ann.log_draft(id).unwrap();
    let account = logged.account.unwrap();
    assert_eq!(rows(&ann, "tap"), 1, "one group");
    let page = ann.account(account).unwrap();
    assert_eq!(
        (page.account.name.as_str(), page.timeline.len()),
        ("Mill", 3)
    );
    let written = ann.visit(logged.visit.unwrap()).unwrap();
    assert_eq!(
        (
            written.labels.account.as_str(),
            written.labels.contact.as_str()
        ),
        ("Mill", "Ben")
    );
    let promise = ann.promise(logged.promises[0]).unwrap().summary;
    assert_eq!(promise.account_name, "Mill");

    let quick = DraftContent::Promise {
        draft: draft("callback", due(SUNDAY, DuePart::Day)),
        new_account: Some(named("Inn")),
    };
    let logged = ann.log_draft(save(&ann, quick)).unwrap();
    let promise = ann.promise(logged.promises[0]).unwrap().summary;
    assert_eq!(
        (promise.account, promise.account_name.as_str()),
        (logged.account, "Inn")
    );
    let both = DraftContent::Usage {
        draft: UsageDraft {
            account: Some(account),
            doing: "x".into(),
            ..UsageDraft::default()
        },
        new_account: Some(named("Inn")),
    };
    assert_eq!(
        key_of(ann.log_draft(save(&ann, both))),
        "error-two-customers"
    );
    let undone = ann.undo(id).unwrap();
    assert_eq!(
        (undone.docs.len(), undone.left.len()),
        (4, 0),
        "also the customer"
    );
}

fn message_of(notebook: &Notebook, id: GroupId) -> String {
    let title = notebook.draft(id).unwrap().title;
    crate::language::message_text(&title, crate::language::Lang::De)
}

#[test]
fn a_text_draft_merges_with_what_came_meanwhile() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let account = notebook.create_account(named("Mill")).unwrap();
    let rewrite = |text: &str, was: Option<&str>| {
        let was = was.map(str::to_owned);
        let text = text.to_owned();
        notebook
            .edit_account(account, vec![AccountEdit::Notes { text, was }])
            .unwrap();
    };
    rewrite("Dog bites.", None);
    let id = save(
        notebook,
        DraftContent::Text {
            doc: account,
            field: DraftField::AccountNotes,
            text: "Dog bites. Ring twice.".into(),
            was: Some("Dog bites.".into()),
        },
    );
    rewrite("The gate is new. Dog bites.", Some("Dog bites."));
    let logged = notebook.log_draft(id).unwrap();
    assert_eq!(logged.changed, Some(account));
    let notes = notebook.account(account).unwrap().account.notes;
    assert_eq!(notes, "The gate is new. Dog bites.\nRing twice.");
}

#[test]
fn drafts_are_in_no_exchange_and_said_to_be_only_here() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let line = || {
        let line = notebook.status().unwrap().line;
        crate::language::message_text(&line, crate::language::Lang::En)
    };
    assert_eq!(line(), "Everything is sent.");
    save(notebook, visit_draft("The door sticks"));
    assert_eq!(line(), "Everything is sent. 1 draft is only here.");
    let waiting = |store: Reading<'_>| Ok(outbox::unsent(store.read(), 0, usize::MAX, 9)?.0.len());
    assert_eq!(notebook.read(waiting).unwrap(), 0);
    assert_eq!((rows(notebook, "change"), rows(notebook, "entry")), (0, 0));
    assert_eq!(notebook.undoable(9).unwrap(), []);
}

#[test]
fn a_draft_of_a_newer_program_is_kept() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let id = save(notebook, visit_draft("The door sticks"));
    let newer = |store: &mut crate::store::Store| {
        let sql = "UPDATE draft SET content = x'8218638161'";
        let done = store.write(|tx| Ok::<_, StoreError>(tx.execute_batch(sql)?));
        done.map_err(KeptError::from)
    };
    notebook.write(newer).unwrap();
    let known = notebook.drafts().unwrap().remove(0);
    assert_eq!(
        (known.content, known.title.key.as_str()),
        (None, "draft-unreadable")
    );
    assert_eq!(key_of(notebook.log_draft(id)), "error-draft-unreadable");
    assert_eq!(notebook.drafts().unwrap().len(), 1);
}

#[test]
fn drafts_are_read_by_later_programs() {
    let usage = UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    };
    let mut entry = visit(Some(DocId([1; 16])), "The door sticks");
    entry.usages.push(usage.clone());
    entry.promises.push(crate::notebook::PromiseDraft {
        performer: Performer::Person { person: SAM },
        ..draft("callback", due(SUNDAY, DuePart::Day))
    });
    entry.visit = VisitDraft {
        arrived_at: Some(7),
        ..entry.visit
    };
    for (name, content) in [
        (
            "visit",
            DraftContent::Visit {
                entry: entry.clone(),
                new_account: Some(named("Mill")),
            },
        ),
        (
            "usage",
            DraftContent::Usage {
                draft: usage,
                new_account: None,
            },
        ),
        (
            "promise",
            DraftContent::Promise {
                draft: entry.promises[0].clone(),
                new_account: None,
            },
        ),
        (
            "account",
            DraftContent::Account {
                draft: named("Mill"),
            },
        ),
        (
            "text",
            DraftContent::Text {
                doc: DocId([1; 16]),
                field: DraftField::VisitSaid,
                text: "a".into(),
                was: Some("b".into()),
            },
        ),
    ] {
        let bytes = minicbor::to_vec(&content).unwrap();
        golden(&format!("draft/{name}"), &bytes);
        assert_eq!(minicbor::decode::<DraftContent>(&bytes).unwrap(), content);
    }
}
