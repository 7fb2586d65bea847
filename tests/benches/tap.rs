//! One tap (visit, usage and promise, with search, beside 5,000 accounts) against one bare transaction of
//! the same bytes and durability, on the same disk.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::Bencher;
use kept_tests::bench::{BaselineDatabase, BenchStore, folder, is_trial, key};
use kept_tests::usage;
use kept_tests::{Company, Scenario, account, promise_to, visit_entry};

fn main() {
    divan::main();
}

fn accounts() -> usize {
    if is_trial() { 50 } else { 5_000 }
}

/// Between two taps: ids begin with the clock, and rows follow their order.
const MINUTE_MS: i64 = 60_000;

/// Measures a tap as a screen does it: through the notebook, which always has a key.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn tap_through_the_notebook(bencher: Bencher) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("tap"), folder.path());
    let alice = company.alice();
    alice.sync();
    let notebook = alice.notebook();
    let customers: Vec<_> = (0..accounts())
        .map(|number| {
            company.advance(MINUTE_MS);
            notebook.create_account(account(&format!("Customer {number} of the north")))
        })
        .map(Result::unwrap)
        .collect();
    let (me, due) = (alice.person(), alice.due_in(72));
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        company.advance(MINUTE_MS);
        let customer = customers[count * 7919 % customers.len()];
        let mut draft = visit_entry(
            Some(customer),
            &format!("Visit {count}: the divider drifts when it is warm."),
        );
        draft.usages.push(usage(None));
        draft
            .promises
            .push(promise_to(customer, "new load cell", me, due.clone()));
        notebook.log_visit(draft).unwrap()
    });
}

/// The store alone.
#[divan::bench(args = [true, false], sample_count = 300, sample_size = 1)]
fn tap_through_the_store(bencher: Bencher, with_key: bool) {
    let folder = folder();
    let key = key(with_key);
    let mut taps = BenchStore::open(&folder.path().join("notebook.db"), key.as_ref(), accounts());
    bencher.bench_local(|| taps.write_visit());
}

/// The baseline.
#[divan::bench(args = [true, false], sample_count = 300, sample_size = 1)]
fn bare_transaction_of_the_same_bytes(bencher: Bencher, with_key: bool) {
    let folder = folder();
    let mut one = BenchStore::open(&folder.path().join("one.db"), None, 1);
    one.write_visit();
    let key = key(with_key);
    let mut bare = BaselineDatabase::open(
        &folder.path().join("bare.db"),
        key.as_ref(),
        one.bytes_of_a_tap(),
    );
    bencher.bench_local(|| bare.insert());
}
