//! Retries and copies: the pair of tickets.

use kept_core::model::placement::DocumentKind;
use kept_core::wire::GroupOutcome;

use crate::exchange::fixture::{ExchangeFixture, outcome, placement};
use crate::log::Log;

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_pair() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    company.exchange(&mut sam, vec![]);
    let group = sam.one(placement(1, DocumentKind::Account, "north"));
    let request = sam.request(&company, vec![group.clone()]);
    let lost = company.send(&sam, &request).unwrap();
    assert_eq!(outcome(&lost), &GroupOutcome::Stored);
    let again = company.send(&sam, &request).unwrap();
    assert!(!again.forked);
    assert_eq!(outcome(&again), &GroupOutcome::Already);
    assert_eq!(
        (again.echo, again.digest, &again.pages),
        (request.next, lost.digest, &lost.pages)
    );
    sam.take(&again);
    assert_eq!(sam.hashes("team:north"), [group.changes[0].hash]);
    company.exchange(&mut sam, vec![]);
}

#[test]
fn a_copy_of_a_phone_is_told_and_changes_nothing() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    company.exchange(&mut sam, vec![]);
    let copied = sam.prev;
    company.exchange(&mut sam, vec![]);
    let heard = company.now;
    company.now += 1000;
    let group = sam.one(placement(1, DocumentKind::Account, "north"));
    let mut request = sam.request(&company, vec![group.clone()]);
    request.prev = copied;
    for _ in 0..2 {
        let reply = company.send(&sam, &request).unwrap();
        assert!(reply.forked);
        assert_eq!(
            (reply.results, reply.pages, reply.echo),
            (vec![], vec![], request.next)
        );
    }
    let log = company.log.read().unwrap();
    let id = company.organisation.id;
    assert_eq!(log.change(id, group.changes[0].hash).unwrap(), None);
    let presence = log.presence(id, sam.id).unwrap().unwrap();
    assert_eq!(presence.heard, heard);
    drop(log);
    // The one that was there first goes on.
    let reply = company.exchange(&mut sam, vec![group]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
}

#[test]
fn a_phone_that_is_copied_before_its_first_exchange_is_noticed_as_well() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let copy = sam.request(&company, vec![]);
    company.exchange(&mut sam, vec![]);
    assert!(company.send(&sam, &copy).unwrap().forked);
}
