//! Alarms: the reminders that a phone rings now and those that it arms, each with all that a notification shows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Serialize;

use crate::language::Message;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{Facts, PromiseRecord};
use crate::model::time::{DAY_MS, Millis};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::actions::{ActionJudge, PromiseAction};
use crate::notebook::promises::calls::CallLine;
use crate::notebook::promises::mine::HeldPromises;
use crate::notebook::promises::records::PromiseSummary;
use crate::notebook::rows::row_of_kind;
use crate::remind::{self, Reminder, ReminderLevel};
use crate::store::Reading;

/// The time ahead for which alarms are armed, in milliseconds.
const ARMED_AHEAD_MS: i64 = 14 * DAY_MS;
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
            let held = HeldPromises::read(&context, store, ARMED_AHEAD_MS)?;
            let recipient = context.recipient(since, ARMED_AHEAD_MS);
            let mut missed: BTreeMap<DocId, Reminder> = BTreeMap::new();
            let mut ahead = Vec::new();
            self.by_pace(&context, &held, store, |promises, rules| {
                let around = remind::reminders_around(promises, &recipient, rules);
                let calls = remind::calls(promises, rules).into_iter();
                let mine = calls.filter(|call| call.people.contains(&context.me()));
                let ringing = around.missed.into_iter();
                for reminder in ringing.chain(mine.map(|call| call.reminder)) {
                    add_missed(&mut missed, reminder);
                }
                ahead.extend(around.ahead);
            })?;
            let mut ring_now: Vec<Reminder> = missed.into_values().collect();
            ring_now.sort_by(|one, other| other.order(one));
            let ring_now = remind::as_many_as_fit(ring_now);
            // A call of this very moment is both.
            ahead.retain(|reminder| !ring_now.iter().any(|rings| rings.id == reminder.id));
            ahead.sort_by(Reminder::order);
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

/// Adds a reminder that rings now to the one of its promise, of which the later remains.
fn add_missed(missed: &mut BTreeMap<DocId, Reminder>, reminder: Reminder) {
    let promise = reminder.promise;
    let both = match missed.remove(&promise) {
        Some(known) if known.id == reminder.id => known,
        Some(known) if known.order(&reminder).is_gt() => known.speaking_for(reminder),
        Some(known) => reminder.speaking_for(known),
        None => reminder,
    };
    missed.insert(promise, both);
}

/// A promise as its alarms show it.
struct AlarmedPromise {
    record: PromiseRecord,
    facts: Facts,
    summary: PromiseSummary,
    call: Option<CallLine>,
}

impl AlarmedPromise {
    fn read(context: &Context, store: Reading<'_>, id: DocId) -> ApiResult<Self> {
        let row = row_of_kind(store, id, DocumentKind::Promise, "thing-promise")?;
        let (record, facts) = context.record_and_facts(&row)?;
        let summary = context.summary(&row, &record, &facts)?;
        let calls = context.calls(store, &facts, &summary.state)?;
        Ok(Self {
            call: calls.into_iter().next(),
            record,
            facts,
            summary,
        })
    }

    /// Returns the answers to a reminder that make sense and that the context's author may give.
    fn actions(&self, context: &Context, reminder: &Reminder) -> Vec<ReminderAction> {
        use ReminderAction::{Call, Cannot, Done, Renegotiate, Seen, Start, StillFine};
        let judge = ActionJudge {
            context,
            record: &self.record,
            facts: &self.facts,
            state: &self.summary.state,
            may_make_right: false,
            is_written_again: false,
            is_begun_too_late: false,
        };
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
            Done => judge.offers(PromiseAction::Fulfil),
            Cannot => judge.offers(PromiseAction::Decline),
            Start => judge.offers(PromiseAction::Start),
            Renegotiate => {
                judge.offers(PromiseAction::Agree) || judge.offers(PromiseAction::Propose)
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
        let summary = &promise.summary;
        Ok(Alarm {
            missed,
            title: summary.sentence.clone(),
            private_title: Message::new(match reminder.callback {
                true => "alarm-private-call",
                false => "alarm-private",
            }),
            account: summary.account,
            account_name: summary.account_name.clone(),
            deliverable: summary.deliverable.clone(),
            call: promise.call.clone(),
            actions: promise.actions(self, &reminder),
            reminder,
        })
    }
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
