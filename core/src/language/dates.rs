//! Dates and durations as people say them; calendar arithmetic is jiff's, the words are the catalogue's.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::{Lang, Message, ReaderContext, message_text};
use crate::model::time::{DAY_MS, Due, DuePart, Millis, zone as find_zone};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The end of a morning, in minutes after midnight.
const NOON: u16 = 12 * 60;

/// An instant as people say it at `now_ms`: "in 12 min", "today 14:30", "Thu 21, 14:30", "3 Jun 2025".
///
/// Both in milliseconds since the epoch; in an unknown zone it is said in UTC, and so.
#[uniffi::export]
pub fn format_instant(at_ms: Millis, zone: &str, now_ms: Millis, lang: Lang) -> String {
    let ahead = at_ms.saturating_sub(now_ms);
    if ahead > 0 && ahead < HOUR_MS {
        // Full minutes, for what was said in minutes was rounded up to a minute of the clock already. A second that
        // has begun counts whole, so that what rings five minutes before says five; and a reader with half a minute
        // left is not told "in 0 min".
        let count = ((ahead + SECOND_MS - 1) / SECOND_MS * SECOND_MS / MINUTE_MS).max(1);
        return message_text(
            &Message::new("date-in-minutes").number("count", count),
            lang,
        );
    }
    if ahead <= 0 && ahead > -HOUR_MS {
        return format_ago(ahead.saturating_neg(), lang);
    }
    let (at, today) = (local(at_ms, zone), local(now_ms, zone).date());
    if is_far(at.date(), today) {
        return day(at.date(), today, lang);
    }
    day_and_clock(&at, today, lang)
}

/// An instant as it follows "since": never relative to now, and today is only "09:15".
///
/// Both in milliseconds since the epoch; in an unknown zone it is said in UTC, and so.
#[uniffi::export]
pub fn format_since(at_ms: Millis, zone: &str, now_ms: Millis, lang: Lang) -> String {
    let (at, today) = (local(at_ms, zone), local(now_ms, zone).date());
    if at.date() == today {
        return clock(&at, lang);
    }
    if is_far(at.date(), today) {
        return day(at.date(), today, lang);
    }
    day_and_clock(&at, today, lang)
}

/// A promised date as a reader says it now: "tomorrow morning", "Thu 21 afternoon", "today", "in 12 min", and
/// in both places where the clocks of its own differ from the reader's: "tomorrow 10:00 in Auckland, today 22:00
/// here". It is never said to be so long ago: lateness is another number. A date that cannot be read is shown
/// as it is.
#[uniffi::export]
pub fn format_due(due: &Due, reader: &ReaderContext) -> String {
    let (now, lang) = (reader.now, reader.lang);
    let Ok(date) = due.date.parse::<Date>() else {
        return due.date.clone();
    };
    if let (DuePart::Minute { .. }, Ok(at)) = (due.part, due.instant())
        && (1..HOUR_MS).contains(&at.saturating_sub(now))
    {
        return format_instant(at, &due.zone, now, lang);
    }
    let today = local(now, &due.zone).date();
    let said = day(date, today, lang);
    let end_of_day = |said: String| match closes_before(due, date) {
        Some(at) => before_closing(said, day_and_clock(&at, today, lang), lang),
        None => said,
    };
    let said = match due.part {
        DuePart::Day => end_of_day(said),
        DuePart::Morning => end_of_day(half_day("morning", said, date, today, lang)),
        DuePart::Afternoon => end_of_day(half_day("afternoon", said, date, today, lang)),
        DuePart::Minute { of_day } => {
            with_clock(said, date, today, &minute_of(due, of_day, lang), lang)
        }
    };
    let here = |at: &Zoned| day_and_clock(at, local(now, &reader.zone).date(), lang);
    in_both_places(said, due, reader, here)
}

/// A due with where it is due, and when that is for the reader, if their clocks differ at the due or now.
fn in_both_places(
    said: String,
    due: &Due,
    reader: &ReaderContext,
    here: impl Fn(&Zoned) -> String,
) -> String {
    if due.zone == reader.zone {
        return said;
    }
    let words = |key: &str| {
        Message::new(key)
            .text("there", &said)
            .text("place", city(&due.zone))
    };
    // messages: date-in-place date-elsewhere date-elsewhere-until
    let (Ok(at), Ok(_)) = (due.instant(), find_zone(&reader.zone)) else {
        return message_text(&words("date-in-place"), reader.lang);
    };
    let same = |at: Millis| local(at, &due.zone).offset() == local(at, &reader.zone).offset();
    if same(at) && same(reader.now) {
        return said;
    }
    let key = match due.part {
        DuePart::Minute { .. } => "date-elsewhere",
        DuePart::Morning | DuePart::Afternoon | DuePart::Day => "date-elsewhere-until",
    };
    let here = here(&local(at, &reader.zone));
    message_text(&words(key).text("here", here), reader.lang)
}

/// The place that a zone is named after: "Buenos Aires" for `America/Argentina/Buenos_Aires`.
fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// An instant in full, in milliseconds since the epoch: "Sat 21 Nov 2026, 14:30 CET".
///
/// In an unknown zone it is said in UTC.
pub fn format_instant_in_full(at_ms: Millis, zone: &str, lang: Lang) -> String {
    let at = local(at_ms, zone);
    in_clock(exact_day(at.date(), lang), &clock_and_zone(&at, lang), lang)
}

/// A promised date in full: "Sat 21 Nov 2026, 14:30 CET", "Sat 21 Nov 2026, morning", in the zone of its
/// place. A date that cannot be read is shown as it is.
#[uniffi::export]
pub fn format_due_in_full(due: &Due, lang: Lang) -> String {
    let Ok(date) = due.date.parse::<Date>() else {
        return due.date.clone();
    };
    let said = exact_day(date, lang);
    let end_of_day = |said: String| match closes_before(due, date) {
        Some(at) => {
            let end = in_clock(exact_day(at.date(), lang), &clock(&at, lang), lang);
            before_closing(said, end, lang)
        }
        None => said,
    };
    match due.part {
        DuePart::Day => end_of_day(said),
        DuePart::Morning => end_of_day(part_after("date-exact-morning", said, lang)),
        DuePart::Afternoon => end_of_day(part_after("date-exact-afternoon", said, lang)),
        DuePart::Minute { of_day } => {
            let clock = match due.instant() {
                Ok(at) => in_zone(&minute_of_day(of_day), &local(at, &due.zone), lang),
                Err(_) => minute_of_day(of_day),
            };
            in_clock(said, &clock, lang)
        }
    }
}

/// A promised date in full, and in full for a reader whose clocks differ.
pub fn format_due_in_full_for(due: &Due, reader: &ReaderContext) -> String {
    let said = format_due_in_full(due, reader.lang);
    in_both_places(said, due, reader, |at| {
        let clock = clock_and_zone(at, reader.lang);
        in_clock(exact_day(at.date(), reader.lang), &clock, reader.lang)
    })
}

/// A time that is over, from milliseconds: "just now", "12 min ago", "3 h ago", "3 days ago".
#[uniffi::export]
pub fn format_ago(duration_ms: i64, lang: Lang) -> String {
    let words = match duration_ms {
        ..MINUTE_MS => Message::new("date-now"),
        MINUTE_MS..HOUR_MS => {
            Message::new("date-ago-minutes").number("count", duration_ms / MINUTE_MS)
        }
        HOUR_MS..DAY_MS => Message::new("date-ago-hours").number("count", duration_ms / HOUR_MS),
        _ => Message::new("date-ago-days").number("count", duration_ms / DAY_MS),
    };
    message_text(&words, lang)
}

/// A duration without its sign, from milliseconds: "less than a minute", "12 min", "3 h", "2 days".
#[uniffi::export]
pub fn format_span(duration_ms: i64, lang: Lang) -> String {
    let duration_ms = duration_ms.saturating_abs();
    let words = match duration_ms {
        ..MINUTE_MS => Message::new("date-span-moment"),
        MINUTE_MS..HOUR_MS => {
            Message::new("date-span-minutes").number("count", duration_ms / MINUTE_MS)
        }
        HOUR_MS..DAY_MS => Message::new("date-span-hours").number("count", duration_ms / HOUR_MS),
        _ => Message::new("date-span-days").number("count", duration_ms / DAY_MS),
    };
    message_text(&words, lang)
}

fn local(at_ms: Millis, zone: &str) -> Zoned {
    let limits = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let nearest = if at_ms < 0 { limits.0 } else { limits.1 };
    let timestamp = jiff::Timestamp::from_millisecond(at_ms).unwrap_or(nearest);
    timestamp.to_zoned(find_zone(zone).unwrap_or(UNKNOWN))
}

/// Stands for a zone that is not in the database: its clocks are said to be UTC's.
const UNKNOWN: TimeZone = TimeZone::unknown();

fn days_from(today: Date, date: Date) -> i64 {
    today.duration_until(date).as_hours() / 24
}

/// Far days carry their year, and people stop caring for the hour.
fn is_far(date: Date, today: Date) -> bool {
    date.year() != today.year() && !is_near(date, today)
}

/// Near days are named by their weekday.
fn is_near(date: Date, today: Date) -> bool {
    days_from(today, date).abs() <= 6
}

fn day(date: Date, today: Date, lang: Lang) -> String {
    let words = match days_from(today, date) {
        0 => Message::new("date-today"),
        1 => Message::new("date-tomorrow"),
        -1 => Message::new("date-yesterday"),
        // Across a year's end the weekday and the day alone would leave open which of the two years is meant.
        -6..=6 if date.year() != today.year() => return exact_day(date, lang),
        -6..=6 => Message::new("date-near").keyed("weekday", weekday_key(date)),
        _ if is_far(date, today) => Message::new("date-far")
            .keyed("month", month_key(date))
            .text("year", date.year().to_string()),
        _ => Message::new("date-this-year").keyed("month", month_key(date)),
    };
    message_text(&words.number("day", date.day()), lang)
}

/// A day of the calendar in full: "Fri 25 Dec 2026". One that cannot be read is shown as it is.
#[uniffi::export]
pub fn format_day_in_full(day: &str, lang: Lang) -> String {
    day.parse()
        .map_or_else(|_| day.to_owned(), |date| exact_day(date, lang))
}

fn exact_day(date: Date, lang: Lang) -> String {
    let words = Message::new("date-exact")
        .keyed("weekday", weekday_key(date))
        .number("day", date.day())
        .keyed("month", month_key(date))
        .text("year", date.year().to_string());
    message_text(&words, lang)
}

fn half_day(part: &str, said: String, date: Date, today: Date, lang: Lang) -> String {
    let key = match days_from(today, date) {
        0 => format!("date-today-{part}"),
        -1 | 1 => format!("date-word-{part}"),
        _ => format!("date-day-{part}"),
    };
    part_after(&key, said, lang)
}

fn part_after(key: &str, said: String, lang: Lang) -> String {
    message_text(&Message::new(key).text("day", said), lang)
}

/// A day with its time, however far the day is.
fn day_and_clock(at: &Zoned, today: Date, lang: Lang) -> String {
    let said = day(at.date(), today, lang);
    with_clock(said, at.date(), today, &clock(at, lang), lang)
}

fn with_clock(said: String, date: Date, today: Date, clock: &str, lang: Lang) -> String {
    let days = days_from(today, date).abs();
    // "today 14:30" and "3 Jun 14:30" need no comma; a day's number or a year before an hour does.
    if (is_near(date, today) && days > 1) || is_far(date, today) {
        in_clock(said, clock, lang)
    } else {
        format!("{said} {clock}")
    }
}

fn in_clock(said: String, clock: &str, lang: Lang) -> String {
    message_text(
        &Message::new("date-clock")
            .text("day", said)
            .text("clock", clock),
        lang,
    )
}

/// "14:30"; with the zone's short name in an hour that the clocks show twice, which says which of the two.
fn clock(at: &Zoned, lang: Lang) -> String {
    let shown = at.time_zone().to_ambiguous_zoned(at.datetime());
    match shown.offset() {
        AmbiguousOffset::Fold { .. } => clock_and_zone(at, lang),
        _ if at.time_zone().is_unknown() => clock_and_zone(at, lang),
        _ => at.strftime("%H:%M").to_string(),
    }
}

fn clock_and_zone(at: &Zoned, lang: Lang) -> String {
    in_zone(&at.strftime("%H:%M").to_string(), at, lang)
}

/// A time of day with the short name that its zone has at an instant.
fn in_zone(clock: &str, at: &Zoned, lang: Lang) -> String {
    let zone = at.strftime("%Z").to_string();
    let zone = match (lang, zone.as_str()) {
        _ if at.time_zone().is_unknown() => "UTC",
        (Lang::De, "CET") => "MEZ",
        (Lang::De, "CEST") => "MESZ",
        _ => &zone,
    };
    format!("{clock} {zone}")
}

/// The end of the working day by which a date is due, if the date itself, or its afternoon, has no working time; on
/// the clock of the due's zone. None if people work then.
fn closes_before(due: &Due, date: Date) -> Option<Zoned> {
    let end_of_day = due.end_of_day.as_ref()?;
    let moved = end_of_day.date.parse::<Date>().is_ok_and(|day| day != date);
    let free = due.part == DuePart::Afternoon && end_of_day.of_day <= NOON;
    (moved || free)
        .then(|| due.instant().ok())
        .flatten()
        .map(|at| local(at, &due.zone))
}

fn before_closing(said: String, end: String, lang: Lang) -> String {
    message_text(
        &Message::new("date-closes-before")
            .text("day", said)
            .text("end", end),
        lang,
    )
}

/// The time of day that was told, even if the clocks skip it that day.
fn minute_of(due: &Due, of_day: u16, lang: Lang) -> String {
    match due.instant() {
        Ok(at) if due.again().is_some() => clock(&local(at, &due.zone), lang),
        _ => minute_of_day(of_day),
    }
}

fn minute_of_day(of_day: u16) -> String {
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

fn weekday_key(date: Date) -> String {
    format!("weekday-{}", date.weekday().to_monday_one_offset())
}

fn month_key(date: Date) -> String {
    format!("month-{}", date.month())
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
