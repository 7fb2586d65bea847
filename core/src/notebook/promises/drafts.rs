//! Drafts and edits of promises, as callers pass them in. A new field stands last and has a default, or it breaks
//! callers on phones; in an edit, the fields without a default stand before those that have one.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::model::event::{CancelledBy, Evidence, Finding, Mood, Performer, Suggestion};
use crate::model::ids::{DocId, EventId, ItemId, PersonId};
use crate::model::time::{Due, Millis};
use crate::model::visit::{Channel, NameSnapshot};

/// A promise to be made.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct PromiseDraft {
    /// The kind: "callback", "quote", "delivery" and so on.
    #[n(0)]
    pub kind: String,
    /// The deliverable: the work or thing that is promised.
    #[n(1)]
    pub deliverable: String,
    /// The criterion: the result that the customer will see when it is done, in their words.
    #[n(2)]
    #[uniffi(default = "")]
    pub criterion: String,
    /// The customer's document; none if no customer is chosen.
    #[n(3)]
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The customer's contact who heard it; none if not said.
    #[n(4)]
    #[uniffi(default = None)]
    pub contact: Option<ItemId>,
    /// The performer: the person or pool that is to deliver, or nobody yet.
    #[n(5)]
    pub performer: Performer,
    /// The date by which it is to be done; one that has passed is refused.
    #[n(6)]
    pub due: Due,
    /// The date in the words that were spoken; may be empty.
    #[n(7)]
    #[uniffi(default = "")]
    pub words: String,
    /// The channel on which it is promised.
    #[n(8)]
    pub channel: Channel,
    /// True if the customer was told; else they will be.
    #[n(9)]
    #[uniffi(default = false)]
    pub told: bool,
    /// True if the performer is to be asked at once; without effect if the performer is the promiser, a pool or nobody.
    #[n(10)]
    #[uniffi(default = true)]
    pub ask: bool,
    /// The date before which it is not wanted; it must not be after `due`. None if there is no such date.
    #[n(11)]
    #[uniffi(default = None)]
    pub not_before: Option<Due>,
    /// The date that the record suggested on the screen, unchanged as the core gave it; none if none was shown.
    #[n(12)]
    #[uniffi(default = None)]
    pub suggestion: Option<Suggestion>,
    /// The broken promise that it makes right; none if it makes none right.
    #[n(13)]
    #[uniffi(default = None)]
    pub makes_right: Option<DocId>,
}

/// The changes with which a promise is written again; a field that is none stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct RewriteDraft {
    /// The date by which it is to be done; needed where the former date has passed.
    #[uniffi(default = None)]
    pub due: Option<Due>,
    /// The date in the words that were spoken; none: the former words, or no words where another date is given.
    #[uniffi(default = None)]
    pub words: Option<String>,
    /// The performer; needed where the former one has left.
    #[uniffi(default = None)]
    pub performer: Option<Performer>,
}

/// An edit of a promise: each stands for an event that is added to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
pub enum PromiseEdit {
    /// The customer was told.
    Communicate {
        /// The channel on which the customer was told.
        channel: Channel,
        /// The customer's contact who heard it; none if not said.
        #[uniffi(default = None)]
        contact: Option<ItemId>,
    },
    /// A colleague is asked to deliver.
    Ask {
        /// The colleague; none: the performer. Refused if that is no person.
        #[uniffi(default = None)]
        person: Option<PersonId>,
    },
    /// The performer accepts.
    Accept,
    /// The performer declines.
    Decline {
        /// The reason; may be empty.
        #[uniffi(default = "")]
        reason: String,
    },
    /// The performer offers another date.
    Propose {
        /// The date that is offered.
        due: Due,
        /// The reason; may be empty.
        #[uniffi(default = "")]
        reason: String,
    },
    /// The customer was told another date.
    Agree {
        /// The date that the customer was told.
        due: Due,
        /// The channel on which the customer was told.
        channel: Channel,
        /// The date in the words that were spoken.
        #[uniffi(default = "")]
        words: String,
        /// The customer's contact who heard it; none if not said.
        #[uniffi(default = None)]
        contact: Option<ItemId>,
        /// The date that the record suggested on the screen; none if none was shown.
        #[uniffi(default = None)]
        suggestion: Option<Suggestion>,
    },
    /// The promise gets another performer.
    Reassign {
        /// The new performer.
        performer: Performer,
        /// The reason; may be empty.
        #[uniffi(default = "")]
        reason: String,
    },
    /// Work began.
    Start,
    /// It was done.
    Fulfil {
        /// The instant at which it was done, in milliseconds since the epoch; none is now. Refused if it is more than 5
        /// minutes ahead of now.
        #[uniffi(default = None)]
        occurred_at: Option<Millis>,
        /// The proofs; may be empty.
        #[uniffi(default = [])]
        evidence: Vec<Evidence>,
    },
    /// The customer said how content they are with it.
    Confirm {
        /// The customer's mood.
        mood: Mood,
        /// The customer's contact who said so; none if not said.
        #[uniffi(default = None)]
        contact: Option<ItemId>,
    },
    /// An author says that it was not as promised.
    Dispute {
        /// The complaint, in the words of the one who complains; must not be empty.
        words: String,
    },
    /// The office decides a dispute.
    Resolve {
        /// The event that disputes.
        dispute: EventId,
        /// The office's finding.
        finding: Finding,
        /// The reason; may be empty.
        #[uniffi(default = "")]
        reason: String,
    },
    /// It is called off.
    Cancel {
        /// The side that calls it off.
        by: CancelledBy,
        /// The customer's contact who agreed; none if none did.
        #[uniffi(default = None)]
        agreed_by: Option<ItemId>,
        /// The reason; may be empty.
        #[uniffi(default = "")]
        reason: String,
    },
    /// An event was tapped by mistake.
    Retract {
        /// The event.
        event: EventId,
    },
    /// The customer is named of a promise that was made without them, or of the wrong one.
    NameAccount {
        /// The customer.
        account: DocId,
        /// The customer's contact who heard it; none if not said.
        #[uniffi(default = None)]
        contact: Option<ItemId>,
        /// Filled by the core from the customer; values that are given here count where the customer is not known.
        #[uniffi(default)]
        labels: NameSnapshot,
    },
    /// A colleague is thanked.
    Thank {
        /// The colleague.
        person: PersonId,
    },
}
