//! Reminders: the people who are reminded of a promise, when and why. Pure: from promises, people, calendars and a
//! moment to a list; a caller that shows it only rings.
//!
//! A ladder hangs on the *present terms* of a promise: how far ahead the date was told decides its rungs, and
//! does so until the customer is told other terms. Each rung has a name that is the same on every device, so
//! that an acknowledgement, an event like any other, silences it everywhere. What is decided here beyond the
//! ladders themselves:
//!
//! - Where no performer is named, or the performer declined, the promiser is rung in their place.
//! - Rungs of one promise that would ring one person within two minutes are one reminder. It rings with the
//!   first of them, unless one is the date itself, which rings on time.
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

mod arm;
mod call;
mod ladder;
mod pace;
mod quiet;
mod rung;
#[cfg(test)]
mod tests;
mod why;

use std::cmp::Ordering;

use serde::Serialize;

use crate::model::colleague::Company;
use crate::model::ids::{DocId, PersonId};
use crate::model::people::Registry;
use crate::model::promise::Gist;
use crate::model::time::Millis;
use crate::words::Words;
use ladder::{Clocks, Roles, Window};
use quiet::Quiet;
use rung::{Rung, Step};

pub use arm::{CALLBACK_SLOTS, WINDOW, arm};
pub(crate) use call::POOL_AFTER;
pub use call::{Call, calls};
pub use pace::{ENOUGH, Pace, usual_effort};
pub use rung::{ReminderLevel, is_rung};

/// The kind whose reminders ignore quiet hours.
pub const CALLBACK: &str = "callback";
/// Rungs of one promise that are no further apart are one reminder, in milliseconds.
const MERGED_WITHIN: i64 = 2 * 60_000;

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
    pub rung_words: Words,
    /// The reason, as a sentence.
    pub why: Words,
    /// The rungs that it speaks for as well, each in a word or two.
    pub also: Vec<Words>,
    /// True if this is the reminder that says that the moment to begin has passed and the work has not begun.
    pub renegotiate: bool,
    /// True if a date that the customer was told has passed already.
    pub already_late: bool,
    /// The sentences that follow `why`: that an earlier date has passed, that the work takes longer than what is
    /// left.
    pub remarks: Vec<Words>,
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
pub struct Seat<'a> {
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
pub struct Rules<'a> {
    /// Working time, efforts, quiet hours, kinds.
    pub company: &'a Company,
    /// The registry of people.
    pub registry: &'a Registry,
    /// The recorded efforts and leads.
    pub pace: &'a Pace,
}

/// The reminders of a person from now until the horizon, the next first.
pub fn due_reminders(promises: &[Gist], seat: &Seat<'_>, rules: &Rules<'_>) -> Vec<Reminder> {
    let window = Window {
        from: seat.now,
        to: seat.now.saturating_add(seat.horizon.max(0)),
    };
    reminders(promises, seat, rules, window)
}

/// The reminders escalated to the office until `now` and neither done nor acknowledged, the newest first.
pub fn office_needs(promises: &[Gist], now: Millis, rules: &Rules<'_>) -> Vec<Reminder> {
    let mut clocks = Clocks::new(rules.company);
    let mut needs = Vec::new();
    for gist in promises {
        for merged in call::waiting(gist, &Roles::OFFICE, now, &mut clocks, rules) {
            needs.push(reminder(gist, &merged, rules));
        }
    }
    needs.sort_by(|one, other| other.order(one));
    needs
}

fn reminders(
    promises: &[Gist],
    seat: &Seat<'_>,
    rules: &Rules<'_>,
    window: Window,
) -> Vec<Reminder> {
    let quiet = rules
        .company
        .people
        .get(&seat.person)
        .and_then(|says| says.quiet);
    let quiet = Quiet::new(quiet, seat.zone);
    let mut clocks = Clocks::new(rules.company);
    let mut reminders = Vec::new();
    for gist in promises {
        let roles = Roles::of(gist, seat.person, rules.registry);
        if !roles.any() {
            continue;
        }
        let mut rungs = ladder::rungs(gist, &roles, window, &mut clocks, rules.pace);
        if let (Some(quiet), false) = (&quiet, gist.kind == CALLBACK) {
            for rung in &mut rungs {
                rung.at = quiet.shifted(rung.at);
            }
        }
        let clusters = merged(rungs);
        let renegotiate = renegotiate_at(gist, &clusters, &mut clocks, rules);
        for merged in clusters {
            let silent = merged
                .rungs
                .iter()
                .any(|rung| is_seen(gist, rung, Some(seat.person)));
            if !silent && (window.from..window.to).contains(&merged.at) {
                let renegotiate = renegotiate == Some(merged.at);
                reminders.push(Reminder {
                    renegotiate,
                    remarks: why::remarks(gist, merged.at, renegotiate),
                    ..reminder(gist, &merged, rules)
                });
            }
        }
    }
    reminders.sort_by(Reminder::order);
    reminders
}

/// Rungs that ring as one.
struct Merged {
    at: Millis,
    /// The one that speaks for all comes first.
    rungs: Vec<Rung>,
}

/// Rungs of one person, those that are close together as one.
fn merged(mut rungs: Vec<Rung>) -> Vec<Merged> {
    rungs.sort_by_key(|rung| (rung.at, rung.level, rung.step, rung.day));
    let mut clusters: Vec<Merged> = Vec::new();
    for rung in rungs {
        let first = clusters
            .last_mut()
            .filter(|cluster| rung.at.saturating_sub(cluster.at) <= MERGED_WITHIN);
        match first {
            Some(cluster) => cluster.rungs.push(rung),
            None => clusters.push(Merged {
                at: rung.at,
                rungs: vec![rung],
            }),
        }
    }
    for cluster in &mut clusters {
        cluster
            .rungs
            .sort_by_key(|rung| (std::cmp::Reverse(rung.step), rung.level, rung.day));
        if let Some(due) = cluster.rungs.first().filter(|rung| rung.step == Step::Due) {
            cluster.at = due.at;
        }
    }
    clusters
}

/// True if a rung was acknowledged, by `person` where each acknowledges for themselves.
fn is_seen(gist: &Gist, rung: &Rung, person: Option<PersonId>) -> bool {
    let for_all = matches!(rung.level, ReminderLevel::Pool | ReminderLevel::Office);
    !gist.seen.is_empty() && {
        let id = rung.id(gist.terms);
        let own = |by: Option<PersonId>| for_all || by.is_none() || by == person;
        gist.seen.iter().any(|seen| seen.rung == id && own(seen.by))
    }
}

/// The instant at which a person who has not begun is told to renegotiate; None if there is time, or no reminder
/// until the date.
fn renegotiate_at(
    gist: &Gist,
    clusters: &[Merged],
    clocks: &mut Clocks<'_>,
    rules: &Rules<'_>,
) -> Option<Millis> {
    // People who are called decide whether to take it, not when.
    let own = |level| matches!(level, ReminderLevel::Performer | ReminderLevel::Promiser);
    let begun = gist.started || gist.done;
    let start_by = ladder::start_by(gist, clocks, rules.pace).filter(|_| !begun)?;
    let mut ahead = clusters
        .iter()
        .filter(|cluster| {
            cluster
                .rungs
                .iter()
                .any(|rung| own(rung.level) && rung.day.is_none())
        })
        .map(|cluster| cluster.at);
    if start_by > gist.told_at {
        let mut after = ahead.filter(|at| (start_by + 1..=gist.due_at).contains(at));
        return after.next();
    }
    ahead.rfind(|at| *at < gist.due_at)
}

fn reminder(gist: &Gist, merged: &Merged, rules: &Rules<'_>) -> Reminder {
    let lead = merged.rungs[0];
    Reminder {
        id: lead.id(gist.terms),
        promise: gist.id,
        at: merged.at,
        level: lead.level,
        rung: lead.name(),
        rung_words: Words::new(lead.step.label()),
        why: why::words(gist, &lead, rules.registry),
        also: merged.rungs[1..]
            .iter()
            .filter(|rung| rung.step != lead.step && !rung.step.counts_down())
            .map(|rung| Words::new(rung.step.label()))
            .collect(),
        renegotiate: false,
        remarks: why::remarks(gist, merged.at, false),
        already_late: gist.late_ms(merged.at) > 0,
        callback: gist.kind == CALLBACK,
    }
}
