//! A rung of one promise: the capacity in which it rings a person, and the name that every device gives it.

use jiff::civil::Date;
use serde::Serialize;

use super::ladder::RungKind;
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
