//! The backtest: the record is asked at every promise's own moment, with only what was known by then.

use super::advice::{Answer, Question, advise};
use super::sample::{Fate, Minutes, Sample, TimeBase};
use crate::model::time::Millis;

/// How dates would have done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// How often a date was asked for whose promise was decided later.
    pub asked: u32,
    /// How often there was one.
    pub dated: u32,
    /// How many of those were kept.
    pub kept: u32,
    /// The median suggested lead, in minutes.
    pub median_lead: Option<Minutes>,
    /// How often a plain percentile of the closed ones gave a date.
    pub plain_dated: u32,
    /// How many of those were kept.
    pub plain_kept: u32,
    /// The median lead of the plain percentile, in minutes.
    pub plain_median_lead: Option<Minutes>,
}

/// How dates would have done, overall and per eighth of the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// Overall.
    pub overall: Score,
    /// Eight parts of equal length, from the first promise to the last.
    pub eighths: Vec<Score>,
}

/// One asking and what came of it.
struct Trial {
    at: Millis,
    /// When it was really done, in minutes after it was made; none if it was still open after `lived`.
    lead: Option<Minutes>,
    lived: Minutes,
    suggested: Option<Minutes>,
    plain: Option<Minutes>,
}

/// Asks the record at every promise's own moment. `until` is when the record ends; `progress` is told how
/// many of how many are done.
pub fn backtest(
    samples: &[Sample],
    quantile: f64,
    base: &dyn TimeBase,
    until: Millis,
    mut progress: impl FnMut(usize, usize),
) -> Backtest {
    let mut ordered: Vec<&Sample> = samples.iter().collect();
    ordered.sort_by_key(|sample| sample.start);
    let mut trials = Vec::new();
    for (index, sample) in ordered.iter().enumerate() {
        // A promise that was called off says nothing about whether its date would have been kept.
        if !matches!(sample.fate, Fate::Censored(_)) {
            let before: Vec<Sample> = ordered[..index]
                .iter()
                .filter_map(|known| known.as_known_at(sample.start))
                .collect();
            trials.push(trial(sample, &before, quantile, base, until));
        }
        progress(index + 1, ordered.len());
    }
    let (Some(first), Some(last)) = (ordered.first(), ordered.last()) else {
        return Backtest {
            overall: Score::default(),
            eighths: vec![Score::default(); 8],
        };
    };
    let span = last.start.saturating_sub(first.start).max(1);
    let part = |trial: &Trial| (8 * (trial.at - first.start) / (span + 1)).clamp(0, 7);
    Backtest {
        overall: score(trials.iter()),
        eighths: (0..8)
            .map(|eighth| score(trials.iter().filter(|trial| part(trial) == eighth)))
            .collect(),
    }
}

fn trial(
    sample: &Sample,
    before: &[Sample],
    quantile: f64,
    base: &dyn TimeBase,
    until: Millis,
) -> Trial {
    let question = Question {
        kind: sample.kind.clone(),
        performer: sample.performer.clone(),
        team: sample.team.clone(),
        now: sample.start,
        quantile,
    };
    let suggested = match advise(before, &question, base).answer {
        Answer::Suggested { lead } => Some(lead),
        Answer::Ask { .. } | Answer::Few { .. } | Answer::NoRecord => None,
    };
    let lead = match sample.fate {
        Fate::Closed(at) => Some(base.minutes(sample.start, at).max(1)),
        Fate::Censored(_) | Fate::Open => None,
    };
    let plain = plain_percentile(before, &sample.kind, quantile, base);
    Trial {
        at: sample.start,
        lead,
        lived: base.minutes(sample.start, until),
        suggested,
        plain,
    }
}

/// What most people do: the percentile of the last 60 of the kind that are done.
fn plain_percentile(
    before: &[Sample],
    kind: &str,
    quantile: f64,
    base: &dyn TimeBase,
) -> Option<Minutes> {
    let mut done: Vec<(Millis, Minutes)> = before
        .iter()
        .filter(|sample| sample.kind == kind)
        .filter_map(|sample| match sample.fate {
            Fate::Closed(at) => Some((at, base.minutes(sample.start, at).max(1))),
            Fate::Censored(_) | Fate::Open => None,
        })
        .collect();
    if done.len() < 8 {
        return None;
    }
    done.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    done.truncate(60);
    let mut leads: Vec<Minutes> = done.into_iter().map(|(_, lead)| lead).collect();
    leads.sort_unstable();
    let count = leads.len();
    leads
        .into_iter()
        .enumerate()
        .find(|(index, _)| (index + 1) as f64 + 1e-9 >= quantile * count as f64)
        .map(|(_, lead)| lead)
}

impl Trial {
    /// Whether a date this far ahead was kept; none while it is open and the date has not passed.
    fn kept(&self, date: Minutes) -> Option<bool> {
        match self.lead {
            Some(lead) => Some(lead <= date),
            None if self.lived > date => Some(false),
            None => None,
        }
    }
}

fn score<'a>(trials: impl Iterator<Item = &'a Trial>) -> Score {
    let mut score = Score::default();
    let (mut leads, mut plain_leads) = (Vec::new(), Vec::new());
    for trial in trials {
        score.asked += 1;
        if let Some(date) = trial.suggested
            && let Some(kept) = trial.kept(date)
        {
            score.dated += 1;
            score.kept += u32::from(kept);
            leads.push(date);
        }
        if let Some(date) = trial.plain
            && let Some(kept) = trial.kept(date)
        {
            score.plain_dated += 1;
            score.plain_kept += u32::from(kept);
            plain_leads.push(date);
        }
    }
    score.median_lead = median(leads);
    score.plain_median_lead = median(plain_leads);
    score
}

fn median(mut values: Vec<Minutes>) -> Option<Minutes> {
    values.sort_unstable();
    values.get(values.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Calendar;
    use super::*;
    use crate::model::time::DAY_MS;

    /// A company that delivers after 1 to 10 days, in an order that repeats.
    fn company(count: i64) -> Vec<Sample> {
        let lead = |n: i64| (n * 7) % 10 + 1;
        (0..count)
            .map(|n| Sample {
                kind: "delivery".into(),
                performer: None,
                team: None,
                start: n * DAY_MS / 2,
                fate: Fate::Closed(n * DAY_MS / 2 + lead(n) * DAY_MS),
            })
            .collect()
    }

    #[test]
    fn dates_are_asked_for_with_only_what_was_known() {
        let result = backtest(&company(400), 0.8, &Calendar, 400 * DAY_MS, |_, _| {});
        let overall = result.overall;
        assert_eq!(overall.asked, 400);
        assert!(overall.dated > 350, "{overall:?}");
        let share = f64::from(overall.kept) / f64::from(overall.dated);
        assert!((0.77..=1.0).contains(&share), "{overall:?}");
        assert_eq!(
            result
                .eighths
                .iter()
                .map(|eighth| eighth.asked)
                .sum::<u32>(),
            400
        );
        assert!(
            result.eighths[0].dated < 50,
            "the first cannot have had dates"
        );
    }

    #[test]
    fn nothing_is_asked_of_nothing() {
        let result = backtest(&[], 0.8, &Calendar, 0, |_, _| {});
        assert_eq!(
            (result.overall, result.eighths.len()),
            (Score::default(), 8)
        );
    }
}
