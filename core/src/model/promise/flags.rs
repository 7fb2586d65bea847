//! Flags: things to notice about a promise beside its state.

use serde::Serialize;

use super::event_history::EventHistory;
use super::performance::Performance;
use super::performer::Assignment;
use super::state::{PromiseState, WorkState};
use super::terms::PresentTerms;
use super::{Facts, performer_answer};
use crate::model::event::EventBody;
use crate::model::ids::{InstallationId, PersonId};
use crate::model::time::Millis;

/// Something to notice about a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Flag {
    /// The customer was told different dates by people who did not know of each other.
    ConflictingDates,
    /// Two members of a pool took it.
    TwoTookIt,
    /// The owed date has passed, and it is still to be done.
    AlreadyLate,
    /// The customer was told before the performer was asked.
    PromisedWithoutAsking,
    /// The customer was told, and no performer was asked.
    NobodyAsked,
    /// It is said to be done, without the proof that its kind asks for.
    WithoutProof,
    /// An outcome that was shown before was corrected by an event that came late.
    Corrected {
        /// The moment at which it came, in milliseconds since the epoch.
        at: Millis,
    },
    /// It counted as missed until a device spoke that had been silent for long and may still hold the proof.
    NoLongerMissed {
        /// The moment at which it spoke, in milliseconds since the epoch.
        at: Millis,
        /// The device.
        device: InstallationId,
    },
    /// It has more events than are counted.
    NoRoom {
        /// The number of events that found no room.
        events: u64,
        /// The person who wrote most of them; None if not known.
        most_by: Option<PersonId>,
    },
    /// It is still to be done, and its performer does not work here any more.
    PerformerLeft {
        /// The performer.
        person: PersonId,
    },
}

/// The flags that no clock changes.
pub(super) fn flags(
    history: &EventHistory<'_>,
    present: &PresentTerms,
    assignment: &Assignment<'_>,
    performance: &Performance,
    corrected: Option<Millis>,
) -> Vec<Flag> {
    let conditions = [
        (present.conflict, Flag::ConflictingDates),
        (assignment.takers.len() > 1, Flag::TwoTookIt),
        (
            performer_answer::told_without_asking(history, assignment),
            Flag::PromisedWithoutAsking,
        ),
        (
            performance.done.is_some() && lacks_proof(history),
            Flag::WithoutProof,
        ),
    ];
    let raised = conditions.into_iter().filter(|(raised, _)| *raised);
    let corrected = corrected.map(|at| Flag::Corrected { at });
    raised.map(|(_, flag)| flag).chain(corrected).collect()
}

/// True if no proof is of a kind that the rules in force accept.
fn lacks_proof(history: &EventHistory<'_>) -> bool {
    let Some((_, promised)) = history.promised() else {
        return false;
    };
    let wanted = &promised.rules.evidence;
    let said_done = wanted.contains(&crate::model::event::EvidenceKind::SaidDone);
    let proven = history.counting().any(|position| {
        matches!(
            history.body(position),
            EventBody::Fulfilled { evidence, .. }
                if evidence.iter().any(|proof| wanted.contains(&proof.kind))
        )
    });
    !wanted.is_empty() && !said_done && !proven
}

impl Facts {
    /// Every flag in a state.
    pub fn flags_in(&self, state: &PromiseState) -> Vec<Flag> {
        let told = self.communicated_at.is_some();
        let amber = told && state.work == WorkState::NotAsked;
        let late = (state.late_ms > 0).then_some(Flag::AlreadyLate);
        let amber = amber.then_some(Flag::NobodyAsked);
        late.into_iter()
            .chain(amber)
            .chain(self.flags.iter().copied())
            .collect()
    }
}
