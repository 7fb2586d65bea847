//! Lead times: the time that something may take, in the time base of its kind of promise, as "2d", "36h", "90m"; and
//! the lead times that customers need.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;

/// A lead time, in the time base of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum LeadTime {
    /// So many minutes; working minutes for a kind that counts working time.
    #[n(0)]
    Minutes {
        /// The number of minutes.
        #[n(0)]
        count: i64,
    },
    /// So many days; working days of the usual length for a kind that counts working time.
    #[n(1)]
    Days {
        /// The number of days.
        #[n(0)]
        count: i64,
    },
}

/// A text is no such time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a time like 2d, 36h or 90m")]
pub struct LeadTimeError(String);

impl LeadTime {
    /// In minutes of a kind whose days have `day_minutes`.
    pub fn minutes(self, day_minutes: i64) -> i64 {
        match self {
            Self::Minutes { count } => count,
            Self::Days { count } => count.saturating_mul(day_minutes),
        }
    }
}

impl Display for LeadTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes { count } => write!(f, "{count}m"),
            Self::Days { count } => write!(f, "{count}d"),
        }
    }
}

impl FromStr for LeadTime {
    type Err = LeadTimeError;

    /// Reads a whole number, at least 1, of days, hours or minutes.
    fn from_str(text: &str) -> Result<Self, LeadTimeError> {
        let refused = || LeadTimeError(text.chars().take(60).collect());
        let text = text.trim();
        let unit = text.chars().next_back().ok_or_else(refused)?;
        let number = text.strip_suffix(unit).ok_or_else(refused)?.trim();
        let count: i64 = number.parse().map_err(|_| refused())?;
        if count < 1 {
            return Err(refused());
        }
        match unit {
            'd' => Some(Self::Days { count }),
            'h' => count.checked_mul(60).map(|count| Self::Minutes { count }),
            'm' => Some(Self::Minutes { count }),
            _ => None,
        }
        .ok_or_else(refused)
    }
}

/// The lead time within which a customer needs a kind of promise, with every value that is not yet settled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct RequiredLeadTime {
    /// The kind.
    #[n(0)]
    pub kind: String,
    /// The lead times with their authors and times of writing, the newest first; more than one waits to be settled.
    #[n(1)]
    pub values: Vec<RequiredLeadTimeValue>,
}

/// A lead time within which a customer needs something, and the person who said so.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct RequiredLeadTimeValue {
    /// The time.
    #[n(0)]
    pub within: LeadTime,
    /// The person who said so, and the time.
    #[n(1)]
    pub by: Authorship,
}

impl RequiredLeadTime {
    /// The shortest time that stands, which counts until one is chosen, for a kind whose days have `day_minutes`; None
    /// if there is none.
    pub fn shortest(&self, day_minutes: i64) -> Option<LeadTime> {
        let values = self.values.iter().map(|value| value.within);
        values.min_by_key(|within| within.minutes(day_minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_come_back() {
        for (text, read, minutes) in [
            ("2d", LeadTime::Days { count: 2 }, 960),
            (" 36 h ", LeadTime::Minutes { count: 2160 }, 2160),
            ("90m", LeadTime::Minutes { count: 90 }, 90),
        ] {
            let within: LeadTime = text.parse().unwrap();
            assert_eq!((within, within.minutes(480)), (read, minutes), "{text}");
            assert_eq!(within.to_string().parse(), Ok(within));
        }
        for text in [
            "",
            "d",
            "0d",
            "-1h",
            "2w",
            "soon",
            "1.5h",
            "9223372036854775807h",
            "2ü",
        ] {
            assert!(text.parse::<LeadTime>().is_err(), "{text}");
        }
    }
}
