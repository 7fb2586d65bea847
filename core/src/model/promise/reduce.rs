//! From events to facts: everything that the events say and that no clock changes.
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
    /// The promise as it was made.
    pub made: Made,
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
    pub word: Word,
    /// The message that the promiser has to give the customer after that answer; None if there is none.
    pub tell: Option<Tell>,
    /// True if the performer began to work.
    pub started: bool,
    /// The instant at which the performer began to work, in milliseconds since the epoch; None if not begun.
    pub started_at: Option<Millis>,
    /// The instant at which it was done, in milliseconds since the epoch; of several the earliest.
    pub fulfilled_at: Option<Millis>,
    /// The cancellation; of several the earliest.
    pub cancelled: Option<Cancellation>,
    /// The result of fulfilments and cancellations.
    pub decision: Decision,
    /// The facts that the outcome would rest on if the times of unknown clocks were others; None where these are too
    /// many to try.
    pub alternatives: Option<Vec<Alternative>>,
    /// A dispute without a finding, or with findings that contradict each other, in the words of who
    /// disputes.
    pub disputed: Option<String>,
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

    /// The person who accepted it, but for those who stepped in.
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

    /// The instant at which the present performer began, in milliseconds since the epoch; None if they did not.
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
