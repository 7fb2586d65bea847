//! The actions on a promise: which of them may be written now and by whom, the likeliest first.
//!
//! An action is offered if the event that it stands for would count, which is asked of the builder that writes it, and
//! if there is still something for it to do.

use serde::Serialize;

use crate::language::Message;
use crate::model::event::{CancelledBy, EventBody, Finding, Mood, Performer};
use crate::model::ids::{DocId, EventId, PersonId};
use crate::model::promise::{
    CustomerNotice, Facts, PerformerAnswer, PromiseRecord, PromiseState, WorkState,
};
use crate::model::visit::NameSnapshot;
use crate::notebook::context::Context;
use crate::notebook::promises::drafts::PromiseEdit;
use crate::notebook::promises::event_builder::EventBuilder;
use crate::remind::CALLBACK;

/// An action on a promise, as a button offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum PromiseAction {
    /// The performer accepts.
    Accept,
    /// Work begins.
    Start,
    /// It is done.
    Fulfil,
    /// The performer is asked.
    Ask,
    /// Another performer is named.
    Reassign,
    /// The customer is named of a promise that was made without one.
    NameAccount,
    /// The customer is told the date that stands.
    Communicate,
    /// The customer is told another date.
    Agree,
    /// The performer offers another date.
    Propose,
    /// The performer declines.
    Decline,
    /// The customer says how content they are.
    Confirm,
    /// The office decides the dispute.
    Resolve,
    /// Another promise makes the broken one right.
    MakeRight,
    /// A promise that does not count is written again.
    WriteAgain,
    /// The performer is thanked.
    Thank,
    /// Somebody says that it was not as promised.
    Dispute,
    /// It is called off.
    Cancel,
    /// Something of the last 24 hours is taken back by its author.
    TakeBack,
}

impl PromiseAction {
    /// All actions; where nothing makes another one likelier, in this order.
    pub const ALL: [Self; 18] = [
        Self::Accept,
        Self::Start,
        Self::Fulfil,
        Self::Ask,
        Self::Reassign,
        Self::NameAccount,
        Self::Communicate,
        Self::Agree,
        Self::Propose,
        Self::Decline,
        Self::Confirm,
        Self::Resolve,
        Self::MakeRight,
        Self::WriteAgain,
        Self::Thank,
        Self::Dispute,
        Self::Cancel,
        Self::TakeBack,
    ];

    /// The actions of a performer that the office may write for one who phones in.
    const OF_PERFORMER: [Self; 5] = [
        Self::Accept,
        Self::Start,
        Self::Fulfil,
        Self::Propose,
        Self::Decline,
    ];
}

/// Returns the name of an action, as a button says it.
#[uniffi::export]
pub fn promise_action_message(action: PromiseAction) -> Message {
    Message::new(match action {
        PromiseAction::Accept => "action-accept",
        PromiseAction::Start => "action-start",
        PromiseAction::Fulfil => "action-fulfil",
        PromiseAction::Ask => "action-ask",
        PromiseAction::Reassign => "action-reassign",
        PromiseAction::NameAccount => "action-name-account",
        PromiseAction::Communicate => "action-communicate",
        PromiseAction::Agree => "action-agree",
        PromiseAction::Propose => "action-propose",
        PromiseAction::Decline => "action-decline",
        PromiseAction::Confirm => "action-confirm",
        PromiseAction::Resolve => "action-resolve",
        PromiseAction::MakeRight => "action-make-right",
        PromiseAction::WriteAgain => "action-write-again",
        PromiseAction::Thank => "action-thank",
        PromiseAction::Dispute => "action-dispute",
        PromiseAction::Cancel => "action-cancel",
        PromiseAction::TakeBack => "action-take-back",
    })
}

/// A promise as its actions are judged.
pub(in crate::notebook) struct ActionJudge<'a> {
    pub context: &'a Context,
    pub record: &'a PromiseRecord,
    pub facts: &'a Facts,
    pub state: &'a PromiseState,
    /// True if a promise may be made that makes this one right.
    pub may_make_right: bool,
    /// True if it was written again already.
    pub is_written_again: bool,
    /// True if the moment to begin has passed, and the work has not begun.
    pub is_begun_too_late: bool,
}

impl ActionJudge<'_> {
    /// Returns the actions that the context's author may write now, the likeliest first.
    pub(in crate::notebook) fn actions(&self) -> Vec<PromiseAction> {
        let likely = self.likely();
        let rank = |action: &PromiseAction| {
            let place = likely.iter().position(|likely| likely == action);
            (place.unwrap_or(likely.len()), *action)
        };
        let mut actions: Vec<PromiseAction> = PromiseAction::ALL
            .into_iter()
            .filter(|action| self.offers(*action))
            .collect();
        actions.sort_by_key(rank);
        actions
    }

    /// True if the context's author may write an action now, and there is something left for it to do.
    pub(in crate::notebook) fn offers(&self, action: PromiseAction) -> bool {
        self.makes_sense(action) && self.may(action, None)
    }

    /// Returns the actions that the context's author may write for the performer, who phones in; none where the
    /// performer is no person, or the author.
    pub(in crate::notebook) fn actions_for_performer(&self) -> Vec<PromiseAction> {
        let Performer::Person { person } = self.facts.performer else {
            return vec![];
        };
        if person == self.context.me() {
            return vec![];
        }
        let actions = PromiseAction::OF_PERFORMER.into_iter();
        actions
            .filter(|action| self.makes_sense(*action) && self.may(*action, Some(person)))
            .collect()
    }

    /// Returns the events that the context's author may take back now, the newest first.
    pub(in crate::notebook) fn retractable(&self) -> Vec<EventId> {
        let events = self.record.events.iter().rev().filter(|event| {
            let is_retraction = matches!(event.stored.body, EventBody::Retracted { .. });
            !is_retraction
                && self.context.is_mine(&event.by)
                && !self.facts.taken_back.contains(&event.id)
        });
        let ids = events.map(|event| event.id);
        ids.filter(|event| self.is_allowed(PromiseEdit::Retract { event: *event }, None))
            .collect()
    }

    /// True if there is something left for an action to do.
    fn makes_sense(&self, action: PromiseAction) -> bool {
        let work = &self.state.work;
        let (open, done) = (work.is_open(), work.is_done());
        let performer_is_other = match self.facts.performer {
            Performer::Person { person } => person != self.context.me(),
            Performer::Pool { .. } | Performer::Nobody => false,
        };
        let accepted = self.facts.answer == PerformerAnswer::Accepted;
        let disputed = matches!(work, WorkState::Disputed { .. });
        match action {
            PromiseAction::Accept => open && !accepted && !disputed,
            PromiseAction::Start => open && !self.facts.started && !disputed,
            PromiseAction::Fulfil => open && self.facts.fulfilled_at.is_none(),
            PromiseAction::Ask => open && performer_is_other && !accepted,
            PromiseAction::NameAccount => (open || done) && self.facts.made.account.is_none(),
            PromiseAction::Communicate => {
                let untold = self.facts.communicated_at.is_none();
                open && (untold || self.facts.customer_notice.is_some())
            }
            PromiseAction::Decline => {
                open && !matches!(self.facts.answer, PerformerAnswer::Declined { .. })
            }
            PromiseAction::Reassign
            | PromiseAction::Agree
            | PromiseAction::Propose
            | PromiseAction::Cancel => open && self.facts.fulfilled_at.is_none(),
            // A customer may call before the performer has written down that it is done.
            PromiseAction::Confirm => open || done,
            PromiseAction::Dispute => (open || done) && !disputed,
            PromiseAction::Resolve => self.facts.open_dispute.is_some(),
            PromiseAction::MakeRight => self.may_make_right,
            PromiseAction::WriteAgain => {
                self.facts.not_counted.is_some() && !self.facts.retracted && !self.is_written_again
            }
            PromiseAction::Thank => done && performer_is_other,
            PromiseAction::TakeBack => true,
        }
    }

    /// True if the event that an action stands for would count if the author wrote it now.
    fn may(&self, action: PromiseAction, for_person: Option<PersonId>) -> bool {
        let due = self.facts.present.due.clone();
        let channel = self.facts.made.channel;
        let edit = match action {
            PromiseAction::Accept => PromiseEdit::Accept,
            PromiseAction::Start => PromiseEdit::Start,
            PromiseAction::Fulfil => PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![],
            },
            PromiseAction::Ask => PromiseEdit::Ask { person: None },
            PromiseAction::Reassign => PromiseEdit::Reassign {
                performer: self.facts.performer.clone(),
                reason: String::new(),
            },
            PromiseAction::NameAccount => PromiseEdit::NameAccount {
                // One that no customer has: it is judged and never written.
                account: DocId([0xff; 16]),
                contact: None,
                labels: NameSnapshot::default(),
            },
            PromiseAction::Communicate => PromiseEdit::Communicate {
                contact: None,
                channel,
            },
            PromiseAction::Agree => PromiseEdit::Agree {
                due,
                words: String::new(),
                contact: None,
                channel,
                suggestion: None,
            },
            PromiseAction::Propose => PromiseEdit::Propose {
                due,
                reason: String::new(),
            },
            PromiseAction::Decline => PromiseEdit::Decline {
                reason: String::new(),
            },
            PromiseAction::Confirm => PromiseEdit::Confirm {
                mood: Mood::Happy,
                contact: None,
            },
            PromiseAction::Dispute => PromiseEdit::Dispute { words: "?".into() },
            PromiseAction::Resolve => match self.facts.open_dispute {
                Some(dispute) => PromiseEdit::Resolve {
                    dispute,
                    finding: Finding::Kept,
                    reason: String::new(),
                },
                None => return false,
            },
            PromiseAction::Cancel => PromiseEdit::Cancel {
                by: CancelledBy::Us,
                agreed_by: None,
                reason: String::new(),
            },
            PromiseAction::Thank => match self.facts.performer {
                Performer::Person { person } => PromiseEdit::Thank { person },
                Performer::Pool { .. } | Performer::Nobody => return false,
            },
            PromiseAction::TakeBack => return !self.retractable().is_empty(),
            // Each begins a promise, which any colleague may.
            PromiseAction::MakeRight | PromiseAction::WriteAgain => {
                let registry = &self.context.registry;
                let me = registry.colleagues.get(&self.context.me());
                return me.is_some_and(|me| me.works_at(self.context.now));
            }
        };
        self.is_allowed(edit, for_person)
    }

    fn is_allowed(&self, edit: PromiseEdit, for_person: Option<PersonId>) -> bool {
        let builder = EventBuilder {
            context: self.context,
            record: self.record,
            for_person,
        };
        // An id that no event has: it is judged and never written.
        let candidate = || EventId([0xff; 16]);
        builder.events(vec![edit], &candidate).is_ok()
    }

    /// Returns the actions that whoever has to move is likeliest to want, the likeliest first.
    fn likely(&self) -> Vec<PromiseAction> {
        let me = self.context.me();
        let delivers = match &self.facts.performer {
            Performer::Person { person } => *person == me,
            Performer::Pool { pool } => self.context.my_pools().contains(pool),
            Performer::Nobody => false,
        };
        let told_by_me = self.facts.made.promiser == me || self.context.runs_the_company();
        let notice = self.facts.customer_notice.filter(|_| told_by_me);
        match &self.state.work {
            WorkState::NotCounted { .. } | WorkState::Retracted => vec![PromiseAction::WriteAgain],
            WorkState::Disputed { .. } => vec![PromiseAction::Resolve],
            WorkState::Fulfilled | WorkState::Settled | WorkState::Cancelled => {
                vec![PromiseAction::MakeRight, PromiseAction::Confirm]
            }
            WorkState::Declined { .. } => vec![PromiseAction::Reassign, PromiseAction::Agree],
            WorkState::CounterOffered { .. } if told_by_me => {
                vec![PromiseAction::Agree, PromiseAction::Reassign]
            }
            WorkState::CounterOffered { .. } => vec![PromiseAction::Propose],
            WorkState::Waiting { .. } if delivers => vec![PromiseAction::Accept],
            WorkState::Waiting { .. } => vec![PromiseAction::Ask, PromiseAction::Reassign],
            WorkState::NotAsked => match self.facts.performer {
                Performer::Nobody => vec![PromiseAction::Reassign],
                Performer::Pool { .. } if delivers => vec![PromiseAction::Accept],
                Performer::Pool { .. } | Performer::Person { .. } => {
                    vec![PromiseAction::Ask, PromiseAction::Reassign]
                }
            },
            WorkState::Accepted { .. } if notice == Some(CustomerNotice::Stands) => {
                vec![PromiseAction::Communicate]
            }
            WorkState::Accepted { started: true } => vec![PromiseAction::Fulfil],
            WorkState::Accepted { started: false } if self.facts.made.kind == CALLBACK => {
                vec![PromiseAction::Fulfil, PromiseAction::Start]
            }
            WorkState::Accepted { started: false } if self.is_begun_too_late => {
                let another_date = match told_by_me {
                    true => PromiseAction::Agree,
                    false => PromiseAction::Propose,
                };
                vec![another_date, PromiseAction::Start]
            }
            WorkState::Accepted { started: false } => vec![PromiseAction::Start],
        }
    }
}

/// The actions on one promise of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseActions {
    /// The promise's document.
    pub id: DocId,
    /// The actions that I may write now, the likeliest first.
    pub actions: Vec<PromiseAction>,
}

#[cfg(test)]
#[path = "actions_tests.rs"]
mod tests;
