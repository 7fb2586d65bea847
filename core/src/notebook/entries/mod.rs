//! Reading: the records of lists and details, from projections only; states are computed at the moment of reading.

pub(in crate::notebook) mod records;
pub(in crate::notebook) mod search;

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::collation;
use crate::model::conflicts::of_account;
use crate::model::edit::Parts;
use crate::model::event::Performer;
use crate::model::fold;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{
    Facts, Flag, Outcome, PromiseRecord, PromiseState, Work, missed_until, read,
};
use crate::model::registry::Colleague;
use crate::model::time::{DAY_MS, Millis, Trust};
use crate::model::visit::{Usage, Visit};
use crate::notebook::context::Context;
use crate::notebook::entries::records::{
    AccountListQuery, AccountPage, AccountSummary, EntryKind, EntrySummary, MyAgenda,
};
use crate::notebook::entries::search::MatchFinder;
use crate::notebook::errors::{ApiResult, KeptError, not_found};
use crate::notebook::promises::records::{
    Promise, PromiseExplanation, PromiseListQuery, PromiseSummary,
};
use crate::notebook::{Notebook, save};
use crate::store::queries::{self, ListedEntry, PromiseQuery};
use crate::store::registry::{self};
use crate::store::search::{Query, composed};
use crate::store::{Store, StoreError, likeness};

/// The most entries of a customer's timeline that are returned.
const MAX_TIMELINE: u32 = 500;
/// The longest list that one call returns.
const MAX_LIST: u32 = 10_000;

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
    pub fn account(&self, id: DocId) -> ApiResult<AccountPage> {
        self.read(|store| {
            let row = row_of_kind(store, id, DocumentKind::Account, "thing-account")?;
            let context = Context::load(self, store)?;
            let timeline = queries::timeline(store.read(), id, MAX_TIMELINE)?;
            let query = PromiseQuery {
                open_only: true,
                account: Some(id),
                person: None,
                limit: MAX_LIST,
            };
            let promises = queries::promises(store.read(), &query)?;
            Ok(AccountPage {
                account: decode(&row.detail)?,
                timeline: timeline
                    .iter()
                    .map(|row| context.entry(row))
                    .collect::<ApiResult<_>>()?,
                happened: queries::timeline_count(store.read(), id)?,
                promises: context.promises(&promises)?,
                unsent: row.unsent,
                likely_same: likely_same(store, id)?,
            })
        })
    }

    /// Returns one visit; `NotFound` if it is not here.
    pub fn visit(&self, id: DocId) -> ApiResult<Visit> {
        self.read(|store| {
            decode(&row_of_kind(store, id, DocumentKind::Visit, "thing-visit")?.detail)
        })
    }

    /// Returns one observed usage; `NotFound` if it is not here.
    pub fn usage(&self, id: DocId) -> ApiResult<Usage> {
        self.read(|store| {
            decode(&row_of_kind(store, id, DocumentKind::Usage, "thing-usage")?.detail)
        })
    }

    /// Returns one promise with all its events; `NotFound` if it is not here.
    pub fn promise(&self, id: DocId) -> ApiResult<Promise> {
        self.read(|store| {
            let row = row_of_kind(store, id, DocumentKind::Promise, "thing-promise")?;
            let context = Context::load(self, store)?;
            let mut promise = context.promise(&row)?;
            context.add_links(store, &row, &mut promise)?;
            if let Work::NotCounted { .. } = promise.summary.state.work {
                promise.successor = queries::successor(store.read(), id)?;
            }
            if promise.successor.is_some() {
                promise.next_words = Message::new("next-written-again");
            }
            Ok(promise)
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
    pub fn promises(&self, query: PromiseListQuery) -> ApiResult<Vec<PromiseSummary>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let person = query
                .mine
                .then(|| (context.identity.person, context.my_pools().to_vec()));
            let query = PromiseQuery {
                open_only: query.open_only,
                account: query.account,
                person,
                limit: query.limit.min(MAX_LIST),
            };
            context.promises(&queries::promises(store.read(), &query)?)
        })
    }

    /// Returns visits, observations and promises, newest first.
    pub fn latest_entries(&self, limit: u32) -> ApiResult<Vec<EntrySummary>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let rows = queries::latest(
                store.read(),
                &[
                    DocumentKind::Visit,
                    DocumentKind::Usage,
                    DocumentKind::Promise,
                ],
                limit.min(MAX_LIST),
            )?;
            rows.iter().map(|row| context.entry(row)).collect()
        })
    }

    /// Returns the entries that have all words of `text`, each as the beginning of a word, the best first: names before
    /// other words, whole words before beginnings, customers before what happened there, new before old. Empty if
    /// `text` has no word.
    pub fn search(&self, text: String, limit: u32) -> ApiResult<Vec<EntrySummary>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let country = self.country_of(store)?;
            let Some(query) = Query::read(&text, country) else {
                return Ok(vec![]);
            };
            let rows = queries::found(store.read(), &query, limit.min(MAX_LIST))?;
            let finder = MatchFinder::new(&text, &query, country);
            let entry = |row| finder.entry(store, row, context.entry(row)?);
            rows.iter().map(entry).collect()
        })
    }

    /// Returns my promises, by what today asks for.
    pub fn my_agenda(&self) -> ApiResult<MyAgenda> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let midnight = last_instant_of_day(context.now, &self.environment.zone())?;
            let person = Some((context.identity.person, context.my_pools().to_vec()));
            let query = PromiseQuery { open_only: true, account: None, person, limit: MAX_LIST };
            let mut today = MyAgenda {
                not_counted: vec![],
                late: vec![],
                due_today: vec![],
                asked_of_me: vec![],
                later: vec![],
            };
            for promise in context.promises(&queries::promises(store.read(), &query)?)? {
                let mine = matches!(&promise.performer, Performer::Person { person } if *person == context.identity.person);
                let waits = matches!(promise.state.work, Work::Waiting { .. } | Work::NotAsked);
                if matches!(promise.state.work, Work::NotCounted { .. }) {
                    today.not_counted.push(promise);
                } else if promise.state.late_ms > 0 {
                    today.late.push(promise);
                } else if mine && waits {
                    today.asked_of_me.push(promise);
                } else if promise.due_at <= midnight {
                    today.due_today.push(promise);
                } else {
                    today.later.push(promise);
                }
            }
            Ok(today)
        })
    }

    /// Returns every colleague of the company, by name.
    pub fn colleagues(&self) -> ApiResult<Vec<Colleague>> {
        self.read(|store| {
            let mut colleagues: Vec<_> = registry::load(store.read())?
                .colleagues
                .into_values()
                .collect();
            colleagues.sort_by(|a, b| collation::compare(&a.name, &b.name).then(a.id.cmp(&b.id)));
            Ok(colleagues)
        })
    }

    /// Returns the document that is meant by an id, by the beginning of one (six hexadecimal digits or more), or, for
    /// accounts, by a name. `NotFound` if there is none, `Invalid` if it may be several.
    pub fn find(&self, text: String) -> ApiResult<DocId> {
        self.read(|store| {
            let text = text.trim();
            if let Ok(id) = text.parse::<DocId>() {
                return match queries::one(store.read(), id)? {
                    Some(_) => Ok(id),
                    None => Err(not_found("thing-entry", id)),
                };
            }
            let digits: String = text.chars().filter(|c| *c != '-').collect();
            if digits.len() >= 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
                match queries::by_prefix(store.read(), &digits)?.as_slice() {
                    [one] => return Ok(*one),
                    [] => {}
                    several => {
                        let named = several.iter().map(|id| (*id, String::new()));
                        let named: Vec<_> = named.collect();
                        return Err(ambiguous(text, named.iter()));
                    }
                }
            }
            let query = Query::read(text, self.country_of(store)?);
            let query = query.ok_or_else(|| KeptError::not_found("thing-account", text))?;
            let accounts = queries::accounts_named(store.read(), &query)?;
            let as_written = |name: &str| composed(name).to_lowercase();
            // A text with every letter of a name means that one, else the one that is read the same.
            let plainly: [fn(&str) -> String; 2] = [as_written, fold::plain];
            let [written, folded] = plainly.map(|plain| {
                let meant = plain(text);
                let same = accounts.iter().filter(|(_, name)| plain(name) == meant);
                same.collect::<Vec<_>>()
            });
            match (written.as_slice(), folded.as_slice(), accounts.as_slice()) {
                ([(one, _)], ..) | ([], [(one, _)], _) | ([], [], [(one, _)]) => Ok(*one),
                ([], [], []) => Err(KeptError::not_found("thing-account", text)),
                ([], [], all) => Err(ambiguous(text, all.iter())),
                ([], same, _) | (same, ..) => Err(ambiguous(text, same.iter().copied())),
            }
        })
    }
}

/// Makes the error that names some of the documents that a text may mean.
fn ambiguous<'a>(text: &str, all: impl ExactSizeIterator<Item = &'a (DocId, String)>) -> KeptError {
    /// The most documents that are named.
    const MAX_NAMED: usize = 5;
    let more = all.len() > MAX_NAMED;
    let named = all.take(MAX_NAMED).map(|(id, name)| {
        let id = id.to_string();
        match name.as_str() {
            "" => id,
            // As long as lists show it.
            name => format!("{name} ({})", id.get(..18).unwrap_or(&id)),
        }
    });
    let mut known = named.collect::<Vec<_>>().join(", ");
    if more {
        known.push_str(", …");
    }
    let words = Message::new("error-ambiguous")
        .text("text", text)
        .text("known", known);
    KeptError::invalid("id", words)
}

/// Returns the accounts that are likely the same as one.
fn likely_same(store: &Store, id: DocId) -> ApiResult<Vec<AccountSummary>> {
    let mut same = Vec::new();
    for other in likeness::of(store.read(), id)? {
        let row = queries::one(store.read(), other)?;
        same.extend(row.map(|row| account_summary(store, &row)).transpose()?);
    }
    Ok(same)
}

/// Returns a row of one kind, or the error that says that it is not here.
fn row_of_kind(store: &Store, id: DocId, kind: DocumentKind, what: &str) -> ApiResult<ListedEntry> {
    queries::one(store.read(), id)?
        .filter(|row| row.kind == kind)
        .ok_or_else(|| not_found(what, id))
}

/// Reads a detail as it was projected.
pub(in crate::notebook) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(
    detail: &[u8],
) -> ApiResult<T> {
    Ok(minicbor::decode(detail).map_err(StoreError::from)?)
}

/// Returns the last instant of the local day, in milliseconds since the epoch.
pub(in crate::notebook) fn last_instant_of_day(now: Millis, zone: &str) -> ApiResult<Millis> {
    let local = crate::model::time::zoned(now, zone)?;
    let tomorrow = local.tomorrow().and_then(|day| day.start_of_day());
    Ok(tomorrow.map_or_else(
        |_| now.saturating_add(DAY_MS),
        |start| start.timestamp().as_millisecond() - 1,
    ))
}

pub(in crate::notebook) fn account_summary(
    store: &Store,
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

fn first_phone(account: &Account) -> String {
    let phone = account
        .contact_points
        .iter()
        .find(|contact_point| contact_point.kind == ContactPointKind::Phone);
    phone
        .and_then(|contact_point| contact_point.values.first())
        .map(|value| value.value.clone())
        .unwrap_or_default()
}

impl Context {
    /// Returns the flags of a promise in a state.
    pub(in crate::notebook) fn flags(
        &self,
        record: &PromiseRecord,
        facts: &Facts,
        state: &PromiseState,
    ) -> ApiResult<Vec<Flag>> {
        let mut flags = facts.flags_in(state);
        if let (true, Performer::Person { person }) = (state.work.is_open(), &facts.performer) {
            flags.extend(
                self.has_left(*person)
                    .then_some(Flag::PerformerLeft { person: *person }),
            );
        }
        flags.extend(record.overflow.as_ref().map(|overflow| Flag::NoRoom {
            events: overflow.count,
            most_by: overflow.most_by,
        }));
        if matches!(state.outcome, Outcome::NotConfirmed { .. }) {
            let ended = self.silences.between(facts.owed_through(), self.now)?;
            let outcome = &state.outcome;
            let missed = missed_until(&record.events, record.id, outcome, &ended, &self.registry);
            flags.extend(missed.map(|ended| Flag::NoLongerMissed {
                at: ended.at,
                device: ended.installation,
            }));
        }
        Ok(flags)
    }

    /// True if a promise is mine: I made it, am to deliver it, or serve the pool that is.
    pub(in crate::notebook) fn holds(&self, promise: &PromiseSummary) -> bool {
        let me = self.identity.person;
        let performs = match &promise.performer {
            Performer::Person { person } => *person == me,
            Performer::Pool { pool } => self.my_pools().contains(pool),
            Performer::Nobody => false,
        };
        performs || promise.promiser == me
    }

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

    fn entry(&self, row: &ListedEntry) -> ApiResult<EntrySummary> {
        let plain = EntrySummary {
            id: row.doc,
            kind: EntryKind::Account,
            account: row.account,
            account_name: row.title.clone(),
            at: row.at,
            by: String::new(),
            by_me: false,
            text: String::new(),
            aside: String::new(),
            channel: None,
            pain: None,
            promise: None,
            parts: None,
            parts_words: None,
            trust: Trust::Good,
            unsent: row.unsent,
            matches: vec![],
            likely_same: vec![],
        };
        let by_me = |by: &crate::model::authored::Authorship| {
            by.actor == self.identity.actor || by.person == Some(self.identity.person)
        };
        let entry = match row.kind {
            DocumentKind::Account => {
                let account: Account = decode(&row.detail)?;
                EntrySummary {
                    parts: account.parts,
                    by: account.created.name.clone(),
                    by_me: by_me(&account.created),
                    aside: first_phone(&account),
                    text: account.name,
                    ..plain
                }
            }
            DocumentKind::Visit => {
                let visit: Visit = decode(&row.detail)?;
                EntrySummary {
                    parts: visit.parts,
                    kind: EntryKind::Visit,
                    by: visit.by.name.clone(),
                    by_me: by_me(&visit.by),
                    trust: visit.trust(),
                    channel: Some(visit.channel),
                    text: visit.said,
                    aside: visit.means,
                    ..plain
                }
            }
            DocumentKind::Usage => {
                let usage: Usage = decode(&row.detail)?;
                let first = |texts: [&String; 4]| {
                    texts
                        .into_iter()
                        .find(|text| !text.is_empty())
                        .cloned()
                        .unwrap_or_default()
                };
                EntrySummary {
                    parts: usage.parts,
                    kind: EntryKind::Usage,
                    by: usage.by.name.clone(),
                    by_me: by_me(&usage.by),
                    trust: usage.written.trust(),
                    pain: Some(usage.pain),
                    text: first([&usage.quote, &usage.doing, &usage.notes, &usage.product]),
                    aside: usage.workaround,
                    ..plain
                }
            }
            _ => {
                let record = row.promise()?;
                let made = record.events.first();
                let promise = read(&record.events, &self.registry)
                    .map(|facts| self.summary(row, &record, &facts))
                    .transpose()?;
                EntrySummary {
                    kind: EntryKind::Promise,
                    account_name: promise
                        .as_ref()
                        .map(|promise| promise.account_name.clone())
                        .unwrap_or_default(),
                    by: made.map(|event| event.by.name.clone()).unwrap_or_default(),
                    by_me: made.is_some_and(|event| by_me(&event.by)),
                    trust: made.map_or(Trust::Unknown, |event| event.stored.time.trust()),
                    text: row.title.clone(),
                    aside: promise
                        .as_ref()
                        .map(|promise| promise.criterion.clone())
                        .unwrap_or_default(),
                    promise,
                    ..plain
                }
            }
        };
        Ok(EntrySummary {
            parts_words: entry.parts.as_ref().map(parts_message),
            ..entry
        })
    }
}

/// Returns the sentence that more of an entry is on its way.
#[uniffi::export]
pub fn parts_message(parts: &Parts) -> Message {
    Message::new("parts-here")
        .number("here", parts.here)
        .number("of", parts.of)
}

impl Notebook {
    /// Returns entries of some kinds, newest first.
    pub fn latest_entries_of(
        &self,
        kinds: &[EntryKind],
        limit: u32,
    ) -> ApiResult<Vec<EntrySummary>> {
        let kinds: Vec<DocumentKind> = kinds.iter().map(kind_of).collect();
        self.read(|store| {
            let context = Context::load(self, store)?;
            let rows = queries::latest(store.read(), &kinds, limit.min(MAX_LIST))?;
            rows.iter().map(|row| context.entry(row)).collect()
        })
    }

    /// Returns the number of entries of some kinds.
    pub fn count(&self, kinds: &[EntryKind]) -> ApiResult<u64> {
        let kinds: Vec<DocumentKind> = kinds.iter().map(kind_of).collect();
        self.read(|store| {
            let counts = queries::counts(store.read())?;
            let asked = counts.iter().filter(|(kind, _)| kinds.contains(kind));
            Ok(asked.map(|(_, count)| count).sum())
        })
    }

    /// Returns the events of a promise as they are stored, for explanations and tests.
    pub fn promise_record(&self, id: DocId) -> ApiResult<PromiseRecord> {
        self.read(|store| save::promise_record(store, id))
    }
}

fn kind_of(kind: &EntryKind) -> DocumentKind {
    match kind {
        EntryKind::Account => DocumentKind::Account,
        EntryKind::Visit => DocumentKind::Visit,
        EntryKind::Usage => DocumentKind::Usage,
        EntryKind::Promise => DocumentKind::Promise,
        EntryKind::Person => DocumentKind::Person,
    }
}
