//! The customers that some letters mean, for a field in which one is picked, with what is open at each.

use serde::Serialize;

use crate::model::account::{Account, ContactPointKind};
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::accounts::records::AccountSummary;
use crate::notebook::accounts::summary::account_summary;
use crate::notebook::context::Context;
use crate::notebook::entries::records::SearchMatch;
use crate::notebook::entries::search::MatchFinder;
use crate::notebook::entries::{HAPPENED, listed_kinds};
use crate::notebook::errors::ApiResult;
use crate::notebook::numbers::count_u32;
use crate::notebook::rows::{MAX_IDS, decode};
use crate::store::account_names::TypedName;
use crate::store::queries::{self, ListedEntry};
use crate::store::search::Query;
use crate::store::{Reading, open_promises};

/// The newest entries whose customers are offered before anything is typed.
const NEWEST: u32 = 50;

/// A customer who was found by some letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AccountMatch {
    /// The customer.
    pub summary: AccountSummary,
    /// The fields in which the letters stand, at most three, names first; empty where nothing was typed.
    pub matches: Vec<SearchMatch>,
    /// The address of the first site that has one, else the first postal address, in one line; empty if there is none.
    pub place: String,
    /// The number of open promises.
    pub open_promises: u32,
    /// The number of open promises that are late.
    pub late_promises: u32,
}

#[uniffi::export]
impl Notebook {
    /// Returns the customers who have all words of `text` in their names, contacts or telephone numbers, each as the
    /// beginning of a word: those whose name begins with it, then those who have it in their name, then others; those
    /// who were put away last. If `text` has no word, the customers of the newest entries, one's own before those of
    /// others. A `limit` of more than 500 counts as 500.
    #[uniffi::method(default(limit = 20))]
    pub fn find_accounts(&self, text: String, limit: u32) -> ApiResult<Vec<AccountMatch>> {
        let limit = (limit as usize).min(MAX_IDS);
        self.read(|store| {
            let context = Context::load(self, store)?;
            let country = context.country();
            let rows = match TypedName::read(&text, country) {
                Some(typed) => {
                    let found = typed.accounts(store.read(), limit)?;
                    let rows = found.into_iter().map(|id| queries::one(store.read(), id));
                    rows.filter_map(Result::transpose)
                        .collect::<Result<_, _>>()?
                }
                None => lately_met(store, &context, limit)?,
            };
            let query = Query::read(&text, country);
            let finder = query
                .as_ref()
                .map(|query| MatchFinder::new(&text, query, country));
            let matched = |row: &ListedEntry| {
                let matches = finder.as_ref().map(|finder| finder.matches(row));
                account_match(store, &context, row, matches.transpose()?)
            };
            rows.iter().map(matched).collect()
        })
    }
}

/// The customers of the newest entries, those that this notebook's person wrote first; without those who were put
/// away.
fn lately_met(store: Reading<'_>, context: &Context, limit: usize) -> ApiResult<Vec<ListedEntry>> {
    let kinds = listed_kinds(&[], &HAPPENED);
    let mut newest = Vec::new();
    for row in queries::latest(store.read(), &kinds, None, NEWEST)? {
        newest.push(context.entry(&row)?);
    }
    // Stable: of one author the newest stays first.
    newest.sort_by_key(|entry| !entry.by_me);
    let mut met: Vec<ListedEntry> = Vec::new();
    for id in newest.into_iter().filter_map(|entry| entry.account) {
        if met.len() >= limit {
            break;
        }
        if met.iter().any(|row| row.doc == id) {
            continue;
        }
        let row = queries::one(store.read(), id)?;
        let row = row.filter(|row| row.kind == DocumentKind::Account);
        if let Some(row) = row
            && !decode::<Account>(&row.detail)?.archived
        {
            met.push(row);
        }
    }
    Ok(met)
}

fn account_match(
    store: Reading<'_>,
    context: &Context,
    row: &ListedEntry,
    matches: Option<Vec<SearchMatch>>,
) -> ApiResult<AccountMatch> {
    let open_promises = open_promises::of_account(store.read(), row.doc)?;
    let late = open_promises.iter();
    let late = late.filter(|open| open.late_ms(context.now) > 0).count();
    Ok(AccountMatch {
        summary: account_summary(store, row)?,
        matches: matches.unwrap_or_default(),
        place: place_of(&decode(&row.detail)?),
        open_promises: count_u32(open_promises.len()),
        late_promises: count_u32(late),
    })
}

/// The address of a customer in one line.
fn place_of(account: &Account) -> String {
    let sites = account.sites.iter().flat_map(|site| site.address.first());
    let addresses = account.contact_points.iter();
    let addresses = addresses.filter(|point| point.kind == ContactPointKind::Address);
    let addresses = addresses.flat_map(|point| point.values.first());
    let mut known = sites.chain(addresses).map(|value| value.value.trim());
    let address = known
        .find(|address| !address.is_empty())
        .unwrap_or_default();
    let lines = address.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(", ")
}

#[cfg(test)]
#[path = "account_match_tests.rs"]
mod tests;
