//! The people called to a promise that was escalated and waits: the pool that steps in, and the office.

use super::ladder::{self, Clocks, Roles, Window, is_here, is_office};
use super::quiet::Quiet;
use super::rung::{ReminderLevel, Rung, Step};
use super::{CALLBACK, Merged, Reminder, Rules, is_seen, merged, reminder};
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::promise::Gist;
use crate::model::time::{DAY_MS, Millis};

/// The time after its date for which a promise may still call a pool, in milliseconds: quiet hours included.
pub(crate) const POOL_AFTER: i64 = 2 * DAY_MS;

/// An escalation that has come and was neither done nor acknowledged, with those whom it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The rung, as it rings the people who are called.
    pub reminder: Reminder,
    /// The people who are called by now: those in quiet hours are called when these end.
    pub people: Vec<PersonId>,
    /// The pools that step in, who must be able to read the promise; empty for the office.
    pub pools: Vec<Team>,
}

/// The calls of promises at `now`, the newest first.
pub fn calls(promises: &[Gist], now: Millis, rules: &Rules<'_>) -> Vec<Call> {
    let mut clocks = Clocks::new(rules.company);
    let mut calls = Vec::new();
    for gist in promises {
        for merged in waiting(gist, &Roles::OFFICE, now, &mut clocks, rules) {
            calls.push(Call {
                people: called(gist, merged.at, now, rules, |who| {
                    is_office(who, rules.registry)
                }),
                pools: vec![],
                reminder: reminder(gist, &merged, rules),
            });
        }
        let too_late = gist.due_at < now.saturating_sub(POOL_AFTER);
        if ladder::is_taken_up(gist) || is_decided(gist) || too_late {
            continue;
        }
        let pools = ladder::pools(gist, rules.registry);
        let serves = |who: PersonId| {
            let me = rules.registry.colleagues.get(&who);
            gist.performer != Performer::Person { person: who }
                && me.is_some_and(|me| pools.iter().any(|pool| me.pools.contains(pool)))
        };
        for merged in waiting(gist, &Roles::POOL, now, &mut clocks, rules) {
            calls.push(Call {
                people: called(gist, merged.at, now, rules, serves),
                pools: pools.clone(),
                reminder: reminder(gist, &merged, rules),
            });
        }
    }
    calls.retain(|call| call.reminder.level == ReminderLevel::Office || !call.pools.is_empty());
    calls.sort_by(|one, other| other.reminder.order(&one.reminder));
    calls
}

/// True if the office has seen that the pool did not step in: from then on the promise is the office's.
fn is_decided(gist: &Gist) -> bool {
    let rung = Rung {
        level: ReminderLevel::Office,
        step: Step::Escalate,
        day: None,
        at: gist.due_at,
    };
    is_seen(gist, &rung, None)
}

/// The rungs of a role that have come and were not acknowledged.
pub(super) fn waiting(
    gist: &Gist,
    roles: &Roles,
    now: Millis,
    clocks: &mut Clocks<'_>,
    rules: &Rules<'_>,
) -> Vec<Merged> {
    let window = Window {
        from: Millis::MIN,
        to: now.saturating_add(1),
    };
    let rungs = ladder::rungs(gist, roles, window, clocks, rules.pace);
    let seen = |rung: &Rung| is_seen(gist, rung, None);
    let mut waiting = merged(rungs);
    waiting.retain(|merged| merged.at <= now && !merged.rungs.iter().any(seen));
    waiting
}

/// The people, of those that fit, who are called by now to what rings at an instant. Quiet hours are on the clock of
/// the place that the promise is due at, for it is not known here where a phone is.
fn called(
    gist: &Gist,
    at: Millis,
    now: Millis,
    rules: &Rules<'_>,
    fits: impl Fn(PersonId) -> bool,
) -> Vec<PersonId> {
    let awake = |who: PersonId| {
        let quiet = rules.company.people.get(&who).and_then(|says| says.quiet);
        let quiet = Quiet::new(quiet, &gist.due.zone).filter(|_| gist.kind != CALLBACK);
        quiet.is_none_or(|quiet| quiet.shifted(at) <= now)
    };
    let here = rules
        .registry
        .colleagues
        .values()
        .filter(|who| is_here(who));
    let people = here.map(|colleague| colleague.id);
    people.filter(|who| fits(*who) && awake(*who)).collect()
}
