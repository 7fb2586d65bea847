//! The overview with 2,000 open promises, states, counts and reminders included, against reading their short rows
//! and doing nothing with them; pages of a list; customers found by letters; performers with their load; and choices.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::Bencher;
use kept_core::language::Lang;
use kept_core::model::ids::DocId;
use kept_core::notebook::{DATABASE_KEY, SecretStore, TimelineQuery};
use kept_core::store::{Key, Store};
use kept_tests::bench::{folder, is_trial};
use kept_tests::{Company, Device, Scenario, account, promise_to, visit_entry};
use tempfile::TempDir;

const KINDS: [&str; 5] = ["callback", "quote", "delivery", "fix", "service-visit"];

fn main() {
    divan::main();
}

fn promises() -> i64 {
    if is_trial() { 60 } else { 2_000 }
}

/// The device of a person who holds many promises, due within three months; a tenth of them is late.
fn busy() -> (TempDir, Company, Device) {
    busy_with(promises())
}

fn busy_with(promises: i64) -> (TempDir, Company, Device) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("overview"), folder.path());
    let alice = company.alice();
    alice.sync();
    let notebook = alice.notebook();
    let customer = notebook.create_account(account("Hotel Adler")).unwrap();
    let me = alice.person();
    let span = 90 * 24;
    for number in 0..promises {
        let due = alice.due_in(2 + number * span / promises);
        let mut draft = promise_to(customer, &format!("spare part {number}"), me, due);
        draft.kind = KINDS[number.unsigned_abs() as usize % KINDS.len()].into();
        draft.ask = false;
        notebook.make_promise(draft).unwrap();
    }
    company.advance(9 * 24 * 3_600_000);
    (folder, company, alice)
}

/// Measures it as a screen does it: through the notebook, which always has a key.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn overview(bencher: Bencher) {
    let (_folder, _company, alice) = busy();
    let notebook = alice.notebook();
    let overview = notebook.my_overview().unwrap();
    assert_eq!(i64::from(overview.counts.open), promises());
    assert!(!overview.reminders.is_empty() && overview.counts.late > 0);
    bencher.bench_local(|| notebook.my_overview().unwrap());
}

/// The reminders that a phone arms: the ladders of all of them, a week ahead.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn reminders_of_a_week(bencher: Bencher) {
    let (_folder, _company, alice) = busy();
    let notebook = alice.notebook();
    bencher.bench_local(|| notebook.due_reminders(7 * 24 * 3_600_000).unwrap());
}

/// The alarms of a phone whose person holds 15,000 promises, after a day on which it was off.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn alarms(bencher: Bencher) {
    let (_folder, _company, alice) = busy_with(if is_trial() { 60 } else { 15_000 });
    let notebook = alice.notebook();
    let yesterday = alice.now() - 24 * 3_600_000;
    assert!(!notebook.alarms(Some(yesterday)).unwrap().arm.is_empty());
    bencher.bench_local(|| notebook.alarms(Some(yesterday)).unwrap());
}

/// Those who may deliver a kind, with their load by what is open.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn performers_of_a_kind(bencher: Bencher) {
    let (_folder, _company, alice) = busy();
    let notebook = alice.notebook();
    assert!(!notebook.performers(Some("fix".into())).unwrap().is_empty());
    bencher.bench_local(|| notebook.performers(Some("fix".into())).unwrap());
}

/// The baseline: every short row is decrypted and copied, nothing else.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn reading_the_same_rows(bencher: Bencher) {
    let (_folder, _company, alice) = busy();
    let key = alice.secrets().load(DATABASE_KEY.into()).unwrap().unwrap();
    let key: Key = key.try_into().unwrap();
    let store = Store::open(&alice.folder().join("notebook.db"), Some(&key)).unwrap();
    let mut statement = store.read().prepare("SELECT gist FROM held").unwrap();
    bencher.bench_local(|| {
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0));
        rows.unwrap().map(|row| row.unwrap().len()).sum::<usize>()
    });
}

/// A notebook with a customer at whom much happened, and its newest entries.
fn long_timeline() -> (TempDir, Company, Device, TimelineQuery, Vec<DocId>) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("timeline"), folder.path());
    let alice = company.alice();
    alice.sync();
    let notebook = alice.notebook();
    let customer = notebook.create_account(account("Hotel Adler")).unwrap();
    for number in 0..if is_trial() { 60 } else { 2_500 } {
        let said = format!("visit {number}");
        let visit = visit_entry(Some(customer), &said);
        notebook.log_visit(visit.clone()).unwrap();
        notebook.log_visit(visit).unwrap();
    }
    let query = TimelineQuery {
        account: customer,
        kinds: vec![],
        before: None,
        limit: 50,
        archived: false,
    };
    let newest = notebook.latest_entries(50, None, vec![]).unwrap();
    let ids = newest.iter().map(|entry| entry.id).collect();
    (folder, company, alice, query, ids)
}

/// The rows that one event names, read again.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn rows_of_50_ids(bencher: Bencher) {
    let (_folder, _company, alice, _, ids) = long_timeline();
    let notebook = alice.notebook();
    assert_eq!(notebook.entries(ids.clone()).unwrap().len(), 50);
    bencher.bench_local(|| notebook.entries(ids.clone()).unwrap());
}

/// The second page of what happened at one customer.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn a_page_of_a_timeline_of_5000(bencher: Bencher) {
    let (_folder, _company, alice, mut query, _) = long_timeline();
    let notebook = alice.notebook();
    query.before = notebook.timeline(query.clone()).unwrap().more;
    assert_eq!(notebook.timeline(query.clone()).unwrap().entries.len(), 50);
    bencher.bench_local(|| notebook.timeline(query.clone()).unwrap());
}

/// The choices for one tap at a customer at whom much was seen.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn choices_of_a_visit(bencher: Bencher) {
    let (_folder, _company, alice, query, _) = long_timeline();
    let notebook = alice.notebook();
    let choices = || notebook.visit_choices(Some(query.account), Lang::En);
    assert!(!choices().unwrap().kinds.is_empty());
    bencher.bench_local(|| choices().unwrap());
}

/// 5,000 customers found by their first letters, with as many visits beside them.
#[divan::bench(args = ["a", "ad", "adler"], sample_count = 50, sample_size = 1)]
fn customers_by_letters(bencher: Bencher, typed: &str) {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("letters"), folder.path());
    let alice = company.alice();
    alice.sync();
    let notebook = alice.notebook();
    let accounts = if is_trial() { 30 } else { 5_000 };
    for number in 0..accounts {
        let name = ["Hotel Adler", "Bäckerei Kaiser", "Gasthof Krone"][number % 3];
        let draft = account(&format!("{name} {number}"));
        let customer = notebook.create_account(draft).unwrap();
        notebook
            .log_visit(visit_entry(Some(customer), "scales"))
            .unwrap();
    }
    let find = || notebook.find_accounts(typed.into(), 20).unwrap();
    assert!(!find().is_empty());
    bencher.bench_local(find);
}
