//! Rows of the store as typed documents: read, refused where they are missing, and the little that is copied from
//! them.

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::ids::{DocId, ItemId};
use crate::model::placement::DocumentKind;
use crate::model::promise::PromiseRecord;
use crate::model::visit::NameSnapshot;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::numbers::count_i64;
use crate::store::Reading;
use crate::store::queries::{self, ListedEntry};
use crate::store::rows::decode_row;

/// The longest list that one call returns.
pub(in crate::notebook) const MAX_LIST: u32 = 10_000;

/// The most entries that one call returns by their ids.
pub(in crate::notebook) const MAX_IDS: usize = 500;

/// Refuses more ids than `limit`, which one call takes.
pub(in crate::notebook) fn check_ids(ids: &[DocId], limit: usize) -> ApiResult<()> {
    if ids.len() > limit {
        let words = Message::new("error-too-many-asked").number("limit", count_i64(limit));
        return Err(KeptError::invalid("ids", words));
    }
    Ok(())
}

/// Returns a row of one kind, or the error that says that it is not here.
pub(in crate::notebook) fn row_of_kind(
    store: Reading<'_>,
    id: DocId,
    kind: DocumentKind,
    what: &str,
) -> ApiResult<ListedEntry> {
    queries::one(store.read(), id)?
        .filter(|row| row.kind == kind)
        .ok_or_else(|| KeptError::not_found(what, id))
}

/// Reads a detail as it was projected.
pub(in crate::notebook) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(
    detail: &[u8],
) -> ApiResult<T> {
    Ok(decode_row(detail)?)
}

/// Returns the telephone number of a customer to call first; empty if there is none.
pub(in crate::notebook) fn first_phone(account: &Account) -> String {
    let phone = account
        .contact_points
        .iter()
        .find(|contact_point| contact_point.kind == ContactPointKind::Phone);
    phone
        .and_then(|contact_point| contact_point.values.first())
        .map(|value| value.value.clone())
        .unwrap_or_default()
}

/// Refuses an id that no document of a kind has.
pub(in crate::notebook) fn require_kind(
    store: Reading<'_>,
    id: DocId,
    kind: DocumentKind,
    what: &str,
) -> ApiResult<()> {
    match queries::one(store.read(), id)? {
        Some(row) if row.kind == kind => Ok(()),
        _ => Err(KeptError::not_found(what, id)),
    }
}

/// Copies the names of account and contact, so that the entry can be read where they are not.
pub(in crate::notebook) fn copied_names(
    store: Reading<'_>,
    account: Option<DocId>,
    contact: Option<ItemId>,
    given: NameSnapshot,
) -> ApiResult<NameSnapshot> {
    let Some(account) = account else {
        return Ok(given);
    };
    let Some(known) = account_of(store, account)? else {
        if given.account.is_empty() {
            return Err(KeptError::not_found("thing-account", account));
        }
        return Ok(given);
    };
    let contact = contact.and_then(|id| known.contacts.iter().find(|contact| contact.id == id));
    Ok(NameSnapshot {
        account: known.name,
        contact: contact.map_or(given.contact, |contact| contact.name.clone()),
        ..given
    })
}

/// Returns the events of a promise as they are stored; `NotFound` if it is not here.
pub(in crate::notebook) fn promise_record(
    store: Reading<'_>,
    id: DocId,
) -> ApiResult<PromiseRecord> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == DocumentKind::Promise);
    let row = row.ok_or_else(|| KeptError::not_found("thing-promise", id))?;
    Ok(row.promise()?)
}

/// Returns a customer; none if they are not here.
pub(in crate::notebook) fn account_of(store: Reading<'_>, id: DocId) -> ApiResult<Option<Account>> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == DocumentKind::Account);
    row.map(|row| decode(&row.detail)).transpose()
}
