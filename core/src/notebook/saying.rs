//! Promises in words: their states and events as words of the catalogue.

use super::company::proof_words;
use super::explaining::not_allowed_key;
use super::lists::Reader;
use crate::model::event::{Event, EventBody, Evidence, EvidenceKind, Finding, Performer};
use crate::model::promise::{Doubt, Facts, Flag, Outcome, PromiseState, Work};
use crate::words::Words;

impl Reader {
    /// Returns the one word that a reader needs about a state: its outcome once decided, else its work.
    pub(super) fn state_words(
        &self,
        state: &PromiseState,
        performer: &Performer,
        performer_name: &str,
        late: Option<&Words>,
    ) -> Words {
        if matches!(state.work, Work::Disputed { .. }) {
            return Words::new("state-disputed");
        }
        match (&state.outcome, &state.work) {
            (_, Work::Retracted) => Words::new("state-retracted"),
            (_, Work::NotCounted { reason }) => {
                Words::new("state-not-counted").keyed("why", not_allowed_key(*reason))
            }
            (Outcome::Kept, _) => Words::new("state-kept"),
            (Outcome::BrokenLate, _) => Words::new("state-broken-late"),
            (Outcome::BrokenCancelled, _) => Words::new("state-broken-cancelled"),
            (Outcome::BrokenMissed, work) if work.is_open() => {
                late.map_or_else(|| Words::new("state-broken-missed"), Words::clone)
            }
            (Outcome::BrokenFound, _) => Words::new("state-broken-found"),
            (Outcome::BrokenMissed, _) => Words::new("state-broken-missed"),
            (Outcome::Void, Work::Cancelled) => Words::new("state-cancelled"),
            (Outcome::Void, _) => Words::new("state-void"),
            (Outcome::NotConfirmed { doubt }, _) => self.doubt_words(doubt),
            (Outcome::Open, Work::Accepted { .. }) => {
                Words::new("state-open-accepted").person("performer", performer_name)
            }
            (Outcome::Open, Work::Waiting { since }) => match performer {
                Performer::Pool { pool } => {
                    Words::new("state-waiting-pool").text("pool", pool.to_string())
                }
                Performer::Person { .. } | Performer::Nobody => {
                    Words::new("state-waiting").person("performer", performer_name)
                }
            }
            .instant("since", *since, &self.zone),
            (Outcome::Open, Work::Declined { .. }) => {
                Words::new("state-declined").person("performer", performer_name)
            }
            (Outcome::Open, Work::CounterOffered { due, .. }) => {
                Words::new("state-counter-offered")
                    .person("performer", performer_name)
                    .due("due", due)
            }
            (Outcome::Open, Work::Fulfilled) => Words::new("state-fulfilled"),
            (Outcome::Open, Work::Cancelled) => Words::new("state-cancelled"),
            (Outcome::Open, _) => Words::new("state-not-asked"),
        }
    }

    fn doubt_words(&self, doubt: &Doubt) -> Words {
        match doubt {
            Doubt::AtOffice { person, .. } => {
                Words::new("state-not-confirmed-office").person("person", person)
            }
            Doubt::Silent {
                person,
                heard: Some(heard),
                ..
            } => Words::new("state-not-confirmed")
                .person("owner", person)
                .instant("since", *heard, &self.zone),
            Doubt::Silent { person, .. } => {
                Words::new("state-not-confirmed-never").person("person", person)
            }
            Doubt::Clock => Words::new("state-not-confirmed-clock"),
        }
    }

    /// Returns an event in words, as the end of a sentence that begins with its author.
    pub(super) fn event_words(&self, event: &Event) -> Words {
        let name = |person| self.name(person);
        match &event.stored.body {
            EventBody::Made(made) => Words::new("event-made")
                .text("deliverable", &made.deliverable)
                .due("due", &made.due),
            EventBody::Communicated { .. } => Words::new("event-communicated"),
            EventBody::Asked { person, .. } => {
                Words::new("event-asked").person("person", name(*person))
            }
            EventBody::Accepted { .. } => Words::new("event-accepted"),
            EventBody::Declined { reason, .. } => {
                Words::new("event-declined").text("reason", reason)
            }
            EventBody::TermsProposed { due, reason, .. } => Words::new("event-terms-proposed")
                .due("due", due)
                .text("reason", reason),
            EventBody::TermsAgreed { due, .. } => Words::new("event-terms-agreed").due("due", due),
            EventBody::Reassigned {
                performer: to,
                reason,
            } => match to {
                Performer::Person { person } => {
                    Words::new("event-reassigned").person("performer", name(*person))
                }
                Performer::Pool { pool } => {
                    Words::new("event-reassigned-pool").text("pool", pool.to_string())
                }
                Performer::Nobody => Words::new("event-reassigned-nobody"),
            }
            .text("reason", reason),
            EventBody::Started { .. } => Words::new("event-started"),
            EventBody::Fulfilled { occurred_at, .. } => {
                let done = occurred_at.instant(event.received_at);
                Words::new("event-fulfilled").instant("when", done, &self.zone)
            }
            EventBody::CustomerConfirmed { .. } => Words::new("event-customer-confirmed"),
            EventBody::Disputed { words } => Words::new("event-disputed").text("words", words),
            EventBody::DisputeResolved {
                finding, reason, ..
            } => match finding {
                Finding::Kept => Words::new("event-found-kept").text("reason", reason),
                Finding::Broken => Words::new("event-found-broken").text("reason", reason),
                Finding::Void => Words::new("event-found-void").text("reason", reason),
            },
            EventBody::Cancelled { reason, .. } => {
                Words::new("event-cancelled").text("reason", reason)
            }
            EventBody::Retracted { .. } => Words::new("event-retracted"),
            EventBody::Thanked { person } => {
                Words::new("event-thanked").person("person", name(*person))
            }
            EventBody::ReminderAcked { .. } => Words::new("event-reminder-acked"),
            EventBody::Archived { .. } => Words::new("event-archived"),
            EventBody::Restored { .. } => Words::new("event-restored"),
            EventBody::Unknown(_) => Words::new("event-unknown"),
        }
    }

    /// Returns the remarks that stand behind an event in smaller type.
    pub(super) fn remarks(&self, event: &Event, facts: &Facts) -> Vec<Words> {
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
            remarks.push(Words::new("event-for").person("person", self.name(person)));
        }
        if let EventBody::Fulfilled {
            occurred_at,
            evidence,
            ..
        } = &event.stored.body
        {
            remarks.extend(evidence.iter().filter_map(evidence_words));
            let recorded = event.instant();
            if recorded.saturating_sub(occurred_at.instant(event.received_at)) > PROMPT_MS {
                let words = Words::new("event-recorded");
                remarks.push(words.instant("when", recorded, &self.zone));
            }
        }
        if facts.taken_back.contains(&event.id) {
            remarks.push(Words::new("event-taken-back"));
        }
        let grey = facts.not_allowed.iter().find(|(id, _)| *id == event.id);
        if let Some((_, reason)) = grey {
            remarks.push(Words::new("event-not-allowed").keyed("why", not_allowed_key(*reason)));
        }
        remarks
    }

    /// Returns a flag in words; `late` is the lateness, none where a state says it already.
    pub(super) fn flag_words(&self, flag: &Flag, late: Option<&Words>) -> Option<Words> {
        Some(match flag {
            Flag::ConflictingDates => Words::new("flag-conflicting-dates"),
            Flag::TwoTookIt => Words::new("flag-two-took-it"),
            Flag::AlreadyLate => return late.cloned(),
            Flag::PromisedWithoutAsking => Words::new("flag-promised-without-asking"),
            Flag::NobodyAsked => Words::new("flag-nobody-asked"),
            Flag::WithoutProof => Words::new("flag-without-proof"),
            Flag::Corrected { at } => Words::new("flag-corrected").instant("when", *at, &self.zone),
            Flag::NoLongerMissed { at, device } => {
                let device = self.registry.devices.get(device);
                let owner = device.map(|device| self.name(device.person));
                Words::new("flag-no-longer-missed")
                    .person("owner", owner.unwrap_or_default())
                    .text("device", device.map_or("", |device| device.label.as_str()))
                    .instant("when", *at, &self.zone)
            }
            Flag::NoRoom { events, most_by } => {
                let by = most_by.map(|person| self.name(person)).unwrap_or_default();
                Words::new("flag-no-room")
                    .number("count", i64::try_from(*events).unwrap_or(i64::MAX))
                    .text("name", by)
            }
            Flag::PerformerLeft { person } => {
                Words::new("flag-performer-left").person("name", self.name(*person))
            }
        })
    }
}

/// Returns a proof in words; none for the performer's bare word, which goes without saying unless it has a note.
fn evidence_words(proof: &Evidence) -> Option<Words> {
    let key = match (proof.note.as_str(), proof.kind) {
        ("", EvidenceKind::SaidDone) => return None,
        ("", _) => "event-proof",
        _ => "event-proof-noted",
    };
    // words: event-proof event-proof-noted
    let words = Words::new(key).keyed("proof", proof_words(proof.kind).key);
    Some(if proof.note.is_empty() {
        words
    } else {
        words.text("note", &proof.note)
    })
}

/// The delay, in milliseconds, up to which a deed that is written down later is not called backdated.
const PROMPT_MS: i64 = 5 * 60_000;
