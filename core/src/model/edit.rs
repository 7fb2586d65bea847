//! Edits: the changes that a tap makes, as typed values that are kept beside every unacknowledged change.
//!
//! They carry the ids of everything that they create, so that replaying them gives the same things.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::account::{AccountDraft, AccountEdit};
use super::colleague_profile::{PersonDraft, PersonEdit};
use super::event::EventBody;
use super::handbook::{HoursEdit, KindDraft, KindEdit};
use super::ids::{DocId, ItemId};
use super::placement::DocumentKind;
use super::visit::{UsageDraft, UsageEdit, VisitDraft, VisitEdit};

/// One edit: a change that one tap makes to one document.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Edit {
    /// The document.
    #[n(0)]
    pub doc: DocId,
    /// The operation.
    #[n(1)]
    pub operation: Operation,
}

/// An operation on a document. The numbers are written to disk and never change.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Operation {
    /// A customer is created.
    #[n(0)]
    CreateAccount(#[n(0)] AccountDraft),
    /// A customer is changed.
    #[n(1)]
    EditAccount(#[n(0)] Vec<AccountEdit>),
    /// A visit is logged.
    #[n(2)]
    CreateVisit(#[n(0)] VisitDraft),
    /// A visit is changed.
    #[n(3)]
    EditVisit(#[n(0)] Vec<VisitEdit>),
    /// Usage is written down.
    #[n(4)]
    CreateUsage(#[n(0)] UsageDraft),
    /// Observed usage is changed.
    #[n(5)]
    EditUsage(#[n(0)] Vec<UsageEdit>),
    /// Something is promised: the first event is made.
    #[n(6)]
    CreatePromise(#[n(0)] Vec<EventBody>),
    /// Something happens to a promise.
    #[n(7)]
    AppendEvents(#[n(0)] Vec<EventBody>),
    /// A kind of promises is written into the handbook.
    #[n(8)]
    CreateKind(#[n(0)] KindDraft),
    /// A kind of promises is changed.
    #[n(9)]
    EditKind(#[n(0)] Vec<KindEdit>),
    /// The company's hours are written into the handbook.
    #[n(10)]
    CreateHours(#[n(0)] Vec<HoursEdit>),
    /// The company's hours are changed.
    #[n(11)]
    EditHours(#[n(0)] Vec<HoursEdit>),
    /// A colleague says something about themselves for the first time.
    #[n(12)]
    CreatePerson(#[n(0)] PersonDraft),
    /// A colleague says something else.
    #[n(13)]
    EditPerson(#[n(0)] Vec<PersonEdit>),
    /// One of the groups over which a long text is split.
    #[n(14)]
    Part(#[n(0)] Part, #[n(1)] Box<Operation>),
}

/// The place of an operation among the groups over which a long text is split.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Part {
    /// The id that the parts of one tap have in common.
    #[n(0)]
    pub of: ItemId,
    /// Its number, from 1.
    #[n(1)]
    pub number: u32,
    /// The number of parts that there are.
    #[n(2)]
    pub count: u32,
    /// With the first part of a new document: its texts behind which a line break is put, so that text which others add
    /// stands behind all parts.
    #[n(4)]
    pub texts: Vec<String>,
}

/// The share of an entry that is here, where it was written in several parts and some are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Parts {
    /// The number of parts that are here.
    #[n(0)]
    pub here: u32,
    /// The number of parts that there are.
    #[n(1)]
    pub of: u32,
}

impl Operation {
    /// The kind of document that it is done to.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::CreateAccount(_) | Self::EditAccount(_) => DocumentKind::Account,
            Self::CreateVisit(_) | Self::EditVisit(_) => DocumentKind::Visit,
            Self::CreateUsage(_) | Self::EditUsage(_) => DocumentKind::Usage,
            Self::CreatePromise(_) | Self::AppendEvents(_) => DocumentKind::Promise,
            Self::CreateKind(_) | Self::EditKind(_) | Self::CreateHours(_) | Self::EditHours(_) => {
                DocumentKind::Handbook
            }
            Self::CreatePerson(_) | Self::EditPerson(_) => DocumentKind::Person,
            Self::Part(_, operation) => operation.kind(),
        }
    }

    /// The customer to whom an edit of a visit, an observation or a promise gives it; None if it gives it to none.
    pub fn new_account(&self) -> Option<DocId> {
        match self {
            Self::EditVisit(edits) => edits.iter().rev().find_map(VisitEdit::new_account),
            Self::EditUsage(edits) => edits.iter().rev().find_map(UsageEdit::new_account),
            Self::AppendEvents(bodies) => bodies.iter().rev().find_map(|body| match body {
                EventBody::AccountNamed { account, .. } => *account,
                _ => None,
            }),
            Self::Part(_, operation) => operation.new_account(),
            _ => None,
        }
    }

    /// True if it makes a new document.
    pub fn creates(&self) -> bool {
        if let Self::Part(_, operation) = self {
            return operation.creates();
        }
        matches!(
            self,
            Self::CreateAccount(_)
                | Self::CreateVisit(_)
                | Self::CreateUsage(_)
                | Self::CreatePromise(_)
                | Self::CreateKind(_)
                | Self::CreateHours(_)
                | Self::CreatePerson(_)
        )
    }
}
