//! What a typed time says, part by part, before anybody asks which date that is.
//!
//! Words may come in any order. Which date is meant, on a day, is decided by `phrase`.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::typed::{self, Amount, HourMinute, Rest};
use super::vocabulary;
use crate::model::time::DuePart;

/// The longest text that is read, in bytes; longer ones are no dates.
const LONGEST: usize = 100;

/// What a text says, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// From now on; below zero for what is over.
    pub minutes: Option<i64>,
    /// A whole date, as in "tomorrow" or "2026-12-01".
    pub date: Option<Date>,
    /// A year beside its month.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// A day of the month, 1 to 31 if it exists.
    pub day: Option<i8>,
    /// A day of the week.
    pub weekday: Option<Weekday>,
    /// "next Friday" is never today.
    pub next: bool,
    /// A time of day.
    pub clock: Option<HourMinute>,
    /// A half of the day.
    pub half: Option<DuePart>,
}

impl Said {
    /// Reads a text on a day; none if any of it is not understood or said twice.
    pub(crate) fn read(text: &str, today: Date) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let text = typed::plain(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut said = Self::default();
        let (mut rest, mut before) = (&words[..], "");
        while let Some(word) = rest.first() {
            rest = said.take(before, rest, today)?;
            before = word;
        }
        Some(said)
    }

    /// Takes what the text begins with, and gives the rest.
    fn take<'a>(&mut self, before: &str, words: Rest<'a>, today: Date) -> Option<Rest<'a>> {
        if let Some((sign, amount, rest)) = relative(words) {
            self.take_amount(sign, amount, today)?;
            return Some(rest);
        }
        if let Some((clock, rest)) = typed::clock(before, words) {
            once(&mut self.clock, clock)?;
            return Some(rest);
        }
        let (word, rest) = words.split_first()?;
        let following = rest.first().copied().unwrap_or_default();
        match *word {
            "now" | "jetzt" | "sofort" => once(&mut self.minutes, 0)?,
            "today" | "heute" => once(&mut self.date, today)?,
            "day" => {
                once(&mut self.date, days_after(today, 2)?)?;
                return rest.strip_prefix(&["after", "tomorrow"]);
            }
            // "heute morgen" is a part of the day, "morgen" and "morgen frueh" are tomorrow.
            "morgen" if self.date.is_some() || self.weekday.is_some() => {
                once(&mut self.half, DuePart::Morning)?;
            }
            "tomorrow" | "morgen" => once(&mut self.date, days_after(today, 1)?)?,
            "uebermorgen" => once(&mut self.date, days_after(today, 2)?)?,
            "yesterday" | "gestern" => once(&mut self.date, days_after(today, -1)?)?,
            "vorgestern" => once(&mut self.date, days_after(today, -2)?)?,
            "this" | "diesen" if typed::half(following).is_some() => once(&mut self.date, today)?,
            "next" | "naechste" | "naechsten" | "naechster" | "kommenden" => {
                vocabulary::weekday(following)?;
                self.next = true;
            }
            "on" | "at" | "by" | "the" | "of" | "in" | "this" | "t" | "st" | "nd" | "rd" | "th"
            | "um" | "am" | "bis" | "den" | "der" | "dem" | "diesen" | "-" => {}
            word => self.take_name(word).or_else(|| self.take_number(word))?,
        }
        Some(rest)
    }

    fn take_amount(&mut self, sign: i64, amount: Amount, today: Date) -> Option<()> {
        match amount {
            Amount::Minutes(minutes) => once(&mut self.minutes, sign * minutes),
            Amount::Days(days) => once(&mut self.date, days_after(today, sign * days)?),
            Amount::Months(months) => {
                let span = Span::new().try_months(sign * months).ok()?;
                once(&mut self.date, today.checked_add(span).ok()?)
            }
        }
    }

    fn take_name(&mut self, word: &str) -> Option<()> {
        if let Some(half) = typed::half(word) {
            return once(&mut self.half, half);
        }
        if let Some(weekday) = vocabulary::weekday(word) {
            return once(&mut self.weekday, weekday);
        }
        once(&mut self.month, vocabulary::month(word)?)
    }

    /// "2026-12-01", "1.12.", "1.12.26", "3." or "3", and "2026" after its month.
    fn take_number(&mut self, word: &str) -> Option<()> {
        if word.contains('-') {
            let date = (word.len() == 10).then(|| word.parse().ok()).flatten();
            return once(&mut self.date, date?);
        }
        if word.len() == 4 && word.starts_with("20") && self.month.is_some() {
            return once(&mut self.year, typed::digits(word)?);
        }
        let (day, rest) = word.split_once('.').unwrap_or((word, ""));
        once(&mut self.day, typed::digits(day)?)?;
        if rest.is_empty() {
            return Some(());
        }
        let (month, year) = rest.split_once('.').unwrap_or((rest, ""));
        once(&mut self.month, typed::digits(month)?)?;
        match year.len() {
            0 => Some(()),
            2 => once(&mut self.year, 2000 + typed::digits::<i16>(year)?),
            4 => once(&mut self.year, typed::digits(year)?),
            _ => None,
        }
    }

    /// Minutes from now, if that is all that was said.
    pub(crate) fn only_minutes(&self) -> Option<i64> {
        let only = Self {
            minutes: self.minutes,
            ..Self::default()
        };
        self.minutes.filter(|_| *self == only)
    }

    /// How exact the time is: the clock if it was said, else the half day, else the day; none if they
    /// contradict each other.
    pub(crate) fn part(&self) -> Option<DuePart> {
        let (hour, minute) = match (self.clock, self.half) {
            (None, half) => return Some(half.unwrap_or(DuePart::Day)),
            (Some(clock), None) => clock,
            (Some(clock), Some(DuePart::Morning)) => (clock.0 < 12).then_some(clock)?,
            (Some((hour @ 1..=6, minute)), Some(_)) => (hour + 12, minute),
            (Some(clock), Some(_)) => (clock.0 >= 12).then_some(clock)?,
        };
        Some(DuePart::Minute {
            of_day: hour * 60 + minute,
        })
    }
}

/// A part that is said twice is a text that we do not understand.
fn once<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.replace(value).is_none().then_some(())
}

/// "in 2 h 30 min", "vor 3 Tagen", "an hour ago", with -1 for what is over.
fn relative<'a>(words: Rest<'a>) -> Option<(i64, Amount, Rest<'a>)> {
    let (first, after) = words.split_first()?;
    let marked = matches!(*first, "in" | "vor");
    let (mut amount, mut rest) = typed::amount(if marked { after } else { words })?;
    if let (Amount::Minutes(hours), Some((Amount::Minutes(more), after))) =
        (amount, typed::amount(rest))
    {
        (amount, rest) = (Amount::Minutes(hours + more), after);
    }
    match (*first, rest) {
        ("in", _) => Some((1, amount, rest)),
        ("vor", _) => Some((-1, amount, rest)),
        (_, ["ago", rest @ ..]) => Some((-1, amount, rest)),
        _ => None,
    }
}

/// The day so many days after another, before it if below zero.
pub(crate) fn days_after(today: Date, days: i64) -> Option<Date> {
    today.checked_add(Span::new().try_days(days).ok()?).ok()
}
