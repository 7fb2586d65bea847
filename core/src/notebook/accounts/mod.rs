//! Customers: lists of them, one with its timeline, and what creates and changes one.

pub(in crate::notebook) mod account_match;
pub(in crate::notebook) mod checks;
pub(in crate::notebook) mod duplicates;
pub(in crate::notebook) mod import;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod summary;
pub(in crate::notebook) mod telephone;

use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::account_field::{AccountField, Merge};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::accounts::records::{AccountListQuery, AccountPage, AccountSummary};
use crate::notebook::accounts::summary::{account_summary, likely_same};
use crate::notebook::checks::check_unchanged;
use crate::notebook::context::Context;
use crate::notebook::entries::{HAPPENED, listed_kinds};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::{MAX_LIST, account_of, decode, require_kind, row_of_kind};
use crate::store::Reading;
use crate::store::queries::{self, PromiseQuery};

/// The most entries of a customer's timeline that are returned.
const MAX_TIMELINE: u32 = 500;

#[uniffi::export]
impl Notebook {
    /// Returns accounts in alphabetical order.
    pub fn accounts(&self, query: AccountListQuery) -> ApiResult<Vec<AccountSummary>> {
        self.read(|store| {
            let rows = queries::accounts(
                store.read(),
                query.archived,
                query.limit.min(MAX_LIST),
                query.offset,
            )?;
            rows.iter().map(|row| account_summary(store, row)).collect()
        })
    }

    /// Returns one account with its entries and its open promises; `NotFound` if it is not here.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/account.md")))]
    pub fn account(&self, id: DocId) -> ApiResult<AccountPage> {
        self.read(|store| {
            let row = row_of_kind(store, id, DocumentKind::Account, "thing-account")?;
            let context = Context::load(self, store)?;
            let kinds = listed_kinds(&[], &HAPPENED);
            let timeline = queries::timeline(store.read(), id, &kinds, false, None, MAX_TIMELINE)?;
            let query = PromiseQuery {
                open_only: true,
                account: Some(id),
                kind: None,
                person: None,
                limit: MAX_LIST,
                offset: 0,
            };
            let promises = queries::promises(store.read(), &query)?;
            Ok(AccountPage {
                account: decode(&row.detail)?,
                timeline: timeline
                    .iter()
                    .map(|row| context.entry(row))
                    .collect::<ApiResult<_>>()?,
                happened: queries::timeline_count(store.read(), id, &kinds, false)?,
                promises: context.promises(&promises)?,
                unsent: row.unsent,
                likely_same: likely_same(store, id)?,
            })
        })
    }

    /// Creates a customer. Returns the account's id.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/create_account.md")))]
    pub fn create_account(&self, draft: AccountDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        let draft = self.checked_account(draft)?;
        let operation = Operation::CreateAccount(draft);
        self.save(|_| Ok((vec![Edit { doc, operation }], doc)))
    }

    /// Changes a customer. One call is one entry in its history.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/edit_account.md")))]
    pub fn edit_account(&self, id: DocId, edits: Vec<AccountEdit>) -> ApiResult<()> {
        self.save(|store| Ok((vec![self.account_edit(store, id, edits)?], ())))
    }
}

impl Notebook {
    /// Returns the edit of a customer that edits of a screen stand for.
    pub(in crate::notebook) fn account_edit(
        &self,
        store: Reading<'_>,
        id: DocId,
        edits: Vec<AccountEdit>,
    ) -> ApiResult<Edit> {
        require_kind(store, id, DocumentKind::Account, "thing-account")?;
        check_answers(store, id, &edits)?;
        let edits = edits
            .into_iter()
            .map(|edit| self.checked_account_edit(store, edit));
        Ok(Edit {
            doc: id,
            operation: Operation::EditAccount(edits.collect::<ApiResult<_>>()?),
        })
    }
}

/// Refuses an answer that was changed since the screen showed it.
fn check_answers(store: Reading<'_>, id: DocId, edits: &[AccountEdit]) -> ApiResult<()> {
    let answers = edits.iter().filter_map(|edit| {
        let field = AccountField::of_edit(edit)?;
        let was = edit.was().filter(|_| field.merge == Merge::KeepAll)?;
        Some((field, was, edit))
    });
    let mut answers = answers.peekable();
    if answers.peek().is_none() {
        return Ok(());
    }
    let account = account_of(store, id)?;
    let account = account.ok_or_else(|| KeptError::not_found("thing-account", id))?;
    for (field, was, edit) in answers {
        let now = field.value(&account);
        check_unchanged(field.key, Some(was), field.edit_value(edit), now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
