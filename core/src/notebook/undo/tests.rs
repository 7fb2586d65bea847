//! Everything that one tap wrote is taken back in one piece, and everything that others wrote since stays.

use proptest::prelude::*;

use super::*;
use crate::environment::Environment as _;
use crate::model::account::{
    Account, AccountEdit, AccountForm, AssetDraft, ContactDraft, ContactPointDraft,
    ContactPointKind, SiteDraft,
};
use crate::model::colleague_profile::PersonEdit;
use crate::model::ids::{Actor, InstallationId, ItemId};
use crate::model::promise::WorkState;
use crate::model::registry::{Device, RegistryRow, Role};
use crate::model::time::DuePart;
use crate::model::visit::{Channel, UsageDraft, UsageEdit, UsageKind, Visit, VisitEdit};
use crate::notebook::promises::drafts::PromiseEdit;
use crate::notebook::test_kit::{
    SAM, compare_clock, draft, due, key_of, named, notebook_of, visit,
};
use crate::store::meta::{self, Identity};
use crate::store::outbox::{self, GroupState};
use crate::store::{StoreError, registry};
use crate::testing::HOUR;

fn last(notebook: &Notebook) -> UndoableWrite {
    notebook.undoable(1).unwrap().remove(0)
}

fn undo_last(notebook: &Notebook) -> UndoReport {
    notebook.undo(last(notebook).group).unwrap()
}

fn named_account(notebook: &Notebook, name: &str) -> DocId {
    notebook.create_account(named(name)).unwrap()
}

/// Lets something be written as Sam writes it on his device.
fn as_sam(notebook: &Notebook, write: impl FnOnce()) {
    let become_one = |identity: &Identity| {
        let done = notebook.write(|store| {
            let taken = store.write(|tx| {
                let device = Device {
                    id: identity.installation,
                    person: identity.person,
                    label: String::new(),
                    actors: vec![identity.actor],
                    push: None,
                    enrolled: 0,
                    revoked: None,
                    server: false,
                };
                registry::take(tx, &RegistryRow::Device(device))?;
                meta::set(tx, identity)
            });
            taken.map_err(KeptError::from)
        });
        done.unwrap();
    };
    let ann = notebook
        .read(|store| Ok(meta::identity(store.read())?))
        .unwrap();
    become_one(&ann);
    become_one(&Identity {
        installation: InstallationId([9; 16]),
        actor: Actor([9; 16]),
        person: SAM,
        ..ann.clone()
    });
    write();
    become_one(&ann);
}

fn in_store(
    notebook: &Notebook,
    change: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreError>,
) {
    let changed = notebook.write(|store| store.write(change).map_err(KeptError::from));
    changed.unwrap();
}

#[test]
fn a_visit_with_its_observation_and_promise_is_taken_back_in_one_piece() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    compare_clock(&ann, &environment);
    let mill = named_account(&ann, "Mill");
    let mut entry = visit(Some(mill), "The door sticks");
    entry.usages.push(UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    });
    entry
        .promises
        .push(draft("quote", due("2027-01-08", DuePart::Day)));
    let logged = ann.log_visit(entry).unwrap();
    let offered = last(&ann);
    assert_eq!(
        offered.docs,
        [logged.visit, logged.usages[0], logged.promises[0]]
    );
    assert_eq!(
        ann.undoable_of(logged.usages[0]).unwrap(),
        Some(offered.clone())
    );
    assert!(!offered.sent);
    let before = ann.status().unwrap().unsent.len();
    let report = ann.undo(offered.group).unwrap();
    assert_eq!((report.docs.len(), report.left.len()), (3, 0));
    assert_eq!(ann.status().unwrap().unsent.len(), before + 1, "one group");
    assert!(ann.visit(logged.visit).unwrap().archived);
    assert!(ann.usage(logged.usages[0]).unwrap().archived);
    let work = ann.promise(logged.promises[0]).unwrap().summary.state.work;
    assert_eq!(work, WorkState::Retracted);
    assert!(
        !ann.account(mill).unwrap().account.archived,
        "another tap made it"
    );
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn undo_twice_is_once_and_what_undoes_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let rename = vec![AccountEdit::Name {
        name: "Wind Mill".into(),
    }];
    ann.edit_account(mill, rename).unwrap();
    let offered = last(&ann);
    let first = ann.undo(offered.group).unwrap();
    assert_eq!(ann.account(mill).unwrap().account.name, "Mill");
    let again = ann.undo(offered.group).unwrap();
    assert_eq!((again.group, again.docs.len()), (first.group, 0));
    assert_eq!(
        ann.undoable_of(mill).unwrap(),
        None,
        "the newest is the undo itself"
    );
    assert_eq!(
        ann.undoable(9).unwrap().len(),
        1,
        "that the customer was made"
    );
    undo_last(&ann);
    assert!(ann.account(mill).unwrap().account.archived);
    assert_eq!(ann.undoable(9).unwrap(), []);
    let unknown = ann.undo(ann.new_group()).unwrap_err();
    assert!(matches!(unknown, KeptError::NotFound { .. }), "{unknown:?}");
}

#[test]
fn what_the_server_has_is_taken_back_as_well_and_forgotten_after_two_days() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let long = "The oven door sticks when it is hot. ".repeat(300);
    let notes = vec![AccountEdit::Notes {
        text: long,
        was: None,
    }];
    ann.edit_account(mill, notes).unwrap();
    let offered = last(&ann);
    let groups = ann.status().unwrap().unsent;
    assert_eq!(groups.len(), 4, "a customer, and notes in three parts");
    for group in groups {
        in_store(&ann, |tx| outbox::acknowledged(tx, group.id));
    }
    let sent = last(&ann);
    assert!(
        sent.sent && sent.group == offered.group,
        "the parts are one"
    );
    ann.undo(sent.group).unwrap();
    assert_eq!(ann.account(mill).unwrap().account.notes, "");
    environment.advance(49 * HOUR);
    named_account(&ann, "Inn");
    let left = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        let count = |store: Reading<'_>| Ok(store.read().query_row(&sql, [], |row| row.get(0))?);
        ann.read(|store| count(store).map_err(|e: StoreError| e.into()))
            .unwrap()
    };
    let counts: (i64, i64) = (left("written"), left("undone"));
    assert_eq!(counts, (0, 0));
}

#[test]
fn what_a_colleague_wrote_since_stays_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let edits = vec![
        AccountEdit::Name {
            name: "Wind Mill".into(),
        },
        AccountEdit::Title {
            title: "Miller".into(),
        },
        AccountEdit::Notes {
            text: "Dog bites. Ring twice.".into(),
            was: None,
        },
        AccountEdit::AddTag { tag: "oven".into() },
    ];
    ann.edit_account(mill, edits).unwrap();
    let offered = last(&ann);
    as_sam(&ann, || {
        let edits = vec![
            AccountEdit::Name {
                name: "Water Mill".into(),
            },
            AccountEdit::Notes {
                text: "Dog bites. Ring twice. The gate is new.".into(),
                was: None,
            },
        ];
        ann.edit_account(mill, edits).unwrap();
    });
    let report = ann.undo(offered.group).unwrap();
    let account = ann.account(mill).unwrap().account;
    let said = (
        account.name.as_str(),
        account.title.as_str(),
        account.notes.as_str(),
    );
    assert_eq!(said, ("Water Mill", "", "The gate is new."));
    assert!(account.tags.is_empty());
    let [left] = report.left.as_slice() else {
        panic!("{:?}", report.left);
    };
    assert_eq!(left.label.key, "field-name");
}

#[test]
fn what_a_colleague_went_on_with_is_not_archived() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let made = last(&ann).group;
    let went = ann
        .log_visit(visit(Some(mill), "All is well"))
        .unwrap()
        .visit;
    let visited = last(&ann).group;
    assert_eq!(
        ann.undo(made).unwrap().left.len(),
        1,
        "the visit needs the customer"
    );
    as_sam(&ann, || {
        let mark = "happy".to_owned();
        ann.edit_visit(went, vec![VisitEdit::AddMark { mark }])
            .unwrap();
    });
    let report = ann.undo(visited).unwrap();
    assert_eq!((report.docs.len(), report.left.len()), (0, 1));
    assert!(!ann.visit(went).unwrap().archived && !ann.account(mill).unwrap().account.archived);
}

#[test]
fn after_24_hours_it_is_said_and_nothing_is_written_unless_only_a_clock_jumped() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let group = last(&ann).group;
    environment.advance(25 * HOUR);
    let changes = ann.history(mill).unwrap().len();
    assert_eq!(key_of(ann.undo(group)), "error-too-late-to-undo");
    assert_eq!(ann.history(mill).unwrap().len(), changes);
    assert_eq!(ann.undoable(9).unwrap(), []);
    named_account(&ann, "Inn");
    let group = last(&ann).group;
    let now = environment.wall_ms();
    environment.set_wall(now - 365 * 24 * HOUR);
    assert_eq!(ann.undo(group).unwrap().docs.len(), 1);
}

#[test]
fn what_waits_at_the_office_or_is_an_agreement_is_not_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Owner);
    named_account(&ann, "Mill");
    let group = last(&ann).group;
    in_store(&ann, |tx| {
        outbox::set_state(tx, group, GroupState::Held, &[])
    });
    assert_eq!(key_of(ann.undo(group)), "error-undo-at-office");
    assert_eq!(ann.undoable(9).unwrap(), []);
    let closed = crate::model::handbook::HoursEdit::Close {
        date: "2026-12-24".into(),
    };
    ann.save_hours(vec![closed]).unwrap();
    assert_eq!(ann.undoable(9).unwrap(), []);
}

#[test]
fn events_of_a_promise_are_taken_back_and_a_retraction_too() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    compare_clock(&ann, &environment);
    let promise = ann
        .make_promise(draft("quote", due("2027-01-08", DuePart::Day)))
        .unwrap();
    let cancel = PromiseEdit::Cancel {
        by: crate::model::event::CancelledBy::Customer,
        agreed_by: None,
        reason: String::new(),
    };
    let work = || ann.promise(promise).unwrap().summary.state.work;
    let before = work();
    ann.change_promise(promise, vec![cancel]).unwrap();
    let cancelled = last(&ann).group;
    assert_eq!(work(), WorkState::Cancelled);
    ann.undo(cancelled).unwrap();
    assert_eq!(work(), before);
    let made = ann.promise(promise).unwrap().events[0].id;
    ann.change_promise(promise, vec![PromiseEdit::Retract { event: made }])
        .unwrap();
    assert_eq!(work(), WorkState::Retracted);
    undo_last(&ann);
    assert_eq!(work(), before);
}

#[test]
fn what_a_colleague_says_about_themselves_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let me = ann.me().unwrap().person;
    let says = || ann.colleague_profile(me).unwrap();
    let nothing = says();
    let number = "+49 30 1".to_owned();
    let wins = "with drawings".to_owned();
    let first = vec![
        PersonEdit::AddPhone { number },
        PersonEdit::Wins {
            text: wins,
            was: None,
        },
    ];
    ann.edit_colleague_profile(me, first).unwrap();
    let something = says();
    let text = "with models".to_owned();
    let date = "2026-12-24".to_owned();
    let second = vec![
        PersonEdit::Wins { text, was: None },
        PersonEdit::Absent { date },
    ];
    ann.edit_colleague_profile(me, second).unwrap();
    undo_last(&ann);
    assert_eq!(says(), something);
    undo_last(&ann);
    assert_eq!(says(), nothing);
}

/// One of the edits of a customer, by its number.
fn account_edit(number: usize, item: ItemId, other: ItemId) -> AccountEdit {
    let text = || format!("Text {number}. Another.");
    match number {
        0 => AccountEdit::Name { name: text() },
        1 => AccountEdit::Form {
            form: AccountForm::Person,
        },
        2 => AccountEdit::Notes {
            text: text(),
            was: None,
        },
        3 => AccountEdit::Uses {
            text: text(),
            was: None,
        },
        4 => AccountEdit::MustNotFail {
            text: text(),
            was: None,
        },
        5 => AccountEdit::AddTag { tag: text() },
        6 => AccountEdit::RemoveTag { tag: "old".into() },
        7 => AccountEdit::SetContactPoint {
            contact_point: ContactPointDraft {
                id: Some(item),
                kind: ContactPointKind::Phone,
                label: "work".into(),
                value: text(),
                contact: Some(other),
            },
        },
        8 => AccountEdit::RemoveContactPoint { id: item },
        9 => AccountEdit::SetContact {
            contact: ContactDraft {
                id: Some(item),
                name: text(),
                role: "owner".into(),
                birthday: "1815".into(),
                also_called: vec!["Ada".into()],
                source: None,
            },
        },
        10 => AccountEdit::RemoveContact { id: item },
        11 => AccountEdit::SetSite {
            site: SiteDraft {
                id: Some(item),
                label: text(),
                address: "Street 1".into(),
            },
        },
        12 => AccountEdit::RemoveSite { id: item },
        13 => AccountEdit::SetAsset {
            asset: AssetDraft {
                id: Some(item),
                label: text(),
                serial: "7".into(),
                site: Some(other),
            },
        },
        14 => AccountEdit::RemoveAsset { id: item },
        15 => AccountEdit::Archive,
        16 => AccountEdit::Birthday {
            birthday: "1815".into(),
        },
        17 => AccountEdit::Title { title: text() },
        18 => AccountEdit::AlsoCalled {
            names: vec![text()],
        },
        19 => AccountEdit::RequiredLeadTime {
            kind: "callback".into(),
            within: "2h".parse().unwrap(),
        },
        _ => AccountEdit::DropRequiredLeadTime {
            kind: "callback".into(),
        },
    }
}

/// One of the edits of a visit, by its number.
fn visit_edit(number: usize, account: DocId) -> VisitEdit {
    let text = || format!("Text {number}. Another.");
    let at = Some(crate::testing::NOON - HOUR);
    match number {
        0 => VisitEdit::Said {
            text: text(),
            was: None,
        },
        1 => VisitEdit::Means {
            text: text(),
            was: None,
        },
        2 => VisitEdit::AddMark { mark: text() },
        3 => VisitEdit::RemoveMark { mark: "old".into() },
        4 => VisitEdit::Help {
            text: text(),
            was: None,
        },
        5 => VisitEdit::Account {
            account: Some(account),
            contact: None,
            labels: Default::default(),
        },
        6 => VisitEdit::Channel {
            channel: Channel::Video,
        },
        7 => VisitEdit::HappenedAt { at: 1_000 },
        8 => VisitEdit::PlannedAt { at },
        9 => VisitEdit::ArrivedAt { at },
        10 => VisitEdit::LeftAt { at },
        11 => VisitEdit::Place {
            place: Some(crate::model::visit::VisitPlace::NotAllowed),
        },
        12 => VisitEdit::NothingPromised { nothing: true },
        13 => VisitEdit::AddFile {
            file: crate::model::ids::FileHash([7; 32]),
        },
        _ => VisitEdit::Archive {
            reason: "twice".into(),
        },
    }
}

fn plain_account(notebook: &Notebook, id: DocId) -> serde_json::Value {
    let account: Account = notebook.account(id).unwrap().account;
    without_authors(serde_json::to_value(account).unwrap())
}

fn plain_visit(notebook: &Notebook, id: DocId) -> serde_json::Value {
    let visit: Visit = notebook.visit(id).unwrap();
    without_authors(serde_json::to_value(visit).unwrap())
}

/// A record without authors and times of writing.
fn without_authors(mut value: serde_json::Value) -> serde_json::Value {
    match &mut value {
        serde_json::Value::Object(fields) => {
            fields.remove("by");
            for field in fields.values_mut() {
                *field = without_authors(field.take());
            }
        }
        serde_json::Value::Array(members) => {
            for member in members {
                *member = without_authors(member.take());
            }
        }
        _ => {}
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever one tap changes comes back where nobody else wrote.
    #[test]
    fn undo_of_any_edits_gives_every_field_back(
        first in proptest::collection::vec((0_usize..21, 0_u8..3), 0..8),
        second in proptest::collection::vec((0_usize..21, 0_u8..3), 1..6),
        visits in proptest::collection::vec(0_usize..15, 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (ann, _) = notebook_of(&folder, Role::Technician);
        let mill = named_account(&ann, "Mill");
        let inn = named_account(&ann, "Inn");
        let mut entry = visit(Some(mill), "The door sticks. Often.");
        entry.visit.marks.push("old".into());
        let went = ann.log_visit(entry).unwrap().visit;
        // What is said of a thing that is not there makes no sense, and is not written by screens.
        let edits = |numbers: &[(usize, u8)]| -> Vec<AccountEdit> {
            let id = |number| ItemId([number + 1; 16]);
            let made = numbers.iter();
            made.map(|(number, item)| account_edit(*number, id(*item), id(9)))
                .filter(|edit| !matches!(edit,
                    AccountEdit::RemoveContactPoint { .. } | AccountEdit::RemoveContact { .. }
                    | AccountEdit::RemoveSite { .. } | AccountEdit::RemoveAsset { .. }))
                .collect()
        };
        let mut before = edits(&first);
        before.push(AccountEdit::AddTag { tag: "old".into() });
        ann.edit_account(mill, before).unwrap();
        let (account, visited) = (plain_account(&ann, mill), plain_visit(&ann, went));
        ann.edit_account(mill, edits(&second)).unwrap();
        if plain_account(&ann, mill) != account {
            undo_last(&ann);
            prop_assert_eq!(plain_account(&ann, mill), account);
        }
        let visit_edits = visits.iter().map(|number| visit_edit(*number, inn));
        ann.edit_visit(went, visit_edits.collect()).unwrap();
        if plain_visit(&ann, went) != visited {
            undo_last(&ann);
            prop_assert_eq!(plain_visit(&ann, went), visited);
        }
        prop_assert!(ann.verify().unwrap().is_healthy());
    }
}

#[test]
fn removed_children_and_corrected_observations_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = named_account(&ann, "Mill");
    let item = ItemId([5; 16]);
    let add = [7, 9, 11, 13].map(|number| account_edit(number, item, ItemId([6; 16])));
    ann.edit_account(mill, add.into()).unwrap();
    let account = plain_account(&ann, mill);
    let remove = [8, 10, 12, 14].map(|number| account_edit(number, item, item));
    ann.edit_account(mill, remove.into()).unwrap();
    assert_ne!(plain_account(&ann, mill), account);
    undo_last(&ann);
    assert_eq!(plain_account(&ann, mill), account);

    let usage = UsageDraft {
        doing: "kicks it shut".into(),
        themes: vec!["door".into()],
        ..UsageDraft::default()
    };
    let seen = ann.log_usage(usage).unwrap();
    let before = ann.usage(seen).unwrap();
    let text = || "corrected".to_owned();
    let edits = vec![
        UsageEdit::Kind {
            kind: UsageKind::Need,
        },
        UsageEdit::Account {
            account: Some(mill),
            labels: Default::default(),
        },
        UsageEdit::Product { text: text() },
        UsageEdit::Doing { text: text() },
        UsageEdit::Workaround { text: text() },
        UsageEdit::Frequency { text: text() },
        UsageEdit::Quantity { text: text() },
        UsageEdit::Quote { text: text() },
        UsageEdit::Consent { consent: true },
        UsageEdit::Pain { pain: 3 },
        UsageEdit::AddTheme { theme: text() },
        UsageEdit::RemoveTheme {
            theme: "door".into(),
        },
        UsageEdit::Notes {
            text: text(),
            was: None,
        },
        UsageEdit::Archive { reason: text() },
    ];
    ann.edit_usage(seen, edits).unwrap();
    assert_ne!(ann.usage(seen).unwrap(), before);
    undo_last(&ann);
    assert_eq!(ann.usage(seen).unwrap(), before);
}
