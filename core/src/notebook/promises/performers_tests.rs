//! The performers that are offered: for a kind, in which order, and with which load.

use super::PerformerChoice;
use crate::model::event::Performer;
use crate::model::ids::PersonId;
use crate::model::registry::{Colleague, RegistryRow, Role};
use crate::model::time::DuePart;
use crate::notebook::Notebook;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::test_kit::{draft, due, key_of, notebook_of};
use crate::store::registry;
use crate::testing::colleague;

const EVA: PersonId = PersonId([3; 16]);
const ULI: PersonId = PersonId([4; 16]);
const TOM: PersonId = PersonId([5; 16]);

/// Ann's notebook: with Sam, who visits, Eva and Uli of the workshop, and Tom, who has left it.
fn anns_notebook(folder: &tempfile::TempDir) -> Notebook {
    let (ann, _) = notebook_of(folder, Role::Office);
    let rows = [
        colleague(ULI, "Uli", Role::Workshop, &["callback"]),
        colleague(EVA, "Eva", Role::Workshop, &[]),
        Colleague {
            to: Some(0),
            ..colleague(TOM, "Tom", Role::Workshop, &["night"])
        },
    ];
    let taken = ann.write(|store| {
        store.write(|tx| {
            for row in rows {
                registry::take(tx, &RegistryRow::Colleague(row))?;
            }
            Ok::<_, crate::store::StoreError>(())
        })?;
        Ok(())
    });
    taken.unwrap();
    ann
}

/// The promise of a delivery by a colleague within the week.
fn delivery_by(person: PersonId) -> PromiseDraft {
    PromiseDraft {
        performer: Performer::Person { person },
        ..draft("delivery", due("2026-11-26", DuePart::Day))
    }
}

fn offered(notebook: &Notebook, kind: &str) -> Vec<PerformerChoice> {
    notebook.performers(Some(kind.into())).unwrap()
}

fn names(choices: &[PerformerChoice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.name.as_str()).collect()
}

#[test]
fn the_role_of_a_kind_and_whoever_delivered_one_are_offered() {
    let folder = tempfile::tempdir().unwrap();
    let ann = anns_notebook(&folder);
    assert_eq!(
        names(&offered(&ann, "delivery")),
        ["Eva", "Uli", "callback"]
    );
    // Nobody sells, so anybody may.
    assert_eq!(names(&offered(&ann, "quote")).len(), 5);
    let me = ann.me().unwrap().person;
    let mine = ann.make_promise(delivery_by(me)).unwrap();
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    ann.change_promise(mine, vec![done]).unwrap();
    let choices = offered(&ann, "delivery");
    assert_eq!(names(&choices), ["Ann", "Eva", "Uli", "callback"]);
    assert_eq!((choices[0].delivered, choices[1].delivered), (1, 0));
    let unknown = ann.performers(Some("magic".into()));
    assert_eq!(key_of(unknown), "error-unknown-kind");
}

#[test]
fn the_least_loaded_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let ann = anns_notebook(&folder);
    for _ in 0..60 {
        ann.make_promise(delivery_by(EVA)).unwrap();
    }
    let choices = offered(&ann, "delivery");
    assert_eq!(names(&choices), ["Uli", "Eva", "callback"]);
    let percent = |choice: &PerformerChoice| choice.load.as_ref().unwrap().percent.unwrap();
    assert_eq!(percent(&choices[0]), 0);
    assert!(percent(&choices[1]) > 100, "{:?}", choices[1]);
    // Monday is the first working day; what Eva is to deliver by Thursday leaves her no room before.
    assert_eq!(choices[0].free_on.as_deref(), Some("2026-11-23"));
    let evas = choices[1].free_on.as_deref();
    assert!(evas.is_none_or(|day| day > "2026-11-26"), "{evas:?}");
    assert_eq!(choices[2].load, None);
    let all = ann.performers(None).unwrap();
    assert_eq!(names(&all), ["Ann", "Eva", "Sam", "Uli", "callback"]);
}

#[test]
fn who_has_left_is_not_offered_nor_a_pool_that_nobody_serves() {
    let folder = tempfile::tempdir().unwrap();
    let ann = anns_notebook(&folder);
    for kind in [Some("delivery".to_owned()), None] {
        let choices = ann.performers(kind).unwrap();
        let names = names(&choices);
        assert!(!names.contains(&"Tom") && !names.contains(&"night"));
        assert!(names.contains(&"callback"));
    }
}
