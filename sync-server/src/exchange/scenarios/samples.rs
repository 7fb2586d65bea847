//! The company's record in replies: in pieces that a slow link carries, after everything else, to people only.

use kept_core::limits;
use kept_core::model::placement::DocumentKind;
use kept_core::notebook::RecordUpdate;
use kept_core::wire::{Reply, SampleRow};

use crate::exchange::fixture::{ExchangeFixture, TestPhone, doc, placement};
use crate::exchange::{Caller, CheckedRequest, handle, keep_samples};
use crate::log::Log;
use crate::log::conformance::sample;

/// Rows of so many promises.
fn rows(count: u16) -> Vec<SampleRow> {
    let row = |number: u16| {
        let mut row = sample(0, i64::from(number));
        row.promise.0[..2].copy_from_slice(&number.to_be_bytes());
        row
    };
    (0..count).map(row).collect()
}

fn keep(company: &mut ExchangeFixture, whole: bool, rows: Vec<SampleRow>) -> bool {
    let id = company.organisation.id;
    keep_samples(&mut company.log, id, RecordUpdate { whole, rows }).unwrap()
}

fn read(reply: &Reply) -> Vec<SampleRow> {
    let rows = reply.samples.iter();
    rows.map(|row| minicbor::decode(row).unwrap()).collect()
}

/// One exchange of a phone that holds the record at a version and reads small pages.
fn ask(company: &mut ExchangeFixture, phone: &mut TestPhone, samples_version: u64) -> Reply {
    let mut request = phone.request(company, vec![]);
    request.samples_version = samples_version;
    request.page_bytes = u32::try_from(limits::BATCH_START).unwrap();
    let reply = company.send(phone, &request).unwrap();
    phone.take(&reply);
    reply
}

#[test]
fn a_slow_link_gets_the_record_in_pieces_and_then_nothing() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    assert!(keep(&mut company, true, rows(600)));
    let (mut version, mut pieces, mut all) = (0, vec![], vec![]);
    loop {
        let reply = ask(&mut company, &mut sam, version);
        let bytes: usize = reply.samples.iter().map(|row| row.len()).sum();
        assert!(bytes <= 32 * 1024, "{bytes}");
        pieces.push(reply.samples.len());
        all.extend(read(&reply));
        version = reply.samples_version;
        if !reply.more {
            break;
        }
    }
    assert_eq!((pieces, version), (vec![256, 256, 88], 600));
    assert_eq!(all, rows(600));
    let reply = ask(&mut company, &mut sam, version);
    assert_eq!(
        (reply.samples, reply.samples_version, reply.more),
        (vec![], 600, false)
    );
}

#[test]
fn work_comes_before_what_is_known_of_others_work() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "north");
    for number in 1..=3 {
        let change = sam.write_text(doc(number), &"x".repeat(40_000));
        let group = sam.group(
            vec![change],
            vec![placement(number, DocumentKind::Account, "north")],
        );
        company.exchange(&mut sam, vec![group]);
    }
    keep(&mut company, true, rows(1));
    let reply = ask(&mut company, &mut kim, 0);
    assert!(reply.more);
    assert_eq!((reply.samples.len(), reply.samples_version), (0, 0));
    while ask(&mut company, &mut kim, 0).samples.is_empty() {}
    assert_eq!(kim.hashes("team:north").len(), 3);
}

#[test]
fn only_what_changed_is_told_and_what_is_gone_from_the_whole_is_taken_away() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    keep(&mut company, true, rows(3));
    assert!(!keep(&mut company, true, rows(3)), "nothing is new");
    assert!(!keep(&mut company, false, rows(1)), "a part takes nothing");
    let empty = |row: SampleRow| SampleRow { life: None, ..row };
    let never_there = empty(rows(9).remove(8));
    assert!(!keep(&mut company, false, vec![never_there.clone()]));
    let mut later = rows(2);
    later[1].life.as_mut().unwrap().start = 99;
    assert!(keep(
        &mut company,
        true,
        [later.clone(), vec![never_there]].concat()
    ));
    let reply = ask(&mut company, &mut sam, 3);
    let gone = empty(rows(3).remove(2));
    assert_eq!(read(&reply), [later[1].clone(), gone]);
    assert!(!keep(&mut company, true, later), "gone once");
}

#[test]
fn the_office_makes_the_record_and_is_told_nothing_of_it() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    keep(&mut company, true, rows(3));
    let request = sam.request(&company, vec![]);
    let office = Caller::OfficeReplica(company.organisation.id);
    let reply = handle(
        &mut company.log,
        &company.keys,
        &company.environment,
        office,
        &CheckedRequest::check(&request).unwrap(),
        company.now,
    );
    assert_eq!(reply.unwrap().samples, Vec::new());
    let id = company.organisation.id;
    let kept = company.log.read().unwrap().samples_since(id, 0, 9).unwrap();
    assert_eq!(kept.rows.len(), 3);
}

#[test]
fn a_version_that_the_log_never_had_begins_the_record_anew() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    keep(&mut company, true, rows(2));
    let reply = ask(&mut company, &mut sam, 500);
    assert_eq!((read(&reply), reply.samples_version), (rows(2), 2));
}
