//! The dates that the customer was told: the one that steers work, and the one that the outcome is measured against.
//!
//! Nothing broken rests on a date that was said by a clock that is behind, and any date told later replaces it.

use super::event_history::EventHistory;
use crate::model::event::PromiseRules;
use crate::model::ids::EventId;
use crate::model::time::{Due, DuePart, Millis};

/// A date that the customer was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The made or terms_agreed event.
    pub event: EventId,
    /// The instant at which they were told, in milliseconds since the epoch.
    pub told_at: Millis,
    /// The date.
    pub due: Due,
    /// The last instant in time, before grace.
    pub due_at: Millis,
    /// The grace beyond it, in milliseconds.
    pub grace_ms: i64,
    /// The date in the words that were spoken.
    pub words: String,
    /// True if the date had passed when it was told, as the device that wrote it knew: it was said by a clock that was
    /// behind, and no one can be late for it.
    pub impossible: bool,
}

impl Terms {
    /// The last instant in time, with grace.
    pub fn through(&self) -> Millis {
        self.due_at.saturating_add(self.grace_ms)
    }
}

/// Terms with the position of their event.
pub(super) type ToldTerms = (usize, Terms);

/// Every date that was told and can be read, in the order of events. None where the first cannot be read.
pub(super) fn told(history: &EventHistory<'_>) -> Option<Vec<ToldTerms>> {
    told_in(history, |position| history.counts(position))
}

/// The same for the events of a view.
pub(super) fn told_in(
    history: &EventHistory<'_>,
    in_view: impl Fn(usize) -> bool,
) -> Option<Vec<ToldTerms>> {
    let (made, promised) = history.promised()?;
    let terms = |position: usize, due: &Due, words: &str| {
        let (due_at, grace_ms) = (due.instant().ok()?, grace_ms(due, &promised.rules));
        let known = history.events[position].stored.time.known_ms;
        let terms = Terms {
            event: history.id(position),
            told_at: history.instants[position],
            due: due.clone(),
            due_at,
            grace_ms,
            words: words.to_owned(),
            impossible: known.is_some_and(|known| due_at.saturating_add(grace_ms) < known),
        };
        Some((position, terms))
    };
    let mut told = vec![terms(made, &promised.due, &promised.words)?];
    let later = (made + 1..history.verdicts.len()).filter(|position| in_view(*position));
    told.extend(later.filter_map(|position| {
        let told_date = history.body(position).told_date()?;
        terms(position, told_date.due, told_date.words)
    }));
    Some(told)
}

/// The grace, in milliseconds: the minutes of the rules in force for a minute, else 0.
fn grace_ms(due: &Due, rules: &PromiseRules) -> i64 {
    match due.part {
        DuePart::Minute { .. } => i64::from(rules.grace_minutes) * 60_000,
        DuePart::Morning | DuePart::Afternoon | DuePart::Day => 0,
    }
}

/// Of told terms, those that none of the others saw.
pub(super) fn newest<'t>(history: &EventHistory<'_>, told: &[&'t ToldTerms]) -> Vec<&'t ToldTerms> {
    let replaced = |terms: &ToldTerms| told.iter().any(|later| history.saw(later.0, terms.0));
    told.iter()
        .copied()
        .filter(|terms| !replaced(terms))
        .collect()
}

/// The earliest of several, of the possible ones where there are any, with the longest grace of those that are due at
/// the same instant.
fn earliest<'t>(told: impl Iterator<Item = &'t ToldTerms> + Clone) -> Option<ToldTerms> {
    let (position, terms) = told
        .clone()
        .min_by_key(|(position, terms)| (terms.impossible, terms.due_at, *position))?;
    let same = told.filter(|(_, other)| other.due_at == terms.due_at);
    let grace_ms = same.map(|(_, other)| other.grace_ms).max().unwrap_or(0);
    let terms = Terms {
        grace_ms,
        ..terms.clone()
    };
    Some((*position, terms))
}

/// The terms that steer work.
pub(super) struct PresentTerms {
    /// The earliest of the newest.
    pub terms: Terms,
    /// The events that told this date: an answer to one counts for the others.
    pub events: Vec<usize>,
    /// True if the customer was told different dates by people who did not know of each other.
    pub conflict: bool,
}

impl PresentTerms {
    /// True if an event told this date.
    pub fn contains(&self, history: &EventHistory<'_>, event: EventId) -> bool {
        let mut events = self.events.iter();
        events.any(|told| history.id(*told) == event)
    }
}

/// The told terms that no later ones saw; of several the earliest.
pub(super) fn present(history: &EventHistory<'_>, told: &[ToldTerms]) -> Option<PresentTerms> {
    let newest = newest(history, &told.iter().collect::<Vec<_>>());
    let (_, terms) = earliest(newest.iter().copied())?;
    let same = |other: &&&ToldTerms| other.1.due_at == terms.due_at;
    let events: Vec<usize> = newest
        .iter()
        .filter(same)
        .map(|(position, _)| *position)
        .collect();
    Some(PresentTerms {
        conflict: events.len() < newest.len(),
        events,
        terms,
    })
}

/// The events of told terms that were replaced in time: terms that saw them were told before the latest of the dates
/// that these replace had passed.
pub(super) fn replaced_in_time(history: &EventHistory<'_>, told: &[&ToldTerms]) -> Vec<usize> {
    let mut replaced = Vec::new();
    for later in told {
        let seen: Vec<&ToldTerms> = told
            .iter()
            .copied()
            .filter(|terms| history.saw(later.0, terms.0))
            .collect();
        let before = newest(history, &seen);
        // The moment at which a date passes that was said by a clock that was behind is not known.
        let passes = |terms: &Terms| match terms.impossible {
            true => Millis::MAX,
            false => terms.due_at,
        };
        let latest = before.iter().map(|(_, terms)| passes(terms)).max();
        if latest.is_some_and(|latest| later.1.told_at <= latest) {
            replaced.extend(before.iter().map(|(position, _)| *position));
        }
    }
    replaced
}

/// The date that the outcome is measured against: the earliest that was not replaced in time. For a fulfilment or
/// cancellation at `performed_at` only dates that were told before that instant count, and always the one promised
/// first.
pub(super) fn owed(
    history: &EventHistory<'_>,
    told: &[ToldTerms],
    performed_at: Option<Millis>,
) -> Option<Terms> {
    let counts = |(position, terms): &&ToldTerms| {
        Some(*position) == history.made
            || performed_at.is_none_or(|performed_at| terms.told_at <= performed_at)
    };
    let told: Vec<&ToldTerms> = told.iter().filter(counts).collect();
    let replaced = replaced_in_time(history, &told);
    let binding = told
        .iter()
        .filter(|(position, _)| !replaced.contains(position));
    earliest(binding.copied()).map(|(_, terms)| terms)
}
