//! Told dates and their settlement, the performer's answer, and the people who must be heard before anyone is blamed.

use super::*;

#[test]
fn settling_two_dates_in_time_lets_the_new_one_bind_alone() {
    let conflict = || {
        let mut fixture = PromiseFixture::started();
        let made = fixture.made_id();
        fixture.add_event_unaware(1, ANN, &[made], agreed(20, None));
        fixture.add_event_unaware(2, SAM, &[made], agreed(40, None));
        fixture
    };
    // The earlier date had passed, the later one had not: still in time.
    let mut in_time = conflict();
    in_time.add_event(30, ANN, agreed(50, None));
    assert_eq!(in_time.facts().owed.due, due(50));
    assert_eq!(in_time.facts().flags, [Flag::PromisedWithoutAsking]);
    let mut too_late = conflict();
    too_late.add_event(41, ANN, agreed(50, None));
    let facts = too_late.facts();
    assert_eq!((&facts.present.due, &facts.owed.due), (&due(50), &due(20)));
}

#[test]
fn a_date_that_had_passed_is_not_washed_away_by_moving_it_twice() {
    let mut fixture = PromiseFixture::started();
    fixture.add_event(12, ANN, agreed(30, None));
    fixture.add_event(13, ANN, agreed(40, None));
    assert_eq!(fixture.facts().owed.due, due(10));
}

#[test]
fn the_same_date_told_twice_is_no_conflict_and_one_word_counts_for_both() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    // Five in the afternoon as a minute, with grace, and as the end of the day, without.
    let day = Due {
        part: crate::model::time::DuePart::Day,
        ..due(29)
    };
    let hour = Due::at(day.instant().unwrap(), "UTC").unwrap();
    let with = |due: &Due| match agreed(0, None) {
        EventBody::TermsAgreed { words, channel, .. } => EventBody::TermsAgreed {
            due: due.clone(),
            words,
            contact: None,
            channel,
            proposal: None,
            suggestion: None,
        },
        body => body,
    };
    let first = fixture.add_event_unaware(1, ANN, &[made], with(&day));
    let second = fixture.add_event_unaware(2, TOM, &[made], with(&hour));
    assert_eq!(
        fixture.facts().not_allowed,
        [(second, NotAllowed::NotInvolved)]
    );
    fixture.event(second).by.person = Some(ANN);
    let facts = fixture.facts();
    assert_eq!(facts.flags, [Flag::PromisedWithoutAsking]);
    assert_eq!(facts.owed.grace_ms, 5 * 60_000, "the longer grace counts");
    for terms in [first, second] {
        let mut fixture = fixture.clone();
        fixture.add_event(3, SAM, accepted(terms));
        assert_eq!(fixture.work(), ACCEPTED);
    }
}

#[test]
fn the_own_proposal_agreed_unchanged_is_accepted_and_changed_is_not() {
    for (hours, work) in [(30, ACCEPTED), (31, WorkState::NotAsked)] {
        let mut fixture = PromiseFixture::started();
        let proposal = fixture.add_event(1, SAM, proposed(30));
        assert_eq!(fixture.facts().customer_notice, Some(CustomerNotice::Offer));
        fixture.add_event(2, ANN, agreed(hours, Some(proposal)));
        assert_eq!(fixture.work(), work);
        assert_eq!(fixture.facts().customer_notice, None);
    }
}

#[test]
fn of_words_that_did_not_see_each_other_a_no_counts() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.add_event_unaware(1, SAM, &[made], declined(made));
    fixture.add_event_unaware(2, SAM, &[made], accepted(made));
    assert!(matches!(fixture.work(), WorkState::Declined { .. }));
    assert_eq!(
        fixture.facts().customer_notice,
        Some(CustomerNotice::Declined)
    );
    fixture.add_event(3, SAM, accepted(made));
    assert_eq!(fixture.work(), ACCEPTED);
    assert_eq!(
        fixture.facts().customer_notice,
        Some(CustomerNotice::Stands)
    );
    fixture.add_event(4, ANN, told());
    assert_eq!(
        fixture.facts().customer_notice,
        None,
        "the customer heard it"
    );
}

#[test]
fn started_is_no_word() {
    let mut fixture = PromiseFixture::started();
    let terms = fixture.made_id();
    fixture.add_event(1, ANN, asked(SAM, terms));
    fixture.add_event(2, SAM, EventBody::Started { for_person: None });
    assert_eq!(fixture.work(), WorkState::Waiting { since: NOON + HOUR });
    fixture.add_event(3, SAM, accepted(terms));
    assert_eq!(fixture.work(), WorkState::Accepted { started: true });
    assert_eq!(fixture.facts().started_at, Some(NOON + 2 * HOUR));
}

#[test]
fn told_and_nobody_asked_is_amber() {
    let mut fixture = PromiseFixture::started();
    let flags = |fixture: &PromiseFixture| fixture.facts().flags_in(&fixture.at(1));
    assert_eq!(flags(&fixture), []);
    fixture.add_event(1, ANN, told());
    assert_eq!(
        flags(&fixture),
        [Flag::NobodyAsked, Flag::PromisedWithoutAsking]
    );
    let terms = fixture.made_id();
    fixture.add_event(2, ANN, asked(SAM, terms));
    assert_eq!(flags(&fixture), [Flag::PromisedWithoutAsking]);
}

#[test]
fn said_done_without_the_proof_that_the_kind_wants_is_flagged() {
    use crate::model::event::{Evidence, EvidenceKind};
    let mut promised = made(ANN, person(SAM));
    promised.rules.evidence = vec![EvidenceKind::Photo, EvidenceKind::Signature];
    for (kind, flags) in [
        (EvidenceKind::Photo, vec![]),
        (EvidenceKind::SaidDone, vec![Flag::WithoutProof]),
    ] {
        let mut fixture = PromiseFixture::of(promised.clone());
        let proof = Evidence {
            kind,
            note: String::new(),
            file: None,
        };
        let done = EventBody::Fulfilled {
            occurred_at: clock(NOON + HOUR),
            evidence: vec![proof],
            for_person: None,
        };
        fixture.add_event(1, SAM, done);
        assert_eq!(fixture.facts().flags, flags);
    }
}

#[test]
fn the_grace_of_the_rules_in_force_counts() {
    let mut promised = made(ANN, person(SAM));
    promised.rules.grace_minutes = 30;
    let mut fixture = PromiseFixture::of(promised);
    fixture.add_event(11, SAM, fulfilled(clock(NOON + 10 * HOUR + 30 * 60_000)));
    assert_eq!(fixture.outcome(12), Outcome::Kept);
}

#[test]
fn everyone_who_was_to_deliver_before_due_must_have_been_heard() {
    let dark = |who| heard(&[(who, NOON)]);
    let silent = |fixture: &PromiseFixture| match fixture.outcome(20) {
        Outcome::NotConfirmed {
            doubt: Doubt::Silent { person, .. },
        } => person,
        other => panic!("{other:?}"),
    };
    // The promiser.
    let mut fixture = PromiseFixture::started();
    fixture.registry = dark(ANN);
    assert_eq!(silent(&fixture), "Ann");
    // A person who was to deliver until an hour before.
    let mut fixture = PromiseFixture::started();
    fixture.add_event(9, ANN, reassigned(person(BEN)));
    fixture.registry = dark(SAM);
    assert_eq!(silent(&fixture), "Sam");
    // A performer who got it after due does not count.
    let mut fixture = PromiseFixture::started();
    fixture.add_event(12, ANN, reassigned(person(BEN)));
    fixture.registry = dark(BEN);
    assert_eq!(fixture.outcome(20), Outcome::BrokenMissed);
    // Every member of a pool from which none took it; only the taker where one did.
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    fixture.registry = dark(EVA);
    assert_eq!(silent(&fixture), "Eva");
    let terms = fixture.made_id();
    fixture.add_event(2, BEN, accepted(terms));
    assert_eq!(fixture.outcome(20), Outcome::BrokenMissed);
    // A member who left before.
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    fixture.registry = dark(EVA);
    fixture.registry.colleagues.get_mut(&EVA).unwrap().to = Some(NOON + 5 * HOUR);
    assert_eq!(fixture.outcome(20), Outcome::BrokenMissed);
    // Something waits at the office.
    let mut fixture = PromiseFixture::started();
    fixture
        .registry
        .presence
        .get_mut(&InstallationId(SAM.0))
        .unwrap()
        .open = vec![DOC];
    assert!(matches!(
        fixture.outcome(20),
        Outcome::NotConfirmed {
            doubt: Doubt::AtOffice { .. }
        }
    ));
}

#[test]
fn time_alone_changes_the_state_at_the_instant_that_is_named() {
    let fixture = PromiseFixture::started();
    let facts = fixture.facts();
    let at = facts.next_at().unwrap();
    let outcome = |now| facts.state(DOC, now, &fixture.registry).outcome;
    assert_eq!(outcome(at - 1), Outcome::Open);
    assert_eq!(outcome(at), Outcome::BrokenMissed);
}
