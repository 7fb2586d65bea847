//! Visits: what was said is a mergeable text, what we think it means and how else we can help are short answers.

use automerge::AutomergeError;

use super::fields::{Fields, Sheet, parts};
use super::loaded::{Authors, Loaded};
use super::{DocumentError, answers, unsettled};
use crate::model::place::Place;
use crate::model::time::Time;
use crate::model::unsettled::{Answer, TextField};
use crate::model::visit::{Channel, Visit, VisitDraft, VisitEdit};

const MARKS: &str = "marks";
const FILES: &str = "files";

/// Writes a new visit.
pub fn create(
    sheet: &mut Sheet<'_, '_>,
    draft: &VisitDraft,
    now: &Time,
) -> Result<(), AutomergeError> {
    sheet.create(&[MARKS, FILES], &["said", "means", "help"])?;
    if let Some(account) = draft.account {
        sheet.put("account", account.to_string())?;
    }
    if let Some(contact) = draft.contact {
        sheet.put("contact", contact.to_string())?;
    }
    sheet.put_cbor("labels", &draft.labels)?;
    sheet.put("channel", draft.channel.name())?;
    sheet.put(
        "happened_at",
        draft.happened_at.unwrap_or_else(|| now.instant(None)),
    )?;
    for (key, text) in [
        ("said", &draft.said),
        ("means", &draft.means),
        ("help", &draft.help),
    ] {
        if !text.is_empty() {
            sheet.rewrite(key, None, text)?;
        }
    }
    for mark in &draft.marks {
        sheet.add(MARKS, mark)?;
    }
    for file in &draft.files {
        sheet.add(FILES, &file.to_string())?;
    }
    Ok(())
}

/// Writes edits.
pub fn edit(sheet: &mut Sheet<'_, '_>, edits: &[VisitEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            VisitEdit::Said { text, was } => {
                sheet.rewrite(TextField::Said.name(), was.as_deref(), text)?
            }
            VisitEdit::Means { text } => sheet.answer(Answer::Means.name(), text)?,
            VisitEdit::Help { text } => sheet.answer(Answer::Help.name(), text)?,
            VisitEdit::SettleSentence { ancestor, keep } => {
                sheet.settle(TextField::Said.name(), ancestor, keep)?
            }
            VisitEdit::AddMark { mark } => sheet.add(MARKS, mark)?,
            VisitEdit::RemoveMark { mark } => sheet.remove(MARKS, mark)?,
        }
    }
    Ok(())
}

/// Reads a visit.
pub fn read(doc: &Loaded, place: &Place, authors: &dyn Authors) -> Result<Visit, DocumentError> {
    let root = Fields::root(doc);
    let (Some((_, first)), Some(written)) = (doc.first(), root.cbor::<Time>("written")) else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it does not say when it was written".into(),
        });
    };
    Ok(Visit {
        id: doc.id,
        account: root.latest_if("account").and_then(|text| text.parse().ok()),
        contact: root.latest_if("contact").and_then(|text| text.parse().ok()),
        labels: root.cbor("labels").unwrap_or_default(),
        team: place.team.clone(),
        channel: Channel::from_name(&root.latest("channel")).unwrap_or_default(),
        said: root.text("said"),
        means: answers::shown(doc, Answer::Means.name(), authors)?,
        marks: Fields::map(doc, MARKS)?.members(),
        help: answers::shown(doc, Answer::Help.name(), authors)?,
        happened_at: root.number("happened_at").unwrap_or(written.wall_ms),
        written,
        files: Fields::map(doc, FILES)?
            .members()
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect(),
        by: first.authorship(authors),
        parts: parts(doc),
        unsettled: unsettled::read(doc, &Answer::OF_VISIT, Some(TextField::Said), authors)?,
    })
}
