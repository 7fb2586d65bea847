//! Rows of promises: what the registry says changes them, and they are what the documents say.

use super::*;
use crate::document::{self, Content};
use crate::environment::Environment;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{CancelledBy, EventBody, Finding, Performer};
use crate::model::ids::{DocId, EventId, PersonId};
use crate::model::promise::{NotAllowed, PromiseRecord, reduce};
use crate::model::registry::{Colleague, RegistryRow, Role};
use crate::model::time::Due;
use crate::testing::{ANN, BEN, NOON, StoreFixture, colleague, device, made};

fn row(person: PersonId, role: Role, pools: &[&str], from: i64) -> RegistryRow {
    RegistryRow::Colleague(Colleague {
        from,
        ..colleague(person, "Person", role, pools)
    })
}

/// A notebook in which Ann of the office and Ben write.
fn fixture() -> StoreFixture {
    let mut fixture = StoreFixture::new();
    for (person, role) in [(ANN, Role::Office), (BEN, Role::Technician)] {
        fixture.hear(&row(person, role, &[], 0));
        fixture.hear(&RegistryRow::Device(device(person)));
    }
    fixture
}

impl StoreFixture {
    fn operate(&mut self, author: PersonId, doc: DocId, operation: Operation) {
        self.write(author, &[Edit { doc, operation }]).unwrap();
    }

    /// Ann promises something that the pool is to deliver.
    fn promise(&mut self) -> DocId {
        let doc = self.doc();
        let pool = "service".parse().unwrap();
        let made = made(ANN, Performer::Pool { pool });
        let made = EventBody::Made(Box::new(made));
        self.operate(ANN, doc, Operation::CreatePromise(vec![made]));
        doc
    }

    /// The promise, decoded from its row.
    fn record(&self, doc: DocId) -> PromiseRecord {
        let row = queries::one(self.store.read(), doc).unwrap().unwrap();
        minicbor::decode(&row.detail).unwrap()
    }

    /// The performer and the pool, by the row's columns.
    fn columns(&self, doc: DocId) -> (Option<PersonId>, Option<String>) {
        self.store
            .read()
            .query_row(
                "SELECT performer, pool FROM entry WHERE doc = ?1",
                [doc],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap()
    }

    fn verify(&self) {
        assert_eq!(projection::verify(self.store.read()).unwrap(), []);
    }
}

#[test]
fn who_serves_a_pool_decides_the_rows_of_its_promises() {
    let mut fixture = fixture();
    let doc = fixture.promise();
    let terms = fixture.record(doc).events[0].id;
    // Ann writes for Ben, whose device has written nothing.
    let for_person = Some(BEN);
    let accepted = EventBody::Accepted { terms, for_person };
    fixture.operate(ANN, doc, Operation::AppendEvents(vec![accepted]));
    let untaken = (None, Some("service".to_owned()));
    assert_eq!(fixture.columns(doc), untaken, "Ben does not serve it");
    fixture.hear(&row(BEN, Role::Technician, &["service"], 0));
    assert_eq!(fixture.columns(doc), (Some(BEN), None));
    fixture.verify();
    fixture.hear(&row(BEN, Role::Technician, &[], 0));
    assert_eq!(fixture.columns(doc), untaken);
    fixture.verify();
}

#[test]
fn what_an_author_was_decides_the_rows_of_what_they_wrote() {
    let mut fixture = fixture();
    let doc = fixture.promise();
    let called_off = EventBody::Cancelled {
        by: CancelledBy::Us,
        agreed_by: None,
        reason: String::new(),
    };
    fixture.operate(BEN, doc, Operation::AppendEvents(vec![called_off]));
    let open = |fixture: &StoreFixture| -> bool {
        let sql = "SELECT open FROM entry WHERE doc = ?1";
        let row = |row: &rusqlite::Row<'_>| row.get(0);
        fixture.store.read().query_row(sql, [doc], row).unwrap()
    };
    assert!(open(&fixture), "a technician calls off nobody's promise");
    fixture.hear(&row(BEN, Role::Owner, &[], 0));
    assert!(!open(&fixture));
    fixture.verify();
    // A later role does not reach back.
    fixture.hear(&row(BEN, Role::Technician, &[], NOON + 36_000_000));
    assert!(!open(&fixture));
    fixture.verify();
}

#[test]
fn reading_rows_and_reading_documents_gives_the_same_facts() {
    let mut fixture = fixture();
    fixture.hear(&row(BEN, Role::Technician, &["service"], 0));
    let mut seed = 1u64;
    let mut roll = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % sides
    };
    let mut refused = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let doc = fixture.promise();
        for _ in 0..roll(8) {
            let events = fixture.record(doc).events;
            let any = events[usize::try_from(roll(events.len() as u64)).unwrap()].id;
            let terms = events[0].id;
            let body = body(roll(8), terms, any, fixture.environment.wall_ms());
            let author = if roll(2) == 0 { ANN } else { BEN };
            fixture.operate(author, doc, Operation::AppendEvents(vec![body]));
        }
        let registry = registry::load(fixture.store.read()).unwrap();
        let placement = placements::get(fixture.store.read(), doc).unwrap().unwrap();
        let loaded = changes::load(fixture.store.read(), doc).unwrap();
        let Some(Content::Promise(read)) = document::read(&loaded, &placement, &registry).unwrap()
        else {
            panic!("it is a promise")
        };
        let facts = reduce(&read.events, &registry).unwrap();
        let shown = fixture.record(doc);
        assert_eq!(reduce(&shown.events, &registry), Some(facts.clone()));
        refused.extend(facts.not_allowed.iter().map(|(_, reason)| *reason));
    }
    assert!(refused.contains(&NotAllowed::NotPerformer), "{refused:?}");
    fixture.verify();
}

fn body(number: u64, terms: EventId, any: EventId, now: i64) -> EventBody {
    match number {
        0 | 1 => EventBody::Accepted {
            terms,
            for_person: None,
        },
        2 => EventBody::Declined {
            terms,
            reason: String::new(),
            for_person: None,
        },
        3 => EventBody::Started { for_person: None },
        4 => EventBody::Reassigned {
            performer: Performer::Person { person: BEN },
            reason: String::new(),
        },
        5 => EventBody::Retracted { event: any },
        6 => EventBody::DisputeResolved {
            dispute: any,
            finding: Finding::Void,
            reason: String::new(),
        },
        _ => EventBody::TermsProposed {
            due: Due::at(now + 3_600_000, "UTC").unwrap(),
            reason: String::new(),
            for_person: None,
        },
    }
}
