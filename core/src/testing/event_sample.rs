//! One event body of every kind: what the golden files of events hold.

use crate::model::event::{
    CancelledBy, EventBody, Evidence, EvidenceKind, Finding, Mood, Performer, PromiseMade,
    PromiseRules, Suggestion,
};
use crate::model::event_kind::EventKind;
use crate::model::ids::{DocId, EventId, ItemId, PersonId};
use crate::model::time::{Due, DuePart, RecordedTime};
use crate::model::visit::{Channel, NameSnapshot};
use crate::testing::NOON;

/// A body of a kind. Golden files hold these bodies, so that none of them changes.
pub(crate) fn event_sample(kind: EventKind) -> EventBody {
    let (terms, person, reason) = (EventId([0xe1; 16]), PersonId([2; 16]), "because".to_owned());
    let contact = Some(ItemId([0xc0; 16]));
    match kind {
        EventKind::Made => EventBody::Made(Box::new(made())),
        EventKind::Communicated => EventBody::Communicated {
            contact,
            channel: Channel::Call,
        },
        EventKind::Asked => EventBody::Asked { person, terms },
        EventKind::Accepted => EventBody::Accepted {
            terms,
            for_person: None,
        },
        EventKind::Declined => EventBody::Declined {
            terms,
            reason,
            for_person: Some(person),
        },
        EventKind::TermsProposed => EventBody::TermsProposed {
            due: due(),
            reason,
            for_person: None,
        },
        EventKind::TermsAgreed => EventBody::TermsAgreed {
            due: due(),
            words: "Thursday".into(),
            contact,
            channel: Channel::Call,
            proposal: Some(terms),
            suggestion: None,
        },
        EventKind::Reassigned => EventBody::Reassigned {
            performer: Performer::Pool {
                pool: "north".parse().unwrap(),
            },
            reason,
        },
        EventKind::Started => EventBody::Started { for_person: None },
        EventKind::Fulfilled => EventBody::Fulfilled {
            occurred_at: sample_time(),
            evidence: vec![Evidence {
                kind: EvidenceKind::Photo,
                note: "closed".into(),
                file: None,
            }],
            for_person: None,
        },
        EventKind::CustomerConfirmed => EventBody::CustomerConfirmed {
            mood: Mood::Happy,
            contact,
        },
        EventKind::Disputed => EventBody::Disputed {
            words: "It still sticks".into(),
        },
        EventKind::DisputeResolved => EventBody::DisputeResolved {
            dispute: terms,
            finding: Finding::Broken,
            reason,
        },
        EventKind::Cancelled => EventBody::Cancelled {
            by: CancelledBy::Us,
            agreed_by: contact,
            reason,
        },
        EventKind::Retracted => EventBody::Retracted { event: terms },
        EventKind::Thanked => EventBody::Thanked { person },
        EventKind::ReminderAcked => EventBody::ReminderAcked {
            rung: "half".into(),
        },
        EventKind::AccountNamed => EventBody::AccountNamed {
            account: Some(DocId([0xac; 16])),
            contact,
            labels: NameSnapshot {
                account: "Adler Stone".into(),
                site: "Yard".into(),
                contact: "Mrs. Adler".into(),
            },
        },
        EventKind::Archived => EventBody::Archived { reason },
        EventKind::Restored => EventBody::Restored { reason },
    }
}

/// A time with an offset and an age.
pub(crate) fn sample_time() -> RecordedTime {
    RecordedTime {
        wall_ms: NOON,
        zone: "Europe/Berlin".into(),
        offset_ms: Some(-250),
        age_ms: Some(60_000),
        known_ms: None,
    }
}

fn due() -> Due {
    Due {
        date: "2026-11-26".into(),
        part: DuePart::Minute { of_day: 600 },
        zone: "Europe/Berlin".into(),
        end_of_day: None,
        repeated: false,
    }
}

fn made() -> PromiseMade {
    PromiseMade {
        kind: "delivery".into(),
        deliverable: "the new door seal".into(),
        criterion: "the oven closes by itself".into(),
        account: Some(DocId([0xac; 16])),
        contact: Some(ItemId([0xc0; 16])),
        labels: NameSnapshot {
            account: "Bäckerei Süß".into(),
            site: "Backstube".into(),
            contact: "Frau Süß".into(),
        },
        promiser: PersonId([1; 16]),
        performer: Performer::Person {
            person: PersonId([2; 16]),
        },
        due: due(),
        words: "Thursday at ten".into(),
        channel: Channel::OnSite,
        visit: None,
        not_before: None,
        rules: PromiseRules::default(),
        suggestion: Some(Suggestion {
            due: due(),
            quantile_percent: 80,
            level: "kind".into(),
            closed: 20,
            open: 3,
        }),
        predecessor: None,
        makes_right: None,
    }
}
