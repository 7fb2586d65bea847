//! The rungs that a promise has for a person, by the rows of the ladder, before quiet hours and clustering.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::ladder::{Condition, LADDER, LadderRow, Moment, Notice, RungKind, last_days};
use super::pace::Pace;
use super::rung::{ReminderLevel, Rung};
use super::{CLUSTER_MS, LadderContext};
use crate::model::calendar::WorkingTime;
use crate::model::company::Company;
use crate::model::event::Performer;
use crate::model::ids::{PersonId, Team};
use crate::model::promise::{OpenPromise, WorkStage, called_at, pools_called};
use crate::model::registry::{Registry, Role};
use crate::model::time::{DAY_MS, MINUTE_MS, Millis, instant_on_clock, zone, zoned};

/// The time that a performer has to answer, in working minutes.
const ANSWER_WITHIN: i64 = 120;
/// The reach of daily rungs before a window, in milliseconds, so that its edges cluster and shift as its middle does:
/// quiet hours move a rung by up to a day.
const MARGIN: i64 = 2 * DAY_MS;
const _: () = assert!(MARGIN > DAY_MS + CLUSTER_MS);

/// A span of time: from `from` until before `to`, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub from: Millis,
    pub to: Millis,
}

/// A person as every promise asks for them.
#[derive(Clone, Copy, Debug)]
pub(super) struct RungPerson {
    id: PersonId,
    is_office: bool,
    /// True if they serve a pool.
    serves_any: bool,
}

impl RungPerson {
    pub(super) fn of(id: PersonId, rules: &LadderContext<'_>) -> Self {
        let me = rules.registry.colleagues.get(&id);
        Self {
            id,
            is_office: is_office(id, rules),
            serves_any: me.is_some_and(|me| !me.pools.is_empty()),
        }
    }
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

    /// The roles of a person in a promise.
    pub(super) fn of(
        promise: &OpenPromise,
        person: &RungPerson,
        rules: &LadderContext<'_>,
    ) -> Self {
        let RungPerson {
            id: person,
            is_office,
            serves_any,
        } = *person;
        let registry = rules.registry;
        let performer = active_performer(promise);
        let serves = |pools: &[Team], who: PersonId| {
            let me = registry.colleagues.get(&who);
            me.is_some_and(|me| {
                me.works_at(rules.now) && pools.iter().any(|pool| me.pools.contains(pool))
            })
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
            pool: serves_any
                && !is_taken_up(promise)
                && promise.performer != Performer::Person { person }
                && serves(&pools(promise, registry), person),
            office: is_office,
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

pub(super) fn is_office(person: PersonId, rules: &LadderContext<'_>) -> bool {
    let colleagues = &rules.registry.colleagues;
    let me = colleagues.get(&person);
    let Some(me) = me.filter(|me| me.works_at(rules.now)) else {
        return false;
    };
    match me.role {
        Role::Office => true,
        Role::Owner => !colleagues
            .values()
            .any(|other| other.works_at(rules.now) && other.role == Role::Office),
        Role::Technician | Role::Workshop | Role::Sales => false,
    }
}

/// Working times that were asked for, each made once.
pub(super) struct WorkingTimes<'a> {
    company: &'a Company,
    made: BTreeMap<Option<PersonId>, BTreeMap<String, WorkingTime>>,
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
        let zone = promise.due.zone.as_str();
        let made = self.made.entry(person).or_default();
        // Thousands ask for the same few: a name is copied only for a new one.
        if !made.contains_key(zone) {
            let working = self.company.working_time(person, zone);
            made.insert(zone.to_owned(), working);
        }
        &made[zone]
    }
}

/// The one person who performs; None for a pool, for no performer, and for one who declined.
fn single_performer(promise: &OpenPromise) -> Option<PersonId> {
    match active_performer(promise)? {
        Performer::Person { person } => Some(*person),
        Performer::Pool { .. } | Performer::Nobody => None,
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
        return Some(
            promise
                .due_at
                .saturating_sub(needed.cast_signed() * MINUTE_MS),
        );
    }
    working.before(promise.due_at, needed.cast_signed())
}

/// The rungs of one promise for a person in these roles, by the rows of `ladder`; daily ones as far as the window needs
/// them.
pub(super) fn rungs(
    promise: &OpenPromise,
    roles: &RecipientRoles,
    window: Window,
    working_times: &mut WorkingTimes<'_>,
    pace: &Pace,
    ladder: &Ladder<'_>,
) -> Vec<Rung> {
    // It was done: a dispute is the office's to settle, and no ladder hastens that.
    if promise.done || is_far(promise, window, ladder) {
        return vec![];
    }
    let mut climb = Climb {
        promise,
        window,
        working_times,
        pace,
        rungs: Vec::new(),
    };
    let notice = Notice::of(promise.due_at.saturating_sub(promise.told_at));
    let fitting = ladder
        .rows
        .iter()
        .filter(|row| row.notices.contains(&notice) && holds(row.condition, promise));
    for row in fitting {
        match row.level {
            ReminderLevel::Performer => {
                if let Some(level) = roles.performs {
                    climb.add(level, row);
                }
            }
            // The performer's ladder says already that it is late.
            ReminderLevel::Promiser => {
                let said = roles.performs.is_some() && row.moment == Moment::LateDaily;
                if roles.promises && !said {
                    climb.add(row.level, row);
                }
            }
            ReminderLevel::Pool if roles.pool => climb.add(row.level, row),
            ReminderLevel::Office if roles.office => climb.add(row.level, row),
            ReminderLevel::Pool | ReminderLevel::Office => {}
        }
    }
    let mut rungs = climb.rungs;
    // Where the promiser stands in, both ladders have rungs of the same name.
    rungs.sort_by_key(|rung| (rung.level, rung.rung_kind, rung.day, rung.at));
    rungs.dedup();
    rungs
}

/// The rows of a ladder, and how long before the date they begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ladder<'a> {
    rows: &'a [LadderRow],
    last_days: i64,
}

impl Ladder<'static> {
    /// The ladder of all promises.
    pub(super) const COMPANY: Self = Self::of(LADDER);
}

impl<'a> Ladder<'a> {
    pub(super) const fn of(rows: &'a [LadderRow]) -> Self {
        Self {
            rows,
            last_days: last_days(rows),
        }
    }
}

/// The span of time within which a promise that is accepted and was told long ahead may ring: by its half time, or by
/// its date. Most promises of a person who has many are far from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearTime {
    /// The earliest half time that is near, in milliseconds since the epoch.
    pub half_from: Millis,
    /// The instant before which half time is near, in milliseconds since the epoch.
    pub half_until: Millis,
    /// The latest date that is near, in milliseconds since the epoch.
    pub due_until: Millis,
}

impl NearTime {
    /// The margins around the time from an instant until another, in milliseconds since the epoch.
    pub(super) fn of(window: Window, ladder: &Ladder<'_>) -> Self {
        Self {
            half_from: window.from.saturating_sub(MARGIN),
            half_until: window.to.saturating_add(MARGIN),
            due_until: window.to.saturating_add(ladder.last_days),
        }
    }
}

/// True if nothing of a ladder can lie in a window: accepted long ahead, half time not near, and the last days not
/// begun.
fn is_far(promise: &OpenPromise, window: Window, ladder: &Ladder<'_>) -> bool {
    let near = NearTime::of(window, ladder);
    promise.calm_until_half().is_some_and(|half| {
        promise.due_at > near.due_until && !(near.half_from..near.half_until).contains(&half)
    })
}

fn holds(condition: Condition, promise: &OpenPromise) -> bool {
    let accepted = promise.stage == WorkStage::Accepted;
    match condition {
        Condition::Always => true,
        Condition::NotStarted => !promise.started,
        Condition::Unanswered => promise.stage.is_unanswered(),
        Condition::NotAcceptedNorStarted => !accepted && !promise.started,
        Condition::NotAcceptedNorDisputed => !accepted && promise.stage != WorkStage::Disputed,
    }
}

/// The evaluation of the rows for one promise and one person.
struct Climb<'a, 'b, 'c> {
    promise: &'a OpenPromise,
    window: Window,
    working_times: &'a mut WorkingTimes<'b>,
    pace: &'c Pace,
    rungs: Vec<Rung>,
}

impl Climb<'_, '_, '_> {
    fn add(&mut self, level: ReminderLevel, row: &LadderRow) {
        let due = self.promise.due_at;
        let at = match row.moment {
            Moment::Half => Some(self.promise.told_at.midpoint(due)),
            Moment::BeforeDue { minutes } => Some(due.saturating_sub(minutes * MINUTE_MS)),
            Moment::DaysBefore { days } => self.days_before(days),
            Moment::DayBeforeAt { of_day } => self.day_before(of_day),
            Moment::StartBy => start_by(self.promise, self.working_times, self.pace),
            Moment::AtDue => Some(due),
            Moment::AfterDue { minutes } => Some(due.saturating_add(minutes * MINUTE_MS)),
            Moment::AfterDueWorking { minutes } => self
                .working_times
                .of(None, self.promise)
                .after(due, minutes),
            Moment::NextWorkingDay => {
                let working = self.working_times.of(None, self.promise);
                working.next_working_day(due)
            }
            Moment::AnswerDaily => return self.unanswered(level, row.kind),
            Moment::LateDaily => {
                let person = match level {
                    ReminderLevel::Performer => single_performer(self.promise),
                    ReminderLevel::Promiser | ReminderLevel::Pool | ReminderLevel::Office => {
                        Some(self.promise.promiser)
                    }
                };
                return self.daily(level, row.kind, person, (due, Millis::MAX));
            }
            Moment::LastDateToDecide => self.last_date_to_decide(),
            Moment::PoolCall => called_at(self.promise.told_at, due),
        };
        self.ring(level, row.kind, at);
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

    fn last_date_to_decide(&mut self) -> Option<Millis> {
        let promise = self.promise;
        let kind = self.working_times.company.handbook.kind(&promise.kind);
        let median = self.pace.medians.get(&promise.kind).copied();
        let lead = i64::from(median.unwrap_or(kind.lead_minutes));
        if !kind.working_time {
            return Some(promise.due_at.saturating_sub(lead * MINUTE_MS));
        }
        let working = self.working_times.of(single_performer(promise), promise);
        working.before(promise.due_at, lead)
    }

    /// Adds the rungs of a promise that is not accepted: after two hours of the performer's working time, then at the
    /// beginning of each of their working days until the date.
    fn unanswered(&mut self, level: ReminderLevel, rung_kind: RungKind) {
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
        self.ring(level, rung_kind, Some(first));
        self.daily(level, rung_kind, person, (first, self.promise.due_at));
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
        // What would ring as one with the last of the window is needed as well.
        let to = until.min(self.window.to.saturating_add(CLUSTER_MS + 1));
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

    /// The day before, at a time of day at the place of the promise.
    fn day_before(&self, of_day: u16) -> Option<Millis> {
        let day = self.due_date()?.yesterday().ok()?;
        instant_on_clock(&zone(&self.promise.due.zone).ok()?, day, of_day)
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
