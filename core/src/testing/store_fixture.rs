//! The store fixture: a new encrypted file in a folder that is thrown away, and people who write to it.

use std::path::PathBuf;

use crate::document::WriteContext;
use crate::environment::{Environment, ScriptedEnvironment, new_uuid};
use crate::model::account::AccountDraft;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{Actor, DocId, GroupId, InstallationId, PersonId};
use crate::model::registry::RegistryRow;
use crate::store::{Store, StoreError, feed, group_writer};
use crate::testing::{ANN, NOON, clock_time};
use crate::wire::{Page, Row, row_kind};

/// A store, and the clock and randomness with which it is written.
pub(crate) struct StoreFixture {
    folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) environment: ScriptedEnvironment,
    /// Rows of the company's feed so far.
    company_rows: u64,
}

impl StoreFixture {
    /// A new file, at noon.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("n.db"), Some(&[1; 32])).unwrap();
        Self {
            folder,
            store,
            environment: ScriptedEnvironment::new(NOON, 7),
            company_rows: 0,
        }
    }

    /// The path of the file.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("n.db")
    }

    /// Opens the file once more.
    pub(crate) fn reopen(&mut self) {
        self.store = Store::open(&self.path(), Some(&[1; 32])).unwrap();
    }

    /// The id of a new document.
    pub(crate) fn doc(&self) -> DocId {
        DocId(new_uuid(&self.environment))
    }

    /// A person writes one group with the device and the actor of their number, a second after what was before.
    pub(crate) fn write(
        &mut self,
        author: PersonId,
        edits: &[Edit],
    ) -> Result<GroupId, StoreError> {
        self.environment.advance(1_000);
        let new_id = || new_uuid(&self.environment);
        let write_context = WriteContext {
            actor: Actor(author.0),
            device: InstallationId(author.0),
            time: clock_time(self.environment.wall_ms()),
            on_behalf: None,
            new_id: &new_id,
        };
        let group = GroupId(new_id());
        self.store
            .write(|tx| group_writer::write_group(tx, edits, &write_context, group, None))?;
        Ok(group)
    }

    /// Ann writes a new customer.
    pub(crate) fn account(&mut self, name: &str) -> (DocId, GroupId) {
        let doc = self.doc();
        let operation = Operation::CreateAccount(AccountDraft {
            name: name.into(),
            ..AccountDraft::default()
        });
        let group = self.write(ANN, &[Edit { doc, operation }]).unwrap();
        (doc, group)
    }

    /// The server tells something about people.
    pub(crate) fn hear(&mut self, row: &RegistryRow) {
        let row = Row {
            seq: self.company_rows + 1,
            kind: row_kind::REGISTRY,
            doc: None,
            hash: None,
            bytes: None,
            receipt: None,
            group: None,
            control: Some(minicbor::to_vec(row).unwrap().into()),
            mac: None,
        };
        let page = Page {
            scope: 1,
            name: Some("company".into()),
            epoch: 5,
            after: self.company_rows,
            head: self.company_rows + 1,
            checksum: 0,
            rows: vec![row],
        };
        let taken = self.store.write(|tx| {
            feed::apply_page(tx, &page, true, &mut feed::PageContext::default())?;
            Ok::<_, feed::FeedError>(feed::refresh_stale(tx, usize::MAX)?)
        });
        taken.unwrap();
        self.company_rows += 1;
    }
}
