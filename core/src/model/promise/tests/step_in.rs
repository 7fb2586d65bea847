//! Stepping in: a pool that was called takes a promise that was made for soon and is not done.

use super::*;

/// Sam, who serves the pool "north" as Ben and Eva do, is to do something in an hour that Ann promised.
fn soon() -> PromiseFixture {
    let mut fixture = PromiseFixture::of(PromiseMade {
        due: due(1),
        ..made(ANN, person(SAM))
    });
    let sam = fixture.registry.colleagues.get_mut(&SAM).unwrap();
    sam.pools = vec!["north".parse().unwrap()];
    fixture
}

fn reason(fixture: &PromiseFixture, event: EventId) -> Option<NotAllowed> {
    let facts = fixture.facts();
    let known = facts.not_allowed.iter().find(|(id, _)| *id == event);
    known.map(|(_, reason)| *reason)
}

#[test]
fn whoever_is_called_takes_it_and_the_one_who_had_it_answers_for_the_date() {
    let mut fixture = soon();
    let terms = fixture.made_id();
    fixture.add_event(0, SAM, accepted(terms));
    assert_eq!(fixture.facts().answerable, Some(SAM));
    let taken = fixture.add_event(2, EVA, accepted(terms));
    let facts = fixture.facts();
    assert_eq!(facts.customer_notice, None, "the date does not stand");
    assert_eq!(facts.performer, person(EVA));
    assert_eq!(facts.assigned, person(SAM));
    assert_eq!(facts.answerable, Some(SAM), "the date was his");
    assert_eq!(facts.work(), ACCEPTED);
    assert_eq!(fixture.effect(taken), EventEffect::TakesIt);
    assert_eq!(facts.performers_before_due, [SAM].into());
    // She does it; of what he says of it since, nothing is his any more.
    let done = fixture.add_event(3, EVA, fulfilled(clock(NOON + 3 * HOUR)));
    assert_eq!(reason(&fixture, done), None);
    assert_eq!(fixture.outcome(4), Outcome::BrokenLate);
    assert_eq!(fixture.facts().flags, []);
}

#[test]
fn nobody_steps_in_too_early_for_what_is_far_or_from_another_pool() {
    let refused = Some(NotAllowed::NotPerformer);
    let accepts = |mut fixture: PromiseFixture, hours, who| {
        let terms = fixture.made_id();
        let event = fixture.add_event(hours, who, accepted(terms));
        reason(&fixture, event)
    };
    assert_eq!(accepts(soon(), 2, EVA), None);
    assert_eq!(accepts(soon(), 1, EVA), refused, "five minutes later");
    assert_eq!(accepts(soon(), 2, TOM), refused, "he serves no pool");
    assert_eq!(
        accepts(PromiseFixture::started(), 20, EVA),
        refused,
        "it was far ahead"
    );
    let mut alone = soon();
    let sam = alone.registry.colleagues.get_mut(&SAM).unwrap();
    sam.pools = vec!["south".parse().unwrap()];
    assert_eq!(accepts(alone, 2, EVA), refused, "his pool is another");
    // Where he serves none, the promiser's steps in.
    let mut promisers = soon();
    promisers.registry.colleagues.get_mut(&SAM).unwrap().pools = vec![];
    let ann = promisers.registry.colleagues.get_mut(&ANN).unwrap();
    ann.pools = vec!["north".parse().unwrap()];
    assert_eq!(accepts(promisers, 2, EVA), None);
    // The customer was told another date that she has seen.
    let mut moved = soon();
    moved.add_event(1, ANN, agreed(9, None));
    assert_eq!(accepts(moved, 2, EVA), refused);
    // She may not offer another date for what is not hers.
    let mut offers = soon();
    let event = offers.add_event(2, EVA, proposed(9));
    assert_eq!(
        reason(&offers, event),
        Some(NotAllowed::NotPromiserOrPerformer)
    );
    // With a clock that was not compared, the moment at which the server took it counts.
    for (received, expected) in [(1, refused), (2, None)] {
        let mut unknown = soon();
        let terms = unknown.made_id();
        let event = unknown.add_event(0, EVA, accepted(terms));
        unknown.event(event).stored.time.age_ms = None;
        unknown.receive(event, received);
        assert_eq!(reason(&unknown, event), expected);
    }
}

#[test]
fn who_stepped_in_gives_it_back_and_another_takes_it_over() {
    let mut fixture = soon();
    let terms = fixture.made_id();
    let eva = fixture.add_event(2, EVA, accepted(terms));
    // Ben does not know of her: two took it.
    let ben = fixture.add_event_unaware(2, BEN, &[terms], accepted(terms));
    let facts = fixture.facts();
    assert_eq!(facts.performer, person(EVA));
    assert!(facts.flags.contains(&Flag::TwoTookIt));
    assert_eq!(fixture.effect(ben), EventEffect::TookItToo);
    // Ben, who has seen hers by now, is on it.
    fixture.add_event(3, BEN, accepted(terms));
    let facts = fixture.facts();
    assert_eq!(facts.performer, person(BEN));
    assert!(!facts.flags.contains(&Flag::TwoTookIt));
    assert_eq!(fixture.effect(eva), EventEffect::WordOfAnother);
    // He cannot after all: it is hers again.
    fixture.add_event(4, BEN, declined(terms));
    assert_eq!(fixture.facts().performer, person(EVA));
    fixture.add_event(5, EVA, declined(terms));
    assert_eq!(
        fixture.facts().performer,
        person(SAM),
        "and his, whose it was"
    );
}

#[test]
fn whoever_took_it_from_the_pool_in_vain_is_relieved_by_another() {
    let mut fixture = PromiseFixture::of(PromiseMade {
        due: due(1),
        ..made(ANN, pool())
    });
    let terms = fixture.made_id();
    fixture.add_event(0, BEN, accepted(terms));
    let early = fixture.add_event(1, EVA, accepted(terms));
    assert_eq!(reason(&fixture, early), Some(NotAllowed::NotPerformer));
    fixture.add_event(2, EVA, accepted(terms));
    let facts = fixture.facts();
    assert_eq!(facts.performer, person(EVA));
    assert_eq!(facts.answerable, Some(BEN));
    assert!(!facts.flags.contains(&Flag::TwoTookIt));
    assert_eq!(facts.performers_before_due, [BEN].into());
}

#[test]
fn the_office_writes_for_whoever_steps_in_by_phone() {
    let mut fixture = soon();
    let terms = fixture.made_id();
    let for_person = |who| EventBody::Accepted {
        terms,
        for_person: Some(who),
    };
    let nobody = fixture.add_event(2, ANN, for_person(TOM));
    let eva = fixture.add_event(2, ANN, for_person(EVA));
    assert_eq!(reason(&fixture, nobody), Some(NotAllowed::NotTheirs));
    assert_eq!(reason(&fixture, eva), None);
    assert_eq!(fixture.facts().performer, person(EVA));
}
