//! Corrections: an entry that was given to the wrong customer moves to the right one, on every device.

use kept_core::model::ids::DocId;
use kept_core::model::visit::{NameSnapshot, UsageEdit, VisitEdit};
use kept_core::notebook::VisitEntry;
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, usage, visit_entry};

fn given_to(account: DocId) -> VisitEdit {
    VisitEdit::Account {
        account: Some(account),
        contact: None,
        labels: NameSnapshot::default(),
    }
}

/// True if an entry stands in the timeline of a customer.
fn is_in_timeline(device: &Device, account: DocId, entry: DocId) -> bool {
    let page = device.notebook().account(account).unwrap();
    page.timeline.iter().any(|line| line.id == entry)
}

#[test]
fn a_visit_corrected_to_another_customer_is_in_that_ones_timeline_on_every_device() {
    let scenario = Scenario::begin("the wrong customer");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let mill = alice.notebook().create_account(account("Mill")).unwrap();
    let forge = alice.notebook().create_account(account("Forge")).unwrap();
    let logged = alice.notebook().log_visit(VisitEntry {
        usages: vec![usage(Some(mill))],
        ..visit_entry(Some(mill), "the scale lies")
    });
    let logged = logged.unwrap();
    let (visit, seen) = (logged.visit, logged.usages[0]);
    quiesce(&[&alice, &bob]);
    assert!(is_in_timeline(&bob, mill, visit));

    scenario.step("Bob was there as well, and it was the forge");
    let labels = NameSnapshot::default();
    let moved = UsageEdit::Account {
        account: Some(forge),
        labels,
    };
    bob.notebook()
        .edit_visit(visit, vec![given_to(forge)])
        .unwrap();
    bob.notebook().edit_usage(seen, vec![moved]).unwrap();
    quiesce(&[&alice, &bob]);
    let office = company.office();
    office.sync();
    for device in [&alice, &bob, office.device()] {
        for entry in [visit, seen] {
            assert!(is_in_timeline(device, forge, entry), "{}", device.name());
            assert!(!is_in_timeline(device, mill, entry), "{}", device.name());
        }
        let labels = device.notebook().visit(visit).unwrap().labels;
        assert_eq!(labels.account, "Forge");
        device.assert_healthy();
    }
    assert_same(&[&alice, &bob, office.device()]);
    for device in [&alice, &bob] {
        device.assert_projection_equals_rebuild();
    }
}

#[test]
fn two_who_correct_the_customer_at_once_agree_in_the_end() {
    let scenario = Scenario::begin("two corrections");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let make = |name| alice.notebook().create_account(account(name)).unwrap();
    let (mill, forge, bakery) = (make("Mill"), make("Forge"), make("Bakery"));
    let logged = alice
        .notebook()
        .log_visit(visit_entry(Some(mill), "the scale lies"));
    let visit = logged.unwrap().visit;
    quiesce(&[&alice, &bob]);
    let mark = VisitEdit::AddMark {
        mark: "follow-up".into(),
    };
    alice
        .notebook()
        .edit_visit(visit, vec![given_to(forge)])
        .unwrap();
    bob.notebook()
        .edit_visit(visit, vec![mark, given_to(bakery)])
        .unwrap();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    let read = alice.notebook().visit(visit).unwrap();
    let expected = if read.account == Some(forge) {
        "Forge"
    } else {
        "Bakery"
    };
    assert_eq!(
        read.labels.account, expected,
        "the name of the one that won"
    );
    let at = read.account.unwrap();
    assert!(is_in_timeline(&bob, at, visit));
    alice.assert_projection_equals_rebuild();
}
