//! Upkeep: check the notebook, and make every projection anew.

use crate::notebook::Notebook;
use crate::notebook::entries::records::{NotebookEvent, QuarantinedDocument, VerificationReport};
use crate::notebook::errors::ApiResult;
use crate::notebook::history::past;
use crate::notebook::sync::status::changes_aside;
use crate::store::{Store, changes, feed, projection, queries};

#[uniffi::export]
impl Notebook {
    /// Checks the file, every row against its changes, and the changes against what was read. Of a damaged file the
    /// result has only what can still be read.
    pub fn verify(&self) -> ApiResult<VerificationReport> {
        self.read(|store| {
            let database = store.integrity();
            let rest = checkup(store);
            let rest = match database.is_empty() {
                true => rest?,
                false => rest.unwrap_or_default(),
            };
            Ok(VerificationReport { database, ..rest })
        })
    }

    /// Drops every projection and makes it anew from the changes. Returns the number of documents.
    pub fn rebuild(&self) -> ApiResult<u64> {
        self.rebuild_with(&mut |_, _| {})
    }
}

/// Checks everything but the file itself.
fn checkup(store: &Store) -> ApiResult<VerificationReport> {
    let connection = store.read();
    let mut lost = Vec::new();
    for scope in feed::scopes(connection)? {
        if feed::sum_of_present(connection, scope.number)? != scope.checksum {
            lost.push(scope.name);
        }
    }
    let quarantined = queries::quarantined(connection)?.into_iter();
    let counts = queries::counts(connection)?;
    Ok(VerificationReport {
        database: vec![],
        stale: projection::verify(connection)?,
        quarantined: quarantined
            .map(|(id, reason)| QuarantinedDocument { id, reason })
            .collect(),
        set_aside: changes_aside(connection)?,
        lost,
        broken: past::broken_histories(store)?,
        changes: changes::count(connection)?.0,
        documents: counts.iter().map(|(_, count)| count).sum(),
    })
}

impl Notebook {
    /// Rebuilds, and tells `progress` the number of documents that are done, and of all.
    pub fn rebuild_with(&self, progress: &mut dyn FnMut(u64, u64)) -> ApiResult<u64> {
        let documents =
            self.write(|store| Ok(store.write(|tx| projection::rebuild(tx, progress))?))?;
        self.events.send(NotebookEvent::Missed);
        Ok(documents)
    }

    /// Returns every row that screens read, without what depends on this device: for comparing devices and for
    /// comparing with a rebuild.
    pub fn rows(&self) -> ApiResult<Vec<(crate::model::ids::DocId, Vec<u8>)>> {
        self.read(|store| Ok(projection::rows(store.read())?))
    }
}
