//! Alarms: the reminders that a phone rings now and those that it arms, each with all that a notification shows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::language::Message;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{Facts, PromiseRecord, PromiseState};
use crate::model::time::{DAY_MS, Millis};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::actions::{ActionJudge, PromiseAction};
use crate::notebook::promises::calls::CallLine;
use crate::notebook::promises::mine::HeldPromises;
use crate::notebook::rows::row_of_kind;
use crate::remind::{
    self, MissedRings, Pace, Recipient, Reminder, ReminderLevel, Ring, RingsAround,
};
use crate::store::Reading;

/// The days ahead for which alarms are armed: the last, and those until which there may be enough already.
const ARMED_SPANS: [i64; 4] = [1, 3, 7, 14];
/// The longest time after which a phone looks again, in milliseconds.
const LOOK_AGAIN_MS: i64 = 7 * DAY_MS;
/// The furthest that missed reminders lie back, in milliseconds.
const MISSED_MS: i64 = 7 * DAY_MS;
/// The same for a phone that never looked.
const FIRST_MISSED_MS: i64 = DAY_MS;

/// An answer to a reminder, as a button of its notification offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ReminderAction {
    /// It is done.
    Done,
    /// Somebody is called.
    Call,
    /// I cannot do it.
    Cannot,
    /// Work begins.
    Start,
    /// The date still stands.
    StillFine,
    /// Another date is needed, which a screen asks for.
    Renegotiate,
    /// I saw it.
    Seen,
}

/// A reminder with all that a notification shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Alarm {
    /// The reminder, whose id names the notification.
    pub reminder: Reminder,
    /// True if it should have rung before, or calls until somebody answers.
    pub missed: bool,
    /// The promise's sentence.
    pub title: Message,
    /// A sentence that names no customer, for a screen that is locked.
    pub private_title: Message,
    /// The customer; none if it is for ourselves.
    pub account: Option<DocId>,
    /// The customer's name; empty if it is for ourselves.
    pub account_name: String,
    /// The thing that was promised.
    pub deliverable: String,
    /// The person to call about it; none if nobody has a number.
    pub call: Option<CallLine>,
    /// The answers that I may give now, the likeliest first.
    pub actions: Vec<ReminderAction>,
}

/// The alarms of a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Alarms {
    /// Those that ring at once, one of each promise, the newest first; at most 64, with room for callbacks.
    pub ring_now: Vec<Alarm>,
    /// Those to arm, the next first; at most 64, with room for callbacks.
    pub arm: Vec<Alarm>,
    /// The latest moment at which to ask again, in milliseconds since the epoch.
    pub again_at: Millis,
    /// The moment as of which this is, in milliseconds since the epoch, for the next call.
    pub looked_at: Millis,
}

#[uniffi::export]
impl Notebook {
    /// Returns the alarms that ring now and those to arm. `looked_at` is that of the last call, in milliseconds since
    /// the epoch; what rang since then is missed, at most seven days of it, one day at the first call. Ids are stable:
    /// an alarm that is shown already is replaced and makes no sound again. Armed alarms that are no longer in `arm`
    /// are cancelled, for promises change. To be asked after each start, synchronisation and change of clock or zone,
    /// and at `again_at`.
    pub fn alarms(&self, looked_at: Option<Millis>) -> ApiResult<Alarms> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let now = context.now;
            let since = looked_at.unwrap_or(now.saturating_sub(FIRST_MISSED_MS));
            let since = since.clamp(now.saturating_sub(MISSED_MS), now);
            let around = self.alarms_around(&context, store, since)?;
            let ring_now = remind::as_many_as_fit(around.missed, |reminder| reminder.callback);
            let mut ahead = around.ahead;
            // A call of this very moment is both.
            ahead.retain(|reminder| !ring_now.iter().any(|rings| rings.id == reminder.id));
            let week = now.saturating_add(LOOK_AGAIN_MS);
            let arm = remind::reminders_to_arm(ahead.clone());
            let again_at = last_before_gap(&ahead, &arm).map_or(week, |at| at.min(week));
            let mut promises = BTreeMap::new();
            let mut alarms = |reminders: Vec<Reminder>, missed| {
                let reminders = reminders.into_iter();
                let alarms =
                    reminders.map(|reminder| context.alarm(store, &mut promises, reminder, missed));
                alarms.collect::<ApiResult<Vec<Alarm>>>()
            };
            Ok(Alarms {
                ring_now: alarms(ring_now, true)?,
                arm: alarms(arm, false)?,
                again_at,
                looked_at: now,
            })
        })
    }
}

/// Returns the instant of the last reminder before the first that found no room; none if all found room. Callbacks
/// after that one may be armed.
fn last_before_gap(ahead: &[Reminder], arm: &[Reminder]) -> Option<Millis> {
    let mut gap = ahead.iter().zip(arm);
    let before = gap.position(|(waits, armed)| waits.id != armed.id);
    let before = before.unwrap_or(arm.len());
    let last = ahead.get(before.checked_sub(1)?)?;
    (before < ahead.len()).then_some(last.at)
}

/// The reminders around the present moment, as far as a phone may have to show them.
struct AlarmsAround {
    /// Those that ring at once, one of each promise, the newest first.
    missed: Vec<Reminder>,
    /// Those from now on, the next first.
    ahead: Vec<Reminder>,
}

impl Notebook {
    /// Reads the reminders from an instant on, in milliseconds since the epoch. The time ahead is read in spans, until
    /// there are more callbacks and more of all others than a phone holds: only these are put in words.
    fn alarms_around(
        &self,
        context: &Context,
        store: Reading<'_>,
        since: Millis,
    ) -> ApiResult<AlarmsAround> {
        let mut pace = Pace {
            medians: self.medians_for(store, context)?,
            ..Pace::default()
        };
        let mut known = BTreeSet::new();
        let mut around = AlarmsAround {
            missed: vec![],
            ahead: vec![],
        };
        let mut from = since;
        for days in ARMED_SPANS {
            let enough = |callback| {
                let ahead = around.ahead.iter();
                ahead.filter(|one| one.callback == callback).count() >= remind::ENOUGH
            };
            let callbacks = match (enough(true), enough(false)) {
                (true, true) => break,
                (false, false) => None,
                (false, true) => Some(true),
                (true, false) => Some(false),
            };
            let to = context.now.saturating_add(days * DAY_MS);
            let held = HeldPromises::read_near(context, store, (from, to), callbacks)?;
            let recipient = Recipient {
                horizon: to.saturating_sub(from),
                ..context.recipient(from, 0)
            };
            for promises in [&held.mine, &held.others] {
                context.add_pace(&mut pace, &mut known, promises, store)?;
            }
            let rules = context.rules(&pace);
            let mut rings = RingsAround::default();
            for promises in [&held.mine, &held.others] {
                let some = remind::rings_around(promises, &recipient, &rules);
                rings.missed.extend(some.missed);
                rings.ahead.extend(some.ahead);
                if from == since {
                    let calls = remind::calls_to(context.me(), promises, &rules);
                    add_calls(&mut rings.missed, calls);
                }
            }
            let missed = remind::newest(rings.missed).into_iter();
            let missed = missed.map(|missed| missed.reminder(&rules));
            around.missed.extend(missed);
            let ahead = remind::earliest(rings.ahead).into_iter();
            around.ahead.extend(ahead.map(|ring| ring.reminder(&rules)));
            from = to;
        }
        Ok(around)
    }
}

/// Adds calls that wait to what was missed of their promises.
fn add_calls<'a>(missed: &mut Vec<MissedRings<'a>>, calls: Vec<Ring<'a>>) {
    let places = missed.iter().enumerate();
    let mut places: BTreeMap<DocId, usize> = places
        .map(|(place, missed)| (missed.last().promise(), place))
        .collect();
    for call in calls {
        let known = places.get(&call.promise());
        match known.and_then(|place| missed.get_mut(*place)) {
            Some(known) => known.push(call),
            None => {
                places.insert(call.promise(), missed.len());
                missed.push(MissedRings::of(call));
            }
        }
    }
}

/// A promise as its alarms show it.
struct AlarmedPromise {
    record: PromiseRecord,
    facts: Facts,
    state: PromiseState,
    call: Option<CallLine>,
    /// The answers that were judged already, for its reminders ask the same.
    judged: BTreeMap<PromiseAction, bool>,
}

impl AlarmedPromise {
    fn read(context: &Context, store: Reading<'_>, id: DocId) -> ApiResult<Self> {
        let row = row_of_kind(store, id, DocumentKind::Promise, "thing-promise")?;
        let (record, facts) = context.record_and_facts(&row)?;
        let state = facts.state(id, context.now, &context.registry);
        let calls = context.calls(store, &facts, &state)?;
        Ok(Self {
            call: calls.into_iter().next(),
            record,
            facts,
            state,
            judged: BTreeMap::new(),
        })
    }

    /// True if the context's author may give an answer now.
    fn offers(&mut self, context: &Context, action: PromiseAction) -> bool {
        let judge = ActionJudge {
            context,
            record: &self.record,
            facts: &self.facts,
            state: &self.state,
            may_make_right: false,
            is_written_again: false,
            is_begun_too_late: false,
        };
        let judged = self.judged.entry(action);
        *judged.or_insert_with(|| judge.offers(action))
    }

    /// Returns the answers to a reminder that make sense and that the context's author may give.
    fn actions(&mut self, context: &Context, reminder: &Reminder) -> Vec<ReminderAction> {
        use ReminderAction::{Call, Cannot, Done, Renegotiate, Seen, Start, StillFine};
        let listed: &[ReminderAction] = match reminder.level {
            ReminderLevel::Pool | ReminderLevel::Office => &[Call, Seen],
            ReminderLevel::Performer | ReminderLevel::Promiser => {
                match (reminder.callback, self.facts.started) {
                    (true, _) => &[Done, Call, Cannot],
                    (false, false) => &[Start, StillFine, Renegotiate],
                    (false, true) => &[Done, StillFine, Renegotiate],
                }
            }
        };
        let offered = listed.iter().copied().filter(|action| match action {
            Done => self.offers(context, PromiseAction::Fulfil),
            Cannot => self.offers(context, PromiseAction::Decline),
            Start => self.offers(context, PromiseAction::Start),
            Renegotiate => {
                self.offers(context, PromiseAction::Agree)
                    || self.offers(context, PromiseAction::Propose)
            }
            Call => self.call.is_some(),
            StillFine | Seen => true,
        });
        offered.collect()
    }
}

impl Context {
    fn alarm(
        &self,
        store: Reading<'_>,
        promises: &mut BTreeMap<DocId, AlarmedPromise>,
        reminder: Reminder,
        missed: bool,
    ) -> ApiResult<Alarm> {
        let promise = match promises.entry(reminder.promise) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => {
                unread.insert(AlarmedPromise::read(self, store, reminder.promise)?)
            }
        };
        let actions = promise.actions(self, &reminder);
        let made = &promise.facts.made;
        Ok(Alarm {
            missed,
            title: self.promise_sentence(&promise.facts),
            private_title: Message::new(match reminder.callback {
                true => "alarm-private-call",
                false => "alarm-private",
            }),
            account: made.account,
            account_name: made.labels.account.clone(),
            deliverable: made.deliverable.clone(),
            call: promise.call.clone(),
            actions,
            reminder,
        })
    }
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
