//! Reminders: the people who are reminded of a promise, when and why. Pure: from promises, people, calendars and a
//! moment to a list; a caller that shows it only rings.
//!
//! A ladder hangs on the *present terms* of a promise: how far ahead the date was told decides its rungs, and
//! does so until the customer is told other terms. Each rung has a name that is the same on every device, so
//! that an acknowledgement, an event like any other, silences it everywhere. Decisions beyond the ladders
//! themselves:
//!
//! - Where no performer is named, or the performer declined, the promiser is rung in their place.
//! - Rungs of one promise that would ring one person within two minutes are one reminder, which rings with the
//!   first of them: none ever rings later. The date itself is never taken into an earlier reminder.
//! - A promise that is past its date stays work: performer and promiser hear of it at the beginning of each
//!   of their working days. "Not accepted" comes again at the same moments until the date.
//! - That the work takes longer than what is left is said once: at the first reminder after the moment to begin has
//!   passed, if the date has not. Where that moment lay before the terms themselves, it was known how short the time
//!   is, and the last reminder before the date says it.
//! - The performer's and the promiser's acknowledgements are their own. One of the pool or the office speaks
//!   for all of them, for the next rung goes further up.
//! - The pool steps in for the pool that a promise was given to, else for those of the performer, else of the
//!   promiser. It is not called if the performer took it up after the date, nor once the office has seen that
//!   the pool did not step in, nor two days after the date.
//! - "The office" are those with that role; in a company that has none, the owners.

mod armed;
mod calls;
mod ladder;
mod messages;
mod pace;
mod quiet;
mod reminders_around;
mod ring;
mod rung;
mod rungs;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde::Serialize;

use crate::language::Message;
use crate::model::company::Company;
use crate::model::ids::{DocId, PersonId};
use crate::model::promise::OpenPromise;
use crate::model::registry::Registry;
use crate::model::time::Millis;
use ladder::RungKind;
use quiet::QuietHours;
use rung::Rung;
use rungs::{Ladder, RecipientRoles, RungPerson, Window, WorkingTimes};

pub(crate) use armed::as_many_as_fit;
pub use armed::{MAX_ARMED, RESERVED_FOR_CALLBACKS, reminders_to_arm};
pub(crate) use calls::POOL_CALL_ENDS_MS;
pub(crate) use calls::calls_to;
pub use calls::{Call, calls};
pub use pace::{MIN_CLOSINGS, Pace, usual_effort};
pub(crate) use reminders_around::{RingsAround, rings_around};
pub(crate) use ring::{ENOUGH, MissedRings, Ring, earliest, newest};
pub use rung::{ReminderLevel, is_rung};
pub(crate) use rungs::NearTime;

/// The kind whose reminders ignore quiet hours.
pub const CALLBACK: &str = "callback";
/// Rungs of one promise that are no further apart are one reminder, in milliseconds.
const CLUSTER_MS: i64 = 2 * 60_000;

/// One reminder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Reminder {
    /// The rung as acknowledgements name it: `terms-event/rung-name`.
    pub id: String,
    /// The promise.
    pub promise: DocId,
    /// The instant at which it rings, in milliseconds since the epoch.
    pub at: Millis,
    /// The capacity in which the person is reminded.
    pub level: ReminderLevel,
    /// The rung's name.
    pub rung: String,
    /// The rung in a word or two.
    pub rung_words: Message,
    /// The reason, as a sentence.
    pub why: Message,
    /// The rungs that it speaks for as well, each in a word or two.
    pub also: Vec<Message>,
    /// True if this is the reminder that says that the moment to begin has passed and the work has not begun.
    pub renegotiate: bool,
    /// True if a date that the customer was told has passed already.
    pub already_late: bool,
    /// The sentences that follow `why`: that an earlier date has passed, that the work takes longer than what is
    /// left.
    pub remarks: Vec<Message>,
    /// True if it is about a callback, which rings in quiet hours too.
    pub callback: bool,
}

impl Reminder {
    /// The next first; of two at the same moment, the same first on every device.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        (self.at, &self.id).cmp(&(other.at, &other.id))
    }
}

/// The person to be reminded, with the device's zone and the time span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// The person.
    pub person: PersonId,
    /// The IANA zone that the device is in: quiet hours are on its clock.
    pub zone: &'a str,
    /// The present moment, in milliseconds since the epoch.
    pub now: Millis,
    /// The time to look ahead, in milliseconds.
    pub horizon: i64,
}

/// The company, people and record that the ladders are read against.
#[derive(Clone, Copy, Debug)]
pub struct LadderContext<'a> {
    /// Working time, efforts, quiet hours, kinds.
    pub company: &'a Company,
    /// The registry of people.
    pub registry: &'a Registry,
    /// The recorded efforts and leads.
    pub pace: &'a Pace,
    /// The present moment, at which people work here or do not, in milliseconds since the epoch.
    pub now: Millis,
}

/// The reminders escalated to the office until now and neither done nor acknowledged, the newest first.
pub fn office_reminders(promises: &[OpenPromise], rules: &LadderContext<'_>) -> Vec<Reminder> {
    let mut working_times = WorkingTimes::new(rules.company);
    let mut needs = Vec::new();
    for promise in promises {
        for cluster in
            calls::waiting_rungs(promise, &RecipientRoles::OFFICE, &mut working_times, rules)
        {
            needs.push(reminder(promise, &cluster, rules));
        }
    }
    needs.sort_by(|one, other| other.order(one));
    needs
}

/// The reminders of a person from now until the horizon, the next first.
pub fn due_reminders(
    promises: &[OpenPromise],
    recipient: &Recipient<'_>,
    rules: &LadderContext<'_>,
) -> Vec<Reminder> {
    let mut reminders = Vec::new();
    rings_of(promises, recipient, rules, |rings| {
        let waiting = rings.iter().filter(|ring| !ring.is_seen);
        reminders.extend(waiting.map(|ring| ring.reminder(rules)));
    });
    reminders.sort_by(Reminder::order);
    reminders
}

/// Returns the times that are near to the span from an instant until another, in milliseconds since the epoch: what is
/// far of them by [`OpenPromise::calm_until_half`] and its date does not ring within.
pub(crate) fn near_time(from: Millis, to: Millis) -> NearTime {
    NearTime::of(Window { from, to }, &Ladder::COMPANY)
}

/// Hands on the rings of each promise within a recipient's time span, the next first.
fn rings_of<'a>(
    promises: &'a [OpenPromise],
    recipient: &Recipient<'_>,
    rules: &LadderContext<'_>,
    mut take: impl FnMut(Vec<Ring<'a>>),
) {
    let window = Window {
        from: recipient.now,
        to: recipient.now.saturating_add(recipient.horizon.max(0)),
    };
    let quiet = rules
        .company
        .people
        .get(&recipient.person)
        .and_then(|says| says.quiet);
    let quiet = QuietHours::new(quiet, recipient.zone);
    let mut working_times = WorkingTimes::new(rules.company);
    let person = RungPerson::of(recipient.person, rules);
    for promise in promises {
        let roles = RecipientRoles::of(promise, &person, rules);
        if !roles.any() {
            continue;
        }
        let mut rungs = rungs::rungs(
            promise,
            &roles,
            window,
            &mut working_times,
            rules.pace,
            &Ladder::COMPANY,
        );
        if let (Some(quiet), false) = (&quiet, promise.kind == CALLBACK) {
            for rung in &mut rungs {
                rung.at = quiet.after_quiet_hours(rung.at);
            }
        }
        let clusters = cluster_rungs(rungs);
        let is_within = |cluster: &RungCluster| (window.from..window.to).contains(&cluster.at);
        if !clusters.iter().any(is_within) {
            continue;
        }
        let renegotiate = renegotiate_at(promise, &clusters, &mut working_times, rules);
        let within = clusters.into_iter().filter(is_within);
        let rings = within.map(|cluster| Ring {
            promise,
            is_seen: cluster
                .rungs
                .iter()
                .any(|rung| is_seen(promise, rung, Some(recipient.person))),
            renegotiate: renegotiate == Some(cluster.at),
            cluster,
        });
        take(rings.collect());
    }
}

/// Rungs that ring as one.
#[derive(Clone, Debug)]
struct RungCluster {
    at: Millis,
    /// The one that speaks for all comes first.
    rungs: Vec<Rung>,
}

/// Clusters the rungs of one person: those that are close together ring as one. A cluster rings with its first rung, so
/// that none rings later than it would alone; for the same reason the date itself always begins one.
fn cluster_rungs(mut rungs: Vec<Rung>) -> Vec<RungCluster> {
    let is_due = |rung: &Rung| rung.rung_kind == RungKind::Due;
    rungs.sort_by_key(|rung| (rung.at, !is_due(rung), rung.level, rung.rung_kind, rung.day));
    let mut clusters: Vec<RungCluster> = Vec::new();
    for rung in rungs {
        let open = clusters.last_mut().filter(|cluster| {
            let near = rung.at.saturating_sub(cluster.at) <= CLUSTER_MS;
            near && (!is_due(&rung) || cluster.rungs.iter().any(is_due))
        });
        match open {
            Some(cluster) => cluster.rungs.push(rung),
            None => clusters.push(RungCluster {
                at: rung.at,
                rungs: vec![rung],
            }),
        }
    }
    for cluster in &mut clusters {
        cluster
            .rungs
            .sort_by_key(|rung| (std::cmp::Reverse(rung.rung_kind), rung.level, rung.day));
    }
    clusters
}

/// True if a rung was acknowledged, by `person` where each acknowledges for themselves.
fn is_seen(promise: &OpenPromise, rung: &Rung, person: Option<PersonId>) -> bool {
    let for_all = matches!(rung.level, ReminderLevel::Pool | ReminderLevel::Office);
    !promise.seen.is_empty() && {
        let id = rung.id(promise.terms);
        let own = |by: Option<PersonId>| for_all || by.is_none() || by == person;
        promise
            .seen
            .iter()
            .any(|seen| seen.rung == id && own(seen.by))
    }
}

/// The instant by which the work of a promise has to begin to be done in time, in ms since the epoch; none if it has
/// begun or is done, or in a calendar without hours.
pub fn start_by(promise: &OpenPromise, rules: &LadderContext<'_>) -> Option<Millis> {
    let begun = promise.started || promise.done;
    let mut working_times = WorkingTimes::new(rules.company);
    rungs::start_by(promise, &mut working_times, rules.pace).filter(|_| !begun)
}

/// The instant at which a person who has not begun is told to renegotiate; None if there is time, or no reminder
/// until the date.
fn renegotiate_at(
    promise: &OpenPromise,
    clusters: &[RungCluster],
    working_times: &mut WorkingTimes<'_>,
    rules: &LadderContext<'_>,
) -> Option<Millis> {
    // People who are called decide whether to take it, not when.
    let own = |level| matches!(level, ReminderLevel::Performer | ReminderLevel::Promiser);
    let begun = promise.started || promise.done;
    let start_by = rungs::start_by(promise, working_times, rules.pace).filter(|_| !begun)?;
    let mut ahead = clusters
        .iter()
        .filter(|cluster| {
            cluster
                .rungs
                .iter()
                .any(|rung| own(rung.level) && rung.day.is_none())
        })
        .map(|cluster| cluster.at);
    if start_by > promise.told_at {
        let mut after = ahead.filter(|at| (start_by + 1..=promise.due_at).contains(at));
        return after.next();
    }
    ahead.rfind(|at| *at < promise.due_at)
}

fn reminder(promise: &OpenPromise, cluster: &RungCluster, rules: &LadderContext<'_>) -> Reminder {
    #[cfg(test)]
    WORDED.with(|worded| worded.set(worded.get() + 1));
    let lead = cluster.rungs[0];
    Reminder {
        id: lead.id(promise.terms),
        promise: promise.id,
        at: cluster.at,
        level: lead.level,
        rung: lead.name(),
        rung_words: Message::new(lead.rung_kind.label()),
        why: messages::rung_message(promise, &lead, rules.registry),
        also: cluster.rungs[1..]
            .iter()
            .filter(|rung| rung.rung_kind != lead.rung_kind && !rung.rung_kind.counts_down())
            .map(|rung| Message::new(rung.rung_kind.label()))
            .collect(),
        renegotiate: false,
        remarks: messages::remarks(promise, cluster.at, false),
        already_late: promise.late_ms(cluster.at) > 0,
        callback: promise.kind == CALLBACK,
    }
}

#[cfg(test)]
thread_local! {
    static WORDED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The number of reminders that this thread has put in words.
#[cfg(test)]
pub(crate) fn worded() -> usize {
    WORDED.with(std::cell::Cell::get)
}
