//! Lists that are found by columns and indexes, told over all documents.

use std::collections::BTreeSet;

use kept_core::model::ids::DocId;
use kept_core::notebook::{PromiseListQuery, PromiseSummary};
use kept_tests::Device;

/// Asserts that the conflicts of a notebook are those of its documents, each of which is read for them.
pub fn assert_conflicts(device: &Device) {
    let notebook = device.notebook();
    let mut each = BTreeSet::new();
    for (doc, _) in device.rows() {
        // A customer's are also those of what was written at them.
        let found = notebook.conflicts_of(doc).unwrap();
        each.extend(
            found
                .into_iter()
                .map(|conflict| (conflict.doc, conflict.id)),
        );
    }
    let all = notebook.conflicts().unwrap().into_iter();
    let all: Vec<(DocId, String)> = all.map(|conflict| (conflict.doc, conflict.id)).collect();
    assert_eq!(all.len(), each.len(), "{}", device.name());
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), each);
}

/// Asserts that each list of promises is what is left of the list of all of them, in its order.
pub fn assert_promise_lists(device: &Device) {
    let list = |query: PromiseListQuery| device.notebook().promises(query).unwrap();
    let everything = PromiseListQuery {
        open_only: false,
        mine: false,
        account: None,
        limit: 10_000,
        offset: 0,
        kind: None,
    };
    let all = list(everything.clone());
    let me = device.person();
    let pools = &device.notebook().me().unwrap().pools;
    let ids = |promises: &[PromiseSummary]| -> Vec<DocId> {
        promises.iter().map(|promise| promise.id).collect()
    };
    let open = ids(&list(PromiseListQuery {
        open_only: true,
        ..everything.clone()
    }));
    assert!(ids(&all).starts_with(&open));
    for promise in &all {
        assert!(!promise.state.work.is_open() || open.contains(&promise.id));
    }
    let accounts = all.iter().map(|promise| promise.account);
    let accounts: BTreeSet<Option<DocId>> = accounts.chain([None]).collect();
    let kinds = all.iter().map(|promise| Some(promise.kind.clone()));
    let kinds: BTreeSet<Option<String>> = kinds.chain([None]).collect();
    for account in accounts {
        for kind in &kinds {
            for (open_only, mine) in [(false, false), (false, true), (true, false), (true, true)] {
                let query = PromiseListQuery {
                    open_only,
                    mine,
                    account,
                    kind: kind.clone(),
                    ..everything.clone()
                };
                let is_mine = |promise: &PromiseSummary| {
                    let performs = match &promise.performer {
                        kept_core::model::event::Performer::Person { person } => *person == me,
                        kept_core::model::event::Performer::Pool { pool } => pools.contains(pool),
                        kept_core::model::event::Performer::Nobody => false,
                    };
                    performs || promise.promiser == me
                };
                let fits = |promise: &&PromiseSummary| {
                    (!open_only || open.contains(&promise.id))
                        && (!mine || is_mine(promise))
                        && account.is_none_or(|account| promise.account == Some(account))
                        && kind.as_ref().is_none_or(|kind| promise.kind == *kind)
                };
                let expected: Vec<DocId> =
                    all.iter().filter(fits).map(|promise| promise.id).collect();
                assert_eq!(ids(&list(query.clone())), expected, "{query:?}");
            }
        }
    }
}
