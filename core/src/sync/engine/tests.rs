//! Asking ahead: what is asked while an answer is still to be taken, and what becomes of it.

use minicbor::bytes::ByteArray;

use super::*;
use crate::limits;
use crate::model::ids::{Actor, GroupId, InstallationId, OrganisationId};
use crate::model::registry::Role;
use crate::store::meta::{self, Identity};
use crate::store::{feed, outbox};
use crate::sync::outage::OutageCause;
use crate::testing::{ANN, NOON, StoreFixture};
use crate::wire::{self, GroupOutcome, GroupResult, Page, Reply, Request, Row, row_kind};

/// A phone that belongs to a company.
struct EngineFixture {
    base: StoreFixture,
    identity: Identity,
}

/// A phone with so many accounts in its outbox, each too large for two to travel in the first request.
fn fixture(accounts: usize) -> EngineFixture {
    let mut base = StoreFixture::new();
    let identity = Identity {
        organisation: OrganisationId([1; 16]),
        organisation_name: "Ovens".into(),
        person: ANN,
        person_name: "Ann".into(),
        role: Role::Technician,
        team: None,
        installation: InstallationId(ANN.0),
        actor: Actor(ANN.0),
        server: Some("http://127.0.0.1:1".into()),
        certificate: None,
        pin: None,
    };
    base.store.write(|tx| meta::set(tx, &identity)).unwrap();
    let mut fixture = EngineFixture { base, identity };
    (0..accounts).for_each(|number| fixture.write(number));
    fixture
}

impl EngineFixture {
    /// Writes an account of some 40 kB.
    fn write(&mut self, number: usize) {
        self.base
            .account(&format!("{number} {}", "x".repeat(40_000)));
    }

    fn next(&mut self, engine: &mut Engine) -> Option<Request> {
        let body = engine
            .next(&mut self.base.store, &self.base.environment)
            .unwrap();
        body.map(|body| wire::unpack(&body).unwrap())
    }

    fn ahead(&mut self, engine: &mut Engine, answer: &PendingReply) -> Option<Request> {
        let body = engine
            .request_ahead(&mut self.base.store, &self.base.environment, answer)
            .unwrap();
        body.map(|body| wire::unpack(&body).unwrap())
    }

    /// Takes all pieces of an answer.
    fn take(&mut self, engine: &mut Engine, mut answer: PendingReply) -> Result<bool, EngineError> {
        loop {
            let taken = engine.take(&mut self.base.store, &self.base.environment, &mut answer)?;
            if let ApplyProgress::All { holds } = taken {
                return Ok(holds);
            }
        }
    }

    fn unsent(&self) -> usize {
        outbox::pending(self.base.store.read()).unwrap().len()
    }
}

/// The reply of a server that takes all groups of a request.
fn stored(request: &Request, more: bool, pages: Vec<Page>) -> Reply {
    let results = request.groups.iter().map(|group| GroupResult {
        id: group.id,
        outcome: GroupOutcome::Stored,
    });
    Reply {
        version: limits::PROTOCOL,
        min_version: limits::PROTOCOL,
        max_version: limits::PROTOCOL,
        echo: request.next,
        forked: false,
        results: results.collect(),
        pages,
        given: vec![],
        silences: vec![],
        push: None,
        lost: vec![],
        digest: ByteArray::from([0; 16]),
        presence_version: 3,
        presence: vec![],
        samples_version: 4,
        samples: vec![],
        server_time: NOON,
        more,
    }
}

fn heard(engine: &mut Engine, fixture: &EngineFixture, reply: &Reply) -> PendingReply {
    let heard = Response::read(&wire::pack(reply).unwrap(), || false)
        .unwrap()
        .unwrap();
    engine.received(&fixture.base.environment, heard).unwrap()
}

#[test]
fn a_long_answer_is_left_when_the_run_is_told_to_stop_and_a_short_one_is_read() {
    let mut fixture = fixture(0);
    let mut engine = Engine::new();
    let request = fixture.next(&mut engine).unwrap();
    let read = |rows| {
        let reply = stored(&request, false, vec![page(0, rows)]);
        let body = wire::pack(&reply).unwrap();
        Response::read(&body, || true).unwrap().is_some()
    };
    assert!(read(64) && !read(65));
}

/// A page of the company whose rows this version does not know.
fn page(after: u64, rows: u64) -> Page {
    let row = |seq| Row {
        seq,
        kind: 99,
        doc: None,
        hash: None,
        bytes: None,
        receipt: None,
        group: None,
        control: None,
        mac: None,
    };
    Page {
        scope: 1,
        name: Some("company".into()),
        epoch: 5,
        after,
        rows: (after + 1..=after + rows).map(row).collect(),
        checksum: 0,
        head: 100,
    }
}

fn names(request: &Request) -> Vec<GroupId> {
    request.groups.iter().map(|group| group.id).collect()
}

#[test]
fn the_next_request_goes_out_before_the_answer_is_taken_and_says_what_follows_from_it() {
    let mut fixture = fixture(3);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    assert_eq!((first.groups.len(), first.whole), (1, false));
    let answer = heard(
        &mut engine,
        &fixture,
        &stored(&first, true, vec![page(0, 4)]),
    );

    let second = fixture.ahead(&mut engine, &answer).unwrap();
    assert_eq!(second.prev, Some(first.next));
    assert_eq!(second.groups.len(), 2, "a quick link takes more at once");
    assert!(names(&second).iter().all(|id| !names(&first).contains(id)));
    assert!(second.whole, "with what was acknowledged, that is all");
    assert_eq!((second.cursors[0].scope, second.cursors[0].seq), (1, 4));
    assert_eq!((second.presence_version, second.samples_version), (3, 4));
    assert_eq!(fixture.unsent(), 3, "nothing of the answer is taken yet");

    assert!(fixture.take(&mut engine, answer).unwrap());
    assert_eq!(fixture.unsent(), 2);
    let cursors = feed::cursors(fixture.base.store.read()).unwrap();
    assert_eq!(cursors, second.cursors, "it came to be as it was said");
    let answer = heard(&mut engine, &fixture, &stored(&second, false, vec![]));
    assert!(
        fixture.ahead(&mut engine, &answer).is_none(),
        "nothing is left"
    );
    assert!(fixture.take(&mut engine, answer).unwrap());
    assert_eq!(fixture.next(&mut engine), None);
    assert_eq!((fixture.unsent(), engine.stats().sent), (0, 3));
}

/// A phone whose second request is on its way, with what the third will offer read already, and the answer to
/// the second.
fn with_a_third_request_ready(accounts: usize) -> (EngineFixture, Engine, Request, PendingReply) {
    let mut fixture = fixture(accounts);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    let answer = heard(&mut engine, &fixture, &stored(&first, true, vec![]));
    let second = fixture.ahead(&mut engine, &answer).unwrap();
    assert!(fixture.take(&mut engine, answer).unwrap());
    assert!(engine.ready.is_some(), "read while the server works");
    let answer = heard(&mut engine, &fixture, &stored(&second, false, vec![]));
    (fixture, engine, second, answer)
}

#[test]
fn a_tap_while_the_next_groups_are_ready_goes_with_a_request_of_its_own() {
    let (mut fixture, mut engine, second, answer) = with_a_third_request_ready(8);
    fixture.write(8);
    let third = fixture.ahead(&mut engine, &answer).unwrap();
    assert_eq!((second.groups.len(), third.groups.len()), (6, 1));
    assert!(!third.whole, "one more was written");
    assert!(fixture.take(&mut engine, answer).unwrap());
    let answer = heard(&mut engine, &fixture, &stored(&third, false, vec![]));
    let fourth = fixture.ahead(&mut engine, &answer).unwrap();
    assert_eq!((fourth.groups.len(), fourth.whole), (1, true));
    assert!(fixture.take(&mut engine, answer).unwrap());
    let answer = heard(&mut engine, &fixture, &stored(&fourth, false, vec![]));
    assert!(fixture.take(&mut engine, answer).unwrap());
    assert_eq!(fixture.next(&mut engine), None);
    assert_eq!((fixture.unsent(), engine.stats().sent), (0, 9));
}

#[test]
fn what_was_ready_is_forgotten_when_a_request_is_lost() {
    let (mut fixture, mut engine, second, _lost) = with_a_third_request_ready(8);
    engine.failed(OutageCause::Cut);
    let again = fixture.next(&mut engine).unwrap();
    assert_eq!(again.groups[0].id, second.groups[0].id);
    assert!(engine.ready.is_none(), "it would follow what did not go");
}

#[test]
fn who_is_killed_while_an_answer_is_taken_asks_again_under_the_ticket_that_went_ahead() {
    let mut fixture = fixture(3);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    let answer = heard(
        &mut engine,
        &fixture,
        &stored(&first, true, vec![page(0, 4)]),
    );
    let ahead = fixture.ahead(&mut engine, &answer).unwrap();
    drop((engine, answer));

    let again = fixture.next(&mut Engine::new()).unwrap();
    assert_eq!((again.prev, again.next), (ahead.prev, ahead.next));
    assert_eq!(
        names(&again),
        names(&first),
        "what was not taken goes again"
    );
    assert_eq!(again.cursors, vec![], "and is read again");
}

#[test]
fn what_went_ahead_of_an_answer_that_cannot_be_used_counts_for_nothing() {
    let mut fixture = fixture(3);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    let mut broken = page(0, 4);
    broken.rows[3].kind = row_kind::CHANGE;
    let answer = heard(&mut engine, &fixture, &stored(&first, true, vec![broken]));
    let ahead = fixture.ahead(&mut engine, &answer).unwrap();
    let failed = fixture.take(&mut engine, answer);
    assert!(matches!(failed, Err(EngineError::Feed(_))));
    assert_eq!(fixture.unsent(), 2, "the results stay");

    let late = wire::pack(&stored(&ahead, false, vec![])).unwrap();
    let late = engine.received(
        &fixture.base.environment,
        Response::read(&late, || false).unwrap().unwrap(),
    );
    assert!(matches!(late, Err(EngineError::Echo)));
    let again = fixture.next(&mut Engine::new()).unwrap();
    assert_eq!((again.prev, again.next), (ahead.prev, ahead.next));
    assert_eq!(names(&again), names(&ahead)[..1], "a new run begins small");
    assert_eq!(again.cursors, vec![]);
}

#[test]
fn nothing_goes_ahead_of_an_answer_whose_taking_decides_what_to_ask() {
    let mut fixture = fixture(3);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    let mut reply = stored(&first, true, vec![]);
    reply.results[0].outcome = GroupOutcome::Held(vec![]);
    let answer = heard(&mut engine, &fixture, &reply);
    assert!(fixture.ahead(&mut engine, &answer).is_none());
    fixture.take(&mut engine, answer).unwrap();

    let second = fixture.next(&mut engine).unwrap();
    let gap = stored(&second, true, vec![page(7, 1)]);
    let answer = heard(&mut engine, &fixture, &gap);
    assert!(
        fixture.ahead(&mut engine, &answer).is_none(),
        "a page with a gap"
    );
}

#[test]
fn a_run_ends_where_another_program_synchronised_or_joined_meanwhile() {
    let mut fixture = fixture(3);
    let mut engine = Engine::new();
    let first = fixture.next(&mut engine).unwrap();
    let mut other = Engine::new();
    let same = fixture.next(&mut other).unwrap();
    assert_eq!(same.next, first.next, "that alone changes nothing");
    let answer = heard(&mut other, &fixture, &stored(&same, false, vec![]));
    fixture.take(&mut other, answer).unwrap();
    let answer = heard(
        &mut engine,
        &fixture,
        &stored(&first, true, vec![page(0, 4)]),
    );
    let late = fixture.take(&mut engine, answer);
    assert!(matches!(late, Err(EngineError::Changed)), "{late:?}");
    assert_eq!(feed::cursors(fixture.base.store.read()).unwrap(), vec![]);

    let mut engine = Engine::new();
    fixture.next(&mut engine).unwrap();
    let identity = Identity {
        installation: InstallationId([9; 16]),
        ..fixture.identity.clone()
    };
    fixture
        .base
        .store
        .write(|tx| meta::set(tx, &identity))
        .unwrap();
    let next = engine.next(&mut fixture.base.store, &fixture.base.environment);
    assert!(matches!(next, Err(EngineError::Changed)));
}

#[test]
fn results_come_first_and_each_piece_of_a_page_has_its_cursor() {
    let mut fixture = fixture(1);
    let mut engine = Engine::new();
    let request = fixture.next(&mut engine).unwrap();
    let reply = stored(&request, false, vec![page(0, 300)]);
    let mut answer = heard(&mut engine, &fixture, &reply);
    let mut cursors = vec![];
    loop {
        let taken = engine.take(
            &mut fixture.base.store,
            &fixture.base.environment,
            &mut answer,
        );
        assert_eq!(
            fixture.unsent(),
            0,
            "the results are there before the first row"
        );
        if taken.unwrap() != ApplyProgress::Piece {
            break;
        }
        let cursor = feed::cursors(fixture.base.store.read()).unwrap();
        cursors.push(cursor.first().map_or(0, |cursor| cursor.seq));
    }
    assert_eq!(cursors, [0, 64, 192, 300]);
}
