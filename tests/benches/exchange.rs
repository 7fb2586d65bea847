//! 10,000 visits with two promises each, pushed by one notebook and pulled by another over loopback,
//! against the same changes sent as one zstd blob and inserted. `KEPT_VISITS` chooses another number.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::OnceLock;

use divan::Bencher;
use kept_tests::bench::{BaselineDatabase, folder, is_trial, key};
use kept_tests::{Company, Device, Scenario, account, promise_to, visit_entry};
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn visits() -> usize {
    let asked = std::env::var("KEPT_VISITS")
        .ok()
        .and_then(|text| text.parse().ok());
    asked.unwrap_or(if is_trial() { 20 } else { 10_000 })
}

/// Between two visits.
const MINUTE_MS: i64 = 60_000;
/// The hours ahead at which promises are due: none is late when the last visit is logged.
const HOURS_AHEAD: i64 = 240;

struct PreparedCompany {
    alice: Device,
    bob: Device,
    _company: Company,
    _folder: TempDir,
}

/// Alice has everything in her outbox, Bob has nothing, and both are known.
fn prepared_company() -> PreparedCompany {
    let folder = folder();
    let company = Company::found_in(&Scenario::silent("exchange"), folder.path());
    let (alice, bob) = (company.alice(), company.bob());
    let notebook = alice.notebook();
    let customer = notebook
        .create_account(account("Bakery of the north"))
        .unwrap();
    alice.sync();
    bob.sync();
    alice.sync();
    let performer = bob.person();
    for number in 0..visits() {
        // A week's work is not logged in one moment: ids begin with the clock, and rows follow their order.
        company.advance(MINUTE_MS);
        let due = alice.due_in(HOURS_AHEAD);
        let mut draft = visit_entry(
            Some(customer),
            &format!("Visit {number}: the divider drifts when it is warm."),
        );
        let promise = |what: &str| {
            promise_to(
                customer,
                &format!("{what} {number}"),
                performer,
                due.clone(),
            )
        };
        draft.promises = vec![promise("load cell"), promise("call back")];
        notebook.log_visit(draft).unwrap();
    }
    alice.network().take_recorded();
    PreparedCompany {
        alice,
        bob,
        _company: company,
        _folder: folder,
    }
}

/// The bytes of the changes that Alice pushed, for the baseline.
fn changes() -> &'static [Vec<u8>] {
    static CHANGES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CHANGES.get_or_init(|| {
        let prepared_company = prepared_company();
        prepared_company.alice.sync();
        let passed = prepared_company.alice.network().take_recorded();
        let groups = passed
            .iter()
            .flat_map(|exchanged| exchanged.request().unwrap().groups);
        groups
            .flat_map(|group| group.changes)
            .map(|change| change.bytes.to_vec())
            .collect()
    })
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn push(bencher: Bencher) {
    bencher
        .with_inputs(prepared_company)
        .bench_values(|prepared_company| {
            assert_eq!(prepared_company.alice.sync().sent, visits() as u64);
            prepared_company
        });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn pull(bencher: Bencher) {
    let pushed = || {
        let prepared_company = prepared_company();
        prepared_company.alice.sync();
        prepared_company
    };
    bencher
        .with_inputs(pushed)
        .bench_values(|prepared_company| {
            assert_eq!(prepared_company.bob.sync().received, 3 * visits() as u64);
            prepared_company
        });
}

/// The baseline: compressed, sent over loopback, inflated and inserted in one transaction.
#[divan::bench(args = [true, false], sample_count = 5, sample_size = 1)]
fn one_blob_and_its_insertion(bencher: Bencher, with_key: bool) {
    let changes = changes();
    let folder = folder();
    let key = key(with_key);
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        let blob = zstd::bulk::compress(&minicbor::to_vec(bytes(changes)).unwrap(), 3).unwrap();
        let received = over_loopback(blob);
        let plain = zstd::stream::decode_all(&received[..]).unwrap();
        let rows: Vec<minicbor::bytes::ByteVec> = minicbor::decode(&plain).unwrap();
        let rows: Vec<Vec<u8>> = rows.into_iter().map(Into::into).collect();
        let path = folder.path().join(format!("bare-{count}.db"));
        BaselineDatabase::open(&path, key.as_ref(), 0).insert_all(&rows);
    });
}

fn bytes(changes: &[Vec<u8>]) -> Vec<minicbor::bytes::ByteVec> {
    changes.iter().cloned().map(Into::into).collect()
}

fn over_loopback(blob: Vec<u8>) -> Vec<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut sender = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let sending = std::thread::spawn(move || {
        sender.write_all(&blob).unwrap();
        sender.shutdown(Shutdown::Write).unwrap();
    });
    let mut received = Vec::new();
    listener
        .accept()
        .unwrap()
        .0
        .read_to_end(&mut received)
        .unwrap();
    sending.join().unwrap();
    received
}
