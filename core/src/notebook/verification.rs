//! Verification: checks the file, the rows and the changes against each other, and makes every row anew.

use serde::Serialize;

use crate::model::ids::DocId;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::events::NotebookEvent;
use crate::notebook::history::check::{HistoryCheck, broken_histories};
use crate::notebook::history::set_aside::{SetAsideChange, changes_aside};
use crate::notebook::sync::ways_out::WayOut;
use crate::store::{Reading, changes, feed, projection, queries, withdrawal};

#[uniffi::export]
impl Notebook {
    /// Checks the file, every row against its changes, and the changes against what was read. Of a damaged file the
    /// result has only what can still be read.
    pub fn verify(&self) -> ApiResult<VerificationReport> {
        // A search that is verified makes a transaction of its own.
        self.write(|store| {
            let database = store.integrity();
            let rest = verification_report(store.reading());
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
fn verification_report(store: Reading<'_>) -> ApiResult<VerificationReport> {
    let connection = store.read();
    let mut lost = Vec::new();
    for scope in feed::scopes(connection)? {
        if feed::sum_of_present(connection, scope.number)? != scope.checksum {
            lost.push(scope.name);
        }
    }
    let (named, withdrawn) = quarantined_documents(store)?;
    let counts = queries::counts(connection)?;
    Ok(VerificationReport {
        database: vec![],
        stale: projection::verify(connection)?,
        quarantined: named.into_iter().chain(withdrawn).collect(),
        set_aside: changes_aside(connection)?,
        lost,
        broken: broken_histories(store)?,
        changes: changes::count(connection)?.0,
        documents: counts.iter().map(|(_, count)| count).sum(),
    })
}

/// Returns the documents that cannot be read: those that are named, and those that were withdrawn.
pub(in crate::notebook) fn quarantined_documents(
    store: Reading<'_>,
) -> ApiResult<(Vec<QuarantinedDocument>, Vec<QuarantinedDocument>)> {
    let (mut named, mut withdrawn) = (Vec::new(), Vec::new());
    for (id, reason) in queries::quarantined(store.read())? {
        let is_away = withdrawal::is_withdrawn(store.read(), id)?;
        let mut ways = vec![WayOut::Export];
        if !is_away {
            ways.insert(0, WayOut::Withdraw);
        }
        let document = QuarantinedDocument { id, reason, ways };
        match is_away {
            true => withdrawn.push(document),
            false => named.push(document),
        }
    }
    Ok((named, withdrawn))
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
    pub fn rows(&self) -> ApiResult<Vec<(DocId, Vec<u8>)>> {
        self.read(|store| Ok(projection::rows(store.read())?))
    }
}

/// A document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct QuarantinedDocument {
    /// The document's id.
    pub id: DocId,
    /// The reason, for diagnosis.
    pub reason: String,
    /// The ways out, the likeliest first.
    pub ways: Vec<WayOut>,
}

/// The result of a check of the notebook; `database`, `stale`, `quarantined`, `set_aside`, `lost` and `broken` are
/// empty if it is healthy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct VerificationReport {
    /// The errors that the database itself reports.
    pub database: Vec<String>,
    /// The ids of documents whose rows are not what their changes say; `rebuild` mends them.
    pub stale: Vec<DocId>,
    /// The documents that cannot be read, with the reason.
    pub quarantined: Vec<QuarantinedDocument>,
    /// The changes of documents that are set aside, with the reason.
    pub set_aside: Vec<SetAsideChange>,
    /// The names of scopes whose changes here do not sum up to what was read.
    pub lost: Vec<String>,
    /// The documents whose history is not intact, with the problems.
    pub broken: Vec<HistoryCheck>,
    /// The number of changes that are here.
    pub changes: u64,
    /// The number of documents that are shown.
    pub documents: u64,
}

impl VerificationReport {
    /// True if nothing is wrong.
    pub fn is_healthy(&self) -> bool {
        self.database.is_empty()
            && self.stale.is_empty()
            && self.quarantined.is_empty()
            && self.set_aside.is_empty()
            && self.lost.is_empty()
            && self.broken.is_empty()
    }
}
