//! Clocks and calendars that do not do what one expects.

use super::*;

fn first(fixture: &CompanyFixture, open_promise: &OpenPromise, rung: &str) -> String {
    let rings = fixture.ring(
        std::slice::from_ref(open_promise),
        SAM,
        open_promise.told_at,
    );
    let found = rings.iter().find(|reminder| reminder.rung == rung);
    clock(
        found
            .unwrap_or_else(|| panic!("no {rung} in {rings:#?}"))
            .at,
    )
}

#[test]
fn the_day_before_the_first_of_a_month_is_the_last_of_another() {
    let fixture = CompanyFixture::new();
    for (told, due, before) in [
        ("2026-11-27 10:00", "2026-12-01 15:00", "2026-11-30 08:30"),
        ("2026-12-29 10:00", "2027-01-01 15:00", "2026-12-31 08:30"),
        ("2027-02-26 10:00", "2027-03-01 15:00", "2027-02-28 08:30"),
        ("2028-02-26 10:00", "2028-03-01 15:00", "2028-02-29 08:30"),
        ("2028-02-26 10:00", "2028-02-29 15:00", "2028-02-28 08:30"),
    ] {
        assert_eq!(first(&fixture, &promise(told, due), "day-before"), before);
    }
    for (told, due, before) in [
        ("2027-02-01 10:00", "2027-03-02 15:00", "2027-02-27 15:00"),
        ("2028-02-01 10:00", "2028-03-02 15:00", "2028-02-28 15:00"),
    ] {
        assert_eq!(first(&fixture, &promise(told, due), "3-days"), before);
    }
}

#[test]
fn days_before_keep_the_clock_when_it_changes() {
    let fixture = CompanyFixture::new();
    // Clocks spring forward on 29 March and fall back on 25 October.
    for (told, due, before) in [
        ("2027-03-10 10:00", "2027-03-29 15:00", "2027-03-28 15:00"),
        ("2026-10-01 10:00", "2026-10-26 15:00", "2026-10-25 15:00"),
        // 2:30 does not exist on 28 March 2027: the moment after counts.
        ("2027-03-10 10:00", "2027-03-29 02:30", "2027-03-28 03:30"),
    ] {
        assert_eq!(first(&fixture, &promise(told, due), "1-day"), before);
    }
    // Two hours before are two hours, whatever the clock says.
    let open_promise = promise("2027-03-27 20:00", "2027-03-28 04:00");
    assert_eq!(
        first(&fixture, &open_promise, "2-hours"),
        "2027-03-28 01:00"
    );
    let open_promise = promise("2026-10-24 20:00", "2026-10-25 04:00");
    assert_eq!(
        first(&fixture, &open_promise, "2-hours"),
        "2026-10-25 02:00"
    );
}

#[test]
fn quiet_hours_end_once_where_the_clock_comes_twice_or_not_at_all() {
    let mut fixture = CompanyFixture::new();
    fixture.quiet(SAM, 22 * 60, 2 * 60 + 30);
    // 1:00 in the night when the hour from 2:00 comes twice: quiet ends with the second 2:30.
    let fold = promise("2026-10-24 20:00", "2026-10-25 01:00");
    let rings = fixture.ring(std::slice::from_ref(&fold), SAM, fold.told_at);
    let (at_due, second) = (rings[0].at, at_in("2026-10-25 01:30", "UTC"));
    assert_eq!(at_due, second);
    // The hour from 2:00 is skipped: quiet ends at 3:30, an hour after what would have been 2:30.
    let gap = promise("2027-03-27 20:00", "2027-03-28 01:00");
    let rings = fixture.ring(std::slice::from_ref(&gap), SAM, gap.told_at);
    assert_eq!(clock(rings[0].at), "2027-03-28 03:30");
}

#[test]
fn the_date_keeps_the_zone_of_its_place_when_people_travel() {
    let fixture = CompanyFixture::new();
    let due_at = at_in("2026-11-26 15:00", "America/New_York");
    let open_promise = OpenPromise {
        due: Due::at(due_at, "America/New_York").unwrap(),
        due_at,
        ..promise("2026-11-23 10:00", "2026-11-26 15:00")
    };
    for zone in ["Europe/Berlin", "Asia/Tokyo", "no zone at all"] {
        let recipient = Recipient {
            person: SAM,
            zone,
            now: open_promise.told_at,
            horizon: 30 * DAY_MS,
        };
        let rings = due_reminders(
            std::slice::from_ref(&open_promise),
            &recipient,
            &fixture.rules(recipient.now),
        );
        let day_before = rings.iter().find(|reminder| reminder.rung == "day-before");
        assert_eq!(
            day_before.unwrap().at,
            at_in("2026-11-25 08:30", "America/New_York"),
            "{zone}"
        );
    }
}

#[test]
fn an_absence_moves_when_work_must_begin() {
    let mut fixture = CompanyFixture::new();
    let open_promise = promise("2026-11-23 10:00", "2026-11-26 09:00");
    fixture
        .company
        .handbook
        .kinds
        .get_mut("fix")
        .unwrap()
        .effort_minutes = 100;
    let mut hours = WorkingCalendar::usual(BERLIN);
    hours.closed = vec!["2026-11-25".into()];
    let says = ColleagueProfile {
        hours: Some(hours),
        ..ColleagueProfile::default()
    };
    fixture.company.people.insert(SAM, says);
    assert_eq!(
        first(&fixture, &open_promise, "start-by"),
        "2026-11-24 16:00"
    );
}

#[test]
fn a_calendar_without_hours_rings_the_rest_of_the_ladder() {
    let mut fixture = CompanyFixture::new();
    let mut hours = WorkingCalendar::usual(BERLIN);
    hours.week = vec![vec![]; 7];
    fixture.company.handbook.hours = Some(hours);
    let open_promise = promise("2026-11-23 10:00", "2026-11-26 09:00");
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at),
        ["2026-11-25 08:30 day-before", "2026-11-26 09:00 due"]
    );
}
