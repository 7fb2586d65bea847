//! The calls of a promise that was escalated: to the pool that steps in, then to the office.

use super::*;

/// The calls of a promise at a moment: "pool-step-in Eva".
fn called(fixture: &CompanyFixture, open_promise: &OpenPromise, now: &str) -> Vec<String> {
    let promises = std::slice::from_ref(open_promise);
    let calls = calls(promises, &fixture.rules(at(now))).into_iter();
    let name = |who: &PersonId| fixture.registry.name(*who).unwrap().to_owned();
    calls
        .map(|call| {
            let people: Vec<String> = call.people.iter().map(name).collect();
            format!("{} {}", call.reminder.rung, people.join(" "))
        })
        .collect()
}

fn for_sam(told: &str, due: &str) -> OpenPromise {
    OpenPromise {
        performer: Performer::Person { person: SAM },
        pool: None,
        stage: WorkStage::Accepted,
        ..callback(told, due)
    }
}

#[test]
fn the_pool_of_whoever_has_it_is_called_and_ten_minutes_later_the_office() {
    let fixture = CompanyFixture::new();
    let open_promise = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    let none: [&str; 0] = [];
    assert_eq!(called(&fixture, &open_promise, "2026-11-25 10:34"), none);
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-25 10:35"),
        ["pool-step-in Eva"]
    );
    let both = ["office-step-in Mia", "pool-step-in Eva"];
    assert_eq!(called(&fixture, &open_promise, "2026-11-25 10:45"), both);
    let call = &calls(&[open_promise], &fixture.rules(at("2026-11-25 10:35")))[0];
    assert_eq!(call.pools, [pool()]);
    assert_eq!(call.reminder.level, ReminderLevel::Pool);
    assert!(!call.reminder.renegotiate);
    assert_eq!(clock(call.reminder.at), "2026-11-25 10:35");
    // Of a pool of which none took it, all are called; two days later none any more.
    let open_promise = callback("2026-11-25 10:00", "2026-11-25 10:30");
    let everybody = ["pool-step-in Sam Eva"];
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-25 10:40"),
        everybody
    );
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-27 10:31"),
        ["office-step-in Mia"]
    );
}

#[test]
fn who_acknowledges_speaks_for_their_level_and_who_takes_it_for_the_pool() {
    let fixture = CompanyFixture::new();
    let now = "2026-11-25 10:50";
    let seen = |rung: &str, by| SeenRung {
        rung: format!("{}/{rung}", EventId([7; 16])),
        by: Some(by),
    };
    let mut open_promise = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    open_promise.seen = vec![seen("pool-step-in", EVA)];
    assert_eq!(called(&fixture, &open_promise, now), ["office-step-in Mia"]);
    open_promise.seen.push(seen("office-step-in", ANN));
    assert!(called(&fixture, &open_promise, now).is_empty());
    open_promise.seen.remove(0);
    assert!(
        called(&fixture, &open_promise, now).is_empty(),
        "the office has it"
    );
    open_promise.seen.clear();
    open_promise.performer = Performer::Person { person: EVA };
    open_promise.taken_at = Some(open_promise.due_at + 6 * MINUTE);
    assert_eq!(called(&fixture, &open_promise, now), ["office-step-in Mia"]);
    open_promise.done = true;
    assert!(called(&fixture, &open_promise, now).is_empty());
}

#[test]
fn what_is_told_long_ahead_or_has_no_pool_calls_nobody_but_the_office() {
    let mut fixture = CompanyFixture::new();
    let far = promise("2026-11-25 08:00", "2026-11-25 14:00");
    assert_eq!(
        called(&fixture, &far, "2026-11-25 14:30"),
        ["office-step-in Mia"]
    );
    let open_promise = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    fixture.registry.colleagues.get_mut(&SAM).unwrap().pools = vec![];
    assert!(called(&fixture, &open_promise, "2026-11-25 10:35").is_empty());
    // The promiser's steps in where the performer serves none; a person who left is not called.
    fixture.registry.colleagues.get_mut(&ANN).unwrap().pools = vec![pool()];
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-25 10:35"),
        ["pool-step-in Ann Eva"]
    );
    let leaves = |fixture: &mut CompanyFixture, at| {
        fixture.registry.colleagues.get_mut(&EVA).unwrap().to = Some(at);
    };
    leaves(&mut fixture, at("2026-11-25 10:35"));
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-25 10:35"),
        ["pool-step-in Ann"]
    );
    leaves(&mut fixture, at("2026-11-25 10:36"));
    assert_eq!(
        called(&fixture, &open_promise, "2026-11-25 10:35"),
        ["pool-step-in Ann Eva"]
    );
}

#[test]
fn whoever_sleeps_is_called_in_the_morning_unless_it_is_a_callback() {
    let mut fixture = CompanyFixture::new();
    fixture.quiet(EVA, 22 * 60, 7 * 60);
    fixture.quiet(OFFICE, 22 * 60, 7 * 60);
    let mut open_promise = for_sam("2026-11-25 22:00", "2026-11-25 22:30");
    let both = ["office-step-in Mia", "pool-step-in Eva"];
    assert_eq!(called(&fixture, &open_promise, "2026-11-25 23:00"), both);
    open_promise.kind = "information".into();
    let waits = ["office-step-in ", "pool-step-in "];
    assert_eq!(called(&fixture, &open_promise, "2026-11-26 06:59"), waits);
    assert_eq!(called(&fixture, &open_promise, "2026-11-26 07:00"), both);
}
