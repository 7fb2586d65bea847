//! Rows of promises: what the registry says changes them, and they are what the documents say.

use super::*;
use crate::document::{self, Content, WriteContext};
use crate::environment::{Environment, ScriptedEnvironment, new_uuid};
use crate::model::edit::{Edit, Operation};
use crate::model::event::{CancelledBy, EventBody, Finding, Performer, PromiseMade, PromiseRules};
use crate::model::ids::{Actor, DocId, EventId, GroupId, InstallationId, PersonId};
use crate::model::promise::{NotAllowed, PromiseRecord, reduce};
use crate::model::registry::{Colleague, Device, RegistryRow, Role};
use crate::model::time::{Due, RecordedTime};
use crate::model::visit::{Channel, NameSnapshot};
use crate::testing::NOON;
use crate::wire::{Page, Row, row_kind};

const ANN: u8 = 1;
const BEN: u8 = 2;

struct StoreFixture {
    _folder: tempfile::TempDir,
    store: Store,
    environment: ScriptedEnvironment,
    /// Rows of the company's feed so far.
    rows: u64,
}

fn person(number: u8) -> PersonId {
    PersonId([number; 16])
}

fn colleague(number: u8, role: Role, pools: &[&str], from: i64) -> RegistryRow {
    RegistryRow::Colleague(Colleague {
        id: person(number),
        name: format!("Person {number}"),
        role,
        teams: vec![],
        pools: pools.iter().map(|pool| pool.parse().unwrap()).collect(),
        from,
        to: None,
    })
}

/// A notebook in which Ann of the office and Ben write.
fn fixture() -> StoreFixture {
    let folder = tempfile::tempdir().unwrap();
    let mut fixture = StoreFixture {
        store: Store::open(&folder.path().join("n.db"), Some(&[1; 32])).unwrap(),
        environment: ScriptedEnvironment::new(NOON, 7),
        _folder: folder,
        rows: 0,
    };
    for (number, role) in [(ANN, Role::Office), (BEN, Role::Technician)] {
        fixture.told(&colleague(number, role, &[], 0));
        fixture.told(&RegistryRow::Device(Device {
            id: InstallationId([number; 16]),
            person: person(number),
            label: "phone".into(),
            actors: vec![Actor([number; 16])],
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        }));
    }
    fixture
}

impl StoreFixture {
    /// The server tells something about people.
    fn told(&mut self, row: &RegistryRow) {
        let row = Row {
            seq: self.rows + 1,
            kind: row_kind::REGISTRY,
            doc: None,
            hash: None,
            bytes: None,
            receipt: None,
            group: None,
            control: Some(minicbor::to_vec(row).unwrap().into()),
            mac: None,
        };
        let page = Page {
            scope: 1,
            name: Some("company".into()),
            epoch: 5,
            after: self.rows,
            head: self.rows + 1,
            checksum: 0,
            rows: vec![row],
        };
        self.store
            .write(|tx| feed::apply_page(tx, &page, true, &mut feed::PageContext::default()))
            .unwrap();
        self.rows += 1;
    }

    fn write(&mut self, number: u8, doc: DocId, operation: Operation) {
        self.environment.advance(60_000);
        let new_id = || new_uuid(&self.environment);
        let time = RecordedTime {
            wall_ms: self.environment.wall_ms(),
            zone: "UTC".into(),
            offset_ms: Some(0),
            age_ms: Some(0),
            known_ms: None,
        };
        let write_context = WriteContext {
            actor: Actor([number; 16]),
            device: InstallationId([number; 16]),
            time,
            on_behalf: None,
            new_id: &new_id,
        };
        let group = GroupId(new_id());
        let edits = [Edit { doc, operation }];
        self.store
            .write(|tx| group_writer::write_group(tx, &edits, &write_context, group, None))
            .unwrap();
    }

    /// Ann promises something that the pool is to deliver.
    fn promise(&mut self) -> DocId {
        let doc = DocId(new_uuid(&self.environment));
        let made = PromiseMade {
            kind: "callback".into(),
            deliverable: "call back".into(),
            criterion: String::new(),
            account: None,
            contact: None,
            labels: NameSnapshot::default(),
            promiser: person(ANN),
            performer: Performer::Pool {
                pool: "service".parse().unwrap(),
            },
            due: Due::at(NOON + 36_000_000, "UTC").unwrap(),
            words: String::new(),
            channel: Channel::Call,
            visit: None,
            not_before: None,
            rules: PromiseRules::default(),
            suggestion: None,
            predecessor: None,
            makes_right: None,
        };
        let made = EventBody::Made(Box::new(made));
        self.write(ANN, doc, Operation::CreatePromise(vec![made]));
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
    let for_person = Some(person(BEN));
    let accepted = EventBody::Accepted { terms, for_person };
    fixture.write(ANN, doc, Operation::AppendEvents(vec![accepted]));
    let untaken = (None, Some("service".to_owned()));
    assert_eq!(fixture.columns(doc), untaken, "Ben does not serve it");
    fixture.told(&colleague(BEN, Role::Technician, &["service"], 0));
    assert_eq!(fixture.columns(doc), (Some(person(BEN)), None));
    fixture.verify();
    fixture.told(&colleague(BEN, Role::Technician, &[], 0));
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
    fixture.write(BEN, doc, Operation::AppendEvents(vec![called_off]));
    let open = |fixture: &StoreFixture| -> bool {
        let sql = "SELECT open FROM entry WHERE doc = ?1";
        let row = |row: &rusqlite::Row<'_>| row.get(0);
        fixture.store.read().query_row(sql, [doc], row).unwrap()
    };
    assert!(open(&fixture), "a technician calls off nobody's promise");
    fixture.told(&colleague(BEN, Role::Owner, &[], 0));
    assert!(!open(&fixture));
    fixture.verify();
    // A later role does not reach back.
    fixture.told(&colleague(BEN, Role::Technician, &[], NOON + 36_000_000));
    assert!(!open(&fixture));
    fixture.verify();
}

#[test]
fn reading_rows_and_reading_documents_gives_the_same_facts() {
    let mut fixture = fixture();
    fixture.told(&colleague(BEN, Role::Technician, &["service"], 0));
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
            let number = if roll(2) == 0 { ANN } else { BEN };
            fixture.write(number, doc, Operation::AppendEvents(vec![body]));
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
            performer: Performer::Person {
                person: person(BEN),
            },
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
