//! The histories that went wrong on paper, each by its name.

use super::*;

#[test]
fn a_mis_tapped_and_retracted_done_leaves_the_promise_as_it_was() {
    let mut fixture = PromiseFixture::started();
    let terms = fixture.made_id();
    fixture.add_event(1, SAM, accepted(terms));
    let before = (fixture.at(3), fixture.at(11));
    let done = fixture.done(2, 2);
    fixture.add_event(3, SAM, EventBody::Retracted { event: done });
    assert_eq!((fixture.at(3), fixture.at(11)), before);
    assert_eq!(fixture.effect(done), EventEffect::TakenBack);
    // Taking the retraction back brings the fulfilment back.
    let retraction = fixture.record.events.last().unwrap().id;
    fixture.add_event(4, SAM, EventBody::Retracted { event: retraction });
    assert_eq!(fixture.outcome(11), Outcome::Kept);
}

#[test]
fn missed_then_given_up_by_the_customer_is_still_missed() {
    let mut fixture = PromiseFixture::started();
    let given_up = fixture.add_event(20, ANN, cancelled(CancelledBy::Customer));
    assert_eq!(fixture.outcome(21), Outcome::BrokenMissed);
    assert_eq!(fixture.work(), WorkState::Cancelled);
    assert_eq!(fixture.effect(given_up), EventEffect::CallsOffLate);
}

#[test]
fn brought_forward_then_done_on_the_old_date_is_late() {
    let mut fixture = PromiseFixture::started();
    fixture.add_event(1, ANN, agreed(6, None));
    fixture.done(9, 9);
    assert_eq!(fixture.outcome(10), Outcome::BrokenLate);
    assert_eq!(fixture.facts().owed.due, due(6));
}

#[test]
fn done_offline_then_cancelled_by_the_office_is_kept() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    let called_off = fixture.add_event(9, ANN, cancelled(CancelledBy::Us));
    assert_eq!(fixture.outcome(9), Outcome::BrokenCancelled);
    fixture.add_event_unaware(8, SAM, &[made], fulfilled(clock(NOON + 8 * HOUR)));
    assert_eq!(fixture.outcome(9), Outcome::Kept);
    assert_eq!(fixture.work(), WorkState::Fulfilled);
    assert_eq!(fixture.effect(called_off), EventEffect::CallsOffNothing);
}

#[test]
fn called_off_before_it_was_done_offline_is_called_off() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.add_event(7, ANN, cancelled(CancelledBy::Customer));
    fixture.add_event_unaware(8, SAM, &[made], fulfilled(clock(NOON + 8 * HOUR)));
    assert_eq!(
        (fixture.outcome(9), fixture.work()),
        (Outcome::Void, WorkState::Cancelled)
    );
}

#[test]
fn a_dispute_found_kept_without_a_done_is_kept_and_settled() {
    let mut fixture = PromiseFixture::started();
    let dispute = fixture.add_event(12, TOM, disputed());
    fixture.add_event(13, ANN, found(dispute, Finding::Kept));
    assert_eq!(
        (fixture.outcome(14), fixture.work()),
        (Outcome::Kept, WorkState::Settled)
    );
    assert_eq!(fixture.facts().found_at, Some(NOON + 13 * HOUR));
    assert_eq!(fixture.facts().next_at(), None);
}

#[test]
fn two_agreeing_findings_settle_and_two_different_ones_do_not() {
    for (second, outcome, settled) in [
        (Finding::Void, Outcome::Void, true),
        (Finding::Broken, Outcome::Kept, false),
    ] {
        let mut fixture = PromiseFixture::started();
        fixture.registry.colleagues.get_mut(&TOM).unwrap().role = Role::Owner;
        fixture.done(9, 9);
        let dispute = fixture.add_event(12, SAM, disputed());
        fixture.add_event(13, ANN, found(dispute, Finding::Void));
        fixture.add_event_unaware(14, TOM, &[dispute], found(dispute, second));
        assert_eq!(fixture.outcome(15), outcome);
        assert_eq!(fixture.work() == WorkState::Settled, settled);
        assert_eq!(
            matches!(fixture.work(), WorkState::Disputed { .. }),
            !settled
        );
        // A finding that saw both replaces them.
        fixture.add_event(16, TOM, found(dispute, Finding::Kept));
        assert_eq!(
            (fixture.outcome(17), fixture.work()),
            (Outcome::Kept, WorkState::Settled)
        );
    }
}

#[test]
fn declined_reassigned_and_back_needs_a_new_word() {
    let mut fixture = PromiseFixture::started();
    let terms = fixture.made_id();
    fixture.add_event(1, ANN, asked(SAM, terms));
    fixture.add_event(2, SAM, declined(terms));
    assert_eq!(
        fixture.work(),
        WorkState::Declined {
            reason: "ill".into()
        }
    );
    fixture.add_event(3, ANN, reassigned(person(BEN)));
    assert_eq!(fixture.work(), WorkState::NotAsked);
    fixture.add_event(4, ANN, reassigned(person(SAM)));
    assert_eq!(
        fixture.work(),
        WorkState::NotAsked,
        "the old ask was answered"
    );
    fixture.add_event(5, SAM, accepted(terms));
    assert_eq!(fixture.work(), ACCEPTED);
}

#[test]
fn reassigned_and_accepted_concurrently_the_new_performer_must_accept() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.add_event(1, ANN, reassigned(person(BEN)));
    let word = fixture.add_event_unaware(2, SAM, &[made], accepted(made));
    assert_eq!(fixture.work(), WorkState::NotAsked);
    assert_eq!(fixture.effect(word), EventEffect::WordOfAnother);
}

#[test]
fn whoever_moves_their_own_promise_has_accepted_the_new_date() {
    let mut fixture = PromiseFixture::of(made(TOM, person(TOM)));
    assert_eq!(fixture.work(), ACCEPTED);
    fixture.add_event(2, TOM, agreed(30, None));
    assert_eq!(fixture.work(), ACCEPTED);
    assert_eq!(fixture.facts().owed.due, due(30));
    let mut sams = PromiseFixture::started();
    sams.add_event(2, SAM, agreed(30, None));
    assert_eq!(sams.work(), ACCEPTED, "who wrote the terms accepts them");
    let mut anns = PromiseFixture::started();
    let terms = anns.made_id();
    anns.add_event(1, SAM, accepted(terms));
    anns.add_event(2, ANN, agreed(30, None));
    assert_eq!(
        anns.work(),
        WorkState::NotAsked,
        "the old word is on the old date"
    );
}

#[test]
fn of_two_dates_told_unawares_the_earliest_binds_and_its_word_counts() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    let early = fixture.add_event_unaware(1, ANN, &[made], agreed(20, None));
    let late = fixture.add_event_unaware(2, SAM, &[made], agreed(40, None));
    let facts = fixture.facts();
    assert_eq!((&facts.present.due, &facts.owed.due), (&due(20), &due(20)));
    assert!(facts.flags.contains(&Flag::ConflictingDates));
    assert_eq!(fixture.effect(late), EventEffect::DateConflicts);
    assert_eq!(fixture.work(), WorkState::NotAsked);
    fixture.add_event(3, SAM, accepted(late));
    assert_eq!(
        fixture.work(),
        WorkState::NotAsked,
        "that word is on the other date"
    );
    fixture.add_event(4, SAM, accepted(early));
    assert_eq!(fixture.work(), ACCEPTED);
}

#[test]
fn two_pool_members_accept_and_the_first_has_it_unless_the_other_begins() {
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    let made = fixture.made_id();
    fixture.add_event(1, ANN, asked(BEN, made));
    let seen = fixture.record.events.last().unwrap().id;
    let first = fixture.add_event_unaware(2, BEN, &[seen], accepted(made));
    let second = fixture.add_event_unaware(3, EVA, &[seen], accepted(made));
    let facts = fixture.facts();
    assert_eq!(facts.performer, person(BEN));
    assert_eq!(facts.assigned, pool());
    assert!(facts.flags.contains(&Flag::TwoTookIt));
    assert_eq!(fixture.effect(first), EventEffect::TakesIt);
    assert_eq!(fixture.effect(second), EventEffect::TookItToo);
    fixture.add_event_unaware(4, EVA, &[second], EventBody::Started { for_person: None });
    assert_eq!(fixture.facts().performer, person(EVA));
    assert_eq!(fixture.work(), WorkState::Accepted { started: true });
}

#[test]
fn a_pool_member_who_simply_does_it_has_taken_it() {
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    fixture.add_event(9, EVA, fulfilled(clock(NOON + 9 * HOUR)));
    let facts = fixture.facts();
    assert_eq!(facts.performer, person(EVA));
    assert_eq!(
        (fixture.outcome(9), fixture.work()),
        (Outcome::Kept, WorkState::Fulfilled)
    );
    assert!(facts.performers_before_due.contains(&EVA));
    assert!(!facts.performers_before_due.contains(&BEN));
}

#[test]
fn a_takers_decline_gives_it_back_to_the_pool() {
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    let terms = fixture.made_id();
    fixture.add_event(1, BEN, accepted(terms));
    let late = fixture.add_event(2, EVA, accepted(terms));
    assert_eq!(
        fixture.facts().not_allowed,
        [(late, NotAllowed::NotPerformer)],
        "Ben had it"
    );
    fixture.add_event(3, BEN, declined(terms));
    assert_eq!(fixture.facts().performer, pool());
    fixture.add_event(4, EVA, accepted(terms));
    assert_eq!(fixture.facts().performer, person(EVA));
    assert_eq!(fixture.work(), ACCEPTED);
}

#[test]
fn a_date_that_had_passed_stays_owed_when_another_is_agreed() {
    let mut fixture = PromiseFixture::started();
    let moved = fixture.add_event(12, ANN, agreed(30, None));
    let facts = fixture.facts();
    assert_eq!((&facts.present.due, &facts.owed.due), (&due(30), &due(10)));
    assert_eq!(fixture.outcome(13), Outcome::BrokenMissed);
    let state = fixture.at(13);
    assert!(state.late_ms > 0 && facts.flags_in(&state).contains(&Flag::AlreadyLate));
    assert_eq!(fixture.effect(moved), EventEffect::DateSteersWork);
    let made = fixture.made_id();
    assert_eq!(fixture.effect(made), EventEffect::DateStaysOwed);
    fixture.done(29, 29);
    assert_eq!(fixture.outcome(30), Outcome::BrokenLate);
}

#[test]
fn a_date_that_was_told_after_the_deed_is_explained_so() {
    let mut fixture = PromiseFixture::started();
    fixture.done(8, 8);
    let later = fixture.add_event(9, ANN, agreed(30, None));
    assert_eq!(fixture.effect(later), EventEffect::DateAfterDeed);
    let made = fixture.made_id();
    assert_eq!(fixture.effect(made), EventEffect::DateBinds);
    assert_eq!(fixture.outcome(40), Outcome::Kept);
}

#[test]
fn terms_told_after_the_deed_change_nothing() {
    let mut fixture = PromiseFixture::started();
    fixture.done(9, 9);
    fixture.add_event(9, ANN, agreed(9, None));
    assert_eq!(fixture.outcome(20), Outcome::Kept);
    let mut late = PromiseFixture::started();
    late.done(12, 12);
    late.add_event(13, ANN, agreed(30, None));
    assert_eq!(late.outcome(14), Outcome::BrokenLate);
}

#[test]
fn cancelled_by_us_and_then_by_the_customer_is_ours() {
    let mut fixture = PromiseFixture::started();
    fixture.add_event(3, ANN, cancelled(CancelledBy::Us));
    let second = fixture.add_event(4, ANN, cancelled(CancelledBy::Customer));
    assert_eq!(fixture.outcome(5), Outcome::BrokenCancelled);
    assert_eq!(fixture.effect(second), EventEffect::CallsOffNothing);
}

#[test]
fn a_new_dispute_after_a_finding_is_work_and_changes_no_outcome() {
    let mut fixture = PromiseFixture::started();
    let dispute = fixture.add_event(12, TOM, disputed());
    fixture.add_event(13, ANN, found(dispute, Finding::Kept));
    let again = fixture.add_event(14, TOM, disputed());
    assert_eq!(fixture.outcome(15), Outcome::Kept);
    assert!(matches!(fixture.work(), WorkState::Disputed { .. }));
    fixture.add_event(16, ANN, found(again, Finding::Broken));
    assert_eq!(fixture.outcome(17), Outcome::BrokenFound);
    assert!(fixture.work().is_open());
}

#[test]
fn a_phone_set_to_1970_blames_nobody_and_blocks_nobody() {
    let in_1970 = RecordedTime {
        wall_ms: 86_400_000,
        offset_ms: None,
        age_ms: None,
        known_ms: None,
        ..clock(0)
    };
    let mut fixture = PromiseFixture::started();
    let done = fixture.add_event(12, SAM, fulfilled(in_1970.clone()));
    fixture.event(done).stored.time = in_1970.clone();
    fixture.receive(done, 12);
    assert_eq!(fixture.outcome(13), Outcome::Kept);

    // A date moved by such a phone: by its own clock in time, which cannot be known.
    let mut moved = PromiseFixture::started();
    let terms = moved.add_event(1, SAM, agreed(30, None));
    moved.event(terms).stored.time = in_1970;
    moved.receive(terms, 12);
    moved.done(29, 29);
    assert_eq!(moved.outcome(30), Outcome::Kept);
}

#[test]
fn late_by_a_clock_that_nobody_compared_is_not_confirmed() {
    let unknown = |hours: i64| RecordedTime {
        offset_ms: None,
        age_ms: None,
        known_ms: None,
        ..clock(NOON + hours * HOUR)
    };
    let doubt = Outcome::NotConfirmed {
        doubt: Doubt::Clock,
    };
    let mut late = PromiseFixture::started();
    let done = late.add_event(12, SAM, fulfilled(unknown(12)));
    late.receive(done, 13);
    assert_eq!(late.outcome(14), doubt);
    // One that had reached the server by the owed date was in time whatever its clock says.
    late.receive(done, 9);
    assert_eq!(late.outcome(14), Outcome::Kept);

    // Missed, but perhaps the customer was told another date in time.
    let mut moved = PromiseFixture::started();
    let terms = moved.add_event(12, ANN, agreed(30, None));
    moved.event(terms).stored.time = unknown(12);
    moved.receive(terms, 13);
    assert_eq!(moved.outcome(14), doubt);
    // Cancelled by us, but perhaps only after the date had passed.
    let mut called_off = PromiseFixture::started();
    let event = called_off.add_event(3, ANN, cancelled(CancelledBy::Us));
    called_off.event(event).stored.time = unknown(3);
    called_off.receive(event, 12);
    assert_eq!(called_off.outcome(14), doubt);
    called_off.receive(event, 4);
    assert_eq!(called_off.outcome(14), Outcome::BrokenCancelled);
}

/// A phone that started anew with its clock at hour 0, and knew that hour 100 had passed.
fn behind(hours: i64) -> RecordedTime {
    RecordedTime {
        offset_ms: None,
        age_ms: None,
        known_ms: Some(NOON + 100 * HOUR),
        ..clock(NOON + hours * HOUR)
    }
}

#[test]
fn a_date_that_had_passed_when_it_was_told_blames_nobody() {
    let doubt = Outcome::NotConfirmed {
        doubt: Doubt::Clock,
    };
    let promised = |due_at: i64| {
        let mut fixture = PromiseFixture::started();
        let id = fixture.record.events[0].id;
        fixture.event(id).stored.time = behind(0);
        if let EventBody::Made(made) = &mut fixture.event(id).stored.body {
            made.due = due(due_at);
        }
        fixture.receive(id, 101);
        fixture
    };
    let fixture = promised(10);
    assert_eq!(fixture.outcome(5), Outcome::Open, "by its own clock");
    assert_eq!(fixture.outcome(200), doubt);
    assert_eq!(
        fixture
            .facts()
            .state(DOC, NOON + 200 * HOUR, &fixture.registry)
            .late_ms,
        0
    );
    let mut done = promised(10);
    done.done(120, 120);
    assert_eq!(done.outcome(200), doubt);
    let mut called_off = promised(10);
    called_off.add_event(5, ANN, cancelled(CancelledBy::Us));
    assert_eq!(called_off.outcome(200), doubt);
    // Told again by a clock that is right: that date binds, and passes like any other.
    let mut again = promised(10);
    again.add_event(110, ANN, agreed(130, None));
    assert_eq!(again.outcome(120), Outcome::Open);
    assert_eq!(again.outcome(200), Outcome::BrokenMissed);
    // A day of the calendar is what it is, whatever the clock shows.
    let fixture = promised(150);
    assert_eq!(fixture.outcome(140), Outcome::Open);
    assert_eq!(fixture.outcome(200), Outcome::BrokenMissed);
    // One of two dates that were told side by side is not by such a clock: it binds.
    let mut moved = PromiseFixture::started();
    let terms = moved.add_event(1, SAM, agreed(20, None));
    moved.event(terms).stored.time = behind(1);
    moved.receive(terms, 101);
    assert_eq!(moved.outcome(200), doubt);
    moved.event(terms).stored.time.known_ms = None;
    moved.receive(terms, 2);
    assert_eq!(moved.outcome(200), Outcome::BrokenMissed);
}

#[test]
fn a_leavers_phone_still_brings_what_was_done_before_they_left() {
    let mut fixture = PromiseFixture::started();
    let left = NOON + 9 * HOUR;
    fixture.registry.colleagues.get_mut(&SAM).unwrap().to = Some(left);
    let done = fixture.done(8, 8);
    fixture.receive(done, 48);
    assert_eq!(fixture.outcome(49), Outcome::Kept);
    let mut after = PromiseFixture::started();
    after.registry = fixture.registry.clone();
    let done = after.done(9, 9);
    assert_eq!(
        after.facts().not_allowed,
        [(done, NotAllowed::NotAColleague)]
    );
    // With a clock that was not compared, their row when the server took it counts.
    let mut unknown = PromiseFixture::started();
    unknown.registry = fixture.registry.clone();
    let done = unknown.done(8, 8);
    unknown.event(done).stored.time.age_ms = None;
    unknown.receive(done, 48);
    assert_eq!(
        unknown.facts().not_allowed,
        [(done, NotAllowed::NotAColleague)]
    );
}

#[test]
fn proof_that_came_late_corrects_what_was_shown() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.receive(made, 0);
    let done = fixture.done(9, 9);
    fixture.receive(done, 9);
    assert_eq!(fixture.facts().flags, []);
    fixture.receive(done, 48);
    let at = NOON + 48 * HOUR;
    assert_eq!(fixture.facts().flags, [Flag::Corrected { at }]);
    // A promise that was late when it was said and is late is no correction.
    let mut late = PromiseFixture::started();
    late.receive(made, 0);
    let done = late.done(12, 12);
    late.receive(done, 13);
    assert_eq!(late.facts().flags, []);
}

/// Sam's old tablet, which is silent while his phone has sent everything.
const TABLET: InstallationId = InstallationId([20; 16]);

/// Sets the presence of Sam's tablet: the moment at which it was heard, and the one through which it is clear.
fn hear_tablet(registry: &mut Registry, heard: Millis, clear: Millis) {
    let of_sam = registry.devices[&InstallationId(SAM.0)].clone();
    let device = Device {
        id: TABLET,
        label: "tablet".into(),
        actors: vec![],
        ..of_sam
    };
    registry.devices.insert(TABLET, device);
    registry
        .presence
        .insert(TABLET, presence(TABLET, heard, clear));
}

/// The silence of Sam's tablet ends at an hour.
fn tablet_speaks(fixture: &mut PromiseFixture, hours: i64) -> SilenceEnded {
    let at = NOON + hours * HOUR;
    let before = fixture.registry.presence.values().cloned().collect();
    let clear = fixture.registry.presence[&TABLET].clear_through.unwrap();
    hear_tablet(&mut fixture.registry, at, clear);
    SilenceEnded {
        installation: TABLET,
        at,
        before,
    }
}

/// A promise that counts as missed, for Sam's tablet has been silent for 40 days.
fn missed_while_the_tablet_is_silent() -> PromiseFixture {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.receive(made, 0);
    hear_tablet(&mut fixture.registry, NOON - 40 * DAY, NOON - 40 * DAY);
    assert_eq!(fixture.outcome(20), Outcome::BrokenMissed);
    fixture
}

fn missed_until_hours(fixture: &PromiseFixture, hours: i64, ended: &[SilenceEnded]) -> Option<i64> {
    let outcome = fixture.outcome(hours);
    let found = missed_until(
        &fixture.record.events,
        DOC,
        &outcome,
        ended,
        &fixture.registry,
    );
    found.map(|ended| (ended.at - NOON) / HOUR)
}

#[test]
fn who_speaks_after_a_long_silence_takes_back_that_a_promise_was_missed() {
    let mut fixture = missed_while_the_tablet_is_silent();
    let ended = [tablet_speaks(&mut fixture, 48)];
    assert!(matches!(
        fixture.outcome(49),
        Outcome::NotConfirmed {
            doubt: Doubt::Silent { .. }
        }
    ));
    assert_eq!(missed_until_hours(&fixture, 49, &ended), Some(48));
    // Once it has sent everything, what was shown was right.
    hear_tablet(&mut fixture.registry, NOON + 50 * HOUR, NOON + 50 * HOUR);
    assert_eq!(fixture.outcome(51), Outcome::BrokenMissed);
    assert_eq!(missed_until_hours(&fixture, 51, &ended), None);
    // A group that it has sent waits at the office: it may have been done.
    let presence = fixture.registry.presence.get_mut(&TABLET).unwrap();
    presence.open = vec![DOC];
    assert_eq!(missed_until_hours(&fixture, 51, &ended), Some(48));
    // It brings the proof: the late proof says so itself.
    let done = fixture.done(9, 9);
    fixture.receive(done, 52);
    assert_eq!(fixture.outcome(53), Outcome::Kept);
    assert_eq!(missed_until_hours(&fixture, 53, &ended), None);
    let at = NOON + 52 * HOUR;
    assert_eq!(fixture.facts().flags, [Flag::Corrected { at }]);
}

#[test]
fn nothing_is_taken_back_that_nobody_was_shown() {
    // Another phone was silent as well, and so it was not confirmed before.
    let mut both = missed_while_the_tablet_is_silent();
    let ann = InstallationId(ANN.0);
    both.registry.presence.get_mut(&ann).unwrap().clear_through = Some(NOON);
    let ended = [tablet_speaks(&mut both, 48)];
    assert_eq!(missed_until_hours(&both, 49, &ended), None);
    both.registry.presence.get_mut(&ann).unwrap().clear_through = Some(i64::MAX);
    assert_eq!(missed_until_hours(&both, 49, &ended), None);
    // The promise came to the server only with what the tablet sent, or later.
    let mut late = missed_while_the_tablet_is_silent();
    let made = late.made_id();
    late.receive(made, 48);
    let ended = [tablet_speaks(&mut late, 48)];
    assert_eq!(missed_until_hours(&late, 49, &ended), None);
    // It was not due yet when the tablet spoke.
    let mut early = missed_while_the_tablet_is_silent();
    let ended = [tablet_speaks(&mut early, 8)];
    assert_eq!(missed_until_hours(&early, 49, &ended), None);
    // A tablet that joined since is not what was known then.
    let mut joined = missed_while_the_tablet_is_silent();
    let mut ended = tablet_speaks(&mut joined, 48);
    let device = joined.registry.devices.get_mut(&TABLET).unwrap();
    device.enrolled = NOON + 47 * HOUR;
    ended.before.retain(|known| known.installation != TABLET);
    assert_eq!(missed_until_hours(&joined, 49, &[ended]), Some(48));
}

#[test]
fn fulfilled_twice_the_earliest_counts_and_both_proofs_stay() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    let late = fixture.done(12, 12);
    let early = fixture.add_event_unaware(13, SAM, &[made], fulfilled(clock(NOON + 9 * HOUR)));
    assert_eq!(fixture.outcome(14), Outcome::Kept);
    assert_eq!(fixture.effect(late), EventEffect::ProofBeside);
    assert_eq!(fixture.effect(early), EventEffect::ProofCounts);
}

#[test]
fn a_promise_taken_back_is_void_and_a_mistake() {
    let mut fixture = PromiseFixture::started();
    let made = fixture.made_id();
    fixture.add_event(1, ANN, EventBody::Retracted { event: made });
    assert_eq!(
        (fixture.outcome(20), fixture.work()),
        (Outcome::Void, WorkState::Retracted)
    );
    assert_eq!(fixture.facts().next_at(), None);
}

/// A promise to the pool, due in ten hours, in a company where these phones are silent since four hours after.
fn to_pool(silent: &[PersonId]) -> PromiseFixture {
    let mut fixture = PromiseFixture::of(made(ANN, pool()));
    let told: Vec<_> = silent.iter().map(|who| (*who, NOON + 4 * HOUR)).collect();
    fixture.registry = heard(&told);
    fixture
}

fn waits_for(person: &str) -> impl Fn(&Outcome) -> bool + '_ {
    move |outcome| match outcome {
        Outcome::NotConfirmed {
            doubt: Doubt::Silent { person: who, .. },
        } => who == person,
        _ => false,
    }
}

#[test]
fn whoever_took_it_from_a_pool_and_gave_it_back_was_performer_before_due() {
    let mut fixture = to_pool(&[BEN]);
    let terms = fixture.made_id();
    fixture.add_event(1, BEN, accepted(terms));
    fixture.add_event(2, BEN, declined(terms));
    fixture.add_event(3, EVA, accepted(terms));
    let outcome = fixture.outcome(20);
    assert!(waits_for("Ben")(&outcome), "{outcome:?}");
}

#[test]
fn giving_it_back_after_due_un_misses_nothing() {
    let mut fixture = to_pool(&[BEN]);
    let terms = fixture.made_id();
    fixture.add_event(1, EVA, accepted(terms));
    assert_eq!(fixture.outcome(20), Outcome::BrokenMissed);
    fixture.add_event(30, EVA, declined(terms));
    assert_eq!(fixture.outcome(31), Outcome::BrokenMissed);
}

#[test]
fn what_was_given_back_before_due_is_every_members_again() {
    let mut fixture = to_pool(&[BEN]);
    let terms = fixture.made_id();
    fixture.add_event(1, EVA, accepted(terms));
    fixture.add_event(2, EVA, declined(terms));
    let outcome = fixture.outcome(20);
    assert!(waits_for("Ben")(&outcome), "{outcome:?}");
}

/// Lets an event be of an unknown clock that showed an hour, taken by the server at another.
fn on_an_unknown_clock(fixture: &mut PromiseFixture, event: EventId, wall: i64, taken: i64) {
    let time = &mut fixture.event(event).stored.time;
    (time.offset_ms, time.age_ms) = (None, None);
    time.wall_ms = NOON + wall * HOUR;
    fixture.receive(event, taken);
}

#[test]
fn a_reassignment_on_an_unknown_clock_is_doubted_where_its_time_matters() {
    let mut fixture = PromiseFixture::of(made(BEN, person(BEN)));
    let given = fixture.add_event(11, BEN, reassigned(person(EVA)));
    on_an_unknown_clock(&mut fixture, given, 11, 12);
    assert_eq!(
        fixture.outcome(20),
        Outcome::BrokenMissed,
        "everybody was heard from"
    );
    fixture.registry = heard(&[(EVA, NOON + 4 * HOUR)]);
    let doubt = Doubt::Clock;
    assert_eq!(fixture.outcome(20), Outcome::NotConfirmed { doubt });
}

#[test]
fn a_date_moved_on_an_unknown_clock_is_doubted_until_it_makes_no_difference() {
    let mut fixture = PromiseFixture::of(made(BEN, person(BEN)));
    let moved = fixture.add_event(11, BEN, agreed(20, None));
    on_an_unknown_clock(&mut fixture, moved, 11, 12);
    let doubt = Doubt::Clock;
    assert_eq!(fixture.outcome(15), Outcome::NotConfirmed { doubt });
    assert_eq!(
        fixture.outcome(100),
        Outcome::BrokenMissed,
        "missed either way"
    );
}

#[test]
fn of_more_unknown_times_than_are_tried_nobody_is_blamed() {
    let mut fixture = PromiseFixture::of(made(BEN, person(BEN)));
    for hour in 11..20 {
        let given = fixture.add_event(hour, BEN, reassigned(person(BEN)));
        on_an_unknown_clock(&mut fixture, given, hour, hour + 1);
    }
    let doubt = Doubt::Clock;
    assert_eq!(fixture.outcome(30), Outcome::NotConfirmed { doubt });
}
