//! Promises that do not count stay, with the reason; roles are asked at the instant and when the server took it.

use super::*;
use crate::model::registry::Role;

/// Tom was gone between two hours.
fn gone(fixture: &mut PromiseFixture, from: i64, until: i64) {
    let here = colleague(TOM, "Tom", Role::Technician);
    let mut left = here.clone();
    left.from = NOON + from * HOUR;
    left.to = Some(left.from);
    let mut back = here.clone();
    back.from = NOON + until * HOUR;
    fixture.registry.past.insert(TOM, vec![here, left]);
    fixture.registry.colleagues.insert(TOM, back);
}

fn not_counted(fixture: &PromiseFixture) -> Option<NotAllowed> {
    read(&fixture.record.events, &fixture.registry)
        .unwrap()
        .not_counted
}

#[test]
fn a_promise_of_somebody_who_had_left_stays_and_measures_nothing() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let terms = fixture.made_id();
    let word = fixture.add_event(1, SAM, accepted(terms));
    gone(&mut fixture, -1, 5);
    fixture.receive(terms, 2);
    assert_eq!(reduce(&fixture.record.events, &fixture.registry), None);
    let facts = read(&fixture.record.events, &fixture.registry).unwrap();
    let reason = NotAllowed::NotAColleague;
    assert_eq!(facts.not_counted, Some(reason));
    assert_eq!(facts.made.deliverable, "the seal");
    let state = facts.state(DOC, NOON + 100 * HOUR, &fixture.registry);
    assert_eq!(state.outcome, Outcome::Void);
    assert_eq!(state.work, WorkState::NotCounted { reason });
    assert_eq!(state.late_ms, 0);
    assert!(!state.work.is_open());
    assert!(facts.flags_in(&state).is_empty());
    assert_eq!(fixture.effect(terms), EventEffect::NotAllowed { reason });
    let reason = NotAllowed::PromiseNotCounted;
    assert_eq!(fixture.effect(word), EventEffect::NotAllowed { reason });
}

#[test]
fn a_role_counts_at_the_instant_or_when_it_was_taken_whichever_lets_it_through() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let terms = fixture.made_id();
    gone(&mut fixture, -1, 5);
    assert_eq!(
        not_counted(&fixture),
        Some(NotAllowed::NotAColleague),
        "unsent"
    );
    fixture.receive(terms, 6);
    assert_eq!(not_counted(&fixture), None, "back when it was taken");
    gone(&mut fixture, 1, 9);
    assert_eq!(not_counted(&fixture), None, "here when it was written");

    // The office of then, and of when it was taken.
    let mut fixture = PromiseFixture::started();
    let dispute = fixture.add_event(1, EVA, disputed());
    let finding = fixture.add_event(2, TOM, found(dispute, Finding::Kept));
    let mut office = colleague(TOM, "Tom", Role::Office);
    office.from = NOON + 4 * HOUR;
    let before = colleague(TOM, "Tom", Role::Technician);
    fixture.registry.past.insert(TOM, vec![before]);
    fixture.registry.colleagues.insert(TOM, office);
    let reason = NotAllowed::NotOffice;
    assert_eq!(fixture.effect(finding), EventEffect::NotAllowed { reason });
    fixture.receive(finding, 3);
    assert_eq!(fixture.effect(finding), EventEffect::NotAllowed { reason });
    fixture.receive(finding, 5);
    assert_eq!(fixture.outcome(20), Outcome::Kept);
}

#[test]
fn on_an_unknown_clock_the_role_counts_when_it_was_taken_and_until_then_the_newest() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let terms = fixture.made_id();
    let time = &mut fixture.event(terms).stored.time;
    (time.offset_ms, time.age_ms) = (None, None);
    gone(&mut fixture, -1, 5);
    assert_eq!(not_counted(&fixture), None, "the newest: back");
    fixture.receive(terms, 2);
    assert_eq!(not_counted(&fixture), Some(NotAllowed::NotAColleague));
    fixture.receive(terms, 6);
    assert_eq!(not_counted(&fixture), None);
}

#[test]
fn whoever_wrote_it_and_is_not_known_yet_hides_nothing() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.event(made).by.person = None;
    assert_eq!(not_counted(&fixture), Some(NotAllowed::AuthorArriving));
}

#[test]
fn a_date_that_cannot_be_read_hides_nothing() {
    let mut draft = made(ANN, person(SAM));
    draft.due.zone = "Mars/Olympus".into();
    let fixture = PromiseFixture::of(draft);
    assert_eq!(not_counted(&fixture), Some(NotAllowed::DateUnreadable));
}

#[test]
fn its_author_takes_back_what_does_not_count() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let terms = fixture.made_id();
    gone(&mut fixture, 0, 1);
    fixture.add_event(2, TOM, EventBody::Retracted { event: terms });
    let facts = read(&fixture.record.events, &fixture.registry).unwrap();
    assert_eq!(facts.work(), WorkState::Retracted);
}

#[test]
fn a_receipt_changes_nothing_only_where_nobody_became_anything_else() {
    let written = NOON;
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let from = |fixture: &PromiseFixture| {
        receipts_irrelevant_from(&fixture.record.events, &fixture.registry)
    };
    assert_eq!(from(&fixture), written);
    gone(&mut fixture, 1, 2);
    assert_eq!(from(&fixture), written, "here when it was written");
    gone(&mut fixture, -1, 2);
    assert_eq!(from(&fixture), Millis::MAX, "gone when it was written");
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let mut later = colleague(TOM, "Tom", Role::Office);
    later.from = NOON + HOUR;
    let before = colleague(TOM, "Tom", Role::Technician);
    fixture.registry.past.insert(TOM, vec![before]);
    fixture.registry.colleagues.insert(TOM, later);
    assert_eq!(from(&fixture), Millis::MAX, "something else since");
}
