//! From events to facts: which terms bind, who performs, what their word is, what was done.
//!
//! Pure, and independent of the clock: [`state`](super::state) adds the present moment.

use std::collections::BTreeSet;

use crate::model::event::{CancelledBy, Causality, Event, EventBody, Finding, Made, Performer};
use crate::model::ids::{EventId, PersonId};
use crate::model::people::Registry;
use crate::model::time::{Due, Millis};

/// A date that the customer was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The made or terms_agreed event.
    pub event: EventId,
    /// When they were told, in milliseconds since the epoch.
    pub told_at: Millis,
    /// The date.
    pub due: Due,
    /// The last instant in time, before grace.
    pub due_at: Millis,
    /// The date in the words that were spoken.
    pub words: String,
}

/// What the performer says about the present terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nobody asked.
    None,
    /// Asked at this instant, and silent.
    Asked {
        /// When.
        at: Millis,
    },
    /// Accepted.
    Accepted,
    /// Declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// Another date is offered.
    Proposed {
        /// The proposal's event.
        event: EventId,
        /// The date.
        due: Due,
        /// Why.
        reason: String,
    },
}

/// When it was called off, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// When, in milliseconds since the epoch.
    pub at: Millis,
    /// Whether the customer did it or agreed.
    pub with_customer: bool,
}

/// Everything that the events say and that no clock changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What was promised.
    pub made: Made,
    /// When it was made, in milliseconds since the epoch.
    pub made_at: Millis,
    /// When the customer was told, where that was written down.
    pub communicated_at: Option<Millis>,
    /// Whether the promise itself was taken back as a mistake.
    pub retracted: bool,
    /// The terms that steer work.
    pub present: Terms,
    /// The date that the outcome is measured against.
    pub owed: Terms,
    /// Who is to deliver.
    pub performer: Performer,
    /// Everyone who was to deliver before the owed date.
    pub performers_before_due: BTreeSet<PersonId>,
    /// What the performer says.
    pub word: Word,
    /// Whether work began.
    pub started: bool,
    /// When it was done, in milliseconds since the epoch.
    pub fulfilled_at: Option<Millis>,
    /// When it was called off.
    pub cancelled: Option<Cancellation>,
    /// A dispute without a finding, in the words of who disputes.
    pub disputed: Option<String>,
    /// What was found.
    pub finding: Option<Finding>,
}

impl Facts {
    /// The owed instant with what the customer is granted beyond it.
    pub fn owed_through(&self) -> Millis {
        let grace = self
            .owed
            .due
            .grace_ms()
            .min(i64::from(self.made.rules.grace_minutes) * 60_000);
        self.owed.due_at.saturating_add(grace)
    }

    /// The next instant at which time alone changes the state; none when it is settled.
    pub fn next_at(&self) -> Option<Millis> {
        let done =
            self.fulfilled_at.is_some() || self.cancelled.is_some() || self.finding.is_some();
        (!done && !self.retracted).then(|| self.owed_through())
    }
}

/// Reads the events of a promise. None where `made` has not arrived or its date cannot be read.
pub fn reduce(events: &[Event], registry: &Registry) -> Option<Facts> {
    let mut ordered: Vec<&Event> = events.iter().collect();
    ordered.sort_by_key(|event| event.order());
    let causality = Causality::of(events);
    let retracted = standing_retractions(&ordered, &causality);
    let (made_event, made) = ordered.iter().find_map(|event| match &event.stored.body {
        EventBody::Made(made) => Some((*event, made.as_ref().clone())),
        _ => None,
    })?;
    let ordered: Vec<&Event> = ordered
        .into_iter()
        .filter(|event| !retracted.contains(&event.id))
        .collect();

    let told = told_terms(&ordered, made_event, &made)?;
    let fulfilled_at = ordered.iter().filter_map(|event| done_at(event)).min();
    let cancelled = ordered
        .iter()
        .filter_map(|event| cancellation(event))
        .min_by_key(|c| c.at);
    let settled_at = fulfilled_at
        .into_iter()
        .chain(cancelled.as_ref().map(|c| c.at))
        .min();
    let owed = owed_terms(&told, settled_at);
    let present = present_terms(&told, &causality);
    let (performer, assigned_by) = present_performer(&ordered, &made, made_event);
    let word = performers_word(
        &ordered,
        &present,
        &performer,
        &made,
        assigned_by,
        &causality,
    );

    Some(Facts {
        made_at: made_event.instant(),
        communicated_at: ordered
            .iter()
            .filter(|event| matches!(event.stored.body, EventBody::Communicated { .. }))
            .map(|event| event.instant())
            .min(),
        retracted: retracted.contains(&made_event.id),
        performers_before_due: performers_until(&ordered, &made, owed.due_at),
        started: ordered
            .iter()
            .any(|event| matches!(event.stored.body, EventBody::Started { .. })),
        disputed: open_dispute(&ordered, &causality),
        finding: latest_finding(&ordered, &causality),
        made,
        present,
        owed,
        performer,
        word,
        fulfilled_at,
        cancelled,
    })
}

/// The events taken back by their own author, the latest retraction first: a retracted retraction does
/// not count, and one must have seen what it names.
fn standing_retractions(ordered: &[&Event], causality: &Causality) -> BTreeSet<EventId> {
    let mut gone = BTreeSet::new();
    for event in ordered.iter().rev() {
        let EventBody::Retracted { event: named } = &event.stored.body else {
            continue;
        };
        let same_author = ordered
            .iter()
            .find(|other| other.id == *named)
            .is_some_and(|other| {
                other.by.actor == event.by.actor
                    || (other.by.person.is_some() && other.by.person == event.by.person)
            });
        if !gone.contains(&event.id) && same_author && causality.saw(event.id, *named) {
            gone.insert(*named);
        }
    }
    gone
}

fn told_terms(ordered: &[&Event], made_event: &Event, made: &Made) -> Option<Vec<Terms>> {
    let mut told = vec![Terms {
        event: made_event.id,
        told_at: made_event.instant(),
        due: made.due.clone(),
        due_at: made.due.instant().ok()?,
        words: made.words.clone(),
    }];
    for event in ordered {
        if let EventBody::TermsAgreed { due, words, .. } = &event.stored.body
            && let Ok(due_at) = due.instant()
        {
            told.push(Terms {
                event: event.id,
                told_at: event.instant(),
                due: due.clone(),
                due_at,
                words: words.clone(),
            });
        }
    }
    Some(told)
}

/// The terms that no later terms saw; of several, the earliest due.
fn present_terms(told: &[Terms], causality: &Causality) -> Terms {
    let newest = told.iter().filter(|terms| {
        !told
            .iter()
            .any(|later| causality.saw(later.event, terms.event))
    });
    newest
        .min_by_key(|terms| terms.due_at)
        .unwrap_or(&told[0])
        .clone()
}

/// The earliest told date that nobody replaced in time. Only what was told before the deed counts.
fn owed_terms(told: &[Terms], settled_at: Option<Millis>) -> Terms {
    let mut owed = told[0].clone();
    for terms in &told[1..] {
        let before_the_deed = settled_at.is_none_or(|at| terms.told_at <= at);
        if before_the_deed && terms.told_at <= owed.due_at {
            owed = terms.clone();
        }
    }
    owed
}

fn present_performer(ordered: &[&Event], made: &Made, made_event: &Event) -> (Performer, EventId) {
    let last = ordered
        .iter()
        .rev()
        .find_map(|event| match &event.stored.body {
            EventBody::Reassigned { performer, .. } => Some((performer.clone(), event.id)),
            _ => None,
        });
    let (performer, since) = last.unwrap_or_else(|| (made.performer.clone(), made_event.id));
    if !matches!(performer, Performer::Pool { .. }) {
        return (performer, since);
    }
    let taker = ordered.iter().find_map(|event| match &event.stored.body {
        EventBody::Accepted { for_person, .. }
        | EventBody::Started { for_person }
        | EventBody::Fulfilled { for_person, .. } => for_person.or(event.by.person),
        _ => None,
    });
    (
        taker.map_or(performer, |person| Performer::Person { person }),
        since,
    )
}

fn performers_until(ordered: &[&Event], made: &Made, due_at: Millis) -> BTreeSet<PersonId> {
    let person = |performer: &Performer| match performer {
        Performer::Person { person } => Some(*person),
        Performer::Pool { .. } | Performer::Nobody => None,
    };
    let mut people: BTreeSet<PersonId> = person(&made.performer).into_iter().collect();
    for event in ordered.iter().filter(|event| event.instant() <= due_at) {
        match &event.stored.body {
            EventBody::Reassigned { performer, .. } => people.extend(person(performer)),
            EventBody::Accepted { for_person, .. } => people.extend(for_person.or(event.by.person)),
            _ => {}
        }
    }
    people
}

fn performers_word(
    ordered: &[&Event],
    present: &Terms,
    performer: &Performer,
    made: &Made,
    assigned_by: EventId,
    causality: &Causality,
) -> Word {
    let performs = |person: Option<PersonId>| matches!(performer, Performer::Person { person: who } if Some(*who) == person);
    let said_by =
        |event: &Event, for_person: &Option<PersonId>| performs(for_person.or(event.by.person));
    let after_assignment = |event: &Event| causality.saw(event.id, assigned_by);
    let mut word = Word::None;
    for event in ordered {
        word = match &event.stored.body {
            EventBody::Asked { person, terms }
                if *terms == present.event && performs(Some(*person)) && word == Word::None =>
            {
                Word::Asked {
                    at: event.instant(),
                }
            }
            EventBody::Accepted { terms, for_person }
                if *terms == present.event
                    && said_by(event, for_person)
                    && after_assignment(event) =>
            {
                Word::Accepted
            }
            EventBody::Declined {
                terms,
                for_person,
                reason,
            } if *terms == present.event
                && said_by(event, for_person)
                && after_assignment(event) =>
            {
                Word::Declined {
                    reason: reason.clone(),
                }
            }
            EventBody::TermsProposed {
                due,
                reason,
                for_person,
            } if said_by(event, for_person)
                && causality.saw(event.id, present.event)
                && after_assignment(event) =>
            {
                Word::Proposed {
                    event: event.id,
                    due: due.clone(),
                    reason: reason.clone(),
                }
            }
            _ => word,
        };
    }
    // Whoever gave their own word to the customer, or took the work themselves, has accepted.
    let author_of = |id: EventId| {
        ordered
            .iter()
            .find(|event| event.id == id)
            .and_then(|event| event.by.person)
    };
    let own = performs(Some(made.promiser))
        || performs(author_of(present.event))
        || performs(author_of(assigned_by));
    match word {
        Word::None | Word::Asked { .. } if own => Word::Accepted,
        word => word,
    }
}

fn done_at(event: &Event) -> Option<Millis> {
    match &event.stored.body {
        EventBody::Fulfilled { occurred_at, .. } => Some(occurred_at.instant(event.received_at)),
        _ => None,
    }
}

fn cancellation(event: &Event) -> Option<Cancellation> {
    match &event.stored.body {
        EventBody::Cancelled { by, agreed_by, .. } => Some(Cancellation {
            at: event.instant(),
            with_customer: *by == CancelledBy::Customer || agreed_by.is_some(),
        }),
        _ => None,
    }
}

fn open_dispute(ordered: &[&Event], causality: &Causality) -> Option<String> {
    let findings: Vec<(EventId, EventId)> = ordered
        .iter()
        .filter_map(|event| match &event.stored.body {
            EventBody::DisputeResolved { dispute, .. } => Some((event.id, *dispute)),
            _ => None,
        })
        .collect();
    ordered
        .iter()
        .rev()
        .find_map(|event| match &event.stored.body {
            EventBody::Disputed { words } => {
                let settled = findings
                    .iter()
                    .any(|(id, dispute)| *dispute == event.id || causality.saw(*id, event.id));
                (!settled).then(|| words.clone())
            }
            _ => None,
        })
}

/// What was found last; a finding that saw another replaces it.
fn latest_finding(ordered: &[&Event], causality: &Causality) -> Option<Finding> {
    let findings: Vec<(EventId, Finding)> = ordered
        .iter()
        .filter_map(|event| match &event.stored.body {
            EventBody::DisputeResolved { finding, .. } => Some((event.id, *finding)),
            _ => None,
        })
        .collect();
    let standing = findings
        .iter()
        .filter(|(id, _)| !findings.iter().any(|(later, _)| causality.saw(*later, *id)));
    let mut standing = standing.map(|(_, finding)| *finding);
    let first = standing.next()?;
    standing.all(|finding| finding == first).then_some(first)
}
