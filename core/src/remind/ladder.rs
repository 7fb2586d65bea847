//! The ladder: the table of all rungs, when each rings and for whom. A new rung is a line of `rungs!` here, one or more
//! rows of [`LADDER`], and its messages.

#![deny(clippy::wildcard_enum_match_arm)]

use super::rung::ReminderLevel::{self, Office, Performer, Pool, Promiser};
use crate::model::promise::{LONG_NOTICE_MS, SHORT_NOTICE_MS};
use crate::model::time::DAY_MS;

macro_rules! rungs {
    ($($kind:ident = $name:literal, $counts_down:literal;)*) => {
        /// A kind of rung, from the one that gives way to the one that speaks for all where rungs ring as one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum RungKind {
            $($kind),*
        }

        impl RungKind {
            /// All kinds, the one that speaks for all others last.
            pub(super) const ALL: &[Self] = &[$(Self::$kind),*];

            /// The name, which never changes: acknowledgements carry it.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }

            /// True if it only says how much time is left, which any later rung says better.
            pub(super) const fn counts_down(self) -> bool {
                match self {
                    $(Self::$kind => $counts_down),*
                }
            }
        }
    };
}

// The order is that of speaking: of rungs that ring as one, the last speaks. `true`: it only counts down.
rungs! {
    // messages: rung-answer remind-answer
    Answer = "answer", false;
    // messages: rung-still-fine remind-still-fine
    StillFine = "still-fine", true;
    // messages: rung-3-days remind-3-days
    ThreeDays = "3-days", true;
    // messages: rung-1-day remind-1-day
    OneDay = "1-day", true;
    // messages: rung-day-before remind-day-before
    DayBefore = "day-before", true;
    // messages: rung-2-hours remind-2-hours
    TwoHours = "2-hours", true;
    // messages: rung-30-minutes remind-30-minutes
    ThirtyMinutes = "30-minutes", true;
    // messages: rung-half remind-half
    Half = "half", true;
    // messages: rung-5-minutes remind-5-minutes
    FiveMinutes = "5-minutes", true;
    // messages: rung-start-by remind-start-by
    StartBy = "start-by", false;
    // messages: rung-late remind-late
    Late = "late", false;
    // messages: rung-decide remind-decide
    Decide = "decide", false;
    // messages: rung-step-in
    Escalate = "step-in", false;
    // messages: rung-due remind-due
    Due = "due", false;
}

impl RungKind {
    /// The rung in a word or two: a key of the catalogue.
    pub(super) fn label(self) -> String {
        format!("rung-{}", self.name())
    }

    /// The key of its sentence to the person who performs.
    pub(super) fn sentence(self) -> String {
        format!("remind-{}", self.name())
    }
}

/// The time from the telling to the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Up to two hours.
    Hours,
    /// Up to a day.
    Day,
    /// Up to a week.
    Week,
    /// More than a week.
    Beyond,
}

impl Notice {
    /// The longest time of each but the last, in milliseconds.
    const LIMITS: [(i64, Self); 3] = [
        (SHORT_NOTICE_MS, Self::Hours),
        (DAY_MS, Self::Day),
        (LONG_NOTICE_MS, Self::Week),
    ];

    /// The notice of a date told so many milliseconds ahead.
    pub(super) fn of(ahead_ms: i64) -> Self {
        let fitting = Self::LIMITS
            .into_iter()
            .find(|(longest, _)| ahead_ms <= *longest);
        fitting.map_or(Self::Beyond, |(_, notice)| notice)
    }
}

/// The moment, or moments, at which a rung rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Half of the time from telling to date.
    Half,
    /// So many minutes before the date.
    BeforeDue { minutes: i64 },
    /// The same time of day so many days before, at the place of the promise.
    DaysBefore { days: i64 },
    /// The day before, at so many minutes after midnight at the place of the promise.
    DayBeforeAt { of_day: u16 },
    /// The moment when the work must begin to be done by the date.
    StartBy,
    /// The date.
    AtDue,
    /// So many minutes after the date.
    AfterDue { minutes: i64 },
    /// So many minutes of the company's working time after the date.
    AfterDueWorking { minutes: i64 },
    /// The beginning of the company's next working day after the date.
    NextWorkingDay,
    /// After two hours of the performer's working time without an answer, then at the beginning of each of their
    /// working days until the date.
    AnswerDaily,
    /// At the beginning of each working day after the date.
    LateDaily,
    /// The last moment at which another performer can be decided on: the usual lead before the date.
    LastDateToDecide,
    /// The moment at which the pool is called.
    PoolCall,
}

/// A condition on the promise, without which a rung does not ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// It always rings.
    Always,
    /// Work has not begun.
    NotStarted,
    /// The performer has not answered.
    Unanswered,
    /// The performer has not accepted, and work has not begun.
    NotAcceptedNorStarted,
    /// The performer has not accepted, and it is not disputed.
    NotAcceptedNorDisputed,
}

/// A row of the ladder: a rung, the people for whom it rings, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct LadderRow {
    pub kind: RungKind,
    pub level: ReminderLevel,
    pub notices: &'static [Notice],
    pub moment: Moment,
    pub condition: Condition,
}

const fn row(
    kind: RungKind,
    level: ReminderLevel,
    notices: &'static [Notice],
    moment: Moment,
    condition: Condition,
) -> LadderRow {
    LadderRow {
        kind,
        level,
        notices,
        moment,
        condition,
    }
}

const HOURS: &[Notice] = &[Notice::Hours];
const DAY: &[Notice] = &[Notice::Day];
const WEEK: &[Notice] = &[Notice::Week];
const BEYOND: &[Notice] = &[Notice::Beyond];
const WITHIN_A_DAY: &[Notice] = &[Notice::Hours, Notice::Day];
const ANY: &[Notice] = &[Notice::Hours, Notice::Day, Notice::Week, Notice::Beyond];
/// 08:30.
const MORNING: u16 = 8 * 60 + 30;

/// Every rung of every ladder. Those of the performer ring the promiser where none performs.
#[rustfmt::skip]
pub(super) const LADDER: &[LadderRow] = &[
    row(RungKind::Half, Performer, HOURS, Moment::Half, Condition::Always),
    row(RungKind::FiveMinutes, Performer, HOURS, Moment::BeforeDue { minutes: 5 }, Condition::Always),
    row(RungKind::TwoHours, Performer, DAY, Moment::BeforeDue { minutes: 120 }, Condition::Always),
    row(RungKind::ThirtyMinutes, Performer, DAY, Moment::BeforeDue { minutes: 30 }, Condition::Always),
    row(RungKind::StartBy, Performer, WEEK, Moment::StartBy, Condition::NotStarted),
    row(RungKind::DayBefore, Performer, WEEK, Moment::DayBeforeAt { of_day: MORNING }, Condition::Always),
    row(RungKind::StillFine, Performer, BEYOND, Moment::Half, Condition::Always),
    row(RungKind::ThreeDays, Performer, BEYOND, Moment::DaysBefore { days: 3 }, Condition::Always),
    row(RungKind::OneDay, Performer, BEYOND, Moment::DaysBefore { days: 1 }, Condition::Always),
    row(RungKind::Due, Performer, ANY, Moment::AtDue, Condition::Always),
    row(RungKind::Answer, Performer, ANY, Moment::AnswerDaily, Condition::Unanswered),
    row(RungKind::Late, Performer, ANY, Moment::LateDaily, Condition::Always),

    row(RungKind::Due, Promiser, WITHIN_A_DAY, Moment::AtDue, Condition::Always),
    row(RungKind::DayBefore, Promiser, WEEK, Moment::DayBeforeAt { of_day: MORNING }, Condition::NotStarted),
    row(RungKind::ThreeDays, Promiser, BEYOND, Moment::DaysBefore { days: 3 }, Condition::NotAcceptedNorStarted),
    row(RungKind::Answer, Promiser, ANY, Moment::AnswerDaily, Condition::NotAcceptedNorDisputed),
    row(RungKind::Late, Promiser, ANY, Moment::LateDaily, Condition::Always),

    row(RungKind::Escalate, Pool, HOURS, Moment::PoolCall, Condition::Always),

    row(RungKind::Escalate, Office, HOURS, Moment::AfterDue { minutes: 15 }, Condition::Always),
    row(RungKind::Escalate, Office, DAY, Moment::AfterDue { minutes: 30 }, Condition::Always),
    row(RungKind::Escalate, Office, WEEK, Moment::AfterDueWorking { minutes: 120 }, Condition::Always),
    row(RungKind::Escalate, Office, BEYOND, Moment::NextWorkingDay, Condition::Always),
    row(RungKind::Decide, Office, ANY, Moment::LastDateToDecide, Condition::NotAcceptedNorDisputed),
];

/// The longest time before the date, in milliseconds, at which a row rings for an accepted promise that was told more
/// than a week ahead, but for half time; days have a day more, for clocks may shift.
pub(super) const fn last_days(rows: &[LadderRow]) -> i64 {
    let mut last_days = 0;
    let mut at = 0;
    while at < rows.len() {
        let reach = reach_before_due(&rows[at]);
        if reach > last_days {
            last_days = reach;
        }
        at += 1;
    }
    last_days
}

const fn reach_before_due(row: &LadderRow) -> i64 {
    let mut beyond = false;
    let mut at = 0;
    while at < row.notices.len() {
        beyond = beyond || matches!(row.notices[at], Notice::Beyond);
        at += 1;
    }
    let accepted = match row.condition {
        Condition::Always | Condition::NotStarted => true,
        Condition::Unanswered
        | Condition::NotAcceptedNorStarted
        | Condition::NotAcceptedNorDisputed => false,
    };
    if !beyond || !accepted {
        return 0;
    }
    match row.moment {
        Moment::BeforeDue { minutes } => minutes * 60_000,
        Moment::DaysBefore { days } => (days + 1) * DAY_MS,
        Moment::DayBeforeAt { .. } => 3 * DAY_MS,
        // These know no bound: with such a row no promise is far.
        Moment::StartBy | Moment::AnswerDaily | Moment::LastDateToDecide => i64::MAX,
        Moment::Half
        | Moment::AtDue
        | Moment::AfterDue { .. }
        | Moment::AfterDueWorking { .. }
        | Moment::NextWorkingDay
        | Moment::LateDaily
        | Moment::PoolCall => 0,
    }
}
