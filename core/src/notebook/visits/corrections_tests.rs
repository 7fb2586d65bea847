use super::*;
use crate::model::account::{AccountEdit, ContactDraft};
use crate::model::ids::{FileHash, ItemId};
use crate::model::registry::Role;
use crate::model::visit::{Channel, NameSnapshot, VisitDraft, VisitPlace};
use crate::notebook::test_kit::{key_of, named, notebook_of, visit};
use crate::testing::NOON;

/// The keys of a record that is stored as a CBOR map.
fn keys(record: &impl minicbor::Encode<()>) -> Vec<u32> {
    let bytes = minicbor::to_vec(record).unwrap();
    let mut decoder = minicbor::Decoder::new(&bytes);
    let length = decoder.map().unwrap();
    let mut keys = Vec::new();
    for _ in 0..length.unwrap_or(64) {
        let Ok(key) = decoder.u32() else { break };
        keys.push(key);
        decoder.skip().unwrap();
    }
    keys
}

#[test]
fn every_field_of_a_visit_can_be_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let (mill, forge) = (
        ann.create_account(named("Mill")).unwrap(),
        ann.create_account(named("Forge")).unwrap(),
    );
    let ben = ItemId([7; 16]);
    let contact = ContactDraft {
        id: Some(ben),
        name: "Ben".into(),
        ..ContactDraft::default()
    };
    let edit = AccountEdit::SetContact { contact };
    ann.edit_account(forge, vec![edit]).unwrap();
    let id = ann
        .log_visit(visit(Some(mill), "All is well"))
        .unwrap()
        .visit;
    let file = FileHash([9; 32]);
    let place = Some(VisitPlace::NotAllowed);
    let text = || "other".to_owned();
    type Shows = fn(&Visit) -> bool;
    // By the keys of the draft; the names follow the customer.
    let table: Vec<(&[u32], VisitEdit, Shows)> = vec![
        (
            &[0, 2],
            VisitEdit::Account {
                account: Some(forge),
                contact: None,
                labels: NameSnapshot::default(),
            },
            |visit| visit.labels.account == "Forge" && visit.contact.is_none(),
        ),
        (
            &[1],
            VisitEdit::Contact {
                contact: Some(ben),
                labels: NameSnapshot::default(),
            },
            |visit| visit.labels.contact == "Ben" && visit.labels.account == "Forge",
        ),
        (
            &[3],
            VisitEdit::Channel {
                channel: Channel::Video,
            },
            |visit| visit.channel == Channel::Video,
        ),
        (
            &[4],
            VisitEdit::Said {
                text: text(),
                was: None,
            },
            |visit| visit.said == "other",
        ),
        (
            &[5],
            VisitEdit::Means {
                text: text(),
                was: None,
            },
            |visit| visit.means == "other",
        ),
        (&[6], VisitEdit::AddMark { mark: text() }, |visit| {
            visit.marks == ["other"]
        }),
        (
            &[7],
            VisitEdit::Help {
                text: text(),
                was: None,
            },
            |visit| visit.help == "other",
        ),
        (&[8], VisitEdit::HappenedAt { at: NOON - 3 }, |visit| {
            visit.happened_at == NOON - 3
        }),
        (&[9], VisitEdit::AddFile { file }, |visit| {
            visit.files.len() == 1
        }),
        (
            &[10],
            VisitEdit::PlannedAt { at: Some(NOON + 9) },
            |visit| visit.planned_at == Some(NOON + 9),
        ),
        (
            &[11],
            VisitEdit::ArrivedAt { at: Some(NOON - 2) },
            |visit| visit.arrived_at == Some(NOON - 2),
        ),
        (&[12], VisitEdit::LeftAt { at: Some(NOON - 1) }, |visit| {
            visit.left_at == Some(NOON - 1)
        }),
        (&[13], VisitEdit::Place { place }, |visit| {
            visit.place == Some(VisitPlace::NotAllowed)
        }),
        (
            &[14],
            VisitEdit::NothingPromised { nothing: true },
            |visit| visit.nothing_promised,
        ),
    ];
    let full = VisitDraft {
        account: Some(mill),
        contact: Some(ben),
        happened_at: Some(1),
        planned_at: Some(1),
        arrived_at: Some(1),
        left_at: Some(1),
        place,
        ..VisitDraft::default()
    };
    let corrected: Vec<u32> = table.iter().flat_map(|(keys, ..)| keys.to_vec()).collect();
    for key in keys(&full) {
        assert!(corrected.contains(&key), "field {key} has no correction");
    }
    for (keys, edit, shows) in table {
        ann.edit_visit(id, vec![edit]).unwrap();
        assert!(shows(&ann.visit(id).unwrap()), "{keys:?}");
    }
    // And taken away again.
    let away = vec![
        VisitEdit::PlannedAt { at: None },
        VisitEdit::ArrivedAt { at: None },
        VisitEdit::LeftAt { at: None },
        VisitEdit::Place { place: None },
        VisitEdit::NothingPromised { nothing: false },
        VisitEdit::RemoveFile { file },
        VisitEdit::Account {
            account: None,
            contact: None,
            labels: NameSnapshot::default(),
        },
    ];
    ann.edit_visit(id, away).unwrap();
    let read = ann.visit(id).unwrap();
    assert_eq!(
        (read.planned_at, read.arrived_at, read.left_at),
        (None, None, None)
    );
    assert_eq!((read.place, read.nothing_promised), (None, false));
    assert_eq!((read.account, read.contact), (None, None));
    assert_eq!((read.labels, read.files), (NameSnapshot::default(), vec![]));
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn a_correction_that_no_visit_could_be_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let id = ann.log_visit(visit(None, "All is well")).unwrap().visit;
    let arrived = |at| VisitEdit::ArrivedAt { at: Some(at) };
    let left = |at| VisitEdit::LeftAt { at: Some(at) };
    ann.edit_visit(id, vec![arrived(NOON - 9), left(NOON - 5)])
        .unwrap();
    for (edits, key) in [
        (vec![arrived(NOON - 4)], "error-left-before-arrived"),
        (vec![left(NOON - 10)], "error-left-before-arrived"),
        (vec![left(NOON + 3_600_000)], "error-in-the-future"),
        (
            vec![VisitEdit::HappenedAt {
                at: NOON + 3_600_000,
            }],
            "error-in-the-future",
        ),
    ] {
        assert_eq!(key_of(ann.edit_visit(id, edits)), key);
    }
    // Both at once are looked at together.
    ann.edit_visit(id, vec![arrived(NOON - 4), left(NOON - 3)])
        .unwrap();
    let unknown = VisitEdit::Account {
        account: Some(id),
        contact: None,
        labels: NameSnapshot::default(),
    };
    assert!(ann.edit_visit(id, vec![unknown]).is_err());
}
