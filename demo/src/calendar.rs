//! Working days and working hours around now.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Zoned};
use kept_core::model::time::{self, DAY_MS, Due, DueError, DuePart, Millis};

/// A minute in milliseconds.
pub(crate) const MINUTE: i64 = 60_000;

/// The working days of a year around now, in one zone.
#[derive(Debug)]
pub(crate) struct Calendar {
    zone: String,
    days: Vec<Date>,
    today: usize,
}

impl Calendar {
    /// The working days from `past` days before now to 60 days after.
    pub(crate) fn new(now: Millis, zone: &str, past: i64) -> Result<Self, DueError> {
        let here: Zoned = time::zoned(now, zone)?;
        let today = here.date();
        let days: Vec<Date> = (-past..60)
            .filter_map(|offset| today.checked_add(Span::new().days(offset)).ok())
            .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
            .collect();
        let today = days.iter().rposition(|day| *day <= today).unwrap_or(0);
        Ok(Self {
            zone: zone.to_owned(),
            days,
            today,
        })
    }

    /// The number of the last working day that has begun.
    pub(crate) fn today(&self) -> usize {
        self.today
    }

    /// The zone.
    pub(crate) fn zone(&self) -> &str {
        &self.zone
    }

    /// A due on a working day; far ones fall on the last day known.
    pub(crate) fn due(&self, day: usize, part: DuePart) -> Due {
        let date = self.days.get(day).or(self.days.last());
        Due {
            date: date.map(Date::to_string).unwrap_or_default(),
            part,
            zone: self.zone.clone(),
            end_of_day: None,
            repeated: false,
        }
    }

    /// A minute of a working day as an instant.
    pub(crate) fn at(&self, day: usize, minute: i64) -> Result<Millis, DueError> {
        let of_day = u16::try_from(minute.clamp(0, 1439)).unwrap_or(0);
        self.due(day, DuePart::Minute { of_day }).instant()
    }

    /// The moment, or one near it when people may be at work: later in the early morning, earlier in the evening, on
    /// the Friday before at a weekend.
    pub(crate) fn daytime(&self, at: Millis) -> Millis {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        let Ok(local) = time::zoned(at, &self.zone) else {
            return at;
        };
        let days = match local.weekday() {
            Weekday::Saturday => 1,
            Weekday::Sunday => 2,
            _ => 0,
        };
        let hours = match i64::from(local.hour()) {
            early @ 0..7 => 8 - early,
            late @ 18.. => 16 - late,
            _ => 0,
        };
        at - days * DAY_MS + hours * HOUR_MS
    }

    /// "by Thursday" for a working day.
    pub(crate) fn by_weekday(&self, day: usize) -> String {
        let date = self.days.get(day).or(self.days.last());
        date.map_or_else(String::new, |date| format!("by {}", date.strftime("%A")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_works_on_a_sunday() {
        // Sunday, 2026-02-15.
        let now = 1_771_156_800_000;
        let calendar = Calendar::new(now, "Europe/Berlin", 30).unwrap();
        let today = calendar.today();
        assert_eq!(calendar.due(today, DuePart::Day).date, "2026-02-13");
        assert_eq!(calendar.due(today + 1, DuePart::Day).date, "2026-02-16");
        assert_eq!(calendar.by_weekday(today + 1), "by Monday");
        let friday = calendar.at(today, 13 * 60).unwrap();
        assert_eq!(calendar.daytime(now), friday);
        assert_eq!(calendar.daytime(friday), friday);
    }
}
