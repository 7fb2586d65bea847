//! Asking the record: the company's own promises as samples, and the answer as sentences.

use super::Notebook;
use super::errors::ApiResult;
use super::lists;
use crate::insight::{
    Advice, Answer, Chance, Level, Minutes, Question, Sample, chance_within, sample_of,
};
use crate::model::place::Kind;
use crate::model::promise::{PromiseRecord, reduce};
use crate::store::{meta, queries, registry};
use crate::words::Words;

impl Notebook {
    /// Every promise that is here as a sample of the record, without customer, words or promiser.
    pub fn samples(&self) -> ApiResult<Vec<Sample>> {
        self.read(|store| {
            let registry = registry::load(store.read())?;
            let now = meta::now(store.read(), self.environment.as_ref())?.instant(None);
            let rows = queries::latest(store.read(), &[Kind::Promise], u32::MAX)?;
            let mut samples = Vec::with_capacity(rows.len());
            for row in rows {
                let record: PromiseRecord = lists::decode(&row.detail)?;
                samples.extend(
                    reduce(&record.events, &registry)
                        .and_then(|facts| sample_of(&record, &facts, now, &registry)),
                );
            }
            Ok(samples)
        })
    }
}

/// The answer of the record as sentences: the date or why there is none, what it rests on, the half.
/// `who` is what the performer is called.
pub fn advice_words(advice: &Advice, question: &Question, who: &str) -> Vec<Words> {
    let span = |minutes: Minutes| minutes.saturating_mul(60_000);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let percent = (question.quantile * 100.0).round() as i64;
    let open = count(advice.used.open);
    let answer = match &advice.answer {
        Answer::Suggested { lead } => Words::new("when-suggested")
            .number("lead", span(*lead))
            .number("percent", percent),
        Answer::Ask {
            fits_most: Some(lead),
            longest,
        } => Words::new("when-ask")
            .number("lead", span(*lead))
            .number("longest", span(*longest))
            .number("open", open),
        Answer::Ask {
            fits_most: None,
            longest,
        } => Words::new("when-never-reached")
            .number("longest", span(*longest))
            .number("open", open),
        Answer::Few { slowest } => Words::new("when-few")
            .number("slowest", span(*slowest))
            .number("closed", count(advice.used.closed)),
        Answer::NoRecord => Words::new("when-no-record"),
    };
    // words: when-level-performer when-level-team when-level-kind when-level-company
    let level = match advice.used.level {
        Level::KindAndPerformer => Words::new("when-level-performer").text("who", who),
        Level::KindAndTeam => {
            Words::new("when-level-team").text("team", question.team.clone().unwrap_or_default())
        }
        Level::Kind => Words::new("when-level-kind"),
        Level::Company => Words::new("when-level-company"),
    };
    let level = level
        .text("kind", &question.kind)
        .number("closed", count(advice.used.closed))
        .number("open", open);
    let half = advice
        .median
        .map(|lead| Words::new("when-median").number("lead", span(lead)));
    [Some(answer), Some(level), half]
        .into_iter()
        .flatten()
        .collect()
}

/// How often it was made within `lead` minutes, as a sentence. None for thin records.
pub fn chance_words(advice: &Advice, lead: Minutes) -> Option<(Chance, Words)> {
    let chance = chance_within(advice.curve.as_ref()?, lead);
    let percent = |share: f64| (share * 100.0).round() as i64;
    let words = Words::new("when-chance")
        .number("lead", lead.saturating_mul(60_000))
        .number("percent", percent(chance.share))
        .number("lower", percent(chance.lower))
        .number("upper", percent(chance.upper));
    Some((chance, words))
}
