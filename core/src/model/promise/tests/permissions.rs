//! The permission table, row by row, and the decisions from the event's own past.

use super::*;
use crate::model::event_kind::{AuthorRule, EventKind};
use crate::testing::event_sample;

fn reason(fixture: &PromiseFixture, event: EventId) -> Option<NotAllowed> {
    let facts = fixture.facts();
    let known = facts.not_allowed.iter().find(|(id, _)| *id == event);
    known.map(|(_, reason)| *reason)
}

/// The reasons why an event under a rule does not count from the promiser, the performer, the office, and any other
/// colleague, who all know the promise and did not write the event that it takes back, but for the promiser.
fn expected(rule: AuthorRule) -> [Option<NotAllowed>; 4] {
    use NotAllowed::*;
    let (yes, no) = (None, Some);
    match rule {
        AuthorRule::First => [no(NotFirst); 4],
        AuthorRule::Colleague => [yes; 4],
        AuthorRule::Office => [no(NotOffice), no(NotOffice), yes, no(NotOffice)],
        AuthorRule::OwnWithinADay => [yes, no(NotTheAuthor), no(NotTheAuthor), no(NotTheAuthor)],
        AuthorRule::Involved => [yes, yes, yes, no(NotInvolved)],
        AuthorRule::PromiserOrOffice => [yes, no(NotPromiser), yes, no(NotPromiser)],
        AuthorRule::PromiserOrPerformer => [
            yes,
            yes,
            no(NotPromiserOrPerformer),
            no(NotPromiserOrPerformer),
        ],
        AuthorRule::PromiserOrEverPerformer => [yes, yes, no(NeverPerformer), no(NeverPerformer)],
        AuthorRule::Performer => [no(NotPerformer), yes, no(NotPerformer), no(NotPerformer)],
    }
}

/// A body of a kind about a promise that these terms made, written for its author.
fn body_about(kind: EventKind, of: EventId) -> EventBody {
    let mut body = event_sample(kind);
    if let Some(terms) = body.terms_mut() {
        *terms = of;
    }
    if let EventBody::Retracted { event } = &mut body {
        *event = of;
    }
    if let EventBody::Declined { for_person, .. } = &mut body {
        *for_person = None;
    }
    body
}

#[test]
fn the_table_says_who_may_write_what() {
    for kind in EventKind::ALL {
        let reasons = expected(kind.author_rule());
        for (author, expected) in [TOM, SAM, ANN, BEN].into_iter().zip(reasons) {
            let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
            let body = body_about(*kind, fixture.made_id());
            let event = fixture.add_event(1, author, body);
            assert_eq!(reason(&fixture, event), expected, "{kind:?}, {author}");
        }
    }
}

/// The rule of a kind that is on disks does not change: devices of several versions would read promises differently.
#[test]
fn the_rule_of_a_kind_stays() {
    let rules = [
        (AuthorRule::First, &[EventKind::Made][..]),
        (
            AuthorRule::Involved,
            &[
                EventKind::Communicated,
                EventKind::TermsAgreed,
                EventKind::AccountNamed,
            ],
        ),
        (
            AuthorRule::PromiserOrOffice,
            &[
                EventKind::Asked,
                EventKind::Reassigned,
                EventKind::Cancelled,
            ],
        ),
        (
            AuthorRule::Performer,
            &[EventKind::Accepted, EventKind::Declined, EventKind::Started],
        ),
        (AuthorRule::PromiserOrPerformer, &[EventKind::TermsProposed]),
        (AuthorRule::PromiserOrEverPerformer, &[EventKind::Fulfilled]),
        (AuthorRule::Office, &[EventKind::DisputeResolved]),
        (AuthorRule::OwnWithinADay, &[EventKind::Retracted]),
        (
            AuthorRule::Colleague,
            &[
                EventKind::CustomerConfirmed,
                EventKind::Disputed,
                EventKind::Thanked,
                EventKind::ReminderAcked,
                EventKind::Archived,
                EventKind::Restored,
            ],
        ),
    ];
    for (rule, kinds) in rules {
        for kind in kinds {
            assert_eq!(kind.author_rule(), rule, "{kind:?}");
        }
    }
}

#[test]
fn the_office_writes_for_whoever_is_to_deliver_then() {
    let for_person = |who, made| EventBody::Accepted {
        terms: made,
        for_person: Some(who),
    };
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let made = fixture.made_id();
    let toms = fixture.add_event(1, TOM, for_person(SAM, made));
    let bens = fixture.add_event(1, ANN, for_person(BEN, made));
    assert_eq!(reason(&fixture, toms), Some(NotAllowed::ForSomebodyElse));
    assert_eq!(reason(&fixture, bens), Some(NotAllowed::NotTheirs));
    assert_eq!(fixture.work(), WorkState::NotAsked);
    fixture.add_event(2, ANN, for_person(SAM, made));
    assert_eq!(fixture.work(), ACCEPTED);
}

#[test]
fn whoever_was_to_deliver_once_may_still_have_done_it() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    fixture.add_event(1, TOM, reassigned(person(BEN)));
    fixture.add_event(2, TOM, reassigned(pool()));
    let answer = accepted(fixture.made_id());
    let sams = fixture.add_event(3, SAM, answer);
    assert_eq!(reason(&fixture, sams), Some(NotAllowed::NotPerformer));
    for who in [SAM, BEN, EVA] {
        let done = fixture.add_event(4, who, fulfilled(clock(NOON)));
        assert_eq!(reason(&fixture, done), None);
    }
}

#[test]
fn what_counts_is_what_the_author_had_seen() {
    let mut fixture = PromiseFixture::of(made(TOM, person(SAM)));
    let made = fixture.made_id();
    fixture.add_event(1, TOM, reassigned(person(BEN)));
    let sams = fixture.add_event_unaware(2, SAM, &[made], accepted(made));
    let bens = fixture.add_event_unaware(2, BEN, &[made], accepted(made));
    assert_eq!(reason(&fixture, sams), None, "he had not heard of Ben");
    assert_eq!(reason(&fixture, bens), Some(NotAllowed::NotPerformer));
    // An assignment that was taken back makes no performer, for authors who had seen that.
    let mut fixture = PromiseFixture::of(super::made(TOM, person(SAM)));
    let given = fixture.add_event(1, TOM, reassigned(person(BEN)));
    let back = fixture.add_event(2, TOM, EventBody::Retracted { event: given });
    let knowing = fixture.add_event_unaware(3, BEN, &[back], accepted(made));
    let unknowing = fixture.add_event_unaware(3, BEN, &[given], accepted(made));
    assert_eq!(reason(&fixture, knowing), Some(NotAllowed::NotPerformer));
    assert_eq!(reason(&fixture, unknowing), None);
    assert_eq!(fixture.facts().performer, person(SAM));
}

#[test]
fn roles_are_those_of_the_moment() {
    let mut fixture = PromiseFixture::started();
    let dispute = fixture.add_event(1, SAM, disputed());
    let finding = fixture.add_event(5, TOM, found(dispute, Finding::Void));
    let role = |role, hours| Colleague {
        from: NOON + hours * HOUR,
        ..colleague(TOM, "Tom", role)
    };
    let mut with_rows = |first, second| {
        fixture.registry.past.insert(TOM, vec![first]);
        fixture.registry.colleagues.insert(TOM, second);
        reason(&fixture, finding)
    };
    let (technician, owner) = (Role::Technician, Role::Owner);
    assert_eq!(with_rows(role(technician, 0), role(owner, 4)), None);
    assert_eq!(
        with_rows(role(technician, 0), role(owner, 6)),
        Some(NotAllowed::NotOffice)
    );
    // Before the first row: what they were when the server took it, until then the newest known.
    assert_eq!(with_rows(role(technician, 8), role(owner, 9)), None);
    let mut taken = fixture.clone();
    taken.event(finding).stored.time.age_ms = None;
    assert_eq!(reason(&taken, finding), None);
    taken.receive(finding, 8);
    assert_eq!(reason(&taken, finding), Some(NotAllowed::NotOffice));
    taken.receive(finding, 9);
    assert_eq!(reason(&taken, finding), None);
}

#[test]
fn events_are_taken_back_by_their_author_within_a_day() {
    let mut fixture = PromiseFixture::started();
    let done = fixture.done(1, 1);
    let retract = |event| EventBody::Retracted { event };
    let anns = fixture.add_event(2, ANN, retract(done));
    let unseen = fixture.add_event_unaware(2, SAM, &[], retract(done));
    let late = fixture.add_event(26, SAM, retract(done));
    assert_eq!(reason(&fixture, anns), Some(NotAllowed::NotTheAuthor));
    assert_eq!(reason(&fixture, unseen), Some(NotAllowed::NothingToRetract));
    assert_eq!(reason(&fixture, late), Some(NotAllowed::TooLateToRetract));
    assert_eq!(fixture.outcome(30), Outcome::Kept);
    // With an unknown clock the moments of arrival decide, as far as they are known.
    fixture.event(late).stored.time.age_ms = None;
    assert_eq!(reason(&fixture, late), None);
    fixture.receive(done, 2);
    fixture.receive(late, 27);
    assert_eq!(reason(&fixture, late), Some(NotAllowed::TooLateToRetract));
    fixture.receive(late, 26);
    assert_eq!(reason(&fixture, late), None);
}

#[test]
fn authors_come_from_the_registry_and_only_the_server_speaks_for_others() {
    let mut fixture = PromiseFixture::started();
    let before = fixture.facts();
    let done = fixture.done(1, 1);
    fixture.event(done).by.person = None;
    assert_eq!(reason(&fixture, done), Some(NotAllowed::AuthorArriving));
    assert_eq!(fixture.facts().answer, before.answer);
    let behalf = crate::model::event::OnBehalf {
        person: SAM,
        actor: Actor(SAM.0),
    };
    fixture.event(done).by.person = Some(BEN);
    fixture.event(done).by.actor = Actor(BEN.0);
    fixture.event(done).stored.on_behalf = Some(behalf);
    assert_eq!(reason(&fixture, done), Some(NotAllowed::NeverPerformer));
    let device = fixture.registry.devices.get_mut(&InstallationId(BEN.0));
    device.unwrap().server = true;
    assert_eq!(reason(&fixture, done), None);
    assert_eq!(fixture.outcome(20), Outcome::Kept);
}

#[test]
fn numbers_must_rise_and_what_nobody_knows_is_kept_without_effect() {
    let mut fixture = PromiseFixture::started();
    let before = fixture.facts();
    let strange = fixture.add_event(1, BEN, EventBody::Unknown(77));
    assert_eq!(fixture.facts(), before);
    assert_eq!(fixture.effect(strange), EventEffect::Unknown);
    let done = fixture.done(2, 2);
    fixture.event(done).stored.n = 1;
    assert_eq!(reason(&fixture, done), Some(NotAllowed::OutOfOrder));
    // An author who saw nothing of the promise can do nothing to it.
    let blind = fixture.add_event_unaware(3, SAM, &[], fulfilled(clock(NOON)));
    assert_eq!(reason(&fixture, blind), Some(NotAllowed::PromiseUnseen));
}

#[test]
fn an_absurd_number_is_not_allowed_and_spoils_nothing_that_is_written_later() {
    let mut fixture = PromiseFixture::started();
    let absurd = fixture.add_event(1, SAM, disputed());
    fixture.event(absurd).stored.n = u32::MAX;
    let done = fixture.done(2, 2);
    assert_eq!(reason(&fixture, absurd), Some(NotAllowed::OutOfOrder));
    assert_eq!(reason(&fixture, done), None);
    assert_eq!(fixture.event(done).stored.n, 2);
    assert_eq!(fixture.outcome(20), Outcome::Kept);
    // Nor does one that leaps over a single number, or that builds upon an absurd one.
    let leap = fixture.add_event(3, SAM, disputed());
    fixture.event(leap).stored.n += 1;
    let upon = fixture.add_event_unaware(4, SAM, &[absurd], disputed());
    assert_eq!(fixture.event(upon).stored.n, u32::MAX);
    let unknown = fixture.add_event_unaware(5, SAM, &[done, EventId([250; 16])], disputed());
    fixture.event(unknown).stored.n = u32::MAX;
    for absurd in [leap, upon, unknown] {
        assert_eq!(reason(&fixture, absurd), Some(NotAllowed::OutOfOrder));
    }
    assert_eq!(frontier(&fixture.record.events), (vec![done], 3));
}

#[test]
fn who_names_what_is_not_known_here_may_have_a_number_that_rests_on_it() {
    let mut fixture = PromiseFixture::started();
    let (made, missing) = (fixture.made_id(), EventId([250; 16]));
    let done = fixture.add_event_unaware(2, SAM, &[made, missing], fulfilled(clock(NOON)));
    fixture.event(done).stored.n = 9;
    assert_eq!(reason(&fixture, done), None);
    assert_eq!(fixture.outcome(20), Outcome::Kept);
    let after = fixture.add_event(3, SAM, disputed());
    assert_eq!(fixture.event(after).stored.n, 10);
    assert_eq!(reason(&fixture, after), None);
}

#[test]
fn what_is_about_to_be_written_is_judged_by_the_same_rules() {
    let mut fixture = PromiseFixture::started();
    let known = fixture.record.events.clone();
    let accept = accepted(fixture.made_id());
    fixture.add_event(1, BEN, accept.clone());
    let next = fixture.record.events.pop().unwrap();
    assert_eq!(
        may(&known, &next, &fixture.registry),
        Err(NotAllowed::NotPerformer)
    );
    fixture.add_event(1, SAM, accept);
    assert_eq!(
        may(&known, &fixture.record.events[1], &fixture.registry),
        Ok(())
    );
}
