//! Model <-> Automerge: one file per kind of document.
//!
//! A document is written by edits (`model::edit`) and read as a model type. All its containers are created in its
//! first change, by its creator, and with them an empty map `more` for the scalars of later versions;
//! children are flat keys `item/part`, so that no edit ever creates a container that another one hides.

mod account;
mod automerge_map;
pub mod bounds;
pub mod chunk;
mod columns;
mod document_writer;
mod error;
mod fields;
mod first_change;
mod handbook;
mod keys;
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
use crate::model::ids::Team;
use crate::model::placement::{DocumentKind, Placement};
use crate::model::promise::PromiseRecord;
use crate::model::visit::{Usage, Visit};

pub use error::DocumentError;
pub use fields::may_exceed_event_quota;
pub use keys::{MORE, PARTS};
pub use loaded_document::{Authors, ChangeOrigin, LoadedDocument};
pub use text::{SENTENCES, read as text_of, text_after, text_now};
pub use write::{TERMS_OF_THIS_GROUP, WriteContext, WrittenChange, write};

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
    /// Says which team it belongs to, as its placement does.
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
