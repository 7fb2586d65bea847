//! Promises that do not count stay, with the reason; roles are asked at the instant and when the server took it.

use super::*;
use crate::model::people::Role;

/// Tom was gone between two hours.
fn gone(tale: &mut Tale, from: i64, until: i64) {
    let here = colleague(TOM, "Tom", Role::Technician);
    let mut left = here.clone();
    left.from = NOON + from * HOUR;
    left.to = Some(left.from);
    let mut back = here.clone();
    back.from = NOON + until * HOUR;
    tale.registry.past.insert(TOM, vec![here, left]);
    tale.registry.colleagues.insert(TOM, back);
}

fn not_counted(tale: &Tale) -> Option<NotAllowed> {
    read(&tale.events, &tale.registry).unwrap().not_counted
}

#[test]
fn a_promise_of_somebody_who_had_left_stays_and_measures_nothing() {
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let terms = tale.made();
    let word = tale.then(1, SAM, accepted(terms));
    gone(&mut tale, -1, 5);
    tale.received(terms, 2);
    assert_eq!(reduce(&tale.events, &tale.registry), None);
    let facts = read(&tale.events, &tale.registry).unwrap();
    let reason = NotAllowed::NotAColleague;
    assert_eq!(facts.not_counted, Some(reason));
    assert_eq!(facts.made.deliverable, "the seal");
    let state = facts.state(DOC, NOON + 100 * HOUR, &tale.registry);
    assert_eq!(state.outcome, Outcome::Void);
    assert_eq!(state.work, Work::NotCounted { reason });
    assert_eq!(state.late_ms, 0);
    assert!(!state.work.is_open());
    assert!(facts.flags_in(&state).is_empty());
    assert_eq!(tale.effect(terms), Effect::NotAllowed { reason });
    let reason = NotAllowed::PromiseNotCounted;
    assert_eq!(tale.effect(word), Effect::NotAllowed { reason });
}

#[test]
fn a_role_counts_at_the_instant_or_when_it_was_taken_whichever_lets_it_through() {
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let terms = tale.made();
    gone(&mut tale, -1, 5);
    assert_eq!(
        not_counted(&tale),
        Some(NotAllowed::NotAColleague),
        "unsent"
    );
    tale.received(terms, 6);
    assert_eq!(not_counted(&tale), None, "back when it was taken");
    gone(&mut tale, 1, 9);
    assert_eq!(not_counted(&tale), None, "here when it was written");

    // The office of then, and of when it was taken.
    let mut tale = Tale::begun();
    let dispute = tale.then(1, EVA, disputed());
    let finding = tale.then(2, TOM, found(dispute, Finding::Kept));
    let mut office = colleague(TOM, "Tom", Role::Office);
    office.from = NOON + 4 * HOUR;
    let before = colleague(TOM, "Tom", Role::Technician);
    tale.registry.past.insert(TOM, vec![before]);
    tale.registry.colleagues.insert(TOM, office);
    let reason = NotAllowed::NotOffice;
    assert_eq!(tale.effect(finding), Effect::NotAllowed { reason });
    tale.received(finding, 3);
    assert_eq!(tale.effect(finding), Effect::NotAllowed { reason });
    tale.received(finding, 5);
    assert_eq!(tale.outcome(20), Outcome::Kept);
}

#[test]
fn on_an_unknown_clock_the_role_counts_when_it_was_taken_and_until_then_the_newest() {
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let terms = tale.made();
    let time = &mut tale.event(terms).stored.time;
    (time.offset_ms, time.age_ms) = (None, None);
    gone(&mut tale, -1, 5);
    assert_eq!(not_counted(&tale), None, "the newest: back");
    tale.received(terms, 2);
    assert_eq!(not_counted(&tale), Some(NotAllowed::NotAColleague));
    tale.received(terms, 6);
    assert_eq!(not_counted(&tale), None);
}

#[test]
fn whoever_wrote_it_and_is_not_known_yet_hides_nothing() {
    let mut tale = Tale::begun();
    let made = tale.made();
    tale.event(made).by.person = None;
    assert_eq!(not_counted(&tale), Some(NotAllowed::AuthorArriving));
}

#[test]
fn a_date_that_cannot_be_read_hides_nothing() {
    let mut draft = made(ANN, person(SAM));
    draft.due.zone = "Mars/Olympus".into();
    let tale = Tale::of(draft);
    assert_eq!(not_counted(&tale), Some(NotAllowed::DateUnreadable));
}

#[test]
fn its_author_takes_back_what_does_not_count() {
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let terms = tale.made();
    gone(&mut tale, 0, 1);
    tale.then(2, TOM, EventBody::Retracted { event: terms });
    let facts = read(&tale.events, &tale.registry).unwrap();
    assert_eq!(facts.work(), Work::Retracted);
}

#[test]
fn a_receipt_changes_nothing_only_where_nobody_became_anything_else() {
    let written = NOON;
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let from = |tale: &Tale| indifferent_from(&tale.events, &tale.registry);
    assert_eq!(from(&tale), written);
    gone(&mut tale, 1, 2);
    assert_eq!(from(&tale), written, "here when it was written");
    gone(&mut tale, -1, 2);
    assert_eq!(from(&tale), Millis::MAX, "gone when it was written");
    let mut tale = Tale::of(made(TOM, person(SAM)));
    let mut later = colleague(TOM, "Tom", Role::Office);
    later.from = NOON + HOUR;
    let before = colleague(TOM, "Tom", Role::Technician);
    tale.registry.past.insert(TOM, vec![before]);
    tale.registry.colleagues.insert(TOM, later);
    assert_eq!(from(&tale), Millis::MAX, "something else since");
}
