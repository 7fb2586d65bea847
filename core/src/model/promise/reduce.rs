//! From events to facts: everything that the events say and that no clock changes.
//!
//! Pure, and independent of the clock: [`state`](super::state) adds the present moment.

use std::collections::BTreeSet;

use super::alternatives::{Alternative, alternatives};
use super::correction::corrected_at;
use super::customer::with_customer;
use super::disputes::{Disputes, disputes};
use super::event_history::{EventHistory, Verdict};
use super::flags::{Flag, flags};
use super::performance::{Cancellation, Performance, PerformanceResult, performance};
use super::performer::{Assignment, assignment, performers_until};
use super::performer_answer::{self, CustomerNotice, GivenAnswer, PerformerAnswer, given_answer};
use super::permissions::NotAllowed;
use super::terms::{PresentTerms, Terms, ToldTerms, present, told};
use crate::model::event::{Event, EventBody, Finding, Performer, PromiseMade};
use crate::model::ids::{EventId, PersonId};
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// Everything that the events say and that no clock changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The promise as it was made, with the customer who was named since.
    pub made: PromiseMade,
    /// The instant at which it was made, in milliseconds since the epoch.
    pub made_at: Millis,
    /// The instant at which the customer was first told of it or of another date for it, in milliseconds since the
    /// epoch; None if no event says so.
    pub communicated_at: Option<Millis>,
    /// True if the customer was told before the performer was asked.
    pub told_without_asking: bool,
    /// True if the promise itself was taken back as a mistake.
    pub retracted: bool,
    /// The terms that steer work.
    pub present: Terms,
    /// The date that the outcome is measured against.
    pub owed: Terms,
    /// The person or pool that is to deliver: the taker, where a member took it from a pool.
    pub performer: Performer,
    /// The person or pool that it was given to: the pool, also where a member took it.
    pub assigned: Performer,
    /// Everyone who was to deliver before the owed date, every member of a pool from which no member took it.
    pub performers_before_due: BTreeSet<PersonId>,
    /// The person who accepted it and answers for it: not one who stepped in after its date.
    pub answerable: Option<PersonId>,
    /// The performer's answer.
    pub answer: PerformerAnswer,
    /// The message that the promiser has to give the customer after that answer; None if there is none.
    pub customer_notice: Option<CustomerNotice>,
    /// True if the performer began to work.
    pub started: bool,
    /// The instant at which the performer began to work, in milliseconds since the epoch; None if not begun.
    pub started_at: Option<Millis>,
    /// The instant at which it was done, in milliseconds since the epoch; of several the earliest.
    pub fulfilled_at: Option<Millis>,
    /// The cancellation; of several the earliest.
    pub cancelled: Option<Cancellation>,
    /// The result of fulfilments and cancellations.
    pub decision: PerformanceResult,
    /// The facts that the outcome would rest on if the times of unknown clocks were others; None where these are too
    /// many to try.
    pub alternatives: Option<Vec<Alternative>>,
    /// A dispute without a finding, or with findings that contradict each other, in the words of who
    /// disputes.
    pub disputed: Option<String>,
    /// The event of that dispute.
    pub open_dispute: Option<EventId>,
    /// The finding that decides the outcome; None if there is none.
    pub finding: Option<Finding>,
    /// The instant at which it was found, in milliseconds since the epoch.
    pub found_at: Option<Millis>,
    /// The reason why the promise itself does not count; then nothing else of it is measured. None if it counts.
    pub not_counted: Option<NotAllowed>,
    /// The flags that hold whatever the time.
    pub flags: Vec<Flag>,
    /// The events that their authors may not write, with why.
    pub not_allowed: Vec<(EventId, NotAllowed)>,
    /// The events that their authors took back.
    pub taken_back: Vec<EventId>,
}

impl Facts {
    /// The owed instant with grace, in milliseconds since the epoch.
    pub fn owed_through(&self) -> Millis {
        self.owed.through()
    }

    /// The instant from which lateness counts: the owed one; none that ever comes where a clock that was behind said
    /// the date.
    pub(super) fn late_from(&self) -> Millis {
        if self.owed.impossible {
            Millis::MAX
        } else {
            self.owed.due_at
        }
    }

    /// The last instant at which it is not late.
    pub(super) fn late_after(&self) -> Millis {
        if self.owed.impossible {
            Millis::MAX
        } else {
            self.owed_through()
        }
    }

    /// The next instant at which time alone changes the state; none when only events can.
    pub fn next_at(&self) -> Option<Millis> {
        let waits =
            self.decision == PerformanceResult::Undone && self.finding.is_none() && !self.retracted;
        waits.then(|| self.owed_through().saturating_add(1))
    }
}

/// The answers that facts and explanations are made from.
pub(super) struct PromiseAnalysis<'a> {
    pub history: EventHistory<'a>,
    pub made: (usize, &'a PromiseMade),
    pub told: Vec<ToldTerms>,
    pub present: PresentTerms,
    pub assignment: Assignment<'a>,
    pub given_answer: GivenAnswer,
    pub performance: Performance,
    pub disputes: Disputes,
}

impl<'a> PromiseAnalysis<'a> {
    pub fn of(events: &'a [Event], registry: &'a Registry) -> Option<Self> {
        let history = EventHistory::of(events, registry);
        let made = history.promised()?;
        let told = told(&history)?;
        let present = present(&history, &told)?;
        let assignment = assignment(&history, |position| history.counts(position))?;
        let given_answer = given_answer(&history, &present, &assignment);
        Some(Self {
            performance: performance(&history, &told)?,
            disputes: disputes(&history),
            history,
            made,
            told,
            present,
            assignment,
            given_answer,
        })
    }

    /// The person who accepted it, but for those who stepped in.
    fn answerable(&self) -> Option<PersonId> {
        let history = &self.history;
        if history.step_ins.is_empty() {
            let accepted = self.given_answer.answer == PerformerAnswer::Accepted;
            return self.assignment.person().filter(|_| accepted);
        }
        let regular =
            |position: usize| history.counts(position) && !history.step_ins.contains(&position);
        let assignment = assignment(history, regular)?;
        let accepted =
            given_answer(history, &self.present, &assignment).answer == PerformerAnswer::Accepted;
        assignment.person().filter(|_| accepted)
    }

    /// The instant at which the present performer began, in milliseconds since the epoch; None if they did not.
    fn started_at(&self) -> Option<Millis> {
        let history = &self.history;
        let person = self.assignment.person()?;
        let began = history.counting().filter(|position| {
            matches!(history.body(*position), EventBody::Started { .. })
                && history.acting_person(*position) == Some(person)
                && performer_answer::knew_assignment(history, *position, &self.assignment)
        });
        began.map(|position| history.instants[position]).min()
    }
}

/// Reads the events of a promise that counts. None where `made` is not here, does not count, or its date
/// cannot be read.
pub fn reduce(events: &[Event], registry: &Registry) -> Option<Facts> {
    let analysis = PromiseAnalysis::of(events, registry)?;
    let PromiseAnalysis {
        history,
        made: (made_at, made),
        told,
        present,
        assignment,
        given_answer,
        performance,
        disputes,
    } = &analysis;
    let told_times = history
        .counting()
        .filter(|position| history.body(*position).tells_customer())
        .map(|position| history.instants[position]);
    let corrected = corrected_at(history, told, performance);
    let started_at = analysis.started_at();
    let answerable = analysis.answerable();
    let judged_events = || history.verdicts.iter().zip(&history.events);
    Some(Facts {
        made: with_customer(history, made),
        made_at: history.instants[*made_at],
        communicated_at: told_times.min(),
        told_without_asking: performer_answer::told_without_asking(history, assignment),
        retracted: !history.counts(*made_at),
        present: present.terms.clone(),
        owed: performance.owed.clone(),
        performer: assignment.performer(),
        assigned: assignment.assigned.clone(),
        performers_before_due: performers_until(
            history,
            &history.instants,
            performance.owed.through(),
        ),
        answerable,
        answer: given_answer.answer.clone(),
        customer_notice: performer_answer::customer_notice(
            history,
            present,
            assignment,
            given_answer,
        ),
        started: started_at.is_some(),
        started_at,
        fulfilled_at: performance.done.map(|(_, done)| done),
        cancelled: performance.cancelled.as_ref().map(|(_, c)| c.clone()),
        decision: performance.decision,
        alternatives: alternatives(history, told),
        disputed: disputes.open.and_then(|position| {
            let EventBody::Disputed { words } = history.body(position) else {
                return None;
            };
            Some(words.clone())
        }),
        open_dispute: disputes.open.map(|position| history.id(position)),
        finding: disputes.found.map(|(finding, _)| finding),
        found_at: disputes.found.map(|(_, instant)| instant),
        not_counted: None,
        flags: flags(history, present, assignment, performance, corrected),
        not_allowed: judged_events()
            .filter_map(|(verdict, event)| match verdict {
                Verdict::NotAllowed(reason) => Some((event.id, *reason)),
                Verdict::Counts | Verdict::TakenBack(_) => None,
            })
            .collect(),
        taken_back: judged_events()
            .filter(|(verdict, _)| matches!(verdict, Verdict::TakenBack(_)))
            .map(|(_, event)| event.id)
            .collect(),
    })
}
