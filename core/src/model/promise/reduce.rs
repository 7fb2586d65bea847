//! From events to facts: everything that they say and that no clock changes.
//!
//! Pure, and independent of the clock: [`state`](super::state) adds the present moment.

use std::collections::BTreeSet;

use super::allowed::NotAllowed;
use super::correction::corrected_at;
use super::deeds::{Cancellation, Decision, Deeds, deeds};
use super::disputes::{Disputes, disputes};
use super::doubt::{Alternative, alternatives};
use super::flags::{Flag, flags};
use super::performer::{Performing, performers_until, performing};
use super::reading::{Reading, Standing};
use super::terms::{Present, Terms, Told, present, told};
use super::word::{self, Given, Tell, Word, given};
use crate::model::event::{Event, EventBody, Finding, Made, Performer};
use crate::model::ids::{EventId, PersonId};
use crate::model::people::Registry;
use crate::model::time::Millis;

/// Everything that the events say and that no clock changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What was promised.
    pub made: Made,
    /// When it was made, in milliseconds since the epoch.
    pub made_at: Millis,
    /// When the customer was first told of it or of another date for it, where that was written down.
    pub communicated_at: Option<Millis>,
    /// Whether the customer was told before whoever delivers was asked.
    pub told_without_asking: bool,
    /// Whether the promise itself was taken back as a mistake.
    pub retracted: bool,
    /// The terms that steer work.
    pub present: Terms,
    /// The date that the outcome is measured against.
    pub owed: Terms,
    /// Who is to deliver: the taker, where somebody took it from a pool.
    pub performer: Performer,
    /// Whom it was given to: the pool, also where somebody took it.
    pub assigned: Performer,
    /// Everyone who was to deliver before the owed date, every member of a pool that nobody took it from.
    pub performers_before_due: BTreeSet<PersonId>,
    /// Who accepted it and answers for it: not whoever stepped in after its date.
    pub answerable: Option<PersonId>,
    /// What the performer says.
    pub word: Word,
    /// What the promiser has to tell the customer of that.
    pub tell: Option<Tell>,
    /// Whether the performer began to work.
    pub started: bool,
    /// When, in milliseconds since the epoch.
    pub started_at: Option<Millis>,
    /// When it was done, in milliseconds since the epoch; of several the earliest.
    pub fulfilled_at: Option<Millis>,
    /// When it was called off; of several the earliest.
    pub cancelled: Option<Cancellation>,
    /// What the deeds make of the word.
    pub decision: Decision,
    /// What it would rest on if the times of unknown clocks were others; none where these are too many to try.
    pub alternatives: Option<Vec<Alternative>>,
    /// A dispute without a finding, or with findings that contradict each other, in the words of who
    /// disputes.
    pub disputed: Option<String>,
    /// What was found.
    pub finding: Option<Finding>,
    /// When it was found, in milliseconds since the epoch.
    pub found_at: Option<Millis>,
    /// Why the promise itself does not count; then nothing else of it is measured.
    pub not_counted: Option<NotAllowed>,
    /// What somebody should notice, whatever the time.
    pub flags: Vec<Flag>,
    /// The events that their authors may not write, with why.
    pub not_allowed: Vec<(EventId, NotAllowed)>,
    /// The events that their authors took back.
    pub taken_back: Vec<EventId>,
}

impl Facts {
    /// The owed instant with what the customer is granted beyond it, in milliseconds since the epoch.
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
        let waits = self.decision == Decision::Undone && self.finding.is_none() && !self.retracted;
        waits.then(|| self.owed_through().saturating_add(1))
    }
}

/// The answers that facts and explanations are made from.
pub(super) struct Answers<'a> {
    pub reading: Reading<'a>,
    pub made: (usize, &'a Made),
    pub told: Vec<Told>,
    pub present: Present,
    pub performing: Performing<'a>,
    pub given: Given,
    pub deeds: Deeds,
    pub disputes: Disputes,
}

impl<'a> Answers<'a> {
    pub fn of(events: &'a [Event], registry: &'a Registry) -> Option<Self> {
        let reading = Reading::of(events, registry);
        let made = reading.promised()?;
        let told = told(&reading)?;
        let present = present(&reading, &told)?;
        let performing = performing(&reading, |at| reading.counts(at))?;
        let given = given(&reading, &present, &performing);
        Some(Self {
            deeds: deeds(&reading, &told)?,
            disputes: disputes(&reading),
            reading,
            made,
            told,
            present,
            performing,
            given,
        })
    }

    /// Who accepted it, but for those who stepped in.
    fn answerable(&self) -> Option<PersonId> {
        let reading = &self.reading;
        if reading.step_ins.is_empty() {
            let accepted = self.given.word == Word::Accepted;
            return self.performing.person().filter(|_| accepted);
        }
        let regular = |at: usize| reading.counts(at) && !reading.step_ins.contains(&at);
        let performing = performing(reading, regular)?;
        let accepted = given(reading, &self.present, &performing).word == Word::Accepted;
        performing.person().filter(|_| accepted)
    }

    /// When the present performer began, in milliseconds since the epoch.
    fn started_at(&self) -> Option<Millis> {
        let reading = &self.reading;
        let person = self.performing.person()?;
        let began = reading.counting().filter(|at| {
            matches!(reading.body(*at), EventBody::Started { .. })
                && reading.voice(*at) == Some(person)
                && word::knew_the_task(reading, *at, &self.performing)
        });
        began.map(|at| reading.instants[at]).min()
    }
}

/// Reads the events of a promise that counts. None where `made` is not here, does not count, or its date
/// cannot be read.
pub fn reduce(events: &[Event], registry: &Registry) -> Option<Facts> {
    let answers = Answers::of(events, registry)?;
    let Answers {
        reading,
        made: (made_at, made),
        told,
        present,
        performing,
        given,
        deeds,
        disputes,
    } = &answers;
    let told_times = reading
        .counting()
        .filter(|at| reading.body(*at).tells_customer())
        .map(|at| reading.instants[at]);
    let corrected = corrected_at(reading, told, deeds);
    let started_at = answers.started_at();
    let answerable = answers.answerable();
    let fates = || reading.standing.iter().zip(&reading.events);
    Some(Facts {
        made: (*made).clone(),
        made_at: reading.instants[*made_at],
        communicated_at: told_times.min(),
        told_without_asking: word::told_without_asking(reading, performing),
        retracted: !reading.counts(*made_at),
        present: present.terms.clone(),
        owed: deeds.owed.clone(),
        performer: performing.performer(),
        assigned: performing.assigned.clone(),
        performers_before_due: performers_until(reading, &reading.instants, deeds.owed.through()),
        answerable,
        word: given.word.clone(),
        tell: word::tell(reading, present, performing, given),
        started: started_at.is_some(),
        started_at,
        fulfilled_at: deeds.done.map(|(_, done)| done),
        cancelled: deeds.cancelled.as_ref().map(|(_, c)| c.clone()),
        decision: deeds.decision,
        alternatives: alternatives(reading, told),
        disputed: disputes.open.and_then(|at| match reading.body(at) {
            EventBody::Disputed { words } => Some(words.clone()),
            _ => None,
        }),
        finding: disputes.found.map(|(finding, _)| finding),
        found_at: disputes.found.map(|(_, at)| at),
        not_counted: None,
        flags: flags(reading, present, performing, deeds, corrected),
        not_allowed: fates()
            .filter_map(|(standing, event)| match standing {
                Standing::NotAllowed(reason) => Some((event.id, *reason)),
                _ => None,
            })
            .collect(),
        taken_back: fates()
            .filter(|(standing, _)| matches!(standing, Standing::TakenBack(_)))
            .map(|(_, event)| event.id)
            .collect(),
    })
}
