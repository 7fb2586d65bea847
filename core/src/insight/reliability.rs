//! Fair reliability: what a promiser said and was done, and what a performer accepted and delivered, the recent past
//! weighing more. Two numbers for one person; nothing here compares people.
//!
//! Telling another date is telling the customer: from the first of both on a promise counts in the rates.

use super::rates::wilson_lower;
use crate::model::ids::PersonId;
use crate::model::promise::{Facts, Outcome, PromiseRecord};
use crate::model::registry::Registry;
use crate::model::time::{DAY_MS, Millis};

/// The days after which a promise weighs half.
const HALF_LIFE_DAYS: f64 = 180.0;
/// The effective number of promises from which on a bound is told.
const MIN_EFFECTIVE_PROMISES: f64 = 5.0;
const TOLERANCE: f64 = 1e-9;

/// The verdict over a promise that a customer heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecidedPromise {
    /// The instant when that was decided, in milliseconds since the epoch.
    pub at: Millis,
    /// True if it was kept.
    pub kept: bool,
    /// True if it was kept by a date that replaced an earlier one in time.
    pub renegotiated: bool,
}

/// A person's reliability, with raw counts and a bound that weighs the recent past more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reliability {
    /// The number of promises that were kept.
    pub kept: u32,
    /// The number of all.
    pub total: u32,
    /// The number of those that were kept and had been given another date in time.
    pub renegotiated: u32,
    /// The weighted share, 0 to 1; none of nothing.
    pub share: Option<f64>,
    /// Wilson's one-sided 90 % lower bound of the weighted share, with n = (Σw)²/Σw² (Kish's effective size);
    /// none while that is less than five.
    pub lower: Option<f64>,
}

/// The verdict over a promise at `now`; none while it is open or not confirmed, if it is void, or if no
/// customer heard it.
pub fn decided_promise(
    record: &PromiseRecord,
    facts: &Facts,
    now: Millis,
    registry: &Registry,
) -> Option<DecidedPromise> {
    facts.communicated_at?;
    let kept = match facts.state(record.id, now, registry).outcome {
        Outcome::Kept => true,
        Outcome::BrokenLate
        | Outcome::BrokenMissed
        | Outcome::BrokenCancelled
        | Outcome::BrokenFound => false,
        Outcome::Open | Outcome::NotConfirmed { .. } | Outcome::Void => return None,
    };
    let cancelled = facts.cancelled.as_ref().map(|cancelled| cancelled.at);
    let decided = facts.fulfilled_at.or(cancelled);
    let first = record.events.iter().find(|event| event.stored.n == 1);
    Some(DecidedPromise {
        at: decided.unwrap_or_else(|| facts.owed_through()).min(now),
        kept,
        renegotiated: kept && first.is_some_and(|made| made.id != facts.owed.event),
    })
}

/// The person whose word a verdict is in *said and done*: the promiser, who told the customer.
pub fn said_by(facts: &Facts) -> PersonId {
    facts.made.promiser
}

/// The person whose word a verdict is in *delivered*: the performer, who accepted it. None for a promise that was not
/// accepted; a person who stepped in when its date had passed is not the one.
pub fn delivered_by(facts: &Facts) -> Option<PersonId> {
    facts.answerable
}

/// A person's reliability at `now`, from the verdicts over their promises.
pub fn reliability(verdicts: impl IntoIterator<Item = DecidedPromise>, now: Millis) -> Reliability {
    let mut told = Reliability::default();
    let (mut weight, mut squares, mut kept) = (0.0, 0.0, 0.0);
    for verdict in verdicts {
        let days = now.saturating_sub(verdict.at).max(0) as f64 / DAY_MS as f64;
        let one = 0.5_f64.powf(days / HALF_LIFE_DAYS);
        weight += one;
        squares += one * one;
        told.total = told.total.saturating_add(1);
        if verdict.kept {
            kept += one;
            told.kept = told.kept.saturating_add(1);
            told.renegotiated += u32::from(verdict.renegotiated);
        }
    }
    // A past so long ago that its weight is nothing tells nothing.
    if squares > 0.0 {
        let (share, n) = (kept / weight, weight * weight / squares);
        told.share = Some(share);
        told.lower = (n + TOLERANCE >= MIN_EFFECTIVE_PROMISES).then(|| wilson_lower(share, n));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::promise_fixture::{
        ANN, EVA, PromiseFixture, SAM, at, company, due, made, time,
    };
    use super::*;
    use crate::model::event::{EventBody, Performer};
    use crate::model::visit::Channel;
    use crate::testing::NOON;

    fn verdicts(kept: u32, total: u32, days_ago: i64) -> impl Iterator<Item = DecidedPromise> {
        (0..total).map(move |number| DecidedPromise {
            at: NOON - days_ago * DAY_MS,
            kept: number < kept,
            renegotiated: number == 0,
        })
    }

    #[test]
    fn of_one_day_the_bound_is_the_plain_one_of_the_counts() {
        let told = reliability(verdicts(18, 20, 0), NOON);
        assert_eq!((told.kept, told.total, told.renegotiated), (18, 20, 1));
        assert!((told.lower.unwrap() - wilson_lower(0.9, 20.0)).abs() < 1e-9);
        assert_eq!((told.lower.unwrap() * 100.0).round(), 78.0);
    }

    #[test]
    fn half_a_year_ago_weighs_half() {
        // Ten kept today and ten broken 180 days ago: 10 of 15 by weight, n = 15² / (10 + 2.5) = 18.
        let told = reliability(verdicts(10, 10, 0).chain(verdicts(0, 10, 180)), NOON);
        assert_eq!((told.kept, told.total), (10, 20));
        assert!((told.share.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!((told.lower.unwrap() - wilson_lower(2.0 / 3.0, 18.0)).abs() < 1e-12);
        // However old: of one age all weigh the same, and the share is the raw one.
        let old = reliability(verdicts(4, 8, 720), NOON);
        assert!((old.share.unwrap() - 0.5).abs() < 1e-12);
        assert!((old.lower.unwrap() - wilson_lower(0.5, 8.0)).abs() < 1e-9);
    }

    #[test]
    fn under_five_there_are_counts_and_no_bound() {
        assert_eq!(reliability(verdicts(4, 4, 30), NOON).lower, None);
        assert!(reliability(verdicts(5, 5, 30), NOON).lower.is_some());
        assert_eq!(reliability([], NOON), Reliability::default());
        let forgotten = DecidedPromise {
            at: Millis::MIN,
            kept: true,
            renegotiated: false,
        };
        assert_eq!(reliability([forgotten], NOON).share, None);
    }

    #[test]
    fn what_no_customer_heard_is_in_neither_number() {
        let registry = company(1_000);
        let verdict = |fixture: &PromiseFixture, hours| {
            decided_promise(
                &fixture.record,
                &fixture.facts_in(&registry),
                at(hours),
                &registry,
            )
        };
        let mut untold = PromiseFixture::of_made(made());
        untold.fulfilled_by(5, SAM, time(5));
        assert_eq!(verdict(&untold, 30), None);
        let mut told = PromiseFixture::communicated();
        assert_eq!(verdict(&told, 5), None, "open");
        assert!(!verdict(&told, 30).unwrap().kept, "missed");
        told.fulfilled_by(6, SAM, time(5));
        let kept = verdict(&told, 30).unwrap();
        assert_eq!(
            (kept.kept, kept.renegotiated, kept.at),
            (true, false, at(5))
        );
    }

    #[test]
    fn a_date_that_was_moved_in_time_counts_as_kept_and_is_told() {
        let registry = company(1_000);
        let mut fixture = PromiseFixture::communicated();
        let agreed = EventBody::TermsAgreed {
            due: due(40),
            words: String::new(),
            contact: None,
            channel: Channel::Call,
            proposal: None,
            suggestion: None,
        };
        fixture.add_event(5, ANN, agreed.clone());
        fixture.fulfilled_by(31, SAM, time(30));
        let verdict = decided_promise(
            &fixture.record,
            &fixture.facts_in(&registry),
            at(50),
            &registry,
        )
        .unwrap();
        assert!(verdict.kept && verdict.renegotiated);

        // Made without telling the customer, until another person's date was told: from then on it counts.
        let mut asked = PromiseFixture::of_made(made());
        let verdict = |fixture: &PromiseFixture, hours| {
            decided_promise(
                &fixture.record,
                &fixture.facts_in(&registry),
                at(hours),
                &registry,
            )
        };
        assert_eq!(verdict(&asked, 30), None);
        let terms = asked.add_event(5, ANN, agreed);
        assert!(!verdict(&asked, 50).unwrap().kept);
        asked.fulfilled_by(31, SAM, time(30));
        assert!(verdict(&asked, 50).unwrap().kept);
        asked.add_event(29, ANN, EventBody::Retracted { event: terms });
        assert_eq!(verdict(&asked, 50), None, "nobody was told after all");
    }

    #[test]
    fn a_performer_answers_only_for_what_they_accepted() {
        let registry = company(1_000);
        let mut fixture = PromiseFixture::communicated();
        assert_eq!(said_by(&fixture.facts_in(&registry)), ANN);
        assert_eq!(delivered_by(&fixture.facts_in(&registry)), None);
        fixture.accept(2, SAM);
        assert_eq!(delivered_by(&fixture.facts_in(&registry)), Some(SAM));
        fixture.add_event(
            3,
            ANN,
            EventBody::Reassigned {
                performer: Performer::Person { person: EVA },
                reason: "closer".into(),
            },
        );
        assert_eq!(delivered_by(&fixture.facts_in(&registry)), None);
    }
}
