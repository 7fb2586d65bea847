//! Working time: the hours of a week, the days on which nobody works, and how many minutes lie between.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use minicbor::{Decode, Encode};
use serde::Serialize;

use super::time::{Closing, DueError, Millis, on_clock, zone};

/// A span of working time within one day.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, uniffi::Record,
)]
#[cbor(map)]
pub struct Shift {
    /// Its first minute, counted from midnight.
    #[n(0)]
    pub from: u16,
    /// The minute after its last, at most 1440.
    #[n(1)]
    pub to: u16,
}

/// The working hours of somebody, or of the company.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct WorkingCalendar {
    /// The IANA zone in which the hours are meant.
    #[n(0)]
    pub zone: String,
    /// The shifts of each weekday, Monday first: seven lists, in order and without overlaps.
    #[n(1)]
    pub week: Vec<Vec<Shift>>,
    /// Days on which nobody works, as `2026-12-25`: holidays and absences.
    #[n(2)]
    pub closed: Vec<String>,
}

impl WorkingCalendar {
    /// Monday to Friday from 8 to 17 o'clock with an hour at noon, in a zone.
    pub fn usual(zone: &str) -> Self {
        let day = vec![
            Shift { from: 480, to: 720 },
            Shift {
                from: 780,
                to: 1020,
            },
        ];
        let mut week = vec![day; 5];
        week.extend([vec![], vec![]]);
        Self {
            zone: zone.to_owned(),
            week,
            closed: vec![],
        }
    }
}

/// Why a working calendar cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A zone or day is unknown.
    #[error(transparent)]
    Time(#[from] DueError),
    /// There are not seven days.
    #[error("a week has seven days, Monday first, and these are {0}")]
    Week(usize),
    /// A shift ends before it begins, overlaps the one before or leaves its day.
    #[error(
        "the shift from minute {from} to {to} does not fit: shifts follow each other within one day"
    )]
    Shift {
        /// Its first minute.
        from: u16,
        /// The minute after its last.
        to: u16,
    },
}

/// Working time that can be counted: a calendar whose zone, shifts and days have been checked.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    zone: TimeZone,
    week: [Vec<Shift>; 7],
    closed: BTreeSet<Date>,
}

/// How far a search for the next working minute goes, in days; a calendar without hours ends there.
const HORIZON_DAYS: usize = 3660;

impl WorkingTime {
    /// Checks a calendar; `holidays` are the company's, closed for everybody.
    pub fn new(calendar: &WorkingCalendar, holidays: &[String]) -> Result<Self, CalendarError> {
        let mut week: [Vec<Shift>; 7] = Default::default();
        if calendar.week.len() != week.len() {
            return Err(CalendarError::Week(calendar.week.len()));
        }
        for (day, shifts) in week.iter_mut().zip(&calendar.week) {
            let mut free_from = 0;
            for shift in shifts {
                if shift.from < free_from || shift.to <= shift.from || shift.to > 1440 {
                    let Shift { from, to } = *shift;
                    return Err(CalendarError::Shift { from, to });
                }
                free_from = shift.to;
            }
            day.clone_from(shifts);
        }
        let closed = calendar.closed.iter().chain(holidays);
        Ok(Self {
            zone: zone(&calendar.zone)?,
            week,
            closed: closed
                .map(|day| day.parse().map_err(|_| DueError::Date(day.clone())))
                .collect::<Result<_, _>>()?,
        })
    }

    /// [`WorkingCalendar::usual`] in UTC, which needs no checking.
    pub fn usual_utc() -> Self {
        let mut week: [Vec<Shift>; 7] = Default::default();
        for (day, shifts) in week.iter_mut().zip(WorkingCalendar::usual("UTC").week) {
            *day = shifts;
        }
        Self {
            zone: TimeZone::UTC,
            week,
            closed: BTreeSet::new(),
        }
    }

    /// The shifts of a day; none on a closed one.
    pub fn shifts(&self, date: Date) -> &[Shift] {
        if self.closed.contains(&date) {
            return &[];
        }
        let index = match date.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        &self.week[index]
    }

    /// When the working day of a date ends; on a closed day, when the last one before it did.
    pub fn closing(&self, date: Date) -> Option<Closing> {
        let mut day = date;
        for _ in 0..HORIZON_DAYS {
            if let Some(last) = self.shifts(day).last() {
                return Some(Closing {
                    date: day.to_string(),
                    of_day: last.to,
                });
            }
            day = day.yesterday().ok()?;
        }
        None
    }

    /// Whole working minutes from one instant to a later one; negative if it is earlier.
    pub fn minutes(&self, from: Millis, to: Millis) -> i64 {
        if to < from {
            return -self.minutes(to, from);
        }
        let (Some(first), Some(last)) = (self.date(from), self.date(to)) else {
            return 0;
        };
        let mut worked = 0;
        let mut day = first;
        while day <= last {
            for shift in self.shifts(day) {
                let (begins, ends) = (self.instant(day, shift.from), self.instant(day, shift.to));
                worked += ends.min(to).saturating_sub(begins.max(from)).max(0);
            }
            let Ok(next) = day.tomorrow() else {
                break;
            };
            day = next;
        }
        worked / 60_000
    }

    /// The instant at which `minutes` of working time have passed since `from`; none in a calendar that
    /// has no hours.
    pub fn after(&self, from: Millis, minutes: i64) -> Option<Millis> {
        let mut left = minutes.max(0).saturating_mul(60_000);
        let mut day = self.date(from)?;
        let mut idle_days = 0;
        while idle_days < HORIZON_DAYS {
            idle_days += 1;
            for shift in self.shifts(day) {
                let begins = self.instant(day, shift.from).max(from);
                let length = self.instant(day, shift.to).saturating_sub(begins);
                if length > 0 && left <= length {
                    return Some(begins + left);
                }
                if length > 0 {
                    left -= length;
                    idle_days = 0;
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The instant before `to` from which `minutes` of working time lead up to it.
    pub fn before(&self, to: Millis, minutes: i64) -> Option<Millis> {
        let mut left = minutes.max(0).saturating_mul(60_000);
        let mut day = self.date(to)?;
        let mut idle_days = 0;
        while idle_days < HORIZON_DAYS {
            idle_days += 1;
            for shift in self.shifts(day).iter().rev() {
                let ends = self.instant(day, shift.to).min(to);
                let length = ends.saturating_sub(self.instant(day, shift.from));
                if length > 0 && left <= length {
                    return Some(ends - left);
                }
                if length > 0 {
                    left -= length;
                    idle_days = 0;
                }
            }
            day = day.yesterday().ok()?;
        }
        None
    }

    fn date(&self, at: Millis) -> Option<Date> {
        let timestamp = jiff::Timestamp::from_millisecond(at).ok()?;
        Some(self.zone.to_datetime(timestamp).date())
    }

    fn instant(&self, day: Date, of_day: u16) -> Millis {
        on_clock(&self.zone, day, of_day).unwrap_or(Millis::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }

    fn berlin() -> WorkingTime {
        let calendar = WorkingCalendar::usual("Europe/Berlin");
        WorkingTime::new(&calendar, &["2026-12-25".into()]).unwrap()
    }

    #[test]
    fn nights_weekends_and_holidays_do_not_count() {
        // Thursday 24 December 16:00 to Monday 28 December 9:00, over a holiday and a weekend.
        let (from, to) = (at("2026-12-24T15:00:00Z"), at("2026-12-28T08:00:00Z"));
        assert_eq!(berlin().minutes(from, to), 120);
        assert_eq!(berlin().minutes(to, from), -120);
        assert_eq!(berlin().after(from, 120), Some(to));
        assert_eq!(berlin().before(to, 120), Some(from));
    }

    #[test]
    fn a_closed_day_ends_with_the_working_day_before() {
        let closing = |date: &str| berlin().closing(date.parse().unwrap()).unwrap();
        assert_eq!(closing("2026-12-23").date, "2026-12-23");
        let friday = closing("2026-12-27");
        assert_eq!((friday.date.as_str(), friday.of_day), ("2026-12-24", 1020));
    }

    #[test]
    fn a_night_shift_is_an_hour_shorter_when_the_clocks_spring_forward() {
        let mut calendar = WorkingCalendar::usual("Europe/Berlin");
        calendar.week = vec![vec![Shift { from: 0, to: 360 }]; 7];
        let night = WorkingTime::new(&calendar, &[]).unwrap();
        let minutes = |from: &str, to: &str| night.minutes(at(from), at(to));
        assert_eq!(minutes("2026-03-28T20:00:00Z", "2026-03-29T10:00:00Z"), 300);
        assert_eq!(minutes("2026-10-24T20:00:00Z", "2026-10-25T10:00:00Z"), 420);
    }

    #[test]
    fn a_calendar_that_makes_no_sense_says_why() {
        let mut calendar = WorkingCalendar::usual("Europe/Berlin");
        calendar.week[0].reverse();
        assert!(matches!(
            WorkingTime::new(&calendar, &[]),
            Err(CalendarError::Shift { .. })
        ));
        calendar.week.pop();
        assert_eq!(
            WorkingTime::new(&calendar, &[]).unwrap_err(),
            CalendarError::Week(6)
        );
        let nowhere = WorkingCalendar::usual("Europe/Nowhere");
        assert!(matches!(
            WorkingTime::new(&nowhere, &[]),
            Err(CalendarError::Time(DueError::Zone(_)))
        ));
    }

    #[test]
    fn a_calendar_without_hours_never_ends_a_search() {
        let mut calendar = WorkingCalendar::usual("UTC");
        calendar.week = vec![vec![]; 7];
        let never = WorkingTime::new(&calendar, &[]).unwrap();
        assert_eq!(never.after(0, 1), None);
        assert_eq!(never.before(0, 1), None);
        assert_eq!(never.closing("2026-01-01".parse().unwrap()), None);
    }
}
