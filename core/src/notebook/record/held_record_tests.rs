//! The record that is held between calls says what reading every document says, and is given back.

use std::cell::Cell;

use super::*;
use crate::environment::{Environment, ScriptedEnvironment};
use crate::insight::Ending;
use crate::model::event::Performer;
use crate::model::handbook::KindEdit;
use crate::model::registry::{RegistryRow, Role};
use crate::model::time::{DAY_MS, Due};
use crate::notebook::Notebook;
use crate::notebook::folder::secrets::FileSecretStore;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::record::answers::DateQuestion;
use crate::notebook::test_kit::{SAM, compare_clock, draft, notebook_of};
use crate::store::{meta, registry, samples};
use crate::testing::colleague;
use crate::wire::{SampleEnding, SampleLifetime, SampleRow};

thread_local! {
    pub(super) static TRACKED: Cell<usize> = const { Cell::new(0) };
}

const HOUR_MS: i64 = 3_600_000;

fn promise(notebook: &Notebook, kind: &str, due_in: i64) -> DocId {
    let due = Due::at(notebook.now_ms().unwrap() + due_in, "UTC").unwrap();
    let me = notebook.me().unwrap().person;
    let draft = PromiseDraft {
        performer: Performer::Person { person: me },
        ..draft(kind, due)
    };
    notebook.make_promise(draft).unwrap()
}

/// The question that a screen asks when somebody thinks of a date.
fn question() -> DateQuestion {
    DateQuestion {
        kind: "fix".into(),
        performer: None,
        within: None,
        account: None,
        due: None,
        quantile_percent: None,
    }
}

/// Asserts that the record, as it is held, is what reading every document says. Returns the number of promises that were
/// read for what is held.
fn assert_held(notebook: &Notebook) -> usize {
    let before = TRACKED.with(Cell::get);
    notebook.advise_date(question()).unwrap();
    let read = TRACKED.with(Cell::get) - before;
    let both = notebook.read(|store| {
        let context = Context::load(notebook, store)?;
        let held = notebook.record.now(&context, store)?;
        Ok((held, HeldRecord::read(&context, store)?))
    });
    let (held, fresh) = both.unwrap();
    let said = |record: &HeldRecord| -> Vec<Track> {
        let steady = fresh.tracks().next().map(|track| track.steady);
        let tracks = record.tracks().map(|track| Track {
            steady: steady.unwrap_or(track.steady),
            ..track.clone()
        });
        tracks.collect()
    };
    assert_eq!(said(&held), said(&fresh));
    assert_eq!(held.samples(), fresh.samples());
    assert_eq!(held.instants, fresh.instants);
    read
}

fn take(notebook: &Notebook, row: RegistryRow) {
    let taken = notebook.write(|store| Ok(store.write(|tx| registry::take(tx, &row))?));
    taken.unwrap();
}

#[test]
fn another_date_reads_only_the_promises_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, environment) = notebook_of(&folder, Role::Owner);
    compare_clock(&notebook, &environment);
    let promises: Vec<DocId> = (1..=12)
        .map(|number| promise(&notebook, "fix", number * 5 * HOUR_MS))
        .collect();
    assert_eq!(assert_held(&notebook), 12);
    assert_eq!(assert_held(&notebook), 0);
    notebook
        .change_promise(
            promises[3],
            vec![PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![],
            }],
        )
        .unwrap();
    assert_eq!(assert_held(&notebook), 1);
    promise(&notebook, "quote", HOUR_MS);
    assert_eq!(assert_held(&notebook), 1);
    assert_eq!(assert_held(&notebook), 0);
}

#[test]
fn what_time_presence_colleagues_and_agreements_change_is_held_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, environment) = notebook_of(&folder, Role::Owner);
    compare_clock(&notebook, &environment);
    let me = notebook.me().unwrap().person;
    for number in 1..=12 {
        let id = promise(&notebook, "fix", number * 5 * HOUR_MS);
        if number % 3 == 0 {
            let edit = PromiseEdit::Cancel {
                by: crate::model::event::CancelledBy::Us,
                agreed_by: None,
                reason: String::new(),
            };
            notebook.change_promise(id, vec![edit]).unwrap();
        }
    }
    assert_held(&notebook);
    for _ in 0..9 {
        environment.advance(7 * HOUR_MS);
        assert_held(&notebook);
    }
    // Five late ones that are open, and no document that changed.
    assert_eq!(assert_held(&notebook), 0);
    let late = |notebook: &Notebook| {
        let before = TRACKED.with(Cell::get);
        notebook.advise_date(question()).unwrap();
        TRACKED.with(Cell::get) - before
    };
    environment.advance(LOOKED_AT_ANEW_MS - 1);
    assert_eq!(late(&notebook), 0);
    environment.advance(1);
    assert_eq!(late(&notebook), 8, "once a minute");
    assert_held(&notebook);

    // A device of mine that is silent makes them unconfirmed.
    let mut device = crate::testing::device(me);
    device.label = "old phone".into();
    take(&notebook, RegistryRow::Device(device));
    assert_held(&notebook);
    let moved = colleague(SAM, "Sam", Role::Sales, &["callbacks"]);
    take(&notebook, RegistryRow::Colleague(moved));
    assert_held(&notebook);
    let edit = KindEdit::WorkingTime {
        working_time: false,
    };
    notebook.save_kind("fix".into(), vec![edit]).unwrap();
    assert_held(&notebook);
    assert_eq!(assert_held(&notebook), 0);
}

#[test]
fn what_another_program_wrote_and_what_the_server_told_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let environment = Arc::new(ScriptedEnvironment::new(crate::testing::NOON, 1));
    let open = || {
        let secrets = Arc::new(FileSecretStore::new(folder.path().join("key")));
        Notebook::open_with(folder.path().join("n"), secrets, environment.clone()).unwrap()
    };
    let (one, other) = (open(), open());
    let joined = one.write(|store| {
        let mut identity = meta::identity(store.read())?;
        identity.server = Some("https://kept.example".into());
        Ok(store.write(|tx| meta::set(tx, &identity))?)
    });
    joined.unwrap();
    promise(&one, "fix", HOUR_MS);
    assert_eq!(assert_held(&one), 1);
    promise(&other, "fix", 2 * HOUR_MS);
    assert_eq!(assert_held(&one), 1);

    let life = SampleLifetime {
        kind: "fix".into(),
        performer: None,
        team: None,
        start: environment.wall_ms() - 2 * DAY_MS,
        exit: Some(environment.wall_ms() - DAY_MS),
        ending: SampleEnding::Fulfilled,
        received_at: None,
        working_time: false,
    };
    let row = SampleRow {
        promise: DocId([7; 16]),
        life: Some(life),
    };
    let row = minicbor::to_vec(row).unwrap();
    let taken = other.write(|store| Ok(store.write(|tx| samples::take(tx, &row))?));
    assert!(taken.unwrap());
    assert_eq!(assert_held(&one), 0);
    let closed = |sample: &Sample| matches!(sample.ending, Ending::Closed(_));
    assert!(one.samples().unwrap().iter().any(closed));
    other.rebuild().unwrap();
    assert_held(&one);
}

#[test]
fn what_was_held_is_given_back_on_pause() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Owner);
    promise(&notebook, "fix", HOUR_MS);
    assert!(notebook.record.is_empty());
    assert_held(&notebook);
    assert!(!notebook.record.is_empty());
    notebook.pause().unwrap();
    assert!(notebook.record.is_empty());
    assert_eq!(assert_held(&notebook), 1);
}
