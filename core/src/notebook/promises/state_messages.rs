//! Promises in words: their states and events as words of the catalogue.

use crate::language::Message;
use crate::model::event::{Event, EventBody, Evidence, EvidenceKind, Finding, Performer};
use crate::model::promise::{Doubt, Facts, Flag, Outcome, PromiseState, Work};
use crate::notebook::context::Context;
use crate::notebook::handbook::proof_message;
use crate::notebook::promises::event_messages::not_allowed_key;

impl Context {
    /// Returns the one word that a reader needs about a state: its outcome once decided, else its work.
    pub(in crate::notebook) fn state_message(
        &self,
        state: &PromiseState,
        performer: &Performer,
        performer_name: &str,
        late: Option<&Message>,
    ) -> Message {
        if matches!(state.work, Work::Disputed { .. }) {
            return Message::new("state-disputed");
        }
        match (&state.outcome, &state.work) {
            (_, Work::Retracted) => Message::new("state-retracted"),
            (_, Work::NotCounted { reason }) => {
                Message::new("state-not-counted").keyed("why", not_allowed_key(*reason))
            }
            (Outcome::Kept, _) => Message::new("state-kept"),
            (Outcome::BrokenLate, _) => Message::new("state-broken-late"),
            (Outcome::BrokenCancelled, _) => Message::new("state-broken-cancelled"),
            (Outcome::BrokenMissed, work) if work.is_open() => {
                late.map_or_else(|| Message::new("state-broken-missed"), Message::clone)
            }
            (Outcome::BrokenFound, _) => Message::new("state-broken-found"),
            (Outcome::BrokenMissed, _) => Message::new("state-broken-missed"),
            (Outcome::Void, Work::Cancelled) => Message::new("state-cancelled"),
            (Outcome::Void, _) => Message::new("state-void"),
            (Outcome::NotConfirmed { doubt }, _) => self.doubt_message(doubt),
            (Outcome::Open, Work::Accepted { .. }) => {
                Message::new("state-open-accepted").person("performer", performer_name)
            }
            (Outcome::Open, Work::Waiting { since }) => match performer {
                Performer::Pool { pool } => {
                    Message::new("state-waiting-pool").text("pool", pool.to_string())
                }
                Performer::Person { .. } | Performer::Nobody => {
                    Message::new("state-waiting").person("performer", performer_name)
                }
            }
            .instant("since", *since, &self.zone),
            (Outcome::Open, Work::Declined { .. }) => {
                Message::new("state-declined").person("performer", performer_name)
            }
            (Outcome::Open, Work::CounterOffered { due, .. }) => {
                Message::new("state-counter-offered")
                    .person("performer", performer_name)
                    .due("due", due)
            }
            (Outcome::Open, Work::Fulfilled) => Message::new("state-fulfilled"),
            (Outcome::Open, Work::Cancelled) => Message::new("state-cancelled"),
            (Outcome::Open, _) => Message::new("state-not-asked"),
        }
    }

    fn doubt_message(&self, doubt: &Doubt) -> Message {
        match doubt {
            Doubt::AtOffice { person, .. } => {
                Message::new("state-not-confirmed-office").person("person", person)
            }
            Doubt::Silent {
                person,
                heard: Some(heard),
                ..
            } => Message::new("state-not-confirmed")
                .person("owner", person)
                .instant("since", *heard, &self.zone),
            Doubt::Silent { person, .. } => {
                Message::new("state-not-confirmed-never").person("person", person)
            }
            Doubt::Clock => Message::new("state-not-confirmed-clock"),
        }
    }

    /// Returns an event in words, as the end of a sentence that begins with its author.
    pub(in crate::notebook) fn event_message(&self, event: &Event) -> Message {
        let name = |person| self.name(person);
        match &event.stored.body {
            EventBody::Made(made) => Message::new("event-made")
                .text("deliverable", &made.deliverable)
                .due("due", &made.due),
            EventBody::Communicated { .. } => Message::new("event-communicated"),
            EventBody::Asked { person, .. } => {
                Message::new("event-asked").person("person", name(*person))
            }
            EventBody::Accepted { .. } => Message::new("event-accepted"),
            EventBody::Declined { reason, .. } => {
                Message::new("event-declined").text("reason", reason)
            }
            EventBody::TermsProposed { due, reason, .. } => Message::new("event-terms-proposed")
                .due("due", due)
                .text("reason", reason),
            EventBody::TermsAgreed { due, .. } => {
                Message::new("event-terms-agreed").due("due", due)
            }
            EventBody::Reassigned {
                performer: to,
                reason,
            } => match to {
                Performer::Person { person } => {
                    Message::new("event-reassigned").person("performer", name(*person))
                }
                Performer::Pool { pool } => {
                    Message::new("event-reassigned-pool").text("pool", pool.to_string())
                }
                Performer::Nobody => Message::new("event-reassigned-nobody"),
            }
            .text("reason", reason),
            EventBody::Started { .. } => Message::new("event-started"),
            EventBody::Fulfilled { occurred_at, .. } => {
                let done = occurred_at.instant(event.received_at);
                Message::new("event-fulfilled").instant("when", done, &self.zone)
            }
            EventBody::CustomerConfirmed { .. } => Message::new("event-customer-confirmed"),
            EventBody::Disputed { words } => Message::new("event-disputed").text("words", words),
            EventBody::DisputeResolved {
                finding, reason, ..
            } => match finding {
                Finding::Kept => Message::new("event-found-kept").text("reason", reason),
                Finding::Broken => Message::new("event-found-broken").text("reason", reason),
                Finding::Void => Message::new("event-found-void").text("reason", reason),
            },
            EventBody::Cancelled { reason, .. } => {
                Message::new("event-cancelled").text("reason", reason)
            }
            EventBody::Retracted { .. } => Message::new("event-retracted"),
            EventBody::Thanked { person } => {
                Message::new("event-thanked").person("person", name(*person))
            }
            EventBody::ReminderAcked { .. } => Message::new("event-reminder-acked"),
            EventBody::Archived { .. } => Message::new("event-archived"),
            EventBody::Restored { .. } => Message::new("event-restored"),
            EventBody::Unknown(_) => Message::new("event-unknown"),
        }
    }

    /// Returns the remarks that stand behind an event in smaller type.
    pub(in crate::notebook) fn remarks(&self, event: &Event, facts: &Facts) -> Vec<Message> {
        let mut remarks = Vec::new();
        let for_person = match &event.stored.body {
            EventBody::Accepted { for_person, .. }
            | EventBody::Declined { for_person, .. }
            | EventBody::TermsProposed { for_person, .. }
            | EventBody::Started { for_person }
            | EventBody::Fulfilled { for_person, .. } => *for_person,
            _ => None,
        };
        if let Some(person) = for_person {
            remarks.push(Message::new("event-for").person("person", self.name(person)));
        }
        if let EventBody::Fulfilled {
            occurred_at,
            evidence,
            ..
        } = &event.stored.body
        {
            remarks.extend(evidence.iter().filter_map(evidence_message));
            let recorded = event.instant();
            if recorded.saturating_sub(occurred_at.instant(event.received_at)) > PROMPT_MS {
                let words = Message::new("event-recorded");
                remarks.push(words.instant("when", recorded, &self.zone));
            }
        }
        if facts.taken_back.contains(&event.id) {
            remarks.push(Message::new("event-taken-back"));
        }
        let grey = facts.not_allowed.iter().find(|(id, _)| *id == event.id);
        if let Some((_, reason)) = grey {
            remarks.push(Message::new("event-not-allowed").keyed("why", not_allowed_key(*reason)));
        }
        remarks
    }

    /// Returns a flag in words; `late` is the lateness, none where a state says it already.
    pub(in crate::notebook) fn flag_message(
        &self,
        flag: &Flag,
        late: Option<&Message>,
    ) -> Option<Message> {
        Some(match flag {
            Flag::ConflictingDates => Message::new("flag-conflicting-dates"),
            Flag::TwoTookIt => Message::new("flag-two-took-it"),
            Flag::AlreadyLate => return late.cloned(),
            Flag::PromisedWithoutAsking => Message::new("flag-promised-without-asking"),
            Flag::NobodyAsked => Message::new("flag-nobody-asked"),
            Flag::WithoutProof => Message::new("flag-without-proof"),
            Flag::Corrected { at } => {
                Message::new("flag-corrected").instant("when", *at, &self.zone)
            }
            Flag::NoLongerMissed { at, device } => {
                let device = self.registry.devices.get(device);
                let owner = device.map(|device| self.name(device.person));
                Message::new("flag-no-longer-missed")
                    .person("owner", owner.unwrap_or_default())
                    .text("device", device.map_or("", |device| device.label.as_str()))
                    .instant("when", *at, &self.zone)
            }
            Flag::NoRoom { events, most_by } => {
                let by = most_by.map(|person| self.name(person)).unwrap_or_default();
                Message::new("flag-no-room")
                    .number("count", i64::try_from(*events).unwrap_or(i64::MAX))
                    .text("name", by)
            }
            Flag::PerformerLeft { person } => {
                Message::new("flag-performer-left").person("name", self.name(*person))
            }
        })
    }
}

/// Returns a proof in words; none for the performer's bare word, which goes without saying unless it has a note.
fn evidence_message(proof: &Evidence) -> Option<Message> {
    let key = match (proof.note.as_str(), proof.kind) {
        ("", EvidenceKind::SaidDone) => return None,
        ("", _) => "event-proof",
        _ => "event-proof-noted",
    };
    // messages: event-proof event-proof-noted
    let words = Message::new(key).keyed("proof", proof_message(proof.kind).key);
    Some(if proof.note.is_empty() {
        words
    } else {
        words.text("note", &proof.note)
    })
}

/// The delay, in milliseconds, up to which a deed that is written down later is not called backdated.
const PROMPT_MS: i64 = 5 * 60_000;
