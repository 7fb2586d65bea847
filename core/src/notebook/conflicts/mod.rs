//! Conflicts as things to settle: the values and deeds that concurrent editing left side by side, with author and
//! instant, and one tap to choose.

use serde::Serialize;

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::authored::Authorship;
use crate::model::colleague_profile::PersonEntry;
use crate::model::conflicts::{
    ConflictSubject, SettlementOption, Statement, UnsettledConflict, of_account, of_person,
    of_promise, of_usage, of_visit,
};
use crate::model::edit::Edit;
use crate::model::event::{Finding, Performer};
use crate::model::handbook::Handbook;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::unsettled::{ShortAnswer, TextField};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::decode;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::with_kind;
use crate::notebook::office::OfficeCommand;
use crate::notebook::promises::records::PromiseEdit;
use crate::notebook::save::joined_identity;
use crate::store::queries::{self, ListedEntry, PromiseQuery};
use crate::store::{Store, company};

/// A conflict: values or deeds of several authors who had not seen each other's, which waits for a choice.
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

/// One side of a conflict: one value or deed, with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ConflictSide {
    /// The value or deed, in words.
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
            let handbook = company::handbook(store.read())?;
            Ok(found
                .iter()
                .map(|found| context.conflict(found, &handbook))
                .collect())
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
                for row in queries::unsettled(store.read())? {
                    if row.account == Some(id) && row.doc != id {
                        found.extend(clashes(&context, &row)?);
                    }
                }
            }
            let handbook = company::handbook(store.read())?;
            Ok(found
                .iter()
                .map(|found| context.conflict(found, &handbook))
                .collect())
        })
    }

    /// Settles a conflict by the number of a choice: one entry in the history. Returns the document. A conflict that
    /// was added to or settled meanwhile is refused, and nothing is changed.
    pub fn settle_conflict(&self, conflict: String, choice: u32) -> ApiResult<DocId> {
        self.save(|store| {
            let edit = match self.settlement(store, &conflict, choice)? {
                OfficeCommand::EditDocument(edit) => *edit,
                OfficeCommand::ChangePromise { id, edits, .. } => Edit {
                    doc: id,
                    operation: self.promise_operation(
                        store,
                        id,
                        edits,
                        &joined_identity(store)?,
                        None,
                    )?,
                },
                OfficeCommand::EditAccount { .. }
                | OfficeCommand::MakePromise { .. }
                | OfficeCommand::RewritePromise { .. }
                | OfficeCommand::AcknowledgeReminder { .. }
                | OfficeCommand::SettleConflict { .. } => {
                    return Err(conflict_changed(&conflict));
                }
            };
            let doc = edit.doc;
            Ok((vec![edit], doc))
        })
    }
}

impl Notebook {
    /// Returns the act that a choice stands for, an act like any other.
    pub(in crate::notebook) fn settlement(
        &self,
        store: &Store,
        conflict: &str,
        choice: u32,
    ) -> ApiResult<OfficeCommand> {
        let context = Context::load(self, store)?;
        let mut found = all_clashes(store, &context)?.into_iter();
        let named = found.find(|found| found.clash.name() == conflict);
        let DocumentClash { clash, .. } = named.ok_or_else(|| conflict_changed(conflict))?;
        let index = usize::try_from(choice).unwrap_or(usize::MAX).checked_sub(1);
        let way = index.and_then(|index| clash.ways.get(index).cloned());
        let way = way.ok_or_else(|| {
            let words = Message::new("error-no-such-choice").number("choice", choice);
            KeptError::invalid("choice", words)
        })?;
        let id = clash.doc;
        let settled =
            |operation| OfficeCommand::EditDocument(Box::new(Edit { doc: id, operation }));
        let change = |edit| OfficeCommand::ChangePromise {
            id,
            edits: vec![edit],
            speaks_for: None,
        };
        Ok(match way {
            SettlementOption::Value { operation, .. }
            | SettlementOption::Needed { operation, .. }
            | SettlementOption::All { operation }
            | SettlementOption::Away { operation }
            | SettlementOption::Stay { operation } => settled(operation),
            SettlementOption::Date {
                due,
                words,
                contact,
                channel,
            } => change(PromiseEdit::Agree {
                due,
                words,
                contact,
                channel,
                suggestion: None,
            }),
            SettlementOption::Performer { person } => change(PromiseEdit::Reassign {
                performer: Performer::Person { person },
                reason: String::new(),
            }),
            SettlementOption::Finding { dispute, finding } => change(PromiseEdit::Resolve {
                dispute,
                finding,
                reason: String::new(),
            }),
        })
    }
}

fn conflict_changed(conflict: &str) -> KeptError {
    KeptError::invalid(
        "conflict",
        Message::new("error-conflict-changed").text("id", conflict),
    )
}

/// A clash, with the kind, title and customer of its document.
struct DocumentClash {
    kind: EntryKind,
    title: String,
    account: Option<DocId>,
    clash: UnsettledConflict,
}

fn all_clashes(store: &Store, context: &Context) -> ApiResult<Vec<DocumentClash>> {
    let mut found = Vec::new();
    for row in queries::unsettled(store.read())? {
        found.extend(clashes(context, &row)?);
    }
    let query = PromiseQuery {
        open_only: true,
        account: None,
        person: None,
        limit: u32::MAX,
    };
    for row in queries::promises(store.read(), &query)? {
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
    fn conflict(&self, found: &DocumentClash, handbook: &Handbook) -> Conflict {
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
            about: subject_message(&clash.about, clash.ways.is_empty(), handbook),
            sides: sides.collect(),
            choices: choices.collect(),
        }
    }

    fn choice_message(&self, about: &ConflictSubject, way: &SettlementOption) -> Message {
        match (way, about) {
            (SettlementOption::Value { value, .. }, _) => {
                Message::new("settle-value").text("value", value)
            }
            (SettlementOption::Needed { within, .. }, _) => {
                Message::new("settle-need").text("need", within.to_string())
            }
            (SettlementOption::All { .. }, _) => Message::new("settle-all"),
            (SettlementOption::Away { .. }, ConflictSubject::Sentence { .. }) => {
                Message::new("settle-delete")
            }
            (SettlementOption::Stay { .. }, ConflictSubject::PutAway) => {
                Message::new("settle-take-out")
            }
            (SettlementOption::Away { .. }, ConflictSubject::PutAway) => {
                Message::new("settle-put-away")
            }
            (SettlementOption::Stay { .. }, _) => Message::new("settle-keep"),
            (SettlementOption::Away { .. }, _) => Message::new("settle-remove"),
            (SettlementOption::Date { due, .. }, _) => Message::new("settle-date").due("due", due),
            (SettlementOption::Performer { person }, _) => {
                Message::new("settle-performer").text("person", self.name(*person))
            }
            (SettlementOption::Finding { finding, .. }, _) => {
                Message::new("settle-finding").keyed("finding", finding_key(*finding))
            }
        }
    }
}

fn subject_message(about: &ConflictSubject, only_a_new_word: bool, handbook: &Handbook) -> Message {
    match about {
        ConflictSubject::Name => Message::new("conflict-name"),
        ConflictSubject::ChildName(_) => Message::new("conflict-child-name"),
        ConflictSubject::ContactPoint(_, kind) => Message::new(match kind {
            ContactPointKind::Phone => "conflict-phone",
            ContactPointKind::Email => "conflict-email",
            ContactPointKind::Address => "conflict-address",
            ContactPointKind::Web => "conflict-web",
        }),
        ConflictSubject::Address(_, site) => {
            Message::new("conflict-site-address").text("site", site)
        }
        ConflictSubject::RequiredLeadTime(kind) => {
            with_kind(Message::new("conflict-need"), handbook, kind)
        }
        ConflictSubject::ShortAnswer(ShortAnswer::Uses) => Message::new("field-uses"),
        ConflictSubject::ShortAnswer(ShortAnswer::MustNotFail) => {
            Message::new("field-must-not-fail")
        }
        ConflictSubject::ShortAnswer(ShortAnswer::Means) => Message::new("field-means"),
        ConflictSubject::ShortAnswer(ShortAnswer::Help) => Message::new("conflict-help"),
        ConflictSubject::ShortAnswer(ShortAnswer::Wins) => Message::new("field-wins"),
        ConflictSubject::Sentence { field, was, .. } => match (field, was.as_str()) {
            (TextField::Notes, "") => Message::new("conflict-notes"),
            (TextField::Said, "") => Message::new("conflict-said"),
            (TextField::Notes, was) => Message::new("conflict-notes-was").text("was", was),
            (TextField::Said, was) => Message::new("conflict-said-was").text("was", was),
        },
        ConflictSubject::PutAway => Message::new("conflict-put-away"),
        ConflictSubject::Removal(_, name) => Message::new("conflict-removal").text("name", name),
        ConflictSubject::Dates if only_a_new_word => Message::new("conflict-dates-passed"),
        ConflictSubject::Dates => Message::new("conflict-dates"),
        ConflictSubject::Takers => Message::new("conflict-takers"),
        ConflictSubject::Findings => Message::new("conflict-findings"),
    }
}

fn side_message(statement: &Statement) -> Message {
    match statement {
        Statement::Value(value) => Message::new("stance-value").text("value", value),
        Statement::Deleted => Message::new("stance-deleted"),
        Statement::Needed(within) => Message::new("stance-need").text("need", within.to_string()),
        Statement::TookAway => Message::new("stance-took-away"),
        Statement::WentOn => Message::new("stance-went-on"),
        Statement::Told(due) => Message::new("stance-told").due("due", due),
        Statement::Took => Message::new("stance-took"),
        Statement::Found(finding) => {
            Message::new("stance-found").keyed("finding", finding_key(*finding))
        }
    }
}

/// Returns a finding's key in the catalogue.
pub(in crate::notebook) fn finding_key(finding: Finding) -> &'static str {
    match finding {
        Finding::Kept => "finding-kept",
        Finding::Broken => "finding-broken",
        Finding::Void => "finding-void",
    }
}
