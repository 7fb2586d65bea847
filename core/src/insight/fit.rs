//! Fit: the share of the lead times that a customer needs which our record meets.

use super::advice::{Advice, AdviceLevel, AdviceOutcome, chance_within};
use super::sample::Minutes;

/// The share of promises that a lead must keep to meet what a customer needs: our P80.
pub const FIT_QUANTILE: f64 = 0.8;

/// The lead times that a customer needs, compared with the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The number that the record meets.
    pub met: u32,
    /// The number that it leaves open.
    pub unsettled: u32,
    /// The number of all.
    pub needed: u32,
}

/// True if the record meets a lead of `needed` minutes; `advice` was asked for [`FIT_QUANTILE`]. None where it does not
/// settle that: too few closings of that kind, for what other kinds took is no proof; or the interval of what was kept
/// within that lead reaches the wanted share, or nothing is known of so short a time, and no date can be given.
pub fn meets(needed: Minutes, advice: &Advice) -> Option<bool> {
    if advice.used.level == AdviceLevel::Company {
        return None;
    }
    match (&advice.answer, &advice.curve) {
        (AdviceOutcome::Suggested { lead }, _) => Some(*lead <= needed),
        (AdviceOutcome::Ask { .. }, Some(curve)) => {
            let chance = chance_within(curve, needed)?;
            (chance.upper < FIT_QUANTILE).then_some(false)
        }
        _ => None,
    }
}

/// Counts what [`meets`] says of every lead that a customer needs.
pub fn fit(needs: impl IntoIterator<Item = Option<bool>>) -> Fit {
    needs.into_iter().fold(Fit::default(), |fit, met| Fit {
        met: fit.met + u32::from(met == Some(true)),
        unsettled: fit.unsettled + u32::from(met.is_none()),
        needed: fit.needed + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{CalendarTime, Ending, Question, Sample, advise};
    use crate::model::time::DAY_MS;

    const DAY: Minutes = 24 * 60;
    const NOW: i64 = 1_795_348_800_000;

    /// Deliveries that were done after so many days, and some that are open since.
    fn asked(done: &[i64], open: &[i64]) -> Advice {
        let sample = |age: i64, lead: Option<i64>| {
            let start = NOW - age * DAY_MS;
            Sample {
                kind: "delivery".into(),
                performer: None,
                team: None,
                start,
                ending: lead.map_or(Ending::Open, |lead| Ending::Closed(start + lead * DAY_MS)),
                received_at: None,
            }
        };
        let done = done.iter().map(|lead| sample(40 + lead, Some(*lead)));
        let open = open.iter().map(|age| sample(*age, None));
        let samples: Vec<Sample> = done.chain(open).collect();
        let question = Question {
            kind: "delivery".into(),
            performer: None,
            team: None,
            now: NOW,
            quantile: FIT_QUANTILE,
        };
        advise(&samples, &question, &CalendarTime)
    }

    #[test]
    fn a_lead_is_met_from_the_suggested_one_on() {
        let advice = asked(&[1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3], &[]);
        let AdviceOutcome::Suggested { lead } = advice.answer else {
            panic!("{advice:?}");
        };
        assert_eq!(meets(lead, &advice), Some(true));
        assert_eq!(meets(lead - 1, &advice), Some(false));
    }

    #[test]
    fn the_worked_example_settles_only_what_is_hopeless() {
        let leads = [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 9, 12];
        let advice = asked(&leads, &[6, 8, 10, 15]);
        assert!(
            matches!(advice.answer, AdviceOutcome::Ask { .. }),
            "{advice:?}"
        );
        assert_eq!(meets(2 * DAY, &advice), Some(false), "25 in 100");
        assert_eq!(meets(9 * DAY, &advice), None, "78 in 100, perhaps 88");
    }

    #[test]
    fn a_time_that_nobody_was_seen_at_settles_nothing() {
        // All begun on one day, one done a day: what was quicker has left the window.
        let made = NOW - 70 * DAY_MS;
        let sample = |lead: i64| Sample {
            kind: "delivery".into(),
            performer: None,
            team: None,
            start: made,
            ending: if lead <= 70 {
                Ending::Closed(made + lead * DAY_MS)
            } else {
                Ending::Open
            },
            received_at: None,
        };
        let samples: Vec<Sample> = (1..=100).map(sample).collect();
        let question = Question {
            kind: "delivery".into(),
            performer: None,
            team: None,
            now: NOW,
            quantile: FIT_QUANTILE,
        };
        let advice = advise(&samples, &question, &CalendarTime);
        assert!(
            matches!(advice.answer, AdviceOutcome::Ask { .. }),
            "{advice:?}"
        );
        assert_eq!(meets(5 * DAY, &advice), None);
        assert_eq!(meets(30 * DAY, &advice), Some(false));
    }

    #[test]
    fn a_thin_record_settles_nothing() {
        assert_eq!(meets(100 * DAY, &asked(&[1, 1, 1, 1, 1, 1], &[])), None);
        assert_eq!(meets(100 * DAY, &asked(&[], &[])), None);
    }

    #[test]
    fn what_other_kinds_took_settles_nothing() {
        let mut advice = asked(&[1; 12], &[]);
        assert_eq!(meets(2 * DAY, &advice), Some(true));
        advice.used.level = AdviceLevel::Company;
        assert_eq!(meets(2 * DAY, &advice), None);
    }

    #[test]
    fn fit_counts_what_is_met_and_what_is_open() {
        let fit = fit([Some(true), Some(false), None, Some(true)]);
        let expected = Fit {
            met: 2,
            unsettled: 1,
            needed: 4,
        };
        assert_eq!(fit, expected);
        assert_eq!(super::fit([]), Fit::default());
    }
}
