//! Usages: what was observed at a customer is logged, read and changed.

pub(in crate::notebook) mod corrections;
pub(in crate::notebook) mod messages;

use crate::language::Message;
use crate::limits;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::visit::{Usage, UsageDraft};
use crate::notebook::Notebook;
use crate::notebook::checks::{
    check_max_chars, check_max_entries, has_visible_char, non_empty_name,
};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::{copied_names, decode, row_of_kind};
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Returns one observed usage; `NotFound` if it is not here.
    pub fn usage(&self, id: DocId) -> ApiResult<Usage> {
        self.read(|store| {
            decode(&row_of_kind(store, id, DocumentKind::Usage, "thing-usage")?.detail)
        })
    }

    /// Writes down observed usage, or a need. Returns the usage's id. Refused if it has neither words nor a photo.
    pub fn log_usage(&self, draft: UsageDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let operation = Operation::CreateUsage(checked_usage(store, draft)?);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }
}

/// Returns a draft with the names that it copies; one that says nothing or breaks a limit is refused.
pub(in crate::notebook) fn checked_usage(
    store: Reading<'_>,
    mut draft: UsageDraft,
) -> ApiResult<UsageDraft> {
    for (field, text) in [
        ("product", &draft.product),
        ("doing", &draft.doing),
        ("workaround", &draft.workaround),
        ("frequency", &draft.frequency),
        ("quantity", &draft.quantity),
        ("quote", &draft.quote),
    ] {
        check_max_chars(field, text, limits::VALUE_CHARS)?;
    }
    check_max_chars("notes", &draft.notes, limits::TEXT_CHARS)?;
    check_pain(draft.pain)?;
    check_max_entries("themes", draft.themes.len())?;
    check_max_entries("files", draft.files.len())?;
    for theme in &mut draft.themes {
        *theme = non_empty_name("theme", theme)?;
    }
    draft.labels = copied_names(store, draft.account, None, draft.labels)?;
    check_not_empty(&draft)?;
    Ok(draft)
}

/// Refuses an observation that has neither words nor a photo.
fn check_not_empty(draft: &UsageDraft) -> ApiResult<()> {
    if is_empty_usage(draft) {
        let words = Message::new("error-empty-observation");
        return Err(KeptError::invalid("doing", words));
    }
    Ok(())
}

/// True if an observation has neither words nor a photo. How much it hurts says nothing without them.
fn is_empty_usage(draft: &UsageDraft) -> bool {
    let texts = [
        &draft.product,
        &draft.doing,
        &draft.workaround,
        &draft.frequency,
        &draft.quantity,
        &draft.quote,
        &draft.notes,
    ];
    !texts.iter().any(|text| has_visible_char(text))
        && draft.themes.is_empty()
        && draft.files.is_empty()
}

fn check_pain(pain: u8) -> ApiResult<()> {
    if pain > 3 {
        return Err(KeptError::invalid("pain", Message::new("error-pain")));
    }
    Ok(())
}
