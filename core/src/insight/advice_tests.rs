//! The record's answers, as small records that can be counted by hand.

use super::*;
use crate::insight::sample::{CalendarTime, Ending};
use crate::model::time::DAY_MS;

const NOW: Millis = 1_795_348_800_000;
const DAY: Minutes = 24 * 60;

fn question() -> Question {
    Question {
        kind: "delivery".into(),
        performer: Some("Sam".into()),
        team: None,
        now: NOW,
        quantile: 0.8,
    }
}

/// A promise of Sam's that was made `age` days ago and closed after `lead` days.
fn closed(age: i64, lead: i64) -> Sample {
    let start = NOW - age * DAY_MS;
    Sample {
        ending: Ending::Closed(start + lead * DAY_MS),
        start,
        ..open(age)
    }
}

fn open(age: i64) -> Sample {
    Sample {
        kind: "delivery".into(),
        performer: Some("Sam".into()),
        team: Some("north".into()),
        start: NOW - age * DAY_MS,
        ending: Ending::Open,
        received_at: None,
    }
}

fn ask(samples: &[Sample]) -> Advice {
    advise(samples, &question(), &CalendarTime)
}

/// A worked example.
fn example() -> Vec<Sample> {
    let leads = [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 9, 12];
    let samples = leads.iter().map(|lead| closed(40 + lead, *lead));
    samples.chain([6, 8, 10, 15].map(open)).collect()
}

#[test]
fn a_record_that_just_fails_says_what_fits_most_and_asks() {
    let advice = ask(&example());
    assert_eq!(
        advice.answer,
        AdviceOutcome::Ask {
            fits_most: Some(12 * DAY),
            longest: 15 * DAY
        }
    );
    assert_eq!(
        advice.used,
        LevelUsed {
            level: AdviceLevel::KindAndPerformer,
            closed: 16,
            open: 4
        }
    );
    assert_eq!(advice.median, Some(4 * DAY));
    let curve = advice.curve.unwrap();
    for (days, percent) in [
        (1, 10.0),
        (2, 25.0),
        (3, 40.0),
        (5, 60.0),
        (7, 71.0),
        (9, 78.0),
        (12, 89.0),
    ] {
        assert_eq!(
            (chance_within(&curve, days * DAY).unwrap().share * 100.0_f64).round(),
            percent,
            "{days} days"
        );
    }
    assert!((curve.at(12 * DAY).unwrap().upper() - 0.200_611_187).abs() < 1e-6);
    let none = chance_within(&curve, 60).unwrap();
    assert_eq!((none.share, none.lower, none.none_of), (0.0, 0.0, Some(20)));
    assert!((none.upper - (1.0 - 0.2_f64.powf(1.0 / 20.0))).abs() < 1e-12);
    assert_eq!(chance_within(&curve, 0), None, "nobody is at risk yet");
}

#[test]
fn one_more_delivery_in_time_gives_a_date() {
    let mut samples = example();
    samples.extend([closed(60, 2), closed(61, 3)]);
    assert_eq!(
        ask(&samples).answer,
        AdviceOutcome::Suggested { lead: 12 * DAY }
    );
}

#[test]
fn the_narrowest_level_with_eight_closings_answers() {
    let mut samples: Vec<Sample> = (0..10).map(|n| closed(100 + n, 3)).collect();
    samples.extend((0..10).map(|n| Sample {
        performer: Some("Eva".into()),
        ..closed(120 + n, 9)
    }));
    let advice = ask(&samples);
    assert_eq!(
        (advice.answer, advice.used.level),
        (
            AdviceOutcome::Suggested { lead: 3 * DAY },
            AdviceLevel::KindAndPerformer
        )
    );
    let eva = Question {
        performer: Some("Ben".into()),
        team: Some("north".into()),
        ..question()
    };
    let advice = advise(&samples, &eva, &CalendarTime);
    assert_eq!(
        (advice.answer, advice.used.level),
        (
            AdviceOutcome::Suggested { lead: 9 * DAY },
            AdviceLevel::KindAndTeam
        )
    );
}

#[test]
fn a_thin_record_says_that_it_is_thin() {
    let few: Vec<Sample> = (1..=5).map(|lead| closed(100, lead)).collect();
    assert_eq!(ask(&few).answer, AdviceOutcome::Few { slowest: 5 * DAY });
    assert_eq!(ask(&few[..4]).answer, AdviceOutcome::NoRecord);
    assert_eq!(ask(&[]).answer, AdviceOutcome::NoRecord);
}

#[test]
fn a_few_rush_jobs_do_not_answer_for_everyone() {
    let mut samples: Vec<Sample> = (0..50).map(|n| closed(60 + n, 20)).collect();
    samples.extend((0..8).map(|_| closed(2, 1)));
    let AdviceOutcome::Suggested { lead } = ask(&samples).answer else {
        panic!("{:?}", ask(&samples))
    };
    assert!(lead >= 20 * DAY, "{lead}");
}

#[test]
fn only_what_lies_inside_the_window_counts() {
    // Sixty quick ones after sixty slow ones: the slow ones closed before the window.
    let mut samples: Vec<Sample> = (0..60).map(|n| closed(300 + n, 30)).collect();
    samples.extend((0..60).map(|n| closed(10 + n, 2)));
    let advice = ask(&samples);
    assert_eq!(
        (advice.answer, advice.used.closed),
        (AdviceOutcome::Suggested { lead: 2 * DAY }, 60)
    );
    // A promise forgotten for years is at risk from its age at the window's beginning. It is longer than all that
    // closed, so it cannot be said that everything is done within two days.
    samples.push(open(1_000));
    let advice = ask(&samples);
    assert_eq!((advice.used.open, advice.median), (1, Some(2 * DAY)));
    assert_eq!(
        advice.answer,
        AdviceOutcome::Ask {
            fits_most: Some(2 * DAY),
            longest: 1_000 * DAY
        }
    );
}

#[test]
fn zero_leads_and_identical_leads_are_one_minute_and_one_step() {
    let samples: Vec<Sample> = (0..9).map(|n| closed(50 + n, 0)).collect();
    assert_eq!(ask(&samples).answer, AdviceOutcome::Suggested { lead: 1 });
}

#[test]
fn what_is_not_known_yet_is_not_used() {
    let future = Sample {
        start: NOW + 1,
        ..open(0)
    };
    assert_eq!(future.ending_at(NOW), None);
    let pending = Sample {
        ending: Ending::Closed(NOW + 1),
        ..open(3)
    };
    assert_eq!(pending.ending_at(NOW), Some(Ending::Open));
    let unheard = Sample {
        received_at: Some(NOW + 1),
        ..closed(3, 1)
    };
    assert_eq!(unheard.ending_at(NOW), Some(Ending::Open));
    assert_eq!(unheard.ending_at(NOW + 1), Some(unheard.ending));
}

#[test]
fn ties_are_one_step_with_all_of_them() {
    let samples: Vec<Sample> = [2, 2, 2, 2, 5, 5, 5, 5].map(|lead| closed(50, lead)).into();
    let curve = ask(&samples).curve.unwrap();
    let steps: Vec<_> = curve
        .steps
        .iter()
        .map(|step| (step.age / DAY, step.at_risk, step.closed, step.survival))
        .collect();
    assert_eq!(steps, [(2, 8, 4, 0.5), (5, 4, 4, 0.0)]);
}

#[test]
fn all_called_off_is_no_record_however_many() {
    let off = |age: i64| Sample {
        ending: Ending::Censored(NOW - (age - 3) * DAY_MS),
        ..open(age)
    };
    let samples: Vec<Sample> = (10..60).map(off).collect();
    let advice = ask(&samples);
    assert_eq!(
        (advice.answer, advice.used.closed),
        (AdviceOutcome::NoRecord, 0)
    );
    assert_eq!(advice.used.open, 0, "what was called off is not open");
}

#[test]
fn all_closed_and_nobody_longer_give_a_date_by_the_bound_not_by_the_share() {
    let samples: Vec<Sample> = (1..=10).map(|lead| closed(60, lead)).collect();
    // S(8) = 0.2 is the share, but not its upper bound; that of S(9) = 0.1 is 0.196.
    let advice = ask(&samples);
    assert_eq!(advice.answer, AdviceOutcome::Suggested { lead: 9 * DAY });
    let upper = advice.curve.unwrap().at(9 * DAY).unwrap().upper();
    // By hand: 0.1^exp(-z √0.9 / ln 10).
    let by_hand = 0.1_f64.powf((-0.841_621_233_572_914_3 * 0.9_f64.sqrt() / 10_f64.ln()).exp());
    assert!((upper - by_hand).abs() < 1e-9, "{upper}");
}

#[test]
fn one_sample_is_no_record() {
    let advice = ask(&[closed(9, 3)]);
    assert_eq!(
        (advice.answer, advice.used.closed),
        (AdviceOutcome::NoRecord, 1)
    );
    assert_eq!((advice.median, advice.curve), (None, None));
}

#[test]
fn two_rush_jobs_in_a_short_window_do_not_pull_the_curve_to_the_ground() {
    // Sixty closings within a day make a window of a day; nearly all of what closed in it began weeks before.
    let mut samples: Vec<Sample> = (0..58)
        .map(|n| Sample {
            ending: Ending::Closed(NOW - n * 20 * 60_000),
            ..open(20)
        })
        .collect();
    samples.extend((0..2).map(|_| Sample {
        start: NOW - DAY_MS / 4,
        ending: Ending::Closed(NOW - DAY_MS / 8),
        ..open(0)
    }));
    let advice = ask(&samples);
    assert_eq!(advice.used.closed, 60);
    let AdviceOutcome::Suggested { lead } = advice.answer else {
        panic!("{:?}", advice.answer)
    };
    assert!(lead > 19 * DAY, "{lead}");
}

#[test]
fn levels_mix_only_kinds_with_the_same_time_base() {
    use crate::insight::CompanyTime;
    use crate::model::company::Company;
    let time = CompanyTime::new(&Company::default(), [].into_iter(), "UTC");
    let quotes: Vec<Sample> = (0..20)
        .map(|n| Sample {
            kind: "quote".into(),
            ..closed(40 + n, 2)
        })
        .collect();
    let asked = |kind: &str| Question {
        kind: kind.into(),
        ..question()
    };
    // Callbacks count working time as quotes do; deliveries do not.
    let callback = advise(&quotes, &asked("callback"), &time);
    assert_eq!(
        (callback.used.level, callback.used.closed),
        (AdviceLevel::Company, 20)
    );
    let delivery = advise(&quotes, &asked("delivery"), &time);
    assert_eq!(
        (delivery.answer, delivery.used.closed),
        (AdviceOutcome::NoRecord, 0)
    );
}

#[test]
fn a_record_that_slows_down_is_told_beside_its_date() {
    let mut samples: Vec<Sample> = (0..40).map(|n| closed(60 + n, 3)).collect();
    assert_eq!(ask(&samples).slowing, None);
    samples.extend((0..10).map(|n| closed(20 + n, 6)));
    assert_eq!(ask(&samples).slowing.unwrap().slower, 10);
}

/// A hundred promises made on one day, of which one was done on each of the days before `now`.
fn one_a_day(done: i64, age: i64) -> Vec<Sample> {
    let made = (1..=100).map(|lead| {
        if lead <= done {
            closed(age, lead)
        } else {
            open(age)
        }
    });
    made.collect()
}

/// The window holds the last sixty closings: everything in it was many days old when it came into sight.
#[test]
fn of_a_time_that_nobody_was_seen_at_nothing_is_said() {
    for (samples, from) in [(one_a_day(100, 100), 41), (one_a_day(70, 70), 11)] {
        let curve = ask(&samples).curve.unwrap();
        assert_eq!(curve.from, from * DAY);
        assert!(!curve.starts_at_zero_age());
        for lead in [0, 1, DAY, (from - 1) * DAY, from * DAY - 1] {
            assert_eq!(chance_within(&curve, lead), None, "{lead}");
        }
        let known = chance_within(&curve, from * DAY).unwrap();
        assert!(known.share > 0.0 && known.none_of.is_none());
    }
    // With a thinner record nothing leaves the window, and all is seen from its beginning.
    let curve = ask(&one_a_day(20, 20)).curve.unwrap();
    assert_eq!((curve.from, curve.starts_at_zero_age()), (1, true));
    assert_eq!(chance_within(&curve, DAY / 2).unwrap().none_of, Some(100));
}

#[test]
fn beyond_the_oldest_the_last_that_is_known_holds() {
    let mut samples = example();
    samples.push(closed(40, 14));
    let curve = ask(&samples).curve.unwrap();
    let last = chance_within(&curve, 14 * DAY);
    assert_eq!(chance_within(&curve, 10_000 * DAY), last);
}
