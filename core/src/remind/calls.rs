//! The people called to a promise that was escalated and waits: the pool that steps in, and the office.

use super::ladder::RungKind;
use super::quiet::QuietHours;
use super::rung::{ReminderLevel, Rung};
use super::rungs::{self, Ladder, RecipientRoles, Window, WorkingTimes, is_office};
use super::{CALLBACK, LadderContext, Reminder, Ring, RungCluster, cluster_rungs, is_seen};
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::promise::OpenPromise;
use crate::model::time::{DAY_MS, Millis};

/// The time after its date for which a promise may still call a pool, in milliseconds: quiet hours included.
pub(crate) const POOL_CALL_ENDS_MS: i64 = 2 * DAY_MS;

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

/// The calls that promises make now, the newest first.
pub fn calls(promises: &[OpenPromise], rules: &LadderContext<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    waiting_calls(promises, None, rules, |ring, people, pools| {
        if ring.level() == ReminderLevel::Office || !pools.is_empty() {
            calls.push(Call {
                reminder: ring.reminder(rules),
                people,
                pools: pools.to_vec(),
            });
        }
    });
    calls.sort_by(|one, other| other.reminder.order(&one.reminder));
    calls
}

/// The calls that promises make now to one person, in no order.
pub(crate) fn calls_to<'a>(
    person: PersonId,
    promises: &'a [OpenPromise],
    rules: &LadderContext<'_>,
) -> Vec<Ring<'a>> {
    let mut calls = Vec::new();
    waiting_calls(promises, Some(person), rules, |ring, people, _| {
        calls.extend(people.contains(&person).then_some(ring));
    });
    calls
}

/// Hands on the calls that promises make now, with those whom they call and the pools that step in: of all people, or
/// only as far as they call one.
fn waiting_calls<'a>(
    promises: &'a [OpenPromise],
    whom: Option<PersonId>,
    rules: &LadderContext<'_>,
    mut take: impl FnMut(Ring<'a>, Vec<PersonId>, &[Team]),
) {
    let mut working_times = WorkingTimes::new(rules.company);
    let is_asked = |who: PersonId| whom.is_none_or(|whom| whom == who);
    let asks_office = whom.is_none_or(|whom| is_office(whom, rules));
    let whom = whom.map(|whom| rules.registry.colleagues.get(&whom));
    let asks_pools = whom.is_none_or(|whom| whom.is_some_and(|whom| !whom.pools.is_empty()));
    let ring = |promise: &'a OpenPromise, cluster: RungCluster| Ring {
        promise,
        cluster,
        is_seen: false,
        renegotiate: false,
    };
    for promise in promises {
        if asks_office {
            let roles = RecipientRoles::OFFICE;
            for cluster in waiting_rungs(promise, &roles, &mut working_times, rules) {
                let fits = |who| is_asked(who) && is_office(who, rules);
                let people = called_people(promise, cluster.at, rules, fits);
                take(ring(promise, cluster), people, &[]);
            }
        }
        let too_late = promise.due_at < rules.now.saturating_sub(POOL_CALL_ENDS_MS);
        if !asks_pools || rungs::is_taken_up(promise) || is_decided(promise) || too_late {
            continue;
        }
        let clusters = waiting_rungs(promise, &RecipientRoles::POOL, &mut working_times, rules);
        if clusters.is_empty() {
            continue;
        }
        let pools = rungs::pools(promise, rules.registry);
        let serves = |who: PersonId| {
            let me = rules.registry.colleagues.get(&who);
            promise.performer != Performer::Person { person: who }
                && me.is_some_and(|me| pools.iter().any(|pool| me.pools.contains(pool)))
        };
        for cluster in clusters {
            let fits = |who| is_asked(who) && serves(who);
            let people = called_people(promise, cluster.at, rules, fits);
            take(ring(promise, cluster), people, &pools);
        }
    }
}

/// True if the office has seen that the pool did not step in: from then on the promise is the office's.
fn is_decided(promise: &OpenPromise) -> bool {
    let rung = Rung {
        level: ReminderLevel::Office,
        rung_kind: RungKind::Escalate,
        day: None,
        at: promise.due_at,
    };
    is_seen(promise, &rung, None)
}

/// The rungs of a role that have come and were not acknowledged.
pub(super) fn waiting_rungs(
    promise: &OpenPromise,
    roles: &RecipientRoles,
    working_times: &mut WorkingTimes<'_>,
    rules: &LadderContext<'_>,
) -> Vec<RungCluster> {
    let window = Window {
        from: Millis::MIN,
        to: rules.now.saturating_add(1),
    };
    let rungs = rungs::rungs(
        promise,
        roles,
        window,
        working_times,
        rules.pace,
        &Ladder::COMPANY,
    );
    let seen = |rung: &Rung| is_seen(promise, rung, None);
    let mut waiting_rungs = cluster_rungs(rungs);
    waiting_rungs.retain(|cluster| cluster.at <= rules.now && !cluster.rungs.iter().any(seen));
    waiting_rungs
}

/// The people, of those that fit, who are called by now to what rings at an instant. Quiet hours are on the clock of
/// the place that the promise is due at, for it is not known here where a phone is.
fn called_people(
    promise: &OpenPromise,
    at: Millis,
    rules: &LadderContext<'_>,
    fits: impl Fn(PersonId) -> bool,
) -> Vec<PersonId> {
    let awake = |who: PersonId| {
        let quiet = rules.company.people.get(&who).and_then(|says| says.quiet);
        let quiet = QuietHours::new(quiet, &promise.due.zone).filter(|_| promise.kind != CALLBACK);
        quiet.is_none_or(|quiet| quiet.after_quiet_hours(at) <= rules.now)
    };
    let here = rules
        .registry
        .colleagues
        .values()
        .filter(|who| who.works_at(rules.now));
    let people = here.map(|colleague| colleague.id);
    people.filter(|who| fits(*who) && awake(*who)).collect()
}
