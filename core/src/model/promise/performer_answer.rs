//! The performer's answer to the present terms, and the message that the customer should get about it.

use super::event_history::EventHistory;
use super::performer::Assignment;
use super::terms::PresentTerms;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::{EventId, PersonId};
use crate::model::time::{Due, Millis};

/// The performer's answer to the present terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PerformerAnswer {
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
pub enum CustomerNotice {
    /// That the date stands.
    Stands,
    /// That another date is offered, and the question if it will do.
    Offer,
    /// That it will not be done as it was promised.
    Declined,
}

/// The answer, and the event that gave it.
pub(super) struct GivenAnswer {
    /// The answer.
    pub answer: PerformerAnswer,
    /// The event, for an answer that was given and not one that goes without saying.
    pub by: Option<usize>,
}

/// The answers that count: on the present terms, by the performer, given after they were made that, and seen by no
/// other such answer.
pub(super) fn standing_answers(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> Vec<usize> {
    let answers: Vec<usize> = history
        .counting()
        .filter(|at| is_answer(history.body(*at)))
        .filter(|at| {
            is_on_present_terms(history, *at, present) && is_by_performer(history, *at, assignment)
        })
        .filter(|at| knew_assignment(history, *at, assignment))
        .collect();
    let unseen = |at: &usize| !answers.iter().any(|later| history.saw(*later, *at));
    answers.iter().copied().filter(unseen).collect()
}

/// True if an event is a performer's answer to terms.
pub(super) fn is_answer(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::Accepted { .. } | EventBody::Declined { .. } | EventBody::TermsProposed { .. }
    )
}

/// True if an answer is on the present terms: it names them, or, for a proposal, it saw them.
pub(super) fn is_on_present_terms(
    history: &EventHistory<'_>,
    at: usize,
    present: &PresentTerms,
) -> bool {
    match history.body(at) {
        EventBody::Accepted { terms, .. } | EventBody::Declined { terms, .. } => present
            .events
            .iter()
            .any(|told| history.id(*told) == *terms),
        _ => present.events.iter().any(|told| history.saw(at, *told)),
    }
}

/// True if an answer is the performer's. In a pool from which no member took it every member may offer a date.
pub(super) fn is_by_performer(
    history: &EventHistory<'_>,
    at: usize,
    assignment: &Assignment<'_>,
) -> bool {
    match assignment.person() {
        Some(person) => history.acting_person(at) == Some(person),
        None => matches!(assignment.assigned, Performer::Pool { .. }),
    }
}

/// True if the author of an event had seen the assignment that made the present performer that: the last one, or an
/// equal one that was not replaced, by an author who saw it, with another performer.
pub(super) fn knew_assignment(
    history: &EventHistory<'_>,
    at: usize,
    assignment: &Assignment<'_>,
) -> bool {
    if history.saw(at, assignment.assigned_by) {
        return true;
    }
    let assigned = |by: usize| match history.body(by) {
        EventBody::Made(made) => Some(&made.performer),
        EventBody::Reassigned { performer, .. } => Some(performer),
        _ => None,
    };
    let same = |by: &usize| assigned(*by) == Some(assignment.assigned);
    let mut equal = history.counting().filter(same);
    equal.any(|by| {
        let undone = history.counting().any(|other| {
            assigned(other).is_some_and(|to| to != assignment.assigned) && history.saw(other, by)
        });
        history.saw(at, by) && !undone
    })
}

/// Finds the performer's answer.
pub(super) fn given_answer(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> GivenAnswer {
    let answers = standing_answers(history, present, assignment);
    let declined = |at: &&usize| matches!(history.body(**at), EventBody::Declined { .. });
    let offered = |at: &&usize| matches!(history.body(**at), EventBody::TermsProposed { .. });
    let by = if assignment.person().is_some() {
        answers.iter().rev().find(declined).or(answers.last())
    } else {
        // A member who declines leaves it to the rest of the pool.
        answers.iter().rev().find(offered)
    };
    let by = by.copied();
    let answer = match by.map(|at| (at, history.body(at))) {
        Some((_, EventBody::Accepted { .. })) => PerformerAnswer::Accepted,
        Some((_, EventBody::Declined { reason, .. })) => PerformerAnswer::Declined {
            reason: reason.clone(),
        },
        Some((at, EventBody::TermsProposed { due, reason, .. })) => PerformerAnswer::Proposed {
            event: history.id(at),
            due: due.clone(),
            reason: reason.clone(),
        },
        _ if is_implicitly_accepted(history, present, assignment) => PerformerAnswer::Accepted,
        _ => asked_at(history, present, assignment)
            .map_or(PerformerAnswer::None, |at| PerformerAnswer::Asked { at }),
    };
    GivenAnswer { answer, by }
}

/// True if the performer has accepted without an answer: they wrote the terms, gave the promise, gave the work to
/// themselves, took it from a pool, or offered the date that was then agreed on unchanged.
fn is_implicitly_accepted(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> bool {
    let (Some(person), Some((_, promised))) = (assignment.person(), history.promised()) else {
        return false;
    };
    let wrote = |at: usize| history.authors[at] == Some(person);
    person == promised.promiser
        || wrote(assignment.assigned_by)
        || assignment.takers.contains(&person)
        || present
            .events
            .iter()
            .any(|at| wrote(*at) || takes_up_proposal_of(history, *at, person))
}

/// True if agreed terms take up a proposal of a person, unchanged.
fn takes_up_proposal_of(history: &EventHistory<'_>, agreed: usize, person: PersonId) -> bool {
    let EventBody::TermsAgreed {
        due,
        proposal: Some(proposal),
        ..
    } = history.body(agreed)
    else {
        return false;
    };
    let Some(at) = history.causality.position(*proposal) else {
        return false;
    };
    match history.body(at) {
        EventBody::TermsProposed { due: offered, .. } => {
            history.counts(at)
                && history.saw(agreed, at)
                && history.acting_person(at) == Some(person)
                && offered.instant().ok() == due.instant().ok()
        }
        _ => false,
    }
}

/// The instant since when a performer is asked about the present terms and silent; None if no one is.
fn asked_at(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> Option<Millis> {
    let open = history.counting().filter(|at| match history.body(*at) {
        EventBody::Asked { person, terms } => {
            let meant = match assignment.person() {
                Some(performer) => performer == *person,
                None => matches!(assignment.assigned, Performer::Pool { .. }),
            };
            let answered = history.counting().any(|answer| {
                is_answer(history.body(answer))
                    && history.acting_person(answer) == Some(*person)
                    && history.saw(answer, *at)
            });
            let on = present
                .events
                .iter()
                .any(|told| history.id(*told) == *terms);
            meant && on && !answered
        }
        _ => false,
    });
    open.map(|at| history.instants[at]).min()
}

/// The message that the promiser has to give the customer after the performer's answer; None where the performer is the
/// promiser, where the customer was told since, or where the date that was accepted had passed.
pub(super) fn customer_notice(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
    given_answer: &GivenAnswer,
) -> Option<CustomerNotice> {
    let by = given_answer.by?;
    let (_, promised) = history.promised()?;
    if assignment.person() == Some(promised.promiser) {
        return None;
    }
    let told_since = history
        .counting()
        .any(|at| history.saw(at, by) && history.body(at).tells_customer());
    match &given_answer.answer {
        PerformerAnswer::Proposed { .. } => Some(CustomerNotice::Offer),
        PerformerAnswer::Declined { .. } => Some(CustomerNotice::Declined),
        PerformerAnswer::Accepted
            if !told_since && history.instants[by] <= present.terms.due_at =>
        {
            Some(CustomerNotice::Stands)
        }
        PerformerAnswer::Accepted | PerformerAnswer::Asked { .. } | PerformerAnswer::None => None,
    }
}

/// True if the customer was told before the performer was asked or had answered.
pub(super) fn told_without_asking(history: &EventHistory<'_>, assignment: &Assignment<'_>) -> bool {
    let Some((_, promised)) = history.promised() else {
        return false;
    };
    if assignment.person() == Some(promised.promiser) {
        return false;
    }
    let first = |wanted: fn(&EventBody) -> bool| {
        let all = history.counting().filter(|at| wanted(history.body(*at)));
        all.map(|at| history.instants[at]).min()
    };
    let told = first(EventBody::tells_customer);
    let asked = first(|body| matches!(body, EventBody::Asked { .. }) || is_answer(body));
    told.is_some_and(|told| asked.is_none_or(|asked| told < asked))
}
