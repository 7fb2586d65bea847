//! A page that cannot be used: what comes before it is taken, and the next exchange goes on from there.

use kept_core::model::registry::Role;
use kept_core::notebook::{KeptError, ScopeStatus};
use kept_core::wire::Page;
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, visit_entry};

/// The scopes of a device by name, each with the last row read and the last row that it knows of.
fn read(device: &Device) -> Vec<(String, u64, u64)> {
    let seen = |scope: ScopeStatus| (scope.name, scope.seq, scope.head);
    device.status().scopes.into_iter().map(seen).collect()
}

/// Alice writes on in the north, where Bob writes as well and a new colleague has joined: Bob's next answer brings
/// results, the company's page, and then the north's.
fn write_on_both_devices(company: &Company, alice: &Device, bob: &Device) {
    let notebook = alice.notebook();
    let customer = notebook.create_account(account("Page & Sons")).unwrap();
    notebook
        .log_visit(visit_entry(Some(customer), "the door sticks"))
        .unwrap();
    alice.sync();
    company.device("Ben", Role::Technician, &["south"]);
    bob.notebook()
        .log_visit(visit_entry(None, "Bob was here"))
        .unwrap();
}

/// Bob's next answer has a later page spoiled; what was taken, what was not, and that he goes on.
fn a_later_page_is_spoiled(spoil: impl FnOnce(&mut Page) + Send + 'static) {
    let scenario = Scenario::begin("a page that cannot be used");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    write_on_both_devices(&company, &alice, &bob);
    let before = read(&bob);

    scenario.step("The north's page comes spoiled, behind the company's");
    bob.network().take_recorded();
    bob.network().corrupt_next_answer(|reply| {
        let of_the_north = |page: &Page| page.rows.iter().any(|row| row.group.is_some());
        let later = reply.pages.iter().position(of_the_north).unwrap();
        assert!(later > 0, "a page comes before it");
        assert!(!reply.pages[0].rows.is_empty() && reply.results.len() == 1);
        spoil(&mut reply.pages[later]);
    });
    let failed = bob.try_sync().expect_err("the page cannot be used");
    assert!(!matches!(failed, KeptError::Offline { .. }), "{failed:?}");
    let spoiled = bob.network().take_recorded().pop().unwrap();

    assert_eq!(
        bob.outbox(),
        Vec::<String>::new(),
        "his own was acknowledged"
    );
    assert_eq!(
        bob.notebook()
            .latest_entries(10, None, vec![])
            .unwrap()
            .len(),
        1,
        "only his own"
    );
    let known = bob.notebook().colleagues().unwrap().into_iter();
    let names: Vec<String> = known.map(|known| known.name).collect();
    assert!(names.contains(&"Ben".to_owned()), "{names:?}");
    let after = read(&bob);
    let moved: Vec<&str> = after
        .iter()
        .filter(|scope| !before.contains(scope))
        .map(|(name, ..)| name.as_str())
        .collect();
    assert_eq!(moved, ["company"], "{before:?} {after:?}");
    bob.assert_healthy();

    scenario.step("The next exchange begins where the last one stopped");
    let report = bob.sync();
    assert_eq!((report.sent, report.received), (0, 2), "nothing goes twice");
    assert_eq!(report.agrees, Some(true));
    let next = bob.network().take_recorded().remove(0).request().unwrap();
    assert_eq!(
        next.prev,
        Some(spoiled.request().unwrap().next),
        "its results were taken"
    );
    assert!(next.groups.is_empty());
    for (name, seq, head) in read(&bob) {
        assert_eq!(seq, head, "{name} was read to its head");
    }
    assert_eq!(
        bob.notebook()
            .latest_entries(10, None, vec![])
            .unwrap()
            .len(),
        2
    );
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    bob.assert_projection_equals_rebuild();
}

#[test]
fn a_page_with_a_row_missing_leaves_what_came_before_it() {
    a_later_page_is_spoiled(|page| {
        page.rows.remove(1);
    });
}

#[test]
fn a_page_that_begins_too_late_leaves_what_came_before_it() {
    a_later_page_is_spoiled(|page| {
        page.after += 1;
    });
}

#[test]
fn a_page_whose_last_document_does_not_say_where_it_is_leaves_what_came_before_it() {
    a_later_page_is_spoiled(|page| {
        let mut rows = page.rows.iter_mut().rev();
        let entered = rows.find(|row| row.control.is_some()).unwrap();
        entered.control = None;
    });
}
