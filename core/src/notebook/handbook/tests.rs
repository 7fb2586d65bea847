//! The handbook and its readers: what the office writes, what a colleague may write, what is refused.

use super::*;
use crate::environment::{Environment, ScriptedEnvironment};
use crate::language::{Lang, message_text};
use crate::model::calendar::Shift;
use crate::model::colleague_profile::PersonEdit;
use crate::model::ids::PersonId;
use crate::model::registry::{Colleague, RegistryRow, Role};
use crate::notebook::MemorySecretStore;
use crate::notebook::accounts::messages::contact_label_message;
use crate::notebook::errors::KeptError;
use crate::store::meta::ServerClock;
use crate::store::{Store, registry};
use crate::testing::NOON;
use std::sync::Arc;

/// A technician.
pub(in crate::notebook) const SAM: PersonId = PersonId([2; 16]);

/// A notebook that belongs to a company, and its owner's role in it.
pub(in crate::notebook) fn notebook_of(
    folder: &tempfile::TempDir,
    role: Role,
) -> (Notebook, Arc<ScriptedEnvironment>) {
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let secrets = Arc::new(MemorySecretStore::default());
    let notebook =
        Notebook::open_with(folder.path().join("n"), secrets, environment.clone()).unwrap();
    let joined = notebook.write(|store| {
        let mut identity = meta::identity(store.read())?;
        identity.server = Some("https://kept.example".into());
        identity.role = role;
        let colleague = |id, name: &str, role| {
            RegistryRow::Colleague(Colleague {
                id,
                name: name.into(),
                role,
                teams: vec![],
                pools: vec![],
                from: 0,
                to: None,
            })
        };
        store.write(|tx| {
            meta::set(tx, &identity)?;
            registry::take(tx, &colleague(identity.person, "Ann", role))?;
            registry::take(tx, &colleague(SAM, "Sam", Role::Technician))?;
            Ok::<_, crate::store::StoreError>(())
        })?;
        Ok(())
    });
    joined.unwrap();
    (notebook, environment)
}

/// The key of the sentence with which something was refused.
pub(in crate::notebook) fn key_of<T: std::fmt::Debug>(result: ApiResult<T>) -> String {
    result.unwrap_err().message().key
}

/// Lets a notebook compare its clock with a server's, which shows the same time.
pub(in crate::notebook) fn compare_clock(notebook: &Notebook, environment: &ScriptedEnvironment) {
    let clock = ServerClock {
        offset_ms: 0,
        boot_ms: environment.boot_ms(),
        boot_id: environment.boot_id(),
        server_ms: notebook.now_ms().unwrap(),
    };
    let compared = |store: &mut Store| Ok(store.write(|tx| meta::set(tx, &clock))?);
    notebook.write(compared).unwrap();
}

fn day_off(date: &str) -> PersonEdit {
    PersonEdit::Absent { date: date.into() }
}

#[test]
fn the_office_writes_kinds_and_hours_and_everything_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    assert_eq!(ann.handbook().unwrap().kinds.len(), 10);

    let lead = |minutes| vec![KindEdit::Lead { minutes }];
    ann.save_kind(" Tow ".into(), lead(90)).unwrap();
    ann.save_kind("tow".into(), vec![KindEdit::Quantile { percent: 95 }])
        .unwrap();
    ann.retire_kind("credit".into()).unwrap();
    let date = "2026-12-25".to_owned();
    ann.save_hours(vec![HoursEdit::Close { date: date.clone() }])
        .unwrap();

    let page = ann.handbook().unwrap();
    let kind = |key: &str| {
        let mut kinds = page.kinds.iter();
        kinds.find(|known| known.kind.key == key).unwrap()
    };
    let tow = &kind("tow").kind;
    assert_eq!((tow.lead_minutes, tow.quantile_percent), (90, 95));
    assert!(kind("credit").kind.retired && page.may_write);
    assert_eq!(message_text(&kind("tow").words, Lang::De), "tow");
    assert_eq!(message_text(&kind("callback").words, Lang::De), "Rückruf");
    let hours = page.hours.unwrap();
    assert_eq!((hours.week.len(), hours.closed), (7, vec![date.clone()]));

    ann.save_hours(vec![HoursEdit::Reopen { date }]).unwrap();
    assert_eq!(ann.handbook().unwrap().hours.unwrap().closed.len(), 0);
    // One document per kind and one for the hours, none of them in a list of customers' entries.
    let docs = ann.read(|store| Ok(company::handbook_entries(store.read())?.len()));
    assert_eq!(docs.unwrap(), 3);
    assert!(ann.search("tow".into(), 9).unwrap().is_empty());
    assert!(ann.latest_entries(9).unwrap().is_empty());
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn a_technician_reads_the_handbook_and_does_not_write_it() {
    let folder = tempfile::tempdir().unwrap();
    let (sam, _) = notebook_of(&folder, Role::Technician);
    assert!(!sam.handbook().unwrap().may_write);
    let refused = "error-handbook-of-the-office";
    assert_eq!(key_of(sam.save_kind("tow".into(), vec![])), refused);
    assert_eq!(key_of(sam.retire_kind("fix".into())), refused);
    assert_eq!(key_of(sam.save_hours(vec![])), refused);
    assert_eq!(
        key_of(sam.edit_colleague_profile(SAM, vec![day_off("2026-12-24")])),
        "error-not-about-you"
    );
    assert_eq!(sam.status().unwrap().unsent, []);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Owner);
    let kind = |key: &str, edit| key_of(ann.save_kind(key.into(), vec![edit]));
    let quantile = |percent| KindEdit::Quantile { percent };
    assert_eq!(kind("two words", quantile(80)), "error-kind-key");
    assert_eq!(kind("fix", quantile(100)), "error-quantile");
    assert_eq!(kind("fix", quantile(49)), "error-quantile");
    assert_eq!(
        kind("fix", KindEdit::Effort { minutes: 0 }),
        "error-minutes"
    );
    assert_eq!(
        kind("fix", KindEdit::Grace { minutes: 1441 }),
        "error-minutes"
    );
    assert_eq!(key_of(ann.retire_kind("tow".into())), "error-unknown-kind");

    let week = |zone: &str, from| {
        let mut hours = WorkingCalendar::usual(zone);
        hours.week[0][1].from = from;
        key_of(ann.save_hours(vec![HoursEdit::Week { hours }]))
    };
    assert_eq!(week("Mars/Olympus", 780), "error-unknown-zone");
    assert_eq!(week("UTC", 700), "error-shift");
    let date = "2026-02-30".to_owned();
    let close = key_of(ann.save_hours(vec![HoursEdit::Close { date }]));
    assert_eq!(close, "error-not-a-day");

    let me = |edit| key_of(ann.edit_my_profile(vec![edit]));
    let minutes = 5;
    let effort = |kind: &str| PersonEdit::Effort {
        kind: kind.into(),
        minutes,
    };
    assert_eq!(me(effort("tow")), "error-unknown-kind");
    let quiet = Some(Shift { from: 60, to: 60 });
    assert_eq!(me(PersonEdit::Quiet { quiet }), "error-quiet");
    assert_eq!(me(day_off("soon")), "error-not-a-day");
    let stranger = ann.edit_colleague_profile(PersonId([9; 16]), vec![]);
    assert!(matches!(stranger, Err(KeptError::NotFound { .. })));
    assert_eq!(ann.status().unwrap().unsent, []);
}

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
    ann.edit_my_profile(edits).unwrap();
    let says = ann.my_profile().unwrap();
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
    ann.edit_my_profile(edits).unwrap();
    let says = ann.my_profile().unwrap();
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

#[test]
fn labels_that_programs_write_are_said_in_the_reader_s_language() {
    for (label, german) in [
        ("main", "Zentrale"),
        ("mobile", "mobil"),
        ("Werkstatt hinten", "Werkstatt hinten"),
        ("", ""),
    ] {
        assert_eq!(
            message_text(&contact_label_message(label), Lang::De),
            german
        );
    }
}
