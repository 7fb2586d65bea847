//! From facts to a state, at a moment: outcome and work, the first match wins.

use serde::Serialize;

use super::reduce::{Facts, Word};
use crate::model::event::{Finding, Performer};
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
    /// Past its date, and this device may still hold the proof.
    NotConfirmed {
        /// Whose device.
        person: String,
        /// What the device is called.
        device: String,
        /// When it was last heard from, in milliseconds since the epoch.
        heard: Option<Millis>,
        /// Whether it waits at the office rather than on a phone.
        at_office: bool,
    },
    /// It does not count.
    Void,
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Work {
    /// It was written by mistake.
    Retracted,
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

impl Work {
    /// Whether somebody still has to do something.
    pub fn is_open(&self) -> bool {
        !matches!(
            self,
            Self::Retracted | Self::Settled | Self::Fulfilled | Self::Cancelled
        )
    }
}

/// Both axes of a promise's state at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseState {
    /// Whether the word was kept.
    pub outcome: Outcome,
    /// What is to be done about it.
    pub work: Work,
    /// How long past the owed date it is while still to be done, in milliseconds; 0 if it is not.
    pub late_ms: i64,
}

impl Facts {
    /// The state at `now`, given who was heard from.
    pub fn state(&self, doc: DocId, now: Millis, registry: &Registry) -> PromiseState {
        let work = self.work();
        let through = self.owed_through();
        let late_ms = if work.is_open() {
            now.saturating_sub(through).max(0)
        } else {
            0
        };
        PromiseState {
            outcome: self.outcome(doc, now, registry),
            work,
            late_ms,
        }
    }

    fn outcome(&self, doc: DocId, now: Millis, registry: &Registry) -> Outcome {
        if let Some(finding) = self.finding {
            return match finding {
                Finding::Kept => Outcome::Kept,
                Finding::Broken => Outcome::BrokenFound,
                Finding::Void => Outcome::Void,
            };
        }
        if self.retracted {
            return Outcome::Void;
        }
        let through = self.owed_through();
        if let Some(cancelled) = &self.cancelled {
            let before_fulfilment = self.fulfilled_at.is_none_or(|done| cancelled.at < done);
            if before_fulfilment && cancelled.at <= through {
                return if cancelled.with_customer {
                    Outcome::Void
                } else {
                    Outcome::BrokenCancelled
                };
            }
        }
        match self.fulfilled_at {
            Some(done) if done <= through => Outcome::Kept,
            Some(_) => Outcome::BrokenLate,
            None if now <= through => Outcome::Open,
            None => self.missed(doc, through, registry),
        }
    }

    /// Missed only if everybody who could have done it has been heard from.
    fn missed(&self, doc: DocId, through: Millis, registry: &Registry) -> Outcome {
        let mut people: Vec<PersonId> = vec![self.made.promiser];
        people.extend(&self.performers_before_due);
        if let Performer::Pool { pool } = &self.performer {
            people.extend(
                registry
                    .colleagues
                    .values()
                    .filter(|c| c.pools.contains(pool))
                    .map(|c| c.id),
            );
        }
        for person in people {
            let name = |id| registry.name(id).unwrap_or_default().to_owned();
            match registry.confirmed(person, doc, through) {
                Confirmation::Confirmed => {}
                Confirmation::Silent { device, heard } => {
                    return Outcome::NotConfirmed {
                        person: name(person),
                        device: device.label,
                        heard,
                        at_office: false,
                    };
                }
                Confirmation::WaitsAtOffice { device } => {
                    return Outcome::NotConfirmed {
                        person: name(person),
                        device: device.label,
                        heard: None,
                        at_office: true,
                    };
                }
            }
        }
        Outcome::BrokenMissed
    }

    /// What is to be done about it, whatever the time.
    pub fn work(&self) -> Work {
        if self.retracted {
            return Work::Retracted;
        }
        if let Some(words) = &self.disputed {
            return Work::Disputed {
                words: words.clone(),
            };
        }
        if matches!(self.finding, Some(Finding::Kept | Finding::Void)) {
            return Work::Settled;
        }
        let cancelled_first = self
            .cancelled
            .as_ref()
            .is_some_and(|c| self.fulfilled_at.is_none_or(|done| c.at < done));
        if self.fulfilled_at.is_some() && !cancelled_first {
            return Work::Fulfilled;
        }
        if self.cancelled.is_some() {
            return Work::Cancelled;
        }
        match &self.word {
            Word::Declined { reason } => Work::Declined {
                reason: reason.clone(),
            },
            Word::Proposed { due, reason, .. } => Work::CounterOffered {
                due: due.clone(),
                reason: reason.clone(),
            },
            Word::Accepted => Work::Accepted {
                started: self.started,
            },
            Word::Asked { at } => Work::Waiting { since: *at },
            Word::None => Work::NotAsked,
        }
    }
}
