//! Properties that must hold whatever happens: random work on three devices over a link that fails in every way.
//!
//! `KEPT_SEED` chooses other plans, `KEPT_CASES` how many; a failing plan is made shorter and printed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a property that cannot be tried does not hold"
)]

mod agenda;
mod lists;
mod plan;
mod record;
mod world;

use agenda::assert_changes;
use kept_tests::{Scenario, assert_same, fingerprint, quiesce};
use lists::{assert_conflicts, assert_promise_lists};
use plan::{PlanStep, check_plans};
use record::{assert_record, hold_record};
use world::World;

#[test]
fn any_two_devices_with_the_same_changes_show_the_same() {
    check_plans("same changes, same rows", 12, |scenario, steps| {
        let world = play(scenario, steps);
        world.restore_network();
        quiesce(&world.devices());
        assert_same(&world.devices());
        let office = world.company.office();
        office.sync();
        let newcomer = world.newcomer();
        newcomer.sync();
        assert_same(&[&world.alice, office.device(), &newcomer]);
        let shown = office.device().rows();
        assert_eq!(shown.len(), world.created(), "{}", fingerprint(&shown));
    });
}

#[test]
fn projection_equals_rebuild_at_every_moment() {
    check_plans("projection equals rebuild", 8, |scenario, steps| {
        let mut world = World::begin(scenario);
        for step in steps {
            world.take(step);
            for device in world.devices() {
                device.assert_healthy();
            }
        }
        for device in world.devices() {
            device.assert_projection_equals_rebuild();
        }
    });
}

#[test]
fn after_the_last_fault_everything_comes_to_rest() {
    check_plans("everything comes to rest", 12, |scenario, steps| {
        let world = play(scenario, steps);
        world.restore_network();
        // One exchange of each brings everything up, a second one everything down: quiesce allows no third.
        quiesce(&world.devices());
        let heads = world.company.heads();
        quiesce(&world.devices());
        assert_eq!(
            world.company.heads(),
            heads,
            "rest means that nothing moves"
        );
        for device in world.devices() {
            let status = device.status();
            assert_eq!((status.arriving, status.unknown_rows), (0, 0));
            assert!(
                status
                    .scopes
                    .iter()
                    .all(|scope| scope.seq == scope.head && !scope.differs)
            );
        }
    });
}

#[test]
fn what_was_shown_as_saved_survives_the_battery_at_any_moment() {
    check_plans("the battery", 8, |scenario, steps| {
        let mut world = World::begin(scenario);
        for step in steps {
            world.take(step);
            let device = world.devices()[step.who()];
            let (rows, outbox) = (device.rows(), device.outbox());
            device.power_cut();
            assert!(
                device.rows() == rows,
                "{} shows something else",
                device.name()
            );
            assert_eq!(device.outbox(), outbox);
        }
        for device in world.devices() {
            device.assert_healthy();
        }
    });
}

#[test]
fn the_server_has_what_an_outbox_let_go_of() {
    check_plans("let go", 8, |scenario, steps| {
        let mut world = World::begin(scenario);
        let office = world.company.office();
        for step in steps {
            world.take(step);
            office.sync();
            let there = office.device().rows();
            for device in world.devices() {
                let unsent: Vec<_> = device
                    .status()
                    .unsent
                    .into_iter()
                    .flat_map(|group| group.docs)
                    .collect();
                for (doc, row) in device.rows() {
                    let known = there.iter().any(|(id, _)| *id == doc);
                    assert!(
                        known || unsent.contains(&doc),
                        "{doc} is nowhere but on {}: {}",
                        device.name(),
                        String::from_utf8_lossy(&row)
                    );
                }
            }
        }
    });
}

fn play(scenario: &Scenario, steps: &[PlanStep]) -> World {
    let mut world = World::begin(scenario);
    for step in steps {
        world.take(step);
    }
    world
}

#[test]
fn the_record_that_is_held_is_the_record_that_is_read() {
    check_plans("the held record", 8, |scenario, steps| {
        let mut world = World::begin(scenario);
        for step in steps {
            hold_record(world.devices()[step.who()]);
            world.take(step);
        }
        for device in world.devices() {
            assert_record(device);
            hold_record(device);
        }
        world.restore_network();
        quiesce(&world.devices());
        world.company.advance(9 * 24 * 3_600_000);
        for device in world.devices() {
            assert_record(device);
        }
    });
}

#[test]
fn what_waits_to_be_settled_is_what_reading_every_document_finds() {
    check_plans("conflicts of all documents", 8, |scenario, steps| {
        let world = play(scenario, steps);
        world.restore_network();
        quiesce(&world.devices());
        let newcomer = world.newcomer();
        newcomer.sync();
        for device in world.devices().into_iter().chain([&newcomer]) {
            assert_conflicts(device);
            assert_promise_lists(device);
        }
    });
}

#[test]
fn an_overview_says_what_today_asks_for_until_the_instant_that_it_names() {
    check_plans("overview and its next change", 8, |scenario, steps| {
        let world = play(scenario, steps);
        world.restore_network();
        quiesce(&world.devices());
        let newcomer = world.newcomer();
        newcomer.sync();
        for device in world.devices().into_iter().chain([&newcomer]) {
            assert_changes(&world.company, device, 6);
        }
    });
}
