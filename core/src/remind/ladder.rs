//! The ladders: the rungs that a promise has for a person, before quiet hours and merging.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::pace::Pace;
use super::rung::{ReminderLevel, Rung, Step};
use crate::model::calendar::WorkingTime;
use crate::model::colleague::Company;
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::people::{Colleague, Registry, Role};
use crate::model::promise::{Gist, SOON_MS, Stage, called_at, pools_called};
use crate::model::time::{DAY_MS, Millis, on_clock, zone, zoned};

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
pub(super) struct Roles {
    /// The capacity in which the performer's ladder rings them; None if it does not.
    performs: Option<ReminderLevel>,
    /// They told the customer and another person performs.
    promises: bool,
    pool: bool,
    office: bool,
}

impl Roles {
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
    pub(super) fn of(gist: &Gist, person: PersonId, registry: &Registry) -> Self {
        let performer = performing(gist);
        let serves = |pools: &[Team], who: PersonId| {
            let me = registry.colleagues.get(&who);
            me.is_some_and(|me| is_here(me) && pools.iter().any(|pool| me.pools.contains(pool)))
        };
        let promiser = gist.promiser == person;
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
            pool: !is_taken_up(gist)
                && gist.performer != Performer::Person { person }
                && serves(&pools(gist, registry), person),
            office: is_office(person, registry),
        }
    }

    /// True if they have any role in it.
    pub(super) fn any(&self) -> bool {
        self.performs.is_some() || self.promises || self.pool || self.office
    }
}

/// True if the performer took it up at its date or later.
pub(super) fn is_taken_up(gist: &Gist) -> bool {
    gist.taken_at.is_some_and(|at| at >= gist.due_at)
}

/// The performer; None if they declined.
fn performing(gist: &Gist) -> Option<&Performer> {
    (gist.stage != Stage::Declined).then_some(&gist.performer)
}

/// The pools that step in.
pub(super) fn pools(gist: &Gist, registry: &Registry) -> Vec<Team> {
    let assigned = match &gist.pool {
        Some(pool) => &Performer::Pool { pool: pool.clone() },
        None => &gist.performer,
    };
    pools_called(assigned, gist.promiser, |person| {
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
pub(super) struct Clocks<'a> {
    company: &'a Company,
    made: BTreeMap<(Option<PersonId>, String), WorkingTime>,
}

impl<'a> Clocks<'a> {
    pub(super) fn new(company: &'a Company) -> Self {
        Self {
            company,
            made: BTreeMap::new(),
        }
    }

    /// The working time of a person, else of the company, else the usual one in the zone of the promise.
    fn of(&mut self, person: Option<PersonId>, gist: &Gist) -> &WorkingTime {
        let key = (person, gist.due.zone.clone());
        self.made
            .entry(key)
            .or_insert_with(|| self.company.working_time(person, &gist.due.zone))
    }
}

/// The one person who performs; None for a pool, for no performer, and for one who declined.
fn one_performer(gist: &Gist) -> Option<PersonId> {
    match performing(gist) {
        Some(Performer::Person { person }) => Some(*person),
        _ => None,
    }
}

/// The moment when the work must begin to be done by the date: 1.2 times the effort before it, in the performer's
/// working time; where it is due outside of that, work at that time was promised, and every minute counts. None in a
/// calendar without hours.
pub(super) fn start_by(gist: &Gist, clocks: &mut Clocks<'_>, pace: &Pace) -> Option<Millis> {
    let performer = one_performer(gist);
    let recorded =
        performer.and_then(|person| pace.efforts.get(&(person, gist.kind.clone())).copied());
    let effort = recorded.unwrap_or_else(|| clocks.company.effort_minutes(performer, &gist.kind));
    let needed = (u64::from(effort) * 12).div_ceil(10);
    let working = clocks.of(performer, gist);
    let worked_until = working.before(gist.due_at, 0)?;
    if worked_until < gist.due_at {
        return Some(gist.due_at.saturating_sub(needed.cast_signed() * 60_000));
    }
    working.before(gist.due_at, needed.cast_signed())
}

/// The rungs of one promise for a person in these roles; daily ones as far as the window needs them.
pub(super) fn rungs(
    gist: &Gist,
    roles: &Roles,
    window: Window,
    clocks: &mut Clocks<'_>,
    pace: &Pace,
) -> Vec<Rung> {
    // It was done: a dispute is the office's to settle, and no ladder hastens that.
    if gist.done || is_far(gist, window) {
        return vec![];
    }
    let mut ladder = Ladder {
        gist,
        window,
        clocks,
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
fn is_far(gist: &Gist, window: Window) -> bool {
    let half = gist.told_at.midpoint(gist.due_at);
    let near = window.from.saturating_sub(MARGIN)..window.to.saturating_add(MARGIN);
    gist.stage == Stage::Accepted
        && gist.due_at.saturating_sub(gist.told_at) > WEEK_MS
        && gist.due_at.saturating_sub(LAST_DAYS) > window.to
        && !near.contains(&half)
}

/// The time from the telling to the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Hours,
    Day,
    Week,
    Beyond,
}

struct Ladder<'a, 'b, 'c> {
    gist: &'a Gist,
    window: Window,
    clocks: &'a mut Clocks<'b>,
    pace: &'c Pace,
    rungs: Vec<Rung>,
}

impl Ladder<'_, '_, '_> {
    fn span(&self) -> Span {
        let horizon = self.gist.due_at.saturating_sub(self.gist.told_at);
        let spans = [
            (SOON_MS, Span::Hours),
            (DAY_MS, Span::Day),
            (WEEK_MS, Span::Week),
        ];
        let fitting = spans.into_iter().find(|(longest, _)| horizon <= *longest);
        fitting.map_or(Span::Beyond, |(_, span)| span)
    }

    /// Adds a rung at an instant, unless that lies before the terms themselves, or at them, and so was never ahead.
    fn ring(&mut self, level: ReminderLevel, step: Step, at: Option<Millis>) {
        if let Some(at) = at.filter(|at| *at > self.gist.told_at) {
            self.rungs.push(Rung {
                level,
                step,
                day: None,
                at,
            });
        }
    }

    fn performer(&mut self, level: ReminderLevel) {
        let due = self.gist.due_at;
        let before = |ms: i64| Some(due.saturating_sub(ms));
        let half = Some(self.gist.told_at.midpoint(due));
        match self.span() {
            Span::Hours => {
                self.ring(level, Step::Half, half);
                self.ring(level, Step::FiveMinutes, before(5 * MINUTE_MS));
            }
            Span::Day => {
                self.ring(level, Step::TwoHours, before(TWO_HOURS_MS));
                self.ring(level, Step::ThirtyMinutes, before(30 * MINUTE_MS));
            }
            Span::Week => {
                if !self.gist.started {
                    let start_by = start_by(self.gist, self.clocks, self.pace);
                    self.ring(level, Step::StartBy, start_by);
                }
                self.ring(level, Step::DayBefore, self.day_before());
            }
            Span::Beyond => {
                self.ring(level, Step::StillFine, half);
                self.ring(level, Step::ThreeDays, self.days_before(3));
                self.ring(level, Step::OneDay, self.days_before(1));
            }
        }
        self.ring(level, Step::Due, Some(due));
        if matches!(self.gist.stage, Stage::NotAsked | Stage::Waiting { .. }) {
            self.unanswered(level);
        }
        let person = match level {
            ReminderLevel::Performer => one_performer(self.gist),
            _ => Some(self.gist.promiser),
        };
        self.late(level, person);
    }

    /// The promiser's own ladder; `performs` if the performer's rings them as well.
    fn promiser(&mut self, performs: bool) {
        let level = ReminderLevel::Promiser;
        let accepted = self.gist.stage == Stage::Accepted;
        match self.span() {
            Span::Hours | Span::Day => self.ring(level, Step::Due, Some(self.gist.due_at)),
            Span::Week if !self.gist.started => {
                self.ring(level, Step::DayBefore, self.day_before());
            }
            Span::Beyond if !accepted && !self.gist.started => {
                self.ring(level, Step::ThreeDays, self.days_before(3));
            }
            Span::Week | Span::Beyond => {}
        }
        if !accepted && self.gist.stage != Stage::Disputed {
            self.unanswered(level);
        }
        if !performs {
            self.late(level, Some(self.gist.promiser));
        }
        // Where the promiser stands in, both ladders have rungs of the same name.
        self.rungs
            .sort_by_key(|rung| (rung.level, rung.step, rung.day, rung.at));
        self.rungs.dedup();
    }

    fn pool(&mut self) {
        let at = called_at(self.gist.told_at, self.gist.due_at);
        self.ring(ReminderLevel::Pool, Step::Escalate, at);
    }

    fn office(&mut self) {
        let (gist, level) = (self.gist, ReminderLevel::Office);
        let due = gist.due_at;
        let span = self.span();
        let working = self.clocks.of(None, gist);
        let at = match span {
            Span::Hours => Some(due.saturating_add(15 * MINUTE_MS)),
            Span::Day => Some(due.saturating_add(30 * MINUTE_MS)),
            Span::Week => working.after(due, 120),
            Span::Beyond => working.day_later(due),
        };
        self.ring(level, Step::Escalate, at);
        if !matches!(gist.stage, Stage::Accepted | Stage::Disputed) {
            let kind = self.clocks.company.handbook.kind(&gist.kind);
            let median = self.pace.medians.get(&gist.kind).copied();
            let lead = i64::from(median.unwrap_or(kind.lead_minutes));
            let at = if kind.working_time {
                self.clocks.of(one_performer(gist), gist).before(due, lead)
            } else {
                Some(due.saturating_sub(lead * MINUTE_MS))
            };
            self.ring(level, Step::Decide, at);
        }
    }

    /// Adds the rungs of a promise that is not accepted: after two hours of the performer's working time, then at the
    /// beginning of each of their working days until the date.
    fn unanswered(&mut self, level: ReminderLevel) {
        let since = match self.gist.stage {
            Stage::Waiting { since } => since.max(self.gist.told_at),
            _ => self.gist.told_at,
        };
        let person = one_performer(self.gist);
        let first = self
            .clocks
            .of(person, self.gist)
            .after(since, ANSWER_WITHIN);
        let Some(first) = first.filter(|at| *at < self.gist.due_at) else {
            return;
        };
        self.ring(level, Step::Answer, Some(first));
        self.daily(level, Step::Answer, person, (first, self.gist.due_at));
    }

    /// Past its date and still to be done: at the beginning of each working day.
    fn late(&mut self, level: ReminderLevel, person: Option<PersonId>) {
        self.daily(level, Step::Late, person, (self.gist.due_at, Millis::MAX));
    }

    /// Adds a rung at the beginning of each working day of a person after an instant and before another, as far as
    /// the window needs it.
    fn daily(
        &mut self,
        level: ReminderLevel,
        step: Step,
        person: Option<PersonId>,
        (after, until): (Millis, Millis),
    ) {
        let to = until.min(self.window.to);
        let mut at = after.max(self.window.from.saturating_sub(MARGIN));
        if at >= to {
            return;
        }
        let gist = self.gist;
        let working = self.clocks.of(person, gist);
        while let Some(opening) = working.opening_after(at).filter(|opening| *opening < to) {
            self.rungs.push(Rung {
                level,
                step,
                day: zoned(opening, &gist.due.zone).ok().map(|at| at.date()),
                at: opening,
            });
            at = opening;
        }
    }

    /// The day before, in the morning, at the place of the promise.
    fn day_before(&self) -> Option<Millis> {
        let day = self.due_date()?.yesterday().ok()?;
        on_clock(&zone(&self.gist.due.zone).ok()?, day, DAY_BEFORE_AT)
    }

    /// The same time of day some days before, at the place of the promise.
    fn days_before(&self, days: i64) -> Option<Millis> {
        let due = zoned(self.gist.due_at, &self.gist.due.zone).ok()?;
        let at = due.checked_sub(days.days()).ok()?;
        Some(at.timestamp().as_millisecond())
    }

    fn due_date(&self) -> Option<Date> {
        let due = zoned(self.gist.due_at, &self.gist.due.zone).ok()?;
        Some(due.date())
    }
}
