//! Times as people type them, in English and German: "in 30 minutes", "Freitag 12 Uhr", "Dec 24 morning".
//!
//! The words may come in any order, each part of a date once; a word that is not understood, or that
//! contradicts another ("Fri 2026-11-21"), is an error, for a guessed date would be a promise.

use jiff::civil::Date;

use crate::model::time::{Due, DueError, DuePart, Millis, zoned};
use crate::words::Words;
use crate::words::said::{Said, days_after};

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// The text does not say a time that we understand.
    #[error(
        "“{0}” is not understood; write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”"
    )]
    NotUnderstood(String),
    /// The clock or the zone of the device cannot be used.
    #[error(transparent)]
    Place(#[from] DueError),
}

impl PhraseError {
    /// The sentence for people.
    pub fn words(&self) -> Words {
        match self {
            Self::NotUnderstood(text) => Words::new("error-time-not-understood").text("text", text),
            Self::Place(error) => Words::new("error-unexpected").text("reason", error.to_string()),
        }
    }
}

/// How many characters of a text an error shows.
const SHOWN: usize = 60;
const MINUTE_MS: i64 = 60_000;

/// Reads a date to promise, as somebody types it at `now_ms` (milliseconds since the epoch) in an IANA
/// zone. A weekday ("Friday", "next Friday") is the next such day after today, or today if it comes
/// with a time that is still ahead and without "next"; a time alone is today or tomorrow; a day
/// without its year is the next such day. Minutes are rounded up. The due always has an instant.
pub fn parse_due(text: &str, now_ms: Millis, zone: &str) -> Result<Due, PhraseError> {
    let today = zoned(now_ms, zone)?.date();
    let due = Said::read(text, today).and_then(|said| match said.only_minutes() {
        Some(minutes) => due_in(minutes, now_ms, zone),
        None => due(&said, now_ms, today, zone, Toward::Ahead),
    });
    due.ok_or_else(|| not_understood(text))
}

/// Reads when something happened, in milliseconds since the epoch, as somebody types it at `now_ms`.
///
/// What can be meant twice is the latest that is over ("Friday" is the last one). A day or half day is
/// its last working moment that is over, so that nothing counts as done earlier than somebody said.
pub fn parse_moment(text: &str, now_ms: Millis, zone: &str) -> Result<Millis, PhraseError> {
    let today = zoned(now_ms, zone)?.date();
    let moment = Said::read(text, today).and_then(|said| match said.only_minutes() {
        Some(minutes) => now_ms.checked_add(minutes * MINUTE_MS),
        None => {
            let due = due(&said, now_ms, today, zone, Toward::Back)?;
            let at = due.instant().ok()?;
            // "today" is not later than now; "tomorrow" stays ahead, for the caller to refuse.
            let exact = matches!(due.part, DuePart::Minute { .. });
            Some(if due.date == today.to_string() && !exact {
                at.min(now_ms)
            } else {
                at
            })
        }
    });
    moment.ok_or_else(|| not_understood(text))
}

fn not_understood(text: &str) -> PhraseError {
    PhraseError::NotUnderstood(text.trim().chars().take(SHOWN).collect())
}

/// The first full minute in `minutes`.
fn due_in(minutes: i64, now_ms: Millis, zone: &str) -> Option<Due> {
    let target = now_ms
        .checked_add(minutes * MINUTE_MS)?
        .checked_add(MINUTE_MS - 1)?;
    Due::at(target, zone).ok()
}

/// Which way to look for a date that was not said in full.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    Ahead,
    Back,
}

/// The due that was said, unless it was minutes from now.
fn due(said: &Said, now_ms: Millis, today: Date, zone: &str, toward: Toward) -> Option<Due> {
    let part = said.part()?;
    let on = |date: Date| {
        let due = Due {
            date: date.to_string(),
            part,
            zone: zone.to_owned(),
            closing: None,
            repeated: false,
        };
        match toward {
            Toward::Ahead => due.ahead_of(now_ms),
            Toward::Back => due.over_at(now_ms),
        }
    };
    let sign = if toward == Toward::Ahead { 1 } else { -1 };
    let mut days = (0..=14).filter_map(|days| days_after(today, sign * days));
    let is_weekday = |date: &Date| said.weekday.is_none_or(|weekday| weekday == date.weekday());
    let date = match (said.date, said.year, said.month, said.day) {
        (Some(date), None, None, None) => date,
        (None, Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok()?,
        (None, None, Some(month), Some(day)) => this_year_or(toward, today, month, day)?,
        // "Thu 21", as we say it ourselves.
        (None, None, None, Some(day)) if said.weekday.is_some() => {
            days.find(|date| date.day() == day && is_weekday(date))?
        }
        (None, None, None, None) if said.weekday.is_some() || part != DuePart::Day => {
            let today_is_meant = part != DuePart::Day
                && !said.next
                && (on(today).instant().ok()? > now_ms) == (toward == Toward::Ahead);
            days.find(|date| (*date != today || today_is_meant) && is_weekday(date))?
        }
        _ => return None,
    };
    let due = on(date);
    (said.minutes.is_none() && is_weekday(&date) && due.instant().is_ok()).then_some(due)
}

/// A day without its year: today, or the nearest in the direction. 29 February takes up to 8 years.
fn this_year_or(toward: Toward, today: Date, month: i8, day: i8) -> Option<Date> {
    (0..=8).find_map(|years| match toward {
        Toward::Ahead => Date::new(today.year() + years, month, day)
            .ok()
            .filter(|date| *date >= today),
        Toward::Back => Date::new(today.year() - years, month, day)
            .ok()
            .filter(|date| *date <= today),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::time::zone;

    const BERLIN: &str = "Europe/Berlin";

    fn ms(local: &str) -> i64 {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        let zoned = zone(BERLIN).unwrap().to_zoned(local).unwrap();
        zoned.timestamp().as_millisecond()
    }

    fn due(text: &str, now: &str) -> String {
        let Ok(due) = parse_due(text, ms(now), BERLIN) else {
            return "?".to_owned();
        };
        let part = match due.part {
            DuePart::Minute { of_day } => format!(" {:02}:{:02}", of_day / 60, of_day % 60),
            DuePart::Morning => " morning".to_owned(),
            DuePart::Afternoon => " afternoon".to_owned(),
            DuePart::Day => String::new(),
        };
        format!("{}{part}", due.date)
    }

    /// Half a minute past noon on a Monday.
    const NOW: &str = "2026-11-16 12:00:30";

    #[test]
    fn dues_as_people_type_them() {
        let table = "
            in 30 minutes, in 30 Minuten, in half an hour, in 30min = 2026-11-16 12:31
            in 2 h, in two hours, in 2 Stunden = 2026-11-16 14:01
            in einer Stunde, in an hour, in 1 h = 2026-11-16 13:01
            in 1 h 30 min, in 1h 30min = 2026-11-16 13:31
            in 13 hours = 2026-11-17 01:01
            now, jetzt = 2026-11-16 12:01
            in 3 days, in drei Tagen = 2026-11-19
            in 2 weeks 9:00, in 2 Wochen um 9 Uhr = 2026-11-30 09:00
            in einem Monat = 2026-12-16
            today 17:00, heute 17 Uhr, heute um 17, 5pm, today 5 p.m. = 2026-11-16 17:00
            today, heute = 2026-11-16
            tomorrow, morgen = 2026-11-17
            tomorrow 10:00, morgen 10:00, Tomorrow at 10, 10:00 tomorrow = 2026-11-17 10:00
            morgen früh, tomorrow morning, morgen Vormittag = 2026-11-17 morning
            tomorrow afternoon, morgen nachmittags = 2026-11-17 afternoon
            tomorrow afternoon 3:00, morgen Nachmittag um 15 Uhr = 2026-11-17 15:00
            this afternoon, afternoon, heute Nachmittag = 2026-11-16 afternoon
            übermorgen, U\u{308}bermorgen, the day after tomorrow = 2026-11-18
            Fri 12:00, Freitag 12 Uhr, Freitag Mittag, by Friday noon = 2026-11-20 12:00
            Friday, next Friday, Freitag, am Fr., kommenden Freitag = 2026-11-20
            Monday, next Monday, Mo = 2026-11-23
            Monday 14:00, Montag 14 Uhr = 2026-11-16 14:00
            Monday 11:00, next Monday 11:00 = 2026-11-23 11:00
            Monday afternoon = 2026-11-16 afternoon
            next Monday afternoon, Monday 23 afternoon = 2026-11-23 afternoon
            nächsten Dienstag Vormittag, Dienstagvormittag, naechsten Dienstag morgen = 2026-11-17 morning
            10:30 = 2026-11-17 10:30
            12:01 = 2026-11-16 12:01
            12:00 = 2026-11-17 12:00
            5:30 pm, 5:30pm, 17.30 Uhr, 17 Uhr 30, 17h30 = 2026-11-16 17:30
            2026-12-01, 1.12., 1.12.2026, 1.12.26, Di 1.12., Dec 1st, the 1st of December = 2026-12-01
            2026-12-01 14:00, 2026-12-01T14:00, 1.12.2026 14:00, Tue 2026-12-01 2 pm = 2026-12-01 14:00
            3 June, June 3, 3. Juni, June 3 2027 = 2027-06-03
            3. Juni 10:00 = 2027-06-03 10:00
            Dec 24 morning, 24. Dezember früh = 2026-12-24 morning
            16.11. = 2026-11-16
            29.2. = 2028-02-29
            Thu 19, Do 19. = 2026-11-19
            soon, , Friday Monday, Fri 2026-11-21, 31.2., 25:00, at 5, 12, next week = ?
            in 5, in 30 minutes tomorrow, tomorrow 10:00 11:00, morning 15:00, 1.2.3.4 = ?
            2h, 15 h = ?
            morgen 14h, at 14h tomorrow, um 14 h morgen = 2026-11-17 14:00
            Friday 12, 2026-11, 2026-13-01, 99.99., in 99999999999 days, heute Abend = ?
        ";
        for line in table.lines().filter(|line| !line.trim().is_empty()) {
            let (texts, expected) = line.split_once(" = ").unwrap();
            for text in texts.trim().split(", ") {
                assert_eq!(due(text, NOW), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn clocks_that_change() {
        // The hour from 2:00 is skipped in March, and comes twice in October.
        assert_eq!(due("2:30", "2026-03-29 00:10:00"), "2026-03-29 02:30");
        assert_eq!(
            due("in 30 minutes", "2026-03-29 01:45:00"),
            "2026-03-29 03:15"
        );
        let first = ms("2026-10-25 01:50:00") + 60 * MINUTE_MS;
        for (text, minutes) in [("in 30 minutes", 30), ("2:15", 25), ("2:50", 60)] {
            let in_fold = parse_due(text, first, BERLIN).unwrap();
            let at = first + minutes * MINUTE_MS;
            assert_eq!(in_fold.instant(), Ok(at), "{text}: {in_fold:?}");
        }
        let ago = parse_moment("today 2:30", first + 120 * MINUTE_MS, BERLIN);
        assert_eq!(ago, Ok(first + 40 * MINUTE_MS), "the latest that is over");
        let gap = parse_moment("today 2:30", ms("2026-03-29 12:00:00"), BERLIN);
        assert_eq!(gap, Ok(ms("2026-03-29 03:30:00")));
    }

    #[test]
    fn moments_as_people_type_them() {
        let table = "
            now, jetzt = 2026-11-16 12:00:30
            10 minutes ago, vor 10 Minuten = 2026-11-16 11:50:30
            an hour ago, vor einer Stunde = 2026-11-16 11:00:30
            yesterday 14:00, gestern um 14 Uhr, Sunday 14:00, 14:00 = 2026-11-15 14:00
            today 9:15, heute 9:15, 9:15, Mon 9:15 = 2026-11-16 09:15
            today = 2026-11-16 12:00:30
            yesterday, vor einem Tag, Sunday, yesterday afternoon = 2026-11-15 17:00
            3 days ago, Fri 13 = 2026-11-13 17:00
            vorgestern 17:00 Uhr = 2026-11-14 17:00
            Monday = 2026-11-09 17:00
            2026-11-20 14:00 = 2026-11-20 14:00
            1.12. 8:00 = 2025-12-01 08:00
            soon, 8 = ?
        ";
        for line in table.lines().filter(|line| !line.trim().is_empty()) {
            let (texts, expected) = line.split_once(" = ").unwrap();
            for text in texts.trim().split(", ") {
                let expected = (expected != "?").then(|| ms(expected));
                assert_eq!(
                    parse_moment(text, ms(NOW), BERLIN).ok(),
                    expected,
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn errors_say_what_and_how() {
        let error = parse_due(" soonish ", 0, "UTC").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("“soonish” is not understood; write “in 30")
        );
        assert!(crate::words::has_key(&error.words().key));
        let error = parse_due("today", 0, "Mars/Base").unwrap_err();
        assert!(matches!(error, PhraseError::Place(DueError::Zone(_))));
    }

    /// Pieces that people use, so that chance gets past the first word.
    fn phrases() -> impl Strategy<Value = String> {
        let pieces = "in|ago|vor|next|am|at|day|after|tomorrow|morgen|früh|Fri|Do|3.|1.12.|29.2.|June|9999|
            0|30|65535|min|weeks|Monate|17:00|24:00|12|pm|Uhr|2026-11-20|9999-12-31|-009999|this|.|ü|half|an|hour";
        let pieces: Vec<&str> = pieces.split('|').map(str::trim).collect();
        prop::collection::vec(prop::sample::select(pieces), 0..6).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn no_text_and_no_clock_panics(text in prop_oneof![".{0,40}", phrases()], now: i64, near in -1_i64 << 46..1 << 46) {
            for now in [now, near, i64::MIN, i64::MAX] {
                for zone in [BERLIN, "Pacific/Apia", ""] {
                    if let Ok(due) = parse_due(&text, now, zone) {
                        prop_assert!(due.instant().is_ok());
                    }
                    let _ = parse_moment(&text, now, zone);
                }
            }
        }

        #[test]
        fn a_date_in_digits_comes_back(year in 1970_i16..9999, month in 1_i8..=12, day in 1_i8..=28, of_day in 0_u16..1440) {
            let date = Date::new(year, month, day).unwrap().to_string();
            let text = format!("{date} {:02}:{:02}", of_day / 60, of_day % 60);
            let minute = parse_due(&text, ms(NOW), BERLIN).unwrap();
            prop_assert_eq!((&minute.date, minute.part), (&date, DuePart::Minute { of_day }));
            let whole = parse_due(&date, ms(NOW), BERLIN).unwrap();
            prop_assert_eq!((&whole.date, whole.part), (&date, DuePart::Day));
            prop_assert_eq!(parse_moment(&text, ms(NOW), BERLIN).unwrap(), minute.instant().unwrap());
        }
    }
}
