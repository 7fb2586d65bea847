//! The ladders: the rungs that a promise has for a person, before quiet hours and merging.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::pace::Pace;
use super::rung::{ReminderLevel, Rung, RungKind};
use crate::model::calendar::WorkingTime;
use crate::model::colleague_profile::Company;
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::promise::{OpenPromise, SHORT_NOTICE_MS, WorkStage, called_at, pools_called};
use crate::model::registry::{Colleague, Registry, Role};
use crate::model::time::{DAY_MS, Millis, instant_on_clock, zone, zoned};

const MINUTE_MS: i64 = 60_000;
const TWO_HOURS_MS: i64 = 2 * 60 * MINUTE_MS;
const WEEK_MS: i64 = 7 * DAY_MS;
/// The time that a performer has to answer, in working minutes.
const ANSWER_WITHIN: i64 = 120;
/// The time of the rung on the day before, in minutes after midnight at the place of the promise.
const DAY_BEFORE_AT: u16 = 8 * 60 + 30;
/// Before it only half time is rung of what was promised long ahead: three days, and what clocks may shift.
const LAST_DAYS: i64 = 4 * DAY_MS;
/// The reach of daily rungs before a window, in milliseconds, so that its edges merge and shift as its middle does.
const MARGIN: i64 = 2 * DAY_MS;

/// A span of time: from `from` until before `to`, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub from: Millis,
    pub to: Millis,
}

/// The roles of a person in a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RecipientRoles {
    /// The capacity in which the performer's ladder rings them; None if it does not.
    performs: Option<ReminderLevel>,
    /// They told the customer and another person performs.
    promises: bool,
    pool: bool,
    office: bool,
}

impl RecipientRoles {
    /// The back office, whichever person it is.
    pub(super) const OFFICE: Self = Self {
        performs: None,
        promises: false,
        pool: false,
        office: true,
    };

    /// The pool that steps in, whichever person serves it.
    pub(super) const POOL: Self = Self {
        performs: None,
        promises: false,
        pool: true,
        office: false,
    };

    /// The roles of `person` in a promise.
    pub(super) fn of(promise: &OpenPromise, person: PersonId, registry: &Registry) -> Self {
        let performer = active_performer(promise);
        let serves = |pools: &[Team], who: PersonId| {
            let me = registry.colleagues.get(&who);
            me.is_some_and(|me| is_here(me) && pools.iter().any(|pool| me.pools.contains(pool)))
        };
        let promiser = promise.promiser == person;
        let performs = match performer {
            Some(Performer::Person { person: who }) => *who == person,
            Some(Performer::Pool { pool }) => serves(std::slice::from_ref(pool), person),
            Some(Performer::Nobody) | None => false,
        };
        let vacant = match performer {
            Some(Performer::Person { .. }) => false,
            Some(Performer::Pool { pool }) => !registry
                .colleagues
                .keys()
                .any(|who| serves(std::slice::from_ref(pool), *who)),
            Some(Performer::Nobody) | None => true,
        };
        let performs = match (performs, vacant && promiser) {
            (true, _) => Some(ReminderLevel::Performer),
            (false, true) => Some(ReminderLevel::Promiser),
            (false, false) => None,
        };
        Self {
            performs,
            promises: promiser,
            pool: !is_taken_up(promise)
                && promise.performer != Performer::Person { person }
                && serves(&pools(promise, registry), person),
            office: is_office(person, registry),
        }
    }

    /// True if they have any role in it.
    pub(super) fn any(&self) -> bool {
        self.performs.is_some() || self.promises || self.pool || self.office
    }
}

/// True if the performer took it up at its date or later.
pub(super) fn is_taken_up(promise: &OpenPromise) -> bool {
    promise.taken_at.is_some_and(|at| at >= promise.due_at)
}

/// The performer; None if they declined.
fn active_performer(promise: &OpenPromise) -> Option<&Performer> {
    (promise.stage != WorkStage::Declined).then_some(&promise.performer)
}

/// The pools that step in.
pub(super) fn pools(promise: &OpenPromise, registry: &Registry) -> Vec<Team> {
    let assigned = match &promise.pool {
        Some(pool) => &Performer::Pool { pool: pool.clone() },
        None => &promise.performer,
    };
    pools_called(assigned, promise.promiser, |person| {
        let colleague = registry.colleagues.get(&person);
        colleague
            .map(|colleague| colleague.pools.clone())
            .unwrap_or_default()
    })
}

pub(super) fn is_office(person: PersonId, registry: &Registry) -> bool {
    let Some(me) = registry.colleagues.get(&person).filter(|me| is_here(me)) else {
        return false;
    };
    match me.role {
        Role::Office => true,
        Role::Owner => !registry
            .colleagues
            .values()
            .any(|other| is_here(other) && other.role == Role::Office),
        Role::Technician | Role::Workshop | Role::Sales => false,
    }
}

pub(super) fn is_here(colleague: &Colleague) -> bool {
    colleague.to.is_none()
}

/// Working times that were asked for, each made once.
pub(super) struct WorkingTimes<'a> {
    company: &'a Company,
    made: BTreeMap<(Option<PersonId>, String), WorkingTime>,
}

impl<'a> WorkingTimes<'a> {
    pub(super) fn new(company: &'a Company) -> Self {
        Self {
            company,
            made: BTreeMap::new(),
        }
    }

    /// The working time of a person, else of the company, else the usual one in the zone of the promise.
    fn of(&mut self, person: Option<PersonId>, promise: &OpenPromise) -> &WorkingTime {
        let key = (person, promise.due.zone.clone());
        self.made
            .entry(key)
            .or_insert_with(|| self.company.working_time(person, &promise.due.zone))
    }
}

/// The one person who performs; None for a pool, for no performer, and for one who declined.
fn single_performer(promise: &OpenPromise) -> Option<PersonId> {
    match active_performer(promise) {
        Some(Performer::Person { person }) => Some(*person),
        _ => None,
    }
}

/// The moment when the work must begin to be done by the date: 1.2 times the effort before it, in the performer's
/// working time; where it is due outside of that, work at that time was promised, and every minute counts. None in a
/// calendar without hours.
pub(super) fn start_by(
    promise: &OpenPromise,
    working_times: &mut WorkingTimes<'_>,
    pace: &Pace,
) -> Option<Millis> {
    let performer = single_performer(promise);
    let recorded =
        performer.and_then(|person| pace.efforts.get(&(person, promise.kind.clone())).copied());
    let effort = recorded.unwrap_or_else(|| {
        working_times
            .company
            .effort_minutes(performer, &promise.kind)
    });
    let needed = (u64::from(effort) * 12).div_ceil(10);
    let working = working_times.of(performer, promise);
    let worked_until = working.before(promise.due_at, 0)?;
    if worked_until < promise.due_at {
        return Some(promise.due_at.saturating_sub(needed.cast_signed() * 60_000));
    }
    working.before(promise.due_at, needed.cast_signed())
}

/// The rungs of one promise for a person in these roles; daily ones as far as the window needs them.
pub(super) fn rungs(
    promise: &OpenPromise,
    roles: &RecipientRoles,
    window: Window,
    working_times: &mut WorkingTimes<'_>,
    pace: &Pace,
) -> Vec<Rung> {
    // It was done: a dispute is the office's to settle, and no ladder hastens that.
    if promise.done || is_far(promise, window) {
        return vec![];
    }
    let mut ladder = Ladder {
        promise,
        window,
        working_times,
        pace,
        rungs: Vec::new(),
    };
    if let Some(level) = roles.performs {
        ladder.performer(level);
    }
    if roles.promises {
        ladder.promiser(roles.performs.is_some());
    }
    if roles.pool {
        ladder.pool();
    }
    if roles.office {
        ladder.office();
    }
    ladder.rungs
}

/// True if nothing of a ladder can lie in a window: accepted long ahead, half time not near, and the last days not
/// begun. Most promises of a person who has many are like that.
fn is_far(promise: &OpenPromise, window: Window) -> bool {
    let half = promise.told_at.midpoint(promise.due_at);
    let near = window.from.saturating_sub(MARGIN)..window.to.saturating_add(MARGIN);
    promise.stage == WorkStage::Accepted
        && promise.due_at.saturating_sub(promise.told_at) > WEEK_MS
        && promise.due_at.saturating_sub(LAST_DAYS) > window.to
        && !near.contains(&half)
}

/// The time from the telling to the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Hours,
    Day,
    Week,
    Beyond,
}

struct Ladder<'a, 'b, 'c> {
    promise: &'a OpenPromise,
    window: Window,
    working_times: &'a mut WorkingTimes<'b>,
    pace: &'c Pace,
    rungs: Vec<Rung>,
}

impl Ladder<'_, '_, '_> {
    fn notice(&self) -> Notice {
        let horizon = self.promise.due_at.saturating_sub(self.promise.told_at);
        let spans = [
            (SHORT_NOTICE_MS, Notice::Hours),
            (DAY_MS, Notice::Day),
            (WEEK_MS, Notice::Week),
        ];
        let fitting = spans.into_iter().find(|(longest, _)| horizon <= *longest);
        fitting.map_or(Notice::Beyond, |(_, notice)| notice)
    }

    /// Adds a rung at an instant, unless that lies before the terms themselves, or at them, and so was never ahead.
    fn ring(&mut self, level: ReminderLevel, rung_kind: RungKind, at: Option<Millis>) {
        if let Some(at) = at.filter(|at| *at > self.promise.told_at) {
            self.rungs.push(Rung {
                level,
                rung_kind,
                day: None,
                at,
            });
        }
    }

    fn performer(&mut self, level: ReminderLevel) {
        let due = self.promise.due_at;
        let before = |ms: i64| Some(due.saturating_sub(ms));
        let half = Some(self.promise.told_at.midpoint(due));
        match self.notice() {
            Notice::Hours => {
                self.ring(level, RungKind::Half, half);
                self.ring(level, RungKind::FiveMinutes, before(5 * MINUTE_MS));
            }
            Notice::Day => {
                self.ring(level, RungKind::TwoHours, before(TWO_HOURS_MS));
                self.ring(level, RungKind::ThirtyMinutes, before(30 * MINUTE_MS));
            }
            Notice::Week => {
                if !self.promise.started {
                    let start_by = start_by(self.promise, self.working_times, self.pace);
                    self.ring(level, RungKind::StartBy, start_by);
                }
                self.ring(level, RungKind::DayBefore, self.day_before());
            }
            Notice::Beyond => {
                self.ring(level, RungKind::StillFine, half);
                self.ring(level, RungKind::ThreeDays, self.days_before(3));
                self.ring(level, RungKind::OneDay, self.days_before(1));
            }
        }
        self.ring(level, RungKind::Due, Some(due));
        if matches!(
            self.promise.stage,
            WorkStage::NotAsked | WorkStage::Waiting { .. }
        ) {
            self.unanswered(level);
        }
        let person = match level {
            ReminderLevel::Performer => single_performer(self.promise),
            _ => Some(self.promise.promiser),
        };
        self.late(level, person);
    }

    /// The promiser's own ladder; `performs` if the performer's rings them as well.
    fn promiser(&mut self, performs: bool) {
        let level = ReminderLevel::Promiser;
        let accepted = self.promise.stage == WorkStage::Accepted;
        match self.notice() {
            Notice::Hours | Notice::Day => {
                self.ring(level, RungKind::Due, Some(self.promise.due_at))
            }
            Notice::Week if !self.promise.started => {
                self.ring(level, RungKind::DayBefore, self.day_before());
            }
            Notice::Beyond if !accepted && !self.promise.started => {
                self.ring(level, RungKind::ThreeDays, self.days_before(3));
            }
            Notice::Week | Notice::Beyond => {}
        }
        if !accepted && self.promise.stage != WorkStage::Disputed {
            self.unanswered(level);
        }
        if !performs {
            self.late(level, Some(self.promise.promiser));
        }
        // Where the promiser stands in, both ladders have rungs of the same name.
        self.rungs
            .sort_by_key(|rung| (rung.level, rung.rung_kind, rung.day, rung.at));
        self.rungs.dedup();
    }

    fn pool(&mut self) {
        let at = called_at(self.promise.told_at, self.promise.due_at);
        self.ring(ReminderLevel::Pool, RungKind::Escalate, at);
    }

    fn office(&mut self) {
        let (promise, level) = (self.promise, ReminderLevel::Office);
        let due = promise.due_at;
        let notice = self.notice();
        let working = self.working_times.of(None, promise);
        let at = match notice {
            Notice::Hours => Some(due.saturating_add(15 * MINUTE_MS)),
            Notice::Day => Some(due.saturating_add(30 * MINUTE_MS)),
            Notice::Week => working.after(due, 120),
            Notice::Beyond => working.next_working_day(due),
        };
        self.ring(level, RungKind::Escalate, at);
        if !matches!(promise.stage, WorkStage::Accepted | WorkStage::Disputed) {
            let kind = self.working_times.company.handbook.kind(&promise.kind);
            let median = self.pace.medians.get(&promise.kind).copied();
            let lead = i64::from(median.unwrap_or(kind.lead_minutes));
            let at = if kind.working_time {
                self.working_times
                    .of(single_performer(promise), promise)
                    .before(due, lead)
            } else {
                Some(due.saturating_sub(lead * MINUTE_MS))
            };
            self.ring(level, RungKind::Decide, at);
        }
    }

    /// Adds the rungs of a promise that is not accepted: after two hours of the performer's working time, then at the
    /// beginning of each of their working days until the date.
    fn unanswered(&mut self, level: ReminderLevel) {
        let since = match self.promise.stage {
            WorkStage::Waiting { since } => since.max(self.promise.told_at),
            _ => self.promise.told_at,
        };
        let person = single_performer(self.promise);
        let first = self
            .working_times
            .of(person, self.promise)
            .after(since, ANSWER_WITHIN);
        let Some(first) = first.filter(|at| *at < self.promise.due_at) else {
            return;
        };
        self.ring(level, RungKind::Answer, Some(first));
        self.daily(
            level,
            RungKind::Answer,
            person,
            (first, self.promise.due_at),
        );
    }

    /// Past its date and still to be done: at the beginning of each working day.
    fn late(&mut self, level: ReminderLevel, person: Option<PersonId>) {
        self.daily(
            level,
            RungKind::Late,
            person,
            (self.promise.due_at, Millis::MAX),
        );
    }

    /// Adds a rung at the beginning of each working day of a person after an instant and before another, as far as
    /// the window needs it.
    fn daily(
        &mut self,
        level: ReminderLevel,
        rung_kind: RungKind,
        person: Option<PersonId>,
        (after, until): (Millis, Millis),
    ) {
        let to = until.min(self.window.to);
        let mut at = after.max(self.window.from.saturating_sub(MARGIN));
        if at >= to {
            return;
        }
        let promise = self.promise;
        let working = self.working_times.of(person, promise);
        while let Some(opening) = working
            .next_opening_after(at)
            .filter(|opening| *opening < to)
        {
            self.rungs.push(Rung {
                level,
                rung_kind,
                day: zoned(opening, &promise.due.zone).ok().map(|at| at.date()),
                at: opening,
            });
            at = opening;
        }
    }

    /// The day before, in the morning, at the place of the promise.
    fn day_before(&self) -> Option<Millis> {
        let day = self.due_date()?.yesterday().ok()?;
        instant_on_clock(&zone(&self.promise.due.zone).ok()?, day, DAY_BEFORE_AT)
    }

    /// The same time of day some days before, at the place of the promise.
    fn days_before(&self, days: i64) -> Option<Millis> {
        let due = zoned(self.promise.due_at, &self.promise.due.zone).ok()?;
        let at = due.checked_sub(days.days()).ok()?;
        Some(at.timestamp().as_millisecond())
    }

    fn due_date(&self) -> Option<Date> {
        let due = zoned(self.promise.due_at, &self.promise.due.zone).ok()?;
        Some(due.date())
    }
}
