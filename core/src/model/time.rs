//! Time as a phone knows it, and dates as people promise them.

use jiff::civil::{Date, Time as Clock};
use jiff::tz::{AmbiguousOffset, AmbiguousZoned, TimeZone};
use minicbor::{Decode, Encode};
use serde::Serialize;

/// Milliseconds since the epoch.
pub type Millis = i64;

/// One day in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The time of writing, as the device knew it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct RecordedTime {
    /// The device's wall clock, in milliseconds since the epoch.
    #[n(0)]
    pub wall_ms: Millis,
    /// The IANA zone that the device was in.
    #[n(1)]
    pub zone: String,
    /// Server time minus wall clock, in milliseconds, where the device had learnt it.
    #[n(2)]
    pub offset_ms: Option<i64>,
    /// The age of that knowledge on the boot clock, in milliseconds; None after a restart without contact.
    #[n(3)]
    pub age_ms: Option<i64>,
    /// The latest moment that the device knew to have passed, in milliseconds since the epoch, where its clock cannot
    /// be trusted and shows an earlier one; else none.
    #[n(4)]
    #[cbor(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[uniffi(default = None)]
    pub known_ms: Option<Millis>,
}

/// The trust in a [`RecordedTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Compared with the server within 24 hours.
    Good,
    /// Compared longer ago, on the same boot.
    Drifting,
    /// Not compared since the device started.
    Unknown,
}

impl RecordedTime {
    /// The trust in this time.
    pub fn trust(&self) -> Trust {
        match (self.offset_ms, self.age_ms) {
            (Some(_), Some(age)) if age < DAY_MS => Trust::Good,
            (Some(_), Some(_)) => Trust::Drifting,
            _ => Trust::Unknown,
        }
    }

    /// The instant at which it happened, in milliseconds since the epoch: corrected by the server's clock where that
    /// was known, and never later than `received_at`, the moment the server took it.
    pub fn instant(&self, received_at: Option<Millis>) -> Millis {
        let corrected = match self.trust() {
            Trust::Good | Trust::Drifting => {
                self.wall_ms.saturating_add(self.offset_ms.unwrap_or(0))
            }
            Trust::Unknown => self.wall_ms,
        };
        received_at.map_or(corrected, |received| corrected.min(received))
    }
}

/// The precision of a due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DuePart {
    /// At this minute of the day.
    #[n(0)]
    Minute {
        /// Minutes after midnight, 0 to 1439.
        #[n(0)]
        of_day: u16,
    },
    /// Before noon; on a closed day by the end of the last working day before.
    #[n(1)]
    Morning,
    /// After noon, by the end of the working day.
    #[n(2)]
    Afternoon,
    /// By the end of the working day.
    #[n(3)]
    Day,
}

/// The date a customer was told, in the zone of the place where it was told.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Due {
    /// The day, as `2026-11-22`.
    #[n(0)]
    pub date: String,
    /// The precision.
    #[n(1)]
    pub part: DuePart,
    /// The IANA zone of the place.
    #[n(2)]
    pub zone: String,
    /// The end of the working day that an afternoon or a day means, or a morning of a closed day, as calendars had it
    /// when the date was told, so that a later holiday does not judge it; None: noon for a morning, else 17 o'clock of
    /// that day. The core fills it in.
    #[n(3)]
    #[uniffi(default = None)]
    #[serde(rename = "closing")]
    pub end_of_day: Option<EndOfDay>,
    /// Of a minute that the clocks of the place show twice that day, the second; else without a meaning.
    #[n(4)]
    #[cbor(default, skip_if = "is_false")]
    #[serde(skip_serializing_if = "is_false")]
    #[uniffi(default = false)]
    pub repeated: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The end of a working day, on the clock of its place.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct EndOfDay {
    /// The day, as `2026-11-20`: the one that is due, or the last working day before it.
    #[n(0)]
    pub date: String,
    /// Minutes after midnight, at most 1440.
    #[n(1)]
    pub of_day: u16,
}

/// The reason why a due date cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// The date is not a day of the calendar.
    #[error("“{0}” is not a day; write it as 2026-11-22")]
    Date(String),
    /// The zone is not in the time zone database.
    #[error("“{0}” is not a time zone; write it as Europe/Berlin")]
    Zone(String),
    /// The time of day does not exist.
    #[error("{0} is not a minute of the day")]
    Minute(u16),
}

/// The minutes of a day on the clock.
pub const DAY_MINUTES: u16 = 24 * 60;
/// A minute, in milliseconds.
pub const MINUTE_MS: i64 = 60 * 1000;
/// The end of the morning, in minutes after midnight.
const NOON: u16 = 12 * 60;
/// The end of the working day where no calendar says otherwise, in minutes after midnight.
const END_OF_DAY: u16 = 17 * 60;

impl Due {
    /// A due at the minute that an instant falls on.
    pub fn at(instant: Millis, zone: &str) -> Result<Self, DueError> {
        let local = zoned(instant, zone)?;
        let due = Self {
            date: local.date().to_string(),
            part: DuePart::Minute {
                of_day: u16::from(local.hour().unsigned_abs()) * 60
                    + u16::from(local.minute().unsigned_abs()),
            },
            zone: zone.to_owned(),
            end_of_day: None,
            repeated: false,
        };
        let is_over = due.instant()?.saturating_add(MINUTE_MS) <= instant;
        Ok(due.again().filter(|_| is_over).unwrap_or(due))
    }

    /// The same minute when the clocks of the place show it a second time that day; none where they do not.
    pub fn again(&self) -> Option<Self> {
        let again = Self {
            repeated: true,
            ..self.clone()
        };
        let first = Self {
            repeated: false,
            ..self.clone()
        };
        (again.instant().ok()? > first.instant().ok()?).then_some(again)
    }

    /// Of a minute that the clocks show twice, the second where the first is over at `now`.
    pub fn ahead_of(self, now: Millis) -> Self {
        let is_over = self.instant().is_ok_and(|at| at <= now);
        let again = is_over.then(|| self.again()).flatten();
        again.unwrap_or(self)
    }

    /// Of a minute that the clocks show twice, the second where that is over at `now` as well.
    pub fn over_at(self, now: Millis) -> Self {
        let again = self.again();
        let is_over = |due: &Self| due.instant().is_ok_and(|at| at <= now);
        again.filter(is_over).unwrap_or(self)
    }

    /// The last instant that is still in time, before grace.
    pub fn instant(&self) -> Result<Millis, DueError> {
        let date: Date = self
            .date
            .parse()
            .map_err(|_| DueError::Date(self.date.clone()))?;
        let (date, of_day) = match (self.part, &self.end_of_day) {
            (DuePart::Minute { of_day }, _) if of_day >= DAY_MINUTES => {
                return Err(DueError::Minute(of_day));
            }
            (DuePart::Minute { of_day }, _) => (date, of_day),
            (DuePart::Morning, None) => (date, NOON),
            // A morning ends at noon, unless no one works that day.
            (DuePart::Morning, Some(end_of_day)) if end_of_day.date == self.date => (date, NOON),
            (DuePart::Afternoon | DuePart::Day, None) => (date, END_OF_DAY),
            (DuePart::Morning | DuePart::Afternoon | DuePart::Day, Some(end_of_day)) => {
                let day = end_of_day.date.parse();
                let day = day.map_err(|_| DueError::Date(end_of_day.date.clone()))?;
                (day, end_of_day.of_day)
            }
        };
        let zone = zone(&self.zone)?;
        let minute = matches!(self.part, DuePart::Minute { .. });
        let second = (self.repeated && minute)
            .then(|| second_on_clock(&zone, date, of_day))
            .flatten();
        second
            .or_else(|| instant_on_clock(&zone, date, of_day))
            .ok_or_else(|| DueError::Date(self.date.clone()))
    }

    /// The grace beyond the due instant, in milliseconds: 5 minutes for a minute, else 0.
    pub fn grace_ms(&self) -> i64 {
        match self.part {
            DuePart::Minute { .. } => 5 * MINUTE_MS,
            DuePart::Morning | DuePart::Afternoon | DuePart::Day => 0,
        }
    }
}

/// The instant at which the clock of a zone shows a minute of a day, at most 1440: the next midnight. A
/// minute that the clocks skip is the one after; of one that they repeat, the first. None outside the calendar.
pub fn instant_on_clock(zone: &TimeZone, date: Date, of_day: u16) -> Option<Millis> {
    let zoned = ambiguous_time(zone, date, of_day)?.compatible().ok()?;
    Some(zoned.timestamp().as_millisecond())
}

/// The second instant at which the clock of a zone shows a minute of a day; none where it shows it once.
fn second_on_clock(zone: &TimeZone, date: Date, of_day: u16) -> Option<Millis> {
    let ambiguous_time = ambiguous_time(zone, date, of_day)?;
    let AmbiguousOffset::Fold { .. } = ambiguous_time.offset() else {
        return None;
    };
    Some(ambiguous_time.later().ok()?.timestamp().as_millisecond())
}

fn ambiguous_time(zone: &TimeZone, date: Date, of_day: u16) -> Option<AmbiguousZoned> {
    let days = jiff::Span::new().days(of_day / DAY_MINUTES);
    let of_day = of_day % DAY_MINUTES;
    let hour = i8::try_from(of_day / 60).ok()?;
    let minute = i8::try_from(of_day % 60).ok()?;
    let clock = Clock::new(hour, minute, 0, 0).ok()?;
    let civil = date.checked_add(days).ok()?.to_datetime(clock);
    Some(zone.to_ambiguous_zoned(civil))
}

/// Looks a zone up in the bundled database.
pub fn zone(name: &str) -> Result<TimeZone, DueError> {
    TimeZone::get(name).map_err(|_| DueError::Zone(name.to_owned()))
}

/// An instant as the calendar and clock of a zone show it.
pub fn zoned(instant: Millis, zone_name: &str) -> Result<jiff::Zoned, DueError> {
    let timestamp = jiff::Timestamp::from_millisecond(instant)
        .map_err(|_| DueError::Date(instant.to_string()))?;
    Ok(timestamp.to_zoned(zone(zone_name)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_day_ends_with_the_working_day_at_the_place() {
        let due = Due {
            date: "2026-07-01".into(),
            part: DuePart::Day,
            zone: "Europe/Berlin".into(),
            end_of_day: None,
            repeated: false,
        };
        assert_eq!(
            due.instant().unwrap(),
            "2026-07-01T15:00:00Z"
                .parse::<jiff::Timestamp>()
                .unwrap()
                .as_millisecond()
        );
    }

    #[test]
    fn a_due_in_the_hour_that_the_clocks_skip_is_the_hour_after() {
        let due = Due {
            date: "2026-03-29".into(),
            part: DuePart::Minute { of_day: 150 },
            zone: "Europe/Berlin".into(),
            end_of_day: None,
            repeated: false,
        };
        assert_eq!(
            due.instant().unwrap(),
            "2026-03-29T01:30:00Z"
                .parse::<jiff::Timestamp>()
                .unwrap()
                .as_millisecond()
        );
    }

    /// The second 02:30 of the night in which Berlin's clocks go back, when others sleep.
    #[test]
    fn every_minute_of_a_night_in_which_clocks_change_comes_back() {
        let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        for (night, zone) in [
            ("2026-10-24T22:00:00Z", "Europe/Berlin"),
            ("2026-03-28T22:00:00Z", "Europe/Berlin"),
            // Half an hour, and at another time of day.
            ("2027-04-03T12:00:00Z", "Australia/Lord_Howe"),
            ("2026-11-01T02:00:00Z", "America/St_Johns"),
        ] {
            for minute in 0..360 {
                let at = ms(night) + minute * MINUTE_MS;
                let due = Due::at(at + 59_999, zone).unwrap();
                assert_eq!(due.instant(), Ok(at), "{due:?}");
            }
        }
        let first = Due::at(ms("2026-10-25T00:30:00Z"), "Europe/Berlin").unwrap();
        let second = Due::at(ms("2026-10-25T01:30:00Z"), "Europe/Berlin").unwrap();
        assert_eq!((first.repeated, second.repeated), (false, true));
        assert_eq!(
            (first.again(), &first.part),
            (Some(second.clone()), &second.part)
        );
        assert_eq!(second.again().as_ref(), Some(&second));
        let bytes = minicbor::to_vec(&second).unwrap();
        assert_eq!(minicbor::decode::<Due>(&bytes).unwrap(), second);
        let day = Due {
            part: DuePart::Day,
            ..second
        };
        assert_eq!(
            (day.instant(), day.again()),
            (Ok(ms("2026-10-25T16:00:00Z")), None)
        );
    }

    #[test]
    fn a_clock_is_trusted_only_as_long_as_the_device_remembers_the_server() {
        let mut time = RecordedTime {
            wall_ms: 0,
            zone: "UTC".into(),
            offset_ms: Some(500),
            age_ms: Some(1),
            known_ms: None,
        };
        assert_eq!((time.trust(), time.instant(None)), (Trust::Good, 500));
        assert_eq!(time.instant(Some(100)), 100);
        time.age_ms = Some(DAY_MS);
        assert_eq!(time.trust(), Trust::Drifting);
        time.age_ms = None;
        assert_eq!((time.trust(), time.instant(None)), (Trust::Unknown, 0));
    }
}
