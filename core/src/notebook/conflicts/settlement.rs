//! The settlement of a conflict: a choice becomes an edit.

use crate::language::Message;
use crate::model::conflicts::SettlementOption;
use crate::model::edit::Edit;
use crate::model::event::Performer;
use crate::model::ids::DocId;
use crate::notebook::Notebook;
use crate::notebook::conflicts::{DocumentClash, all_clashes};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::identity::joined_identity;
use crate::notebook::office::OfficeCommand;
use crate::notebook::promises::drafts::PromiseEdit;
use crate::store::Store;

#[uniffi::export]
impl Notebook {
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
