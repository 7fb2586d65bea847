//! The company's record: the rows that a device takes, and those that the office's replica makes anew.

use std::sync::Arc;

use super::*;
use crate::model::event::Performer;
use crate::model::handbook::KindEdit;
use crate::model::registry::Role;
use crate::model::time::{DAY_MS, Due, DuePart};
use crate::model::visit::Channel;
use crate::notebook::test_kit::{SAM, notebook_of};
use crate::notebook::{FileSecretStore, PromiseDraft};
use crate::sync::transport::{Transport, TransportError};
use crate::testing::NOON;
use crate::wire::{self, Reply, Request};
use crate::{Notebook, ScriptedEnvironment, limits};
use std::sync::Mutex;

fn notebook_in(folder: &std::path::Path) -> Notebook {
    let secrets = Arc::new(FileSecretStore::new(folder.join("key")));
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    Notebook::open_with(folder.join("n"), secrets, environment).unwrap()
}

/// A reply that says nothing.
fn empty_reply(request: &Request) -> Reply {
    Reply {
        version: limits::PROTOCOL,
        min_version: limits::PROTOCOL_MIN,
        max_version: limits::PROTOCOL,
        echo: request.next,
        forked: false,
        results: vec![],
        pages: vec![],
        lost: vec![],
        digest: wire::digest([]),
        presence: vec![],
        presence_version: 0,
        samples: vec![],
        samples_version: 0,
        server_time: NOON,
        more: false,
        given: vec![],
        silences: vec![],
        push: None,
    }
}

/// A server that tells rows of the company's record under a version, and notes which version it was asked from.
struct SampleServer {
    rows: Vec<SampleRow>,
    version: u64,
    asked: Mutex<Vec<u64>>,
}

impl SampleServer {
    fn of(promises: &[u8], version: u64) -> Self {
        let row = |promise: &u8| SampleRow {
            promise: DocId([*promise; 16]),
            life: Some(SampleLifetime {
                kind: "delivery".into(),
                performer: None,
                team: None,
                working_time: false,
                start: NOON - 1,
                exit: None,
                ending: SampleEnding::Open,
                received_at: None,
            }),
        };
        Self {
            rows: promises.iter().map(row).collect(),
            version,
            asked: Mutex::default(),
        }
    }
}

impl Transport for SampleServer {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let request: Request = wire::unpack(&body).unwrap();
        self.asked.lock().unwrap().push(request.samples_version);
        let rows = self.rows.iter();
        let reply = Reply {
            samples: rows
                .map(|row| minicbor::to_vec(row).unwrap().into())
                .collect(),
            samples_version: self.version,
            ..empty_reply(&request)
        };
        Ok(wire::pack(&reply).unwrap())
    }
}

#[test]
fn the_companys_record_goes_on_from_its_version_and_begins_anew_with_a_lower_one() {
    let folder = tempfile::tempdir().unwrap();
    let carol = notebook_in(folder.path());
    let tells = |promises: &[u8], version| {
        let server = SampleServer::of(promises, version);
        carol.sync_with(&server).unwrap();
        let asked = server.asked.into_inner().unwrap();
        (asked, carol.samples().unwrap().len())
    };
    assert_eq!(tells(&[1, 2], 7), (vec![0], 2));
    assert_eq!(tells(&[3], 8), (vec![7], 3));
    assert_eq!(tells(&[], 8), (vec![8], 3));
    // A log from before those rows: what it does not tell is not so.
    assert_eq!(tells(&[2], 1), (vec![8], 1));
    assert_eq!(tells(&[3], 2), (vec![1], 2));
}

fn promise(date: &str) -> PromiseDraft {
    PromiseDraft {
        kind: "delivery".into(),
        deliverable: "a door".into(),
        criterion: String::new(),
        account: None,
        contact: None,
        performer: Performer::Person { person: SAM },
        due: Due {
            date: date.into(),
            part: DuePart::Day,
            zone: "Europe/Berlin".into(),
            end_of_day: None,
            repeated: false,
        },
        words: String::new(),
        channel: Channel::Call,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}

#[test]
fn the_keeper_tells_what_may_have_changed_and_everything_when_that_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let mut keeper = RecordTracker::default();
    let told = |keeper: &mut RecordTracker| {
        let news = keeper.update(&ann).unwrap();
        let ids: BTreeSet<DocId> = news.rows.iter().map(|row| row.promise).collect();
        (news.whole, ids)
    };
    let soon = ann.make_promise(promise("2026-11-24")).unwrap();
    let later = ann.make_promise(promise("2026-12-24")).unwrap();
    let both = BTreeSet::from([soon, later]);
    assert_eq!(told(&mut keeper), (true, both.clone()), "the first time");
    assert_eq!(told(&mut keeper), (false, BTreeSet::new()), "nothing");
    let third = ann.make_promise(promise("2026-12-24")).unwrap();
    assert_eq!(told(&mut keeper), (false, BTreeSet::from([third])));
    // The fate of an overdue one depends on the devices that were heard from.
    environment.advance(7 * DAY_MS);
    for _ in 0..2 {
        assert_eq!(told(&mut keeper), (false, BTreeSet::from([soon])));
    }
    let all: BTreeSet<DocId> = both.into_iter().chain([third]).collect();
    let edits = vec![KindEdit::Quantile { percent: 95 }];
    ann.save_kind("delivery".into(), edits).unwrap();
    assert_eq!(told(&mut keeper), (true, all.clone()), "the handbook");
    assert!(!told(&mut keeper).0);
    keeper.start_over();
    assert_eq!(told(&mut keeper), (true, all.clone()), "not kept");
    // A rebuild says that everything may read differently.
    ann.rebuild().unwrap();
    assert_eq!(told(&mut keeper), (true, all), "rebuilt");
}
