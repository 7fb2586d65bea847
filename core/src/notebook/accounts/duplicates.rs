//! The cases that are asked about before something is written: the same once more, or nothing at all. Pure rules over
//! drafts and what is there; shells ask, and write if the author says so.

use crate::model::account::{Account, AccountDraft, ContactPointKind};
use crate::model::duplicates::address;
use crate::model::event::{Event, EventBody};
use crate::model::fold;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::telephone::{Country, is_same};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::{AccountSummary, EntryKind, VisitEntry};
use crate::notebook::entries::{account_summary, decode};
use crate::notebook::errors::{ApiResult, has_visible_char};
use crate::notebook::handbook::offered_kind;
use crate::notebook::promises::records::{PromiseDraft, PromiseSummary};
use crate::notebook::save::promise_record;
use crate::store::company;
use crate::store::queries::{self, PromiseQuery};
use crate::store::search::composed;

#[uniffi::export]
impl Notebook {
    /// Returns the accounts that a draft would add once more: the same name, letter by letter, and a telephone number
    /// or an e-mail address in common, or nothing else on either side. Those that were put away are left out.
    pub fn duplicates_of_account(&self, draft: AccountDraft) -> ApiResult<Vec<AccountSummary>> {
        self.read(|store| {
            let country = self.country_of(store)?;
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

    /// Returns the open promises that a draft would promise once more: the same, of the same kind, to the same customer
    /// for the same date in the same words. Empty for a draft that is refused because its kind is not offered.
    pub fn duplicates_of_promise(&self, draft: PromiseDraft) -> ApiResult<Vec<PromiseSummary>> {
        let said = |texts: [&str; 2]| texts.map(fold::plain);
        let drafted = said([&draft.deliverable, &draft.criterion]);
        self.read(|store| {
            if offered_kind(&company::handbook(store.read())?, &draft.kind).is_err() {
                return Ok(vec![]);
            }
            let query = PromiseQuery {
                open_only: true,
                account: draft.account,
                person: None,
                limit: u32::MAX,
            };
            let context = Context::load(self, store)?;
            let mut promises = context.promises(&queries::promises(store.read(), &query)?)?;
            promises.retain(|promise| {
                promise.due == draft.due
                    && promise.account == draft.account
                    && promise.kind == draft.kind.trim().to_lowercase()
                    && said([&promise.deliverable, &promise.criterion]) == drafted
            });
            let mut doubles = Vec::new();
            for promise in promises {
                let record = promise_record(store, promise.id)?;
                let same_words = |event: &Event| matches!(&event.stored.body, EventBody::Made(made) if made.words == draft.words);
                if record.events.iter().any(same_words) {
                    doubles.push(promise);
                }
            }
            Ok(doubles)
        })
    }

    /// Returns an entry's kind; `NotFound` unless it is a customer, a visit, a usage or a promise that is here.
    pub fn entry_kind(&self, id: DocId) -> ApiResult<EntryKind> {
        self.read(|store| {
            let row = queries::one(store.read(), id)?;
            match row.map(|row| row.kind) {
                Some(DocumentKind::Account) => Ok(EntryKind::Account),
                Some(DocumentKind::Visit) => Ok(EntryKind::Visit),
                Some(DocumentKind::Usage) => Ok(EntryKind::Usage),
                Some(DocumentKind::Promise) => Ok(EntryKind::Promise),
                _ => Err(crate::notebook::errors::not_found("thing-entry", id)),
            }
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

/// True if a visit says nothing: no words, no marks, no pictures, nothing observed and nothing promised.
#[uniffi::export]
pub fn is_empty_visit(draft: &VisitEntry) -> bool {
    let visit = &draft.visit;
    let texts = [&visit.said, &visit.means, &visit.help];
    !texts.iter().any(|text| has_visible_char(text))
        && visit.marks.is_empty()
        && visit.files.is_empty()
        && draft.usages.is_empty()
        && draft.promises.is_empty()
}

/// True if people take two names for the same: they are equal once folded, or the same text; false for empty names.
#[uniffi::export]
pub fn is_same_name(one: &str, other: &str) -> bool {
    let folded = fold::plain(one);
    !folded.is_empty() && folded == fold::plain(other) || one == other && !one.is_empty()
}
