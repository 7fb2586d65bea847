//! Events: what happened to a document, append-only, ordered by cause.
//!
//! Events are written to disks and wires as CBOR and never change; a type from a newer version is kept,
//! passed on untouched and read as [`EventBody::Unknown`].

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::authored::Authorship;
use super::ids::{Actor, DocId, EventId, FileHash, InstallationId, ItemId, PersonId, Team};
use super::time::{Due, Millis, Time};
use super::visit::{Channel, Labels};

/// Who is to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Performer {
    /// Nobody was named yet.
    #[n(0)]
    Nobody,
    /// A colleague.
    #[n(1)]
    Person {
        /// Who.
        #[n(0)]
        person: PersonId,
    },
    /// Whoever of a callback pool takes it first.
    #[n(2)]
    Pool {
        /// Which pool.
        #[n(0)]
        pool: Team,
    },
}

/// What counts as proof that it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Somebody called.
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
    /// Nothing but the word of who did it.
    #[n(4)]
    SaidDone,
}

/// Proof that it was done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Evidence {
    /// What kind.
    #[n(0)]
    pub kind: EvidenceKind,
    /// What it says.
    #[n(1)]
    pub note: String,
    /// The photo, voice note or signature.
    #[n(2)]
    pub file: Option<FileHash>,
}

/// The rules that were in force when a promise was made, so that later changes do not judge it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Rules {
    /// Whether lead times count working time only.
    #[n(0)]
    pub working_time: bool,
    /// What the customer is granted beyond a due minute, in minutes.
    #[n(1)]
    pub grace_minutes: u32,
    /// The share of promises that a suggested date should keep, in percent.
    #[n(2)]
    pub quantile_percent: u8,
    /// What counts as done.
    #[n(3)]
    pub evidence: Vec<EvidenceKind>,
}

impl Default for Rules {
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
    /// How many had been delivered.
    #[n(3)]
    pub closed: u32,
    /// How many were still open.
    #[n(4)]
    pub open: u32,
}

/// What was said to a customer: the first event of every promise.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Made {
    /// The kind: "callback", "quote", "delivery" and so on.
    #[n(0)]
    pub kind: String,
    /// What will be done.
    #[n(1)]
    pub deliverable: String,
    /// What the customer will see when it is done, in their words.
    #[n(2)]
    pub criterion: String,
    /// The customer.
    #[n(3)]
    pub account: Option<DocId>,
    /// Who heard it.
    #[n(4)]
    pub contact: Option<ItemId>,
    /// Names as they were then.
    #[n(5)]
    pub labels: Labels,
    /// Who told the customer, and stays responsible.
    #[n(6)]
    pub promiser: PersonId,
    /// Who is to deliver.
    #[n(7)]
    pub performer: Performer,
    /// By when.
    #[n(8)]
    pub due: Due,
    /// The date in the words that were spoken: "in 30 minutes".
    #[n(9)]
    pub words: String,
    /// How it was said.
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
    pub rules: Rules,
    /// What the record suggested.
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

impl Made {
    /// The promise that this one follows: which it writes again, or makes right.
    pub fn follows(&self) -> Option<DocId> {
        self.predecessor.or(self.makes_right)
    }
}

/// Who called something off.
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

/// How happy the customer is.
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

/// What the office found in a dispute.
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

/// What happened. The numbers are the event types on disk and wire and never change.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum EventBody {
    /// Something was promised.
    #[n(0)]
    Made(#[n(0)] Box<Made>),
    /// The customer was told.
    #[n(1)]
    #[cbor(map)]
    Communicated {
        /// Who heard it.
        #[n(0)]
        contact: Option<ItemId>,
        /// How.
        #[n(1)]
        channel: Channel,
    },
    /// Somebody was asked whether they can deliver.
    #[n(2)]
    #[cbor(map)]
    Asked {
        /// Who.
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
        /// The performer, where the office writes for somebody who phoned in.
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
        /// Why.
        #[n(1)]
        reason: String,
        /// The performer, where the office writes for somebody who phoned in.
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
        /// Why.
        #[n(1)]
        reason: String,
        /// The performer, where the office writes for somebody who phoned in.
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
        /// Who heard it.
        #[n(2)]
        contact: Option<ItemId>,
        /// How.
        #[n(3)]
        channel: Channel,
        /// The proposal that it takes up.
        #[n(4)]
        proposal: Option<EventId>,
        /// What the record suggested.
        #[n(5)]
        suggestion: Option<Suggestion>,
    },
    /// Somebody else is to deliver.
    #[n(7)]
    #[cbor(map)]
    Reassigned {
        /// Who.
        #[n(0)]
        performer: Performer,
        /// Why.
        #[n(1)]
        reason: String,
    },
    /// Work began.
    #[n(8)]
    #[cbor(map)]
    Started {
        /// The performer, where the office writes for somebody who phoned in.
        #[n(0)]
        for_person: Option<PersonId>,
    },
    /// It was done.
    #[n(9)]
    #[cbor(map)]
    Fulfilled {
        /// When.
        #[n(0)]
        occurred_at: Time,
        /// The proof.
        #[n(1)]
        evidence: Vec<Evidence>,
        /// The performer, where the office writes for somebody who phoned in.
        #[n(2)]
        for_person: Option<PersonId>,
    },
    /// The customer said how they find it.
    #[n(10)]
    #[cbor(map)]
    CustomerConfirmed {
        /// How happy.
        #[n(0)]
        mood: Mood,
        /// Who said so.
        #[n(1)]
        contact: Option<ItemId>,
    },
    /// Somebody says that it was not as promised.
    #[n(11)]
    #[cbor(map)]
    Disputed {
        /// In whose words.
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
        /// What was found.
        #[n(1)]
        finding: Finding,
        /// Why.
        #[n(2)]
        reason: String,
    },
    /// It was called off.
    #[n(13)]
    #[cbor(map)]
    Cancelled {
        /// By whom.
        #[n(0)]
        by: CancelledBy,
        /// Who at the customer's agreed.
        #[n(1)]
        agreed_by: Option<ItemId>,
        /// Why.
        #[n(2)]
        reason: String,
    },
    /// An event was tapped by mistake.
    #[n(14)]
    #[cbor(map)]
    Retracted {
        /// Which.
        #[n(0)]
        event: EventId,
    },
    /// Somebody was thanked.
    #[n(15)]
    #[cbor(map)]
    Thanked {
        /// Who.
        #[n(0)]
        person: PersonId,
    },
    /// A reminder was seen.
    #[n(16)]
    #[cbor(map)]
    ReminderAcked {
        /// Which rung of the ladder.
        #[n(0)]
        rung: String,
    },
    /// The document was put away.
    #[n(32)]
    #[cbor(map)]
    Archived {
        /// Why.
        #[n(0)]
        reason: String,
    },
    /// The document was taken out again.
    #[n(33)]
    #[cbor(map)]
    Restored {
        /// Why.
        #[n(0)]
        reason: String,
    },
    /// A type that a newer version writes.
    #[n(65535)]
    Unknown(#[n(0)] u32),
}

impl EventBody {
    /// The terms that an event means, where it names them.
    pub fn terms_mut(&mut self) -> Option<&mut EventId> {
        match self {
            Self::Asked { terms, .. }
            | Self::Accepted { terms, .. }
            | Self::Declined { terms, .. } => Some(terms),
            _ => None,
        }
    }

    /// Whether it says that the customer was told: that it is promised, or another date.
    pub fn tells_customer(&self) -> bool {
        matches!(self, Self::Communicated { .. } | Self::TermsAgreed { .. })
    }

    /// The type's name, for history and machines.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Made(_) => "made",
            Self::Communicated { .. } => "communicated",
            Self::Asked { .. } => "asked",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::TermsProposed { .. } => "terms_proposed",
            Self::TermsAgreed { .. } => "terms_agreed",
            Self::Reassigned { .. } => "reassigned",
            Self::Started { .. } => "started",
            Self::Fulfilled { .. } => "fulfilled",
            Self::CustomerConfirmed { .. } => "customer_confirmed",
            Self::Disputed { .. } => "disputed",
            Self::DisputeResolved { .. } => "dispute_resolved",
            Self::Cancelled { .. } => "cancelled",
            Self::Retracted { .. } => "retracted",
            Self::Thanked { .. } => "thanked",
            Self::ReminderAcked { .. } => "reminder_acked",
            Self::Archived { .. } => "archived",
            Self::Restored { .. } => "restored",
            Self::Unknown(_) => "unknown",
        }
    }
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
    /// When, as that device knew the time.
    #[n(1)]
    pub time: Time,
    /// The newest events that its author had seen in this document.
    #[n(2)]
    pub after: Vec<EventId>,
    /// 1 + the largest `n` in `after`.
    #[n(3)]
    pub n: u32,
    /// For whom the server wrote it.
    #[n(4)]
    pub on_behalf: Option<OnBehalf>,
    /// What happened.
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
    if number <= 16 || number == 32 || number == 33 {
        return EventBody::decode(d, ctx);
    }
    d.skip()?;
    Ok(EventBody::Unknown(number))
}

/// An event as rules read it: what is stored, who wrote it and when it reached the server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Event {
    /// Which.
    #[n(0)]
    pub id: EventId,
    /// What is stored.
    #[n(1)]
    pub stored: StoredEvent,
    /// Who wrote it: the person to whom the registry binds the actor of the change that carried it.
    #[n(2)]
    pub by: Authorship,
    /// The number of the change that carried it, among those of its author's actor in the document.
    #[n(4)]
    pub seq: u64,
    /// When the server took it, in milliseconds of server time. It stands beside the change, and so no
    /// projection repeats it: whoever reads one puts it in.
    #[cbor(skip)]
    pub received_at: Option<Millis>,
}

impl Event {
    /// When it was written, corrected by the server's clock where possible.
    pub fn instant(&self) -> Millis {
        self.stored.time.instant(self.received_at)
    }

    /// The place in the order that respects cause and is total: (n, wall time, id).
    pub fn order(&self) -> (u32, Millis, EventId) {
        (self.stored.n, self.stored.time.wall_ms, self.id)
    }
}
