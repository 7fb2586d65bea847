use super::*;
use crate::language::{Lang, message_text};
use crate::model::registry::Role;
use crate::model::time::{DuePart, MINUTE_MS};
use crate::notebook::test_kit::{draft, due, key_of, named, notebook_of, visit};
use crate::notebook::visits::messages::place_message;
use crate::testing::NOON;

const FIX: VisitPlace = VisitPlace::Fix {
    latitude_micro: 52_520_008,
    longitude_micro: -13_404_954,
    accuracy_m: 20,
    age_ms: 3 * 60_000,
};

/// An entry of a visit that was changed in one thing.
fn entry(change: impl FnOnce(&mut VisitDraft)) -> VisitEntry {
    let mut entry = visit(None, "All is well");
    change(&mut entry.visit);
    entry
}

#[test]
fn a_visit_keeps_when_it_was_planned_when_we_came_and_when_we_left() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let at = |minutes: i64| NOON + minutes * MINUTE_MS;
    let logged = ann.log_visit(entry(|visit| {
        visit.planned_at = Some(at(24 * 60));
        visit.arrived_at = Some(at(-40));
        visit.left_at = Some(at(-5));
        visit.place = Some(FIX);
    }));
    let id = logged.unwrap().visit;
    let read = ann.visit(id).unwrap();
    assert_eq!(
        (read.planned_at, read.arrived_at, read.left_at),
        (Some(at(24 * 60)), Some(at(-40)), Some(at(-5)))
    );
    assert_eq!(read.place, Some(FIX));
    // Whoever notes when they came is not asked when it was.
    assert_eq!(read.happened_at, at(-40));
    let history = ann.history(id).unwrap();
    let said = |line: &crate::notebook::HistoryLine| {
        let fields = line.lines.iter();
        let text = |message| message_text(message, Lang::De);
        let said = fields.map(|field| format!("{}: {}", text(&field.label), text(&field.value)));
        said.collect::<Vec<_>>().join("\n")
    };
    let history: Vec<String> = history.iter().map(said).collect();
    let history = history.join("\n");
    for label in ["Geplant für: ", "Gekommen: ", "Gegangen: "] {
        assert!(history.contains(label), "{history}");
    }
    assert!(
        history.contains("Wo es war: 52.520008, -13.404954"),
        "{history}"
    );
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn a_visit_without_a_position_says_why_and_not_zero_zero() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    for (place, says) in [
        (None, None),
        (
            Some(VisitPlace::NotAllowed),
            Some("not allowed to be found out"),
        ),
        (
            Some(VisitPlace::NoFix { tried_ms: 7_500 }),
            Some("no position found within 8 s"),
        ),
        (
            Some(FIX),
            Some("52.520008, -13.404954, to about 20 m, 3 min old"),
        ),
    ] {
        let logged = ann.log_visit(entry(|visit| visit.place = place)).unwrap();
        let read = ann.visit(logged.visit).unwrap().place;
        assert_eq!(read, place);
        let words = read.map(|place| message_text(&place_message(place), Lang::En));
        assert_eq!(words.as_deref(), says);
    }
    let beyond = VisitPlace::Fix {
        latitude_micro: 90_000_001,
        longitude_micro: 0,
        accuracy_m: 1,
        age_ms: 0,
    };
    let refused = ann.log_visit(entry(|visit| visit.place = Some(beyond)));
    assert_eq!(key_of(refused), "error-place");
}

#[test]
fn nothing_was_promised_is_an_answer_and_silence_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let answered = |nothing_promised| {
        let mut answered = visit(None, "");
        answered.visit.nothing_promised = nothing_promised;
        answered
    };
    assert!(is_empty_visit(&answered(false)) && !is_empty_visit(&answered(true)));
    for nothing in [false, true] {
        let logged = ann.log_visit(answered(nothing)).unwrap();
        assert_eq!(ann.visit(logged.visit).unwrap().nothing_promised, nothing);
    }
    let mut both = answered(true);
    both.promises = vec![draft("quote", due("2027-01-08", DuePart::Day))];
    assert_eq!(key_of(ann.log_visit(both)), "error-promised-something");
    assert_eq!(
        ann.latest_entries(9, None, vec![]).unwrap().len(),
        2,
        "all or nothing"
    );
}

#[test]
fn whoever_left_before_they_came_or_in_the_future_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    ann.create_account(named("Mill")).unwrap();
    for (arrived_at, left_at, key) in [
        (Some(NOON), Some(NOON - 1), "error-left-before-arrived"),
        (Some(NOON + 3_600_000), None, "error-in-the-future"),
        (None, Some(NOON + 3_600_000), "error-in-the-future"),
    ] {
        let refused = ann.log_visit(entry(|visit| {
            visit.arrived_at = arrived_at;
            visit.left_at = left_at;
        }));
        assert_eq!(key_of(refused), key);
    }
    let at_once = ann.log_visit(entry(|visit| {
        visit.arrived_at = Some(NOON);
        visit.left_at = Some(NOON);
    }));
    assert!(at_once.is_ok());
}
