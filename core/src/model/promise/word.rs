//! The performer's answer to the present terms, and the message that the customer should get about it.

use super::performer::Performing;
use super::reading::Reading;
use super::terms::Present;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::{EventId, PersonId};
use crate::model::time::{Due, Millis};

/// The performer's answer to the present terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// No performer was asked.
    None,
    /// Asked at this instant, and silent.
    Asked {
        /// The instant, in milliseconds since the epoch.
        at: Millis,
    },
    /// Accepted.
    Accepted,
    /// Declined.
    Declined {
        /// The reason.
        reason: String,
    },
    /// Another date is offered.
    Proposed {
        /// The proposal's event.
        event: EventId,
        /// The date.
        due: Due,
        /// The reason.
        reason: String,
    },
}

/// The message that the promiser has to give the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// That the date stands.
    Stands,
    /// That another date is offered, and the question if it will do.
    Offer,
    /// That it will not be done as it was promised.
    Declined,
}

/// The answer, and the event that gave it.
pub(super) struct Given {
    /// The answer.
    pub word: Word,
    /// The event, for an answer that was given and not one that goes without saying.
    pub by: Option<usize>,
}

/// The answers that count: on the present terms, by the performer, given after they were made that, and seen by no
/// other such answer.
pub(super) fn standing_words(
    reading: &Reading<'_>,
    present: &Present,
    performing: &Performing<'_>,
) -> Vec<usize> {
    let words: Vec<usize> = reading
        .counting()
        .filter(|at| is_word(reading.body(*at)))
        .filter(|at| is_on(reading, *at, present) && speaks(reading, *at, performing))
        .filter(|at| knew_the_task(reading, *at, performing))
        .collect();
    let unseen = |at: &usize| !words.iter().any(|later| reading.saw(*later, *at));
    words.iter().copied().filter(unseen).collect()
}

/// True if an event is a performer's answer to terms.
pub(super) fn is_word(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::Accepted { .. } | EventBody::Declined { .. } | EventBody::TermsProposed { .. }
    )
}

/// True if an answer is on the present terms: it names them, or, for a proposal, it saw them.
pub(super) fn is_on(reading: &Reading<'_>, at: usize, present: &Present) -> bool {
    match reading.body(at) {
        EventBody::Accepted { terms, .. } | EventBody::Declined { terms, .. } => present
            .events
            .iter()
            .any(|told| reading.id(*told) == *terms),
        _ => present.events.iter().any(|told| reading.saw(at, *told)),
    }
}

/// True if an answer is the performer's. In a pool from which no member took it every member may offer a date.
pub(super) fn speaks(reading: &Reading<'_>, at: usize, performing: &Performing<'_>) -> bool {
    match performing.person() {
        Some(person) => reading.voice(at) == Some(person),
        None => matches!(performing.assigned, Performer::Pool { .. }),
    }
}

/// True if the author of an event had seen the assignment that made the present performer that: the last one, or an
/// equal one that was not replaced, by an author who saw it, with another performer.
pub(super) fn knew_the_task(reading: &Reading<'_>, at: usize, performing: &Performing<'_>) -> bool {
    if reading.saw(at, performing.assigned_by) {
        return true;
    }
    let assigned = |by: usize| match reading.body(by) {
        EventBody::Made(made) => Some(&made.performer),
        EventBody::Reassigned { performer, .. } => Some(performer),
        _ => None,
    };
    let same = |by: &usize| assigned(*by) == Some(performing.assigned);
    let mut equal = reading.counting().filter(same);
    equal.any(|by| {
        let undone = reading.counting().any(|other| {
            assigned(other).is_some_and(|to| to != performing.assigned) && reading.saw(other, by)
        });
        reading.saw(at, by) && !undone
    })
}

/// Finds the performer's answer.
pub(super) fn given(
    reading: &Reading<'_>,
    present: &Present,
    performing: &Performing<'_>,
) -> Given {
    let words = standing_words(reading, present, performing);
    let declined = |at: &&usize| matches!(reading.body(**at), EventBody::Declined { .. });
    let offered = |at: &&usize| matches!(reading.body(**at), EventBody::TermsProposed { .. });
    let by = if performing.person().is_some() {
        words.iter().rev().find(declined).or(words.last())
    } else {
        // A member who declines leaves it to the rest of the pool.
        words.iter().rev().find(offered)
    };
    let by = by.copied();
    let word = match by.map(|at| (at, reading.body(at))) {
        Some((_, EventBody::Accepted { .. })) => Word::Accepted,
        Some((_, EventBody::Declined { reason, .. })) => Word::Declined {
            reason: reason.clone(),
        },
        Some((at, EventBody::TermsProposed { due, reason, .. })) => Word::Proposed {
            event: reading.id(at),
            due: due.clone(),
            reason: reason.clone(),
        },
        _ if goes_without_saying(reading, present, performing) => Word::Accepted,
        _ => asked_at(reading, present, performing).map_or(Word::None, |at| Word::Asked { at }),
    };
    Given { word, by }
}

/// True if the performer has accepted without an answer: they wrote the terms, gave the promise, gave the work to
/// themselves, took it from a pool, or offered the date that was then agreed on unchanged.
fn goes_without_saying(
    reading: &Reading<'_>,
    present: &Present,
    performing: &Performing<'_>,
) -> bool {
    let (Some(person), Some((_, promised))) = (performing.person(), reading.promised()) else {
        return false;
    };
    let wrote = |at: usize| reading.authors[at] == Some(person);
    person == promised.promiser
        || wrote(performing.assigned_by)
        || performing.takers.contains(&person)
        || present
            .events
            .iter()
            .any(|at| wrote(*at) || offered_by(reading, *at, person))
}

/// True if agreed terms take up a proposal of a person, unchanged.
fn offered_by(reading: &Reading<'_>, agreed: usize, person: PersonId) -> bool {
    let EventBody::TermsAgreed {
        due,
        proposal: Some(proposal),
        ..
    } = reading.body(agreed)
    else {
        return false;
    };
    let Some(at) = reading.causality.position(*proposal) else {
        return false;
    };
    match reading.body(at) {
        EventBody::TermsProposed { due: offered, .. } => {
            reading.counts(at)
                && reading.saw(agreed, at)
                && reading.voice(at) == Some(person)
                && offered.instant().ok() == due.instant().ok()
        }
        _ => false,
    }
}

/// The instant since when a performer is asked about the present terms and silent; None if no one is.
fn asked_at(
    reading: &Reading<'_>,
    present: &Present,
    performing: &Performing<'_>,
) -> Option<Millis> {
    let open = reading.counting().filter(|at| match reading.body(*at) {
        EventBody::Asked { person, terms } => {
            let meant = match performing.person() {
                Some(performer) => performer == *person,
                None => matches!(performing.assigned, Performer::Pool { .. }),
            };
            let answered = reading.counting().any(|word| {
                is_word(reading.body(word))
                    && reading.voice(word) == Some(*person)
                    && reading.saw(word, *at)
            });
            let on = present
                .events
                .iter()
                .any(|told| reading.id(*told) == *terms);
            meant && on && !answered
        }
        _ => false,
    });
    open.map(|at| reading.instants[at]).min()
}

/// The message that the promiser has to give the customer after the performer's answer; None where the performer is the
/// promiser, where the customer was told since, or where the date that was accepted had passed.
pub(super) fn tell(
    reading: &Reading<'_>,
    present: &Present,
    performing: &Performing<'_>,
    given: &Given,
) -> Option<Tell> {
    let by = given.by?;
    let (_, promised) = reading.promised()?;
    if performing.person() == Some(promised.promiser) {
        return None;
    }
    let told_since = reading
        .counting()
        .any(|at| reading.saw(at, by) && reading.body(at).tells_customer());
    match &given.word {
        Word::Proposed { .. } => Some(Tell::Offer),
        Word::Declined { .. } => Some(Tell::Declined),
        Word::Accepted if !told_since && reading.instants[by] <= present.terms.due_at => {
            Some(Tell::Stands)
        }
        Word::Accepted | Word::Asked { .. } | Word::None => None,
    }
}

/// True if the customer was told before the performer was asked or had answered.
pub(super) fn told_without_asking(reading: &Reading<'_>, performing: &Performing<'_>) -> bool {
    let Some((_, promised)) = reading.promised() else {
        return false;
    };
    if performing.person() == Some(promised.promiser) {
        return false;
    }
    let first = |wanted: fn(&EventBody) -> bool| {
        let all = reading.counting().filter(|at| wanted(reading.body(*at)));
        all.map(|at| reading.instants[at]).min()
    };
    let told = first(EventBody::tells_customer);
    let asked = first(|body| matches!(body, EventBody::Asked { .. }) || is_word(body));
    told.is_some_and(|told| asked.is_none_or(|asked| told < asked))
}
