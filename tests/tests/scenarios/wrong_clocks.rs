//! Clocks that are days off: work is saved, times are corrected or marked, and status says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kept_core::model::registry::Role;
use kept_core::model::time::{DAY_MS, Trust};
use kept_core::notebook::{Clocks, KeptError, Notebook, Status};
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, visit_entry};

const HOUR: i64 = DAY_MS / 24;

fn notes(status: &Status) -> Vec<&str> {
    status.notes.iter().map(|note| note.key.as_str()).collect()
}

/// The difference of a visit's time from the server's clock, in milliseconds.
fn clock_error_ms(company: &Company, device: &Device) -> i64 {
    use kept_core::Environment;
    let logged = device
        .notebook()
        .log_visit(visit_entry(None, "what time is it?"))
        .unwrap();
    let visit = device.notebook().visit(logged.visit).unwrap();
    visit.written.instant(None) - company.clock().wall_ms()
}

#[test]
fn a_clock_that_is_days_off_stops_nobody_and_is_corrected_by_the_first_contact() {
    for days in [-400, -3, 5] {
        let scenario = Scenario::begin(&format!("{days} days off"));
        let company = Company::found(&scenario);
        let alice = company.unjoined_device("Alice");
        alice.clock().set_wall(alice.now() + days * DAY_MS);
        scenario.step("Before she joins, nobody can know: the work is saved and its time marked");
        let early = alice
            .notebook()
            .log_visit(visit_entry(None, "before"))
            .unwrap();
        assert_eq!(alice.status().clock, Trust::Unknown);
        let before = alice.notebook().visit(early.visit).unwrap();
        assert_eq!(before.trust(), Trust::Unknown);
        scenario.step("She joins: status says how far the clock is off, and times are right");
        company.join_as(&alice, Role::Technician, &["north"]);
        let status = alice.status();
        assert_eq!(
            (status.clock, status.clock_offset_ms),
            (Trust::Good, Some(-days * DAY_MS))
        );
        assert!(
            notes(&status).contains(&"status-clock-off"),
            "{:?}",
            notes(&status)
        );
        assert!(clock_error_ms(&company, &alice).abs() < 1000);
        let bob = company.bob();
        quiesce(&[&alice, &bob]);
        assert_same(&[&alice, &bob]);
        assert_eq!(
            bob.notebook().visit(early.visit).unwrap().trust(),
            Trust::Unknown
        );
        let promise = kept_tests::promise(
            "a call",
            bob.person(),
            kept_core::model::time::Due::at(
                kept_core::Environment::wall_ms(company.clock().as_ref()) + HOUR,
                "UTC",
            )
            .unwrap(),
        );
        let made = alice.notebook().make_promise(promise).unwrap();
        let late = alice
            .notebook()
            .promise(made)
            .unwrap()
            .summary
            .state
            .late_ms;
        assert_eq!(
            late, 0,
            "a promise for the next hour is not late, whatever the wall clock says"
        );
    }
}

#[test]
fn a_clock_that_somebody_sets_after_the_contact_is_corrected_by_the_boot_clock() {
    let scenario = Scenario::begin("somebody sets the clock");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice.sync();
    assert!(!notes(&alice.status()).contains(&"status-clock-off"));
    company.advance(2 * HOUR);
    alice.clock().set_wall(alice.now() + 3 * DAY_MS);
    let clock_error_ms = clock_error_ms(&company, &alice);
    assert!(
        clock_error_ms.abs() < 60_000,
        "the visit is {} hours off",
        clock_error_ms / HOUR
    );
    let status = alice.status();
    assert_eq!(status.clock_offset_ms, Some(-3 * DAY_MS));
    assert!(notes(&status).contains(&"status-clock-off"));
    scenario.step("And what it says of its outbox is not older than it is");
    alice.sync();
    let me = alice.status().me.installation;
    alice.sync();
    let seen = alice.notebook().devices().unwrap();
    let seen = seen.iter().find(|seen| seen.installation == me).unwrap();
    let clear = seen.clear_through.unwrap();
    let now = kept_core::Environment::wall_ms(company.clock().as_ref());
    assert!(
        (now - clear).abs() < 60_000,
        "clear through {} hours ago",
        (now - clear) / HOUR
    );
}

#[test]
fn after_a_restart_without_contact_times_are_not_trusted_and_work_goes_on() {
    let scenario = Scenario::begin("restart without contact");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice.notebook().create_account(account("Tower")).unwrap();
    quiesce(&[&alice, &bob]);
    assert_eq!(alice.status().clock, Trust::Good);
    alice.network().offline();
    alice.clock().restart();
    alice.clock().set_wall(alice.now() - 30 * DAY_MS);
    let status = alice.status();
    assert_eq!(status.clock, Trust::Unknown);
    assert!(
        notes(&status).contains(&"status-clock-unknown"),
        "{:?}",
        notes(&status)
    );
    let logged = alice
        .notebook()
        .log_visit(visit_entry(Some(customer), "in the dark"))
        .unwrap();
    let seen = alice.notebook().account(customer).unwrap().timeline;
    assert_eq!(seen[0].trust, Trust::Unknown, "the list marks it");
    alice.network().online();
    quiesce(&[&alice, &bob]);
    assert_eq!(alice.status().clock, Trust::Good);
    let at_bob = bob.notebook().visit(logged.visit).unwrap();
    assert_eq!(
        at_bob.trust(),
        Trust::Unknown,
        "what was written in the dark stays marked"
    );
    assert_same(&[&alice, &bob]);
}

#[test]
fn a_day_without_contact_is_drifting() {
    let scenario = Scenario::begin("a day without contact");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice.sync();
    company.advance(DAY_MS + HOUR);
    assert_eq!(alice.status().clock, Trust::Drifting);
    assert!(clock_error_ms(&company, &alice).abs() < 1000);
    alice.sync();
    assert_eq!(alice.status().clock, Trust::Good);
}

fn clock_note(status: &Status) -> Option<&kept_core::language::Message> {
    status.notes.iter().find(|note| note.key == "clock-behind")
}

/// The battery is pulled in a basement: nothing but what stands in the notebook says that time went on.
#[test]
fn a_phone_sees_from_its_own_entries_that_its_clock_is_behind() {
    // Behind the last contact, and behind only what was written since.
    for (offline, back) in [(0, 30 * DAY_MS), (3 * DAY_MS, 2 * DAY_MS), (2 * HOUR, HOUR)] {
        let scenario = Scenario::begin("a battery pulled");
        let company = Company::found(&scenario);
        let (alice, bob) = (company.alice(), company.bob());
        let customer = alice.notebook().create_account(account("Tower")).unwrap();
        quiesce(&[&alice, &bob]);
        alice.network().offline();
        company.advance(offline);
        alice
            .notebook()
            .log_visit(visit_entry(Some(customer), "still right"))
            .unwrap();
        assert_eq!(alice.notebook().clock_warning().unwrap(), None);
        let real = alice.now();
        alice.clock().restart();
        assert_eq!(
            alice.notebook().clock_warning().unwrap(),
            None,
            "it may be right"
        );
        alice.clock().set_wall(real - back);
        let now = alice.now();

        scenario.step("She is told at the tap, and in the status");
        let logged = alice
            .notebook()
            .log_visit(visit_entry(Some(customer), "in the dark"))
            .unwrap();
        let warning = logged.clock_warning.expect("it is said at the tap");
        assert_eq!(warning.key, "clock-behind");
        assert_eq!(clock_note(&alice.status()), Some(&warning));
        let due = |at| kept_core::model::time::Due::at(at, "UTC").unwrap();
        let promise_to = |due| {
            let draft = kept_tests::promise("a call", alice.person(), due);
            alice.notebook().make_promise(draft).unwrap()
        };
        let (soon, on_a_day) = (due(now + HOUR / 2), due(real + 5 * DAY_MS));
        assert!(
            alice
                .notebook()
                .due_warning(soon.clone())
                .unwrap()
                .is_some()
        );
        assert_eq!(
            alice.notebook().due_warning(on_a_day.clone()).unwrap(),
            None
        );
        let (soon, on_a_day) = (promise_to(soon), promise_to(on_a_day));

        scenario.step("Nobody is blamed for a date of that clock");
        alice.network().online();
        company.advance(6 * DAY_MS);
        quiesce(&[&alice, &bob]);
        quiesce(&[&alice, &bob]);
        for device in [&alice, &bob] {
            let why = device.notebook().explain_promise(soon).unwrap();
            assert_eq!(why.outcome_words.key, "outcome-rule-clock-not-trusted");
            assert_eq!(why.summary.state.late_ms, 0);
            let why = device.notebook().explain_promise(on_a_day).unwrap();
            assert_eq!(why.outcome_words.key, "outcome-rule-missed");
            let events = device.notebook().promise(soon).unwrap().events;
            assert_eq!(events[0].trust, Trust::Unknown);
            let history = device.notebook().history(logged.visit).unwrap();
            assert_eq!(history[0].trust, Some(Trust::Unknown));
        }
        assert_eq!(alice.notebook().clock_warning().unwrap(), None);
        assert_eq!(clock_note(&alice.status()), None);
        assert_same(&[&alice, &bob]);
    }
}

/// The clocks of an app, whose wall clock is set by hand.
struct AppClocks {
    wall_ms: AtomicI64,
}

impl Clocks for AppClocks {
    fn wall_ms(&self) -> Result<i64, KeptError> {
        Ok(self.wall_ms.load(Ordering::SeqCst))
    }

    fn boot_ms(&self) -> Result<i64, KeptError> {
        Ok(HOUR)
    }

    fn boot_id(&self) -> Result<String, KeptError> {
        Ok("the app's".into())
    }

    fn zone(&self) -> Result<Option<String>, KeptError> {
        Ok(Some("Europe/Berlin".into()))
    }
}

#[test]
fn a_clock_of_the_app_that_jumps_by_a_year_loses_nothing_and_sends_all() {
    for days in [366, -366] {
        let scenario = Scenario::begin(&format!("an app's clock jumps by {days} days"));
        let company = Company::found(&scenario);
        let (alice, bob) = (company.alice(), company.bob());
        quiesce(&[&alice, &bob]);
        alice.shut();
        let folder = alice.folder().to_str().unwrap().to_owned();
        let clocks = Arc::new(AppClocks {
            wall_ms: AtomicI64::new(alice.now()),
        });
        let app = Notebook::open_with_clocks(folder, alice.secrets(), clocks.clone()).unwrap();
        let sync = || {
            let server = app.http_transport().unwrap();
            app.sync_with(&alice.network().before(&server)).unwrap()
        };
        sync();
        assert_eq!(app.status().unwrap().clock, Trust::Good);

        scenario.step("It jumps after a contact: the visit has the right time all the same");
        let right = alice.now();
        clocks
            .wall_ms
            .store(right + days * DAY_MS, Ordering::SeqCst);
        let jumped = app.log_visit(visit_entry(None, "jumped")).unwrap();
        let written = app.visit(jumped.visit).unwrap().written.instant(None);
        assert!((written - right).abs() < HOUR, "{}", written - right);
        assert!(sync().sent > 0);

        scenario.step("And back again");
        clocks.wall_ms.store(right, Ordering::SeqCst);
        let back = app.log_visit(visit_entry(None, "back")).unwrap();
        assert!(sync().sent > 0);
        assert!(app.status().unwrap().unsent.is_empty());
        drop(app);
        bob.sync();
        for visit in [jumped.visit, back.visit] {
            bob.notebook().visit(visit).unwrap();
        }
        alice.reopen();
        quiesce(&[&alice, &bob]);
        assert_same(&[&alice, &bob]);
    }
}
