//! The plans by which SQLite answers the queries of screens.

use super::*;
use crate::store::account_names::ALL_NAMES;
use crate::store::open_promises::OF_ACCOUNT_IN_SHORT;
use crate::store::{Key, Store};

const KEY: Key = [7; 32];

/// The steps by which SQLite answers a query.
fn plan(connection: &Connection, sql: &str, count: usize) -> Vec<String> {
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let nulls = rusqlite::params_from_iter(vec![rusqlite::types::Null; count]);
    let steps = statement.query_map(nulls, |row| row.get(3)).unwrap();
    steps.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_timeline_reads_the_entries_of_its_account_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
    let steps = plan(store.read(), &timeline_sql(), 6);
    let by_index = "USING INDEX entry_account_at (account=? AND (at,doc)<(?,?))";
    assert!(steps[0].contains(by_index), "{steps:?}");
    let elsewhere = |step: &String| step.starts_with("SCAN") || step.contains("TEMP B-TREE");
    assert!(!steps.iter().any(elsewhere), "{steps:?}");
    let steps = plan(store.read(), &timeline_count_sql(), 2);
    let by_index = "USING COVERING INDEX entry_account_at (account=?)";
    assert!(steps[0].contains(by_index), "{steps:?}");
    let steps = plan(store.read(), &archived_count_sql(), 2);
    let by_index = "USING COVERING INDEX entry_archived (account=?)";
    assert!(steps[0].contains(by_index), "{steps:?}");
}

#[test]
fn the_names_of_all_customers_are_read_from_an_index_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
    let steps = plan(store.read(), ALL_NAMES, 0);
    let by_index = "SCAN entry USING COVERING INDEX entry_account_sorted";
    assert_eq!(steps, [by_index]);
}

#[test]
fn the_kinds_of_all_entries_are_read_from_an_index_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
    let steps = plan(store.read(), "SELECT id, kind FROM entry", 0);
    assert!(steps[0].contains("COVERING INDEX"), "{steps:?}");
}

/// The statements of screens, the number of their values, and the steps that each must take.
fn screens() -> Vec<(String, usize, Vec<&'static str>)> {
    const UNCOUNTED: &str = "SEARCH again USING INDEX entry_predecessor";
    vec![
        (
            unsettled_sql("kind <> 3", "kind, doc"),
            0,
            vec!["USING INDEX entry_unsettled"],
        ),
        (
            unsettled_sql("kind <> 3 AND account = ?1", "kind, doc"),
            1,
            vec!["USING INDEX entry_unsettled"],
        ),
        (
            unsettled_sql("kind = 3", "due_at, doc"),
            0,
            vec!["USING INDEX entry_unsettled"],
        ),
        (
            promises_sql(&format!("{OF_ACCOUNT} AND (open = 1 OR {WAITS_UNCOUNTED})")),
            6,
            vec!["USING INDEX entry_account_at (account=?)", UNCOUNTED],
        ),
        (
            promises_sql(OF_ACCOUNT),
            6,
            vec!["USING INDEX entry_account_at (account=?)"],
        ),
        (
            promises_sql(OF_KIND),
            5,
            vec!["USING INDEX entry_promise_kind (promise_kind=?)"],
        ),
        (
            promises_sql(ALL),
            4,
            vec!["USING INDEX entry_kind_at (kind=?)"],
        ),
        (
            OF_ACCOUNT_IN_SHORT.to_owned(),
            1,
            vec![
                "entry_account_at (account=?)",
                "SEARCH held USING PRIMARY KEY",
            ],
        ),
        // All open promises are asked for: their short rows are walked, and no entries.
        (
            open_promises_sql(),
            5,
            vec!["SCAN held", "USING INDEX entry_uncounted", UNCOUNTED],
        ),
    ]
}

#[test]
fn every_list_of_a_screen_is_found_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
    for (sql, values, must_use) in screens() {
        let steps = plan(store.read(), &sql, values);
        for step in &must_use {
            let is_used = steps.iter().any(|used| used.contains(step));
            assert!(is_used, "{step} in {steps:?} of {sql}");
        }
        let named = |step: &&String| must_use.iter().any(|must| step.contains(must));
        let walks =
            |step: &&String| step.starts_with("SCAN entry") || step.starts_with("SCAN held");
        let walks = steps.iter().filter(walks).filter(|step| !named(step));
        assert_eq!(walks.count(), 0, "{steps:?} of {sql}");
    }
}
