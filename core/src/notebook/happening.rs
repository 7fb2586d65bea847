//! What happens to a promise: an edit of a screen becomes the event that it stands for.

use super::errors::{ApiResult, KeptError, named, within};
use super::records::PromiseEdit;
use crate::limits;
use crate::model::event::{EventBody, Evidence, Performer};
use crate::model::ids::PersonId;
use crate::model::people::Registry;
use crate::model::promise::{PromiseRecord, reduce};
use crate::model::time::{Millis, Time};
use crate::store::meta::Identity;
use crate::words::Words;

/// The event that an edit stands for, with the present terms filled in.
pub(super) fn event_of(
    edit: PromiseEdit,
    record: &PromiseRecord,
    identity: &Identity,
    registry: &Registry,
    now: &Time,
) -> ApiResult<EventBody> {
    let facts = reduce(&record.events, registry)
        .ok_or_else(|| KeptError::not_found("thing-promise", record.id))?;
    let terms = facts.present.event;
    let reason_fits = |reason: &str| within("reason", reason, limits::VALUE_CHARS);
    let performer = |person: Option<PersonId>| match (person, &facts.performer) {
        (Some(person), _) => Ok(person),
        (None, Performer::Person { person }) => Ok(*person),
        (None, _) => Err(KeptError::invalid(
            "person",
            Words::new("error-nobody-to-ask"),
        )),
    };
    Ok(match edit {
        PromiseEdit::Communicate { contact, channel } => {
            EventBody::Communicated { contact, channel }
        }
        PromiseEdit::Ask { person } => EventBody::Asked {
            person: performer(person)?,
            terms,
        },
        PromiseEdit::Accept => EventBody::Accepted {
            terms,
            for_person: None,
        },
        PromiseEdit::Decline { reason } => {
            reason_fits(&reason)?;
            EventBody::Declined {
                terms,
                reason,
                for_person: None,
            }
        }
        PromiseEdit::Propose { due, reason } => {
            reason_fits(&reason)?;
            EventBody::TermsProposed {
                due,
                reason,
                for_person: None,
            }
        }
        PromiseEdit::Agree {
            due,
            words,
            contact,
            channel,
            suggestion,
        } => {
            within("words", &words, limits::NAME_CHARS)?;
            EventBody::TermsAgreed {
                due,
                words,
                contact,
                channel,
                proposal: None,
                suggestion,
            }
        }
        PromiseEdit::Reassign { performer, reason } => {
            reason_fits(&reason)?;
            EventBody::Reassigned { performer, reason }
        }
        PromiseEdit::Start => EventBody::Started { for_person: None },
        PromiseEdit::Fulfil {
            occurred_at,
            evidence,
        } => {
            let occurred_at = occurred_at.map_or_else(|| now.clone(), |at| said_at(at, now));
            if occurred_at.instant(None) > now.instant(None).saturating_add(limits::FUTURE_MS) {
                return Err(KeptError::invalid(
                    "occurred_at",
                    Words::new("error-in-the-future").text("field", "occurred_at"),
                ));
            }
            evidence.iter().try_for_each(|proof: &Evidence| {
                within("evidence", &proof.note, limits::VALUE_CHARS)
            })?;
            EventBody::Fulfilled {
                occurred_at,
                evidence,
                for_person: None,
            }
        }
        PromiseEdit::Confirm { mood, contact } => EventBody::CustomerConfirmed { mood, contact },
        PromiseEdit::Dispute { words } => EventBody::Disputed {
            words: named("words", &words)?,
        },
        PromiseEdit::Resolve {
            dispute,
            finding,
            reason,
        } => {
            reason_fits(&reason)?;
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
            reason_fits(&reason)?;
            EventBody::Cancelled {
                by,
                agreed_by,
                reason,
            }
        }
        PromiseEdit::Retract { event } => {
            let own = record.events.iter().find(|known| known.id == event);
            let own = own.ok_or_else(|| KeptError::not_found("thing-event", event))?;
            if own.by.actor != identity.actor && own.by.person != Some(identity.person) {
                return Err(KeptError::invalid("event", Words::new("error-not-yours")));
            }
            EventBody::Retracted { event }
        }
        PromiseEdit::Thank { person } => EventBody::Thanked { person },
    })
}

/// A moment that somebody names now: an instant of their own clock.
fn said_at(at: Millis, now: &Time) -> Time {
    Time {
        wall_ms: at.saturating_sub(now.offset_ms.unwrap_or(0)),
        ..now.clone()
    }
}
