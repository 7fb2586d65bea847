//! The outcomes of a group: stored, already, lacking something, refused, held.

use kept_core::limits;
use kept_core::model::ids::{Actor, Hash, InstallationId, PersonId};
use kept_core::model::placement::DocumentKind;
use kept_core::wire::{GroupOutcome, ReasonCode};

use crate::exchange::fixture::{ExchangeFixture, TestPhone, codes, doc, outcome, placement};
use crate::exchange::{Caller, CheckedRequest, ExchangeError, handle};
use crate::log::Log;

fn cast() -> (ExchangeFixture, TestPhone) {
    let mut company = ExchangeFixture::new();
    let sam = company.technician("Sam", "north");
    (company, sam)
}

#[test]
fn a_group_is_stored_and_sending_it_again_changes_nothing() {
    let (mut company, mut sam) = cast();
    let group = sam.one(placement(1, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut sam, vec![group.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    assert_eq!(reply.results[0].id, group.id);
    let digest = reply.digest;
    let again = company.exchange(&mut sam, vec![group.clone()]);
    assert_eq!(outcome(&again), &GroupOutcome::Already);
    assert_eq!(again.digest, digest);
    assert_eq!(again.pages, []);
    assert_eq!(sam.hashes("team:north"), [group.changes[0].hash]);
}

#[test]
fn a_group_whose_dependencies_are_not_here_asks_for_them_and_stores_nothing() {
    let (mut company, mut sam) = cast();
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    let other = sam.write(doc(2));
    let second = sam.write(doc(1));
    let group = sam.group(
        vec![other, second],
        vec![
            placement(1, DocumentKind::Account, "north"),
            placement(2, DocumentKind::Account, "north"),
        ],
    );
    let reply = company.exchange(&mut sam, vec![group.clone()]);
    assert_eq!(
        outcome(&reply),
        &GroupOutcome::MissingDeps(vec![first.changes[0].hash])
    );
    assert_eq!(sam.hashes("team:north"), []);
    let reply = company.exchange(&mut sam, vec![first, group]);
    let outcomes: Vec<_> = reply.results.iter().map(|result| &result.outcome).collect();
    assert_eq!(outcomes, [&GroupOutcome::Stored, &GroupOutcome::Stored]);
}

#[test]
fn nobody_writes_as_somebody_else_until_the_actor_is_their_own() {
    let (mut company, mut sam) = cast();
    let old = sam.actor;
    sam.actor = Actor([9; 16]);
    let group = sam.one(placement(1, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut sam, vec![group.clone()]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::WrongActor.number()]);
    let mut request = sam.request(&company, vec![group]);
    request.actors = vec![sam.actor];
    let reply = company.send(&sam, &request).unwrap();
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    sam.take(&reply);
    // The new actor is in the registry, where every device learns whose it is; it cannot be taken away.
    let mut eve = company.technician("Eve", "north");
    eve.actor = old;
    let forged = eve.one(placement(2, DocumentKind::Account, "north"));
    let mut request = eve.request(&company, vec![forged]);
    request.actors = vec![old];
    let reply = company.send(&eve, &request).unwrap();
    assert_eq!(codes(outcome(&reply)), [ReasonCode::WrongActor.number()]);
    let log = company.log.read().unwrap();
    assert_eq!(
        log.actor(company.organisation.id, old).unwrap(),
        Some(sam.id)
    );
    let (_, device) = log.device(sam.id).unwrap().unwrap();
    assert_eq!(device.actors, [old, Actor([9; 16])]);
}

#[test]
fn a_device_writes_under_so_many_actors_and_no_more() {
    let (mut company, mut sam) = cast();
    let group = |sam: &mut TestPhone, actor, number| {
        sam.actor = actor;
        sam.one(placement(number, DocumentKind::Account, "north"))
    };
    let actor = |number: usize| {
        let mut bytes = [7; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        Actor(bytes)
    };
    // Sam's phone joined with one.
    let actors: Vec<_> = (1..=limits::DEVICE_ACTORS).map(actor).collect();
    for some in actors.chunks(50) {
        let mut request = sam.request(&company, vec![]);
        request.actors = some.to_vec();
        let reply = company.send(&sam, &request).unwrap();
        sam.take(&reply);
    }
    let last = group(&mut sam, actor(limits::DEVICE_ACTORS - 1), 1);
    let beyond = group(&mut sam, actor(limits::DEVICE_ACTORS), 2);
    let reply = company.exchange(&mut sam, vec![last, beyond]);
    assert_eq!(reply.results[0].outcome, GroupOutcome::Stored);
    let GroupOutcome::Refused(reasons) = &reply.results[1].outcome else {
        panic!("{:?}", reply.results[1]);
    };
    assert_eq!(reasons[0].code, ReasonCode::WrongActor.number());
    assert!(reasons[0].detail.contains("256"), "{reasons:?}");
    let log = company.log.read().unwrap();
    let (_, device) = log.device(sam.id).unwrap().unwrap();
    assert_eq!(device.actors.len(), limits::DEVICE_ACTORS);
}

#[test]
fn a_copied_phone_that_reuses_a_place_in_the_sequence_is_refused() {
    let (mut company, mut sam) = cast();
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    let mut copy = automerge::Automerge::load(&sam.docs[&doc(1)].save()).unwrap();
    copy.set_actor(automerge::ActorId::from(sam.actor.0));
    let here = sam.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut sam, vec![first, here]);
    sam.docs.insert(doc(1), copy);
    let change = sam.write_text(doc(1), "written by the copy");
    let there = sam.group(
        vec![change],
        vec![placement(1, DocumentKind::Account, "north")],
    );
    let reply = company.exchange(&mut sam, vec![there]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::SequenceTaken.number()]);
}

#[test]
fn bytes_that_are_not_what_they_say_are_refused_and_nothing_of_their_group_is_stored() {
    let (mut company, mut sam) = cast();
    let good = sam.write(doc(1));
    let places = vec![
        placement(1, DocumentKind::Account, "north"),
        placement(2, DocumentKind::Account, "north"),
    ];
    let mut wrong_hash = sam.write(doc(2));
    wrong_hash.hash = Hash([7; 32]);
    let mut truncated = sam.write(doc(2));
    truncated.bytes.truncate(20);
    let mut oversized = truncated.clone();
    oversized.bytes = vec![0; limits::CHANGE_BYTES + 1].into();
    let cases = [
        (wrong_hash, ReasonCode::WrongHash),
        (truncated, ReasonCode::Malformed),
        (oversized, ReasonCode::TooLarge),
    ];
    for (bad, code) in cases {
        let group = sam.group(vec![good.clone(), bad], places.clone());
        let reply = company.exchange(&mut sam, vec![group]);
        assert_eq!(codes(outcome(&reply)), [code.number()]);
    }
    assert_eq!(sam.hashes("team:north"), []);
}

#[test]
fn a_group_beyond_the_limits_is_refused_and_its_neighbours_are_not() {
    let (mut company, mut sam) = cast();
    let text = "x".repeat(limits::CHANGE_BYTES - 1000);
    let changes = vec![sam.write_text(doc(1), &text), sam.write_text(doc(1), &text)];
    let heavy = sam.group(changes, vec![placement(1, DocumentKind::Account, "north")]);
    let changes = (0..=limits::GROUP_CHANGES)
        .map(|_| sam.write(doc(2)))
        .collect();
    let long = sam.group(changes, vec![placement(2, DocumentKind::Account, "north")]);
    let fine = sam.one(placement(3, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut sam, vec![heavy, long, fine]);
    let outcomes: Vec<_> = reply
        .results
        .iter()
        .map(|result| codes(&result.outcome))
        .collect();
    let too_large = vec![ReasonCode::TooLarge.number()];
    assert_eq!(outcomes, [too_large.clone(), too_large, vec![]]);
    assert_eq!(reply.results[2].outcome, GroupOutcome::Stored);
}

#[test]
fn what_depends_on_a_refused_group_is_refused_and_says_so() {
    let (mut company, mut sam) = cast();
    let mut first = sam.one(placement(1, DocumentKind::Account, "north"));
    first.places.clear();
    let second = sam.one(placement(1, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut sam, vec![first, second]);
    assert_eq!(
        codes(&reply.results[0].outcome),
        [ReasonCode::WrongPlace.number()]
    );
    assert_eq!(
        codes(&reply.results[1].outcome),
        [ReasonCode::DependsOnRefused.number()]
    );
}

#[test]
fn a_document_has_one_first_change_one_kind_and_its_own_dependencies() {
    let (mut company, mut sam) = cast();
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut sam, vec![first.clone()]);
    let mut eve = company.technician("Eve", "north");
    let rival = eve.one(placement(1, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut eve, vec![rival]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::NotFirst.number()]);
    let other_kind = sam.one(placement(1, DocumentKind::Visit, "north"));
    let reply = company.exchange(&mut sam, vec![other_kind]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::WrongPlace.number()]);
    // A change of one document, claimed for another.
    let mut stolen = first.changes[0].clone();
    stolen.doc = doc(5);
    let stolen = sam.group(
        vec![stolen],
        vec![placement(5, DocumentKind::Account, "north")],
    );
    let reply = company.exchange(&mut sam, vec![stolen]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::WrongPlace.number()]);
}

#[test]
fn what_its_author_may_not_write_is_held_in_nobodys_feed_and_so_is_what_depends_on_it() {
    let (mut company, mut sam) = cast();
    let mut kim = company.technician("Kim", "south");
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut sam, vec![first.clone()]);
    kim.learn(&first.changes);
    let held = kim.one(placement(1, DocumentKind::Account, "north"));
    let after = kim.one(placement(1, DocumentKind::Account, "north"));
    let free = kim.one(placement(2, DocumentKind::Account, "south"));
    let reply = company.exchange(&mut kim, vec![held.clone(), after, free]);
    assert_eq!(
        codes(&reply.results[0].outcome),
        [ReasonCode::MayNotWrite.number()]
    );
    assert!(codes(&reply.results[1].outcome).contains(&ReasonCode::DependsOnHeld.number()));
    assert_eq!(reply.results[2].outcome, GroupOutcome::Stored);
    // A retry hears the same, and no other device hears anything.
    let again = company.exchange(&mut kim, vec![held.clone()]);
    assert_eq!(again.results[0].outcome, reply.results[0].outcome);
    company.catch_up(&mut sam);
    assert_eq!(sam.hashes("team:north"), [first.changes[0].hash]);
    let log = company.log.read().unwrap();
    let waiting = log.held_groups(company.organisation.id).unwrap();
    assert_eq!(waiting.len(), 2);
    assert_eq!(
        (waiting[0].group.clone(), waiting[0].installation),
        (held, kim.id)
    );
}

#[test]
fn so_much_of_a_device_is_held_and_no_more() {
    let (mut company, mut sam) = cast();
    let mut kim = company.technician("Kim", "south");
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut sam, vec![first.clone()]);
    kim.learn(&first.changes);
    let text = "x".repeat(40_000);
    let enough = usize::try_from(limits::HELD_BYTES).unwrap() / text.len();
    let mut outcomes = Vec::new();
    for _ in 0..enough + 2 {
        let change = kim.write_text(doc(1), &text);
        let group = kim.group(
            vec![change],
            vec![placement(1, DocumentKind::Account, "north")],
        );
        outcomes.push(
            company
                .exchange(&mut kim, vec![group])
                .results
                .remove(0)
                .outcome,
        );
    }
    let held = outcomes
        .iter()
        .take_while(|it| matches!(it, GroupOutcome::Held(_)));
    assert!((enough - 5..=enough).contains(&held.count()));
    assert!(
        outcomes
            .iter()
            .any(|it| codes(it) == [ReasonCode::TooMuchHeld.number()])
    );
    // Groups of other devices are still held.
    let mut lee = company.technician("Lee", "south");
    lee.learn(&first.changes);
    let group = lee.one(placement(1, DocumentKind::Account, "north"));
    let reply = company.exchange(&mut lee, vec![group]);
    assert!(matches!(outcome(&reply), GroupOutcome::Held(_)));
}

#[test]
fn naming_oneself_in_a_place_opens_no_document_that_is_there() {
    let (mut company, mut sam) = cast();
    let mut kim = company.technician("Kim", "south");
    let first = sam.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut sam, vec![first.clone()]);
    kim.learn(&first.changes);
    let mut claimed = placement(1, DocumentKind::Account, "north");
    claimed.people.insert(kim.person);
    let group = kim.one(claimed);
    let reply = company.exchange(&mut kim, vec![group]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::MayNotWrite.number()]);
    assert_eq!(kim.feed(&format!("p:{}", kim.person)), []);
}

#[test]
fn the_handbook_is_written_by_those_who_run_the_company() {
    let (mut company, mut sam) = cast();
    let mut ann = company.owner();
    let group = sam.one(placement(1, DocumentKind::Handbook, "north"));
    let reply = company.exchange(&mut sam, vec![group]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::MayNotWrite.number()]);
    let group = ann.one(placement(2, DocumentKind::Handbook, "north"));
    let reply = company.exchange(&mut ann, vec![group.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    company.catch_up(&mut sam);
    assert_eq!(sam.hashes("company"), [group.changes[0].hash]);
}

#[test]
fn what_colleagues_say_is_written_by_themselves_and_by_those_who_run_the_company() {
    let (mut company, mut sam) = cast();
    let mut kim = company.technician("Kim", "south");
    let mut ann = company.owner();
    let about = |number, person| {
        let mut placement = placement(number, DocumentKind::Person, "north");
        placement.people.extend(person);
        placement
    };
    let own = sam.one(about(1, Some(sam.person)));
    let reply = company.exchange(&mut sam, vec![own.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    let entered = ann.one(about(2, Some(kim.person)));
    let reply = company.exchange(&mut ann, vec![entered.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);

    // Kim reads what Sam says, and goes on only where it is about Kim.
    company.catch_up(&mut kim);
    kim.learn(&own.changes);
    kim.learn(&entered.changes);
    for (placement, fits) in [
        (about(1, Some(kim.person)), false),
        (about(2, None), true),
        (about(3, Some(sam.person)), false),
        (about(4, None), false),
    ] {
        let group = kim.one(placement);
        let reply = company.exchange(&mut kim, vec![group]);
        let held = [ReasonCode::MayNotWrite.number()];
        let wanted: &[u16] = if fits { &[] } else { &held };
        assert_eq!(codes(outcome(&reply)), wanted);
    }
}

#[test]
fn somebody_else_gives_back_what_was_stored_with_its_receipt_and_only_with_it() {
    let (mut company, mut sam) = cast();
    let mut kim = company.technician("Kim", "north");
    company.exchange(&mut sam, vec![]);
    let group = sam.one(placement(1, DocumentKind::Account, "north"));
    let mut back = group.clone();
    let change = &mut back.changes[0];
    let at = company.now - 5000;
    let receipt =
        company
            .keys
            .receipt(company.organisation.id, change.doc, change.hash, sam.id, at);
    let mut forged = receipt.clone();
    forged.received_at += 1;
    change.receipt = Some(forged);
    let reply = company.exchange(&mut kim, vec![back.clone()]);
    assert_eq!(codes(outcome(&reply)), [ReasonCode::WrongActor.number()]);
    back.changes[0].receipt = Some(receipt.clone());
    let reply = company.exchange(&mut kim, vec![back]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    company.catch_up(&mut sam);
    let rows = sam.feed("team:north");
    assert_eq!(rows.last().unwrap().receipt, Some(receipt));
    let log = company.log.read().unwrap();
    let stored = log
        .placement(company.organisation.id, doc(1))
        .unwrap()
        .unwrap();
    assert_eq!(stored.author, sam.person);
}

#[test]
fn who_is_unknown_shut_out_or_gone_is_signed_out() {
    let (mut company, mut sam) = cast();
    let request = sam.request(&company, vec![]);
    let unknown = Caller::Device(InstallationId([9; 16]));
    let reply = handle(
        &mut company.log,
        &company.keys,
        &company.environment,
        unknown,
        &CheckedRequest::check(&request).unwrap(),
        company.now,
    );
    assert!(matches!(reply, Err(ExchangeError::SignedOut)));
    company.exchange(&mut sam, vec![]);
    let log = company.log.write().unwrap();
    let (organisation, mut device) = log.device(sam.id).unwrap().unwrap();
    device.revoked = Some(company.now);
    log.put_device(organisation, &device).unwrap();
    log.commit().unwrap();
    assert!(matches!(
        company.send(&sam, &request),
        Err(ExchangeError::SignedOut)
    ));
    let kim = company.technician("Kim", "north");
    let log = company.log.write().unwrap();
    let mut gone = log.colleague(organisation, kim.person).unwrap().unwrap();
    gone.to = Some(company.now);
    log.put_colleague(organisation, &gone).unwrap();
    log.commit().unwrap();
    assert!(matches!(
        company.send(&kim, &request),
        Err(ExchangeError::SignedOut)
    ));
}

#[test]
fn a_request_of_another_version_or_beyond_the_limits_has_no_reply() {
    let (mut company, mut sam) = cast();
    let mut request = sam.request(&company, vec![]);
    request.version = limits::PROTOCOL + 1;
    assert!(matches!(
        company.send(&sam, &request),
        Err(ExchangeError::Version(_))
    ));
    let empty = sam.group(vec![], vec![]);
    let request = sam.request(&company, vec![empty; limits::REQUEST_GROUPS + 1]);
    assert!(matches!(
        company.send(&sam, &request),
        Err(ExchangeError::TooLarge)
    ));
}

#[test]
fn the_office_replica_reads_all_but_what_is_personal_and_writes_nothing() {
    let (mut company, mut sam) = cast();
    let mut for_sam = placement(1, DocumentKind::Promise, "north");
    for_sam.people = [sam.person, PersonId([8; 16])].into();
    let group = sam.one(for_sam);
    company.exchange(&mut sam, vec![group.clone()]);
    let other = sam.one(placement(2, DocumentKind::Account, "north"));
    let request = sam.request(&company, vec![other]);
    let mut request = request;
    (request.prev, request.cursors) = (None, vec![]);
    let office = Caller::OfficeReplica(company.organisation.id);
    let reply = handle(
        &mut company.log,
        &company.keys,
        &company.environment,
        office,
        &CheckedRequest::check(&request).unwrap(),
        company.now,
    )
    .unwrap();
    assert_eq!(reply.results, []);
    let names: Vec<_> = reply
        .pages
        .iter()
        .filter_map(|page| page.name.as_deref())
        .collect();
    assert_eq!(names, ["company", "team:north"]);
    let bytes: Vec<_> = reply.pages[1]
        .rows
        .iter()
        .filter_map(|row| row.bytes.clone())
        .collect();
    assert_eq!(bytes, [group.changes[0].bytes.clone()]);
    // A replica that was deleted begins anew.
    request.next = [1; 16].into();
    let reply = handle(
        &mut company.log,
        &company.keys,
        &company.environment,
        office,
        &CheckedRequest::check(&request).unwrap(),
        company.now,
    );
    assert!(!reply.unwrap().forked);
}
