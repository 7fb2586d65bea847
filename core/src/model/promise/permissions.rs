//! The permission table: the events that a person may write, decided from the author's role and from the event's own
//! causal past alone.

use serde::Serialize;

use super::event_history::{EventHistory, Verdict, written_for};
use super::performer::{assignment, ever_performed};
use crate::model::event::{Event, EventBody};
use crate::model::registry::Registry;
use crate::model::time::{DAY_MS, Millis, Trust};

/// The reason why an event is kept, shown grey, and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum NotAllowed {
    /// The registry does not say yet who wrote it.
    AuthorArriving,
    /// Its author did not work here then.
    NotAColleague,
    /// Its number in the order is not the next above those of the events that it names as seen.
    OutOfOrder,
    /// A promise begins once.
    NotFirst,
    /// Its author had not seen what was promised.
    PromiseUnseen,
    /// For the promiser, the performer, office and owner.
    NotInvolved,
    /// For the promiser, office and owner.
    NotPromiser,
    /// For the promiser and the performer.
    NotPromiserOrPerformer,
    /// For the performer.
    NotPerformer,
    /// For those who were promiser or performer at some time.
    NeverPerformer,
    /// For office and owner.
    NotOffice,
    /// Only office and owner write for another person.
    ForSomebodyElse,
    /// The person for whom it was written was not to deliver then.
    NotTheirs,
    /// Only its author takes an event back.
    NotTheAuthor,
    /// An event is taken back within 24 hours.
    TooLateToRetract,
    /// The event that it takes back had not been seen.
    NothingToRetract,
    /// The promise that it is about does not count itself.
    PromiseNotCounted,
    /// The date that it names cannot be read here.
    DateUnreadable,
    /// The document has no room for it: it has as many events as are judged, or its author wrote as many as
    /// one person may.
    NoRoom,
}

/// Tells if an event that is about to be written would count, given those that are here; an error with the reason if
/// not.
pub fn may(events: &[Event], next: &Event, registry: &Registry) -> Result<(), NotAllowed> {
    let history = EventHistory::of(events.iter().chain([next]), registry);
    let position = history.causality.position(next.id);
    match position.and_then(|position| history.verdicts.get(position)) {
        Some(Verdict::NotAllowed(reason)) => Err(*reason),
        _ => Ok(()),
    }
}

impl EventHistory<'_> {
    /// Tells if the event at `position` may be written; every event before it has been judged. An error with the reason if
    /// not.
    pub(super) fn judge(&self, position: usize) -> Result<(), NotAllowed> {
        let author = self.authors[position].ok_or(NotAllowed::AuthorArriving)?;
        let stored = &self.events[position].stored;
        allow(self.causality.in_order(position), NotAllowed::OutOfOrder)?;
        let mut rows = self.colleague(author, position).peekable();
        allow(rows.peek().is_some(), NotAllowed::NotAColleague)?;
        let office = rows.any(|row| row.role.runs_the_company());
        match &stored.body {
            EventBody::Made(_) => {
                let first = stored.after.is_empty() && self.made.is_none();
                return allow(first, NotAllowed::NotFirst);
            }
            EventBody::CustomerConfirmed { .. }
            | EventBody::Disputed { .. }
            | EventBody::Thanked { .. }
            | EventBody::ReminderAcked { .. }
            | EventBody::Archived { .. }
            | EventBody::Restored { .. }
            | EventBody::Unknown(_) => return Ok(()),
            EventBody::DisputeResolved { .. } => return allow(office, NotAllowed::NotOffice),
            EventBody::Retracted { event } => {
                let named = self.causality.position(*event);
                let named = named.filter(|named| self.saw(position, *named));
                let named = named.ok_or(NotAllowed::NothingToRetract)?;
                allow(
                    self.authors[named] == Some(author),
                    NotAllowed::NotTheAuthor,
                )?;
                return allow(
                    self.within_a_day(named, position),
                    NotAllowed::TooLateToRetract,
                );
            }
            _ => {}
        }
        let gone = self.retracted_in_view_of(position);
        let in_view =
            |seen: usize| self.saw(position, seen) && self.counts(seen) && !gone.contains(seen);
        let (made, promised) = self.promised().ok_or(NotAllowed::PromiseUnseen)?;
        let assignment = assignment(self, in_view).ok_or(NotAllowed::PromiseUnseen)?;
        allow(self.saw(position, made), NotAllowed::PromiseUnseen)?;
        let promiser = promised.promiser == author;
        if let Some(person) = written_for(&stored.body).filter(|person| *person != author) {
            allow(office, NotAllowed::ForSomebodyElse)?;
            let theirs = assignment.includes(self, person, position);
            return allow(theirs, NotAllowed::NotTheirs);
        }
        let performer = || assignment.includes(self, author, position);
        match &stored.body {
            EventBody::Communicated { .. } | EventBody::TermsAgreed { .. } => {
                allow(promiser || office || performer(), NotAllowed::NotInvolved)
            }
            EventBody::Asked { .. }
            | EventBody::Reassigned { .. }
            | EventBody::Cancelled { .. } => allow(promiser || office, NotAllowed::NotPromiser),
            EventBody::TermsProposed { .. } => {
                allow(promiser || performer(), NotAllowed::NotPromiserOrPerformer)
            }
            EventBody::Fulfilled { .. } => allow(
                promiser || ever_performed(self, author, position, in_view),
                NotAllowed::NeverPerformer,
            ),
            _ => allow(performer(), NotAllowed::NotPerformer),
        }
    }

    /// True if two events lie within 24 hours: by their instants, or, where a clock is unknown, by the moments at which
    /// the server took them, as far as these are known.
    fn within_a_day(&self, earlier: usize, later: usize) -> bool {
        let (first, second) = (self.events[earlier], self.events[later]);
        let unknown = |event: &Event| event.stored.time.trust() == Trust::Unknown;
        let distance = |from: Millis, to: Millis| to.saturating_sub(from);
        if !unknown(first) && !unknown(second) {
            return distance(self.instants[earlier], self.instants[later]) <= DAY_MS;
        }
        match (first.received_at, second.received_at) {
            (Some(first), Some(second)) => distance(first, second).saturating_abs() <= DAY_MS,
            _ => true,
        }
    }
}

fn allow(yes: bool, otherwise: NotAllowed) -> Result<(), NotAllowed> {
    if yes { Ok(()) } else { Err(otherwise) }
}
