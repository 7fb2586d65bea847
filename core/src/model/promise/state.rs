//! From facts to a state, at a moment: outcome and work, the first match wins.

use serde::Serialize;

use super::allowed::NotAllowed;
use super::deeds::Decision;
use super::doubt::Alternative;
use super::gist::late_ms;
use super::reduce::Facts;
use super::word::Word;
use crate::model::event::Finding;
use crate::model::ids::{DocId, PersonId};
use crate::model::people::{Confirmation, Registry};
use crate::model::time::{Due, Millis};

/// Whether the word was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Outcome {
    /// Not yet decided.
    Open,
    /// Done by the owed date.
    Kept,
    /// Done after it.
    BrokenLate,
    /// Not done, and everybody who could have done it has been heard from.
    BrokenMissed,
    /// Called off by us without the customer.
    BrokenCancelled,
    /// The office found it broken.
    BrokenFound,
    /// It would be broken, and may not be.
    NotConfirmed {
        /// Why it may not be.
        doubt: Doubt,
    },
    /// It does not count.
    Void,
}

/// Why nobody can be blamed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum Doubt {
    /// This device may still hold the proof.
    Silent {
        /// Whose device.
        person: String,
        /// What the device is called.
        device: String,
        /// When it was last heard from, in milliseconds since the epoch.
        heard: Option<Millis>,
    },
    /// Something of theirs waits at the office.
    AtOffice {
        /// Whose.
        person: String,
        /// What the device is called that wrote it.
        device: String,
    },
    /// It rests on a clock that was not compared with the server's.
    Clock,
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Work {
    /// It was written by mistake.
    Retracted,
    /// Whoever wrote it might not: it is kept and shown, and nothing of it is measured or reminded.
    NotCounted {
        /// Why.
        reason: NotAllowed,
    },
    /// Somebody says that it was not as promised.
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
        /// Why.
        reason: String,
    },
    /// The performer offers another date.
    CounterOffered {
        /// The date.
        due: Due,
        /// Why.
        reason: String,
    },
    /// The performer accepted.
    Accepted {
        /// Whether work began.
        started: bool,
    },
    /// Asked, and silent.
    Waiting {
        /// Since when, in milliseconds since the epoch.
        since: Millis,
    },
    /// Nobody was asked.
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
    /// Whoever wrote it might not.
    NotCounted,
    /// Called off in time by the customer, or with their agreement.
    CancelledWithCustomer,
    /// Called off in time by us alone.
    CancelledByUs,
    /// Done by the owed date.
    DoneInTime,
    /// Done after it.
    DoneLate,
    /// Past the owed date, and everybody was heard from.
    Missed,
    /// Past the owed date, and somebody was not heard from.
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
    /// Whoever wrote it might not.
    NotCounted,
    /// A dispute without a finding, or findings that contradict each other.
    Disputed,
    /// Found kept or void.
    Settled,
    /// Done, and not called off before.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The performer's word.
    Word,
    /// Asked, and silent.
    Asked,
    /// Nobody was asked.
    NotAsked,
}

/// Who has to move next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// Nobody: there is nothing left to do.
    Nobody,
    /// Whoever told the customer.
    Promiser,
    /// Whoever delivers, or everybody in the pool.
    Performer,
    /// The office.
    Office,
}

impl Work {
    /// Whether somebody still has to do something.
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

    /// Whether it was done, or found to be.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Fulfilled | Self::Settled)
    }

    /// Who has to move next.
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
    /// Whether the word was kept.
    pub outcome: Outcome,
    /// What is to be done about it.
    pub work: Work,
    /// How long past the owed date it is while still to be done, in milliseconds; 0 if it is not, or within
    /// grace.
    pub late_ms: i64,
}

impl Facts {
    /// The state at `now`, given who was heard from.
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

    /// Whether the word was kept, with the row of the table that says so.
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
        let (rule, outcome) = self.decided(&self.as_it_is(), doc, now, registry);
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

    /// What the outcome rests on by the times as they are.
    fn as_it_is(&self) -> Alternative {
        Alternative {
            decision: self.decision,
            through: self.owed_through(),
            performers: self.performers_before_due.clone(),
        }
    }

    /// What the deeds come to, with the row of the table that says so.
    fn decided(
        &self,
        on: &Alternative,
        doc: DocId,
        now: Millis,
        registry: &Registry,
    ) -> (OutcomeRule, Outcome) {
        match on.decision {
            Decision::Void => (OutcomeRule::CancelledWithCustomer, Outcome::Void),
            Decision::CancelledByUs => (OutcomeRule::CancelledByUs, Outcome::BrokenCancelled),
            Decision::Kept => (OutcomeRule::DoneInTime, Outcome::Kept),
            Decision::Late => (OutcomeRule::DoneLate, Outcome::BrokenLate),
            Decision::Undone if now <= on.through => (OutcomeRule::StillTime, Outcome::Open),
            Decision::Undone => match self.unheard(on, doc, registry) {
                Some(doubt) => (OutcomeRule::NotHeard, Outcome::NotConfirmed { doubt }),
                None => (OutcomeRule::Missed, Outcome::BrokenMissed),
            },
        }
    }

    /// Somebody who could have done it and whose word may not have come; none if everybody was heard
    /// from: the promiser, and everyone who was to deliver before due.
    fn unheard(&self, on: &Alternative, doc: DocId, registry: &Registry) -> Option<Doubt> {
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

    /// What is to be done about it, whatever the time.
    pub fn work(&self) -> Work {
        self.work_by_rule().1
    }

    /// What is to be done about it, with the row of the table that says so.
    pub(super) fn work_by_rule(&self) -> (WorkRule, Work) {
        if self.retracted {
            return (WorkRule::Retracted, Work::Retracted);
        }
        if let Some(reason) = self.not_counted {
            return (WorkRule::NotCounted, Work::NotCounted { reason });
        }
        if let Some(words) = &self.disputed {
            let words = words.clone();
            return (WorkRule::Disputed, Work::Disputed { words });
        }
        if matches!(self.finding, Some(Finding::Kept | Finding::Void)) {
            return (WorkRule::Settled, Work::Settled);
        }
        let cancelled_first = self
            .cancelled
            .as_ref()
            .is_some_and(|c| self.fulfilled_at.is_none_or(|done| c.at < done));
        if self.fulfilled_at.is_some() && !cancelled_first {
            return (WorkRule::Fulfilled, Work::Fulfilled);
        }
        if self.cancelled.is_some() {
            return (WorkRule::Cancelled, Work::Cancelled);
        }
        match &self.word {
            Word::Declined { reason } => {
                let reason = reason.clone();
                (WorkRule::Word, Work::Declined { reason })
            }
            Word::Proposed { due, reason, .. } => {
                let (due, reason) = (due.clone(), reason.clone());
                (WorkRule::Word, Work::CounterOffered { due, reason })
            }
            Word::Accepted => {
                let started = self.started;
                (WorkRule::Word, Work::Accepted { started })
            }
            Word::Asked { at } => (WorkRule::Asked, Work::Waiting { since: *at }),
            Word::None => (WorkRule::NotAsked, Work::NotAsked),
        }
    }
}
