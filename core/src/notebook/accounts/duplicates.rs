//! Customers that a draft would add once more, and names that people take for the same.

use crate::model::account::{Account, AccountDraft, ContactPointKind};
use crate::model::duplicates::address;
use crate::model::fold;
use crate::model::telephone::{Country, is_same};
use crate::notebook::Notebook;
use crate::notebook::accounts::records::AccountSummary;
use crate::notebook::accounts::summary::account_summary;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::decode;
use crate::store::queries;
use crate::store::search::composed;

#[uniffi::export]
impl Notebook {
    /// Returns the accounts that a draft would add once more: the same name, letter by letter, and a telephone number
    /// or an e-mail address in common, or nothing else on either side. Those that were put away are left out.
    pub fn duplicates_of_account(&self, draft: AccountDraft) -> ApiResult<Vec<AccountSummary>> {
        self.read(|store| {
            let country = Context::load(self, store)?.country();
            let mut doubles = Vec::new();
            for (id, name) in queries::account_names(store.read())? {
                if as_written(&name) != as_written(&draft.name) {
                    continue;
                }
                let Some(row) = queries::one(store.read(), id)? else {
                    continue;
                };
                let account: Account = decode(&row.detail)?;
                if !account.archived && is_double(&draft, &account, country) {
                    doubles.push(account_summary(store, &row)?);
                }
            }
            Ok(doubles)
        })
    }
}

/// Returns a name for comparison letter by letter; case and spaces do not count.
fn as_written(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    composed(&words.join(" ")).to_lowercase()
}

/// True if an account of the same name as a draft is the one that the draft would add.
fn is_double(draft: &AccountDraft, account: &Account, country: Option<&Country>) -> bool {
    let shares = |kind: ContactPointKind, is_same: &dyn Fn(&str, &str) -> bool| {
        let drafted = draft
            .contact_points
            .iter()
            .filter(|contact_point| contact_point.kind == kind);
        let known = account
            .contact_points
            .iter()
            .filter(|contact_point| contact_point.kind == kind);
        let known: Vec<&str> = known
            .flat_map(|contact_point| &contact_point.values)
            .map(|given| given.value.as_str())
            .collect();
        drafted.into_iter().any(|contact_point| {
            known
                .iter()
                .any(|known| is_same(&contact_point.value, known))
        })
    };
    let same_number =
        |one: &str, other: &str| one.trim() == other.trim() || is_same(one, other, country);
    let same_box = |one: &str, other: &str| address(one) == address(other);
    let says_more = [
        draft.contact_points.len() + account.contact_points.len(),
        draft.contacts.len() + account.contacts.len(),
        draft.sites.len() + account.sites.len(),
        draft.notes.trim().len() + account.notes.trim().len(),
    ];
    shares(ContactPointKind::Phone, &same_number)
        || shares(ContactPointKind::Email, &same_box)
        || says_more.iter().all(|count| *count == 0)
}

/// True if people take two names for the same: they are equal once folded, or the same text; false for empty names.
#[uniffi::export]
pub fn is_same_name(one: &str, other: &str) -> bool {
    let folded = fold::plain(one);
    !folded.is_empty() && folded == fold::plain(other) || one == other && !one.is_empty()
}
