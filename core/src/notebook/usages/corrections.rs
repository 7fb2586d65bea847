//! Corrections of observations: every field can be changed after it was written down.

use super::{check_not_empty, check_pain};
use crate::limits;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::visit::{Usage, UsageDraft, UsageEdit};
use crate::notebook::Notebook;
use crate::notebook::checks::{check_max_chars, non_empty_name};
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{copied_names, decode, require_kind, row_of_kind};
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Changes observed usage. Refused if it would have neither words nor a photo. One that is given to a customer of
    /// another team stays in its team until the office moves it.
    pub fn edit_usage(&self, id: DocId, edits: Vec<UsageEdit>) -> ApiResult<()> {
        self.save(|store| Ok((vec![self.usage_edit(store, id, edits)?], ())))
    }
}

impl Notebook {
    /// Returns the edit of an observation that edits of a screen stand for.
    pub(in crate::notebook) fn usage_edit(
        &self,
        store: Reading<'_>,
        id: DocId,
        edits: Vec<UsageEdit>,
    ) -> ApiResult<Edit> {
        edits.iter().try_for_each(check_edit)?;
        let row = row_of_kind(store, id, DocumentKind::Usage, "thing-usage")?;
        let usage: Usage = decode(&row.detail)?;
        let edits = completed_edits(store, edits)?;
        // What said nothing before may go on doing so: settling a sentence is no reason to refuse it.
        let before = words_of(&usage);
        if check_not_empty(&before).is_ok() {
            check_not_empty(&words_after(before, &edits))?;
        }
        let operation = Operation::EditUsage(edits);
        Ok(Edit { doc: id, operation })
    }
}

fn check_edit(edit: &UsageEdit) -> ApiResult<()> {
    let value = |field, text| check_max_chars(field, text, limits::VALUE_CHARS);
    match edit {
        UsageEdit::Notes { text, .. } => check_max_chars("notes", text, limits::TEXT_CHARS),
        UsageEdit::Pain { pain } => check_pain(*pain),
        UsageEdit::AddTheme { theme } | UsageEdit::RemoveTheme { theme } => {
            non_empty_name("theme", theme).map(drop)
        }
        UsageEdit::Product { text } => value("product", text),
        UsageEdit::Doing { text } => value("doing", text),
        UsageEdit::Workaround { text } => value("workaround", text),
        UsageEdit::Frequency { text } => value("frequency", text),
        UsageEdit::Quantity { text } => value("quantity", text),
        UsageEdit::Quote { text } => value("quote", text),
        UsageEdit::SettleSentence { .. }
        | UsageEdit::Kind { .. }
        | UsageEdit::Account { .. }
        | UsageEdit::Consent { .. }
        | UsageEdit::Visit { .. }
        | UsageEdit::AddFile { .. }
        | UsageEdit::RemoveFile { .. } => Ok(()),
        UsageEdit::Archive { reason } | UsageEdit::Restore { reason } => value("reason", reason),
    }
}

/// Returns edits with the names that they copy; `NotFound` for a customer or a visit that is not here.
fn completed_edits(store: Reading<'_>, mut edits: Vec<UsageEdit>) -> ApiResult<Vec<UsageEdit>> {
    for edit in &mut edits {
        match edit {
            UsageEdit::Account { account, labels } => {
                *labels = copied_names(store, *account, None, std::mem::take(labels))?;
            }
            UsageEdit::Visit { visit: Some(visit) } => {
                require_kind(store, *visit, DocumentKind::Visit, "thing-visit")?;
            }
            _ => {}
        }
    }
    Ok(edits)
}

/// Returns the words and photos of an observation as a draft.
fn words_of(usage: &Usage) -> UsageDraft {
    UsageDraft {
        product: usage.product.clone(),
        doing: usage.doing.clone(),
        workaround: usage.workaround.clone(),
        frequency: usage.frequency.clone(),
        quantity: usage.quantity.clone(),
        quote: usage.quote.clone(),
        themes: usage.themes.clone(),
        notes: usage.notes.clone(),
        files: usage.files.clone(),
        ..UsageDraft::default()
    }
}

/// Returns the words and photos that edits leave.
fn words_after(mut draft: UsageDraft, edits: &[UsageEdit]) -> UsageDraft {
    for edit in edits.iter().cloned() {
        match edit {
            UsageEdit::Notes { text, .. } => draft.notes = text,
            UsageEdit::Product { text } => draft.product = text,
            UsageEdit::Doing { text } => draft.doing = text,
            UsageEdit::Workaround { text } => draft.workaround = text,
            UsageEdit::Frequency { text } => draft.frequency = text,
            UsageEdit::Quantity { text } => draft.quantity = text,
            UsageEdit::Quote { text } => draft.quote = text,
            UsageEdit::AddTheme { theme } => draft.themes.push(theme),
            UsageEdit::RemoveTheme { theme } => draft.themes.retain(|known| *known != theme),
            UsageEdit::AddFile { file } => draft.files.push(file),
            UsageEdit::RemoveFile { file } => draft.files.retain(|known| *known != file),
            UsageEdit::Pain { .. }
            | UsageEdit::SettleSentence { .. }
            | UsageEdit::Kind { .. }
            | UsageEdit::Account { .. }
            | UsageEdit::Consent { .. }
            | UsageEdit::Visit { .. }
            | UsageEdit::Archive { .. }
            | UsageEdit::Restore { .. } => {}
        }
    }
    draft
}

#[cfg(test)]
#[path = "corrections_tests.rs"]
mod tests;
