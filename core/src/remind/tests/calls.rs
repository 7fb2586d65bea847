//! The calls of a promise that was escalated: to the pool that steps in, then to the office.

use super::*;

/// The calls of a promise at a moment: "pool-step-in Eva".
fn called(house: &House, gist: &Gist, now: &str) -> Vec<String> {
    let calls = calls(std::slice::from_ref(gist), at(now), &house.rules()).into_iter();
    let name = |who: &PersonId| house.registry.name(*who).unwrap().to_owned();
    calls
        .map(|call| {
            let people: Vec<String> = call.people.iter().map(name).collect();
            format!("{} {}", call.reminder.rung, people.join(" "))
        })
        .collect()
}

fn for_sam(told: &str, due: &str) -> Gist {
    Gist {
        performer: Performer::Person { person: SAM },
        pool: None,
        stage: Stage::Accepted,
        ..callback(told, due)
    }
}

#[test]
fn the_pool_of_whoever_has_it_is_called_and_ten_minutes_later_the_office() {
    let house = House::new();
    let gist = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    let none: [&str; 0] = [];
    assert_eq!(called(&house, &gist, "2026-11-25 10:34"), none);
    assert_eq!(
        called(&house, &gist, "2026-11-25 10:35"),
        ["pool-step-in Eva"]
    );
    let both = ["office-step-in Mia", "pool-step-in Eva"];
    assert_eq!(called(&house, &gist, "2026-11-25 10:45"), both);
    let call = &calls(&[gist], at("2026-11-25 10:35"), &house.rules())[0];
    assert_eq!(call.pools, [pool()]);
    assert_eq!(call.reminder.level, ReminderLevel::Pool);
    assert!(!call.reminder.renegotiate);
    assert_eq!(clock(call.reminder.at), "2026-11-25 10:35");
    // Of a pool of which none took it, all are called; two days later none any more.
    let gist = callback("2026-11-25 10:00", "2026-11-25 10:30");
    let everybody = ["pool-step-in Sam Eva"];
    assert_eq!(called(&house, &gist, "2026-11-25 10:40"), everybody);
    assert_eq!(
        called(&house, &gist, "2026-11-27 10:31"),
        ["office-step-in Mia"]
    );
}

#[test]
fn who_acknowledges_speaks_for_their_level_and_who_takes_it_for_the_pool() {
    let house = House::new();
    let now = "2026-11-25 10:50";
    let seen = |rung: &str, by| Seen {
        rung: format!("{}/{rung}", EventId([7; 16])),
        by: Some(by),
    };
    let mut gist = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    gist.seen = vec![seen("pool-step-in", EVA)];
    assert_eq!(called(&house, &gist, now), ["office-step-in Mia"]);
    gist.seen.push(seen("office-step-in", ANN));
    assert!(called(&house, &gist, now).is_empty());
    gist.seen.remove(0);
    assert!(called(&house, &gist, now).is_empty(), "the office has it");
    gist.seen.clear();
    gist.performer = Performer::Person { person: EVA };
    gist.taken_at = Some(gist.due_at + 6 * MINUTE);
    assert_eq!(called(&house, &gist, now), ["office-step-in Mia"]);
    gist.done = true;
    assert!(called(&house, &gist, now).is_empty());
}

#[test]
fn what_is_told_long_ahead_or_has_no_pool_calls_nobody_but_the_office() {
    let mut house = House::new();
    let far = promise("2026-11-25 08:00", "2026-11-25 14:00");
    assert_eq!(
        called(&house, &far, "2026-11-25 14:30"),
        ["office-step-in Mia"]
    );
    let gist = for_sam("2026-11-25 10:00", "2026-11-25 10:30");
    house.registry.colleagues.get_mut(&SAM).unwrap().pools = vec![];
    assert!(called(&house, &gist, "2026-11-25 10:35").is_empty());
    // The promiser's steps in where the performer serves none; a person who left is not called.
    house.registry.colleagues.get_mut(&ANN).unwrap().pools = vec![pool()];
    assert_eq!(
        called(&house, &gist, "2026-11-25 10:35"),
        ["pool-step-in Ann Eva"]
    );
    house.registry.colleagues.get_mut(&EVA).unwrap().to = Some(0);
    assert_eq!(
        called(&house, &gist, "2026-11-25 10:35"),
        ["pool-step-in Ann"]
    );
}

#[test]
fn whoever_sleeps_is_called_in_the_morning_unless_it_is_a_callback() {
    let mut house = House::new();
    house.quiet(EVA, 22 * 60, 7 * 60);
    house.quiet(OFFICE, 22 * 60, 7 * 60);
    let mut gist = for_sam("2026-11-25 22:00", "2026-11-25 22:30");
    let both = ["office-step-in Mia", "pool-step-in Eva"];
    assert_eq!(called(&house, &gist, "2026-11-25 23:00"), both);
    gist.kind = "information".into();
    let waits = ["office-step-in ", "pool-step-in "];
    assert_eq!(called(&house, &gist, "2026-11-26 06:59"), waits);
    assert_eq!(called(&house, &gist, "2026-11-26 07:00"), both);
}
