//! Rungs that do not ring: past, merged, acknowledged, quiet, crowded out.

use super::*;

#[test]
fn rungs_in_the_past_are_skipped() {
    let (fixture, open_promise) = (
        CompanyFixture::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    let rungs = fixture.told(&open_promise, EVA, at("2026-11-23 10:26"));
    assert_eq!(
        rungs,
        ["2026-11-23 10:30 due", "2026-11-23 10:35 pool-step-in"]
    );
    let now = at("2026-11-23 10:25");
    assert_eq!(
        fixture.ring(&[open_promise], EVA, now)[0].at,
        now,
        "now is not past"
    );
}

#[test]
fn rungs_within_two_minutes_are_one_and_say_so() {
    // Half of twelve minutes is a minute before "five minutes before".
    let (fixture, open_promise) = (
        CompanyFixture::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:12"),
    );
    let rungs = fixture.ring(
        std::slice::from_ref(&open_promise),
        SAM,
        open_promise.told_at,
    );
    assert_eq!(
        (clock(rungs[0].at).as_str(), rungs[0].rung.as_str()),
        ("2026-11-23 10:06", "5-minutes")
    );
    assert!(rungs[0].also.is_empty(), "how much is left is said once");
    assert_eq!(clock(rungs[1].at), "2026-11-23 10:12");

    // What comes just before the date rings on its own, and the date on time.
    let short = callback("2026-11-23 10:00", "2026-11-23 10:03");
    let rungs = fixture.ring(std::slice::from_ref(&short), SAM, short.told_at);
    let half = short.told_at + 90_000;
    assert_eq!((rungs[0].at, rungs[0].rung.as_str()), (half, "half"));
    assert_eq!(
        (clock(rungs[1].at).as_str(), rungs[1].rung.as_str()),
        ("2026-11-23 10:03", "due")
    );
    assert!(rungs[1].also.is_empty(), "how much is left is said once");
}

#[test]
fn who_promises_and_performs_is_rung_once() {
    let (fixture, mut open_promise) = (
        CompanyFixture::new(),
        promise("2026-11-23 10:00", "2026-11-23 15:00"),
    );
    open_promise.promiser = SAM;
    let due: Vec<_> = fixture
        .ring(&[open_promise.clone()], SAM, open_promise.told_at)
        .into_iter()
        .filter(|reminder| reminder.at == open_promise.due_at)
        .collect();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].level, ReminderLevel::Performer);
    assert!(due[0].also.is_empty());
}

fn sees(open_promise: &mut OpenPromise, rung: &str, by: PersonId) {
    open_promise.seen.push(SeenRung {
        rung: format!("{}/{rung}", open_promise.terms),
        by: Some(by),
    });
}

#[test]
fn an_acknowledged_rung_is_silent_with_all_that_it_speaks_for() {
    let fixture = CompanyFixture::new();
    for rung in ["half", "5-minutes"] {
        let mut open_promise = callback("2026-11-23 10:00", "2026-11-23 10:12");
        sees(&mut open_promise, rung, SAM);
        assert_eq!(
            fixture.told(&open_promise, SAM, open_promise.told_at),
            ["2026-11-23 10:12 due", "2026-11-23 10:17 pool-step-in"],
            "{rung}"
        );
        assert_eq!(
            fixture.told(&open_promise, EVA, open_promise.told_at).len(),
            3,
            "Eva has not seen it"
        );
    }
    // Other terms are another ladder.
    let mut open_promise = callback("2026-11-23 10:00", "2026-11-23 10:12");
    sees(&mut open_promise, "due", SAM);
    open_promise.terms = EventId([9; 16]);
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at).len(),
        3
    );
}

#[test]
fn one_of_the_pool_answers_for_all_and_the_office_is_still_there() {
    let (fixture, mut open_promise) = (
        CompanyFixture::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    sees(&mut open_promise, "pool-step-in", EVA);
    let now = at("2026-11-23 10:31");
    assert!(fixture.told(&open_promise, SAM, now).is_empty());
    assert_eq!(
        fixture.told(&open_promise, OFFICE, now),
        ["2026-11-23 10:45 office-step-in"]
    );
}

#[test]
fn who_takes_it_silences_the_rest() {
    let (fixture, mut open_promise) = (
        CompanyFixture::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    open_promise.performer = Performer::Person { person: EVA };
    open_promise.stage = WorkStage::Accepted;
    // Taken in time and forgotten: the others step in.
    open_promise.taken_at = Some(at("2026-11-23 10:10"));
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at),
        ["2026-11-23 10:35 pool-step-in"]
    );
    // Taken after the date: Eva is on it.
    open_promise.taken_at = Some(at("2026-11-23 10:31"));
    assert!(
        fixture
            .told(&open_promise, SAM, at("2026-11-23 10:31"))
            .is_empty()
    );
}

#[test]
fn what_was_done_and_is_disputed_rings_nobody() {
    let (fixture, mut open_promise) = (
        CompanyFixture::new(),
        promise("2026-11-23 10:00", "2026-11-23 15:00"),
    );
    open_promise.stage = WorkStage::Disputed;
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at).len(),
        3
    );
    open_promise.done = true;
    for person in [SAM, ANN, OFFICE] {
        assert!(
            fixture
                .told(&open_promise, person, open_promise.told_at)
                .is_empty()
        );
    }
}

#[test]
fn quiet_hours_pass_midnight_and_callbacks_ignore_them() {
    let mut fixture = CompanyFixture::new();
    fixture.quiet(SAM, 20 * 60, 7 * 60);
    let night = promise("2026-11-23 17:00", "2026-11-24 06:00");
    assert_eq!(
        fixture.told(&night, SAM, night.told_at),
        ["2026-11-24 07:00 due"],
    );
    let cluster = &fixture.ring(std::slice::from_ref(&night), SAM, night.told_at)[0];
    assert!(cluster.also.is_empty(), "how much was left is no news");
    let evening = promise("2026-11-23 17:00", "2026-11-23 21:00");
    assert_eq!(
        fixture.told(&evening, SAM, evening.told_at)[1],
        "2026-11-24 07:00 due"
    );
    let urgent = callback("2026-11-23 22:00", "2026-11-23 22:30");
    assert_eq!(
        fixture.told(&urgent, SAM, urgent.told_at)[..3],
        [
            "2026-11-23 22:15 half",
            "2026-11-23 22:25 5-minutes",
            "2026-11-23 22:30 due",
        ]
    );
    // Quiet hours of a whole day count as none.
    fixture.quiet(SAM, 0, 1440);
    assert_eq!(
        fixture.told(&night, SAM, night.told_at)[0],
        "2026-11-24 04:00 2-hours"
    );
}

#[test]
fn quiet_hours_are_on_the_clock_of_the_device() {
    let mut fixture = CompanyFixture::new();
    fixture.quiet(SAM, 20 * 60, 7 * 60);
    let open_promise = promise("2026-11-23 10:00", "2026-11-23 15:00");
    let recipient = Recipient {
        person: SAM,
        zone: "America/New_York",
        now: open_promise.told_at,
        horizon: DAY_MS,
    };
    // 13:00 in Berlin is 7:00 in New York, and 12:59 is not yet.
    let rungs = due_reminders(&[open_promise], &recipient, &fixture.rules(recipient.now));
    assert_eq!(clock(rungs[0].at), "2026-11-23 13:00");
    let open_promise = promise("2026-11-23 10:00", "2026-11-23 14:59");
    let rungs = due_reminders(&[open_promise], &recipient, &fixture.rules(recipient.now));
    assert_eq!(
        (clock(rungs[0].at).as_str(), rungs[0].rung.as_str()),
        ("2026-11-23 13:00", "2-hours")
    );
}

#[test]
fn sixty_four_are_armed_and_eight_of_them_are_the_callbacks() {
    let fixture = CompanyFixture::new();
    let many = |count: u8, hours: i64, make: &dyn Fn() -> OpenPromise| -> Vec<OpenPromise> {
        (0..count)
            .map(|number| {
                let mut open_promise = make();
                open_promise.id = DocId([number; 16]);
                open_promise.terms = EventId([number; 16]);
                open_promise.due_at += hours * HOUR;
                open_promise.told_at += hours * HOUR;
                open_promise
            })
            .collect()
    };
    let now = at("2026-11-23 10:00");
    let fix = || promise("2026-11-23 10:00", "2026-11-23 15:00");
    let call = || callback("2026-11-23 10:00", "2026-11-23 10:30");
    let fixes = fixture.ring(&many(40, 0, &fix), SAM, now);
    let later_calls = fixture.ring(&many(10, 24, &call), SAM, now);
    assert!(fixes.len() > 64 && later_calls.len() > 8);

    let armed = reminders_to_arm([later_calls.clone(), fixes.clone()].concat());
    assert_eq!(armed.len(), MAX_ARMED);
    assert_eq!(
        armed.iter().filter(|reminder| reminder.callback).count(),
        RESERVED_FOR_CALLBACKS
    );
    assert!(armed.is_sorted_by_key(|reminder| reminder.at));
    assert_eq!(
        reminders_to_arm(fixes.clone()).len(),
        MAX_ARMED - RESERVED_FOR_CALLBACKS
    );
    // Callbacks that come first take open slots as well.
    let calls = fixture.ring(&many(20, 0, &call), SAM, now);
    let calls_before: Vec<_> = calls.into_iter().take(60).collect();
    let armed = reminders_to_arm([fixes, calls_before].concat());
    assert_eq!(armed.len(), MAX_ARMED);
    assert_eq!(
        armed.iter().filter(|reminder| reminder.callback).count(),
        60
    );
}
