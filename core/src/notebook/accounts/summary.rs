//! The summary of a customer for lists.

use crate::model::account::Account;
use crate::model::conflicts::of_account;
use crate::model::ids::DocId;
use crate::notebook::accounts::records::AccountSummary;
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{decode, first_phone};
use crate::store::queries::{self, ListedEntry};
use crate::store::{Reading, likeness};

/// Returns the accounts that are likely the same as one.
pub(in crate::notebook) fn likely_same(
    store: Reading<'_>,
    id: DocId,
) -> ApiResult<Vec<AccountSummary>> {
    let mut same = Vec::new();
    for other in likeness::of(store.read(), id)? {
        let row = queries::one(store.read(), other)?;
        same.extend(row.map(|row| account_summary(store, &row)).transpose()?);
    }
    Ok(same)
}

/// Returns the summary of a row.
pub(in crate::notebook) fn account_summary(
    store: Reading<'_>,
    row: &ListedEntry,
) -> ApiResult<AccountSummary> {
    let account: Account = decode(&row.detail)?;
    Ok(AccountSummary {
        likely_same: likeness::of(store.read(), row.doc)?,
        phone: first_phone(&account),
        unsettled: u32::try_from(of_account(&account).len()).unwrap_or(u32::MAX),
        id: row.doc,
        name: account.name,
        form: account.form,
        team: account.team,
        archived: account.archived,
        unsent: row.unsent,
    })
}
