//! The handbook and its readers: what the office writes, what a colleague may write, what is refused.

use super::*;
use crate::language::{Lang, message_text};
use crate::model::calendar::Shift;
use crate::model::colleague_profile::PersonEdit;
use crate::model::ids::PersonId;
use crate::model::registry::Role;
use crate::notebook::errors::KeptError;
use crate::notebook::test_kit::day_off;
use crate::notebook::test_kit::{SAM, key_of, notebook_of};

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
    assert!(ann.latest_entries(9, None, vec![]).unwrap().is_empty());
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

    let me = |edit| key_of(ann.edit_colleague_profile(ann.me().unwrap().person, vec![edit]));
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
