//! Rungs that do not ring: past, merged, acknowledged, quiet, crowded out.

use super::*;

#[test]
fn rungs_in_the_past_are_skipped() {
    let (house, gist) = (
        House::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    let rungs = house.told(&gist, EVA, at("2026-11-23 10:26"));
    assert_eq!(
        rungs,
        ["2026-11-23 10:30 due", "2026-11-23 10:35 pool-step-in"]
    );
    let now = at("2026-11-23 10:25");
    assert_eq!(house.ring(&[gist], EVA, now)[0].at, now, "now is not past");
}

#[test]
fn rungs_within_two_minutes_are_one_and_say_so() {
    // Half of twelve minutes is a minute before "five minutes before".
    let (house, gist) = (
        House::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:12"),
    );
    let rungs = house.ring(std::slice::from_ref(&gist), SAM, gist.told_at);
    assert_eq!(
        (clock(rungs[0].at).as_str(), rungs[0].rung.as_str()),
        ("2026-11-23 10:06", "5-minutes")
    );
    assert!(rungs[0].also.is_empty(), "how much is left is said once");
    assert_eq!(clock(rungs[1].at), "2026-11-23 10:12");

    // The date itself rings on time, whatever it speaks for.
    let short = callback("2026-11-23 10:00", "2026-11-23 10:03");
    let rungs = house.ring(std::slice::from_ref(&short), SAM, short.told_at);
    assert_eq!(
        (clock(rungs[0].at).as_str(), rungs[0].rung.as_str()),
        ("2026-11-23 10:03", "due")
    );
    assert!(rungs[0].also.is_empty(), "how much is left is said once");
}

#[test]
fn who_promises_and_performs_is_rung_once() {
    let (house, mut gist) = (
        House::new(),
        promise("2026-11-23 10:00", "2026-11-23 15:00"),
    );
    gist.promiser = SAM;
    let due: Vec<_> = house
        .ring(&[gist.clone()], SAM, gist.told_at)
        .into_iter()
        .filter(|reminder| reminder.at == gist.due_at)
        .collect();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].level, ReminderLevel::Performer);
    assert!(due[0].also.is_empty());
}

fn sees(gist: &mut Gist, rung: &str, by: PersonId) {
    gist.seen.push(Seen {
        rung: format!("{}/{rung}", gist.terms),
        by: Some(by),
    });
}

#[test]
fn an_acknowledged_rung_is_silent_with_all_that_it_speaks_for() {
    let house = House::new();
    for rung in ["half", "5-minutes"] {
        let mut gist = callback("2026-11-23 10:00", "2026-11-23 10:12");
        sees(&mut gist, rung, SAM);
        assert_eq!(
            house.told(&gist, SAM, gist.told_at),
            ["2026-11-23 10:12 due", "2026-11-23 10:17 pool-step-in"],
            "{rung}"
        );
        assert_eq!(
            house.told(&gist, EVA, gist.told_at).len(),
            3,
            "Eva has not seen it"
        );
    }
    // Other terms are another ladder.
    let mut gist = callback("2026-11-23 10:00", "2026-11-23 10:12");
    sees(&mut gist, "due", SAM);
    gist.terms = EventId([9; 16]);
    assert_eq!(house.told(&gist, SAM, gist.told_at).len(), 3);
}

#[test]
fn one_of_the_pool_answers_for_all_and_the_office_is_still_there() {
    let (house, mut gist) = (
        House::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    sees(&mut gist, "pool-step-in", EVA);
    let now = at("2026-11-23 10:31");
    assert!(house.told(&gist, SAM, now).is_empty());
    assert_eq!(
        house.told(&gist, OFFICE, now),
        ["2026-11-23 10:45 office-step-in"]
    );
}

#[test]
fn who_takes_it_silences_the_rest() {
    let (house, mut gist) = (
        House::new(),
        callback("2026-11-23 10:00", "2026-11-23 10:30"),
    );
    gist.performer = Performer::Person { person: EVA };
    gist.stage = Stage::Accepted;
    // Taken in time and forgotten: the others step in.
    gist.taken_at = Some(at("2026-11-23 10:10"));
    assert_eq!(
        house.told(&gist, SAM, gist.told_at),
        ["2026-11-23 10:35 pool-step-in"]
    );
    // Taken after the date: Eva is on it.
    gist.taken_at = Some(at("2026-11-23 10:31"));
    assert!(house.told(&gist, SAM, at("2026-11-23 10:31")).is_empty());
}

#[test]
fn what_was_done_and_is_disputed_rings_nobody() {
    let (house, mut gist) = (
        House::new(),
        promise("2026-11-23 10:00", "2026-11-23 15:00"),
    );
    gist.stage = Stage::Disputed;
    assert_eq!(house.told(&gist, SAM, gist.told_at).len(), 3);
    gist.done = true;
    for person in [SAM, ANN, OFFICE] {
        assert!(house.told(&gist, person, gist.told_at).is_empty());
    }
}

#[test]
fn quiet_hours_pass_midnight_and_callbacks_ignore_them() {
    let mut house = House::new();
    house.quiet(SAM, 20 * 60, 7 * 60);
    let night = promise("2026-11-23 17:00", "2026-11-24 06:00");
    assert_eq!(
        house.told(&night, SAM, night.told_at),
        ["2026-11-24 07:00 due"],
    );
    let merged = &house.ring(std::slice::from_ref(&night), SAM, night.told_at)[0];
    assert!(merged.also.is_empty(), "how much was left is no news");
    let evening = promise("2026-11-23 17:00", "2026-11-23 21:00");
    assert_eq!(
        house.told(&evening, SAM, evening.told_at)[1],
        "2026-11-24 07:00 due"
    );
    let urgent = callback("2026-11-23 22:00", "2026-11-23 22:30");
    assert_eq!(
        house.told(&urgent, SAM, urgent.told_at)[..3],
        [
            "2026-11-23 22:15 half",
            "2026-11-23 22:25 5-minutes",
            "2026-11-23 22:30 due",
        ]
    );
    // Quiet hours of a whole day count as none.
    house.quiet(SAM, 0, 1440);
    assert_eq!(
        house.told(&night, SAM, night.told_at)[0],
        "2026-11-24 04:00 2-hours"
    );
}

#[test]
fn quiet_hours_are_on_the_clock_of_the_device() {
    let mut house = House::new();
    house.quiet(SAM, 20 * 60, 7 * 60);
    let gist = promise("2026-11-23 10:00", "2026-11-23 15:00");
    let seat = Seat {
        person: SAM,
        zone: "America/New_York",
        now: gist.told_at,
        horizon: DAY_MS,
    };
    // 13:00 in Berlin is 7:00 in New York, and 12:59 is not yet.
    let rungs = due_reminders(&[gist], &seat, &house.rules());
    assert_eq!(clock(rungs[0].at), "2026-11-23 13:00");
    let gist = promise("2026-11-23 10:00", "2026-11-23 14:59");
    let rungs = due_reminders(&[gist], &seat, &house.rules());
    assert_eq!(
        (clock(rungs[0].at).as_str(), rungs[0].rung.as_str()),
        ("2026-11-23 13:00", "2-hours")
    );
}

#[test]
fn sixty_four_are_armed_and_eight_of_them_are_the_callbacks() {
    let house = House::new();
    let many = |count: u8, hours: i64, make: &dyn Fn() -> Gist| -> Vec<Gist> {
        (0..count)
            .map(|number| {
                let mut gist = make();
                gist.id = DocId([number; 16]);
                gist.terms = EventId([number; 16]);
                gist.due_at += hours * HOUR;
                gist.told_at += hours * HOUR;
                gist
            })
            .collect()
    };
    let now = at("2026-11-23 10:00");
    let fix = || promise("2026-11-23 10:00", "2026-11-23 15:00");
    let call = || callback("2026-11-23 10:00", "2026-11-23 10:30");
    let fixes = house.ring(&many(40, 0, &fix), SAM, now);
    let later_calls = house.ring(&many(10, 24, &call), SAM, now);
    assert!(fixes.len() > 64 && later_calls.len() > 8);

    let armed = arm([later_calls.clone(), fixes.clone()].concat());
    assert_eq!(armed.len(), WINDOW);
    assert_eq!(
        armed.iter().filter(|reminder| reminder.callback).count(),
        CALLBACK_SLOTS
    );
    assert!(armed.is_sorted_by_key(|reminder| reminder.at));
    assert_eq!(arm(fixes.clone()).len(), WINDOW - CALLBACK_SLOTS);
    // Callbacks that come first take open slots as well.
    let calls = house.ring(&many(20, 0, &call), SAM, now);
    let calls_before: Vec<_> = calls.into_iter().take(60).collect();
    let armed = arm([fixes, calls_before].concat());
    assert_eq!(armed.len(), WINDOW);
    assert_eq!(
        armed.iter().filter(|reminder| reminder.callback).count(),
        60
    );
}
