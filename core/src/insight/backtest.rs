//! The backtest: the record is asked at every promise's own moment, with only what was known by then.
//!
//! The promises are walked through in the order of time, and every level's ledger is kept as it was at that
//! moment, so that an asking costs the same in a long record as in a short one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::advice::{AdviceLevel, AdviceOutcome, Question, advise_from};
use super::level_record::LevelRecord;
use super::sample::{Ending, Minutes, Sample, TimeBase};
use crate::model::time::Millis;

/// The results of dates that the record would have given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// The number of times that a date was asked for. Promises that were called off are not asked about, nor do those
    /// count whose date had not passed when the record ended: it is not known whether it would have been kept.
    pub asked: u32,
    /// The number of times that there was one.
    pub dated: u32,
    /// The number of those that were kept.
    pub kept: u32,
    /// The median suggested lead, in minutes of calendar time.
    pub median_lead: Option<Minutes>,
    /// The number of times that a plain percentile of the closed ones gave a date.
    pub plain_dated: u32,
    /// The number of those that were kept.
    pub plain_kept: u32,
    /// The median lead of the plain percentile, in minutes of calendar time.
    pub plain_median_lead: Option<Minutes>,
    /// The number of times that it was said beside the date that the record is slowing down.
    pub warned: u32,
}

/// The results of dates that the record would have given, overall and per eighth of the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// Overall.
    pub overall: Score,
    /// Eight parts of equal length, from the first promise to the last.
    pub eighths: Vec<Score>,
}

/// One asking and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The instant of asking, in milliseconds since the epoch.
    pub at: Millis,
    /// Closings that the answer rests on.
    pub closed: usize,
    /// The date that the record gave.
    pub suggested: Option<TrialDate>,
    /// The date of a plain percentile of the closed ones.
    pub plain: Option<TrialDate>,
    /// True if it was said that the record is slowing down.
    pub warned: bool,
}

/// A date that was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrialDate {
    /// The time from asking to the date, in minutes of the time base.
    pub lead: Minutes,
    /// The time from asking to the date, in minutes of calendar time.
    pub elapsed: Minutes,
    /// True if it was kept; None where it had not passed when the record ended.
    pub kept: Option<bool>,
}

/// Asks the record at every promise's own moment. `until` is when the record ends; `progress` is told how
/// many of how many are done.
pub fn trials(
    samples: &[Sample],
    quantile: f64,
    base: &dyn TimeBase,
    until: Millis,
    mut progress: impl FnMut(usize, usize),
) -> Vec<Trial> {
    let mut ordered: Vec<&Sample> = samples.iter().collect();
    ordered.sort_by_key(|sample| sample.start);
    let mut replay = Replay::of(&ordered, base);
    let mut trials = Vec::new();
    for (number, sample) in ordered.iter().enumerate() {
        replay.advance(sample.start);
        // A promise that was called off says nothing about whether its date would have been kept.
        if !matches!(sample.ending, Ending::Censored(_)) {
            trials.push(replay.trial(number, quantile, until));
        }
        replay.begin(number);
        progress(number + 1, ordered.len());
    }
    trials
}

/// Scores [`trials`], overall and per eighth of the time.
pub fn backtest(
    samples: &[Sample],
    quantile: f64,
    base: &dyn TimeBase,
    until: Millis,
    progress: impl FnMut(usize, usize),
) -> Backtest {
    let trials = trials(samples, quantile, base, until, progress);
    let starts = samples.iter().map(|sample| sample.start);
    let first = starts.clone().min().unwrap_or(0);
    let span = i128::from(starts.max().unwrap_or(0)) - i128::from(first) + 1;
    let part = |trial: &Trial| 8 * (i128::from(trial.at) - i128::from(first)) / span;
    Backtest {
        overall: score(trials.iter()),
        eighths: (0..8)
            .map(|eighth| score(trials.iter().filter(|trial| part(trial) == eighth)))
            .collect(),
    }
}

/// The record as it was at a moment that moves on.
struct Replay<'a> {
    samples: &'a [&'a Sample],
    base: &'a dyn TimeBase,
    level_records: Vec<LevelRecord<'a>>,
    /// The ledger to which each sample belongs, per level; None where it says too little.
    record_indexes: Vec<[Option<usize>; AdviceLevel::ALL.len()]>,
    /// The samples that end, by the instant when that becomes known, the latest first.
    ends: Vec<(Millis, usize)>,
}

impl<'a> Replay<'a> {
    fn of(samples: &'a [&'a Sample], base: &'a dyn TimeBase) -> Self {
        let mut known = BTreeMap::new();
        let mut kinds: Vec<&str> = Vec::new();
        let mut record_indexes = Vec::with_capacity(samples.len());
        for sample in samples {
            let kind = sample.kind.as_str();
            let alike = kinds.iter().copied().find(|one| base.alike(one, kind));
            let alike = alike.unwrap_or_else(|| {
                kinds.push(kind);
                kind
            });
            record_indexes.push(AdviceLevel::ALL.map(|level| {
                let key = match level {
                    AdviceLevel::KindAndPerformer => (level, kind, sample.performer.as_deref()?),
                    AdviceLevel::KindAndTeam => (level, kind, sample.team.as_deref()?),
                    AdviceLevel::Kind => (level, kind, ""),
                    AdviceLevel::Company => (level, alike, ""),
                };
                let next = known.len();
                Some(*known.entry(key).or_insert(next))
            }));
        }
        let mut ends: Vec<(Millis, usize)> = samples
            .iter()
            .enumerate()
            .filter_map(|(number, sample)| match sample.ending {
                Ending::Closed(at) | Ending::Censored(at) => {
                    let heard = sample.received_at.map_or(at, |heard| heard.max(at));
                    Some((heard.max(sample.start), number))
                }
                Ending::Open => None,
            })
            .collect();
        ends.sort_unstable_by_key(|end| std::cmp::Reverse(*end));
        Self {
            samples,
            base,
            level_records: vec![LevelRecord::default(); known.len()],
            record_indexes,
            ends,
        }
    }

    /// Takes in every end that was known by `now`.
    fn advance(&mut self, now: Millis) {
        while let Some((_, number)) = self.ends.pop_if(|(heard, _)| *heard <= now) {
            for record_index in self.record_indexes[number].into_iter().flatten() {
                self.level_records[record_index].end(number);
            }
        }
    }

    /// Takes in that a promise was made; one that was done on the spot has ended before it is asked about.
    fn begin(&mut self, number: usize) {
        let sample = self.samples[number];
        let done = sample.ending_at(sample.start) != Some(Ending::Open);
        for record_index in self.record_indexes[number].into_iter().flatten() {
            self.level_records[record_index].begin(number, sample);
            if done {
                self.level_records[record_index].end(number);
            }
        }
    }

    fn level_record(&self, number: usize, level: AdviceLevel) -> Option<&LevelRecord<'a>> {
        let at = AdviceLevel::ALL.iter().position(|one| *one == level)?;
        self.level_records.get(self.record_indexes[number][at]?)
    }

    fn trial(&self, number: usize, quantile: f64, until: Millis) -> Trial {
        let (sample, base) = (self.samples[number], self.base);
        let question = Question {
            kind: sample.kind.clone(),
            performer: sample.performer.clone(),
            team: sample.team.clone(),
            now: sample.start,
            quantile,
        };
        let advice = advise_from(&question, base, |level| {
            self.level_record(number, level).map(Cow::Borrowed)
        });
        let suggested = match advice.answer {
            AdviceOutcome::Suggested { lead } => Some(lead),
            AdviceOutcome::Ask { .. } | AdviceOutcome::Few { .. } | AdviceOutcome::NoRecord => None,
        };
        let of_kind = self.level_record(number, AdviceLevel::Kind);
        let plain = of_kind.and_then(|level_record| plain_percentile(level_record, quantile, base));
        let (kind, who) = (sample.kind.as_str(), sample.performer.as_deref());
        let minutes = |to| base.minutes(kind, who, sample.start, to);
        let done = match sample.ending {
            Ending::Closed(at) => Some(minutes(at).max(1)),
            Ending::Censored(_) | Ending::Open => None,
        };
        let lived = minutes(until);
        let date = |lead: Minutes| TrialDate {
            lead,
            elapsed: base
                .after(kind, who, sample.start, lead)
                .map_or(lead, |at| at.saturating_sub(sample.start) / 60_000),
            kept: match done {
                Some(done) => Some(done <= lead),
                None => (lived > lead).then_some(false),
            },
        };
        Trial {
            at: sample.start,
            closed: advice.used.closed,
            suggested: suggested.map(date),
            plain: plain.map(date),
            warned: advice.slowing.is_some(),
        }
    }
}

/// The usual practice, to compare with: the percentile of the last 60 of the kind that are done; None if fewer than
/// eight.
fn plain_percentile(
    level_record: &LevelRecord<'_>,
    quantile: f64,
    base: &dyn TimeBase,
) -> Option<Minutes> {
    let mut leads = level_record.latest_leads(60, base);
    if leads.len() < 8 {
        return None;
    }
    leads.sort_unstable();
    let count = leads.len();
    leads
        .into_iter()
        .enumerate()
        .find(|(index, _)| (index + 1) as f64 + 1e-9 >= quantile * count as f64)
        .map(|(_, lead)| lead)
}

/// Scores some askings; a date of which it is not known whether it was kept is left out.
pub fn score<'a>(trials: impl Iterator<Item = &'a Trial>) -> Score {
    let mut score = Score::default();
    let (mut leads, mut plain_leads) = (Vec::new(), Vec::new());
    for trial in trials {
        if let Some(date) = trial.suggested
            && let Some(kept) = date.kept
        {
            score.dated += 1;
            score.kept += u32::from(kept);
            score.warned += u32::from(trial.warned);
            leads.push(date.elapsed);
        }
        score.asked += u32::from(trial.suggested.is_none_or(|date| date.kept.is_some()));
        if let Some(date) = trial.plain
            && let Some(kept) = date.kept
        {
            score.plain_dated += 1;
            score.plain_kept += u32::from(kept);
            plain_leads.push(date.elapsed);
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
    use super::super::advice::advise;
    use super::super::sample::CalendarTime;
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
                ending: Ending::Closed(n * DAY_MS / 2 + lead(n) * DAY_MS),
                received_at: None,
            })
            .collect()
    }

    #[test]
    fn dates_are_asked_for_with_only_what_was_known() {
        let result = backtest(&company(400), 0.8, &CalendarTime, 400 * DAY_MS, |_, _| {});
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
        let result = backtest(&[], 0.8, &CalendarTime, 0, |_, _| {});
        assert_eq!(
            (result.overall, result.eighths.len()),
            (Score::default(), 8)
        );
    }

    /// Promises of several people and kinds, some open, some called off, some heard of late.
    fn mixed(count: i64) -> Vec<Sample> {
        let one = |n: i64| {
            let start = n * DAY_MS / 3;
            let end = start + ((n * 37) % 11) * DAY_MS;
            Sample {
                kind: ["delivery", "quote"][usize::from(n % 5 == 0)].into(),
                performer: (n % 7 > 0).then(|| format!("performer {}", n % 3)),
                team: (n % 2 == 0).then(|| "north".into()),
                start,
                ending: match n % 9 {
                    0 => Ending::Open,
                    1 => Ending::Censored(end),
                    _ => Ending::Closed(end),
                },
                received_at: (n % 4 == 0).then_some(end + 20 * DAY_MS),
            }
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn walking_through_time_is_asking_anew_with_what_was_known() {
        let samples = mixed(400);
        let asked = samples
            .iter()
            .filter(|sample| !matches!(sample.ending, Ending::Censored(_)));
        let walked = trials(&samples, 0.8, &CalendarTime, 400 * DAY_MS, |_, _| {});
        assert_eq!(walked.len(), asked.clone().count());
        for (sample, trial) in asked.zip(walked) {
            let before: Vec<Sample> = samples
                .iter()
                .filter(|other| other.start < sample.start)
                .cloned()
                .collect();
            let question = Question {
                kind: sample.kind.clone(),
                performer: sample.performer.clone(),
                team: sample.team.clone(),
                now: sample.start,
                quantile: 0.8,
            };
            let advice = advise(&before, &question, &CalendarTime);
            let lead = match advice.answer {
                AdviceOutcome::Suggested { lead } => Some(lead),
                _ => None,
            };
            assert_eq!(trial.suggested.map(|date| date.lead), lead, "{sample:?}");
            assert_eq!(trial.closed, advice.used.closed, "{sample:?}");
        }
    }
}
