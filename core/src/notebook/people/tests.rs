//! Entries about colleagues: written by themselves, and by those who run the company.

use crate::model::colleague_profile::PersonEdit;
use crate::model::registry::{RegistryRow, Role};
use crate::notebook::test_kit::day_off;
use crate::notebook::test_kit::{SAM, notebook_of};
use crate::store::{meta, registry};
use crate::testing::NOON;

#[test]
fn colleagues_describe_themselves_and_the_office_enters_what_they_phone_in() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let number = "+49 30 2".to_owned();
    let effort = |minutes| {
        let kind = "fix".to_owned();
        PersonEdit::Effort { kind, minutes }
    };
    let number = || number.clone();
    let edits = vec![
        effort(45),
        PersonEdit::AddPhone { number: number() },
        day_off("2026-12-24"),
    ];
    ann.edit_colleague_profile(ann.me().unwrap().person, edits)
        .unwrap();
    let says = ann.colleague_profile(ann.me().unwrap().person).unwrap();
    assert_eq!((says.name.as_str(), says.efforts[0].minutes), ("Ann", 45));
    assert_eq!(
        (&says.phones, &says.absent),
        (&vec![number()], &vec!["2026-12-24".into()])
    );
    let date = "2026-12-24".to_owned();
    let edits = vec![
        effort(0),
        PersonEdit::RemovePhone { number: number() },
        PersonEdit::Present { date },
    ];
    ann.edit_colleague_profile(ann.me().unwrap().person, edits)
        .unwrap();
    let says = ann.colleague_profile(ann.me().unwrap().person).unwrap();
    assert!(says.efforts.is_empty() && says.phones.is_empty() && says.absent.is_empty());

    ann.edit_colleague_profile(SAM, vec![day_off("2026-12-28")])
        .unwrap();
    assert_eq!(ann.colleague_profile(SAM).unwrap().absent, ["2026-12-28"]);
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn what_somebody_wrote_of_another_counts_only_if_they_ran_the_company() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    ann.edit_colleague_profile(SAM, vec![day_off("2026-12-28")])
        .unwrap();
    let absent = || ann.colleague_profile(SAM).unwrap().absent;
    assert_eq!(absent(), ["2026-12-28"]);
    // She was a technician when she wrote it: the registry's history says so.
    let role_until_then = ann.write(|store| {
        let me = meta::identity(store.read())?.person;
        let mut row = registry::load(store.read())?.colleagues[&me].clone();
        store.write(|tx| {
            row.role = Role::Technician;
            registry::take(tx, &RegistryRow::Colleague(row.clone()))?;
            row.role = Role::Office;
            row.from = NOON + 60_000;
            registry::take(tx, &RegistryRow::Colleague(row))
        })?;
        Ok(())
    });
    role_until_then.unwrap();
    assert!(absent().is_empty());
}
