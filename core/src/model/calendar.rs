//! Working time: the hours of a week, the days on which no one works, and the number of minutes in between.

mod cumulative_time;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use minicbor::{Decode, Encode};
use serde::Serialize;

use super::time::{Due, DueError, DuePart, EndOfDay, Millis, instant_on_clock, zone};
use cumulative_time::CumulativeTime;

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

/// The working hours of a colleague, or of the company.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct WorkingCalendar {
    /// The IANA zone in which the hours are meant.
    #[n(0)]
    pub zone: String,
    /// The shifts of each weekday, Monday first: seven lists, in order and without overlaps.
    #[n(1)]
    pub week: Vec<Vec<Shift>>,
    /// Days on which no one works, as `2026-12-25`: holidays and absences.
    #[n(2)]
    #[uniffi(default = [])]
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

/// The reason why a working calendar cannot be used.
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
    /// Computed when it is first asked.
    cumulative_time: OnceLock<CumulativeTime>,
}

/// The most days over which the next working minute is searched for; a calendar without hours ends there.
const HORIZON_DAYS: usize = 3660;

impl WorkingTime {
    /// Checks a calendar; `holidays` are the company's, closed for everyone.
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
            cumulative_time: OnceLock::new(),
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
            cumulative_time: OnceLock::new(),
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

    /// The end of the working day of a date; on a closed day, that of the last one before it. None if no day before has
    /// hours.
    pub fn end_of_day(&self, date: Date) -> Option<EndOfDay> {
        let mut day = date;
        for _ in 0..HORIZON_DAYS {
            if let Some(last) = self.shifts(day).last() {
                return Some(EndOfDay {
                    date: day.to_string(),
                    of_day: last.to,
                });
            }
            day = day.yesterday().ok()?;
        }
        None
    }

    /// The first day whose working hours end at `instant` or later, as a due in the calendar's zone; none in
    /// a calendar that has no hours.
    pub fn day_ending_by(&self, instant: Millis) -> Option<Due> {
        let mut day = self.date(instant)?;
        for _ in 0..HORIZON_DAYS {
            if let Some(last) = self.shifts(day).last()
                && self.instant(day, last.to) >= instant
            {
                return Some(Due {
                    date: day.to_string(),
                    part: DuePart::Day,
                    zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
                    end_of_day: Some(EndOfDay {
                        date: day.to_string(),
                        of_day: last.to,
                    }),
                    repeated: false,
                });
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The median length of a working day of the week, in minutes; 24 hours in a calendar without any.
    pub fn usual_day_minutes(&self) -> i64 {
        let lengths = self.week.iter().map(|shifts| {
            let length = |shift: &Shift| i64::from(shift.to) - i64::from(shift.from);
            shifts.iter().map(length).sum()
        });
        let mut lengths: Vec<i64> = lengths.filter(|length| *length > 0).collect();
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).copied().unwrap_or(1440)
    }

    /// Whole working minutes from one instant to a later one; negative if it is earlier.
    pub fn minutes(&self, from: Millis, to: Millis) -> i64 {
        let cumulative_time = self
            .cumulative_time
            .get_or_init(|| CumulativeTime::of(self));
        (cumulative_time.worked(self, to) - cumulative_time.worked(self, from)) / 60_000
    }

    /// The instant at which `minutes` of working time have passed since `from`; none in a calendar that
    /// has no hours.
    pub fn after(&self, from: Millis, minutes: i64) -> Option<Millis> {
        let mut left = minutes.max(0).saturating_mul(60_000);
        let mut day = self.date(from)?;
        let mut idle_days = 0;
        while idle_days < HORIZON_DAYS {
            idle_days += 1;
            for (begins, ends) in self.spans(day) {
                let begins = begins.max(from);
                let length = ends.saturating_sub(begins);
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
            let spans: Vec<(Millis, Millis)> = self.spans(day).collect();
            for (begins, ends) in spans.into_iter().rev() {
                let ends = ends.min(to);
                let length = ends.saturating_sub(begins);
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

    /// The instants between which a day is worked. A minute that the clocks skip is the one after, so that a
    /// shift within the gap is empty; a day that a place skipped is, too.
    fn spans(&self, day: Date) -> impl Iterator<Item = (Millis, Millis)> {
        let shifts = self.shifts(day).iter();
        let mut bounds = None;
        shifts.map(move |shift| {
            let (free_from, midnight) =
                *bounds.get_or_insert_with(|| (self.instant(day, 0), self.instant(day, 1440)));
            let begins = self
                .instant(day, shift.from)
                .clamp(free_from, midnight.max(free_from));
            let ends = self.instant(day, shift.to).min(midnight).max(begins);
            bounds = Some((ends, midnight));
            (begins, ends)
        })
    }

    /// The first working minute of the first working day after the day of an instant; none in a calendar
    /// that has no hours.
    pub fn next_opening_after(&self, at: Millis) -> Option<Millis> {
        let mut day = self.date(at)?;
        for _ in 0..HORIZON_DAYS {
            day = day.tomorrow().ok()?;
            if let Some((begins, _)) = self.spans(day).find(|(begins, ends)| begins < ends) {
                return Some(begins);
            }
        }
        None
    }

    /// The same time on the next working day, or where no one works at that time the first working minute after it;
    /// None in a calendar that has no hours.
    pub fn next_working_day(&self, at: Millis) -> Option<Millis> {
        let day = self.date(self.next_opening_after(at)?)?;
        let timestamp = jiff::Timestamp::from_millisecond(at).ok()?;
        let civil = day.to_datetime(self.zone.to_datetime(timestamp).time());
        let zoned = self.zone.to_ambiguous_zoned(civil).compatible().ok()?;
        self.after(zoned.timestamp().as_millisecond(), 0)
    }

    fn date(&self, at: Millis) -> Option<Date> {
        let timestamp = jiff::Timestamp::from_millisecond(at).ok()?;
        Some(self.zone.to_datetime(timestamp).date())
    }

    fn instant(&self, day: Date, of_day: u16) -> Millis {
        instant_on_clock(&self.zone, day, of_day).unwrap_or(Millis::MAX)
    }
}

#[cfg(test)]
mod tests;
