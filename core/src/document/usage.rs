//! Observed usage: their words stand as they were said, only notes are merged.

use automerge::AutomergeError;

use super::fields::{Fields, Sheet, parts};
use super::loaded::{Authors, Loaded};
use super::{DocumentError, unsettled};
use crate::model::place::Place;
use crate::model::time::Time;
use crate::model::unsettled::TextField;
use crate::model::visit::{Usage, UsageDraft, UsageEdit, UsageKind};

const THEMES: &str = "themes";
const FILES: &str = "files";

/// Writes new usage.
pub fn create(sheet: &mut Sheet<'_, '_>, draft: &UsageDraft) -> Result<(), AutomergeError> {
    sheet.create(&[THEMES, FILES], &["notes"])?;
    sheet.put("need", draft.kind == UsageKind::Need)?;
    if let Some(account) = draft.account {
        sheet.put("account", account.to_string())?;
    }
    if let Some(visit) = draft.visit {
        sheet.put("visit", visit.to_string())?;
    }
    sheet.put_cbor("labels", &draft.labels)?;
    sheet.put_filled("product", &draft.product)?;
    sheet.put_filled("doing", &draft.doing)?;
    sheet.put_filled("workaround", &draft.workaround)?;
    sheet.put_filled("frequency", &draft.frequency)?;
    sheet.put("pain", i64::from(draft.pain))?;
    sheet.put_filled("quantity", &draft.quantity)?;
    sheet.put_filled("quote", &draft.quote)?;
    sheet.put("consent", draft.consent)?;
    if !draft.notes.is_empty() {
        sheet.rewrite("notes", None, &draft.notes)?;
    }
    for theme in &draft.themes {
        sheet.add(THEMES, theme)?;
    }
    for file in &draft.files {
        sheet.add(FILES, &file.to_string())?;
    }
    Ok(())
}

/// Writes edits.
pub fn edit(sheet: &mut Sheet<'_, '_>, edits: &[UsageEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            UsageEdit::Notes { text, was } => {
                sheet.rewrite(TextField::Notes.name(), was.as_deref(), text)?
            }
            UsageEdit::SettleSentence { ancestor, keep } => {
                sheet.settle(TextField::Notes.name(), ancestor, keep)?
            }
            UsageEdit::Pain { pain } => sheet.put("pain", i64::from(*pain))?,
            UsageEdit::AddTheme { theme } => sheet.add(THEMES, theme)?,
            UsageEdit::RemoveTheme { theme } => sheet.remove(THEMES, theme)?,
        }
    }
    Ok(())
}

/// Reads usage.
pub fn read(doc: &Loaded, place: &Place, authors: &dyn Authors) -> Result<Usage, DocumentError> {
    let root = Fields::root(doc);
    let (Some((_, first)), Some(written)) = (doc.first(), root.cbor::<Time>("written")) else {
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
        team: place.team.clone(),
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
        notes: root.text("notes"),
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
