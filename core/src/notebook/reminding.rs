//! Reminders of this notebook's person: those that ring, those that were seen, and those that the office must decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use super::Notebook;
use super::books::Books;
use super::errors::{ApiResult, KeptError};
use super::writing::{joined, promise_record};
use crate::insight::{Question, advise};
use crate::model::calendar::WorkingTime;
use crate::model::colleague::Company;
use crate::model::edit::{Deed, Edit};
use crate::model::event::{EventBody, Performer};
use crate::model::ids::{DocId, EventId, PersonId, Team};
use crate::model::people::Registry;
use crate::model::promise::{Gist, reduce};
use crate::model::time::{DAY_MS, Millis};
use crate::remind::{self, Call, POOL_AFTER, Pace, Reminder, Rules, Seat};
use crate::store::held::{self, Whose};
use crate::store::meta::Identity;
use crate::store::{Store, company, meta, registry};
use crate::words::Words;

/// The furthest that a call looks ahead, in milliseconds.
const FURTHEST: i64 = 366 * DAY_MS;

#[uniffi::export]
impl Notebook {
    /// Returns the reminders that ring me within `horizon_ms` milliseconds, at most 366 days, the next first. Phones
    /// arm them, see `arm`.
    pub fn due_reminders(&self, horizon_ms: i64) -> ApiResult<Vec<Reminder>> {
        self.read(|store| {
            let around = Around::new(self, store)?;
            self.reminders(&around, &around.mine(store)?, store, horizon_ms)
        })
    }

    /// Returns the reminders of one promise that ring me or have rung me since its present terms, and that I have not
    /// seen; the earliest first.
    pub fn reminders_of(&self, promise: DocId) -> ApiResult<Vec<Reminder>> {
        self.read(|store| {
            let around = Around::new(self, store)?;
            let record = promise_record(store, promise)?;
            let facts = reduce(&record.events, &around.registry);
            let gist = facts.and_then(|facts| Gist::of(&record, &facts));
            let Some(gist) = gist else {
                return Ok(vec![]);
            };
            let mut pace = around.pace(std::slice::from_ref(&gist), store)?;
            if around.escalates_to_me() {
                pace.medians = self.medians(store, &around)?;
            }
            let seat = Seat {
                person: around.me,
                zone: &around.zone,
                now: gist.told_at,
                horizon: around.now.saturating_sub(gist.told_at).max(0) + FURTHEST,
            };
            Ok(remind::due_reminders(&[gist], &seat, &around.rules(&pace)))
        })
    }

    /// Writes that I saw a rung, so that my other devices stay silent. `rung` is a reminder's id, or the name of a rung
    /// of the present terms. A second call writes nothing more.
    pub fn acknowledge_reminder(&self, promise: DocId, rung: String) -> ApiResult<()> {
        let docs = self.write(|store| {
            let identity = joined(store)?;
            let edit = acknowledgement(store, &identity, promise, &rung)?;
            if edit.deed == Deed::Happen(vec![]) {
                return Ok(vec![]);
            }
            self.save_in(store, vec![edit])
        })?;
        self.changed(docs);
        Ok(())
    }

    /// Returns the reminders that were escalated to the office and wait for it, the newest first.
    pub fn office_needs(&self) -> ApiResult<Vec<Reminder>> {
        self.escalated(Whose::All, remind::office_needs)
    }

    /// Returns my calls that wait, the newest first: a phone that learns of one only now rings it at once.
    pub fn my_calls(&self) -> ApiResult<Vec<Reminder>> {
        let around = self.read(|store| Around::new(self, store))?;
        let since = around.now.saturating_sub(POOL_AFTER);
        let whose = match around.escalates_to_me() {
            true => Whose::All,
            false => Whose::Due(since, around.now),
        };
        let calls = self.escalated(whose, remind::calls)?.into_iter();
        let mine = calls.filter(|call| call.people.contains(&around.me));
        Ok(mine.map(|call| call.reminder).collect())
    }
}

impl Notebook {
    /// Returns the calls that promises make now, with the people called, the newest first: for the server, which is
    /// always awake.
    pub fn calls(&self) -> ApiResult<Vec<Call>> {
        self.escalated(Whose::All, remind::calls)
    }

    fn escalated<T>(
        &self,
        whose: Whose<'_>,
        ask: impl FnOnce(&[Gist], Millis, &Rules<'_>) -> Vec<T>,
    ) -> ApiResult<Vec<T>> {
        self.read(|store| {
            let around = Around::new(self, store)?;
            let promises = held::promises(store.read(), whose)?;
            let mut pace = around.pace(&promises, store)?;
            if whose == Whose::All {
                pace.medians = self.medians(store, &around)?;
            }
            Ok(ask(&promises, around.now, &around.rules(&pace)))
        })
    }

    /// Returns the reminders that ring me within a horizon, given the promises that I hold.
    pub(super) fn reminders(
        &self,
        around: &Around,
        mine: &[Gist],
        store: &Store,
        horizon_ms: i64,
    ) -> ApiResult<Vec<Reminder>> {
        let horizon = horizon_ms.clamp(0, FURTHEST);
        let others = around.others(store, horizon)?;
        let known: BTreeSet<DocId> = mine.iter().map(|gist| gist.id).collect();
        let others: Vec<Gist> = others
            .into_iter()
            .filter(|gist| !known.contains(&gist.id))
            .collect();
        let seat = Seat {
            person: around.me,
            zone: &around.zone,
            now: around.now,
            horizon,
        };
        let medians = if around.escalates_to_me() {
            self.medians(store, around)?
        } else {
            BTreeMap::new()
        };
        let mut reminders = Vec::new();
        for promises in [mine, &others] {
            let mut pace = around.pace(promises, store)?;
            pace.medians.clone_from(&medians);
            reminders.extend(remind::due_reminders(promises, &seat, &around.rules(&pace)));
        }
        reminders.sort_by(Reminder::order);
        Ok(reminders)
    }

    /// Returns the median lead of each kind of promise, from the record, in minutes of the kind's time base. The record
    /// is read once a day: it moves slowly, and reading it takes long.
    fn medians(&self, store: &Store, around: &Around) -> ApiResult<BTreeMap<String, u32>> {
        let mut known = self.medians.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, medians)) = known.as_ref()
            && (0..DAY_MS).contains(&around.now.saturating_sub(*at))
        {
            return Ok(medians.clone());
        }
        let books = Books::open(self, store)?;
        let samples = books.samples();
        let mut medians = BTreeMap::new();
        for kind in around.company.handbook.kinds.keys() {
            let question = Question {
                kind: kind.clone(),
                performer: None,
                team: None,
                now: around.now,
                quantile: 0.5,
            };
            let median = advise(&samples, &question, &books.frame.time).median;
            if let Some(minutes) = median.and_then(|minutes| u32::try_from(minutes).ok()) {
                medians.insert(kind.clone(), minutes);
            }
        }
        *known = Some((around.now, medians.clone()));
        Ok(medians)
    }
}

/// Returns the edit by which a person says that they saw a rung; one without events if they have said so.
pub(super) fn acknowledgement(
    store: &Store,
    identity: &Identity,
    promise: DocId,
    rung: &str,
) -> ApiResult<Edit> {
    let record = promise_record(store, promise)?;
    let registry = registry::load(store.read())?;
    let facts = reduce(&record.events, &registry)
        .ok_or_else(|| KeptError::not_found("thing-promise", promise))?;
    let (terms, name) = match rung.split_once('/') {
        Some((terms, name)) => (terms.parse::<EventId>().ok(), name),
        None => (Some(facts.present.event), rung),
    };
    let terms = terms
        .filter(|_| remind::is_rung(name))
        .ok_or_else(|| KeptError::invalid("rung", Words::new("error-rung").text("rung", rung)))?;
    let rung = format!("{terms}/{name}");
    let mine = |by: Option<PersonId>| by.is_none_or(|by| by == identity.person);
    let seen = Gist::of(&record, &facts).is_some_and(|gist| {
        gist.seen
            .iter()
            .any(|seen| seen.rung == rung && mine(seen.by))
    });
    let events = if seen {
        vec![]
    } else {
        vec![EventBody::ReminderAcked { rung }]
    };
    Ok(Edit {
        doc: promise,
        deed: Deed::Happen(events),
    })
}

/// The context of ladders, here and at this moment.
pub(super) struct Around {
    pub(super) company: Company,
    pub(super) registry: Registry,
    pub(super) me: PersonId,
    pub(super) now: Millis,
    pub(super) zone: String,
}

impl Around {
    pub(super) fn new(notebook: &Notebook, store: &Store) -> ApiResult<Self> {
        Ok(Self {
            company: company::load(store.read())?,
            registry: registry::load(store.read())?,
            me: meta::identity(store.read())?.person,
            now: meta::now(store.read(), notebook.environment.as_ref())?.instant(None),
            zone: notebook.environment.zone(),
        })
    }

    pub(super) fn my_pools(&self) -> &[Team] {
        let me = self.registry.colleagues.get(&self.me);
        me.map(|me| me.pools.as_slice()).unwrap_or_default()
    }

    /// Returns the open promises that I hold: as performer, as promiser, or in a pool of mine. The next due first.
    pub(super) fn mine(&self, store: &Store) -> ApiResult<Vec<Gist>> {
        Ok(held::promises(
            store.read(),
            Whose::Of(self.me, self.my_pools()),
        )?)
    }

    /// True if I may be the one who decides for the office.
    fn escalates_to_me(&self) -> bool {
        let me = self.registry.colleagues.get(&self.me);
        me.is_some_and(|me| me.role.runs_the_company())
    }

    /// Returns the promises of others that may be escalated to me.
    fn others(&self, store: &Store, horizon: i64) -> ApiResult<Vec<Gist>> {
        let whose = match () {
            () if self.escalates_to_me() => Whose::All,
            () if self.my_pools().is_empty() => return Ok(vec![]),
            () => Whose::Due(
                self.now.saturating_sub(POOL_AFTER),
                self.now.saturating_add(horizon),
            ),
        };
        Ok(held::promises(store.read(), whose)?)
    }

    fn rules<'a>(&'a self, pace: &'a Pace) -> Rules<'a> {
        Rules {
            company: &self.company,
            registry: &self.registry,
            pace,
        }
    }

    /// Returns the usual efforts of the promises' performers, from the record.
    fn pace(&self, promises: &[Gist], store: &Store) -> ApiResult<Pace> {
        let performers: BTreeSet<PersonId> = promises
            .iter()
            .filter_map(|gist| match gist.performer {
                Performer::Person { person } => Some(person),
                Performer::Pool { .. } | Performer::Nobody => None,
            })
            .collect();
        let mut pace = Pace::default();
        for performer in performers {
            let worked = held::worked(store.read(), performer)?;
            if worked.len() < remind::ENOUGH {
                continue;
            }
            let working = self.company.working_time(Some(performer), &self.zone);
            let mut efforts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for one in worked {
                if let Some(minutes) = effort(&working, one.started_at, one.done_at) {
                    efforts.entry(one.kind).or_default().push(minutes);
                }
            }
            for (kind, efforts) in efforts {
                if let Some(usual) = remind::usual_effort(efforts) {
                    pace.efforts.insert((performer, kind), usual);
                }
            }
        }
        Ok(pace)
    }
}

/// Returns the time from start to done in working minutes; none where it was done before it began, or has no start.
fn effort(working: &WorkingTime, started_at: Option<Millis>, done_at: Millis) -> Option<u32> {
    let minutes = working.minutes(started_at?, done_at);
    u32::try_from(minutes).ok()
}
