//! Customers in alphabetical order, and one customer with everything that is known and happened.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::model::account::{Account, ContactPoint, ContactPointKind};
use kept_core::model::fold;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::notebook::{
    AccountListQuery, AccountSummary, Conflict, EntryKind, LeadTimeFit, NeedFit, PromiseSummary,
    contact_label_message,
};
use serde::Deserialize;

use super::Office;
use super::commands::new_form_id;
use super::entry_view::{self, DayGroup, EntryBody, EntryView};
use super::frame::Frame;
use super::links;
use super::localizer::Localizer;
use super::page_error::{PageError, page_response};
use super::search;

/// Customers of a page.
const PAGE_SIZE: u32 = 200;

/// The query parameters of the list: search text, and the number of customers before the page.
#[derive(Default, Deserialize)]
pub(super) struct AccountsParams {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// Customers whose names begin with the same letter.
struct LetterGroup {
    letter: String,
    accounts: Vec<AccountRow>,
}

/// One customer of the list.
struct AccountRow {
    id: DocId,
    name: String,
    phone: String,
    team: String,
    unsettled: usize,
    /// True if it is likely the same as another.
    likely_same: bool,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    frame: Frame,
    /// The text that is searched for among customers.
    name: String,
    letters: Vec<LetterGroup>,
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountDetail {
    frame: Frame,
    account: Account,
    days: Vec<DayGroup>,
    /// That the timeline ends early.
    cut: Option<String>,
    promises: Vec<PromiseSummary>,
    conflicts: Vec<(Conflict, String)>,
    fit: LeadTimeFit,
    /// Accounts that are likely the same customer.
    likely_same: Vec<AccountSummary>,
    /// The addresses under which its telephone numbers are dialled, by the numbers as they are written.
    dial_addresses: HashMap<String, String>,
}

impl AccountDetail {
    /// A link that calls or writes; none where there is nothing to be tapped.
    fn contact_point_href(&self, contact_point: &ContactPoint, value: &str) -> Option<String> {
        match contact_point.kind {
            ContactPointKind::Phone => self.dial_addresses.get(value).cloned(),
            ContactPointKind::Email => value.contains('@').then(|| format!("mailto:{value}")),
            ContactPointKind::Address | ContactPointKind::Web => None,
        }
    }
}

/// `GET /accounts`: all customers, or those that have all words of `q`.
pub(super) async fn list(
    State(office): State<Arc<Office>>,
    frame: Frame,
    params: Result<Query<AccountsParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    page_response(
        &localizer,
        read_list(&office, frame.section("accounts"), params).await,
    )
}

/// `GET /accounts/{id}`: one customer.
pub(super) async fn one(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let localizer = frame.localizer.clone();
    page_response(
        &localizer,
        read_one(&office, frame.section("accounts"), &id).await,
    )
}

async fn read_list(
    office: &Office,
    frame: Frame,
    params: AccountsParams,
) -> Result<String, PageError> {
    let text = search::trimmed_query(&params.q);
    let after: u32 = params.after.parse().unwrap_or(0);
    let name = text.clone();
    let found = office.read(move |notebook| {
        if text.is_empty() {
            let query = AccountListQuery {
                archived: false,
                limit: PAGE_SIZE + 1,
                offset: after,
            };
            let accounts = notebook.accounts(query)?;
            return Ok(accounts
                .into_iter()
                .map(AccountRow::from)
                .collect::<Vec<_>>());
        }
        let found = notebook.search(text, PAGE_SIZE)?.into_iter();
        Ok(found
            .filter(|entry| entry.kind == EntryKind::Account)
            .map(|entry| AccountRow {
                id: entry.id,
                name: entry.text,
                phone: entry.aside,
                team: String::new(),
                unsettled: 0,
                likely_same: !entry.likely_same.is_empty(),
            })
            .collect())
    });
    let mut accounts = found.await?;
    let shown = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let more = (accounts.len() > shown).then(|| format!("/accounts?after={}", after + PAGE_SIZE));
    accounts.truncate(shown);
    let page = AccountsPage {
        name,
        letters: group_by_letter(accounts),
        more,
        frame,
    };
    Ok(page.render()?)
}

async fn read_one(office: &Office, frame: Frame, id: &str) -> Result<String, PageError> {
    let id: DocId = id.parse().map_err(|_| PageError::NoSuchPage)?;
    let found = office.read_document(id, move |notebook| {
        let page = notebook.account(id)?;
        let lines = (EntryView::read_all(notebook, page.timeline)?, page.happened);
        let conflicts = notebook.conflicts_of(id)?.into_iter();
        let conflicts = conflicts.map(|conflict| (conflict, new_form_id(notebook.environment())));
        let fit = notebook.lead_time_fit(id)?;
        let mut dial_addresses = HashMap::new();
        let phones = page
            .account
            .contact_points
            .iter()
            .filter(|contact_point| contact_point.kind == ContactPointKind::Phone);
        for given in phones.flat_map(|contact_point| &contact_point.values) {
            let address = notebook.dial_address(given.value.clone())?;
            dial_addresses.extend(address.map(|address| (given.value.clone(), address)));
        }
        let found = (page.account, lines, page.promises, conflicts.collect(), fit);
        Ok((found, page.likely_same, dial_addresses))
    });
    let (found, likely_same, dial_addresses) = found.await?;
    let (account, (lines, happened), promises, conflicts, fit) = found;
    let page = AccountDetail {
        cut: entry_view::truncation_note(
            &frame.localizer,
            "office-newest-of",
            lines.len(),
            happened,
        ),
        days: entry_view::group_by_day(&frame.localizer, lines),
        account,
        promises,
        conflicts,
        fit,
        likely_same,
        dial_addresses,
        frame,
    };
    Ok(page.render()?)
}

impl From<AccountSummary> for AccountRow {
    fn from(account: AccountSummary) -> Self {
        Self {
            id: account.id,
            name: account.name,
            phone: account.phone,
            team: account
                .team
                .map(|team| team.to_string())
                .unwrap_or_default(),
            unsettled: usize::try_from(account.unsettled).unwrap_or(usize::MAX),
            likely_same: !account.likely_same.is_empty(),
        }
    }
}

fn group_by_letter(accounts: Vec<AccountRow>) -> Vec<LetterGroup> {
    let mut letters: Vec<LetterGroup> = Vec::new();
    for account in accounts {
        // As the list is ordered: Ä stands among A.
        let folded = fold::plain(&account.name);
        let first = folded
            .chars()
            .next()
            .or_else(|| account.name.chars().next());
        let letter: String = first.into_iter().flat_map(char::to_uppercase).collect();
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.accounts.push(account),
            _ => letters.push(LetterGroup {
                letter,
                accounts: vec![account],
            }),
        }
    }
    letters
}

/// The tone of a required lead time: met, not met, or left open by the record.
fn need_tone(need: &NeedFit) -> &'static str {
    match need.meets {
        Some(true) => "kept",
        Some(false) => "late",
        None => "waiting",
    }
}

/// The purpose of a number or address, as its label says it.
fn purpose(contact_point: &ContactPoint, localizer: &Localizer) -> String {
    localizer.message(&contact_label_message(&contact_point.label))
}

fn contact_name(account: &Account, contact: &Option<ItemId>) -> String {
    let named = account
        .contacts
        .iter()
        .find(|known| Some(known.id) == *contact);
    named
        .map(|contact| contact.name.clone())
        .unwrap_or_default()
}

fn site_name(account: &Account, site: &Option<ItemId>) -> String {
    let named = account.sites.iter().find(|known| Some(known.id) == *site);
    named.map(|site| site.label.clone()).unwrap_or_default()
}
