//! The messages on a promise's events: the event itself, its remarks, its effect, and the rules that matched.

use crate::language::Message;
use crate::model::event::{Event, EventBody, Evidence, EvidenceKind, Finding, Performer};
use crate::model::promise::{EventEffect, Facts, NotAllowed, OutcomeRule, WorkRule};
use crate::notebook::context::Context;
use crate::notebook::handbook::messages::proof_message;

/// Returns the reason for which an event does not count: the key of a whole sentence.
pub(in crate::notebook) fn not_allowed_key(reason: NotAllowed) -> &'static str {
    match reason {
        NotAllowed::AuthorArriving => "not-allowed-author-arriving",
        NotAllowed::NotAColleague => "not-allowed-not-a-colleague",
        NotAllowed::OutOfOrder => "not-allowed-out-of-order",
        NotAllowed::NotFirst => "not-allowed-not-first",
        NotAllowed::PromiseUnseen => "not-allowed-promise-unseen",
        NotAllowed::NotInvolved => "not-allowed-not-involved",
        NotAllowed::NotPromiser => "not-allowed-not-promiser",
        NotAllowed::NotPromiserOrPerformer => "not-allowed-not-promiser-or-performer",
        NotAllowed::NotPerformer => "not-allowed-not-performer",
        NotAllowed::NeverPerformer => "not-allowed-never-performer",
        NotAllowed::NotOffice => "not-allowed-not-office",
        NotAllowed::ForSomebodyElse => "not-allowed-for-somebody-else",
        NotAllowed::NotTheirs => "not-allowed-not-theirs",
        NotAllowed::NotTheAuthor => "not-allowed-not-the-author",
        NotAllowed::TooLateToRetract => "not-allowed-too-late-to-retract",
        NotAllowed::NothingToRetract => "not-allowed-nothing-to-retract",
        NotAllowed::PromiseNotCounted => "not-allowed-promise-not-counted",
        NotAllowed::DateUnreadable => "not-allowed-date-unreadable",
        NotAllowed::NoRoom => "not-allowed-no-room",
    }
}

/// Returns the effect of an event as a sentence.
pub(in crate::notebook) fn effect_message(effect: EventEffect) -> Message {
    let key = match effect {
        EventEffect::NotAllowed { reason } => {
            return Message::new("event-not-allowed").keyed("why", not_allowed_key(reason));
        }
        EventEffect::TakenBack => "effect-taken-back",
        EventEffect::Unknown => "effect-unknown",
        EventEffect::Noted => "effect-noted",
        EventEffect::DateBinds => "effect-date-binds",
        EventEffect::DateSteersWork => "effect-date-steers-work",
        EventEffect::DateStaysOwed => "effect-date-stays-owed",
        EventEffect::DateReplaced => "effect-date-replaced",
        EventEffect::DateAfterDeed => "effect-date-after-deed",
        EventEffect::DateConflicts => "effect-date-conflicts",
        EventEffect::LeadStarts => "effect-lead-starts",
        EventEffect::Asks => "effect-asks",
        EventEffect::AskAnswered => "effect-ask-answered",
        EventEffect::WordCounts => "effect-word-counts",
        EventEffect::WordReplaced => "effect-word-replaced",
        EventEffect::WordOnOtherDate => "effect-word-on-other-date",
        EventEffect::WordOfAnother => "effect-word-of-another",
        EventEffect::Assigns => "effect-assigns",
        EventEffect::AssignmentReplaced => "effect-assignment-replaced",
        EventEffect::TakesIt => "effect-takes-it",
        EventEffect::TookItToo => "effect-took-it-too",
        EventEffect::LeavesIt => "effect-leaves-it",
        EventEffect::Begins => "effect-begins",
        EventEffect::ProofCounts => "effect-proof-counts",
        EventEffect::ProofBeside => "effect-proof-beside",
        EventEffect::CallsOff => "effect-calls-off",
        EventEffect::CallsOffLate => "effect-calls-off-late",
        EventEffect::CallsOffNothing => "effect-calls-off-nothing",
        EventEffect::Disputes => "effect-disputes",
        EventEffect::DisputeSettled => "effect-dispute-settled",
        EventEffect::Decides => "effect-decides",
        EventEffect::FindsBeside => "effect-finds-beside",
        EventEffect::FindingReplaced => "effect-finding-replaced",
        EventEffect::TakesBack => "effect-takes-back",
        EventEffect::NamesCustomer => "effect-names-customer",
        EventEffect::CustomerReplaced => "effect-customer-replaced",
    };
    Message::new(key)
}

/// Returns the row of the outcome table that matched, as a sentence.
pub(in crate::notebook) fn outcome_rule_message(rule: OutcomeRule) -> Message {
    Message::new(match rule {
        OutcomeRule::Found => "outcome-rule-found",
        OutcomeRule::Retracted => "outcome-rule-retracted",
        OutcomeRule::NotCounted => "outcome-rule-not-counted",
        OutcomeRule::CancelledWithCustomer => "outcome-rule-cancelled-with-customer",
        OutcomeRule::CancelledByUs => "outcome-rule-cancelled-by-us",
        OutcomeRule::DoneInTime => "outcome-rule-done-in-time",
        OutcomeRule::DoneLate => "outcome-rule-done-late",
        OutcomeRule::Missed => "outcome-rule-missed",
        OutcomeRule::NotHeard => "outcome-rule-not-heard",
        OutcomeRule::ClockNotTrusted => "outcome-rule-clock-not-trusted",
        OutcomeRule::StillTime => "outcome-rule-still-time",
    })
}

/// Returns the row of the work table that matched, as a sentence.
pub(in crate::notebook) fn work_rule_message(rule: WorkRule) -> Message {
    Message::new(match rule {
        WorkRule::Retracted => "work-rule-retracted",
        WorkRule::NotCounted => "work-rule-not-counted",
        WorkRule::Disputed => "work-rule-disputed",
        WorkRule::Settled => "work-rule-settled",
        WorkRule::Fulfilled => "work-rule-fulfilled",
        WorkRule::Cancelled => "work-rule-cancelled",
        WorkRule::Word => "work-rule-word",
        WorkRule::Asked => "work-rule-asked",
        WorkRule::NotAsked => "work-rule-not-asked",
    })
}

impl Context {
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
            EventBody::AccountNamed { labels, .. } => {
                Message::new("event-account-named").text("account", &labels.account)
            }
            EventBody::Archived { .. } => Message::new("event-archived"),
            EventBody::Restored { .. } => Message::new("event-restored"),
            EventBody::Unknown(_) => Message::new("event-unknown"),
        }
    }

    /// Returns the remarks that stand behind an event in smaller type.
    pub(in crate::notebook) fn remarks(&self, event: &Event, facts: &Facts) -> Vec<Message> {
        let mut remarks = Vec::new();
        if let Some(person) = event.stored.body.for_person() {
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

/// The delay, in milliseconds, up to which work that is written down later is not called backdated.
const PROMPT_MS: i64 = 5 * 60_000;
