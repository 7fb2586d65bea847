//! Drafts: what is being entered is kept on this device, beyond every limit, until it is logged or dropped. The id of a
//! draft is that of the group that logging it writes, so that whoever logs it again gets what was logged.

pub(in crate::notebook) mod content;
pub(in crate::notebook) mod records;

use crate::language::Message;
use crate::limits;
use crate::model::ids::{DocId, GroupId};
use crate::model::placement::DocumentKind;
use crate::model::time::DAY_MS;
use crate::notebook::Notebook;
use crate::notebook::checks::{check_max_chars, too_many};
use crate::notebook::drafts::records::{DraftContent, DraftSummary, LoggedDocs, LoggedDraft};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::events::NotebookEvent;
use crate::notebook::numbers::count_i64;
use crate::store::drafts::{self, StoredDraft};
use crate::store::{Reading, changes, placements};

/// The time for which it is known what logging a draft wrote, in milliseconds.
const LOGGED_MS: i64 = 30 * DAY_MS;

#[uniffi::export]
impl Notebook {
    /// Saves what is being entered, at a step of its screen, in place of what was saved of it: on this device alone, as
    /// it is, also beyond the limits that hold once it is logged. None makes a new draft. Returns the draft's id.
    /// `Invalid` if it was logged already, for more than 200 drafts, or for more than 1 MB.
    #[uniffi::method(default(step = ""))]
    pub fn save_draft(
        &self,
        id: Option<GroupId>,
        content: DraftContent,
        step: String,
    ) -> ApiResult<GroupId> {
        check_max_chars("step", &step, limits::NAME_CHARS)?;
        let content = minicbor::to_vec(&content).map_err(|error| KeptError::Unexpected {
            reason: error.to_string(),
        })?;
        if content.len() > limits::DRAFT_BYTES {
            let limit = count_i64(limits::DRAFT_BYTES);
            let words = Message::new("error-draft-too-large").number("limit", limit);
            return Err(KeptError::invalid("content", words));
        }
        let id = id.unwrap_or_else(|| self.new_group());
        let saved_at = self.environment.wall_ms();
        self.write(|store| {
            store.write(|tx| {
                drafts::forget_logged(tx, saved_at.saturating_sub(LOGGED_MS))?;
                let known = drafts::get(tx, id)?;
                if known.as_ref().is_some_and(|known| known.logged.is_some())
                    || !changes::docs_of_group(tx, id)?.is_empty()
                {
                    return Err(KeptError::invalid("id", Message::new("error-draft-logged")));
                }
                let limit = limits::DRAFTS;
                if known.is_none() && drafts::count(tx)? >= limit as u64 {
                    return Err(too_many("drafts", limit));
                }
                let draft = StoredDraft {
                    id,
                    saved_at,
                    step,
                    content,
                    logged: None,
                };
                Ok(drafts::save(tx, &draft)?)
            })
        })?;
        self.events.send(NotebookEvent::DraftsChanged);
        Ok(id)
    }

    /// Returns the drafts, the newest first.
    pub fn drafts(&self) -> ApiResult<Vec<DraftSummary>> {
        self.read(drafts_of)
    }

    /// Returns one draft; `NotFound` if there is none of this id, or it was logged.
    pub fn draft(&self, id: GroupId) -> ApiResult<DraftSummary> {
        self.read(|store| {
            let draft = drafts::get(store.read(), id)?.filter(|draft| draft.logged.is_none());
            summary(store, draft.ok_or_else(|| not_here(id))?)
        })
    }

    /// Logs a draft and forgets it, all in one transaction: a refused one stays as it was saved. Logging it again
    /// returns the same, and writes nothing. `NotFound` if there is none of this id.
    pub fn log_draft(&self, id: GroupId) -> ApiResult<LoggedDraft> {
        let (docs, logged) = self.write(|store| {
            store.write(|tx| {
                let draft = drafts::get(tx, id)?;
                let Some(draft) = draft.filter(|draft| draft.logged.is_none()) else {
                    let logged = logged_before(tx.into(), id)?.ok_or_else(|| not_here(id))?;
                    return Ok((vec![], logged.outcome(id, true)));
                };
                let content: DraftContent = minicbor::decode(&draft.content).map_err(|_| {
                    KeptError::invalid("content", Message::new("error-draft-unreadable"))
                })?;
                let (edits, logged) = self.edits_of_draft(tx.into(), content)?;
                let docs = match edits.is_empty() {
                    true => vec![],
                    false => self.save_group(tx, edits, id)?,
                };
                let kept = minicbor::to_vec(&logged).map_err(|error| KeptError::Unexpected {
                    reason: error.to_string(),
                })?;
                let draft = StoredDraft {
                    content: vec![],
                    logged: Some(kept),
                    ..draft
                };
                drafts::save(tx, &draft)?;
                let logged = LoggedDraft {
                    clock_warning: self.clock_warning_in(tx.into())?,
                    ..logged.outcome(id, false)
                };
                Ok::<_, KeptError>((docs, logged))
            })
        })?;
        if !logged.again {
            self.events.send(NotebookEvent::DraftsChanged);
        }
        self.changed(docs);
        Ok(logged)
    }

    /// Forgets a draft that is not logged; does nothing where there is none of this id.
    pub fn drop_draft(&self, id: GroupId) -> ApiResult<()> {
        let dropped = self.write(|store| {
            let dropped = store.write(|tx| drafts::remove(tx, id));
            dropped.map_err(KeptError::from)
        })?;
        if dropped {
            self.events.send(NotebookEvent::DraftsChanged);
        }
        Ok(())
    }
}

/// Returns the drafts, the newest first.
pub(in crate::notebook) fn drafts_of(store: Reading<'_>) -> ApiResult<Vec<DraftSummary>> {
    let known = drafts::all(store.read())?.into_iter();
    known.map(|draft| summary(store, draft)).collect()
}

fn summary(store: Reading<'_>, draft: StoredDraft) -> ApiResult<DraftSummary> {
    let content: Option<DraftContent> = minicbor::decode(&draft.content).ok();
    let (title, text) = match &content {
        Some(content) => content.title_and_text(store)?,
        None => (Message::new("draft-unreadable"), String::new()),
    };
    Ok(DraftSummary {
        id: draft.id,
        saved_at: draft.saved_at,
        step: draft.step,
        content,
        title,
        text,
    })
}

/// Returns what logging a draft wrote: as it was kept, else, in a copy that has lost that, by the group's documents.
fn logged_before(store: Reading<'_>, id: GroupId) -> ApiResult<Option<LoggedDocs>> {
    let known = drafts::get(store.read(), id)?.and_then(|draft| draft.logged);
    if let Some(logged) = known.and_then(|logged| minicbor::decode(&logged).ok()) {
        return Ok(Some(logged));
    }
    let docs: Vec<DocId> = changes::docs_of_group(store.read(), id)?;
    if docs.is_empty() {
        return Ok(None);
    }
    let mut logged = LoggedDocs::default();
    for doc in docs {
        match placements::get(store.read(), doc)?.map(|place| place.kind) {
            Some(DocumentKind::Account) => logged.account = Some(doc),
            Some(DocumentKind::Visit) => logged.visit = Some(doc),
            Some(DocumentKind::Usage) => logged.usages.push(doc),
            Some(DocumentKind::Promise) => logged.promises.push(doc),
            _ => {}
        }
    }
    Ok(Some(logged))
}

fn not_here(id: GroupId) -> KeptError {
    KeptError::not_found("thing-draft", id)
}

#[cfg(test)]
mod tests;
