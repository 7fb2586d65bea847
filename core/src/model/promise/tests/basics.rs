//! The everyday life of a promise.

use super::*;

fn terms(fixture: &PromiseFixture) -> EventId {
    fixture.facts().present.event
}

#[test]
fn asked_accepted_and_done_in_time_is_kept() {
    let mut fixture = PromiseFixture::started();
    assert_eq!(
        fixture.at(0),
        PromiseState {
            outcome: Outcome::Open,
            work: WorkState::NotAsked,
            late_ms: 0
        }
    );
    let terms = terms(&fixture);
    fixture.add_event(1, ANN, EventBody::Asked { person: SAM, terms });
    assert_eq!(
        fixture.at(1).work,
        WorkState::Waiting { since: NOON + HOUR }
    );
    fixture.add_event(
        2,
        SAM,
        EventBody::Accepted {
            terms,
            for_person: None,
        },
    );
    assert_eq!(fixture.at(2).work, WorkState::Accepted { started: false });
    fixture.done(9, 9);
    assert_eq!(
        fixture.at(99),
        PromiseState {
            outcome: Outcome::Kept,
            work: WorkState::Fulfilled,
            late_ms: 0
        }
    );
}

#[test]
fn a_minute_has_five_minutes_of_grace() {
    let due_at = due(10).instant().unwrap();
    for (late, outcome) in [
        (5 * 60_000, Outcome::Kept),
        (5 * 60_000 + 1, Outcome::BrokenLate),
    ] {
        let mut fixture = PromiseFixture::started();
        let occurred_at = RecordedTime {
            wall_ms: due_at + late,
            zone: "UTC".into(),
            offset_ms: Some(0),
            age_ms: Some(0),
            known_ms: None,
        };
        fixture.add_event(
            11,
            SAM,
            EventBody::Fulfilled {
                occurred_at,
                evidence: vec![],
                for_person: None,
            },
        );
        assert_eq!(fixture.at(12).outcome, outcome);
    }
}

#[test]
fn a_dark_phone_makes_nobody_a_breaker_of_promises() {
    let fixture = PromiseFixture::started();
    let mut dark = PromiseFixture::started();
    dark.registry = heard(&[(SAM, NOON)]);
    let Outcome::NotConfirmed {
        doubt: Doubt::Silent { person, device, .. },
    } = dark.at(11).outcome
    else {
        panic!()
    };
    assert_eq!((person.as_str(), device.as_str()), ("Sam", "phone"));
    let missed = fixture.at(11);
    assert_eq!(missed.outcome, Outcome::BrokenMissed);
    assert!(
        missed.work.is_open() && missed.late_ms > 0,
        "a missed promise stays work"
    );
}

#[test]
fn proof_that_arrives_late_of_a_deed_in_time_is_kept() {
    let mut fixture = PromiseFixture::started();
    assert_eq!(fixture.at(40).outcome, Outcome::BrokenMissed);
    fixture.done(40, 9);
    assert_eq!(fixture.at(40).outcome, Outcome::Kept);
}

#[test]
fn a_mistaken_done_that_was_taken_back_is_as_if_never_tapped() {
    let mut fixture = PromiseFixture::started();
    let before = fixture.at(2);
    let done = fixture.done(1, 1);
    assert_eq!(fixture.at(2).outcome, Outcome::Kept);
    fixture.add_event(2, SAM, EventBody::Retracted { event: done });
    assert_eq!(fixture.at(2), before);
}

#[test]
fn only_the_author_takes_an_event_back() {
    let mut fixture = PromiseFixture::started();
    let done = fixture.done(1, 1);
    fixture.add_event(2, ANN, EventBody::Retracted { event: done });
    assert_eq!(fixture.at(2).outcome, Outcome::Kept);
}

#[test]
fn a_date_moved_in_time_binds_and_one_moved_too_late_does_not() {
    let agreed = |hours| EventBody::TermsAgreed {
        due: due(hours),
        words: String::new(),
        contact: None,
        channel: Channel::Call,
        proposal: None,
        suggestion: None,
    };
    let mut in_time = PromiseFixture::started();
    in_time.add_event(5, ANN, agreed(30));
    in_time.done(29, 29);
    assert_eq!(in_time.at(29).outcome, Outcome::Kept);

    let mut too_late = PromiseFixture::started();
    too_late.add_event(12, ANN, agreed(30));
    assert_eq!(
        too_late.facts().present.due,
        due(30),
        "work follows the new date"
    );
    too_late.done(29, 29);
    assert_eq!(too_late.at(29).outcome, Outcome::BrokenLate);

    let mut after_the_deed = PromiseFixture::started();
    after_the_deed.done(9, 9);
    after_the_deed.add_event(10, ANN, agreed(8 + 4));
    assert_eq!(after_the_deed.at(20).outcome, Outcome::Kept);
}

#[test]
fn a_counter_offer_agreed_with_the_customer_is_waited_for_no_more() {
    let mut fixture = PromiseFixture::started();
    let asked = EventBody::Asked {
        person: SAM,
        terms: terms(&fixture),
    };
    fixture.add_event(1, ANN, asked);
    fixture.add_event(
        2,
        SAM,
        EventBody::TermsProposed {
            due: due(30),
            reason: "parts".into(),
            for_person: None,
        },
    );
    assert_eq!(
        fixture.at(3).work,
        WorkState::CounterOffered {
            due: due(30),
            reason: "parts".into()
        }
    );
}

#[test]
fn cancelled_by_the_customer_is_void_and_by_us_is_broken() {
    for (by, outcome) in [
        (CancelledBy::Customer, Outcome::Void),
        (CancelledBy::Us, Outcome::BrokenCancelled),
    ] {
        let mut fixture = PromiseFixture::started();
        fixture.add_event(
            3,
            ANN,
            EventBody::Cancelled {
                by,
                agreed_by: None,
                reason: String::new(),
            },
        );
        let state = fixture.at(3);
        assert_eq!((state.outcome, state.work), (outcome, WorkState::Cancelled));
    }
    let mut too_late = PromiseFixture::started();
    too_late.add_event(
        12,
        ANN,
        EventBody::Cancelled {
            by: CancelledBy::Customer,
            agreed_by: None,
            reason: String::new(),
        },
    );
    assert_eq!(
        too_late.at(13).outcome,
        Outcome::BrokenMissed,
        "a cancellation after due changes nothing"
    );
}

#[test]
fn a_dispute_is_work_until_the_office_finds() {
    let mut fixture = PromiseFixture::started();
    fixture.done(9, 9);
    let dispute = fixture.add_event(
        20,
        ANN,
        EventBody::Disputed {
            words: "it still sticks".into(),
        },
    );
    let state = fixture.at(20);
    assert_eq!(
        (state.outcome, state.work),
        (
            Outcome::Kept,
            WorkState::Disputed {
                words: "it still sticks".into()
            }
        )
    );
    fixture.add_event(
        21,
        ANN,
        EventBody::DisputeResolved {
            dispute,
            finding: Finding::Broken,
            reason: String::new(),
        },
    );
    let state = fixture.at(22);
    assert_eq!(
        (state.outcome, state.work),
        (Outcome::BrokenFound, WorkState::Fulfilled)
    );
}

#[test]
fn whoever_performs_a_promise_of_their_own_has_accepted_it() {
    let mut fixture = PromiseFixture::started();
    fixture.add_event(
        1,
        ANN,
        EventBody::Reassigned {
            performer: Performer::Person { person: ANN },
            reason: String::new(),
        },
    );
    assert_eq!(fixture.at(1).work, WorkState::Accepted { started: false });
    fixture.add_event(
        2,
        ANN,
        EventBody::Reassigned {
            performer: Performer::Person { person: SAM },
            reason: String::new(),
        },
    );
    assert_eq!(
        fixture.at(2).work,
        WorkState::NotAsked,
        "the new performer must accept"
    );
}

#[test]
fn a_pool_is_taken_by_the_first_who_accepts() {
    let mut fixture = PromiseFixture::started();
    let pool = Performer::Pool {
        pool: "north".parse().unwrap(),
    };
    fixture.add_event(
        1,
        ANN,
        EventBody::Reassigned {
            performer: pool,
            reason: String::new(),
        },
    );
    let terms = terms(&fixture);
    fixture.add_event(
        2,
        BEN,
        EventBody::Accepted {
            terms,
            for_person: None,
        },
    );
    let facts = fixture.facts();
    assert_eq!(facts.performer, Performer::Person { person: BEN });
    assert_eq!(fixture.at(3).work, WorkState::Accepted { started: false });
}

#[test]
fn a_receipt_matters_only_where_a_clock_or_a_role_rests_on_it() {
    let mut fixture = PromiseFixture::started();
    let from = |fixture: &PromiseFixture| {
        receipts_irrelevant_from(&fixture.record.events, &fixture.registry)
    };
    assert_eq!(from(&fixture), NOON, "the instant of the last event");
    let soon = NOON + 2 * HOUR + 5 * 60_000;
    fixture.add_event(2, SAM, fulfilled(clock(soon)));
    assert_eq!(from(&fixture), soon, "a deed may be dated a little later");

    let mut early = PromiseFixture::started();
    let ann = early.registry.colleagues.get_mut(&ANN).unwrap();
    ann.from = NOON + 1;
    assert_eq!(from(&early), Millis::MAX, "before her first row");

    let mut phoned_in = PromiseFixture::started();
    phoned_in.add_event(
        1,
        ANN,
        EventBody::Started {
            for_person: Some(SAM),
        },
    );
    assert_eq!(from(&phoned_in), Millis::MAX, "somebody else's role");

    let mut unset = PromiseFixture::started();
    let made = unset.made_id();
    unset.event(made).stored.time.offset_ms = None;
    assert_eq!(from(&unset), Millis::MAX, "a clock that nobody knows");
}
