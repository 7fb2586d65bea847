//! Rules for samples one by one: the promises that are samples, from when to when, and whose they are.

use super::super::promise_fixture::{
    ANN, EVA, HOUR, PromiseFixture, SAM, at, company, due, made, time,
};
use super::*;
use crate::model::event::CancelledBy;
use crate::model::ids::PersonId;
use crate::model::time::RecordedTime;

fn sample(fixture: &PromiseFixture, hours: i64) -> Option<Sample> {
    let registry = company(1_000);
    sample_of(
        &fixture.record,
        &fixture.facts_in(&registry),
        at(hours),
        &registry,
    )
}

fn ending(fixture: &PromiseFixture, hours: i64) -> Option<Ending> {
    sample(fixture, hours).map(|sample| sample.ending)
}

fn cancelled(by: CancelledBy) -> EventBody {
    EventBody::Cancelled {
        by,
        agreed_by: None,
        reason: "no longer wanted".into(),
    }
}

fn unknown(hours: i64) -> RecordedTime {
    RecordedTime {
        age_ms: None,
        known_ms: None,
        ..time(hours)
    }
}

fn disputed(fixture: &mut PromiseFixture, finding: Finding) {
    let dispute = fixture.add_event(
        12,
        ANN,
        EventBody::Disputed {
            words: "it leaks".into(),
        },
    );
    let resolved = EventBody::DisputeResolved {
        dispute,
        finding,
        reason: "looked at it".into(),
    };
    fixture.add_event(20, ANN, resolved);
}

#[test]
fn a_lead_runs_from_when_the_customer_was_told_to_when_it_was_done() {
    let mut fixture = PromiseFixture::communicated();
    assert_eq!(ending(&fixture, 5), Some(Ending::Open));
    fixture.fulfilled_by(9, SAM, time(7));
    fixture.receive_last(30);
    let sample = sample(&fixture, 40).unwrap();
    assert_eq!(
        (sample.start, sample.ending),
        (at(1), Ending::Closed(at(7)))
    );
    assert_eq!(sample.performer, Some(SAM.to_string()));
    assert_eq!(sample.team.as_deref(), Some("north"));
    // A proof that came late was not known before.
    assert_eq!(sample.received_at, Some(at(30)));
    assert_eq!(sample.ending_at(at(29)), Some(Ending::Open));
}

#[test]
fn another_date_that_the_customer_was_told_is_telling_them() {
    let mut fixture = PromiseFixture::of_made(made());
    let agreed = |hours| EventBody::TermsAgreed {
        due: due(hours),
        words: String::new(),
        contact: None,
        channel: crate::model::visit::Channel::Call,
        proposal: None,
        suggestion: None,
    };
    fixture.add_event(3, ANN, agreed(20));
    fixture.communicate(4);
    fixture.add_event(5, ANN, agreed(30));
    fixture.fulfilled_by(9, SAM, time(8));
    let sample = sample(&fixture, 40).unwrap();
    assert_eq!(
        (sample.start, sample.ending),
        (at(3), Ending::Closed(at(8)))
    );
}

#[test]
fn done_before_the_customer_was_told_counts_from_when_it_was_made() {
    let mut fixture = PromiseFixture::of_made(made());
    assert_eq!(sample(&fixture, 5).unwrap().start, at(0), "nobody told");
    fixture.fulfilled_by(3, SAM, time(2));
    fixture.communicate(6);
    let sample = sample(&fixture, 9).unwrap();
    assert_eq!(
        (sample.start, sample.ending),
        (at(0), Ending::Closed(at(2)))
    );
}

#[test]
fn what_was_a_mistake_or_void_says_nothing() {
    let mut mistake = PromiseFixture::communicated();
    let event = mistake.record.events[0].id;
    mistake.add_event(2, ANN, EventBody::Retracted { event });
    assert_eq!(sample(&mistake, 5), None);
    let mut void = PromiseFixture::communicated();
    void.fulfilled_by(5, SAM, time(5));
    disputed(&mut void, Finding::Void);
    assert_eq!(sample(&void, 30), None);
}

#[test]
fn a_deed_closes_whatever_was_said_before_and_after_it() {
    let mut fixture = PromiseFixture::communicated();
    fixture.add_event(3, ANN, cancelled(CancelledBy::Us));
    fixture.fulfilled_by(8, SAM, time(7));
    assert_eq!(ending(&fixture, 30), Some(Ending::Closed(at(7))));
    disputed(&mut fixture, Finding::Broken);
    assert_eq!(ending(&fixture, 30), Some(Ending::Closed(at(7))));
}

#[test]
fn found_kept_without_a_deed_leaves_the_record_with_the_finding() {
    let mut fixture = PromiseFixture::communicated();
    disputed(&mut fixture, Finding::Kept);
    assert_eq!(ending(&fixture, 30), Some(Ending::Censored(at(20))));
    let mut broken = PromiseFixture::communicated();
    disputed(&mut broken, Finding::Broken);
    assert_eq!(ending(&broken, 30), Some(Ending::Open));
}

#[test]
fn cancelled_by_whomever_leaves_the_record_then() {
    for by in [CancelledBy::Us, CancelledBy::Customer] {
        let mut fixture = PromiseFixture::communicated();
        fixture.add_event(6, ANN, cancelled(by));
        assert_eq!(ending(&fixture, 30), Some(Ending::Censored(at(6))));
    }
}

#[test]
fn missed_stays_open_and_not_confirmed_leaves_when_it_was_due() {
    let fixture = PromiseFixture::communicated();
    assert_eq!(ending(&fixture, 30), Some(Ending::Open), "missed");
    let dark = company(5);
    let sample = sample_of(&fixture.record, &fixture.facts_in(&dark), at(30), &dark).unwrap();
    assert_eq!(sample.ending, Ending::Censored(at(10)));
}

#[test]
fn a_wish_for_later_and_a_start_that_lies_ahead_say_nothing() {
    let later = PromiseFixture::of_made(crate::model::event::PromiseMade {
        not_before: Some(due(5)),
        ..made()
    });
    assert_eq!(sample(&later, 9), None);
    let at_once = PromiseFixture::of_made(crate::model::event::PromiseMade {
        not_before: Some(due(0)),
        ..made()
    });
    assert!(sample(&at_once, 9).is_some());
    assert_eq!(
        sample(&PromiseFixture::communicated(), 0),
        None,
        "told an hour from now"
    );
}

#[test]
fn a_clock_that_nobody_compared_says_nothing() {
    let mut operation = PromiseFixture::communicated();
    operation.fulfilled_by(8, SAM, unknown(7));
    operation.receive_last(9);
    assert_eq!(sample(&operation, 30), None);
    let mut start = PromiseFixture::of_made(made());
    let told = EventBody::Communicated {
        contact: None,
        channel: crate::model::visit::Channel::Call,
    };
    start.add_event_at(unknown(1), ANN, told);
    assert_eq!(sample(&start, 30), None);
    // An unknown time that is neither start nor deed does no harm.
    let mut thanked = PromiseFixture::communicated();
    thanked.add_event_at(unknown(2), ANN, EventBody::Thanked { person: SAM });
    assert!(sample(&thanked, 30).is_some());
}

#[test]
fn whoever_performed_when_it_ended_has_the_sample() {
    let handed = |hours, fixture: &mut PromiseFixture, person: PersonId| {
        let to = EventBody::Reassigned {
            performer: Performer::Person { person },
            reason: "closer".into(),
        };
        fixture.add_event(hours, ANN, to);
    };
    let mut before = PromiseFixture::communicated();
    handed(2, &mut before, EVA);
    before.fulfilled_by(8, EVA, time(7));
    let sample_before = sample(&before, 30).unwrap();
    assert_eq!(sample_before.performer, Some(EVA.to_string()));
    assert_eq!(sample_before.team.as_deref(), Some("south"));
    let mut after = PromiseFixture::communicated();
    after.fulfilled_by(8, SAM, time(7));
    handed(9, &mut after, EVA);
    let sample_after = sample(&after, 30).unwrap();
    assert_eq!(sample_after.performer, Some(SAM.to_string()));
}

#[test]
fn a_pool_that_nobody_took_is_known_by_its_kind_only() {
    let mut fixture = PromiseFixture::of_made(crate::model::event::PromiseMade {
        performer: Performer::Pool {
            pool: "service".parse().unwrap(),
        },
        ..made()
    });
    let nobody = sample(&fixture, 5).unwrap();
    assert_eq!((nobody.performer, nobody.team), (None, None));
    fixture.accept(3, EVA);
    assert_eq!(
        sample(&fixture, 5).unwrap().performer,
        Some(EVA.to_string())
    );
}

#[test]
fn the_team_is_the_one_of_that_time() {
    let mut fixture = PromiseFixture::communicated();
    fixture.fulfilled_by(8, SAM, time(7));
    let mut registry = company(1_000);
    let mut moved = registry.colleagues[&SAM].clone();
    let before = std::mem::replace(&mut moved.teams, vec!["west".parse().unwrap()]);
    moved.from = at(9) - HOUR;
    let was = crate::model::registry::Colleague {
        teams: before,
        from: 0,
        ..moved.clone()
    };
    registry.past.insert(SAM, vec![was]);
    registry.colleagues.insert(SAM, moved);
    let sample = sample_of(
        &fixture.record,
        &fixture.facts_in(&registry),
        at(30),
        &registry,
    )
    .unwrap();
    assert_eq!(sample.team.as_deref(), Some("north"));
}

#[test]
fn a_deed_that_was_tapped_by_mistake_is_as_if_never_tapped() {
    let mut fixture = PromiseFixture::communicated();
    let mistake = fixture.fulfilled_by(5, SAM, unknown(5));
    fixture.add_event(6, SAM, EventBody::Retracted { event: mistake });
    assert_eq!(ending(&fixture, 8), Some(Ending::Open));
    fixture.fulfilled_by(9, SAM, time(9));
    assert_eq!(ending(&fixture, 30), Some(Ending::Closed(at(9))));
}
