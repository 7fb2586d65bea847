//! A first synchronisation as a screen follows it: page by page, with its progress, and never all at once.

use kept_core::limits::EVENT_IDS;
use kept_core::notebook::NotebookEvent;
use kept_tests::{Company, Scenario, account, promise_to, visit_entry};

const VISITS: usize = 200;
const MINUTE_MS: i64 = 60_000;

#[test]
fn a_first_synchronisation_is_told_page_by_page() {
    let scenario = Scenario::begin("a first synchronisation is told page by page");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    for number in 0..VISITS {
        company.advance(MINUTE_MS);
        let due = alice.due_in(240);
        let promise = |what: &str| promise_to(customer, what, alice.person(), due.clone());
        let mut entry = visit_entry(Some(customer), &format!("Visit {number}"));
        entry.promises = vec![promise("belt"), promise("call back")];
        alice.notebook().log_visit(entry).unwrap();
    }
    alice.sync();

    scenario.step("Bob's phone reads all of it, and its screen follows");
    let events = bob.notebook().events();
    bob.sync();
    let events = events.waiting();
    let of_changes = events.iter().filter_map(|event| match event {
        NotebookEvent::Changed { ids } => Some(ids.len()),
        NotebookEvent::Missed => Some(EVENT_IDS + 1),
        _ => None,
    });
    let of_changes: Vec<usize> = of_changes.collect();
    assert!(of_changes.len() > 2, "{of_changes:?} in each event");
    let progress = events.iter().filter_map(|event| match event {
        NotebookEvent::Progress { done, of } => Some((*done, *of)),
        _ => None,
    });
    let progress: Vec<(u64, u64)> = progress.collect();
    assert!(progress.is_sorted_by_key(|(done, _)| *done), "{progress:?}");
    let (done, of) = *progress.last().expect("progress");
    assert!(progress.len() > 2 && done == of, "{progress:?}");
    assert!(done >= 3 * VISITS as u64, "{progress:?}");

    scenario.step("What one visit changes has no progress");
    alice
        .notebook()
        .log_visit(visit_entry(None, "one more"))
        .unwrap();
    alice.sync();
    let events = bob.notebook().events();
    bob.sync();
    let is_progress = |event: &NotebookEvent| matches!(event, NotebookEvent::Progress { .. });
    assert!(!events.waiting().iter().any(is_progress));
}
