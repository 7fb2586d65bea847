//! Explanations as words of the catalogue: the reasons for a promise's state, and the next step.

use crate::language::Message;
use crate::model::event::Performer;
use crate::model::promise::{
    CustomerNotice, Effect, Facts, Mover, NotAllowed, OutcomeRule, Work, WorkRule,
};
use crate::notebook::promises::records::PromiseSummary;

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
pub(in crate::notebook) fn effect_message(effect: Effect) -> Message {
    let key = match effect {
        Effect::NotAllowed { reason } => {
            return Message::new("event-not-allowed").keyed("why", not_allowed_key(reason));
        }
        Effect::TakenBack => "effect-taken-back",
        Effect::Unknown => "effect-unknown",
        Effect::Noted => "effect-noted",
        Effect::DateBinds => "effect-date-binds",
        Effect::DateSteersWork => "effect-date-steers-work",
        Effect::DateStaysOwed => "effect-date-stays-owed",
        Effect::DateReplaced => "effect-date-replaced",
        Effect::DateAfterDeed => "effect-date-after-deed",
        Effect::DateConflicts => "effect-date-conflicts",
        Effect::LeadStarts => "effect-lead-starts",
        Effect::Asks => "effect-asks",
        Effect::AskAnswered => "effect-ask-answered",
        Effect::WordCounts => "effect-word-counts",
        Effect::WordReplaced => "effect-word-replaced",
        Effect::WordOnOtherDate => "effect-word-on-other-date",
        Effect::WordOfAnother => "effect-word-of-another",
        Effect::Assigns => "effect-assigns",
        Effect::AssignmentReplaced => "effect-assignment-replaced",
        Effect::TakesIt => "effect-takes-it",
        Effect::TookItToo => "effect-took-it-too",
        Effect::LeavesIt => "effect-leaves-it",
        Effect::Begins => "effect-begins",
        Effect::ProofCounts => "effect-proof-counts",
        Effect::ProofBeside => "effect-proof-beside",
        Effect::CallsOff => "effect-calls-off",
        Effect::CallsOffLate => "effect-calls-off-late",
        Effect::CallsOffNothing => "effect-calls-off-nothing",
        Effect::Disputes => "effect-disputes",
        Effect::DisputeSettled => "effect-dispute-settled",
        Effect::Decides => "effect-decides",
        Effect::FindsBeside => "effect-finds-beside",
        Effect::FindingReplaced => "effect-finding-replaced",
        Effect::TakesBack => "effect-takes-back",
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

/// Returns the sentence on who has to move next, and to do what.
pub(in crate::notebook) fn next_step_message(promise: &PromiseSummary) -> Message {
    let promiser = |key: &str| Message::new(key).person("promiser", &promise.promiser_name);
    let performer = |key: &str| Message::new(key).person("performer", &promise.performer_name);
    let pool = |words: Message| match &promise.performer {
        Performer::Pool { pool } => Some(words.text("pool", pool.to_string())),
        Performer::Person { .. } | Performer::Nobody => None,
    };
    // messages: next-reassign next-agree next-ask next-name next-deliver next-answer next-ask-pool next-answer-pool
    match (promise.state.work.mover(), &promise.state.work) {
        (Mover::Nobody, _) => Message::new("next-nobody"),
        (_, Work::NotCounted { .. }) => Message::new("next-write-again"),
        (Mover::Office, _) => Message::new("next-office"),
        (_, Work::Declined { .. }) => promiser("next-reassign"),
        (_, Work::CounterOffered { .. }) => promiser("next-agree"),
        (Mover::Promiser, _) if promise.performer_name.is_empty() => promiser("next-name"),
        (Mover::Promiser, _) => pool(promiser("next-ask-pool"))
            .unwrap_or_else(|| promiser("next-ask").person("performer", &promise.performer_name)),
        (_, Work::Accepted { .. }) => performer("next-deliver"),
        (Mover::Performer, _) => {
            pool(Message::new("next-answer-pool")).unwrap_or_else(|| performer("next-answer"))
        }
    }
}

/// Returns the sentence on the news that the promiser has to tell the customer; none if there are none.
pub(in crate::notebook) fn tell_customer_message(
    facts: &Facts,
    promise: &PromiseSummary,
) -> Option<Message> {
    let words = |key: &str| {
        let words = Message::new(key).person("performer", &promise.performer_name);
        match promise.account_name.as_str() {
            "" => words.keyed("account", "tell-customer"),
            account => words.text("account", account),
        }
    };
    // messages: tell-stands tell-offer tell-declined
    Some(match (facts.customer_notice?, &promise.state.work) {
        (CustomerNotice::Offer, Work::CounterOffered { due, reason }) => {
            words("tell-offer").due("due", due).text("reason", reason)
        }
        (CustomerNotice::Declined, Work::Declined { reason }) => {
            words("tell-declined").text("reason", reason)
        }
        (CustomerNotice::Stands, Work::Accepted { .. }) => {
            words("tell-stands").due("due", &promise.due)
        }
        _ => return None,
    })
}
