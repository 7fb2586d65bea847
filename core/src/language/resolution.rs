//! The resolution of a typed time: the date that its parts mean, at a moment in a place.
//!
//! Where two dates may be meant, both are given back and neither is chosen: a guessed date would be a promise.
//! A reading that lies on the wrong side of now is none.
//!
//! Weeks, months and working days are counted in the company's hours.

use jiff::civil::{Date, Weekday};

use super::clock_times::Clock;
use super::time_parts::{Ambiguity, DayMonth, Positioned, TimeParts, WeekdayQualifier, days_after};
use super::vocabulary::DayPart;
use crate::model::calendar::WorkingTime;
use crate::model::time::{Due, DuePart, Millis, zoned};

mod days;

use days::Days;

/// Minutes of a day on the clock.
const DAY_MINUTES: u16 = 24 * 60;
/// The end of an evening, in minutes after midnight.
const EVENING_ENDS: u16 = 22 * 60;

/// The direction in which a date that was not said in full is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ahead,
    Back,
}

impl Direction {
    fn sign(self) -> i64 {
        match self {
            Self::Ahead => 1,
            Self::Back => -1,
        }
    }
}

/// The reason why no one date is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ResolutionError {
    /// The word of this number may mean two dates.
    Ambiguous(usize, Box<(Due, Due)>),
    /// The parts contradict each other, or there is no such day.
    Contradiction,
    /// No day and no time was said.
    Unfinished,
}

type Resolved<T> = Result<T, ResolutionError>;

/// The moment, place and direction that parts are resolved against.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResolutionContext<'a> {
    pub now: Millis,
    pub today: Date,
    pub zone: &'a str,
    pub working: &'a WorkingTime,
    pub direction: Direction,
}

/// A time of a day, with the word that said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeOfDay {
    Part(DuePart),
    /// Minutes after midnight; beyond 1439 the day after.
    Minute(u16),
    /// Two readings, the earlier first, and whether people mean it where nothing else decides.
    Ambiguous(usize, u16, u16, bool),
}

impl ResolutionContext<'_> {
    /// The due that was said, unless it was minutes from now.
    pub(super) fn due(&self, time_parts: &TimeParts) -> Resolved<Due> {
        if time_parts.minutes.is_some() {
            return Err(ResolutionError::Contradiction);
        }
        let due = match time_parts.ambiguity {
            Some(ambiguity) => self.doubled(time_parts, ambiguity)?,
            None => self.plain(time_parts)?,
        };
        let due = self.in_named_zone(due, time_parts.zone.as_deref())?;
        let bounds = 1970..=9999;
        let year = due.date.get(..4).and_then(|year| year.parse::<i32>().ok());
        let within = year.is_some_and(|year| bounds.contains(&year));
        (within && due.instant().is_ok())
            .then_some(due)
            .ok_or(ResolutionError::Contradiction)
    }

    /// Resolves a number that may mean two things, by what else was said.
    fn doubled(
        &self,
        time_parts: &TimeParts,
        (at, ambiguity): Positioned<Ambiguity>,
    ) -> Resolved<Due> {
        let rest = TimeParts {
            ambiguity: None,
            ..time_parts.clone()
        };
        let with_day = |of: DayMonth| {
            let mut time_parts = rest.clone();
            time_parts.put_day_month(of).map(|()| time_parts)
        };
        let with_clock = |clock: Clock| {
            rest.clock.is_none().then(|| TimeParts {
                clock: Some((at, clock)),
                ..rest.clone()
            })
        };
        let has_day = rest.date.is_some()
            || rest.day.is_some()
            || rest.working_days.is_some()
            || rest.shift.is_some()
            || (rest.period.is_some() && rest.weekday.is_some())
            || rest.ends;
        let (one, other) = match ambiguity {
            Ambiguity::Days(one, other) => (with_day(one), with_day(other)),
            Ambiguity::Clocks(one, other) => (with_clock(one), with_clock(other)),
            Ambiguity::DayOrClock(_, clock) if has_day => {
                (with_clock(Clock::MinuteOfDay(clock)), None)
            }
            Ambiguity::DayOrClock(day, _) if rest.clock.is_some() || rest.part.is_some() => {
                (with_day(day), None)
            }
            Ambiguity::DayOrClock(day, clock) => {
                let matches = rest.weekday.is_some()
                    && with_day(day).is_some_and(|time_parts| self.plain(&time_parts).is_ok());
                match matches {
                    true => (with_day(day), None),
                    false => (
                        with_day(day).map(without_weekday),
                        with_clock(Clock::MinuteOfDay(clock)),
                    ),
                }
            }
            Ambiguity::HourOrDay(number) => {
                let clock = hour(number).and_then(with_clock);
                if has_day {
                    (clock, None)
                } else {
                    let day = i8::try_from(number).ok();
                    let day = day.filter(|_| rest.day.is_none()).map(|day| TimeParts {
                        day: Some(day),
                        ..rest.clone()
                    });
                    // "Thu 19" is how dates are said back, and "June 3" can be nothing else.
                    let sure = rest.month.is_some() || rest.weekday.is_some();
                    match day {
                        Some(day) if sure && self.plain(&day).is_ok() => (Some(day), None),
                        day if clock.is_some() => (clock, day.map(without_weekday)),
                        _ => (None, None),
                    }
                }
            }
        };
        let read =
            |time_parts: Option<TimeParts>| time_parts.map(|time_parts| self.plain(&time_parts));
        match (read(one), read(other)) {
            (Some(Ok(one)), Some(Ok(other))) if one != other => {
                Err(ResolutionError::Ambiguous(at, Box::new((one, other))))
            }
            (Some(Err(ResolutionError::Ambiguous(word, both))), _)
            | (_, Some(Err(ResolutionError::Ambiguous(word, both)))) => {
                Err(ResolutionError::Ambiguous(word, both))
            }
            (Some(Ok(due)), None) | (None, Some(Ok(due))) => Ok(due),
            (Some(Ok(due)), Some(_)) | (Some(Err(_)), Some(Ok(due))) => Ok(due),
            (Some(Err(unclear)), _) | (None, Some(Err(unclear))) => Err(unclear),
            (None, None) => Err(ResolutionError::Contradiction),
        }
    }

    fn plain(&self, time_parts: &TimeParts) -> Resolved<Due> {
        let time = self.time(time_parts)?;
        if let (Some((at, WeekdayQualifier::Next | WeekdayQualifier::Last)), Some((_, weekday))) =
            (time_parts.qualifier, time_parts.weekday)
        {
            return self.next_or_after(time_parts, at, weekday, time);
        }
        match self.days(time_parts, time)? {
            Days::One(date) => {
                let (_, weekday) = time_parts.weekday.unzip();
                if weekday.is_some_and(|weekday| weekday != date.weekday()) {
                    return Err(ResolutionError::Contradiction);
                }
                self.on(date, time)
            }
            Days::Next(weekday) => self.nearest(weekday, time, time_parts.qualifier.is_none()),
        }
    }

    /// "Next Friday": of this week or of the next, unless the nearest lies there already.
    fn next_or_after(
        &self,
        time_parts: &TimeParts,
        at: usize,
        weekday: Weekday,
        time: TimeOfDay,
    ) -> Resolved<Due> {
        let sign = match time_parts.qualifier {
            Some((_, WeekdayQualifier::Last)) => -1,
            _ => 1,
        };
        let days = (1..=7).filter_map(|days| days_after(self.today, sign * days));
        let nearest = days.into_iter().find(|date| date.weekday() == weekday);
        let nearest = nearest.ok_or(ResolutionError::Contradiction)?;
        let alone = TimeParts {
            qualifier: None,
            weekday: None,
            clock: None,
            part: None,
            zone: None,
            ..time_parts.clone()
        };
        if alone != TimeParts::default() {
            return Err(ResolutionError::Contradiction);
        }
        let monday =
            |date: Date| days_after(date, -i64::from(date.weekday().to_monday_zero_offset()));
        if monday(nearest) == monday(self.today) {
            let after = days_after(nearest, sign * 7).ok_or(ResolutionError::Contradiction)?;
            return self.either(at, (nearest, after), time);
        }
        self.on(nearest, time)
    }

    /// The complaint that a word may mean two days.
    fn either<T>(&self, at: usize, (one, other): (Date, Date), time: TimeOfDay) -> Resolved<T> {
        let (one, other) = (self.on(one, time)?, self.on(other, time)?);
        Err(ResolutionError::Ambiguous(at, Box::new((one, other))))
    }

    /// The time of day that was said.
    fn time(&self, time_parts: &TimeParts) -> Resolved<TimeOfDay> {
        let Some((at, clock)) = time_parts.clock else {
            return Ok(match time_parts.part {
                None | Some(DayPart::EndOfDay) => TimeOfDay::Part(DuePart::Day),
                Some(DayPart::Morning) => TimeOfDay::Part(DuePart::Morning),
                Some(DayPart::Afternoon) => TimeOfDay::Part(DuePart::Afternoon),
                Some(DayPart::Evening) => TimeOfDay::Minute(EVENING_ENDS),
            });
        };
        let noon = DAY_MINUTES / 2;
        let minute = |fits: bool, minute: u16| match fits {
            true => Ok(TimeOfDay::Minute(minute)),
            false => Err(ResolutionError::Contradiction),
        };
        match (clock, time_parts.part) {
            (_, Some(DayPart::EndOfDay)) => Err(ResolutionError::Contradiction),
            (Clock::MinuteOfDay(of_day), None) => Ok(TimeOfDay::Minute(of_day)),
            (Clock::MinuteOfDay(of_day), Some(DayPart::Morning)) => minute(of_day < noon, of_day),
            (Clock::MinuteOfDay(of_day @ 60..=419), Some(DayPart::Afternoon)) => {
                minute(true, of_day + noon)
            }
            (Clock::MinuteOfDay(of_day), Some(DayPart::Afternoon)) => {
                minute(of_day >= noon, of_day)
            }
            (Clock::MinuteOfDay(of_day @ 240..=719), Some(DayPart::Evening)) => {
                minute(true, of_day + noon)
            }
            (Clock::MinuteOfDay(of_day), Some(DayPart::Evening)) => {
                minute(of_day >= 16 * 60, of_day)
            }
            (Clock::FaceHour(hour, past), Some(DayPart::Morning)) => {
                minute(hour < 12, hour * 60 + past)
            }
            (Clock::FaceHour(hour, past), Some(DayPart::Afternoon)) => {
                let hour = hour % 12;
                minute(hour <= 7, (hour + 12) * 60 + past)
            }
            (Clock::FaceHour(hour, past), Some(DayPart::Evening)) => {
                minute((4..12).contains(&hour), (hour + 12) * 60 + past)
            }
            (Clock::FaceHour(hour, past), None) => {
                let of_day = hour * 60 + past;
                Ok(TimeOfDay::Ambiguous(at, of_day, of_day + noon, hour >= 7))
            }
            (Clock::Midnight, Some(DayPart::Evening)) => Ok(TimeOfDay::Minute(DAY_MINUTES)),
            (Clock::Midnight, Some(_)) => Err(ResolutionError::Contradiction),
            (Clock::Midnight, None) => Ok(TimeOfDay::Ambiguous(at, 0, DAY_MINUTES, false)),
        }
    }

    /// A day with its time; today only what lies on the right side of now is meant.
    fn on(&self, date: Date, time: TimeOfDay) -> Resolved<Due> {
        let (at, one, other, usual) = match time {
            TimeOfDay::Part(part) => return Ok(self.build(date, part)),
            TimeOfDay::Minute(minute) => return self.minute(date, minute),
            TimeOfDay::Ambiguous(at, one, other, usual) => (at, one, other, usual),
        };
        let (one, other) = (self.minute(date, one)?, self.minute(date, other)?);
        if date == self.today {
            match (self.fits(&one), self.fits(&other), self.direction) {
                (true, false, _) | (false, false, Direction::Back) => return Ok(one),
                (false, true, _) | (false, false, Direction::Ahead) => return Ok(other),
                (true, true, _) => {}
            }
        }
        let over = date == self.today && self.direction == Direction::Back;
        if usual && !over {
            return Ok(one);
        }
        Err(ResolutionError::Ambiguous(at, Box::new((one, other))))
    }

    /// The nearest day in the direction: today where the time fits and it may be today.
    fn nearest(
        &self,
        weekday: Option<Weekday>,
        time: TimeOfDay,
        may_be_today: bool,
    ) -> Resolved<Due> {
        let sign = self.direction.sign();
        let days = (1..=14).filter_map(|days| days_after(self.today, sign * days));
        let other_day = days
            .into_iter()
            .find(|date| weekday.is_none_or(|weekday| weekday == date.weekday()));
        let other_day = other_day.ok_or(ResolutionError::Contradiction)?;
        let is_today = weekday.is_none_or(|weekday| weekday == self.today.weekday());
        let whole = time == TimeOfDay::Part(DuePart::Day);
        if !may_be_today || !is_today || whole {
            return self.on(other_day, time);
        }
        let (at, one, other, usual) = match time {
            TimeOfDay::Ambiguous(at, one, other, usual) => (at, one, other, usual),
            time => {
                let today = self.on(self.today, time)?;
                return match self.fits(&today) {
                    true => Ok(today),
                    false => self.on(other_day, time),
                };
            }
        };
        let (early, late) = (
            self.minute(self.today, one)?,
            self.minute(self.today, other)?,
        );
        let elsewhere = |minute| self.minute(other_day, minute);
        match (self.fits(&early), self.fits(&late), self.direction) {
            // "Midnight" is the one that comes, or the one that was.
            (_, true, Direction::Ahead) if one == 0 => Ok(late),
            (true, _, Direction::Back) if one == 0 => Ok(early),
            (true, true, Direction::Ahead) if usual => Ok(early),
            (true, true, _) => Err(ResolutionError::Ambiguous(at, Box::new((early, late)))),
            // At ten, "at three" is this afternoon; "at eight" may be this evening or tomorrow.
            (false, true, _) if usual => Err(ResolutionError::Ambiguous(
                at,
                Box::new((late, elsewhere(one)?)),
            )),
            (false, true, _) => Ok(late),
            (true, false, _) if usual => Ok(early),
            (true, false, _) => Err(ResolutionError::Ambiguous(
                at,
                Box::new((elsewhere(other)?, early)),
            )),
            (false, false, _) => self.on(other_day, time),
        }
    }

    /// True if a due lies on the side of now that is looked at; false for a due without an instant.
    fn fits(&self, due: &Due) -> bool {
        let at = due.instant();
        at.is_ok_and(|at| (at > self.now) == (self.direction == Direction::Ahead))
    }

    fn minute(&self, date: Date, minute: u16) -> Resolved<Due> {
        let days = i64::from(minute / DAY_MINUTES);
        let date = days_after(date, days).ok_or(ResolutionError::Contradiction)?;
        let of_day = minute % DAY_MINUTES;
        Ok(self.build(date, DuePart::Minute { of_day }))
    }

    fn build(&self, date: Date, part: DuePart) -> Due {
        let due = Due {
            date: date.to_string(),
            part,
            zone: self.zone.to_owned(),
            end_of_day: None,
            repeated: false,
        };
        match self.direction {
            Direction::Ahead => due.ahead_of(self.now),
            Direction::Back => due.over_at(self.now),
        }
    }

    /// Of a minute that the clocks show twice, the one that bears the name of the zone; no other name fits.
    fn in_named_zone(&self, due: Due, name: Option<&str>) -> Resolved<Due> {
        let Some(name) = name else {
            return Ok(due);
        };
        let again = due.again();
        let first = Due {
            repeated: false,
            ..due
        };
        let fits = |due: &Due| {
            let minute = matches!(due.part, DuePart::Minute { .. });
            let at = due.instant().ok().filter(|_| minute);
            let local = at.and_then(|at| zoned(at, self.zone).ok());
            local.is_some_and(|local| zone_names(&local).iter().any(|known| known == name))
        };
        let named = [Some(first), again].into_iter().flatten().find(fits);
        named.ok_or(ResolutionError::Contradiction)
    }
}

/// The short names of a zone at an instant, in lower case, in both languages.
pub(super) fn zone_names(at: &jiff::Zoned) -> Vec<String> {
    let name = at.strftime("%Z").to_string().to_lowercase();
    let german = match name.as_str() {
        "cet" => Some("mez"),
        "cest" => Some("mesz"),
        _ => None,
    };
    german
        .map(str::to_owned)
        .into_iter()
        .chain([name])
        .collect()
}

fn without_weekday(time_parts: TimeParts) -> TimeParts {
    TimeParts {
        weekday: None,
        ..time_parts
    }
}

/// A bare number as an hour.
fn hour(number: u16) -> Option<Clock> {
    match number {
        1..=12 => Some(Clock::FaceHour(number, 0)),
        0 | 13..=24 => Some(Clock::MinuteOfDay(number * 60)),
        _ => None,
    }
}
