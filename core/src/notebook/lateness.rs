//! How late a promise is, as people count: minutes and hours of a day, then days of its kind's time base.

use jiff::civil::Date;

use crate::model::colleague::Company;
use crate::model::promise::Facts;
use crate::model::time::{DAY_MS, Millis, zoned};
use crate::words::Words;

/// The longest lateness whose working days are counted, in days.
const LONGEST: usize = 3660;

/// The words for a promise that is `late_ms` past its owed date at `now`, in milliseconds; none where that is 0.
///
/// From a day on, a kind that counts working time is late by the working days that began since, at its place;
/// every other by days of the calendar.
pub(super) fn late_words(
    facts: &Facts,
    late_ms: i64,
    now: Millis,
    company: &Company,
) -> Option<Words> {
    let span = Words::new("state-late-still-to-do").number("late", late_ms);
    match late_ms {
        ..=0 => return None,
        1..DAY_MS => return Some(span),
        _ => {}
    }
    let zone = &facts.owed.due.zone;
    let date = |at| zoned(at, zone).ok().map(|at| at.date());
    let (Some(owed), Some(today)) = (date(facts.owed.due_at), date(now)) else {
        return Some(span);
    };
    if !facts.made.rules.working_time {
        let days = owed.duration_until(today).as_hours() / 24;
        return Some(Words::new("state-late-days").number("count", days));
    }
    let working = company.working_time_at(zone);
    let days = owed.series(jiff::Span::new().days(1)).skip(1).take(LONGEST);
    let days = days.take_while(|day: &Date| *day <= today);
    let worked = days.filter(|day| !working.shifts(*day).is_empty()).count();
    Some(match i64::try_from(worked) {
        Ok(0) => Words::new("state-late-no-working-day"),
        Ok(count) => Words::new("state-late-working-days").number("count", count),
        Err(_) => span,
    })
}
