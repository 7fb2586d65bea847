//! Observed usage: their words stand as they were said, only notes are merged.

use automerge::AutomergeError;

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::{Fields, parts};
use super::loaded_document::{Authors, LoadedDocument};
use super::visit::{id_text, put_account};
use super::{text, unsettled};
use crate::model::placement::Placement;
use crate::model::time::RecordedTime;
use crate::model::unsettled::TextField;
use crate::model::visit::{Usage, UsageDraft, UsageEdit, UsageKind};

const THEMES: &str = "themes";
const FILES: &str = "files";

/// Writes new usage.
pub fn create(
    writer: &mut DocumentWriter<'_, '_>,
    draft: &UsageDraft,
) -> Result<(), AutomergeError> {
    writer.create(&[THEMES, FILES], &["notes"])?;
    writer.put("need", draft.kind == UsageKind::Need)?;
    if let Some(account) = draft.account {
        writer.put("account", account.to_string())?;
    }
    if let Some(visit) = draft.visit {
        writer.put("visit", visit.to_string())?;
    }
    writer.put_cbor("labels", &draft.labels)?;
    writer.put_filled("product", &draft.product)?;
    writer.put_filled("doing", &draft.doing)?;
    writer.put_filled("workaround", &draft.workaround)?;
    writer.put_filled("frequency", &draft.frequency)?;
    writer.put("pain", i64::from(draft.pain))?;
    writer.put_filled("quantity", &draft.quantity)?;
    writer.put_filled("quote", &draft.quote)?;
    writer.put("consent", draft.consent)?;
    if !draft.notes.is_empty() {
        writer.rewrite("notes", None, &draft.notes)?;
    }
    for theme in &draft.themes {
        writer.add(THEMES, theme)?;
    }
    for file in &draft.files {
        writer.add(FILES, &file.to_string())?;
    }
    Ok(())
}

/// Writes edits.
pub fn edit(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[UsageEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            UsageEdit::Notes { text, was } => {
                writer.rewrite(TextField::Notes.name(), was.as_deref(), text)?
            }
            UsageEdit::SettleSentence { ancestor, keep } => {
                writer.settle(TextField::Notes.name(), ancestor, keep)?
            }
            UsageEdit::Pain { pain } => writer.put("pain", i64::from(*pain))?,
            UsageEdit::AddTheme { theme } => writer.add(THEMES, theme)?,
            UsageEdit::RemoveTheme { theme } => writer.remove(THEMES, theme)?,
            UsageEdit::Kind { kind } => writer.put("need", *kind == UsageKind::Need)?,
            UsageEdit::Account { account, labels } => put_account(writer, *account, labels)?,
            UsageEdit::Product { text } => writer.put("product", text.as_str())?,
            UsageEdit::Doing { text } => writer.put("doing", text.as_str())?,
            UsageEdit::Workaround { text } => writer.put("workaround", text.as_str())?,
            UsageEdit::Frequency { text } => writer.put("frequency", text.as_str())?,
            UsageEdit::Quantity { text } => writer.put("quantity", text.as_str())?,
            UsageEdit::Quote { text } => writer.put("quote", text.as_str())?,
            UsageEdit::Consent { consent } => writer.put("consent", *consent)?,
            UsageEdit::Visit { visit } => writer.put("visit", id_text(*visit))?,
            UsageEdit::AddFile { file } => writer.add(FILES, &file.to_string())?,
            UsageEdit::RemoveFile { file } => writer.remove(FILES, &file.to_string())?,
        }
    }
    Ok(())
}

/// Reads usage.
pub fn read(
    doc: &LoadedDocument,
    placement: &Placement,
    authors: &dyn Authors,
) -> Result<Usage, DocumentError> {
    let root = Fields::root(doc);
    let (Some((_, first)), Some(written)) = (doc.first(), root.cbor::<RecordedTime>("written"))
    else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it does not say when it was written".into(),
        });
    };
    Ok(Usage {
        id: doc.id,
        kind: if root.flag("need") {
            UsageKind::Need
        } else {
            UsageKind::Use
        },
        account: root.latest_if("account").and_then(|text| text.parse().ok()),
        visit: root.latest_if("visit").and_then(|text| text.parse().ok()),
        labels: root.cbor("labels").unwrap_or_default(),
        team: placement.team.clone(),
        product: root.latest("product"),
        doing: root.latest("doing"),
        workaround: root.latest("workaround"),
        frequency: root.latest("frequency"),
        pain: root
            .number("pain")
            .and_then(|pain| u8::try_from(pain).ok())
            .unwrap_or(0)
            .min(3),
        quantity: root.latest("quantity"),
        quote: root.latest("quote"),
        themes: Fields::map(doc, THEMES)?.members(),
        consent: root.flag("consent"),
        notes: text::read(doc, "notes"),
        files: Fields::map(doc, FILES)?
            .members()
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect(),
        written,
        by: first.authorship(authors),
        parts: parts(doc),
        unsettled: unsettled::read(doc, &[], Some(TextField::Notes), authors)?,
    })
}
