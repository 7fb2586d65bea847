//! Permissions: judges an event by the rule for its kind (`model/event_kind.rs`), from the author's role and from the
//! event's own causal past alone.

use serde::Serialize;

use super::event_history::{EventHistory, Verdict};
use super::performer::{Assignment, assignment, ever_performed};
use crate::model::causality::Positions;
use crate::model::event::{Event, EventBody};
use crate::model::event_kind::AuthorRule;
use crate::model::ids::PersonId;
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
    /// Tells if the event at `position` may be written; every event before it has been judged. An error with the reason
    /// if not.
    pub(super) fn judge(&self, position: usize) -> Result<(), NotAllowed> {
        let author = self.authors[position].ok_or(NotAllowed::AuthorArriving)?;
        let stored = &self.events[position].stored;
        allow(self.causality.in_order(position), NotAllowed::OutOfOrder)?;
        let mut rows = self.colleague(author, position).peekable();
        allow(rows.peek().is_some(), NotAllowed::NotAColleague)?;
        let office = rows.any(|row| row.role.runs_the_company());
        let Some(kind) = stored.body.kind() else {
            return Ok(());
        };
        let party = || self.party(author, position);
        match kind.author_rule() {
            AuthorRule::First => {
                let first = stored.after.is_empty() && self.made.is_none();
                allow(first, NotAllowed::NotFirst)
            }
            AuthorRule::Colleague => Ok(()),
            AuthorRule::Office => allow(office, NotAllowed::NotOffice),
            AuthorRule::OwnWithinADay => self.judge_retraction(author, position),
            AuthorRule::Involved => party()?.judge(office, |party| {
                let involved = party.is_promiser() || office || party.performs();
                allow(involved, NotAllowed::NotInvolved)
            }),
            AuthorRule::PromiserOrOffice => party()?.judge(office, |party| {
                allow(party.is_promiser() || office, NotAllowed::NotPromiser)
            }),
            AuthorRule::PromiserOrPerformer => party()?.judge(office, |party| {
                let either = party.is_promiser() || party.performs();
                allow(either, NotAllowed::NotPromiserOrPerformer)
            }),
            AuthorRule::PromiserOrEverPerformer => party()?.judge(office, |party| {
                let either = party.is_promiser() || party.ever_performed();
                allow(either, NotAllowed::NeverPerformer)
            }),
            AuthorRule::Performer => party()?.judge(office, |party| {
                allow(party.performs(), NotAllowed::NotPerformer)
            }),
        }
    }

    fn judge_retraction(&self, author: PersonId, position: usize) -> Result<(), NotAllowed> {
        let EventBody::Retracted { event } = self.body(position) else {
            return Err(NotAllowed::NothingToRetract);
        };
        let named = self.causality.position(*event);
        let named = named.filter(|named| self.saw(position, *named));
        let named = named.ok_or(NotAllowed::NothingToRetract)?;
        allow(
            self.authors[named] == Some(author),
            NotAllowed::NotTheAuthor,
        )?;
        allow(
            self.within_a_day(named, position),
            NotAllowed::TooLateToRetract,
        )
    }

    /// The author of an event as a party to the promise that they had seen; an error where they had seen none.
    fn party(&self, author: PersonId, position: usize) -> Result<Party<'_, '_>, NotAllowed> {
        let retracted = self.retracted_in_view_of(position);
        let in_view = |seen| is_in_view(self, &retracted, position, seen);
        let (made, promised) = self.promised().ok_or(NotAllowed::PromiseUnseen)?;
        let assignment = assignment(self, in_view).ok_or(NotAllowed::PromiseUnseen)?;
        allow(self.saw(position, made), NotAllowed::PromiseUnseen)?;
        Ok(Party {
            history: self,
            author,
            position,
            promiser: promised.promiser,
            assignment,
            retracted,
        })
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

/// The author of an event, and the promise as they saw it when they wrote.
struct Party<'h, 'a> {
    history: &'h EventHistory<'a>,
    author: PersonId,
    position: usize,
    promiser: PersonId,
    assignment: Assignment<'a>,
    /// The events that were taken back in their view.
    retracted: Positions,
}

impl Party<'_, '_> {
    /// Judges the event by the rule for its kind, and one that is written for another person by that person's part.
    fn judge(
        &self,
        office: bool,
        rule: impl Fn(&Self) -> Result<(), NotAllowed>,
    ) -> Result<(), NotAllowed> {
        let for_person = self.history.body(self.position).for_person();
        let Some(person) = for_person.filter(|person| *person != self.author) else {
            return rule(self);
        };
        allow(office, NotAllowed::ForSomebodyElse)?;
        let theirs = self
            .assignment
            .includes(self.history, person, self.position);
        allow(theirs, NotAllowed::NotTheirs)
    }

    fn is_promiser(&self) -> bool {
        self.promiser == self.author
    }

    fn performs(&self) -> bool {
        self.assignment
            .includes(self.history, self.author, self.position)
    }

    /// True if the author was to deliver at any time.
    fn ever_performed(&self) -> bool {
        let in_view = |seen| is_in_view(self.history, &self.retracted, self.position, seen);
        ever_performed(self.history, self.author, self.position, in_view)
    }
}

/// True if the author of the event at `position` had seen another one that counts and was not taken back.
fn is_in_view(
    history: &EventHistory<'_>,
    retracted: &Positions,
    position: usize,
    seen: usize,
) -> bool {
    history.saw(position, seen) && history.counts(seen) && !retracted.contains(seen)
}

fn allow(yes: bool, otherwise: NotAllowed) -> Result<(), NotAllowed> {
    if yes { Ok(()) } else { Err(otherwise) }
}
