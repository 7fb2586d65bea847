//! The performer's answer to the present terms, and the notice that the customer should get of it.

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
    /// Asked since an instant, and silent.
    Asked {
        /// The instant, in milliseconds since the epoch.
        since: Millis,
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
        .filter(|position| history.body(*position).is_answer())
        .filter(|position| {
            is_on_present_terms(history, *position, present)
                && is_by_performer(history, *position, assignment)
        })
        .filter(|position| knew_assignment(history, *position, assignment))
        .collect();
    let unseen = |position: &usize| !answers.iter().any(|later| history.saw(*later, *position));
    answers.iter().copied().filter(unseen).collect()
}

/// True if an answer is on the present terms: it names them, or, for a proposal, it saw them.
pub(super) fn is_on_present_terms(
    history: &EventHistory<'_>,
    position: usize,
    present: &PresentTerms,
) -> bool {
    if let EventBody::Accepted { terms, .. } | EventBody::Declined { terms, .. } =
        history.body(position)
    {
        return present.contains(history, *terms);
    }
    present
        .events
        .iter()
        .any(|told| history.saw(position, *told))
}

/// True if an answer is the performer's. In a pool from which no member took it every member may offer a date.
pub(super) fn is_by_performer(
    history: &EventHistory<'_>,
    position: usize,
    assignment: &Assignment<'_>,
) -> bool {
    match assignment.person() {
        Some(person) => history.acting_person(position) == Some(person),
        None => matches!(assignment.assigned, Performer::Pool { .. }),
    }
}

/// True if the author of an event had seen the assignment that made the present performer that: the last one, or an
/// equal one that was not replaced, by an author who saw it, with another performer.
pub(super) fn knew_assignment(
    history: &EventHistory<'_>,
    position: usize,
    assignment: &Assignment<'_>,
) -> bool {
    if history.saw(position, assignment.assigned_by) {
        return true;
    }
    let assigned = |by: usize| history.body(by).named_performer();
    let same = |by: &usize| assigned(*by) == Some(assignment.assigned);
    let mut equal = history.counting().filter(same);
    equal.any(|by| {
        let undone = history.counting().any(|other| {
            assigned(other).is_some_and(|to| to != assignment.assigned) && history.saw(other, by)
        });
        history.saw(position, by) && !undone
    })
}

/// Finds the performer's answer.
pub(super) fn given_answer(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> GivenAnswer {
    let answers = standing_answers(history, present, assignment);
    let declined =
        |position: &&usize| matches!(history.body(**position), EventBody::Declined { .. });
    let offered =
        |position: &&usize| matches!(history.body(**position), EventBody::TermsProposed { .. });
    let by = if assignment.person().is_some() {
        answers.iter().rev().find(declined).or(answers.last())
    } else {
        // A member who declines leaves it to the rest of the pool.
        answers.iter().rev().find(offered)
    };
    let by = by.copied();
    let answer = match by.map(|position| (position, history.body(position))) {
        Some((_, EventBody::Accepted { .. })) => PerformerAnswer::Accepted,
        Some((_, EventBody::Declined { reason, .. })) => PerformerAnswer::Declined {
            reason: reason.clone(),
        },
        Some((position, EventBody::TermsProposed { due, reason, .. })) => {
            PerformerAnswer::Proposed {
                event: history.id(position),
                due: due.clone(),
                reason: reason.clone(),
            }
        }
        _ if is_implicitly_accepted(history, present, assignment) => PerformerAnswer::Accepted,
        _ => asked_at(history, present, assignment).map_or(PerformerAnswer::None, |since| {
            PerformerAnswer::Asked { since }
        }),
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
    let wrote = |position: usize| history.authors[position] == Some(person);
    person == promised.promiser
        || wrote(assignment.assigned_by)
        || assignment.takers.contains(&person)
        || present
            .events
            .iter()
            .any(|position| wrote(*position) || takes_up_proposal_of(history, *position, person))
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
    let Some(position) = history.causality.position(*proposal) else {
        return false;
    };
    matches!(
        history.body(position),
        EventBody::TermsProposed { due: offered, .. }
            if history.counts(position)
                && history.saw(agreed, position)
                && history.acting_person(position) == Some(person)
                && offered.instant().ok() == due.instant().ok()
    )
}

/// The instant since when a performer is asked about the present terms and silent; None if no one is.
fn asked_at(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> Option<Millis> {
    let open = history
        .counting()
        .filter(|position| is_open_ask(history, *position, present, assignment));
    open.map(|position| history.instants[position]).min()
}

/// True if an event asks the performer, or a member of the pool, about the present terms, and they have not answered
/// since.
pub(super) fn is_open_ask(
    history: &EventHistory<'_>,
    position: usize,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
) -> bool {
    let Some((person, terms)) = history.body(position).asked() else {
        return false;
    };
    let meant = match assignment.person() {
        Some(performer) => performer == person,
        None => matches!(assignment.assigned, Performer::Pool { .. }),
    };
    let answered = || {
        history.counting().any(|answer| {
            history.body(answer).is_answer()
                && history.acting_person(answer) == Some(person)
                && history.saw(answer, position)
        })
    };
    meant && present.contains(history, terms) && !answered()
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
        .any(|position| history.saw(position, by) && history.body(position).tells_customer());
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
        let all = history
            .counting()
            .filter(|position| wanted(history.body(*position)));
        all.map(|position| history.instants[position]).min()
    };
    let told = first(EventBody::tells_customer);
    let asked = first(|body| matches!(body, EventBody::Asked { .. }) || body.is_answer());
    told.is_some_and(|told| asked.is_none_or(|asked| told < asked))
}
