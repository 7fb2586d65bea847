//! Model <-> Automerge: one file per kind of document.
//!
//! A document is written by edits (`model::edit`) and read as a model type. All its containers are created in its
//! first change, by its creator, and with them an empty map `more` for the scalars of later versions;
//! children are flat keys `item/part`, so that no edit ever creates a container that another one hides.

mod account;
pub mod bounds;
pub mod chunk;
mod columns;
mod document_writer;
mod fields;
mod first_change;
mod handbook;
mod loaded_document;
mod person;
mod promise;
pub mod set_aside;
mod short_answers;
mod text;
mod unsettled;
mod usage;
mod visit;
mod write;

use crate::model::account::Account;
use crate::model::colleague_profile::PersonEntry;
use crate::model::handbook::HandbookEntry;
use crate::model::ids::{DocId, Team};
use crate::model::placement::{DocumentKind, Placement};
use crate::model::promise::PromiseRecord;
use crate::model::visit::{Usage, Visit};

pub use fields::{MORE, PARTS, may_exceed_event_quota, text_of};
pub use loaded_document::{Authors, ChangeOrigin, LoadedDocument};
pub use text::{SENTENCES, text_after, text_now};
pub use write::{TERMS_OF_THIS_GROUP, WriteContext, WrittenChange, write};

/// The reason why a document cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Automerge refuses.
    #[error("the document {doc} cannot be used: {source}")]
    Automerge {
        /// The document's id.
        doc: DocId,
        /// Automerge's error.
        source: Box<automerge::AutomergeError>,
    },
    /// Automerge, or a rule that reads what it says, panicked.
    #[error("the document {0} makes the program stumble")]
    Panicked(DocId),
    /// A change that it needs is not here.
    #[error("the document {0} is not complete yet")]
    Incomplete(DocId),
    /// Its envelope says something else.
    #[error("the document {doc} is not what it should be: {reason}")]
    Envelope {
        /// The document's id.
        doc: DocId,
        /// The fault, in words.
        reason: String,
    },
    /// It has no room for the events that are about to be written.
    #[error("{events} more events have no room in the document {doc}")]
    NoRoom {
        /// The document's id.
        doc: DocId,
        /// The number of events that have no room.
        events: usize,
        /// True if others have room in it: the writer has used up theirs.
        for_others: bool,
    },
    /// It has changes, and all of them are set aside.
    #[error("nothing of the document {doc} can be shown: {reason}")]
    SetAside {
        /// The document's id.
        doc: DocId,
        /// The reason why the first of them is set aside.
        reason: String,
    },
    /// The change of one tap has more operations than one change may have.
    #[error("this changes too much at once: {0}")]
    Unbounded(bounds::BoundError),
    /// With what one tap wrote the document has more operations than its bytes allow.
    #[error("the document {0} was rewritten too often")]
    TooManyOperations(DocId),
    /// The change of one tap is larger than a change may be.
    #[error("this is too much for one entry: {bytes} bytes")]
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
}

/// A document as its screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A customer.
    Account(Box<Account>),
    /// A visit.
    Visit(Box<Visit>),
    /// Observed usage.
    Usage(Box<Usage>),
    /// A promise.
    Promise(Box<PromiseRecord>),
    /// An entry of the handbook.
    Handbook(Box<HandbookEntry>),
    /// A colleague's entry about themselves.
    Person(Box<PersonEntry>),
}

impl Content {
    /// Says which team it belongs to, as its place does.
    pub fn set_team(&mut self, team: Option<&Team>) {
        let known = match self {
            Self::Account(account) => &mut account.team,
            Self::Visit(visit) => &mut visit.team,
            Self::Usage(usage) => &mut usage.team,
            Self::Promise(promise) => &mut promise.team,
            // These belong to the company.
            Self::Handbook(_) | Self::Person(_) => return,
        };
        *known = team.cloned();
    }
}

/// Reads a document. None for kinds that this version does not show.
pub fn read(
    doc: &LoadedDocument,
    placement: &Placement,
    authors: &dyn Authors,
) -> Result<Option<Content>, DocumentError> {
    doc.guarded(|| {
        Ok(match placement.kind {
            DocumentKind::Account => Some(Content::Account(Box::new(account::read(
                doc, placement, authors,
            )?))),
            DocumentKind::Visit => Some(Content::Visit(Box::new(visit::read(
                doc, placement, authors,
            )?))),
            DocumentKind::Usage => Some(Content::Usage(Box::new(usage::read(
                doc, placement, authors,
            )?))),
            DocumentKind::Promise => Some(Content::Promise(Box::new(promise::read(
                doc, placement, authors,
            )?))),
            DocumentKind::Handbook => {
                Some(Content::Handbook(Box::new(handbook::read(doc, authors)?)))
            }
            DocumentKind::Person => Some(Content::Person(Box::new(person::read(doc, authors)?))),
            DocumentKind::Case
            | DocumentKind::Opportunity
            | DocumentKind::Day
            | DocumentKind::Other(_) => None,
        })
    })
}

#[cfg(test)]
mod tests;
