//! Working hours and amounts of work, as people type and read them: "Mon-Fri 8:00-12:00,13:00-17:00", "1h30m".

use super::tokens::plain;
use super::{Lang, Message, message_text, vocabulary};
use crate::model::calendar::Shift;
use crate::model::lead_time::LeadTime;

/// Minutes of a day on the clock.
const DAY_MINUTES: u16 = 24 * 60;

/// Reads the hours of a week: days with their shifts, one such after another with `;` between. A day that
/// is not named has none. Monday first, seven lists, each in order; none where the text is not understood
/// or a day is named twice.
pub fn parse_week(text: &str) -> Option<Vec<Vec<Shift>>> {
    let mut week: Vec<Option<Vec<Shift>>> = vec![None; 7];
    for part in text.split(';').filter(|part| !part.trim().is_empty()) {
        let hours_at = part.find(|c: char| c.is_ascii_digit())?;
        let (days, hours) = part.split_at_checked(hours_at)?;
        let mut shifts: Vec<Shift> = hours.split(',').map(parse_shift).collect::<Option<_>>()?;
        shifts.sort_by_key(|shift| shift.from);
        for day in parse_days(days)? {
            let slot = week.get_mut(day)?;
            if slot.replace(shifts.clone()).is_some() {
                return None;
            }
        }
    }
    let named = week.iter().any(Option::is_some);
    named.then(|| week.into_iter().map(Option::unwrap_or_default).collect())
}

/// Days of a week, Monday is 0: "Mon-Fri", "Mo, Mi".
fn parse_days(text: &str) -> Option<Vec<usize>> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let part = part.replace(['–', '—'], "-");
        let (first, last) = part.split_once('-').unwrap_or((&part, &part));
        let day = |word: &str| {
            let weekday = vocabulary::weekday(&plain(word))?;
            usize::try_from(weekday.to_monday_zero_offset()).ok()
        };
        let (first, last) = (day(first)?, day(last)?);
        let range = if first <= last {
            (first..=last).collect::<Vec<_>>()
        } else {
            (first..7).chain(0..=last).collect()
        };
        days.extend(range);
    }
    Some(days)
}

/// Reads a span of the clock: "8:00-12:00", "20-7". It may pass midnight; who takes it decides.
pub fn parse_shift(text: &str) -> Option<Shift> {
    let text = text.trim().replace(['–', '—'], "-");
    let (from, to) = text.split_once('-')?;
    let (from, to) = (parse_clock(from)?, parse_clock(to)?);
    (from < DAY_MINUTES).then_some(Shift { from, to })
}

/// A time of day in minutes after midnight; 24:00 is its end.
fn parse_clock(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let digits = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let of_day = hour * 60 + minute;
    (minute < 60 && of_day <= DAY_MINUTES).then_some(of_day)
}

/// Reads an amount of time in minutes: "45m", "1h30m", "2d". `day` is how many minutes a day has.
pub fn parse_minutes(text: &str, day: u32) -> Option<u32> {
    let text = plain(text);
    let mut words = text.split_whitespace();
    let mut minutes = 0_u32;
    let mut empty = true;
    while let Some(number) = words.next() {
        let number: u32 = number.parse().ok()?;
        let per = match words.next()? {
            "m" | "min" | "minute" | "minutes" | "minuten" => 1,
            "h" | "std" | "hour" | "hours" | "stunde" | "stunden" => 60,
            "d" | "day" | "days" | "tag" | "tage" => day,
            _ => return None,
        };
        minutes = minutes.checked_add(number.checked_mul(per)?)?;
        empty = false;
    }
    (!empty).then_some(minutes)
}

/// An amount of time: "45 min", "1 h 30 min", "2 days". `day` is how many minutes a day has.
pub fn format_minutes(minutes: u32, day: u32, lang: Lang) -> String {
    let day = day.max(60);
    let (days, rest) = (minutes / day, minutes % day);
    let parts = [
        ("date-span-days", days),
        ("date-span-hours", rest / 60),
        ("date-span-minutes", rest % 60),
    ];
    // messages: date-span-days date-span-hours date-span-minutes
    let said = parts
        .into_iter()
        .filter(|(key, count)| *count > 0 || (minutes == 0 && *key == "date-span-minutes"))
        .map(|(key, count)| message_text(&Message::new(key).number("count", count), lang));
    said.collect::<Vec<_>>().join(" ")
}

/// A lead in the time base of its kind, written as "5d", "90m" or "1d 30m": "5 days", "1 h 30 min", "1 day
/// 30 min". Hours are never made days, for only the kind knows how long a day is; a text that is no lead
/// stays.
pub fn format_lead(text: &str, lang: Lang) -> String {
    let parts = text.split_whitespace().map(|part| {
        let said = match part.parse().ok()? {
            LeadTime::Days { count } => {
                message_text(&Message::new("date-span-days").number("count", count), lang)
            }
            LeadTime::Minutes { count } => {
                format_minutes(u32::try_from(count).unwrap_or(u32::MAX), u32::MAX, lang)
            }
        };
        Some(said)
    });
    match parts.collect::<Option<Vec<_>>>() {
        Some(parts) if !parts.is_empty() => parts.join(" "),
        _ => text.to_owned(),
    }
}

/// A span of the clock: "8:00–12:00".
pub fn format_shift(span: Shift) -> String {
    let clock = |of_day: u16| format!("{}:{:02}", of_day / 60, of_day % 60);
    format!("{}–{}", clock(span.from), clock(span.to))
}

/// The hours of a week, days with the same hours together: one line for each.
pub fn format_week(week: &[Vec<Shift>], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut day = 0;
    while let Some(shifts) = week.get(day) {
        let same = week[day..].iter().take_while(|other| *other == shifts);
        let last = day + same.count() - 1;
        if !shifts.is_empty() {
            // messages: weekday-1 weekday-2 weekday-3 weekday-4 weekday-5 weekday-6 weekday-7
            let name =
                |day: usize| message_text(&Message::new(format!("weekday-{}", day + 1)), lang);
            let days = match last - day {
                0 => name(day),
                _ => format!("{}–{}", name(day), name(last)),
            };
            let hours: Vec<String> = shifts.iter().map(|shift| format_shift(*shift)).collect();
            lines.push(format!("{days} {}", hours.join(", ")));
        }
        day = last + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::WorkingCalendar;

    #[test]
    fn a_week_as_people_type_it_in_both_languages() {
        let usual = WorkingCalendar::usual("UTC").week;
        for text in [
            "Mon-Fri 8:00-12:00,13:00-17:00",
            "Mo–Fr 8–12, 13–17",
            "monday,tuesday,Wed 13:00-17:00,8:00-12:00; Thu-Fri 08.00-12.00,13-17;",
        ] {
            assert_eq!(parse_week(text).as_ref(), Some(&usual), "{text}");
        }
        let weekend = parse_week("Sa-Mo 22-24").unwrap();
        let late = vec![Shift {
            from: 1320,
            to: 1440,
        }];
        assert_eq!((&weekend[0], &weekend[6]), (&late, &late));
        assert!(weekend[1].is_empty());
        for text in [
            "",
            ";",
            "Mon",
            "8-12",
            "Mon 8",
            "Mon 8-25",
            "Mon 8:60-9:00",
            "Moon 8-12",
            "Mon 8-12; Mon 13-17",
            "Mon 8-12 13-17",
            "Mon 8-1٢",
        ] {
            assert_eq!(parse_week(text), None, "{text}");
        }
    }

    #[test]
    fn a_week_that_was_said_can_be_typed_again() {
        let mut week = WorkingCalendar::usual("UTC").week;
        week[2].clear();
        week[5] = vec![Shift { from: 0, to: 1440 }];
        for lang in [Lang::En, Lang::De] {
            let lines = format_week(&week, lang);
            assert_eq!(lines.len(), 3);
            assert_eq!(
                parse_week(&lines.join(";")),
                Some(week.clone()),
                "{lines:?}"
            );
        }
        assert_eq!(
            format_week(&week, Lang::De)[0],
            "Mo–Di 8:00–12:00, 13:00–17:00"
        );
    }

    #[test]
    fn amounts_are_typed_and_said() {
        for (text, minutes) in [
            ("45m", 45),
            ("1h30m", 90),
            ("1 Stunde 30 Minuten", 90),
            ("2d", 960),
            ("0m", 0),
        ] {
            assert_eq!(parse_minutes(text, 480), Some(minutes), "{text}");
        }
        for text in ["", "h", "5", "5x", "-5m", "99999999999m", "9999999d"] {
            assert_eq!(parse_minutes(text, 480), None, "{text}");
        }
        let said = |minutes| format_minutes(minutes, 480, Lang::En);
        assert_eq!(said(90), "1 h 30 min");
        assert_eq!(said(960), "2 days");
        assert_eq!(said(0), "0 min");
    }

    #[test]
    fn nights_pass_midnight() {
        let night = Shift {
            from: 1200,
            to: 420,
        };
        assert_eq!(parse_shift(" 20:00 - 7:00"), Some(night));
        assert_eq!(format_shift(night), "20:00–7:00");
        assert_eq!(parse_shift("24:00-7:00"), None);
    }
}
