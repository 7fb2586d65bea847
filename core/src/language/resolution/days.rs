//! The days that a typed time is about: named in full, without year or month, counted, or in a period.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::{Direction, ResolutionContext, ResolutionError, Resolved, TimeOfDay};
use crate::language::time_parts::{Period, TimeParts, days_after};
use crate::language::vocabulary::DayPart;
use crate::model::time::DuePart;

/// The days within which the end of a count of working days is looked for.
const LONGEST_COUNT: i64 = 3 * 366;

/// The days that a text may be about.
pub(super) enum Days {
    One(Date),
    /// The next one in the direction that is such a weekday, today only with a time that fits.
    Next(Option<Weekday>),
}

impl ResolutionContext<'_> {
    /// The days that were said.
    pub(super) fn days(&self, time_parts: &TimeParts, time: TimeOfDay) -> Resolved<Days> {
        let none = ResolutionError::Contradiction;
        let date_parts = (time_parts.year, time_parts.month, time_parts.day);
        let exists = |date: Option<Date>| date.ok_or(ResolutionError::Contradiction);
        if let Some(count) = time_parts.working_days {
            let alone = time_parts.date.is_none() && date_parts == (None, None, None);
            let alone = alone && time_parts.period.is_none() && time_parts.shift.is_none();
            let day = self.working_day(count).filter(|_| alone);
            return exists(day).map(Days::One);
        }
        if let Some((at, period)) = time_parts.period {
            return self.in_period(time_parts, at, period, time).map(Days::One);
        }
        let date = match (time_parts.date, date_parts) {
            (Some(date), (None, None, None)) => Some(date),
            (None, (Some(year), Some(month), Some(day))) => {
                Some(exists(Date::new(year, month, day).ok())?)
            }
            (None, (None, Some(month), Some(day))) => Some(exists(self.near_year(month, day))?),
            // "Thu 21", as dates are said back.
            (None, (None, None, Some(day))) => {
                let (_, weekday) = time_parts.weekday.unzip();
                Some(exists(self.near_day(day, weekday))?)
            }
            (None, (None, None, None)) => None,
            (None, (_, _, None)) => return Err(ResolutionError::Unfinished),
            _ => return Err(none),
        };
        match (date, time_parts.shift, time_parts.weekday) {
            (Some(date), None, _) => Ok(Days::One(date)),
            (Some(date), Some(shift), _) => exists(days_after(date, shift)).map(Days::One),
            (None, Some(shift), Some((at, weekday))) => self.shifted(at, weekday, shift, time),
            (None, Some(_), None) => Err(none),
            (None, None, Some((_, weekday))) => Ok(Days::Next(Some(weekday))),
            // "End of day" is today's.
            (None, None, None) if time == TimeOfDay::Part(DuePart::Day) => match time_parts.part {
                Some(DayPart::EndOfDay) => Ok(Days::One(self.today)),
                _ => Err(ResolutionError::Unfinished),
            },
            (None, None, None) => Ok(Days::Next(None)),
        }
    }

    /// "Monday in a week"; on a Monday it may be counted from today or from the next.
    fn shifted(&self, at: usize, weekday: Weekday, shift: i64, time: TimeOfDay) -> Resolved<Days> {
        let sign = shift.signum();
        let base = (1..=7).filter_map(|days| days_after(self.today, sign * days));
        let base = base.into_iter().find(|date| date.weekday() == weekday);
        let date = base.and_then(|base| days_after(base, shift));
        let date = date.ok_or(ResolutionError::Contradiction)?;
        if self.today.weekday() != weekday {
            return Ok(Days::One(date));
        }
        let from_today = days_after(self.today, shift).ok_or(ResolutionError::Contradiction)?;
        self.either(at, (from_today, date), time)
    }

    /// The last working day of a period, or the weekday or day that was named beside it.
    fn in_period(
        &self,
        time_parts: &TimeParts,
        at: usize,
        period: Period,
        time: TimeOfDay,
    ) -> Resolved<Date> {
        let none = ResolutionError::Contradiction;
        let year = time_parts
            .year
            .filter(|_| matches!(period, Period::Named(_)));
        let parts = (
            time_parts.date,
            time_parts.month,
            time_parts.shift,
            time_parts.year,
        );
        if parts != (None, None, None, year) {
            return Err(none);
        }
        let (first, last) = self
            .span(period, year)
            .ok_or(ResolutionError::Contradiction)?;
        match (time_parts.weekday, time_parts.day, time_parts.ends, period) {
            (Some((_, weekday)), None, false, Period::Week(_)) => {
                let offset = i64::from(weekday.to_monday_zero_offset());
                return days_after(first, offset).ok_or(none);
            }
            (None, Some(day), false, Period::Month(_)) => {
                return Date::new(first.year(), first.month(), day).map_err(|_| none);
            }
            (None, None, ..) => {}
            _ => return Err(none),
        }
        // A time of day belongs to one day, and a week has seven.
        let whole = time == TimeOfDay::Part(DuePart::Day);
        if !time_parts.ends && !whole {
            return Err(none);
        }
        let mut days = (0..366).map_while(|back| days_after(last, -back));
        let working = days.find(|day| *day >= first && !self.working.shifts(*day).is_empty());
        let date = working.unwrap_or(last);
        if time_parts.until && first != date {
            return self.either(at, (first, date), time);
        }
        Ok(date)
    }

    fn span(&self, period: Period, year: Option<i16>) -> Option<(Date, Date)> {
        let today = self.today;
        let month_of = |date: Date| (date.first_of_month(), date.last_of_month());
        match period {
            Period::Week(weeks) => {
                let monday = i64::from(today.weekday().to_monday_zero_offset());
                let first = days_after(today, weeks * 7 - monday)?;
                Some((first, days_after(first, 6)?))
            }
            Period::Month(months) => {
                let span = Span::new().try_months(months).ok()?;
                let in_month = today.first_of_month().checked_add(span).ok()?;
                Some(month_of(in_month))
            }
            Period::Year(years) => {
                let span = Span::new().try_years(years).ok()?;
                let in_year = today.first_of_year().checked_add(span).ok()?;
                Some((in_year, in_year.last_of_year()))
            }
            Period::Named(month) => {
                let in_year = |year| Date::new(year, month, 1).ok().map(month_of);
                match (year, self.direction) {
                    (Some(year), _) => in_year(year),
                    (None, Direction::Ahead) => (0..=1)
                        .filter_map(|years| in_year(today.year() + years))
                        .find(|(_, last)| *last >= today),
                    (None, Direction::Back) => (0..=1)
                        .filter_map(|years| in_year(today.year() - years))
                        .find(|(first, _)| *first <= today),
                }
            }
        }
    }

    /// The working day that is so many after today, or before it.
    fn working_day(&self, count: i64) -> Option<Date> {
        let sign = count.signum();
        let days = (1..=LONGEST_COUNT).map_while(|days| days_after(self.today, sign * days));
        let mut worked = days.filter(|day| !self.working.shifts(*day).is_empty());
        let nth = usize::try_from(count.unsigned_abs()).ok()?.checked_sub(1)?;
        worked.nth(nth)
    }

    /// A day without its year: today, or the nearest in the direction. 29 February takes up to 8 years.
    fn near_year(&self, month: i8, day: i8) -> Option<Date> {
        (0..=8).find_map(|years| {
            let sign = if self.direction == Direction::Ahead {
                1
            } else {
                -1
            };
            let date = Date::new(self.today.year() + sign * years, month, day).ok();
            date.filter(|date| self.is_toward(*date))
        })
    }

    /// A day without its month: today, or the nearest in the direction; with its weekday, within 14 days.
    fn near_day(&self, day: i8, weekday: Option<Weekday>) -> Option<Date> {
        let reach = if weekday.is_some() { 14 } else { 62 };
        let sign = self.direction.sign();
        let mut days = (0..=reach).filter_map(|days| days_after(self.today, sign * days));
        days.find(|date| {
            date.day() == day && weekday.is_none_or(|weekday| weekday == date.weekday())
        })
    }

    fn is_toward(&self, date: Date) -> bool {
        match self.direction {
            Direction::Ahead => date >= self.today,
            Direction::Back => date <= self.today,
        }
    }
}
