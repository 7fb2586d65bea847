//! The conservative truth: the date that the record honestly gives, or that it gives none.

use super::sample::{Fate, Minutes, Sample, TimeBase};
use super::survival::{Curve, Life, TOLERANCE};
use crate::model::time::{DAY_MS, Millis};

/// Closings in the window that a level needs.
const ENOUGH: usize = 8;
/// Closings of the widest level from which the slowest so far is told.
pub const FEW: usize = 5;
/// Closings after which older ones leave the window.
const WINDOW_CLOSINGS: usize = 60;
/// How far the window reaches back where there are fewer, in days.
const WINDOW_DAYS: i64 = 365;

/// What is asked of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The kind of promise.
    pub kind: String,
    /// Who would deliver.
    pub performer: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// The moment of asking, in milliseconds since the epoch.
    pub now: Millis,
    /// The share of promises that the date should keep: 0.8, or 0.9 for kinds that people plan their day around.
    pub quantile: f64,
}

/// How much of the record an answer rests on, from the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// This kind by this performer.
    KindAndPerformer,
    /// This kind in this team.
    KindAndTeam,
    /// This kind.
    Kind,
    /// Everything with the same time base.
    Company,
}

impl Level {
    /// Every level, the narrowest first.
    pub const ALL: [Self; 4] = [
        Self::KindAndPerformer,
        Self::KindAndTeam,
        Self::Kind,
        Self::Company,
    ];

    /// The level's name in promises and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::KindAndPerformer => "kind-and-performer",
            Self::KindAndTeam => "kind-and-team",
            Self::Kind => "kind",
            Self::Company => "company",
        }
    }

    /// Whether a sample counts at this level; none if the question does not say enough for it.
    fn takes(self, sample: &Sample, question: &Question) -> Option<bool> {
        let kind = sample.kind == question.kind;
        match self {
            Self::KindAndPerformer => question
                .performer
                .as_ref()
                .map(|who| kind && sample.performer.as_ref() == Some(who)),
            Self::KindAndTeam => question
                .team
                .as_ref()
                .map(|team| kind && sample.team.as_ref() == Some(team)),
            Self::Kind => Some(kind),
            Self::Company => Some(true),
        }
    }
}

/// What an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelUsed {
    /// Which level.
    pub level: Level,
    /// Closings in its window.
    pub closed: usize,
    /// Promises of its window that are still open.
    pub open: usize,
}

/// The answer in one of the forms in which it can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// This lead keeps the wanted share with the wanted confidence.
    Suggested {
        /// In minutes of the time base.
        lead: Minutes,
    },
    /// The record does not settle it: ask.
    Ask {
        /// The lead that fits the wanted share of what is known, in minutes; none if even that is not reached.
        fits_most: Option<Minutes>,
        /// The longest life so far, in minutes.
        longest: Minutes,
    },
    /// Few closings: the slowest so far, in minutes.
    Few {
        /// In minutes of the time base.
        slowest: Minutes,
    },
    /// No record yet: ask.
    NoRecord,
}

/// What the record says to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The answer.
    pub answer: Answer,
    /// What it rests on.
    pub used: LevelUsed,
    /// Half of them took no longer, in minutes.
    pub median: Option<Minutes>,
    /// The curve, for questions of the form "how often within X?"; none for thin records.
    pub curve: Option<Curve>,
}

/// How often it was made within some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of its one-sided 80 % interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// The lives of one level within its window.
struct Record {
    used: LevelUsed,
    lives: Vec<Life>,
}

/// Asks the record for a date.
pub fn advise(samples: &[Sample], question: &Question, base: &dyn TimeBase) -> Advice {
    let mut unsettled: Option<Advice> = None;
    let mut widest = None;
    for level in Level::ALL {
        let Some(record) = record(samples, question, level, base) else {
            continue;
        };
        if record.used.closed >= ENOUGH {
            match settle(&record, question) {
                Settled::Answer(advice) => return advice,
                // A wider level may settle what this one cannot; what this one knows is kept in case none does.
                Settled::Wider(advice) => unsettled = unsettled.or(advice),
            }
        }
        widest = Some(record);
    }
    match (unsettled, widest) {
        (Some(advice), _) => advice,
        (None, Some(record)) => thin(&record),
        (None, None) => Advice {
            answer: Answer::NoRecord,
            used: LevelUsed {
                level: Level::Company,
                closed: 0,
                open: 0,
            },
            median: None,
            curve: None,
        },
    }
}

/// The share that was closed within `lead` minutes, with its interval.
pub fn chance_within(curve: &Curve, lead: Minutes) -> Chance {
    curve.at(lead).map_or(
        Chance {
            share: 0.0,
            lower: 0.0,
            upper: 0.0,
        },
        |step| Chance {
            share: 1.0 - step.survival,
            lower: 1.0 - step.upper(),
            upper: 1.0 - step.lower(),
        },
    )
}

enum Settled {
    Answer(Advice),
    Wider(Option<Advice>),
}

fn settle(record: &Record, question: &Question) -> Settled {
    let Some(curve) = Curve::of(&record.lives) else {
        return Settled::Wider(None);
    };
    let median = curve.quantile(0.5);
    let ask = Answer::Ask {
        fits_most: curve.quantile(question.quantile),
        longest: longest(&record.lives),
    };
    let step = curve.bounded(question.quantile).copied();
    let advice = |answer| Advice {
        answer,
        used: record.used,
        median,
        curve: Some(curve.clone()),
    };
    let Some(step) = step else {
        return Settled::Answer(advice(ask));
    };
    let rests_on_nobody =
        step.survival <= TOLERANCE && record.lives.iter().any(|life| life.exit > step.age);
    let took_no_longer = record
        .lives
        .iter()
        .filter(|life| life.closed && life.exit <= step.age)
        .count();
    // Else a few rush jobs would answer for everyone.
    if rests_on_nobody || 2 * took_no_longer < record.used.closed {
        return Settled::Wider(Some(advice(ask)));
    }
    Settled::Answer(advice(Answer::Suggested { lead: step.age }))
}

fn thin(record: &Record) -> Advice {
    let slowest = record
        .lives
        .iter()
        .filter(|life| life.closed)
        .map(|life| life.exit)
        .max();
    let answer = match slowest {
        Some(slowest) if record.used.closed >= FEW => Answer::Few { slowest },
        _ => Answer::NoRecord,
    };
    Advice {
        answer,
        used: record.used,
        median: None,
        curve: None,
    }
}

fn longest(lives: &[Life]) -> Minutes {
    lives.iter().map(|life| life.exit).max().unwrap_or(0)
}

/// The part of every life that lies inside the level's window. None if the question does not say enough.
fn record(
    samples: &[Sample],
    question: &Question,
    level: Level,
    base: &dyn TimeBase,
) -> Option<Record> {
    let mut known = Vec::new();
    for sample in samples {
        if level.takes(sample, question)? {
            known.extend(sample.as_known_at(question.now));
        }
    }
    let from = window_start(&known, question.now);
    let mut lives = Vec::with_capacity(known.len());
    let mut used = LevelUsed {
        level,
        closed: 0,
        open: 0,
    };
    for sample in &known {
        let (end, closed) = match sample.fate {
            Fate::Closed(at) => (at, true),
            Fate::Censored(at) => (at, false),
            Fate::Open => (question.now, false),
        };
        let lived = base.minutes(sample.start, end);
        let exit = if closed { lived.max(1) } else { lived };
        let life = Life {
            entry: base.minutes(sample.start, from).max(0),
            exit,
            closed,
        };
        if end < from || life.entry >= life.exit {
            continue;
        }
        used.closed += usize::from(closed);
        used.open += usize::from(sample.fate == Fate::Open);
        lives.push(life);
    }
    Some(Record { used, lives })
}

/// One minute before the 60th latest closing; a year ago if there are fewer.
fn window_start(known: &[Sample], now: Millis) -> Millis {
    let mut closings: Vec<Millis> = known
        .iter()
        .filter_map(|sample| match sample.fate {
            Fate::Closed(at) => Some(at),
            Fate::Censored(_) | Fate::Open => None,
        })
        .collect();
    closings.sort_unstable_by(|a, b| b.cmp(a));
    match closings.get(WINDOW_CLOSINGS - 1) {
        Some(at) => at.saturating_sub(60_000),
        None => now.saturating_sub(WINDOW_DAYS * DAY_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Calendar;
    use super::*;

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
            fate: Fate::Closed(start + lead * DAY_MS),
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
            fate: Fate::Open,
        }
    }

    fn ask(samples: &[Sample]) -> Advice {
        advise(samples, &question(), &Calendar)
    }

    /// The worked example of the design.
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
            Answer::Ask {
                fits_most: Some(12 * DAY),
                longest: 15 * DAY
            }
        );
        assert_eq!(
            advice.used,
            LevelUsed {
                level: Level::KindAndPerformer,
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
                (chance_within(&curve, days * DAY).share * 100.0_f64).round(),
                percent,
                "{days} days"
            );
        }
        assert!((curve.at(12 * DAY).unwrap().upper() - 0.200_611_187).abs() < 1e-6);
        assert_eq!(chance_within(&curve, 60).share, 0.0);
    }

    #[test]
    fn one_more_delivery_in_time_gives_a_date() {
        let mut samples = example();
        samples.extend([closed(60, 2), closed(61, 3)]);
        assert_eq!(ask(&samples).answer, Answer::Suggested { lead: 12 * DAY });
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
            (Answer::Suggested { lead: 3 * DAY }, Level::KindAndPerformer)
        );
        let eva = Question {
            performer: Some("Ben".into()),
            team: Some("north".into()),
            ..question()
        };
        let advice = advise(&samples, &eva, &Calendar);
        assert_eq!(
            (advice.answer, advice.used.level),
            (Answer::Suggested { lead: 9 * DAY }, Level::KindAndTeam)
        );
    }

    #[test]
    fn a_thin_record_says_that_it_is_thin() {
        let few: Vec<Sample> = (1..=5).map(|lead| closed(100, lead)).collect();
        assert_eq!(ask(&few).answer, Answer::Few { slowest: 5 * DAY });
        assert_eq!(ask(&few[..4]).answer, Answer::NoRecord);
        assert_eq!(ask(&[]).answer, Answer::NoRecord);
    }

    #[test]
    fn a_few_rush_jobs_do_not_answer_for_everyone() {
        let mut samples: Vec<Sample> = (0..50).map(|n| closed(60 + n, 20)).collect();
        samples.extend((0..8).map(|_| closed(2, 1)));
        let Answer::Suggested { lead } = ask(&samples).answer else {
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
            (Answer::Suggested { lead: 2 * DAY }, 60)
        );
        // A promise forgotten for years is at risk from its age at the window's beginning. It is longer than
        // all that closed, so nobody can say that everything is done within two days.
        samples.push(open(1_000));
        let advice = ask(&samples);
        assert_eq!((advice.used.open, advice.median), (1, Some(2 * DAY)));
        assert_eq!(
            advice.answer,
            Answer::Ask {
                fits_most: Some(2 * DAY),
                longest: 1_000 * DAY
            }
        );
    }

    #[test]
    fn zero_leads_and_identical_leads_are_one_minute_and_one_step() {
        let samples: Vec<Sample> = (0..9).map(|n| closed(50 + n, 0)).collect();
        assert_eq!(ask(&samples).answer, Answer::Suggested { lead: 1 });
    }

    #[test]
    fn what_is_not_known_yet_is_not_used() {
        let future = Sample {
            start: NOW + 1,
            ..open(0)
        };
        assert_eq!(future.as_known_at(NOW), None);
        let pending = Sample {
            fate: Fate::Closed(NOW + 1),
            ..open(3)
        };
        assert_eq!(pending.as_known_at(NOW).unwrap().fate, Fate::Open);
    }
}
