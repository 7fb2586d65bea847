//! The ways out of documents that cannot be read, and the words of groups of every kind of document.

use crate::language::{Lang, message_text};
use crate::model::colleague_profile::PersonEdit;
use crate::model::handbook::KindEdit;
use crate::model::ids::DocId;
use crate::model::registry::Role;
use crate::model::time::DuePart;
use crate::model::visit::UsageDraft;
use crate::notebook::test_kit::{draft, due, local_notebook, named, notebook_of, visit};
use crate::notebook::{ApiResult, Notebook, WayOut};

/// Spoils a document, so that it cannot be read: its only change names another document.
fn spoil(notebook: &Notebook, doc: DocId) -> ApiResult<()> {
    notebook.write(|store| {
        store.write(|tx| {
            tx.execute(
                "UPDATE change SET bytes = zeroblob(40) WHERE doc = ?1",
                [doc],
            )?;
            Ok::<_, crate::store::StoreError>(())
        })?;
        Ok(())
    })?;
    notebook.rebuild()?;
    Ok(())
}

#[test]
fn a_document_that_cannot_be_read_is_withdrawn_and_kept() {
    let local = local_notebook();
    let notebook = &local.notebook;
    let doc = notebook.create_account(named("Meier")).unwrap();
    spoil(notebook, doc).unwrap();
    let named = notebook.status().unwrap().quarantined;
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].ways, [WayOut::Withdraw, WayOut::Export]);

    notebook.withdraw_document(doc).unwrap();
    notebook.withdraw_document(doc).unwrap();
    let status = notebook.status().unwrap();
    assert!(status.quarantined.is_empty());
    assert_eq!(status.withdrawn, 1);
    let away = notebook.withdrawn().unwrap().documents;
    assert_eq!((away.len(), away[0].id), (1, doc));
    assert!(!notebook.export_entry(doc).unwrap().is_empty());
    assert_eq!(
        notebook.verify().unwrap().quarantined.len(),
        1,
        "a check names it"
    );
}

#[test]
fn what_waits_has_words_and_a_text_whatever_kind_of_document_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Office);
    let me = notebook.me().unwrap().person;
    let before = notebook.status().unwrap().unsent.len();
    notebook.create_account(named("Mill")).unwrap();
    notebook.log_visit(visit(None, "the lid drips")).unwrap();
    let usage = UsageDraft {
        quote: "it drips".into(),
        ..UsageDraft::default()
    };
    notebook.log_usage(usage).unwrap();
    let promise = draft("quote", due("2027-01-08", DuePart::Day));
    notebook.make_promise(promise).unwrap();
    let name = KindEdit::Name { name: "Tow".into() };
    notebook.save_kind("tow".into(), vec![name]).unwrap();
    let phone = PersonEdit::AddPhone {
        number: "+49 30 1".into(),
    };
    notebook.edit_colleague_profile(me, vec![phone]).unwrap();
    let unsent = notebook.status().unwrap().unsent;
    assert_eq!(unsent.len() - before, 6);
    for group in &unsent[before..] {
        for lang in [Lang::En, Lang::De] {
            assert!(!message_text(&group.words, lang).is_empty());
            let text = notebook.group_text(group.id, lang).unwrap();
            assert!(text.lines().count() > 1, "{text}");
        }
        assert!(!notebook.export_group(group.id).unwrap().is_empty());
    }
}
