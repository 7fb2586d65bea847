//! Reminders: those that ring this notebook's person, those that wait for the office, and the calls of the server.

pub(in crate::notebook) mod acknowledgement;
pub(in crate::notebook) mod alarms;
pub(in crate::notebook) mod medians;
pub(in crate::notebook) mod reminder_answer;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::calendar::WorkingTime;
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId};
use crate::model::promise::{OpenPromise, reduce};
use crate::model::time::{DAY_MS, Millis};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::mine::HeldPromises;
use crate::notebook::rows::promise_record;
use crate::remind::{self, Call, LadderContext, POOL_CALL_ENDS_MS, Pace, Recipient, Reminder};
use crate::store::Reading;
use crate::store::open_promises::{self, OpenPromiseFilter};

/// The furthest that a call looks ahead, in milliseconds.
const MAX_HORIZON_MS: i64 = 366 * DAY_MS;

#[uniffi::export]
impl Notebook {
    /// Returns the reminders that ring me within `horizon_ms` milliseconds, at most 366 days, the next first.
    pub fn due_reminders(&self, horizon_ms: i64) -> ApiResult<Vec<Reminder>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let horizon = horizon_ms.clamp(0, MAX_HORIZON_MS);
            let until = context.now.saturating_add(horizon);
            let span = (context.now, until);
            let held = HeldPromises::read_near(&context, store, span, None)?;
            self.reminders_within(&context, &held, store, horizon)
        })
    }

    /// Returns the reminders that rang or ring me from `since`, in milliseconds since the epoch and at most 366 days
    /// ago, until `horizon_ms` milliseconds from now, and that I have not seen; the earliest first.
    pub fn due_reminders_since(&self, since: Millis, horizon_ms: i64) -> ApiResult<Vec<Reminder>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let horizon = horizon_ms.clamp(0, MAX_HORIZON_MS);
            let earliest = context.now.saturating_sub(MAX_HORIZON_MS);
            let since = since.clamp(earliest, context.now);
            let span = (since, context.now.saturating_add(horizon));
            let held = HeldPromises::read_near(&context, store, span, None)?;
            let recipient = context.recipient(since, horizon);
            let mut reminders = Vec::new();
            self.by_pace(&context, &held, store, |promises, rules| {
                reminders.extend(remind::due_reminders(promises, &recipient, rules));
            })?;
            reminders.sort_by(Reminder::order);
            Ok(reminders)
        })
    }

    /// Returns the reminders of one promise that ring me or have rung me since its present terms, and that I have not
    /// seen; the earliest first.
    pub fn reminders_of(&self, promise: DocId) -> ApiResult<Vec<Reminder>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let record = promise_record(store, promise)?;
            let facts = reduce(&record.events, &context.registry);
            let open_promise = facts.and_then(|facts| OpenPromise::of(&record, &facts));
            let Some(open_promise) = open_promise else {
                return Ok(vec![]);
            };
            let mut pace = context.pace(std::slice::from_ref(&open_promise), store)?;
            if context.runs_the_company() {
                pace.medians = self.medians(store, &context)?;
            }
            let recipient = Recipient {
                person: context.me(),
                zone: &context.zone,
                now: open_promise.told_at,
                horizon: context.now.saturating_sub(open_promise.told_at).max(0) + MAX_HORIZON_MS,
            };
            Ok(remind::due_reminders(
                &[open_promise],
                &recipient,
                &context.rules(&pace),
            ))
        })
    }

    /// Returns my calls that wait, the newest first: a phone that learns of one only now rings it at once.
    pub fn my_calls(&self) -> ApiResult<Vec<Reminder>> {
        let context = self.read(|store| Context::load(self, store))?;
        let me = context.me();
        let since = context.now.saturating_sub(POOL_CALL_ENDS_MS);
        let whose = match context.runs_the_company() {
            true => OpenPromiseFilter::All,
            false => OpenPromiseFilter::Due(since, context.now),
        };
        let mut calls: Vec<Reminder> = self.escalated(whose, |promises, rules| {
            let calls = remind::calls_to(me, promises, rules).into_iter();
            calls.map(|call| call.reminder(rules)).collect()
        })?;
        calls.sort_by(|one, other| other.order(one));
        Ok(calls)
    }
}

impl Notebook {
    /// Returns the reminders that were escalated to the office and wait for it, the newest first.
    pub fn office_reminders(&self) -> ApiResult<Vec<Reminder>> {
        self.escalated(OpenPromiseFilter::All, remind::office_reminders)
    }

    /// Returns the calls that promises make now, with the people called, the newest first: for the server, which is
    /// always awake.
    pub fn calls(&self) -> ApiResult<Vec<Call>> {
        self.escalated(OpenPromiseFilter::All, remind::calls)
    }

    fn escalated<T>(
        &self,
        whose: OpenPromiseFilter<'_>,
        ask: impl FnOnce(&[OpenPromise], &LadderContext<'_>) -> Vec<T>,
    ) -> ApiResult<Vec<T>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let promises = open_promises::query(store.read(), whose)?;
            let mut pace = context.pace(&promises, store)?;
            if whose == OpenPromiseFilter::All {
                pace.medians = self.medians(store, &context)?;
            }
            Ok(ask(&promises, &context.rules(&pace)))
        })
    }

    /// Returns the reminders that ring me within a horizon in milliseconds, given the promises that they are about.
    pub(in crate::notebook) fn reminders_within(
        &self,
        context: &Context,
        held: &HeldPromises,
        store: Reading<'_>,
        horizon: i64,
    ) -> ApiResult<Vec<Reminder>> {
        let recipient = context.recipient(context.now, horizon);
        let mut reminders = Vec::new();
        self.by_pace(context, held, store, |promises, rules| {
            reminders.extend(remind::due_reminders(promises, &recipient, rules));
        })?;
        reminders.sort_by(Reminder::order);
        Ok(reminders)
    }

    /// Hands on the promises, first those that I hold, with the rules by which their ladders are read.
    fn by_pace(
        &self,
        context: &Context,
        held: &HeldPromises,
        store: Reading<'_>,
        mut take: impl FnMut(&[OpenPromise], &LadderContext<'_>),
    ) -> ApiResult<()> {
        let medians = self.medians_for(store, context)?;
        for promises in [&held.mine, &held.others] {
            let mut pace = context.pace(promises, store)?;
            pace.medians.clone_from(&medians);
            take(promises, &context.rules(&pace));
        }
        Ok(())
    }

    /// Returns the median leads by which the rungs of this notebook's person are placed: only those who run the company
    /// have such rungs.
    fn medians_for(
        &self,
        store: Reading<'_>,
        context: &Context,
    ) -> ApiResult<BTreeMap<String, u32>> {
        match context.runs_the_company() {
            true => self.medians(store, context),
            false => Ok(BTreeMap::new()),
        }
    }
}

impl Context {
    /// This notebook's person, rung from an instant until so many milliseconds after the present moment.
    fn recipient(&self, from: Millis, horizon: i64) -> Recipient<'_> {
        Recipient {
            person: self.me(),
            zone: &self.zone,
            now: from,
            horizon: self.now.saturating_sub(from).saturating_add(horizon),
        }
    }

    fn rules<'a>(&'a self, pace: &'a Pace) -> LadderContext<'a> {
        LadderContext {
            company: &self.company,
            registry: &self.registry,
            pace,
            now: self.now,
        }
    }

    /// Returns the instant by which the work of a promise has to begin, in ms since the epoch; none if it has begun, is
    /// done, or has no working time to begin in.
    pub(in crate::notebook) fn start_by(
        &self,
        store: Reading<'_>,
        promise: &OpenPromise,
    ) -> ApiResult<Option<Millis>> {
        let pace = self.pace(std::slice::from_ref(promise), store)?;
        Ok(remind::start_by(promise, &self.rules(&pace)))
    }

    /// Returns the usual efforts of the promises' performers, from the record.
    fn pace(&self, promises: &[OpenPromise], store: Reading<'_>) -> ApiResult<Pace> {
        let mut pace = Pace::default();
        self.add_pace(&mut pace, &mut BTreeSet::new(), promises, store)?;
        Ok(pace)
    }

    /// Adds the usual efforts of the promises' performers, from the record, but of those who are `known` already.
    fn add_pace(
        &self,
        pace: &mut Pace,
        known: &mut BTreeSet<PersonId>,
        promises: &[OpenPromise],
        store: Reading<'_>,
    ) -> ApiResult<()> {
        for open_promise in promises {
            let Performer::Person { person: performer } = open_promise.performer else {
                continue;
            };
            if !known.insert(performer) {
                continue;
            }
            let worked = open_promises::deliveries_of(store.read(), performer)?;
            if worked.len() < remind::MIN_CLOSINGS {
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
        Ok(())
    }
}

/// Returns the time from start to done in working minutes; none where it was done before it began, or has no start.
fn effort(working: &WorkingTime, started_at: Option<Millis>, done_at: Millis) -> Option<u32> {
    let minutes = working.minutes(started_at?, done_at);
    u32::try_from(minutes).ok()
}
