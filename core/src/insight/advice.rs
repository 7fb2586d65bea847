//! The conservative truth: the date that the record honestly gives, or that it gives none.

use std::borrow::{Borrow, Cow};

use super::level_record::{FollowUpWindow, LevelRecord};
use super::sample::{Minutes, Sample, TimeBase};
use super::slowing::{CLOSINGS_COMPARED, Slowing, slowing};
use super::survival::{Curve, TOLERANCE, upper_of_none};
use serde::Serialize;

use crate::model::time::Millis;

/// Closings in the window that a level needs.
pub(super) const MIN_CLOSINGS: usize = 8;
/// Closings of the widest level from which the slowest so far is told.
pub const MIN_CLOSINGS_TOLD: usize = 5;

/// A question to the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The kind of promise.
    pub kind: String,
    /// The person who would deliver, by their key in the record; None if that is not said.
    pub performer: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// The moment of asking, in milliseconds since the epoch.
    pub now: Millis,
    /// The share of promises that the date should keep: 0.8, or 0.9 for kinds that people plan their day around.
    pub quantile: f64,
}

/// The part of the record on which an answer rests, from the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "kebab-case")]
pub enum AdviceLevel {
    /// This kind by this performer.
    KindAndPerformer,
    /// This kind in this team.
    KindAndTeam,
    /// This kind.
    Kind,
    /// Everything with the same time base.
    Company,
}

impl AdviceLevel {
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

    /// True if a sample counts at this level; None if the question does not say enough for it.
    fn takes(self, sample: &Sample, question: &Question, base: &dyn TimeBase) -> Option<bool> {
        let kind = || sample.kind == question.kind;
        match self {
            Self::KindAndPerformer => question
                .performer
                .as_ref()
                .map(|who| sample.performer.as_ref() == Some(who) && kind()),
            Self::KindAndTeam => question
                .team
                .as_ref()
                .map(|team| sample.team.as_ref() == Some(team) && kind()),
            Self::Kind => Some(kind()),
            Self::Company => Some(kind() || base.alike(&sample.kind, &question.kind)),
        }
    }
}

/// The part of the record on which an answer rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelUsed {
    /// The level.
    pub level: AdviceLevel,
    /// Closings in its window.
    pub closed: usize,
    /// Promises of its window that are still open.
    pub open: usize,
}

/// The answer in one of the forms in which it can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum AdviceOutcome {
    /// This lead keeps the wanted share with the wanted confidence.
    Suggested {
        /// The lead, in minutes of the time base.
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
        /// The longest time that one took, in minutes of the time base.
        slowest: Minutes,
    },
    /// No record yet: ask.
    NoRecord,
}

/// The record's answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The answer.
    pub answer: AdviceOutcome,
    /// The part of the record on which it rests.
    pub used: LevelUsed,
    /// Half of them took no longer, in minutes.
    pub median: Option<Minutes>,
    /// The curve, for questions of the form "how often within X?"; none for thin records.
    pub curve: Option<Curve>,
    /// That the level used is slowing down, which no window cures.
    pub slowing: Option<Slowing>,
}

/// The chance that it was made within some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of its one-sided 80 % interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// The number of promises that were seen at that age, where none of them was done so soon.
    pub none_of: Option<usize>,
}

/// Asks the record for a date.
pub fn advise<S: Borrow<Sample>>(
    samples: &[S],
    question: &Question,
    base: &dyn TimeBase,
) -> Advice {
    advise_from(question, base, |level| {
        let mut counted = Vec::new();
        for sample in samples {
            let sample = sample.borrow();
            if level.takes(sample, question, base)? {
                counted.push(sample);
            }
        }
        Some(Cow::Owned(LevelRecord::known_at(
            counted.into_iter(),
            question.now,
        )))
    })
}

/// Asks the ledgers of the levels, the narrowest first; none where the question does not say enough.
pub(super) fn advise_from<'a, 'l>(
    question: &Question,
    base: &dyn TimeBase,
    level_record: impl Fn(AdviceLevel) -> Option<Cow<'l, LevelRecord<'a>>>,
) -> Advice
where
    'a: 'l,
{
    let mut unsettled: Option<Advice> = None;
    let mut widest = None;
    for level in AdviceLevel::ALL {
        let Some(level_record) = level_record(level) else {
            continue;
        };
        let window = level_record.window(question.now, base);
        let used = LevelUsed {
            level,
            closed: window.closed,
            open: window.open,
        };
        if used.closed >= MIN_CLOSINGS {
            let slowing = slowing(&level_record.latest_leads(CLOSINGS_COMPARED, base));
            match settle(&window, used, question.quantile) {
                Settled::Here(advice) => return Advice { slowing, ..advice },
                // A wider level may settle what this one cannot; what this one knows is kept in case none does.
                Settled::Wider(advice) => {
                    let advice = advice.map(|advice| Advice { slowing, ..advice });
                    unsettled = unsettled.or(advice);
                }
            }
        }
        widest = Some((window, used));
    }
    match (unsettled, widest) {
        (Some(advice), _) => advice,
        (None, Some((window, used))) => thin(&window, used),
        (None, None) => Advice {
            answer: AdviceOutcome::NoRecord,
            used: LevelUsed {
                level: AdviceLevel::Company,
                closed: 0,
                open: 0,
            },
            median: None,
            curve: None,
            slowing: None,
        },
    }
}

/// The share that was closed within `lead` minutes, with its interval. None for a lead below the first age that
/// counts, or at which nothing was seen yet: nothing is known of it, which is not the same as never.
pub fn chance_within(curve: &Curve, lead: Minutes) -> Option<Chance> {
    if let Some(step) = curve.at(lead) {
        return Some(Chance {
            share: 1.0 - step.survival,
            lower: 1.0 - step.upper(),
            upper: 1.0 - step.lower(),
            none_of: None,
        });
    }
    let at_risk = curve.at_risk(lead);
    (lead >= curve.from && at_risk > 0).then(|| Chance {
        share: 0.0,
        lower: 0.0,
        upper: upper_of_none(at_risk),
        none_of: Some(at_risk),
    })
}

enum Settled {
    Here(Advice),
    Wider(Option<Advice>),
}

fn settle(window: &FollowUpWindow, used: LevelUsed, quantile: f64) -> Settled {
    let Some(curve) = Curve::of(&window.lifetimes) else {
        return Settled::Wider(None);
    };
    let longest = window.longest();
    let ask = AdviceOutcome::Ask {
        fits_most: curve.quantile(quantile),
        longest,
    };
    let step = curve.bounded(quantile).copied();
    let median = curve.quantile(0.5);
    let advice = |answer| Advice {
        answer,
        used,
        median,
        curve: Some(curve),
        slowing: None,
    };
    let Some(step) = step else {
        return Settled::Here(advice(ask));
    };
    let rests_on_nobody = step.survival <= TOLERANCE && longest > step.age;
    // Else a few rush jobs would answer for everyone.
    let of_a_few = 2 * window.closed_within(step.age) < used.closed;
    if rests_on_nobody || of_a_few {
        return Settled::Wider(Some(advice(ask)));
    }
    Settled::Here(advice(AdviceOutcome::Suggested { lead: step.age }))
}

fn thin(window: &FollowUpWindow, used: LevelUsed) -> Advice {
    let answer = match window.slowest() {
        Some(slowest) if used.closed >= MIN_CLOSINGS_TOLD => AdviceOutcome::Few { slowest },
        _ => AdviceOutcome::NoRecord,
    };
    Advice {
        answer,
        used,
        median: None,
        curve: None,
        slowing: None,
    }
}

#[cfg(test)]
#[path = "advice_tests.rs"]
mod tests;
