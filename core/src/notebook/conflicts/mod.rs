//! Conflicts: values and operations that concurrent editing left side by side, with author and instant, until a
//! choice settles them.

pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod settlement;

use serde::Serialize;

use crate::language::Message;
use crate::model::account::Account;
use crate::model::authored::Authorship;
use crate::model::colleague_profile::PersonEntry;
use crate::model::conflicts::{
    UnsettledConflict, of_account, of_person, of_promise, of_usage, of_visit,
};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::conflicts::messages::{side_message, subject_message};
use crate::notebook::context::Context;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::decode;
use crate::store::Reading;
use crate::store::queries::{self, ListedEntry};

/// A conflict: values or operations of several authors who had not seen each other's, which waits for a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Conflict {
    /// The conflict's id: eight hexadecimal digits; another one as soon as anything in it changes.
    pub id: String,
    /// The document's id.
    pub doc: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The customer's document; none if it is about no customer.
    pub account: Option<DocId>,
    /// The document's title: the customer's name, the colleague's name, or the promise's deliverable.
    pub title: String,
    /// The subject, as a sentence: the field, removal, dates, takers or findings in question.
    pub about: Message,
    /// The sides, the newest first.
    pub sides: Vec<ConflictSide>,
    /// The ways to settle it; empty if only a new edit helps.
    pub choices: Vec<ConflictChoice>,
}

/// One side of a conflict: one value or operation, with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ConflictSide {
    /// The value or operation, in words.
    pub words: Message,
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
}

/// One way to settle a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ConflictChoice {
    /// The choice's number, from 1.
    pub number: u32,
    /// The choice's effect, in words.
    pub words: Message,
}

#[uniffi::export]
impl Notebook {
    /// Returns everything that waits to be settled: customers and what was written at them by name, then promises, the
    /// next due first.
    pub fn conflicts(&self) -> ApiResult<Vec<Conflict>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let found = all_clashes(store, &context)?;
            Ok(found.iter().map(|found| context.conflict(found)).collect())
        })
    }

    /// Returns the conflicts of one document; for a customer also those of what was written at them. `NotFound` if the
    /// document is not here.
    pub fn conflicts_of(&self, id: DocId) -> ApiResult<Vec<Conflict>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let row = queries::one(store.read(), id)?;
            let row = row.ok_or_else(|| KeptError::not_found("thing-entry", id))?;
            let mut found = clashes(&context, &row)?;
            if row.kind == DocumentKind::Account {
                for row in queries::unsettled_about(store.read(), id)? {
                    if row.doc != id {
                        found.extend(clashes(&context, &row)?);
                    }
                }
            }
            Ok(found.iter().map(|found| context.conflict(found)).collect())
        })
    }
}

/// A clash, with the kind, title and customer of its document.
pub(in crate::notebook) struct DocumentClash {
    kind: EntryKind,
    title: String,
    account: Option<DocId>,
    clash: UnsettledConflict,
}

/// Returns the conflicts of every document: customers and what was written at them by name, then promises. Only rows in
/// which something waits are read.
pub(in crate::notebook) fn all_clashes(
    store: Reading<'_>,
    context: &Context,
) -> ApiResult<Vec<DocumentClash>> {
    let mut found = Vec::new();
    for row in queries::unsettled(store.read())? {
        found.extend(clashes(context, &row)?);
    }
    Ok(found)
}

fn clashes(context: &Context, row: &ListedEntry) -> ApiResult<Vec<DocumentClash>> {
    let (kind, clashes) = match row.kind {
        DocumentKind::Account => {
            let account: Account = decode(&row.detail)?;
            (EntryKind::Account, of_account(&account))
        }
        DocumentKind::Visit => (EntryKind::Visit, of_visit(&decode(&row.detail)?)),
        DocumentKind::Usage => (EntryKind::Usage, of_usage(&decode(&row.detail)?)),
        DocumentKind::Person => (EntryKind::Person, of_person(&decode(&row.detail)?)),
        DocumentKind::Promise => {
            let record = row.promise()?;
            let clashes = of_promise(&record, &context.registry, context.now);
            (EntryKind::Promise, clashes)
        }
        _ => return Ok(vec![]),
    };
    let title = match kind {
        EntryKind::Person => {
            let entry: PersonEntry = decode(&row.detail)?;
            context.name(entry.person)
        }
        _ => row.title.clone(),
    };
    let titled = |clash| DocumentClash {
        kind,
        title: title.clone(),
        account: row.account,
        clash,
    };
    Ok(clashes.into_iter().map(titled).collect())
}

impl Context {
    fn conflict(&self, found: &DocumentClash) -> Conflict {
        let clash = &found.clash;
        let sides = clash.sides.iter().map(|side| ConflictSide {
            words: side_message(&side.statement),
            by: side.by.clone(),
        });
        let choices = (1..).zip(&clash.ways).map(|(number, way)| ConflictChoice {
            number,
            words: self.choice_message(&clash.about, way),
        });
        Conflict {
            id: clash.name(),
            doc: clash.doc,
            kind: found.kind,
            account: found.account,
            title: found.title.clone(),
            about: subject_message(&clash.about, clash.ways.is_empty(), &self.company.handbook),
            sides: sides.collect(),
            choices: choices.collect(),
        }
    }
}
