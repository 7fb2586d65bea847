//! Promises: lists of them, one in full, and the explanation of its state. `records` has what is returned, `drafts`
//! what is passed in, `commands` what is written.

pub(in crate::notebook) mod actions;
pub(in crate::notebook) mod calls;
pub(in crate::notebook) mod checks;
pub(in crate::notebook) mod commands;
pub(in crate::notebook) mod detail;
pub(in crate::notebook) mod drafts;
pub(in crate::notebook) mod due_choices;
pub(in crate::notebook) mod duplicates;
pub(in crate::notebook) mod event_builder;
pub(in crate::notebook) mod event_messages;
pub(in crate::notebook) mod labels;
pub(in crate::notebook) mod lateness;
pub(in crate::notebook) mod make_right;
pub(in crate::notebook) mod mine;
pub(in crate::notebook) mod new_promise;
pub(in crate::notebook) mod performers;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod rewrite;
pub(in crate::notebook) mod state_messages;
pub(in crate::notebook) mod summary;

use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{PromiseRecord, read};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::actions::PromiseActions;
use crate::notebook::promises::records::{
    Promise, PromiseExplanation, PromiseListQuery, PromiseSummary,
};
use crate::notebook::rows::{MAX_IDS, MAX_LIST, check_ids, promise_record, row_of_kind};
use crate::store::Reading;
use crate::store::queries::{self, ListedEntry, PromiseQuery};

/// The most promises whose actions are told in one call: each is read in full.
const MAX_ACTION_ROWS: usize = 50;

#[uniffi::export]
impl Notebook {
    /// Returns one promise with all its events; `NotFound` if it is not here.
    pub fn promise(&self, id: DocId) -> ApiResult<Promise> {
        self.read(|store| Context::load(self, store)?.promise_in_full(store, id))
    }

    /// Returns the actions on promises that I may write now, for the rows of a list: in the order of `ids`, at most 50;
    /// those that are not here are left out.
    pub fn promise_actions(&self, ids: Vec<DocId>) -> ApiResult<Vec<PromiseActions>> {
        check_ids(&ids, MAX_ACTION_ROWS)?;
        self.read(|store| {
            let context = Context::load(self, store)?;
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                let row = queries::one(store.read(), id)?;
                if row.is_none_or(|row| row.kind != DocumentKind::Promise) {
                    continue;
                }
                let promise = context.promise_in_full(store, id)?;
                rows.push(PromiseActions {
                    id,
                    actions: promise.actions,
                });
            }
            Ok(rows)
        })
    }

    /// Explains the state of a promise: the effect of each event, and the rules that matched.
    pub fn explain_promise(&self, id: DocId) -> ApiResult<PromiseExplanation> {
        self.read(|store| {
            let row = row_of_kind(store, id, DocumentKind::Promise, "thing-promise")?;
            Context::load(self, store)?.explain_promise(&row)
        })
    }

    /// Returns promises: first those with something left to do and those that do not count, the next due first, then
    /// all others, the latest due first.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/promises.md")))]
    pub fn promises(&self, query: PromiseListQuery) -> ApiResult<Vec<PromiseSummary>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let person = query
                .mine
                .then(|| (context.identity.person, context.my_pools().to_vec()));
            let query = PromiseQuery {
                open_only: query.open_only,
                account: query.account,
                kind: query.kind,
                person,
                limit: query.limit.min(MAX_LIST),
                offset: query.offset,
            };
            context.promises(&queries::promises(store.read(), &query)?)
        })
    }

    /// Returns promises by their ids, in this order; those that are not here are left out. `Invalid` for more than 500.
    pub fn promise_summaries(&self, ids: Vec<DocId>) -> ApiResult<Vec<PromiseSummary>> {
        check_ids(&ids, MAX_IDS)?;
        self.read(|store| Context::load(self, store)?.promises_of(store, &ids))
    }
}

impl Context {
    /// Returns the summaries of promises, in this order; those that are not here are left out.
    pub(in crate::notebook) fn promises_of(
        &self,
        store: Reading<'_>,
        ids: &[DocId],
    ) -> ApiResult<Vec<PromiseSummary>> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let row = queries::one(store.read(), *id)?;
            rows.extend(row.filter(|row| row.kind == DocumentKind::Promise));
        }
        self.promises(&rows)
    }

    /// Returns the summaries of rows, in their order; those whose beginning has not arrived are left out.
    pub(in crate::notebook) fn promises(
        &self,
        rows: &[ListedEntry],
    ) -> ApiResult<Vec<PromiseSummary>> {
        let mut promises = Vec::with_capacity(rows.len());
        for row in rows {
            let record = row.promise()?;
            if let Some(facts) = read(&record.events, &self.registry) {
                promises.push(self.summary(row, &record, &facts)?);
            }
        }
        Ok(promises)
    }
}

impl Notebook {
    /// Returns the events of a promise as they are stored, for explanations and tests.
    pub fn promise_record(&self, id: DocId) -> ApiResult<PromiseRecord> {
        self.read(|store| promise_record(store, id))
    }
}
