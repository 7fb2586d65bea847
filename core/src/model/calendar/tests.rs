//! Working time: holidays, closed days, clocks that change, and the closed form against counting day by day.

use proptest::prelude::*;

use super::*;
use crate::model::time::DAY_MS;

fn at(text: &str) -> Millis {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

fn berlin() -> WorkingTime {
    let calendar = WorkingCalendar::usual("Europe/Berlin");
    WorkingTime::new(&calendar, &["2026-12-25".into()]).unwrap()
}

#[test]
fn nights_weekends_and_holidays_do_not_count() {
    // Thursday 24 December 16:00 to Monday 28 December 9:00, over a holiday and a weekend.
    let (from, to) = (at("2026-12-24T15:00:00Z"), at("2026-12-28T08:00:00Z"));
    assert_eq!(berlin().minutes(from, to), 120);
    assert_eq!(berlin().minutes(to, from), -120);
    assert_eq!(berlin().after(from, 120), Some(to));
    assert_eq!(berlin().before(to, 120), Some(from));
}

#[test]
fn a_closed_day_ends_with_the_working_day_before() {
    let end_of_day = |date: &str| berlin().end_of_day(date.parse().unwrap()).unwrap();
    assert_eq!(end_of_day("2026-12-23").date, "2026-12-23");
    let friday = end_of_day("2026-12-27");
    assert_eq!((friday.date.as_str(), friday.of_day), ("2026-12-24", 1020));
}

#[test]
fn a_night_shift_is_an_hour_shorter_when_the_clocks_spring_forward() {
    let mut calendar = WorkingCalendar::usual("Europe/Berlin");
    calendar.week = vec![vec![Shift { from: 0, to: 360 }]; 7];
    let night = WorkingTime::new(&calendar, &[]).unwrap();
    let minutes = |from: &str, to: &str| night.minutes(at(from), at(to));
    assert_eq!(minutes("2026-03-28T20:00:00Z", "2026-03-29T10:00:00Z"), 300);
    assert_eq!(minutes("2026-10-24T20:00:00Z", "2026-10-25T10:00:00Z"), 420);
}

#[test]
fn a_calendar_that_makes_no_sense_says_why() {
    let mut calendar = WorkingCalendar::usual("Europe/Berlin");
    calendar.week[0].reverse();
    assert!(matches!(
        WorkingTime::new(&calendar, &[]),
        Err(CalendarError::Shift { .. })
    ));
    calendar.week.pop();
    assert_eq!(
        WorkingTime::new(&calendar, &[]).unwrap_err(),
        CalendarError::Week(6)
    );
    let nowhere = WorkingCalendar::usual("Europe/Nowhere");
    assert!(matches!(
        WorkingTime::new(&nowhere, &[]),
        Err(CalendarError::Time(DueError::Zone(_)))
    ));
}

#[test]
fn a_calendar_without_hours_never_ends_a_search() {
    let mut calendar = WorkingCalendar::usual("UTC");
    calendar.week = vec![vec![]; 7];
    let never = WorkingTime::new(&calendar, &[]).unwrap();
    assert_eq!(never.after(0, 1), None);
    assert_eq!(never.before(0, 1), None);
    assert_eq!(never.end_of_day("2026-01-01".parse().unwrap()), None);
}

/// Working minutes counted day by day, which is plain to see and slow.
fn day_by_day(calendar: &WorkingTime, from: Millis, to: Millis) -> i64 {
    let mut worked = 0;
    let mut day = calendar.date(from).unwrap();
    let last = calendar.date(to).unwrap();
    while day <= last {
        for (begins, ends) in calendar.spans(day) {
            worked += ends.min(to).saturating_sub(begins.max(from)).max(0);
        }
        day = day.tomorrow().unwrap();
    }
    worked / 60_000
}

/// Weeks of any shape, nights included.
fn weeks() -> impl Strategy<Value = Vec<Vec<Shift>>> {
    let day = prop::collection::btree_set(0_u16..=1440, 0..6).prop_map(|minutes| {
        let minutes: Vec<u16> = minutes.into_iter().collect();
        let pairs = minutes.chunks_exact(2);
        pairs
            .map(|pair| Shift {
                from: pair[0],
                to: pair[1],
            })
            .collect()
    });
    prop::collection::vec(day, 7)
}

/// Places whose clocks do everything that clocks do: half an hour, at midnight, a whole day at once.
const ZONES: [&str; 9] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kolkata",
];

proptest! {
    #[test]
    fn the_closed_form_is_what_counting_day_by_day_gives(
        week in weeks(),
        zone in prop::sample::select(&ZONES[..]),
        closed in prop::collection::vec(0_i64..400, 0..6),
        from in 0_i64..366 * 24 * 60,
        length in 0_i64..300 * 24 * 60,
        year in 1971_i16..2098,
    ) {
        let begin = Date::new(year, 1, 1).unwrap();
        let closed = closed.iter().map(|days| {
            begin.checked_add(jiff::Span::new().days(*days)).unwrap().to_string()
        });
        let calendar = WorkingCalendar { zone: zone.into(), week, closed: closed.collect() };
        let calendar = WorkingTime::new(&calendar, &[]).unwrap();
        let start = instant_on_clock(&TimeZone::UTC, begin, 0).unwrap();
        let from = start + from * 60_000 + 17_000;
        let to = from + length * 60_000 + 29_000;
        let counted = day_by_day(&calendar, from, to);
        prop_assert_eq!(calendar.minutes(from, to), counted);
        prop_assert_eq!(calendar.minutes(to, from), -counted);
        // And back: the lead that was counted leads to an instant until which as much was worked.
        if let Some(at) = calendar.after(from, counted) {
            prop_assert_eq!(calendar.minutes(from, at), counted);
            prop_assert!(counted == 0 || at <= to);
        }
    }
}

#[test]
fn a_day_that_a_place_skipped_has_no_hours() {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    let mut calendar = WorkingCalendar::usual("Pacific/Apia");
    calendar.week = vec![
        vec![Shift {
            from: 480,
            to: 1020
        }];
        7
    ];
    let samoa = WorkingTime::new(&calendar, &[]).unwrap();
    let (from, to) = (at("2011-12-29T10:00:00Z"), at("2011-12-31T10:00:00Z"));
    assert_eq!(samoa.minutes(from, to), 2 * 540);
}

#[test]
fn leads_pass_month_ends_and_leap_days() {
    let usual = berlin();
    // Monday 28 February 2028 at noon: 29 February is a Tuesday of that year.
    let from = at("2028-02-28T11:00:00Z");
    assert_eq!(usual.minutes(from, at("2028-03-01T11:00:00Z")), 960);
    assert_eq!(usual.after(from, 960), Some(at("2028-03-01T11:00:00Z")));
    // The same days of 2027 have no 29th between: Friday, weekend, Monday.
    let from = at("2027-02-26T11:00:00Z");
    assert_eq!(usual.after(from, 480), Some(at("2027-03-01T11:00:00Z")));
}

#[test]
fn somebody_who_travels_counts_by_the_clock_of_their_calendar() {
    // The same eight hours of a Tuesday: the whole day of who works in Berlin, its end in New York's morning.
    let new_york = WorkingTime::new(&WorkingCalendar::usual("America/New_York"), &[]).unwrap();
    let (from, to) = (at("2026-11-24T07:00:00Z"), at("2026-11-24T16:00:00Z"));
    assert_eq!(
        (berlin().minutes(from, to), new_york.minutes(from, to)),
        (480, 180)
    );
}

#[test]
fn a_date_is_the_first_working_day_that_ends_late_enough() {
    let day = |text: &str| berlin().day_ending_by(at(text)).unwrap();
    assert_eq!(day("2026-11-24T16:00:00Z").date, "2026-11-24");
    assert_eq!(day("2026-11-24T16:00:01Z").date, "2026-11-25");
    let after_christmas = day("2026-12-24T16:30:00Z");
    assert_eq!(after_christmas.date, "2026-12-28");
    assert_eq!(
        after_christmas.instant().unwrap(),
        at("2026-12-28T16:00:00Z")
    );
    let mut calendar = WorkingCalendar::usual("UTC");
    calendar.week = vec![vec![]; 7];
    assert_eq!(
        WorkingTime::new(&calendar, &[])
            .unwrap()
            .day_ending_by(DAY_MS),
        None
    );
}

#[test]
fn the_next_working_day_may_be_days_away() {
    // Thursday 24 December 16:00; Friday is a holiday, then comes the weekend.
    let thursday = at("2026-12-24T15:00:00Z");
    let monday = at("2026-12-28T07:00:00Z");
    assert_eq!(berlin().next_opening_after(thursday), Some(monday));
    let later = Some(at("2026-12-28T15:00:00Z"));
    assert_eq!(berlin().next_working_day(thursday), later);
    // Wednesday 20:00: on Thursday no one works at that hour, nor on the days after.
    let evening = at("2026-12-23T19:00:00Z");
    assert_eq!(berlin().next_working_day(evening), Some(monday));
    let mut calendar = WorkingCalendar::usual("UTC");
    calendar.week = vec![vec![]; 7];
    let never = WorkingTime::new(&calendar, &[]).unwrap();
    assert_eq!(
        (never.next_opening_after(0), never.next_working_day(0)),
        (None, None)
    );
}
