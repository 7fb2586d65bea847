//! From facts to a state, at a moment: outcome and work, the first match wins.

use serde::Serialize;

use super::alternatives::Alternative;
use super::open_promise::late_ms;
use super::performance::PerformanceResult;
use super::performer_answer::PerformerAnswer;
use super::permissions::NotAllowed;
use super::reduce::Facts;
use crate::model::event::Finding;
use crate::model::ids::{DocId, PersonId};
use crate::model::registry::{Confirmation, Registry};
use crate::model::time::{Due, Millis};

/// The outcome of a promise: kept, broken, void, or not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Outcome {
    /// Not yet decided.
    Open,
    /// Done by the owed date.
    Kept,
    /// Done after it.
    BrokenLate,
    /// Not done, and everyone who could have done it has been heard from.
    BrokenMissed,
    /// Called off by us without the customer.
    BrokenCancelled,
    /// The office found it broken.
    BrokenFound,
    /// It would be broken, and may not be.
    NotConfirmed {
        /// The reason why it may not be.
        doubt: Doubt,
    },
    /// It does not count.
    Void,
}

/// A reason why no one can be blamed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum Doubt {
    /// This device may still hold the proof.
    Silent {
        /// The name of the device's owner; empty if not known.
        person: String,
        /// The device's label.
        device: String,
        /// The moment at which it was last heard from, in milliseconds since the epoch; None if it never was.
        heard: Option<Millis>,
    },
    /// Something of theirs waits at the office.
    AtOffice {
        /// The name of the device's owner; empty if not known.
        person: String,
        /// The label of the device that wrote it.
        device: String,
    },
    /// It rests on a clock that was not compared with the server's.
    Clock,
}

/// The work that is left to be done about a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum WorkState {
    /// It was written by mistake.
    Retracted,
    /// Its author might not make it: it is kept and shown, and nothing of it is measured or reminded.
    NotCounted {
        /// The reason.
        reason: NotAllowed,
    },
    /// A person says that it was not as promised.
    Disputed {
        /// In their words.
        words: String,
    },
    /// The office decided.
    Settled,
    /// Done.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The performer declined.
    Declined {
        /// The reason.
        reason: String,
    },
    /// The performer offers another date.
    CounterOffered {
        /// The date.
        due: Due,
        /// The reason.
        reason: String,
    },
    /// The performer accepted.
    Accepted {
        /// True if work began.
        started: bool,
    },
    /// Asked, and silent.
    Waiting {
        /// The instant since when, in milliseconds since the epoch.
        since: Millis,
    },
    /// No performer was asked.
    NotAsked,
}

/// The row of the outcome table that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeRule {
    /// The office found.
    Found,
    /// The promise itself was taken back.
    Retracted,
    /// Its author might not make it.
    NotCounted,
    /// Called off in time by the customer, or with their agreement.
    CancelledWithCustomer,
    /// Called off in time by us alone.
    CancelledByUs,
    /// Done by the owed date.
    DoneInTime,
    /// Done after it.
    DoneLate,
    /// Past the owed date, and everyone was heard from.
    Missed,
    /// Past the owed date, and at least one person was not heard from.
    NotHeard,
    /// It would be broken, and rests on a clock that is not trusted.
    ClockNotTrusted,
    /// The owed date has not passed.
    StillTime,
}

/// The row of the work table that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum WorkRule {
    /// The promise itself was taken back.
    Retracted,
    /// Its author might not make it.
    NotCounted,
    /// A dispute without a finding, or findings that contradict each other.
    Disputed,
    /// Found kept or void.
    Settled,
    /// Done, and not called off before.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The performer's answer.
    Word,
    /// Asked, and silent.
    Asked,
    /// No performer was asked.
    NotAsked,
}

/// The person or side that has to move next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// No one: there is nothing left to do.
    Nobody,
    /// The person who told the customer.
    Promiser,
    /// The person who delivers, or every member of the pool.
    Performer,
    /// The office.
    Office,
}

impl WorkState {
    /// True if there is something left to do.
    pub fn is_open(&self) -> bool {
        !matches!(
            self,
            Self::Retracted
                | Self::NotCounted { .. }
                | Self::Settled
                | Self::Fulfilled
                | Self::Cancelled
        )
    }

    /// True if it was done, or found to be.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Fulfilled | Self::Settled)
    }

    /// Returns the person or side that has to move next.
    pub fn mover(&self) -> Mover {
        match self {
            Self::Retracted | Self::Settled | Self::Fulfilled | Self::Cancelled => Mover::Nobody,
            Self::Disputed { .. } => Mover::Office,
            Self::NotCounted { .. }
            | Self::Declined { .. }
            | Self::CounterOffered { .. }
            | Self::NotAsked => Mover::Promiser,
            Self::Accepted { .. } | Self::Waiting { .. } => Mover::Performer,
        }
    }
}

/// Both axes of a promise's state at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseState {
    /// The outcome.
    pub outcome: Outcome,
    /// The work that is left to be done.
    pub work: WorkState,
    /// The time that has passed since the owed date while it is still to be done, in milliseconds; 0 if nothing is left
    /// to be done, or within grace.
    pub late_ms: i64,
}

impl Facts {
    /// The state at `now` (milliseconds since the epoch), given the devices that were heard from.
    pub fn state(&self, doc: DocId, now: Millis, registry: &Registry) -> PromiseState {
        let work = self.work();
        let late_ms = if work.is_open() {
            late_ms(self.late_from(), self.late_after(), now)
        } else {
            0
        };
        PromiseState {
            outcome: self.outcome(doc, now, registry).1,
            work,
            late_ms,
        }
    }

    /// The outcome, with the row of the table that says so.
    pub(super) fn outcome(
        &self,
        doc: DocId,
        now: Millis,
        registry: &Registry,
    ) -> (OutcomeRule, Outcome) {
        if let Some(finding) = self.finding {
            let outcome = match finding {
                Finding::Kept => Outcome::Kept,
                Finding::Broken => Outcome::BrokenFound,
                Finding::Void => Outcome::Void,
            };
            return (OutcomeRule::Found, outcome);
        }
        if self.retracted {
            return (OutcomeRule::Retracted, Outcome::Void);
        }
        if self.not_counted.is_some() {
            return (OutcomeRule::NotCounted, Outcome::Void);
        }
        let (rule, outcome) = self.decided(&self.actual_facts(), doc, now, registry);
        let broken = matches!(
            outcome,
            Outcome::BrokenLate | Outcome::BrokenMissed | Outcome::BrokenCancelled
        );
        let another = |other: &Alternative| self.decided(other, doc, now, registry).1 != outcome;
        let others = self.alternatives.as_deref();
        let rests_on_it = self.owed.impossible;
        if broken && (rests_on_it || others.is_none_or(|others| others.iter().any(another))) {
            let doubt = Doubt::Clock;
            return (
                OutcomeRule::ClockNotTrusted,
                Outcome::NotConfirmed { doubt },
            );
        }
        (rule, outcome)
    }

    /// The facts that the outcome rests on, by the times as they are.
    fn actual_facts(&self) -> Alternative {
        Alternative {
            decision: self.decision,
            through: self.owed_through(),
            performers: self.performers_before_due.clone(),
        }
    }

    /// The outcome by fulfilments and cancellations, with the row of the table that says so.
    fn decided(
        &self,
        on: &Alternative,
        doc: DocId,
        now: Millis,
        registry: &Registry,
    ) -> (OutcomeRule, Outcome) {
        match on.decision {
            PerformanceResult::Void => (OutcomeRule::CancelledWithCustomer, Outcome::Void),
            PerformanceResult::CancelledByUs => {
                (OutcomeRule::CancelledByUs, Outcome::BrokenCancelled)
            }
            PerformanceResult::Kept => (OutcomeRule::DoneInTime, Outcome::Kept),
            PerformanceResult::Late => (OutcomeRule::DoneLate, Outcome::BrokenLate),
            PerformanceResult::Undone if now <= on.through => {
                (OutcomeRule::StillTime, Outcome::Open)
            }
            PerformanceResult::Undone => match self.first_unheard(on, doc, registry) {
                Some(doubt) => (OutcomeRule::NotHeard, Outcome::NotConfirmed { doubt }),
                None => (OutcomeRule::Missed, Outcome::BrokenMissed),
            },
        }
    }

    /// The first person who could have done it and whose events may not all have come, as a doubt; None if everyone was
    /// heard from: the promiser, and everyone who was to deliver before due.
    fn first_unheard(&self, on: &Alternative, doc: DocId, registry: &Registry) -> Option<Doubt> {
        let promiser = self.made.promiser;
        let through = on.through;
        let others = on.performers.iter().copied();
        let people = others.filter(|person| *person != promiser);
        let name = |person: PersonId| registry.name(person).unwrap_or_default().to_owned();
        people
            .chain([promiser])
            .find_map(|person| match registry.confirmed(person, doc, through) {
                Confirmation::Confirmed => None,
                Confirmation::Silent { device, heard } => Some(Doubt::Silent {
                    person: name(person),
                    device: device.label,
                    heard,
                }),
                Confirmation::WaitsAtOffice { device } => Some(Doubt::AtOffice {
                    person: name(person),
                    device: device.label,
                }),
            })
    }

    /// The last instant, in milliseconds since the epoch, through which the outcome is the same whatever is heard of
    /// devices, if it is looked at by then; `Millis::MAX` if only events change it. None if the alternatives to what is
    /// decided may be confirmed or not at any moment.
    pub fn outcome_open_until(&self) -> Option<Millis> {
        if self.finding.is_some() || self.retracted || self.not_counted.is_some() {
            return Some(Millis::MAX);
        }
        let undone = |other: &Alternative| other.decision == PerformanceResult::Undone;
        match self.decision {
            PerformanceResult::Void | PerformanceResult::Kept => Some(Millis::MAX),
            PerformanceResult::Undone => Some(self.owed_through()),
            PerformanceResult::CancelledByUs | PerformanceResult::Late => {
                let others = self.alternatives.as_deref().unwrap_or_default();
                (!others.iter().any(undone)).then_some(Millis::MAX)
            }
        }
    }

    /// The work that is left to be done, whatever the time.
    pub fn work(&self) -> WorkState {
        self.work_by_rule().1
    }

    /// The work that is left to be done, with the row of the table that says so.
    pub(super) fn work_by_rule(&self) -> (WorkRule, WorkState) {
        if self.retracted {
            return (WorkRule::Retracted, WorkState::Retracted);
        }
        if let Some(reason) = self.not_counted {
            return (WorkRule::NotCounted, WorkState::NotCounted { reason });
        }
        if let Some(words) = &self.disputed {
            let words = words.clone();
            return (WorkRule::Disputed, WorkState::Disputed { words });
        }
        if matches!(self.finding, Some(Finding::Kept | Finding::Void)) {
            return (WorkRule::Settled, WorkState::Settled);
        }
        let cancelled_first = self
            .cancelled
            .as_ref()
            .is_some_and(|c| self.fulfilled_at.is_none_or(|done| c.at < done));
        if self.fulfilled_at.is_some() && !cancelled_first {
            return (WorkRule::Fulfilled, WorkState::Fulfilled);
        }
        if self.cancelled.is_some() {
            return (WorkRule::Cancelled, WorkState::Cancelled);
        }
        match &self.answer {
            PerformerAnswer::Declined { reason } => {
                let reason = reason.clone();
                (WorkRule::Word, WorkState::Declined { reason })
            }
            PerformerAnswer::Proposed { due, reason, .. } => {
                let (due, reason) = (due.clone(), reason.clone());
                (WorkRule::Word, WorkState::CounterOffered { due, reason })
            }
            PerformerAnswer::Accepted => {
                let started = self.started;
                (WorkRule::Word, WorkState::Accepted { started })
            }
            PerformerAnswer::Asked { since } => {
                (WorkRule::Asked, WorkState::Waiting { since: *since })
            }
            PerformerAnswer::None => (WorkRule::NotAsked, WorkState::NotAsked),
        }
    }
}
