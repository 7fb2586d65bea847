//! Presence: heard, clear through, open.

use std::collections::BTreeMap;

use kept_core::model::placement::DocumentKind;
use kept_core::model::registry::Presence;
use kept_core::model::silence::LONG_SILENCE;

use crate::exchange::fixture::{ExchangeFixture, doc, placement};
use crate::fixture::START;

#[test]
fn a_phone_is_clear_through_the_moment_it_looked_and_never_beyond_the_servers_clock() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let of_sam = |reply: &kept_core::wire::Reply, id| -> Presence {
        let known = reply
            .presence
            .iter()
            .find(|presence| presence.installation == id);
        known.unwrap().clone()
    };
    let mut request = sam.request(&company, vec![]);
    request.as_of = Some(START + 1_000_000);
    request.open = vec![doc(7)];
    let reply = company.send(&sam, &request).unwrap();
    sam.take(&reply);
    let presence = of_sam(&reply, sam.id);
    assert_eq!(
        (presence.heard, presence.clear_through),
        (START, Some(START))
    );
    assert_eq!(presence.open, [doc(7)]);

    company.now += 5_000;
    let mut partly = sam.request(&company, vec![]);
    partly.whole = false;
    let reply = company.send(&sam, &partly).unwrap();
    sam.take(&reply);
    let presence = of_sam(&reply, sam.id);
    assert_eq!(
        (presence.heard, presence.clear_through),
        (START + 5_000, Some(START))
    );
    assert_eq!(presence.open, []);

    // A group that must be sent again is not there yet, so the phone is not clear.
    sam.one(placement(1, DocumentKind::Account, "north"));
    let lacking = sam.one(placement(1, DocumentKind::Account, "north"));
    let request = sam.request(&company, vec![lacking]);
    let reply = company.send(&sam, &request).unwrap();
    sam.take(&reply);
    assert_eq!(of_sam(&reply, sam.id).clear_through, Some(START));

    let mut request = sam.request(&company, vec![]);
    request.as_of = Some(START + 3_000);
    let reply = company.send(&sam, &request).unwrap();
    sam.take(&reply);
    assert_eq!(of_sam(&reply, sam.id).clear_through, Some(START + 3_000));
}

#[test]
fn what_is_held_or_refused_is_open_from_the_exchange_on_that_makes_its_phone_clear() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "south");
    let first = sam.one(placement(1, DocumentKind::Promise, "north"));
    company.exchange(&mut sam, vec![first.clone()]);

    // Kim's proof is held, and two more groups are refused; a fourth is stored.
    kim.learn(&first.changes);
    let held = kim.one(placement(1, DocumentKind::Promise, "north"));
    let mut refused = kim.one(placement(2, DocumentKind::Promise, "south"));
    refused.places.clear();
    let after = kim.one(placement(2, DocumentKind::Promise, "south"));
    let stored = kim.one(placement(3, DocumentKind::Promise, "south"));
    let mut request = kim.request(&company, vec![held, refused, after, stored]);
    request.open = vec![doc(7)];
    let reply = company.send(&kim, &request).unwrap();
    let of_kim = |reply: &kept_core::wire::Reply| {
        let mut known = reply.presence.iter();
        known.find(|known| known.installation == kim.id).cloned()
    };
    let told = of_kim(&reply).unwrap();
    assert_eq!(told.clear_through, Some(START));
    assert_eq!(told.open, [doc(1), doc(2), doc(7)]);
    let others = company.exchange(&mut sam, vec![]);
    assert_eq!(of_kim(&others), Some(told));
}

#[test]
fn only_news_of_presence_travels_and_pages_are_not_touched_by_it() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "north");
    company.exchange(&mut sam, vec![]);
    let reply = company.exchange(&mut kim, vec![]);
    assert_eq!(reply.presence.len(), 2);
    let mut request = kim.request(&company, vec![]);
    request.presence_version = reply.presence_version;
    let reply = company.send(&kim, &request).unwrap();
    kim.take(&reply);
    let heard: Vec<_> = reply
        .presence
        .iter()
        .map(|presence| presence.installation)
        .collect();
    assert_eq!(heard, [kim.id]);
    assert_eq!(reply.pages, []);
}

#[test]
fn the_end_of_a_long_silence_keeps_what_was_known_of_everybody_until_then() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "north");
    assert_eq!(company.exchange(&mut sam, vec![]).silences, []);
    company.exchange(&mut kim, vec![]);
    company.now += LONG_SILENCE - 1;
    assert_eq!(company.exchange(&mut kim, vec![]).silences, []);
    company.now += 1;
    let reply = company.exchange(&mut sam, vec![]);
    let [ended] = reply.silences.as_slice() else {
        panic!("{:?}", reply.silences);
    };
    assert_eq!((ended.installation, ended.at), (sam.id, company.now));
    let heard: BTreeMap<_, _> = ended
        .before
        .iter()
        .map(|known| (known.installation, known.heard))
        .collect();
    let before = START + LONG_SILENCE - 1;
    assert_eq!(heard, BTreeMap::from([(sam.id, START), (kim.id, before)]));

    // A device that has read that is not told again; one that joins is, and is waited for if it brings only part of
    // what it has.
    let mut request = sam.request(&company, vec![]);
    request.presence_version = reply.presence_version;
    assert_eq!(company.send(&sam, &request).unwrap().silences, []);
    let mut eva = company.technician("Eva", "north");
    let mut request = eva.request(&company, vec![]);
    request.whole = false;
    let told = company.send(&eva, &request).unwrap().silences;
    let who: Vec<_> = told.iter().map(|ended| ended.installation).collect();
    assert_eq!(who, [sam.id, eva.id]);
}
