//! The archive: entries that lists leave out until they are restored.

use crate::language::Message;
use crate::limits;
use crate::model::account::AccountEdit;
use crate::model::ids::DocId;
use crate::model::visit::{UsageEdit, VisitEdit};
use crate::notebook::Notebook;
use crate::notebook::checks::check_max_chars;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::PromiseEdit;

#[uniffi::export]
impl Notebook {
    /// Archives a customer, a visit or an observation; of a customer no reason is kept. A promise that I made within a
    /// day is taken back; `Invalid` for every other one, which is called off instead. Does nothing where it is archived
    /// already; `NotFound` if it is not here.
    #[uniffi::method(default(reason = ""))]
    pub fn archive_entry(&self, id: DocId, reason: String) -> ApiResult<()> {
        self.put_away(id, reason, true)
    }

    /// Brings an entry back from the archive. Does nothing where it is not there; `Invalid` for a promise.
    #[uniffi::method(default(reason = ""))]
    pub fn restore_entry(&self, id: DocId, reason: String) -> ApiResult<()> {
        self.put_away(id, reason, false)
    }
}

impl Notebook {
    fn put_away(&self, id: DocId, reason: String, away: bool) -> ApiResult<()> {
        check_max_chars("reason", &reason, limits::VALUE_CHARS)?;
        let kind = self.entry_kind(id)?;
        let is_away = match kind {
            EntryKind::Account => self.account(id)?.account.archived,
            EntryKind::Visit => self.visit(id)?.archived,
            EntryKind::Usage => self.usage(id)?.archived,
            EntryKind::Promise | EntryKind::Person => false,
        };
        if is_away == away && kind != EntryKind::Promise {
            return Ok(());
        }
        match (kind, away) {
            (EntryKind::Account, true) => self.edit_account(id, vec![AccountEdit::Archive]),
            (EntryKind::Account, false) => self.edit_account(id, vec![AccountEdit::Restore]),
            (EntryKind::Visit, true) => self.edit_visit(id, vec![VisitEdit::Archive { reason }]),
            (EntryKind::Visit, false) => self.edit_visit(id, vec![VisitEdit::Restore { reason }]),
            (EntryKind::Usage, true) => self.edit_usage(id, vec![UsageEdit::Archive { reason }]),
            (EntryKind::Usage, false) => self.edit_usage(id, vec![UsageEdit::Restore { reason }]),
            (EntryKind::Promise, true) => self.take_back(id),
            (EntryKind::Promise, false) => Err(no_archive_of_promises()),
            (EntryKind::Person, _) => Err(KeptError::not_found("thing-entry", id)),
        }
    }

    /// Takes a promise back whose beginning may still be taken back.
    fn take_back(&self, id: DocId) -> ApiResult<()> {
        let record = self.promise_record(id)?;
        let Some(made) = record.events.first().map(|event| event.id) else {
            return Err(no_archive_of_promises());
        };
        let back = vec![PromiseEdit::Retract { event: made }];
        match self.change_promise(id, back) {
            Err(KeptError::Invalid { .. }) => Err(no_archive_of_promises()),
            done => done,
        }
    }
}

fn no_archive_of_promises() -> KeptError {
    KeptError::invalid("id", Message::new("error-archive-promise"))
}

#[cfg(test)]
mod tests;
