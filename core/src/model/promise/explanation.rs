//! The explanation of a promise's state: the effect of each event, and the row of each table that matched.

use serde::Serialize;

use super::customer::naming_event;
use super::disputes::Disputes;
use super::event_history::{EventHistory, Verdict};
use super::performer_answer::{
    is_by_performer, is_on_present_terms, is_open_ask, knew_assignment, standing_answers,
};
use super::permissions::NotAllowed;
use super::reduce::{Facts, PromiseAnalysis};
use super::state::{OutcomeRule, WorkRule};
use super::terms::replaced_in_time;
use super::uncounted::read;
use crate::model::event::{Event, EventBody, Performer};
use crate::model::event_kind::EffectClass;
use crate::model::ids::{DocId, EventId};
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// The effect of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum EventEffect {
    /// Nothing: its author may not write it.
    NotAllowed {
        /// The reason.
        reason: NotAllowed,
    },
    /// Nothing: its author took it back.
    TakenBack,
    /// Nothing: only a newer version knows its type.
    Unknown,
    /// Nothing to state or outcome; it is kept as it is.
    Noted,
    /// Its date binds: work and outcome are measured against it.
    DateBinds,
    /// Its date steers work; the outcome is measured against an earlier one that had passed.
    DateSteersWork,
    /// Its date binds the outcome, for it was not replaced in time; later ones steer work.
    DateStaysOwed,
    /// Its date was replaced in time.
    DateReplaced,
    /// It was told after the promise was done, which is measured against the dates told before.
    DateAfterDeed,
    /// Its date stands beside another one that another author told; the earliest binds.
    DateConflicts,
    /// Lead time counts from here.
    LeadStarts,
    /// It asks a person who has not answered.
    Asks,
    /// The person whom it asks has answered, or it no longer matters.
    AskAnswered,
    /// It is the performer's answer.
    WordCounts,
    /// A later answer of the performer replaces it.
    WordReplaced,
    /// It is about a date that is not the present one.
    WordOnOtherDate,
    /// It is not the performer's, or was given before they were that.
    WordOfAnother,
    /// It names the performer.
    Assigns,
    /// A later one names the performer.
    AssignmentReplaced,
    /// It takes the promise from the pool.
    TakesIt,
    /// Another member took it as well, and that one counts.
    TookItToo,
    /// It leaves the promise to the rest of the pool.
    LeavesIt,
    /// Work began.
    Begins,
    /// It is the proof that counts.
    ProofCounts,
    /// It is a proof beside an earlier one.
    ProofBeside,
    /// It calls the promise off.
    CallsOff,
    /// It calls the promise off after the owed date: the outcome stays.
    CallsOffLate,
    /// It was called off earlier, or done before: this changes nothing.
    CallsOffNothing,
    /// It disputes the fulfilment, and waits for a finding.
    Disputes,
    /// The dispute was settled.
    DisputeSettled,
    /// It decides the outcome.
    Decides,
    /// It settles a dispute beside the one that decides, or contradicts another finding.
    FindsBeside,
    /// A later finding replaces it, or there is no dispute that it settles.
    FindingReplaced,
    /// It takes an event back.
    TakesBack,
    /// It names the customer.
    NamesCustomer,
    /// A later one names the customer.
    CustomerReplaced,
}

/// One event and its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TraceLine {
    /// The event.
    pub event: EventId,
    /// The effect.
    pub effect: EventEffect,
}

/// The explanation of a promise's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Every event in its order.
    pub lines: Vec<TraceLine>,
    /// The row of the outcome table that matched.
    pub outcome: OutcomeRule,
    /// The row of the work table that matched.
    pub work: WorkRule,
}

/// Explains the state of a promise at `now`. None where there is none.
pub fn why(events: &[Event], doc: DocId, now: Millis, registry: &Registry) -> Option<Trace> {
    let facts = read(events, registry)?;
    if facts.not_counted.is_some() {
        return Some(of_uncounted(events, &facts, doc, now, registry));
    }
    let analysis = PromiseAnalysis::of(events, registry)?;
    let history = &analysis.history;
    let mut explainer = Explainer {
        replaced: vec![],
        answers: standing_answers(history, &analysis.present, &analysis.assignment),
        analysis: &analysis,
    };
    let told = analysis.told.iter();
    let before: Vec<_> = told
        .filter(|(position, _)| !explainer.told_after_performance(*position))
        .collect();
    explainer.replaced = replaced_in_time(history, &before);
    let lines = (0..history.events.len()).map(|position| TraceLine {
        event: history.id(position),
        effect: explainer.effect(position),
    });
    Some(Trace {
        lines: lines.collect(),
        outcome: facts.outcome(doc, now, registry).0,
        work: facts.work_by_rule().0,
    })
}

/// Of a promise that does not count no event does anything.
fn of_uncounted(
    events: &[Event],
    facts: &Facts,
    doc: DocId,
    now: Millis,
    registry: &Registry,
) -> Trace {
    let effect = |event: &Event| {
        let reason = facts.not_allowed.iter().find(|(id, _)| *id == event.id);
        match (reason, &event.stored.body) {
            (Some((_, reason)), _) => EventEffect::NotAllowed { reason: *reason },
            _ if facts.taken_back.contains(&event.id) => EventEffect::TakenBack,
            (None, EventBody::Retracted { .. }) => EventEffect::TakesBack,
            (None, EventBody::Unknown(_)) => EventEffect::Unknown,
            (None, _) => EventEffect::Noted,
        }
    };
    let history = EventHistory::of(events, registry);
    let lines = history.events.iter().map(|event| TraceLine {
        event: event.id,
        effect: effect(event),
    });
    Trace {
        lines: lines.collect(),
        outcome: facts.outcome(doc, now, registry).0,
        work: facts.work_by_rule().0,
    }
}

struct Explainer<'a, 'e> {
    analysis: &'a PromiseAnalysis<'e>,
    /// Told terms that were replaced in time.
    replaced: Vec<usize>,
    /// The performer's standing words.
    answers: Vec<usize>,
}

impl Explainer<'_, '_> {
    fn effect(&self, position: usize) -> EventEffect {
        let history = &self.analysis.history;
        match history.verdicts[position] {
            Verdict::NotAllowed(reason) => return EventEffect::NotAllowed { reason },
            Verdict::TakenBack(_) => return EventEffect::TakenBack,
            Verdict::Counts => {}
        }
        let body = history.body(position);
        let Some(kind) = body.kind() else {
            return EventEffect::Unknown;
        };
        match kind.effect() {
            EffectClass::Date => self.date(position),
            EffectClass::Lead => self.lead(position),
            EffectClass::Ask => self.ask(position),
            EffectClass::Answer => self.pool(position).unwrap_or_else(|| self.answer(position)),
            EffectClass::Assignment if self.analysis.assignment.assigned_by == position => {
                EventEffect::Assigns
            }
            EffectClass::Assignment => EventEffect::AssignmentReplaced,
            EffectClass::Start => self.pool(position).unwrap_or(EventEffect::Begins),
            EffectClass::Proof => match self.analysis.performance.done {
                Some((done, _)) if done == position => EventEffect::ProofCounts,
                _ => EventEffect::ProofBeside,
            },
            EffectClass::Cancellation => self.cancellation(position),
            EffectClass::Dispute if self.analysis.disputes.open == Some(position) => {
                EventEffect::Disputes
            }
            EffectClass::Dispute => EventEffect::DisputeSettled,
            EffectClass::Finding => finding(position, &self.analysis.disputes, body),
            EffectClass::Customer if naming_event(history) == Some(position) => {
                EventEffect::NamesCustomer
            }
            EffectClass::Customer => EventEffect::CustomerReplaced,
            EffectClass::Retraction => EventEffect::TakesBack,
            EffectClass::Nothing => EventEffect::Noted,
        }
    }

    fn date(&self, position: usize) -> EventEffect {
        if self.told_after_performance(position) {
            return EventEffect::DateAfterDeed;
        }
        let present = &self.analysis.present;
        let told = self
            .analysis
            .told
            .iter()
            .find(|(told, _)| *told == position);
        let binds =
            told.is_some_and(|(_, terms)| terms.due_at == self.analysis.performance.owed.due_at);
        let superseded = self.analysis.told.iter().any(|(later, _)| {
            self.analysis.history.saw(*later, position) && !self.told_after_performance(*later)
        });
        // A date told after it was done does not replace the one that steers work.
        let steers = present.events.contains(&position) || (binds && !superseded);
        match (steers, binds) {
            _ if self.replaced.contains(&position) => EventEffect::DateReplaced,
            (false, false) if !superseded => EventEffect::DateConflicts,
            (true, true) => EventEffect::DateBinds,
            (true, false) => EventEffect::DateSteersWork,
            (false, true) => EventEffect::DateStaysOwed,
            (false, false) => EventEffect::DateReplaced,
        }
    }

    /// True if a date was told after the promise was done.
    fn told_after_performance(&self, position: usize) -> bool {
        let done = self.analysis.performance.done.map(|(_, instant)| instant);
        Some(position) != self.analysis.history.made
            && self.analysis.told.iter().any(|(told, terms)| {
                *told == position && done.is_some_and(|done| terms.told_at > done)
            })
    }

    fn lead(&self, position: usize) -> EventEffect {
        let history = &self.analysis.history;
        let earlier = history.counting().any(|other| {
            history.body(other).tells_customer()
                && (history.instants[other], other) < (history.instants[position], position)
        });
        if earlier {
            EventEffect::Noted
        } else {
            EventEffect::LeadStarts
        }
    }

    fn ask(&self, position: usize) -> EventEffect {
        let PromiseAnalysis {
            history,
            present,
            assignment,
            ..
        } = self.analysis;
        if is_open_ask(history, position, present, assignment) {
            EventEffect::Asks
        } else {
            EventEffect::AskAnswered
        }
    }

    /// The effect of an event on a promise that was given to a pool, or for which a person stepped in.
    fn pool(&self, position: usize) -> Option<EventEffect> {
        let history = &self.analysis.history;
        let assignment = &self.analysis.assignment;
        let of_pool = matches!(assignment.assigned, Performer::Pool { .. });
        if !of_pool && !history.step_ins.contains(&position) {
            return None;
        }
        let acting_person = history.acting_person(position)?;
        if !history.saw(position, assignment.assigned_by) {
            return None;
        }
        let body = history.body(position);
        if matches!(body, EventBody::Declined { .. }) {
            let another = assignment.person() != Some(acting_person);
            return another.then_some(EventEffect::LeavesIt);
        }
        if !body.takes() || matches!(body, EventBody::Fulfilled { .. }) {
            return None;
        }
        match assignment
            .takers
            .iter()
            .position(|taker| *taker == acting_person)?
        {
            0 => Some(EventEffect::TakesIt),
            _ => Some(EventEffect::TookItToo),
        }
    }

    fn answer(&self, position: usize) -> EventEffect {
        let PromiseAnalysis {
            history,
            present,
            assignment,
            given_answer,
            ..
        } = self.analysis;
        if given_answer.by == Some(position) {
            EventEffect::WordCounts
        } else if !is_on_present_terms(history, position, present) {
            EventEffect::WordOnOtherDate
        } else if !is_by_performer(history, position, assignment)
            || !knew_assignment(history, position, assignment)
        {
            EventEffect::WordOfAnother
        } else if self.answers.contains(&position) && given_answer.by.is_none() {
            EventEffect::Noted
        } else {
            EventEffect::WordReplaced
        }
    }

    fn cancellation(&self, position: usize) -> EventEffect {
        match &self.analysis.performance.cancelled {
            Some((event, cancelled)) if *event == position => {
                let done = self.analysis.performance.done;
                if cancelled.in_time {
                    EventEffect::CallsOff
                } else if done.is_some_and(|(_, done)| done <= cancelled.at) {
                    EventEffect::CallsOffNothing
                } else {
                    EventEffect::CallsOffLate
                }
            }
            _ => EventEffect::CallsOffNothing,
        }
    }
}

fn finding(position: usize, disputes: &Disputes, body: &EventBody) -> EventEffect {
    match (body.finding(), disputes.found) {
        _ if !disputes.findings.contains(&position) => EventEffect::FindingReplaced,
        (Some((_, finding)), Some((found, _))) if found == finding => EventEffect::Decides,
        _ => EventEffect::FindsBeside,
    }
}
