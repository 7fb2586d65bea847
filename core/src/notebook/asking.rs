//! Asking the record: the company's own promises as samples, and the answer as sentences.

use super::Notebook;
use super::errors::ApiResult;
use super::lists;
use crate::insight::{
    Advice, Answer, Chance, Fate, Level, Minutes, Question, Sample, chance_within,
};
use crate::model::event::{EventBody, Finding, Performer};
use crate::model::people::Registry;
use crate::model::place::Kind;
use crate::model::promise::{Outcome, PromiseRecord, reduce};
use crate::model::time::{Millis, Trust};
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
                samples.extend(sample_of(&record, now, &registry));
            }
            Ok(samples)
        })
    }
}

/// The sample of a promise; none for those that say nothing about how long we take.
fn sample_of(record: &PromiseRecord, now: Millis, registry: &Registry) -> Option<Sample> {
    let facts = reduce(&record.events, registry)?;
    let waits = facts
        .made
        .not_before
        .as_ref()
        .and_then(|due| due.instant().ok())
        .is_some_and(|at| at > facts.made_at);
    if facts.retracted || facts.finding == Some(Finding::Void) || waits {
        return None;
    }
    let told = facts.communicated_at.unwrap_or(facts.made_at);
    // Done before the customer was told: the lead counts from when it was promised.
    let start = if facts.fulfilled_at.is_some_and(|done| done < told) {
        facts.made_at
    } else {
        told
    };
    if start > now || rests_on_an_unknown_clock(record) {
        return None;
    }
    let outcome = facts.state(record.id, now, registry).outcome;
    let found = record
        .events
        .iter()
        .find(|event| matches!(event.stored.body, EventBody::DisputeResolved { .. }));
    let fate = match (facts.fulfilled_at, facts.finding, &facts.cancelled, outcome) {
        (Some(done), ..) => Fate::Closed(done.max(start)),
        (None, Some(Finding::Kept), ..) => {
            Fate::Censored(found.map_or(now, |event| event.instant()))
        }
        (None, _, Some(cancelled), _) => Fate::Censored(cancelled.at.max(start)),
        (None, _, None, Outcome::NotConfirmed { .. }) => {
            Fate::Censored(facts.owed.due_at.max(start))
        }
        (None, ..) => Fate::Open,
    };
    let performer = match &facts.performer {
        Performer::Person { person } => Some(*person),
        Performer::Pool { .. } | Performer::Nobody => None,
    };
    Some(Sample {
        kind: facts.made.kind.clone(),
        performer: performer
            .and_then(|person| registry.name(person))
            .map(str::to_owned),
        team: performer
            .and_then(|person| registry.colleagues.get(&person))
            .and_then(|colleague| colleague.teams.first())
            .map(ToString::to_string),
        start,
        fate,
    })
}

/// Whether the beginning or the end is of a clock that nobody compared.
fn rests_on_an_unknown_clock(record: &PromiseRecord) -> bool {
    record.events.iter().any(|event| {
        let counts = matches!(
            event.stored.body,
            EventBody::Made(_) | EventBody::Fulfilled { .. }
        );
        counts && event.stored.time.trust() == Trust::Unknown && event.received_at.is_none()
    })
}

/// The answer of the record as sentences: the date or why there is none, what it rests on, the half.
pub fn advice_words(advice: &Advice, question: &Question) -> Vec<Words> {
    let span = |minutes: Minutes| minutes.saturating_mul(60_000);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let who = question
        .performer
        .clone()
        .unwrap_or_else(|| question.team.clone().unwrap_or_default());
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
