//! A rung: the capacity in which it rings a person, the step of its ladder, and the name that every device gives it.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::ids::EventId;
use crate::model::time::Millis;

/// The capacity in which a person is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ReminderLevel {
    /// They deliver.
    Performer,
    /// They told the customer, and stay responsible.
    Promiser,
    /// They serve the callback pool that steps in.
    Pool,
    /// They are the back office, which decides.
    Office,
}

impl ReminderLevel {
    /// Every level, the nearest to the work first.
    pub const ALL: [Self; 4] = [Self::Performer, Self::Promiser, Self::Pool, Self::Office];

    fn prefix(self) -> &'static str {
        match self {
            Self::Performer => "",
            Self::Promiser => "promiser-",
            Self::Pool => "pool-",
            Self::Office => "office-",
        }
    }
}

/// A step of a ladder, from the one that gives way to the one that speaks for all where steps merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RungKind {
    /// Not accepted yet.
    Answer,
    /// Half of a long time is gone.
    StillFine,
    ThreeDays,
    OneDay,
    DayBefore,
    TwoHours,
    ThirtyMinutes,
    /// Half of a short time is gone.
    Half,
    FiveMinutes,
    /// The work needs what is left.
    StartBy,
    /// Past its date and still to be done.
    Late,
    /// Another performer must be decided on.
    Decide,
    /// Past its date: another person must step in.
    Escalate,
    /// The date itself.
    Due,
}

impl RungKind {
    const ALL: [Self; 14] = [
        Self::Answer,
        Self::StillFine,
        Self::ThreeDays,
        Self::OneDay,
        Self::DayBefore,
        Self::TwoHours,
        Self::ThirtyMinutes,
        Self::Half,
        Self::FiveMinutes,
        Self::StartBy,
        Self::Late,
        Self::Decide,
        Self::Escalate,
        Self::Due,
    ];

    /// True if it only says how much time is left, which any later rung says better.
    pub(super) fn counts_down(self) -> bool {
        matches!(
            self,
            Self::StillFine
                | Self::ThreeDays
                | Self::OneDay
                | Self::DayBefore
                | Self::TwoHours
                | Self::ThirtyMinutes
                | Self::Half
                | Self::FiveMinutes
        )
    }

    fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::StillFine => "still-fine",
            Self::ThreeDays => "3-days",
            Self::OneDay => "1-day",
            Self::DayBefore => "day-before",
            Self::TwoHours => "2-hours",
            Self::ThirtyMinutes => "30-minutes",
            Self::Half => "half",
            Self::FiveMinutes => "5-minutes",
            Self::StartBy => "start-by",
            Self::Late => "late",
            Self::Decide => "decide",
            Self::Escalate => "step-in",
            Self::Due => "due",
        }
    }

    /// The step in a word or two: a key of the catalogue.
    pub(super) fn label(self) -> String {
        // messages: rung-answer rung-still-fine rung-3-days rung-1-day rung-day-before rung-2-hours
        // messages: rung-30-minutes rung-half rung-5-minutes rung-start-by rung-late rung-decide
        // messages: rung-step-in rung-due
        format!("rung-{}", self.name())
    }
}

/// One rung of the ladder of one promise, as it rings one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rung {
    pub level: ReminderLevel,
    pub rung_kind: RungKind,
    /// The day of a rung that comes daily, at the place of the promise.
    pub day: Option<Date>,
    /// The instant, in milliseconds since the epoch.
    pub at: Millis,
}

impl Rung {
    /// The rung's name, which never changes: acknowledgements carry it.
    pub(super) fn name(&self) -> String {
        let level = self.level.prefix();
        let rung_kind = self.rung_kind.name();
        match self.day {
            Some(day) => format!("{level}{rung_kind}-{day}"),
            None => format!("{level}{rung_kind}"),
        }
    }

    /// The name under which an acknowledgement silences it: the same until the customer is told other terms.
    pub(super) fn id(&self, terms: EventId) -> String {
        format!("{terms}/{}", self.name())
    }
}

/// True if a text is the name of a rung, as [`Reminder::rung`](super::Reminder) has it.
pub fn is_rung(name: &str) -> bool {
    let rung_kind = ReminderLevel::ALL
        .iter()
        .rev()
        .find_map(|level| name.strip_prefix(level.prefix()))
        .unwrap_or(name);
    RungKind::ALL.iter().any(|known| {
        rung_kind.strip_prefix(known.name()).is_some_and(|rest| {
            let day = rest.strip_prefix('-').unwrap_or("-");
            rest.is_empty() || day.parse::<Date>().is_ok()
        })
    })
}
