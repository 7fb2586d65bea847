//! Entries of every kind in one list: the latest ones, those about a customer, their number, and the kind of one.

pub(in crate::notebook) mod find;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod pages;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod search;
pub(in crate::notebook) mod summary;

use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::pages::{EntryCounts, TimelinePage, TimelinePosition, TimelineQuery};
use crate::notebook::entries::records::{EntryKind, EntrySummary};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::{MAX_IDS, MAX_LIST, check_ids};
use crate::store::drafts;
use crate::store::queries::{self, Position};

/// The kinds of entries in a list where none are named.
pub(in crate::notebook) const HAPPENED: [EntryKind; 3] =
    [EntryKind::Visit, EntryKind::Usage, EntryKind::Promise];
/// The kinds of entries that have a line.
pub(in crate::notebook) const WITH_LINE: [EntryKind; 4] = [
    EntryKind::Account,
    EntryKind::Visit,
    EntryKind::Usage,
    EntryKind::Promise,
];

/// Returns the documents of the kinds that were asked for, each once; of `default` where none were, and without those
/// that have no line in a list.
pub(in crate::notebook) fn listed_kinds(
    asked: &[EntryKind],
    default: &[EntryKind],
) -> Vec<DocumentKind> {
    let is_asked = |kind: &EntryKind| match asked {
        [] => default.contains(kind),
        asked => asked.contains(kind),
    };
    let kinds = WITH_LINE.into_iter().filter(is_asked);
    kinds.map(DocumentKind::from).collect()
}

#[uniffi::export]
impl Notebook {
    /// Returns entries of some kinds, newest first: those before a position, none for the newest ones. Without kinds,
    /// visits, observations and promises.
    #[uniffi::method(default(limit = 50, before = None, kinds = []))]
    pub fn latest_entries(
        &self,
        limit: u32,
        before: Option<TimelinePosition>,
        kinds: Vec<EntryKind>,
    ) -> ApiResult<Vec<EntrySummary>> {
        let kinds = listed_kinds(&kinds, &HAPPENED);
        let before = before.map(Position::from);
        self.read(|store| {
            let context = Context::load(self, store)?;
            let rows = queries::latest(store.read(), &kinds, before, limit.min(MAX_LIST))?;
            rows.iter().map(|row| context.entry(row)).collect()
        })
    }

    /// Returns entries by their ids, in this order; those that are not here, or have no line in a list, are left out.
    /// `Invalid` for more than 500.
    pub fn entries(&self, ids: Vec<DocId>) -> ApiResult<Vec<EntrySummary>> {
        check_ids(&ids, MAX_IDS)?;
        let kinds = listed_kinds(&[], &WITH_LINE);
        self.read(|store| {
            let context = Context::load(self, store)?;
            let mut entries = Vec::with_capacity(ids.len());
            for id in &ids {
                let row = queries::one(store.read(), *id)?;
                let row = row.filter(|row| kinds.contains(&row.kind));
                entries.extend(row.map(|row| context.entry(&row)).transpose()?);
            }
            Ok(entries)
        })
    }

    /// Returns a page of the entries about a customer, newest first; an empty one if none are here.
    pub fn timeline(&self, query: TimelineQuery) -> ApiResult<TimelinePage> {
        let kinds = listed_kinds(&query.kinds, &HAPPENED);
        let limit = query.limit.clamp(1, MAX_LIST);
        let before = query.before.map(Position::from);
        self.read(|store| {
            let context = Context::load(self, store)?;
            // One more than shown tells whether there is more.
            let rows = queries::timeline(
                store.read(),
                query.account,
                &kinds,
                query.archived,
                before,
                limit + 1,
            )?;
            let shown = rows.iter().take(limit as usize);
            let entries: Vec<EntrySummary> = shown
                .map(|row| context.entry(row))
                .collect::<ApiResult<_>>()?;
            let more = entries.last().filter(|_| rows.len() > entries.len());
            Ok(TimelinePage {
                more: more.map(TimelinePosition::from),
                total: queries::timeline_count(
                    store.read(),
                    query.account,
                    &kinds,
                    query.archived,
                )?,
                entries,
            })
        })
    }

    /// Returns the number of entries of each kind that are here.
    pub fn counts(&self) -> ApiResult<EntryCounts> {
        self.read(|store| {
            let counts = queries::counts(store.read())?;
            let of = |kind| {
                let counted = counts.iter().find(|(known, _)| *known == kind);
                counted.map_or(0, |(_, count)| *count)
            };
            let archived_accounts = queries::archived_account_count(store.read())?;
            Ok(EntryCounts {
                accounts: of(DocumentKind::Account).saturating_sub(archived_accounts),
                archived_accounts,
                visits: of(DocumentKind::Visit),
                usages: of(DocumentKind::Usage),
                promises: of(DocumentKind::Promise),
                open_promises: queries::open_promise_count(store.read())?,
                drafts: drafts::count(store.read())?,
            })
        })
    }
}

impl Notebook {
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
