//! The homes of documents, and shares into the scopes of people and pools.

use kept_core::limits;
use kept_core::model::ids::PersonId;
use kept_core::model::placement::{DocumentKind, Placement};
use kept_core::model::registry::Role;
use kept_core::wire::{Entered, GroupOutcome, ReasonCode, Row, row_kind};

use crate::exchange::fixture::{
    ExchangeFixture, assert_sound, codes, doc, outcome, placement, team,
};
use crate::log::Log;

fn entered(row: &Row) -> Entered {
    assert_eq!(row.kind, row_kind::ENTERED);
    minicbor::decode(row.control.as_ref().unwrap()).unwrap()
}

#[test]
fn a_promise_reaches_its_performer_in_another_territory_with_all_that_was_written_before() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "south");
    let mut changes = vec![];
    for _ in 0..3 {
        let group = sam.one(placement(1, DocumentKind::Promise, "north"));
        changes.extend(group.changes.clone());
        company.exchange(&mut sam, vec![group]);
    }
    company.catch_up(&mut kim);
    let own = format!("p:{}", kim.person);
    assert_eq!((kim.feed(&own), kim.feed("team:north")), (&[][..], &[][..]));
    let mut shared = placement(1, DocumentKind::Promise, "north");
    shared.people.insert(kim.person);
    let group = sam.one(shared);
    changes.extend(group.changes.clone());
    company.exchange(&mut sam, vec![group]);
    company.catch_up(&mut kim);
    let feed = kim.feed(&own);
    assert_sound(feed);
    let start = entered(&feed[0]);
    assert_eq!(
        (start.rows, start.placement.kind),
        (4, DocumentKind::Promise)
    );
    assert_eq!(start.placement.people, [kim.person].into());
    let hashes: Vec<_> = changes.iter().map(|change| change.hash).collect();
    assert_eq!(kim.hashes(&own), hashes);
    // Kim may now write there, and both read it.
    kim.learn(&changes);
    let answer = kim.one(placement(1, DocumentKind::Promise, "north"));
    let reply = company.exchange(&mut kim, vec![answer.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    company.catch_up(&mut sam);
    assert_eq!(
        sam.hashes("team:north").last(),
        Some(&answer.changes[0].hash)
    );
    assert_eq!(kim.hashes(&own).last(), Some(&answer.changes[0].hash));
    assert_eq!(kim.feed("team:north"), []);
}

#[test]
fn a_document_that_one_request_begins_and_shares_later_is_whole_in_both_scopes() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "south");
    let begun = sam.one(placement(1, DocumentKind::Promise, "north"));
    let mut shared = placement(1, DocumentKind::Promise, "north");
    shared.people.insert(kim.person);
    let given = sam.one(shared);
    let more = sam.one(placement(1, DocumentKind::Promise, "north"));
    let hashes: Vec<_> = [&begun, &given, &more]
        .map(|group| group.changes[0].hash)
        .into();
    let groups = vec![begun.clone(), given, begun, more];
    let reply = company.exchange(&mut sam, groups);
    let outcomes: Vec<_> = reply.results.iter().map(|result| &result.outcome).collect();
    let (stored, already) = (&GroupOutcome::Stored, &GroupOutcome::Already);
    assert_eq!(outcomes, [stored, stored, already, stored]);
    company.catch_up(&mut sam);
    company.catch_up(&mut kim);
    let own = format!("p:{}", kim.person);
    assert_sound(kim.feed(&own));
    assert_eq!(entered(&kim.feed(&own)[0]).rows, 2);
    assert_eq!(kim.hashes(&own), hashes);
    assert_eq!(sam.hashes("team:north"), hashes);
}

#[test]
fn a_pool_reads_what_is_given_to_it() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.phone("Kim", Some(Role::Workshop), &["south"], &["kitchen"]);
    let mut given = placement(1, DocumentKind::Promise, "north");
    given.pools.insert(team("kitchen"));
    let group = sam.one(given);
    company.exchange(&mut sam, vec![group.clone()]);
    company.catch_up(&mut kim);
    assert_eq!(kim.hashes("pool:kitchen"), [group.changes[0].hash]);
    company.catch_up(&mut sam);
    assert_eq!(sam.feed("pool:kitchen"), []);
}

#[test]
fn what_is_about_an_account_lives_with_it_even_if_both_came_in_one_group() {
    let mut company = ExchangeFixture::new();
    let mut ann = company.phone("Ann", None, &[], &[]);
    let mut sam = company.technician("Sam", "north");
    let account = ann.one(placement(1, DocumentKind::Account, "south"));
    company.exchange(&mut ann, vec![account]);
    // Sam promises something to a customer of the south, and says north because he works there.
    let mut promise = placement(2, DocumentKind::Promise, "north");
    promise.parent = Some(doc(1));
    promise.people.insert(sam.person);
    let group = sam.one(promise);
    let reply = company.exchange(&mut sam, vec![group.clone()]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    company.catch_up(&mut ann);
    assert_eq!(
        ann.hashes("team:south").last(),
        Some(&group.changes[0].hash)
    );
    assert_eq!(
        sam.hashes(&format!("p:{}", sam.person)),
        [group.changes[0].hash]
    );
    let mut visit = placement(4, DocumentKind::Visit, "north");
    visit.parent = Some(doc(3));
    let changes = vec![ann.write(doc(4)), ann.write(doc(3))];
    let both = ann.group(
        changes,
        vec![visit, placement(3, DocumentKind::Account, "south")],
    );
    company.exchange(&mut ann, vec![both]);
    let log = company.log.read().unwrap();
    let stored = log
        .placement(company.organisation.id, doc(4))
        .unwrap()
        .unwrap();
    assert_eq!(stored.placement.team, Some(team("south")));
}

#[test]
fn naming_oneself_begins_nothing_but_a_promise_in_another_territory() {
    let mut company = ExchangeFixture::new();
    let mut ann = company.phone("Ann", None, &[], &[]);
    let mut dora = company.phone("Dora", Some(Role::Technician), &["south"], &["kitchen"]);
    let account = ann.one(placement(1, DocumentKind::Account, "north"));
    company.exchange(&mut ann, vec![account.clone()]);
    for (number, kind) in [
        (2, DocumentKind::Visit),
        (3, DocumentKind::Usage),
        (4, DocumentKind::Case),
        (5, DocumentKind::Opportunity),
        (6, DocumentKind::Promise),
    ] {
        let mut claimed = placement(number, kind, "south");
        claimed.parent = Some(doc(1));
        claimed.people.insert(dora.person);
        claimed.pools.insert(team("kitchen"));
        let group = dora.one(claimed);
        let reply = company.exchange(&mut dora, vec![group]);
        let held = [ReasonCode::MayNotWrite.number()];
        // The person who promised something to a customer, and the one who is to do it, see it wherever it lives.
        let wanted: &[u16] = if kind == DocumentKind::Promise {
            &[]
        } else {
            &held
        };
        assert_eq!(codes(outcome(&reply)), wanted, "{kind:?}");
    }
    company.catch_up(&mut ann);
    assert_eq!(ann.hashes("team:north").len(), 2, "account and promise");
}

#[test]
fn a_new_document_enters_its_authors_team_and_never_one_where_they_do_not_work() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let strange = sam.one(placement(1, DocumentKind::Account, "south"));
    let without = sam.one(Placement::new(doc(2), DocumentKind::Account));
    let day = sam.one(placement(3, DocumentKind::Day, "north"));
    let sale = sam.one(placement(4, DocumentKind::Opportunity, "north"));
    let reply = company.exchange(&mut sam, vec![strange, without, day.clone(), sale]);
    assert_eq!(sam.hashes("team:north").len(), 2);
    assert_eq!(
        sam.hashes(&format!("p:{}", sam.person)),
        [day.changes[0].hash]
    );
    // A technician does not write into the sales people's scope.
    assert_eq!(codes(&reply.results[3].outcome).len(), 1);
    let mut kim = company.phone("Kim", Some(Role::Workshop), &[], &[]);
    let everywhere = kim.one(placement(5, DocumentKind::Account, "north"));
    company.exchange(&mut kim, vec![everywhere.clone()]);
    assert_eq!(kim.hashes("company"), [everywhere.changes[0].hash]);
}

#[test]
fn the_parent_is_the_one_that_the_greatest_change_gave() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut first = sam.one(placement(1, DocumentKind::Visit, "north"));
    first.changes[0].parent = Some(doc(8));
    let mut later = sam.one(placement(1, DocumentKind::Visit, "north"));
    later.changes[0].parent = Some(doc(9));
    let silent = sam.one(placement(1, DocumentKind::Visit, "north"));
    company.exchange(&mut sam, vec![first, later.clone(), silent]);
    let log = company.log.read().unwrap();
    let stored = log
        .placement(company.organisation.id, doc(1))
        .unwrap()
        .unwrap();
    assert_eq!(stored.placement.parent, Some(doc(9)));
    assert_eq!(stored.parent_hash, Some(later.changes[0].hash));
    assert_eq!(stored.changes, 3);
}

/// The names of all scopes that begin so.
fn scopes(company: &mut ExchangeFixture, begin: &str) -> Vec<String> {
    let log = company.log.read().unwrap();
    let scopes = log.scopes(company.organisation.id).unwrap().into_iter();
    let names = scopes.map(|state| state.scope.to_string());
    names.filter(|name| name.starts_with(begin)).collect()
}

#[test]
fn whom_the_registry_does_not_know_gets_no_scope_until_it_does() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let stranger = PersonId([8; 16]);
    let mut given = placement(1, DocumentKind::Promise, "north");
    given.people = [sam.person, stranger].into();
    let group = sam.one(given.clone());
    let reply = company.exchange(&mut sam, vec![group]);
    assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    assert_eq!(scopes(&mut company, "p:"), [format!("p:{}", sam.person)]);
    let known = |company: &mut ExchangeFixture| {
        let log = company.log.read().unwrap();
        let stored = log.placement(company.organisation.id, doc(1)).unwrap();
        stored.unwrap().placement.people
    };
    assert_eq!(known(&mut company), [sam.person].into());

    // A backup that was taken before a person came knows them later.
    let log = company.log.write().unwrap();
    let organisation = company.organisation.id;
    let mut late = log.colleague(organisation, sam.person).unwrap().unwrap();
    late.id = stranger;
    log.put_colleague(organisation, &late).unwrap();
    log.commit().unwrap();
    let group = sam.one(given);
    company.exchange(&mut sam, vec![group]);
    assert_eq!(known(&mut company).len(), 2);
    assert_eq!(scopes(&mut company, "p:").len(), 2);
}

#[test]
fn pools_that_nobody_serves_get_scopes_as_many_as_a_company_may_have() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    for number in 1..4 {
        let mut given = placement(number, DocumentKind::Promise, "north");
        let names = (0..150).map(|pool| team(&format!("pool-{number}-{pool}")));
        given.pools = names.collect();
        let group = sam.one(given);
        let reply = company.exchange(&mut sam, vec![group]);
        assert_eq!(outcome(&reply), &GroupOutcome::Stored);
    }
    assert_eq!(scopes(&mut company, "pool:").len(), limits::POOLS);
    let mut kim = company.phone("Kim", Some(Role::Workshop), &["south"], &["kitchen"]);
    let mut given = placement(4, DocumentKind::Promise, "north");
    given.pools = [team("kitchen"), team("cellar")].into();
    let group = sam.one(given);
    company.exchange(&mut sam, vec![group.clone()]);
    company.catch_up(&mut kim);
    assert_eq!(kim.hashes("pool:kitchen"), [group.changes[0].hash]);
    assert_eq!(scopes(&mut company, "pool:cellar"), [""; 0]);
}
