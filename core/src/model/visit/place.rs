//! The place of a visit, as honestly as the device knew it.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::Serialize;

/// Millionths of a degree from the equator to a pole.
const POLE_MICRO: i32 = 90_000_000;
/// Millionths of a degree from the prime meridian to the one opposite.
const OPPOSITE_MICRO: i32 = 180_000_000;

/// The place of a visit, or the reason why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum VisitPlace {
    /// The app may not ask where the device is.
    #[n(0)]
    NotAllowed,
    /// The device found no position.
    #[n(1)]
    NoFix {
        /// The time for which it tried, in milliseconds.
        #[n(0)]
        tried_ms: u32,
    },
    /// A position.
    #[n(2)]
    Fix {
        /// Millionths of a degree north of the equator; south of it below 0.
        #[n(0)]
        latitude_micro: i32,
        /// Millionths of a degree east of Greenwich; west of it below 0.
        #[n(1)]
        longitude_micro: i32,
        /// The radius of the circle in which the device believes to be, in metres.
        #[n(2)]
        accuracy_m: u32,
        /// The age of the position when the visit was written, in milliseconds.
        #[n(3)]
        age_ms: u64,
    },
}

impl VisitPlace {
    /// True unless it is a position that is not on the globe.
    pub fn is_on_globe(&self) -> bool {
        match self {
            Self::NotAllowed | Self::NoFix { .. } => true,
            Self::Fix {
                latitude_micro,
                longitude_micro,
                ..
            } => {
                (-POLE_MICRO..=POLE_MICRO).contains(latitude_micro)
                    && (-OPPOSITE_MICRO..=OPPOSITE_MICRO).contains(longitude_micro)
            }
        }
    }
}

/// As documents hold it: `not-allowed`, `no-fix 8000`, `fix 52520008 13404954 20 180000`.
impl fmt::Display for VisitPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed => formatter.write_str("not-allowed"),
            Self::NoFix { tried_ms } => write!(formatter, "no-fix {tried_ms}"),
            Self::Fix {
                latitude_micro: latitude,
                longitude_micro: longitude,
                accuracy_m: accuracy,
                age_ms: age,
            } => write!(formatter, "fix {latitude} {longitude} {accuracy} {age}"),
        }
    }
}

/// A text that is no place on the globe, or one that only a newer program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place of a visit")]
pub struct NotAPlace;

impl FromStr for VisitPlace {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        fn number<T: FromStr>(word: &str) -> Result<T, NotAPlace> {
            word.parse().map_err(|_| NotAPlace)
        }
        let words: Vec<&str> = text.split(' ').collect();
        let place = match words.as_slice() {
            ["not-allowed"] => Self::NotAllowed,
            ["no-fix", tried] => Self::NoFix {
                tried_ms: number(tried)?,
            },
            ["fix", latitude, longitude, accuracy, age] => Self::Fix {
                latitude_micro: number(latitude)?,
                longitude_micro: number(longitude)?,
                accuracy_m: number(accuracy)?,
                age_ms: number(age)?,
            },
            _ => return Err(NotAPlace),
        };
        Some(place).filter(Self::is_on_globe).ok_or(NotAPlace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_one_beyond_the_globe_is_none() {
        let fix = |latitude_micro, longitude_micro| VisitPlace::Fix {
            latitude_micro,
            longitude_micro,
            accuracy_m: 20,
            age_ms: 180_000,
        };
        for place in [
            VisitPlace::NotAllowed,
            VisitPlace::NoFix { tried_ms: 8_000 },
            fix(52_520_008, 13_404_954),
            fix(-POLE_MICRO, -OPPOSITE_MICRO),
        ] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for beyond in [fix(POLE_MICRO + 1, 0), fix(0, OPPOSITE_MICRO + 1)] {
            assert!(!beyond.is_on_globe());
            assert_eq!(beyond.to_string().parse::<VisitPlace>(), Err(NotAPlace));
        }
        for text in [
            "",
            "fix",
            "fix 1 2 3",
            "fix 1 2 3 4 5",
            "no-fix -1",
            "cell 7",
        ] {
            assert_eq!(text.parse::<VisitPlace>(), Err(NotAPlace), "{text}");
        }
    }
}
