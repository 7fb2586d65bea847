//! Entries of every kind in one list: the latest ones, their number, and the kind of one.

pub(in crate::notebook) mod find;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod search;
pub(in crate::notebook) mod summary;

use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::{EntryKind, EntrySummary};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::MAX_LIST;
use crate::store::queries;

#[uniffi::export]
impl Notebook {
    /// Returns visits, observations and promises, newest first.
    #[uniffi::method(default(limit = 50))]
    pub fn latest_entries(&self, limit: u32) -> ApiResult<Vec<EntrySummary>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let rows = queries::latest(
                store.read(),
                &[
                    DocumentKind::Visit,
                    DocumentKind::Usage,
                    DocumentKind::Promise,
                ],
                limit.min(MAX_LIST),
            )?;
            rows.iter().map(|row| context.entry(row)).collect()
        })
    }
}

impl Notebook {
    /// Returns entries of some kinds, newest first.
    pub fn latest_entries_of(
        &self,
        kinds: &[EntryKind],
        limit: u32,
    ) -> ApiResult<Vec<EntrySummary>> {
        let kinds: Vec<DocumentKind> = kinds.iter().copied().map(DocumentKind::from).collect();
        self.read(|store| {
            let context = Context::load(self, store)?;
            let rows = queries::latest(store.read(), &kinds, limit.min(MAX_LIST))?;
            rows.iter().map(|row| context.entry(row)).collect()
        })
    }

    /// Returns the number of entries of some kinds.
    pub fn count_entries(&self, kinds: &[EntryKind]) -> ApiResult<u64> {
        let kinds: Vec<DocumentKind> = kinds.iter().copied().map(DocumentKind::from).collect();
        self.read(|store| {
            let counts = queries::counts(store.read())?;
            let asked = counts.iter().filter(|(kind, _)| kinds.contains(kind));
            Ok(asked.map(|(_, count)| count).sum())
        })
    }
}

#[uniffi::export]
impl Notebook {
    /// Returns an entry's kind; `NotFound` unless it is a customer, a visit, a usage or a promise that is here.
    pub fn entry_kind(&self, id: DocId) -> ApiResult<EntryKind> {
        self.read(|store| {
            let row = queries::one(store.read(), id)?;
            match row.map(|row| row.kind) {
                Some(DocumentKind::Account) => Ok(EntryKind::Account),
                Some(DocumentKind::Visit) => Ok(EntryKind::Visit),
                Some(DocumentKind::Usage) => Ok(EntryKind::Usage),
                Some(DocumentKind::Promise) => Ok(EntryKind::Promise),
                _ => Err(KeptError::not_found("thing-entry", id)),
            }
        })
    }
}

#[cfg(test)]
mod tests;
