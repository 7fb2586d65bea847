//! The messages on a promise's state: the state itself, its flags, the next step and the news for the customer.

use crate::language::Message;
use crate::model::event::Performer;
use crate::model::promise::{
    CustomerNotice, Doubt, Facts, Flag, Mover, Outcome, PromiseState, WorkState,
};
use crate::notebook::context::Context;
use crate::notebook::promises::event_messages::not_allowed_key;
use crate::notebook::promises::records::PromiseSummary;

impl Context {
    /// Returns the one word that a reader needs about a state: its outcome once decided, else its work.
    pub(in crate::notebook) fn state_message(
        &self,
        state: &PromiseState,
        performer: &Performer,
        performer_name: &str,
        late: Option<&Message>,
    ) -> Message {
        if matches!(state.work, WorkState::Disputed { .. }) {
            return Message::new("state-disputed");
        }
        match (&state.outcome, &state.work) {
            (_, WorkState::Retracted) => Message::new("state-retracted"),
            (_, WorkState::NotCounted { reason }) => {
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
            (Outcome::Void, WorkState::Cancelled) => Message::new("state-cancelled"),
            (Outcome::Void, _) => Message::new("state-void"),
            (Outcome::NotConfirmed { doubt }, _) => self.doubt_message(doubt),
            (Outcome::Open, WorkState::Accepted { .. }) => {
                Message::new("state-open-accepted").person("performer", performer_name)
            }
            (Outcome::Open, WorkState::Waiting { since }) => match performer {
                Performer::Pool { pool } => {
                    Message::new("state-waiting-pool").text("pool", pool.to_string())
                }
                Performer::Person { .. } | Performer::Nobody => {
                    Message::new("state-waiting").person("performer", performer_name)
                }
            }
            .instant("since", *since, &self.zone),
            (Outcome::Open, WorkState::Declined { .. }) => {
                Message::new("state-declined").person("performer", performer_name)
            }
            (Outcome::Open, WorkState::CounterOffered { due, .. }) => {
                Message::new("state-counter-offered")
                    .person("performer", performer_name)
                    .due("due", due)
            }
            (Outcome::Open, WorkState::Fulfilled) => Message::new("state-fulfilled"),
            (Outcome::Open, WorkState::Cancelled) => Message::new("state-cancelled"),
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
        (_, WorkState::NotCounted { .. }) => Message::new("next-write-again"),
        (Mover::Office, _) => Message::new("next-office"),
        (_, WorkState::Declined { .. }) => promiser("next-reassign"),
        (_, WorkState::CounterOffered { .. }) => promiser("next-agree"),
        (Mover::Promiser, _) if promise.performer_name.is_empty() => promiser("next-name"),
        (Mover::Promiser, _) => pool(promiser("next-ask-pool"))
            .unwrap_or_else(|| promiser("next-ask").person("performer", &promise.performer_name)),
        (_, WorkState::Accepted { .. }) => performer("next-deliver"),
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
        (CustomerNotice::Offer, WorkState::CounterOffered { due, reason }) => {
            words("tell-offer").due("due", due).text("reason", reason)
        }
        (CustomerNotice::Declined, WorkState::Declined { reason }) => {
            words("tell-declined").text("reason", reason)
        }
        (CustomerNotice::Stands, WorkState::Accepted { .. }) => {
            words("tell-stands").due("due", &promise.due)
        }
        _ => return None,
    })
}
