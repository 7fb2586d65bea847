//! Events of a promise from edits: an edit of a screen becomes the event that it stands for.

use crate::document::TERMS_OF_THIS_GROUP;
use crate::language::Message;
use crate::limits;
use crate::model::authored::Authorship;
use crate::model::causality::frontier;
use crate::model::event::{Event, EventBody, Evidence, Performer, StoredEvent};
use crate::model::ids::{EventId, PersonId};
use crate::model::promise::{PerformerAnswer, PromiseRecord, may, read, reduce};
use crate::model::time::{Due, Millis, RecordedTime};
use crate::notebook::checks::{check_max_chars, non_empty_name};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::PromiseEdit;
use crate::notebook::promises::event_messages::not_allowed_key;

/// The basis of new events: the promise as it stands, and the context with its author.
pub(in crate::notebook) struct EventBuilder<'a> {
    pub context: &'a Context,
    pub record: &'a PromiseRecord,
    /// The person for whom the office writes; none for the author's own operations.
    pub for_person: Option<PersonId>,
}

impl EventBuilder<'_> {
    /// Returns the events that edits stand for; an error if their author may not write one of them.
    pub(in crate::notebook) fn events(
        &self,
        edits: Vec<PromiseEdit>,
        new_id: &dyn Fn() -> EventId,
    ) -> ApiResult<Vec<EventBody>> {
        let mut known = self.record.events.clone();
        let mut bodies = Vec::with_capacity(edits.len());
        for edit in edits {
            self.refuse_if_done(&edit, &known)?;
            let body = self.event_of(edit, &known)?;
            let next = self.event(&known, body.clone(), new_id());
            may(&known, &next, &self.context.registry).map_err(|reason| {
                let why = not_allowed_key(reason);
                KeptError::invalid("event", Message::new("error-not-allowed").keyed("why", why))
            })?;
            known.push(next);
            bodies.push(body);
        }
        let in_this_group = |id: EventId| {
            let mut new = known.iter().skip(self.record.events.len());
            new.any(|event| event.id == id)
        };
        for body in &mut bodies {
            if let Some(terms) = body.terms_mut().filter(|terms| in_this_group(**terms)) {
                *terms = TERMS_OF_THIS_GROUP;
            }
        }
        Ok(bodies)
    }

    /// Refuses an edit that makes sense only before the promise is done: a screen may be older than the operations
    /// of others.
    fn refuse_if_done(&self, edit: &PromiseEdit, known: &[Event]) -> ApiResult<()> {
        let before = matches!(
            edit,
            PromiseEdit::Ask { .. }
                | PromiseEdit::Reassign { .. }
                | PromiseEdit::Propose { .. }
                | PromiseEdit::Agree { .. }
                | PromiseEdit::Decline { .. }
                | PromiseEdit::Cancel { .. }
        );
        let facts = before
            .then(|| reduce(known, &self.context.registry))
            .flatten();
        let is_done = facts.is_some_and(|facts| {
            let state = facts.state(self.record.id, self.context.now, &self.context.registry);
            state.work.is_done()
        });
        if is_done {
            return Err(KeptError::invalid(
                "event",
                Message::new("error-done-already"),
            ));
        }
        Ok(())
    }

    /// Returns an event as it will stand in the document.
    pub(in crate::notebook) fn event(
        &self,
        known: &[Event],
        body: EventBody,
        id: EventId,
    ) -> Event {
        let (after, n) = frontier(known);
        Event {
            id,
            stored: StoredEvent {
                device: self.context.identity.installation,
                time: self.context.time.clone(),
                after,
                n,
                on_behalf: None,
                body,
            },
            by: Authorship {
                actor: self.context.identity.actor,
                person: Some(self.context.identity.person),
                name: String::new(),
                at: self.context.time.wall_ms,
            },
            seq: 1,
            received_at: None,
        }
    }

    /// Returns the event that an edit stands for, with the terms filled in that are present after `known`.
    fn event_of(&self, edit: PromiseEdit, known: &[Event]) -> ApiResult<EventBody> {
        let Self {
            context,
            record,
            for_person,
        } = *self;
        let now = &context.time;
        if let PromiseEdit::Retract { event } = edit {
            if !record.events.iter().any(|known| known.id == event) {
                return Err(KeptError::not_found("thing-event", event));
            }
            return Ok(EventBody::Retracted { event });
        }
        let facts = read(known, &context.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", record.id))?;
        if let Some(reason) = facts.not_counted {
            let words = Message::new("error-not-counted").keyed("why", not_allowed_key(reason));
            return Err(KeptError::invalid("event", words));
        }
        let terms = facts.present.event;
        let check_reason = |reason: &str| check_max_chars("reason", reason, limits::VALUE_CHARS);
        let performer = |person: Option<PersonId>| match (person, &facts.performer) {
            (Some(person), _) => Ok(person),
            (None, Performer::Person { person }) => Ok(*person),
            (None, _) => Err(KeptError::invalid(
                "person",
                Message::new("error-nobody-to-ask"),
            )),
        };
        let takes_person = matches!(
            edit,
            PromiseEdit::Accept
                | PromiseEdit::Decline { .. }
                | PromiseEdit::Propose { .. }
                | PromiseEdit::Start
                | PromiseEdit::Fulfil { .. }
        );
        if for_person.is_some() && !takes_person {
            return Err(KeptError::invalid(
                "person",
                Message::new("error-not-for-others"),
            ));
        }
        Ok(match edit {
            PromiseEdit::Communicate { contact, channel } => {
                EventBody::Communicated { contact, channel }
            }
            PromiseEdit::Ask { person } => EventBody::Asked {
                person: performer(person)?,
                terms,
            },
            PromiseEdit::Accept => EventBody::Accepted { terms, for_person },
            PromiseEdit::Decline { reason } => {
                check_reason(&reason)?;
                EventBody::Declined {
                    terms,
                    reason,
                    for_person,
                }
            }
            PromiseEdit::Propose { due, reason } => {
                check_reason(&reason)?;
                EventBody::TermsProposed {
                    due,
                    reason,
                    for_person,
                }
            }
            PromiseEdit::Agree {
                due,
                words,
                contact,
                channel,
                suggestion,
            } => {
                check_max_chars("words", &words, limits::NAME_CHARS)?;
                let (due, proposal) = match &facts.answer {
                    PerformerAnswer::Proposed {
                        event, due: offer, ..
                    } if same_date(offer, &due) => (offer.clone(), Some(*event)),
                    _ => (due, None),
                };
                EventBody::TermsAgreed {
                    due,
                    words,
                    contact,
                    channel,
                    proposal,
                    suggestion,
                }
            }
            PromiseEdit::Reassign { performer, reason } => {
                check_reason(&reason)?;
                EventBody::Reassigned { performer, reason }
            }
            PromiseEdit::Start => EventBody::Started { for_person },
            PromiseEdit::Fulfil {
                occurred_at,
                evidence,
            } => {
                let occurred_at =
                    occurred_at.map_or_else(|| now.clone(), |at| author_time(at, now));
                if occurred_at.instant(None) > now.instant(None).saturating_add(limits::FUTURE_MS) {
                    return Err(KeptError::invalid(
                        "occurred_at",
                        Message::new("error-in-the-future"),
                    ));
                }
                evidence.iter().try_for_each(|proof: &Evidence| {
                    check_max_chars("evidence", &proof.note, limits::VALUE_CHARS)
                })?;
                EventBody::Fulfilled {
                    occurred_at,
                    evidence,
                    for_person,
                }
            }
            PromiseEdit::Confirm { mood, contact } => {
                EventBody::CustomerConfirmed { mood, contact }
            }
            PromiseEdit::Dispute { words } => EventBody::Disputed {
                words: non_empty_name("words", &words)?,
            },
            PromiseEdit::Resolve {
                dispute,
                finding,
                reason,
            } => {
                check_reason(&reason)?;
                if !record.events.iter().any(|known| known.id == dispute) {
                    return Err(KeptError::not_found("thing-event", dispute));
                }
                if facts.open_dispute != Some(dispute) {
                    let words = Message::new("error-dispute-not-open");
                    return Err(KeptError::invalid("dispute", words));
                }
                EventBody::DisputeResolved {
                    dispute,
                    finding,
                    reason,
                }
            }
            PromiseEdit::Cancel {
                by,
                agreed_by,
                reason,
            } => {
                check_reason(&reason)?;
                EventBody::Cancelled {
                    by,
                    agreed_by,
                    reason,
                }
            }
            PromiseEdit::NameAccount {
                account,
                contact,
                labels,
            } => EventBody::AccountNamed {
                account: Some(account),
                contact,
                labels,
            },
            PromiseEdit::Retract { event } => EventBody::Retracted { event },
            PromiseEdit::Thank { person } => EventBody::Thanked { person },
        })
    }
}

/// True if two dates are the same day and time at the same place.
fn same_date(one: &Due, other: &Due) -> bool {
    (&one.date, one.part, &one.zone) == (&other.date, other.part, &other.zone)
}

/// Returns a moment that the author names now as an instant of their own clock.
fn author_time(at: Millis, now: &RecordedTime) -> RecordedTime {
    RecordedTime {
        wall_ms: at.saturating_sub(now.offset_ms.unwrap_or(0)),
        known_ms: None,
        ..now.clone()
    }
}
