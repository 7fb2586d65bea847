//! The ways out of documents that cannot be read.

use crate::model::ids::DocId;
use crate::notebook::test_kit::{local_notebook, named};
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
