//! Visits: one is logged with what was observed and promised there, read and changed.

pub(in crate::notebook) mod corrections;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod visit_choices;

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::language::Message;
use crate::limits;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::time::Millis;
use crate::model::visit::{NameSnapshot, UsageDraft, Visit, VisitDraft, VisitPlace};
use crate::notebook::Notebook;
use crate::notebook::checks::{
    check_max_chars, check_max_entries, has_visible_char, non_empty_name,
};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::rows::{copied_names, decode, row_of_kind};
use crate::notebook::usages::checked_usage;
use crate::store::Reading;

/// A visit to be logged, with what was observed and promised there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct VisitEntry {
    /// The visit.
    #[n(0)]
    pub visit: VisitDraft,
    /// The usages that were observed.
    #[n(1)]
    #[uniffi(default = [])]
    pub usages: Vec<UsageDraft>,
    /// The promises that were made.
    #[n(2)]
    #[uniffi(default = [])]
    pub promises: Vec<PromiseDraft>,
}

/// The documents that one entry wrote: all of them are on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LoggedVisit {
    /// The visit's id.
    pub visit: DocId,
    /// The ids of the usages, in the order of the draft.
    pub usages: Vec<DocId>,
    /// The ids of the promises, in the order of the draft.
    pub promises: Vec<DocId>,
    /// A warning that the clock of this device is behind, as far as it can know; none if nothing speaks against it.
    pub clock_warning: Option<Message>,
}

#[uniffi::export]
impl Notebook {
    /// True if a visit says nothing: no words, no marks, no pictures, nothing observed, and no answer to what was
    /// promised.
    pub fn is_empty_visit(&self, draft: VisitEntry) -> ApiResult<bool> {
        Ok(is_empty_visit(&draft))
    }

    /// Returns one visit; `NotFound` if it is not here.
    pub fn visit(&self, id: DocId) -> ApiResult<Visit> {
        self.read(|store| {
            decode(&row_of_kind(store, id, DocumentKind::Visit, "thing-visit")?.detail)
        })
    }

    /// Logs a visit, and with it the usages and promises of the draft: all of it or nothing.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/log_visit.md")))]
    pub fn log_visit(&self, draft: VisitEntry) -> ApiResult<LoggedVisit> {
        self.save(|store| self.visit_edits(store, draft))
    }
}

impl Notebook {
    /// Returns the edits with which a visit is logged, and what they write.
    pub(in crate::notebook) fn visit_edits(
        &self,
        store: Reading<'_>,
        draft: VisitEntry,
    ) -> ApiResult<(Vec<Edit>, LoggedVisit)> {
        let visit = self.new_doc();
        let written = checked_visit(store, draft.visit.clone())?;
        for (field, at) in [
            ("happened_at", written.happened_at),
            ("arrived_at", written.arrived_at),
            ("left_at", written.left_at),
        ] {
            at.map_or(Ok(()), |at| self.check_not_future(store, field, at))?;
        }
        if written.nothing_promised && !draft.promises.is_empty() {
            let words = Message::new("error-promised-something");
            return Err(KeptError::invalid("nothing_promised", words));
        }
        let mut edits = vec![Edit {
            doc: visit,
            operation: Operation::CreateVisit(written),
        }];
        let mut logged = LoggedVisit {
            visit,
            usages: vec![],
            promises: vec![],
            clock_warning: self.clock_warning_in(store)?,
        };
        for mut usage in draft.usages {
            usage.visit = Some(visit);
            if usage.account.is_none() {
                usage.account = draft.visit.account;
                usage.labels.account.clone_from(&draft.visit.labels.account);
            }
            let doc = self.new_doc();
            edits.push(Edit {
                doc,
                operation: Operation::CreateUsage(checked_usage(store, usage)?),
            });
            logged.usages.push(doc);
        }
        for mut promise in draft.promises {
            let context = Context::load_joined(self, store)?;
            let mut labels = NameSnapshot::default();
            if promise.account.is_none() {
                promise.account = draft.visit.account;
                labels.account.clone_from(&draft.visit.labels.account);
                if promise.contact == draft.visit.contact {
                    labels.contact.clone_from(&draft.visit.labels.contact);
                }
            }
            let doc = self.new_doc();
            let origin = PromiseOrigin {
                visit: Some(visit),
                labels,
                ..PromiseOrigin::default()
            };
            let bodies = context.events_of_draft(store, promise, origin)?;
            edits.push(Edit {
                doc,
                operation: Operation::CreatePromise(bodies),
            });
            logged.promises.push(doc);
        }
        Ok((edits, logged))
    }
}

fn checked_visit(store: Reading<'_>, mut draft: VisitDraft) -> ApiResult<VisitDraft> {
    for (field, text) in [("said", &draft.said), ("means", &draft.means)] {
        check_max_chars(field, text, limits::TEXT_CHARS)?;
    }
    check_max_chars("help", &draft.help, limits::VALUE_CHARS)?;
    check_max_entries("marks", draft.marks.len())?;
    check_max_entries("files", draft.files.len())?;
    for mark in &mut draft.marks {
        *mark = non_empty_name("mark", mark)?;
    }
    check_stay(draft.arrived_at, draft.left_at)?;
    draft.place.map_or(Ok(()), check_place)?;
    // Whoever came then met them then.
    draft.happened_at = draft.happened_at.or(draft.arrived_at);
    draft.labels = copied_names(store, draft.account, draft.contact, draft.labels)?;
    Ok(draft)
}

/// Refuses a visit that was left before we came.
fn check_stay(arrived_at: Option<Millis>, left_at: Option<Millis>) -> ApiResult<()> {
    match arrived_at.zip(left_at) {
        Some((arrived, left)) if left < arrived => {
            let words = Message::new("error-left-before-arrived");
            Err(KeptError::invalid("left_at", words))
        }
        _ => Ok(()),
    }
}

/// Refuses a position that is not on the globe.
fn check_place(place: VisitPlace) -> ApiResult<()> {
    if place.is_on_globe() {
        return Ok(());
    }
    Err(KeptError::invalid("place", Message::new("error-place")))
}

/// True if a visit says nothing: no words, no marks, no pictures, nothing observed, and no answer to what was promised.
pub fn is_empty_visit(draft: &VisitEntry) -> bool {
    let visit = &draft.visit;
    let texts = [&visit.said, &visit.means, &visit.help];
    !texts.iter().any(|text| has_visible_char(text))
        && visit.marks.is_empty()
        && visit.files.is_empty()
        && !visit.nothing_promised
        && draft.usages.is_empty()
        && draft.promises.is_empty()
}

#[cfg(test)]
mod tests;
