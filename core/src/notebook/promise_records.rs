//! What screens show of promises, and what they say of them: summaries, details, drafts and edits.

use serde::Serialize;

use crate::model::authored::Authorship;
use crate::model::event::{CancelledBy, Evidence, Finding, Mood, Performer, Suggestion};
use crate::model::ids::{DocId, EventId, ItemId, PersonId, Team};
use crate::model::promise::{Effect, Flag, Mover, OutcomeRule, PromiseState, WorkRule};
use crate::model::time::{Due, Millis, Trust};
use crate::model::visit::Channel;
use crate::words::Words;

/// How a state looks: one of the marks and colours of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Filled seal with a tick.
    Kept,
    /// Ring.
    Accepted,
    /// Ring with a clock hand.
    Waiting,
    /// Dashed ring.
    NotAsked,
    /// Ring with an arrow.
    CounterOffered,
    /// Ring with a bar.
    Late,
    /// Broken ring.
    Broken,
    /// Ring with a phone.
    NotConfirmed,
    /// Two rings.
    Disputed,
    /// Nothing to be seen: void, cancelled, taken back.
    Quiet,
}

/// A promise in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseSummary {
    /// The document.
    pub id: DocId,
    /// The kind: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// What will be done.
    pub deliverable: String,
    /// What the customer will see when it is done, in their words.
    pub criterion: String,
    /// The customer.
    pub account: Option<DocId>,
    /// What the customer is called, as it was when the promise was made.
    pub account_name: String,
    /// Who told the customer.
    pub promiser: PersonId,
    /// What the promiser is called; empty while unknown.
    pub promiser_name: String,
    /// Who is to deliver.
    pub performer: Performer,
    /// What the performer is called; empty for nobody and while unknown.
    pub performer_name: String,
    /// The date that steers work.
    pub due: Due,
    /// That date as an instant, in milliseconds since the epoch.
    pub due_at: Millis,
    /// When it was made, in milliseconds since the epoch.
    pub made_at: Millis,
    /// Both axes of its state now.
    pub state: PromiseState,
    /// The state in words.
    pub state_words: Words,
    /// How late it is while still to be done, in words; none if it is not.
    pub late_words: Option<Words>,
    /// The state as a mark.
    pub mark: Mark,
    /// Who promised what to whom by when.
    pub sentence: Words,
    /// Who delivers.
    pub performer_words: Words,
    /// Who has to move next.
    pub mover: Mover,
    /// What somebody should notice beside the state.
    pub flags: Vec<Flag>,
    /// The same in words.
    pub flag_words: Vec<Words>,
    /// Whether something of it has not reached the server.
    pub unsent: bool,
}

/// One event of a promise, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EventLine {
    /// Which.
    pub id: EventId,
    /// Its type: "made", "accepted", "fulfilled" and so on.
    pub what: String,
    /// What happened.
    pub words: Words,
    /// Who wrote it, and when by their clock.
    pub by: Authorship,
    /// When it was, corrected where possible, in milliseconds since the epoch.
    pub at: Millis,
    /// Whether its time can be trusted.
    pub trust: Trust,
    /// When the server took it.
    pub received_at: Option<Millis>,
    /// What stands behind it in smaller type: for whom it was written, when it was recorded, why it does
    /// not count.
    pub remarks: Vec<Words>,
    /// Whether it counts; one that does not is shown grey.
    pub counts: bool,
}

/// Why a promise is in its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseWhy {
    /// What lists show of it.
    pub summary: PromiseSummary,
    /// The row of the outcome table that matched.
    pub outcome: OutcomeRule,
    /// The same in words.
    pub outcome_words: Words,
    /// The row of the work table that matched.
    pub work: WorkRule,
    /// The same in words.
    pub work_words: Words,
    /// What each event did, in their order.
    pub events: Vec<EventEffect>,
}

/// What one event of a promise did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EventEffect {
    /// The event.
    pub event: EventLine,
    /// What it did.
    pub effect: Effect,
    /// The same in words.
    pub words: Words,
}

/// A promise in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Promise {
    /// What lists show of it.
    pub summary: PromiseSummary,
    /// The date that steers work, in the words that were spoken.
    pub spoken: String,
    /// The date that the outcome is measured against.
    pub owed: Due,
    /// How it was said.
    pub channel: Channel,
    /// The visit during which it was said.
    pub visit: Option<DocId>,
    /// The team that it belongs to.
    pub team: Option<Team>,
    /// Who has to move next, and to do what.
    pub next_words: Words,
    /// What the promiser has to tell the customer.
    pub tell: Option<Words>,
    /// The promise that does not count, and that this one writes again.
    pub predecessor: Option<DocId>,
    /// The promise that writes this one again, which does not count.
    pub successor: Option<DocId>,
    /// The broken promise that this one makes right.
    pub makes_right: Option<PromiseLink>,
    /// The promises that make this one right, the first made first.
    pub made_right_by: Vec<PromiseLink>,
    /// Whether a promise may be made that makes this one right: it is broken, and none does so yet.
    pub may_make_right: bool,
    /// Everything that happened, in the order that respects cause.
    pub events: Vec<EventLine>,
}

/// Another promise that belongs to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseLink {
    /// Which.
    pub id: DocId,
    /// How it belongs to this one, as a sentence.
    pub words: Words,
    /// How it stands; none if it is not here.
    pub summary: Option<PromiseSummary>,
}

/// A promise to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseDraft {
    /// The kind: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// What will be done.
    pub deliverable: String,
    /// What the customer will see when it is done, in their words.
    pub criterion: String,
    /// The customer.
    pub account: Option<DocId>,
    /// Who heard it.
    pub contact: Option<ItemId>,
    /// Who is to deliver.
    pub performer: Performer,
    /// By when.
    pub due: Due,
    /// The date in the words that were spoken.
    pub words: String,
    /// How it was said.
    pub channel: Channel,
    /// Whether the customer was told; else they will be.
    pub told: bool,
    /// Whether the performer is asked at once.
    pub ask: bool,
    /// It is not wanted before this date.
    #[uniffi(default = None)]
    pub not_before: Option<Due>,
    /// The date that the record suggested on the screen, as the core gave it; none if none was shown.
    #[uniffi(default = None)]
    pub suggestion: Option<Suggestion>,
    /// The broken promise that it makes right.
    #[uniffi(default = None)]
    pub makes_right: Option<DocId>,
}

/// What is to be different where a promise is written again; what is not given stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AgainDraft {
    /// By when; needed where the date has passed.
    pub due: Option<Due>,
    /// The date in the words that were spoken.
    pub words: Option<String>,
    /// Who is to deliver; needed where whoever was to has left.
    pub performer: Option<Performer>,
}

/// Something that happens to a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
pub enum PromiseEdit {
    /// The customer was told.
    Communicate {
        /// Who heard it.
        contact: Option<ItemId>,
        /// How.
        channel: Channel,
    },
    /// Somebody is asked; none is the performer.
    Ask {
        /// Who.
        person: Option<PersonId>,
    },
    /// The performer accepts.
    Accept,
    /// The performer declines.
    Decline {
        /// Why.
        reason: String,
    },
    /// The performer offers another date.
    Propose {
        /// The date.
        due: Due,
        /// Why.
        reason: String,
    },
    /// The customer was told another date.
    Agree {
        /// The date.
        due: Due,
        /// The date in the words that were spoken.
        words: String,
        /// Who heard it.
        contact: Option<ItemId>,
        /// How.
        channel: Channel,
        /// The date that the record suggested on the screen; none if none was shown.
        suggestion: Option<Suggestion>,
    },
    /// Somebody else is to deliver.
    Reassign {
        /// Who.
        performer: Performer,
        /// Why.
        reason: String,
    },
    /// Work began.
    Start,
    /// It was done.
    Fulfil {
        /// When, in milliseconds since the epoch; none is now.
        occurred_at: Option<Millis>,
        /// The proof.
        evidence: Vec<Evidence>,
    },
    /// The customer said how they find it.
    Confirm {
        /// How happy.
        mood: Mood,
        /// Who said so.
        contact: Option<ItemId>,
    },
    /// Somebody says that it was not as promised.
    Dispute {
        /// In whose words.
        words: String,
    },
    /// The office decides a dispute.
    Resolve {
        /// The dispute.
        dispute: EventId,
        /// What was found.
        finding: Finding,
        /// Why.
        reason: String,
    },
    /// It is called off.
    Cancel {
        /// By whom.
        by: CancelledBy,
        /// Who at the customer's agreed.
        agreed_by: Option<ItemId>,
        /// Why.
        reason: String,
    },
    /// An event was tapped by mistake.
    Retract {
        /// Which.
        event: EventId,
    },
    /// Somebody is thanked.
    Thank {
        /// Who.
        person: PersonId,
    },
}

/// Which promises are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromisesQuery {
    /// Only those with something left to do.
    pub open_only: bool,
    /// Only those that I made or am to deliver.
    pub mine: bool,
    /// Only those of an account.
    pub account: Option<DocId>,
    /// At most so many.
    pub limit: u32,
}
