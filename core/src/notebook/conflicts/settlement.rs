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
use crate::notebook::promises::drafts::PromiseEdit;
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Settles a conflict by the number of a choice: one entry in the history. Returns the document. A conflict that
    /// was added to or settled meanwhile is refused, and nothing is changed.
    pub fn settle_conflict(&self, conflict: String, choice: u32) -> ApiResult<DocId> {
        self.save(|store| {
            let context = Context::load(self, store)?;
            let edit = match context.settlement(store, &conflict, choice)? {
                Settlement::Edit(edit) => edit,
                Settlement::Change { id, edit } => {
                    let context = context.joined()?;
                    Edit {
                        doc: id,
                        operation: self.promise_operation(&context, store, id, vec![edit], None)?,
                    }
                }
            };
            let doc = edit.doc;
            Ok((vec![edit], doc))
        })
    }
}

/// The effect of a choice.
pub(in crate::notebook) enum Settlement {
    /// An edit of a document.
    Edit(Edit),
    /// An edit of a promise, which becomes an event of its author.
    Change {
        /// The promise's document.
        id: DocId,
        /// The edit.
        edit: PromiseEdit,
    },
}

impl Context {
    /// Returns the effect of a choice.
    pub(in crate::notebook) fn settlement(
        &self,
        store: Reading<'_>,
        conflict: &str,
        choice: u32,
    ) -> ApiResult<Settlement> {
        let mut found = all_clashes(store, self)?.into_iter();
        let named = found.find(|found| found.clash.name() == conflict);
        let DocumentClash { clash, .. } = named.ok_or_else(|| conflict_changed(conflict))?;
        let index = usize::try_from(choice).unwrap_or(usize::MAX).checked_sub(1);
        let way = index.and_then(|index| clash.ways.get(index).cloned());
        let way = way.ok_or_else(|| {
            let words = Message::new("error-no-such-choice").number("choice", choice);
            KeptError::invalid("choice", words)
        })?;
        let id = clash.doc;
        let settled = |operation| Settlement::Edit(Edit { doc: id, operation });
        let change = |edit| Settlement::Change { id, edit };
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
