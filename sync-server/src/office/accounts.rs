//! Customers in alphabetical order, and one customer with everything that is known and happened.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::model::account::{Account, Reach, ReachKind};
use kept_core::model::fold;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::notebook::{
    AccountFit, AccountQuery, AccountSummary, Conflict, EntryKind, NeedLine, PromiseSummary,
    label_words,
};
use serde::Deserialize;

use super::Office;
use super::act::fresh;
use super::frame::Frame;
use super::history::page_of;
use super::line::{self, Body, Day, Line};
use super::say::Say;
use super::search;
use super::trouble::{Trouble, answer};

/// Customers of a page.
const STEP: u32 = 200;

/// The query parameters of the list: search text, and the number of customers before the page.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// Customers whose names begin with the same letter.
struct Letter {
    letter: String,
    accounts: Vec<Listed>,
}

/// One customer of the list.
struct Listed {
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
    letters: Vec<Letter>,
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountDetail {
    frame: Frame,
    account: Account,
    days: Vec<Day>,
    /// That the timeline ends early.
    cut: Option<String>,
    promises: Vec<PromiseSummary>,
    conflicts: Vec<(Conflict, String)>,
    fit: AccountFit,
    /// Accounts that are likely the same customer.
    likely_same: Vec<AccountSummary>,
    /// The addresses under which its telephone numbers are dialled, by the numbers as they are written.
    dialled: HashMap<String, String>,
}

impl AccountDetail {
    /// A link that calls or writes; none where there is nothing to be tapped.
    fn reach_href(&self, reach: &Reach, value: &str) -> Option<String> {
        match reach.kind {
            ReachKind::Phone => self.dialled.get(value).cloned(),
            ReachKind::Email => value.contains('@').then(|| format!("mailto:{value}")),
            ReachKind::Address | ReachKind::Web => None,
        }
    }
}

/// `GET /accounts`: all customers, or those that have all words of `q`.
pub(super) async fn list(
    State(office): State<Arc<Office>>,
    frame: Frame,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let say = frame.say.clone();
    answer(
        &say,
        read_list(&office, frame.section("accounts"), asked).await,
    )
}

/// `GET /accounts/{id}`: one customer.
pub(super) async fn one(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let say = frame.say.clone();
    answer(
        &say,
        read_one(&office, frame.section("accounts"), &id).await,
    )
}

async fn read_list(office: &Office, frame: Frame, asked: Asked) -> Result<String, Trouble> {
    let text = search::within_reason(&asked.q);
    let after: u32 = asked.after.parse().unwrap_or(0);
    let name = text.clone();
    let found = office.read(move |notebook| {
        if text.is_empty() {
            let query = AccountQuery {
                archived: false,
                limit: STEP + 1,
                offset: after,
            };
            let accounts = notebook.accounts(query)?;
            return Ok(accounts.into_iter().map(Listed::from).collect::<Vec<_>>());
        }
        let found = notebook.search(text, STEP)?.into_iter();
        Ok(found
            .filter(|entry| entry.kind == EntryKind::Account)
            .map(|entry| Listed {
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
    let shown = usize::try_from(STEP).unwrap_or(usize::MAX);
    let more = (accounts.len() > shown).then(|| format!("/accounts?after={}", after + STEP));
    accounts.truncate(shown);
    let page = AccountsPage {
        name,
        letters: by_letter(accounts),
        more,
        frame,
    };
    Ok(page.render()?)
}

async fn read_one(office: &Office, frame: Frame, id: &str) -> Result<String, Trouble> {
    let id: DocId = id.parse().map_err(|_| Trouble::NoSuchPage)?;
    let found = office.read_of(id, move |notebook| {
        let page = notebook.account(id)?;
        let lines = (Line::all(notebook, page.timeline)?, page.happened);
        let conflicts = notebook.conflicts_of(id)?.into_iter();
        let conflicts = conflicts.map(|conflict| (conflict, fresh(notebook.environment())));
        let fit = notebook.fit_of(id)?;
        let mut dialled = HashMap::new();
        let phones = page
            .account
            .reaches
            .iter()
            .filter(|reach| reach.kind == ReachKind::Phone);
        for given in phones.flat_map(|reach| &reach.values) {
            let address = notebook.dial_address(given.value.clone())?;
            dialled.extend(address.map(|address| (given.value.clone(), address)));
        }
        let found = (page.account, lines, page.promises, conflicts.collect(), fit);
        Ok((found, page.likely_same, dialled))
    });
    let (found, likely_same, dialled) = found.await?;
    let (account, (lines, happened), promises, conflicts, fit) = found;
    let page = AccountDetail {
        cut: line::cut(&frame.say, "office-newest-of", lines.len(), happened),
        days: line::by_day(&frame.say, lines),
        account,
        promises,
        conflicts,
        fit,
        likely_same,
        dialled,
        frame,
    };
    Ok(page.render()?)
}

impl From<AccountSummary> for Listed {
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

fn by_letter(accounts: Vec<Listed>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
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
            _ => letters.push(Letter {
                letter,
                accounts: vec![account],
            }),
        }
    }
    letters
}

/// The tone of a required lead time: met, not met, or left open by the record.
fn need_tone(need: &NeedLine) -> &'static str {
    match need.meets {
        Some(true) => "kept",
        Some(false) => "late",
        None => "waiting",
    }
}

/// The catalogue's key for the kind of a contact point.
fn reach_kind(reach: &Reach) -> &'static str {
    match reach.kind {
        ReachKind::Phone => "office-reach-phone",
        ReachKind::Email => "office-reach-email",
        ReachKind::Address => "office-reach-address",
        ReachKind::Web => "office-reach-web",
    }
}

/// The purpose of a number or address, as its label says it.
fn purpose(reach: &Reach, say: &Say) -> String {
    say.words(&label_words(&reach.label))
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
