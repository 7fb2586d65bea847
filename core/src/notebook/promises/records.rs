//! The records of promises that screens show, and the query for a list of them.

use serde::{Serialize, Serializer};

use crate::language::Message;
use crate::model::authored::Authorship;
use crate::model::event::{EvidenceKind, Performer, Suggestion};
use crate::model::event_kind::EventKind;
use crate::model::ids::{DocId, EventId, ItemId, PersonId, Team};
use crate::model::promise::{EventEffect, Flag, Mover, OutcomeRule, PromiseState, WorkRule};
use crate::model::time::{Due, Millis, Trust};
use crate::model::visit::Channel;
use crate::notebook::promises::actions::PromiseAction;
use crate::notebook::promises::calls::CallLine;

/// The mark that a state is shown by: one symbol and one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseMark {
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
    /// No mark: void, cancelled, taken back, not counted.
    Quiet,
}

/// A promise's summary, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseSummary {
    /// The promise's document.
    pub id: DocId,
    /// The kind: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// The deliverable: the work or thing that is promised.
    pub deliverable: String,
    /// The criterion: the result that the customer will see when it is done, in their words.
    pub criterion: String,
    /// The customer's document; none if no customer was chosen.
    pub account: Option<DocId>,
    /// The customer's name as it was when the promise was made; may be empty.
    pub account_name: String,
    /// The promiser: the person who made the promise and answers to the customer for it.
    pub promiser: PersonId,
    /// The promiser's name; empty while unknown.
    pub promiser_name: String,
    /// The performer: the person or pool that is to deliver, or nobody yet.
    pub performer: Performer,
    /// The performer's name, a pool's too; empty for `Nobody` and while unknown.
    pub performer_name: String,
    /// The date that steers work: the one that the customer was told last; of several told independently the earliest.
    pub due: Due,
    /// The instant of `due`, in milliseconds since the epoch.
    pub due_at: Millis,
    /// The instant at which it was made, in milliseconds since the epoch.
    pub made_at: Millis,
    /// The state at the moment of reading: outcome and work.
    pub state: PromiseState,
    /// The state in words: its outcome once decided, else its work.
    pub state_words: Message,
    /// The lateness in words; none if it is not late or there is nothing left to do.
    pub late_words: Option<Message>,
    /// The state as a mark.
    pub mark: PromiseMark,
    /// A sentence that names promiser, deliverable, customer and date.
    pub sentence: Message,
    /// A sentence on who delivers, or delivered it.
    pub performer_words: Message,
    /// The person or side that has to move next.
    pub mover: Mover,
    /// The flags to notice beside the state.
    pub flags: Vec<Flag>,
    /// The flags in words, without those that the state's words say already.
    pub flag_words: Vec<Message>,
    /// True if a change of it has not reached the server.
    pub unsent: bool,
    /// The kind's name for readers.
    pub kind_words: Message,
}

/// One event of a promise, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EventLine {
    /// The event's id.
    pub id: EventId,
    /// The kind; none for one that only a newer program knows.
    #[serde(rename = "what", serialize_with = "kind_name")]
    pub kind: Option<EventKind>,
    /// The event in words, as the end of a sentence that begins with its author.
    pub words: Message,
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
    /// The instant at which it was written, corrected where possible, in milliseconds since the epoch.
    pub at: Millis,
    /// The trust in its times: in that of writing and, for a fulfilment, in that of the work done, the worse of the
    /// two.
    pub trust: Trust,
    /// The instant at which the server took it, in milliseconds since the epoch; none while unsent.
    pub received_at: Option<Millis>,
    /// The remarks that stand behind it in smaller type: for whom it was written, its proofs, when it was recorded, why
    /// it does not count.
    pub remarks: Vec<Message>,
    /// True if it counts; an event that does not is shown grey.
    pub counts: bool,
}

/// Writes a kind of event by its name, for machines; "unknown" if there is none.
fn kind_name<S: Serializer>(kind: &Option<EventKind>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.map_or("unknown", EventKind::name))
}

/// The explanation of a promise's state: the rules that matched, and the effect of each event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseExplanation {
    /// The promise's summary.
    pub summary: PromiseSummary,
    /// The row of the outcome table that matched.
    pub outcome: OutcomeRule,
    /// `outcome` in words.
    pub outcome_words: Message,
    /// The row of the work table that matched.
    pub work: WorkRule,
    /// `work` in words.
    pub work_words: Message,
    /// The events with their effects, in the order that respects cause.
    pub events: Vec<ExplainedEvent>,
}

/// One event of a promise, with its effect on the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ExplainedEvent {
    /// The event.
    pub event: EventLine,
    /// The effect.
    pub effect: EventEffect,
    /// The effect in words.
    pub words: Message,
}

/// A promise in full, as its detail shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Promise {
    /// The promise's summary.
    pub summary: PromiseSummary,
    /// The date of the summary in the words that were spoken; may be empty.
    pub spoken: String,
    /// The date that the outcome is measured against: the owed date.
    pub owed: Due,
    /// The channel on which it was promised.
    pub channel: Channel,
    /// The visit during which it was promised; none if it was at none.
    pub visit: Option<DocId>,
    /// The team that it belongs to; none if it belongs to none.
    pub team: Option<Team>,
    /// A sentence on who has to move next, and to do what.
    pub next_words: Message,
    /// A sentence on the news that the promiser has to tell the customer; none if there are none.
    pub tell: Option<Message>,
    /// The promise that does not count, and that this one writes again; none if it writes none again.
    pub predecessor: Option<DocId>,
    /// The promise that writes this one again, for this one does not count; none if there is none yet.
    pub successor: Option<DocId>,
    /// The broken promise that this one makes right; none if it makes none right.
    pub makes_right: Option<PromiseLink>,
    /// The promises that make this one right, the first made first; empty if there are none.
    pub made_right_by: Vec<PromiseLink>,
    /// True if a promise may be made that makes this one right: it is broken, and none that stands does so yet.
    pub may_make_right: bool,
    /// The events, in the order that respects cause; after them those that found no room.
    pub events: Vec<EventLine>,
    /// The event of the dispute that waits for the office's decision; none if none does. A decision names it.
    #[uniffi(default = None)]
    pub open_dispute: Option<EventId>,
    /// The actions that I may write now, the likeliest first; empty while the registry does not know me.
    pub actions: Vec<PromiseAction>,
    /// The actions that I may write for the performer, who phones in; empty if I may write for nobody.
    pub actions_for_performer: Vec<PromiseAction>,
    /// The events that I may take back now, the newest first.
    pub retractable: Vec<EventId>,
    /// The kinds of proof of which one is wanted when it is done, as the rules were when it was promised; empty if a
    /// word is enough.
    pub evidence_wanted: Vec<EvidenceKind>,
    /// The people to call about it, the likeliest first.
    pub calls: Vec<CallLine>,
    /// The customer's contact who heard it; none if not said.
    pub contact: Option<ItemId>,
    /// That contact's name, as it was when the promise was made; may be empty.
    pub heard_by: String,
    /// The date before which it is not wanted; none if there is none.
    pub not_before: Option<Due>,
    /// The date that the record suggested when it was made; none if it suggested none.
    pub suggestion: Option<Suggestion>,
    /// The instant by which the work has to begin to be done in time, in milliseconds since the epoch; none if nothing
    /// is left to begin.
    pub start_by: Option<Millis>,
}

impl Promise {
    /// True if the outcome is measured against another date than the one that steers the work: an earlier one that had
    /// passed before another was told.
    pub fn owes_another_date(&self) -> bool {
        self.owed != self.summary.due
    }
}

/// Another promise that a promise is linked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseLink {
    /// The other promise's document.
    pub id: DocId,
    /// The link as a sentence.
    pub words: Message,
    /// The other promise's summary; none if it is not on this device.
    pub summary: Option<PromiseSummary>,
}

/// The promises that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PromiseListQuery {
    /// True for only those with something left to do, and those that do not count and have not been written again.
    #[uniffi(default = false)]
    pub open_only: bool,
    /// True for only those that I made or am to deliver, or that wait in one of my pools.
    #[uniffi(default = false)]
    pub mine: bool,
    /// The customer whose promises are asked for; none: those of every customer.
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The most promises to return; more than 10,000 counts as 10,000.
    #[uniffi(default = 10000)]
    pub limit: u32,
    /// The number of promises to skip.
    #[uniffi(default = 0)]
    pub offset: u32,
    /// The kind whose promises are asked for; none: those of every kind.
    #[uniffi(default = None)]
    pub kind: Option<String>,
}
