//! Events: the things that happened to a document, append-only, ordered by cause.
//!
//! Events are written to disks and wires as CBOR and never change; a type from a newer version is kept,
//! passed on untouched and read as [`EventBody::Unknown`].

#![deny(clippy::wildcard_enum_match_arm)]

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::event_kind::EventKind;
use super::ids::{Actor, DocId, EventId, FileHash, InstallationId, ItemId, PersonId, Team};
use super::time::{Due, Millis, RecordedTime};
use super::visit::{Channel, NameSnapshot};

/// The person or pool that is to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Performer {
    /// No performer was named yet.
    #[n(0)]
    Nobody,
    /// A colleague.
    #[n(1)]
    Person {
        /// The colleague.
        #[n(0)]
        person: PersonId,
    },
    /// A callback pool: the member who takes it first delivers.
    #[n(2)]
    Pool {
        /// The pool.
        #[n(0)]
        pool: Team,
    },
}

/// A kind of proof that it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A telephone call.
    #[n(0)]
    Call,
    /// A photo.
    #[n(1)]
    Photo,
    /// A signature.
    #[n(2)]
    Signature,
    /// The customer said so.
    #[n(3)]
    CustomersWord,
    /// Nothing but the word of the person who did it.
    #[n(4)]
    SaidDone,
}

/// Proof that it was done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Evidence {
    /// The kind of proof.
    #[n(0)]
    pub kind: EvidenceKind,
    /// A note about it.
    #[n(1)]
    #[uniffi(default = "")]
    pub note: String,
    /// The photo, voice note or signature.
    #[n(2)]
    #[uniffi(default = None)]
    pub file: Option<FileHash>,
}

/// The rules that were in force when a promise was made, so that later changes do not judge it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct PromiseRules {
    /// True if lead times count working time only.
    #[n(0)]
    pub working_time: bool,
    /// The grace: the minutes beyond a due minute within which nothing is late yet.
    #[n(1)]
    pub grace_minutes: u32,
    /// The share of promises that a suggested date should keep, in percent.
    #[n(2)]
    pub quantile_percent: u8,
    /// The kinds of proof that count as done.
    #[n(3)]
    pub evidence: Vec<EvidenceKind>,
}

impl Default for PromiseRules {
    fn default() -> Self {
        Self {
            working_time: false,
            grace_minutes: 5,
            quantile_percent: 80,
            evidence: vec![],
        }
    }
}

/// The date that the record suggested when the promise was made.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Suggestion {
    /// The date.
    #[n(0)]
    pub due: Due,
    /// The share of promises that it should keep, in percent.
    #[n(1)]
    pub quantile_percent: u8,
    /// The level of the record that it came from.
    #[n(2)]
    pub level: String,
    /// The number of promises at that level that had been delivered.
    #[n(3)]
    pub closed: u32,
    /// The number of promises at that level that were still open.
    #[n(4)]
    pub open: u32,
}

/// The words said to a customer and all that belongs to them: the first event of every promise.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct PromiseMade {
    /// The kind: "callback", "quote", "delivery" and so on.
    #[n(0)]
    pub kind: String,
    /// The deliverable: the thing that will be done.
    #[n(1)]
    pub deliverable: String,
    /// The criterion: the result that the customer will see when it is done, in their words.
    #[n(2)]
    pub criterion: String,
    /// The customer.
    #[n(3)]
    pub account: Option<DocId>,
    /// The contact who heard it; None if not said.
    #[n(4)]
    pub contact: Option<ItemId>,
    /// Names as they were then.
    #[n(5)]
    pub labels: NameSnapshot,
    /// The person who told the customer, and stays responsible.
    #[n(6)]
    pub promiser: PersonId,
    /// The person or pool that is to deliver.
    #[n(7)]
    pub performer: Performer,
    /// The date by which it is due.
    #[n(8)]
    pub due: Due,
    /// The date in the words that were spoken: "in 30 minutes".
    #[n(9)]
    pub words: String,
    /// The channel on which it was said.
    #[n(10)]
    pub channel: Channel,
    /// The visit during which it was said.
    #[n(11)]
    pub visit: Option<DocId>,
    /// It is not wanted before this date.
    #[n(12)]
    pub not_before: Option<Due>,
    /// The rules in force.
    #[n(13)]
    pub rules: PromiseRules,
    /// The date that the record suggested; None if it suggested none.
    #[n(14)]
    pub suggestion: Option<Suggestion>,
    /// The promise that this one writes again, for that one does not count.
    #[n(15)]
    pub predecessor: Option<DocId>,
    /// The broken promise that this one makes right.
    #[n(16)]
    #[uniffi(default = None)]
    pub makes_right: Option<DocId>,
}

impl PromiseMade {
    /// The promise that this one follows: which it writes again, or makes right.
    pub fn follows(&self) -> Option<DocId> {
        self.predecessor.or(self.makes_right)
    }
}

/// The side that called something off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The customer.
    #[n(0)]
    Customer,
    /// We ourselves.
    #[n(1)]
    Us,
}

/// The customer's mood about a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Happy.
    #[n(0)]
    Happy,
    /// So-so.
    #[n(1)]
    SoSo,
    /// Not happy.
    #[n(2)]
    Not,
}

/// The finding of the office in a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The promise was kept.
    #[n(0)]
    Kept,
    /// It was broken.
    #[n(1)]
    Broken,
    /// It does not count.
    #[n(2)]
    Void,
}

/// The body of an event: the thing that happened. The numbers are the event types on disk and wire and never change.
/// The answers that rules ask of every body stand in [`event_kind`](super::event_kind), with a row for each kind.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum EventBody {
    /// Something was promised.
    #[n(0)]
    Made(#[n(0)] Box<PromiseMade>),
    /// The customer was told.
    #[n(1)]
    #[cbor(map)]
    Communicated {
        /// The contact who heard it; None if not said.
        #[n(0)]
        contact: Option<ItemId>,
        /// The channel.
        #[n(1)]
        channel: Channel,
    },
    /// A colleague was asked if they can deliver.
    #[n(2)]
    #[cbor(map)]
    Asked {
        /// The colleague.
        #[n(0)]
        person: PersonId,
        /// The made or terms_agreed event that is meant.
        #[n(1)]
        terms: EventId,
    },
    /// The performer accepts.
    #[n(3)]
    #[cbor(map)]
    Accepted {
        /// The terms that are meant.
        #[n(0)]
        terms: EventId,
        /// The performer, where the office writes for one who phoned in; None: the author.
        #[n(1)]
        for_person: Option<PersonId>,
    },
    /// The performer declines.
    #[n(4)]
    #[cbor(map)]
    Declined {
        /// The terms that are meant.
        #[n(0)]
        terms: EventId,
        /// The reason.
        #[n(1)]
        reason: String,
        /// The performer, where the office writes for one who phoned in; None: the author.
        #[n(2)]
        for_person: Option<PersonId>,
    },
    /// The performer offers another date.
    #[n(5)]
    #[cbor(map)]
    TermsProposed {
        /// The date offered.
        #[n(0)]
        due: Due,
        /// The reason.
        #[n(1)]
        reason: String,
        /// The performer, where the office writes for one who phoned in; None: the author.
        #[n(2)]
        for_person: Option<PersonId>,
    },
    /// The customer was told another date.
    #[n(6)]
    #[cbor(map)]
    TermsAgreed {
        /// The date.
        #[n(0)]
        due: Due,
        /// The date in the words that were spoken.
        #[n(1)]
        words: String,
        /// The contact who heard it; None if not said.
        #[n(2)]
        contact: Option<ItemId>,
        /// The channel.
        #[n(3)]
        channel: Channel,
        /// The proposal that it takes up.
        #[n(4)]
        proposal: Option<EventId>,
        /// The date that the record suggested; None if it suggested none.
        #[n(5)]
        suggestion: Option<Suggestion>,
    },
    /// Another performer is to deliver.
    #[n(7)]
    #[cbor(map)]
    Reassigned {
        /// The new performer.
        #[n(0)]
        performer: Performer,
        /// The reason.
        #[n(1)]
        reason: String,
    },
    /// Work began.
    #[n(8)]
    #[cbor(map)]
    Started {
        /// The performer, where the office writes for one who phoned in; None: the author.
        #[n(0)]
        for_person: Option<PersonId>,
    },
    /// It was done.
    #[n(9)]
    #[cbor(map)]
    Fulfilled {
        /// The time at which it was done.
        #[n(0)]
        occurred_at: RecordedTime,
        /// The proof.
        #[n(1)]
        evidence: Vec<Evidence>,
        /// The performer, where the office writes for one who phoned in; None: the author.
        #[n(2)]
        for_person: Option<PersonId>,
    },
    /// The customer said how they find it.
    #[n(10)]
    #[cbor(map)]
    CustomerConfirmed {
        /// The customer's mood.
        #[n(0)]
        mood: Mood,
        /// The contact who said so; None if not said.
        #[n(1)]
        contact: Option<ItemId>,
    },
    /// The author says that it was not as promised.
    #[n(11)]
    #[cbor(map)]
    Disputed {
        /// The complaint, in the words of the person who made it.
        #[n(0)]
        words: String,
    },
    /// The office decided a dispute.
    #[n(12)]
    #[cbor(map)]
    DisputeResolved {
        /// The dispute.
        #[n(0)]
        dispute: EventId,
        /// The finding.
        #[n(1)]
        finding: Finding,
        /// The reason.
        #[n(2)]
        reason: String,
    },
    /// It was called off.
    #[n(13)]
    #[cbor(map)]
    Cancelled {
        /// The side that called it off.
        #[n(0)]
        by: CancelledBy,
        /// The contact who agreed; None if not said.
        #[n(1)]
        agreed_by: Option<ItemId>,
        /// The reason.
        #[n(2)]
        reason: String,
    },
    /// An event was tapped by mistake.
    #[n(14)]
    #[cbor(map)]
    Retracted {
        /// The event that is taken back.
        #[n(0)]
        event: EventId,
    },
    /// A colleague was thanked.
    #[n(15)]
    #[cbor(map)]
    Thanked {
        /// The colleague.
        #[n(0)]
        person: PersonId,
    },
    /// A reminder was seen.
    #[n(16)]
    #[cbor(map)]
    ReminderAcked {
        /// The rung of the ladder: `terms-event/rung-name`.
        #[n(0)]
        rung: String,
    },
    /// The customer was named of a promise that was made without them, or of the wrong one.
    #[n(17)]
    #[cbor(map)]
    AccountNamed {
        /// The customer; None: it is about none.
        #[n(0)]
        account: Option<DocId>,
        /// The contact who heard it; None if not said.
        #[n(1)]
        contact: Option<ItemId>,
        /// Names as they were then.
        #[n(2)]
        labels: NameSnapshot,
    },
    /// The document was put away.
    #[n(32)]
    #[cbor(map)]
    Archived {
        /// The reason.
        #[n(0)]
        reason: String,
    },
    /// The document was taken out again.
    #[n(33)]
    #[cbor(map)]
    Restored {
        /// The reason.
        #[n(0)]
        reason: String,
    },
    /// A type that a newer version writes.
    #[n(65535)]
    Unknown(#[n(0)] u32),
}

/// A person and actor for whom the server wrote an event. It counts only from a server's actor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OnBehalf {
    /// The person.
    #[n(0)]
    pub person: PersonId,
    /// The actor that they wrote with.
    #[n(1)]
    pub actor: Actor,
}

/// An event as it stands in a document.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct StoredEvent {
    /// The device that wrote it.
    #[n(0)]
    pub device: InstallationId,
    /// The time of writing, as that device knew it.
    #[n(1)]
    pub time: RecordedTime,
    /// The newest events that its author had seen in this document.
    #[n(2)]
    pub after: Vec<EventId>,
    /// 1 + the largest `n` in `after`.
    #[n(3)]
    pub n: u32,
    /// The person for whom the server wrote it; None if it wrote it for no one.
    #[n(4)]
    pub on_behalf: Option<OnBehalf>,
    /// The body: the thing that happened.
    #[n(5)]
    #[cbor(decode_with = "decode_body")]
    pub body: EventBody,
}

/// Reads a body, and one of an unknown type as [`EventBody::Unknown`].
fn decode_body<'b, C>(
    d: &mut minicbor::Decoder<'b>,
    ctx: &mut C,
) -> Result<EventBody, minicbor::decode::Error> {
    let mut ahead = d.probe();
    ahead.array()?;
    let number = ahead.u32()?;
    if EventKind::from_number(number).is_some() {
        return EventBody::decode(d, ctx);
    }
    d.skip()?;
    Ok(EventBody::Unknown(number))
}

/// An event as rules read it: the stored event, its author and the moment at which it reached the server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Event {
    /// The event's id.
    #[n(0)]
    pub id: EventId,
    /// The event as it is stored.
    #[n(1)]
    pub stored: StoredEvent,
    /// The author: the person to whom the registry binds the actor of the change that carried it.
    #[n(2)]
    pub by: Authorship,
    /// The number of the change that carried it, among those of its author's actor in the document.
    #[n(4)]
    pub seq: u64,
    /// The moment at which the server took it, in milliseconds of server time; None if that is not known. It stands
    /// beside the change, and so no projection repeats it: the code that reads an event puts it in.
    #[cbor(skip)]
    pub received_at: Option<Millis>,
}

impl Event {
    /// The instant of writing, in milliseconds since the epoch, corrected by the server's clock where possible.
    pub fn instant(&self) -> Millis {
        self.stored.time.instant(self.received_at)
    }

    /// The place in the order that respects cause and is total: (n, wall time, id).
    pub fn order(&self) -> (u32, Millis, EventId) {
        (self.stored.n, self.stored.time.wall_ms, self.id)
    }
}
