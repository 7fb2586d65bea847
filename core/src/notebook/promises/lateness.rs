//! The lateness of a promise, as people count: minutes and hours of a day, then days of its kind's time base.

use jiff::civil::Date;

use crate::language::Message;
use crate::model::company::Company;
use crate::model::promise::{Facts, OpenPromise};
use crate::model::time::{Millis, zoned};

/// The longest lateness whose working days are counted, in days.
const MAX_DAYS: usize = 3660;

/// A date that is owed, with the way in which lateness for it is counted.
#[derive(Clone, Copy, Debug)]
pub(in crate::notebook) struct OwedDate<'a> {
    /// The owed instant, in milliseconds since the epoch.
    at: Millis,
    /// The zone of its place.
    zone: &'a str,
    /// True if its kind counted working time when it was promised.
    working_time: bool,
}

impl<'a> From<&'a Facts> for OwedDate<'a> {
    fn from(facts: &'a Facts) -> Self {
        Self {
            at: facts.owed.due_at,
            zone: &facts.owed.due.zone,
            working_time: facts.made.rules.working_time,
        }
    }
}

impl<'a> From<&'a OpenPromise> for OwedDate<'a> {
    fn from(open_promise: &'a OpenPromise) -> Self {
        Self {
            at: open_promise.owed_at,
            zone: &open_promise.owed_zone,
            working_time: open_promise.working_time,
        }
    }
}

/// Returns the words for a promise that is `late_ms` past its owed date at `now`, in milliseconds; none for 0.
///
/// From a day of the clocks of its place on, a kind that counts working time is late by the working days that began
/// since; every other by days of the calendar.
pub(in crate::notebook) fn lateness_message<'a>(
    owed: impl Into<OwedDate<'a>>,
    late_ms: i64,
    now: Millis,
    company: &Company,
) -> Option<Message> {
    if late_ms <= 0 {
        return None;
    }
    let span = Message::new("state-late-still-to-do").number("late", late_ms);
    let OwedDate {
        at,
        zone,
        working_time,
    } = owed.into();
    let (Ok(due), Ok(seen)) = (zoned(at, zone), zoned(now, zone)) else {
        return Some(span);
    };
    let is_over = due.tomorrow().is_ok_and(|next| next <= seen);
    if !is_over {
        return Some(span);
    }
    let (owed, today) = (due.date(), seen.date());
    if !working_time {
        let days = owed.duration_until(today).as_hours() / 24;
        return Some(Message::new("state-late-days").number("count", days));
    }
    let working = company.working_time_at(zone);
    let days = owed
        .series(jiff::Span::new().days(1))
        .skip(1)
        .take(MAX_DAYS);
    let days = days.take_while(|day: &Date| *day <= today);
    let worked = days.filter(|day| !working.shifts(*day).is_empty()).count();
    Some(match i64::try_from(worked) {
        Ok(0) => Message::new("state-late-no-working-day"),
        Ok(count) => Message::new("state-late-working-days").number("count", count),
        Err(_) => span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lang, message_text};

    fn ms(text: &str) -> Millis {
        text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }

    /// Returns the sentences on something due at one moment and seen at another, with and without working time.
    fn said(due: &str, seen: &str) -> [String; 2] {
        let (at, now) = (ms(due), ms(seen));
        [true, false].map(|working_time| {
            let owed = OwedDate {
                at,
                zone: "Europe/Berlin",
                working_time,
            };
            let words = lateness_message(owed, now - at, now, &Company::default()).unwrap();
            let text = message_text(&words, Lang::En);
            text.strip_suffix(", still to do").unwrap().to_owned()
        })
    }

    #[test]
    fn lateness_is_counted_as_people_count() {
        // Thursday, 16:00 in Berlin.
        let thursday = "2026-11-26T15:00:00Z";
        for (seen, working, calendar) in [
            ("2026-11-26T15:06:00Z", "6 min late", "6 min late"),
            ("2026-11-26T22:00:00Z", "7 h late", "7 h late"),
            ("2026-11-27T07:30:00Z", "16 h late", "16 h late"),
            ("2026-11-27T15:00:00Z", "1 working day late", "1 day late"),
            ("2026-11-28T09:00:00Z", "1 working day late", "2 days late"),
            ("2026-11-29T23:30:00Z", "2 working days late", "4 days late"),
            ("2026-11-30T08:00:00Z", "2 working days late", "4 days late"),
        ] {
            assert_eq!(said(thursday, seen), [working, calendar], "{seen}");
        }
        // Friday noon: the weekend has no working hours.
        let friday = "2026-11-27T11:00:00Z";
        let weekend = "Late since the last working day";
        assert_eq!(
            said(friday, "2026-11-28T11:30:00Z"),
            [weekend, "1 day late"]
        );
        let monday = ["1 working day late", "3 days late"];
        assert_eq!(said(friday, "2026-11-30T08:00:00Z"), monday);
        // A day of the clock has 25 hours in one night, and 23 in another.
        let said_of = |due, seen| said(due, seen)[1].clone();
        let autumn = "2026-10-24T10:00:00Z";
        assert_ne!(said_of(autumn, "2026-10-25T10:30:00Z"), "2 days late");
        assert_eq!(said_of(autumn, "2026-10-25T11:00:00Z"), "1 day late");
        let spring = "2026-03-28T11:00:00Z";
        assert_eq!(said_of(spring, "2026-03-29T09:59:00Z"), "22 h late");
        assert_eq!(said_of(spring, "2026-03-29T10:00:00Z"), "1 day late");
    }
}
