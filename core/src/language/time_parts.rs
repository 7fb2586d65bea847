//! The parts of a typed time: the day, the clock time and the distance that its words name, in any order.
//!
//! The date that they mean is decided by `resolution`.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::clock_times::{self, Amount, Clock, Rest};
use super::idioms::{
    Relative, end_of_day, faulty_word, filler, half_hour_ambiguity, is_english_day, is_preposition,
    period, relative,
};
use super::vocabulary::{self, DayPart};

/// A part with the number of the word that said it.
pub(super) type Positioned<T> = (usize, T);

/// A week, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// So many weeks after this one; below zero before.
    Week(i64),
    /// So many months after this one.
    Month(i64),
    /// So many years after this one.
    Year(i64),
    /// The month of this number, 1 to 12.
    Named(i8),
}

/// Beside a weekday: "next Friday", "last Friday".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeekdayQualifier {
    Next,
    Last,
    /// "the coming Friday", never today.
    Coming,
}

/// A day and a month, and a year where it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayMonth {
    pub day: i8,
    pub month: i8,
    pub year: Option<i16>,
}

/// A number that may mean two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ambiguity {
    /// An hour or a day of the month: "Friday 12".
    HourOrDay(u16),
    /// A day of the calendar or a time of day: "8.10".
    DayOrClock(DayMonth, u16),
    /// Two days of the calendar: "12/3".
    Days(DayMonth, DayMonth),
    /// Two times of day: the British and the literal "half three".
    Clocks(Clock, Clock),
}

/// The reason why a word cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordError {
    /// The word of this number is not known, or not there.
    Unknown(usize),
    /// It leaves the time open.
    Vague(usize),
    /// It says what another one said.
    Repeated(usize),
}

/// The parts of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TimeParts {
    /// From now on; below zero for what is over.
    pub minutes: Option<i64>,
    /// Working days from today.
    pub working_days: Option<i64>,
    /// A whole date, as in "tomorrow" or "2026-12-01".
    pub date: Option<Date>,
    /// True if the date was counted from today: "in 3 days".
    pub counted: bool,
    /// Days after the date or weekday: "Monday in a week".
    pub shift: Option<i64>,
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// A day of the month, 1 to 31 if it exists.
    pub day: Option<i8>,
    pub weekday: Option<Positioned<Weekday>>,
    pub qualifier: Option<Positioned<WeekdayQualifier>>,
    pub period: Option<Positioned<Period>>,
    /// True if the end of the period was named, not the period itself.
    pub ends: bool,
    /// True if "by" or "bis" stood before the period.
    pub until: bool,
    pub clock: Option<Positioned<Clock>>,
    pub part: Option<DayPart>,
    pub ambiguity: Option<Positioned<Ambiguity>>,
    /// The short name of the zone, in lower case, as in "14:30 CET".
    pub zone: Option<String>,
}

/// The words to read, with the day and the zone names that they are read against.
pub(super) struct ParseInput<'a> {
    pub words: &'a [&'a str],
    pub today: Date,
    /// Short names that the zone has, in lower case.
    pub zones: &'a [String],
}

impl TimeParts {
    /// Reads plain words.
    pub(super) fn read(input: &ParseInput<'_>) -> Result<Self, WordError> {
        let words = input.words;
        let mut time_parts = Self::default();
        let mut rest = words;
        while !rest.is_empty() {
            let at = words.len() - rest.len();
            rest = time_parts.take(at, rest, input)?;
            // Every piece takes a word at least.
            debug_assert!(words.len() - rest.len() > at);
        }
        Ok(time_parts)
    }

    /// Takes what the text begins with, and gives the rest.
    fn take<'a>(
        &mut self,
        at: usize,
        words: Rest<'a>,
        input: &ParseInput<'_>,
    ) -> Result<Rest<'a>, WordError> {
        let before = at.checked_sub(1).and_then(|at| input.words.get(at));
        let before = before.copied().unwrap_or_default();
        let once = |taken: Option<()>| taken.ok_or(WordError::Repeated(at));
        if let Some(relative) = relative(words) {
            once(self.take_relative(&relative, input.today))?;
            return Ok(relative.rest);
        }
        if let ["half", hour, rest @ ..] = words
            && let Some(half) = half_hour_ambiguity(hour)
        {
            once(put(&mut self.ambiguity, (at, half)))?;
            return Ok(rest);
        }
        if let Some((clock, rest)) = clock_times::clock(before, words) {
            once(put(&mut self.clock, (at, clock)))?;
            return Ok(rest);
        }
        if let Some((period, ends, rest)) = period(words) {
            self.ends |= ends;
            self.until |= !ends && matches!(before, "by" | "bis" | "until" | "till");
            once(put(&mut self.period, (at, period)))?;
            return Ok(rest);
        }
        if let Some(rest) = end_of_day(words) {
            once(put(&mut self.part, DayPart::EndOfDay))?;
            return Ok(rest);
        }
        if let Some((rest, taken)) = self.take_day(at, words, input.today) {
            return once(taken).map(|()| rest);
        }
        if let Some(rest) = filler(before, words) {
            return if words.len() == 1 && is_preposition(words.first().copied()) {
                Err(WordError::Unknown(at))
            } else {
                Ok(rest)
            };
        }
        if let ["am", rest @ ..] = words
            && is_english_day(before)
        {
            once(put(&mut self.part, DayPart::Morning))?;
            return Ok(rest);
        }
        if let ["pm", rest @ ..] = words
            && is_english_day(before)
        {
            once(put(&mut self.part, DayPart::Afternoon))?;
            return Ok(rest);
        }
        if let Some(taken) = self.take_number(at, before, words) {
            return once(taken.1).map(|()| taken.0);
        }
        let (word, rest) = words.split_first().ok_or(WordError::Unknown(at))?;
        if let Some(part) = vocabulary::day_part(word) {
            once(put(&mut self.part, part))?;
            return Ok(rest);
        }
        if let Some(month) = vocabulary::month(word) {
            once(put(&mut self.month, month))?;
            return Ok(rest);
        }
        if input.zones.iter().any(|zone| zone == word) {
            once(put(&mut self.zone, (*word).to_owned()))?;
            return Ok(rest);
        }
        let at = at + faulty_word(words);
        let word = input.words.get(at).copied().unwrap_or(word);
        let vague = vocabulary::is_vague(word) || rest.first() == Some(&"ish");
        Err(if vague {
            WordError::Vague(at)
        } else {
            WordError::Unknown(at)
        })
    }

    fn take_relative(&mut self, time_parts: &Relative<'_>, today: Date) -> Option<()> {
        let anchored = self.date.is_some() || self.weekday.is_some() || time_parts.anchored;
        match time_parts.amount {
            Amount::Minutes(minutes) => put(&mut self.minutes, time_parts.sign * minutes),
            Amount::WorkingDays(days) => put(&mut self.working_days, time_parts.sign * days),
            Amount::Days(days) if anchored => {
                let weeks = days % 7 == 0 || self.date.is_some();
                (weeks && !self.counted).then_some(())?;
                put(&mut self.shift, time_parts.sign * days)
            }
            Amount::Days(days) => {
                self.counted = true;
                put(&mut self.date, days_after(today, time_parts.sign * days)?)
            }
            Amount::Months(months) => {
                self.counted = true;
                let span = Span::new().try_months(time_parts.sign * months).ok()?;
                put(&mut self.date, today.checked_add(span).ok()?)
            }
        }
    }

    /// "today", "Freitag", "next Friday", "tonight": the rest, and nothing where it was said before.
    fn take_day<'a>(
        &mut self,
        at: usize,
        words: Rest<'a>,
        today: Date,
    ) -> Option<(Rest<'a>, Option<()>)> {
        let (word, rest) = words.split_first()?;
        let on = |time_parts: &mut Self, days| {
            let date = days_after(today, days);
            date.and_then(|date| put(&mut time_parts.date, date))
        };
        let taken = match (*word, rest) {
            ("now" | "jetzt" | "sofort" | "immediately" | "soeben", rest) => {
                (rest, put(&mut self.minutes, 0))
            }
            ("just", ["now", rest @ ..]) | ("gerade", ["eben", rest @ ..]) => {
                (rest, put(&mut self.minutes, 0))
            }
            ("today" | "heute", rest) => (rest, on(self, 0)),
            // "today week", as the British say it.
            ("week", rest) if self.date.is_some() => (rest, put(&mut self.shift, 7)),
            ("tonight", rest) => {
                let evening = put(&mut self.part, DayPart::Evening);
                (rest, on(self, 0).and(evening))
            }
            ("day", ["after", "tomorrow", rest @ ..]) => (rest, on(self, 2)),
            ("day", ["before", "yesterday", rest @ ..]) => (rest, on(self, -2)),
            // "heute morgen" is a part of the day, "morgen" and "morgen frueh" are tomorrow.
            ("morgen", rest)
                if (self.date.is_some() && !self.counted) || self.weekday.is_some() =>
            {
                (rest, put(&mut self.part, DayPart::Morning))
            }
            ("tomorrow" | "morgen", rest) => (rest, on(self, 1)),
            ("uebermorgen", rest) => (rest, on(self, 2)),
            ("yesterday" | "gestern", rest) => (rest, on(self, -1)),
            ("vorgestern", rest) => (rest, on(self, -2)),
            ("this" | "diesen", [part, ..]) if vocabulary::day_part(part).is_some() => {
                (rest, on(self, 0))
            }
            (word, rest) => return self.take_weekday(at, word, rest),
        };
        Some(taken)
    }

    fn take_weekday<'a>(
        &mut self,
        at: usize,
        word: &str,
        rest: Rest<'a>,
    ) -> Option<(Rest<'a>, Option<()>)> {
        let named = |rest: Rest<'a>| {
            let (word, after) = rest.split_first()?;
            vocabulary::weekday(word).map(|weekday| (weekday, after))
        };
        let qualifier = match word {
            "next" | "naechste" | "naechsten" | "naechster" => Some(WeekdayQualifier::Next),
            "last" | "letzte" | "letzten" | "letzter" | "vergangenen" | "vergangener"
            | "vorigen" | "voriger" => Some(WeekdayQualifier::Last),
            "coming" | "kommenden" | "kommender" => Some(WeekdayQualifier::Coming),
            _ => None,
        };
        if let (Some(qualifier), true) = (qualifier, named(rest).is_some()) {
            return Some((rest, put(&mut self.qualifier, (at, qualifier))));
        }
        let weekday = vocabulary::weekday(word)?;
        let taken = put(&mut self.weekday, (at, weekday));
        let (shift, rest) = match rest {
            ["week", rest @ ..] => (7, rest),
            ["fortnight", rest @ ..] => (14, rest),
            rest => return Some((rest, taken)),
        };
        Some((rest, taken.and(put(&mut self.shift, shift))))
    }

    /// "2026-12-01", "1.12.", "1.12.26", "3.", "3rd", "12/3", and "2026" after its month.
    fn take_number<'a>(
        &mut self,
        at: usize,
        before: &str,
        words: Rest<'a>,
    ) -> Option<(Rest<'a>, Option<()>)> {
        let (word, rest) = words.split_first()?;
        if let Some(day) = vocabulary::ordinal(word) {
            return Some((rest, put(&mut self.day, day)));
        }
        if !word.starts_with(|first: char| first.is_ascii_digit()) {
            // "at three", without its "o'clock", is taken as a clock already.
            let (number, rest) = clock_times::number(words)?;
            return Some((
                rest,
                put(&mut self.ambiguity, (at, Ambiguity::HourOrDay(number))),
            ));
        }
        if word.contains('-') || word.contains('/') {
            return Some((rest, self.take_dashed(at, word)?));
        }
        if word.contains('.') {
            return Some((rest, self.take_dotted(at, word)?));
        }
        let months = [before].into_iter().chain(rest.first().copied());
        let beside_month = months.filter_map(vocabulary::month).next().is_some();
        if word.len() == 4 && word.starts_with("20") {
            let known = self.month.is_some() || self.period.is_some();
            return known.then(|| (rest, put_some(&mut self.year, clock_times::digits(word))));
        }
        if let ["st" | "nd" | "rd" | "th" | "te" | "ten" | "ter", rest @ ..] = rest {
            return Some((rest, put_some(&mut self.day, clock_times::digits(word))));
        }
        if beside_month && self.day.is_none() {
            return Some((rest, put_some(&mut self.day, clock_times::digits(word))));
        }
        // "8ish", "in 5": what follows or what is missing decides, and nothing does.
        if rest.first() == Some(&"ish") || matches!(before, "in" | "within" | "vor") {
            return None;
        }
        let number = clock_times::digits::<u16>(word).filter(|number| *number <= 31)?;
        Some((
            rest,
            put(&mut self.ambiguity, (at, Ambiguity::HourOrDay(number))),
        ))
    }

    fn take_dashed(&mut self, at: usize, word: &str) -> Option<Option<()>> {
        let sign = if word.contains('-') { '-' } else { '/' };
        let parts: Vec<&str> = word.split(sign).collect();
        let (one, other, year) = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => {
                let (month, day) = (clock_times::digits(month)?, clock_times::digits(day)?);
                let date = Date::new(clock_times::digits(year)?, month, day).ok()?;
                return Some(put(&mut self.date, date));
            }
            [one, other, year] => (one, other, Some(full_year(year)?)),
            // "14-16" is a span, and of no use.
            [one, other] if sign == '/' => (one, other, None),
            _ => return None,
        };
        let (one, other) = (clock_times::digits(one)?, clock_times::digits(other)?);
        let written = |day: i8, month: i8| {
            let valid = (1..=31).contains(&day) && (1..=12).contains(&month);
            valid.then_some(DayMonth { day, month, year })
        };
        match (written(one, other), written(other, one)) {
            (Some(first), Some(second)) if first != second => Some(put(
                &mut self.ambiguity,
                (at, Ambiguity::Days(first, second)),
            )),
            (Some(only), _) | (_, Some(only)) => Some(self.put_day_month(only)),
            (None, None) => None,
        }
    }

    fn take_dotted(&mut self, at: usize, word: &str) -> Option<Option<()>> {
        let parts: Vec<&str> = word.split('.').collect();
        let of = |day, month, year| {
            let (day, month) = (clock_times::digits(day)?, clock_times::digits(month)?);
            Some(DayMonth { day, month, year })
        };
        match parts.as_slice() {
            [day, ""] => Some(put(&mut self.day, clock_times::digits(day)?)),
            [day, month, ""] => Some(self.put_day_month(of(day, month, None)?)),
            [day, month, year] => Some(self.put_day_month(of(day, month, full_year(year))?))
                .filter(|_| full_year(year).is_some()),
            [day, month] => {
                let date = of(day, month, None).filter(|date| (1..=12).contains(&date.month));
                let clock = clock_times::pair(word, '.');
                let clock = clock.filter(|(hour, minute)| *hour < 24 && *minute < 60);
                let clock = clock.map(|(hour, minute)| hour * 60 + minute);
                match (date, clock) {
                    (Some(date), Some(clock)) => {
                        let ambiguity = Ambiguity::DayOrClock(date, clock);
                        Some(put(&mut self.ambiguity, (at, ambiguity)))
                    }
                    (Some(date), None) => Some(self.put_day_month(date)),
                    (None, Some(clock)) => {
                        Some(put(&mut self.clock, (at, Clock::MinuteOfDay(clock))))
                    }
                    (None, None) => None,
                }
            }
            _ => None,
        }
    }

    /// Takes a day and its month.
    pub(super) fn put_day_month(&mut self, of: DayMonth) -> Option<()> {
        put(&mut self.day, of.day)?;
        put(&mut self.month, of.month)?;
        of.year.map_or(Some(()), |year| put(&mut self.year, year))
    }

    /// Minutes from now, if that is all that was said.
    pub(super) fn only_minutes(&self) -> Option<i64> {
        let only = Self {
            minutes: self.minutes,
            ..Self::default()
        };
        self.minutes.filter(|_| *self == only)
    }
}

/// A part that is said twice is a text that we do not understand.
fn put<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.replace(value).is_none().then_some(())
}

fn put_some<T>(part: &mut Option<T>, value: Option<T>) -> Option<()> {
    value.and_then(|value| put(part, value))
}

/// "2026" or "26".
fn full_year(text: &str) -> Option<i16> {
    match text.len() {
        2 => Some(2000 + clock_times::digits::<i16>(text)?),
        4 => clock_times::digits(text),
        _ => None,
    }
}

/// The day so many days after another, before it if below zero.
pub(super) fn days_after(today: Date, days: i64) -> Option<Date> {
    today.checked_add(Span::new().try_days(days).ok()?).ok()
}
