//! A colleague's entry about themselves: one document per person, and its person never changes.

use automerge::AutomergeError;

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::Fields;
use super::loaded_document::{Authors, LoadedDocument};
use super::{short_answers, unsettled};
use crate::model::colleague_profile::{PersonDraft, PersonEdit, PersonEntry};
use crate::model::unsettled::ShortAnswer;

const PHONES: &str = "phones";
const ABSENT: &str = "absent";
/// The prefix of the keys of usual efforts; the kind of promises follows.
const EFFORT: &str = "effort/";

/// Writes the first that is said of a colleague.
pub fn create(
    writer: &mut DocumentWriter<'_, '_>,
    draft: &PersonDraft,
) -> Result<(), AutomergeError> {
    writer.create(&[PHONES, ABSENT], &["wins"])?;
    writer.put("person", draft.person.to_string())?;
    edit(writer, &draft.edits)
}

/// Writes edits.
pub fn edit(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[PersonEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            PersonEdit::Hours { hours } => writer.put_cbor("hours", hours)?,
            PersonEdit::Quiet { quiet } => writer.put_cbor("quiet", quiet)?,
            PersonEdit::Effort { kind, minutes } => {
                writer.put(&format!("{EFFORT}{kind}"), i64::from(*minutes))?
            }
            PersonEdit::Wins { text, .. } => writer.answer(ShortAnswer::Wins.name(), text)?,
            PersonEdit::AddPhone { number } => writer.add(PHONES, number)?,
            PersonEdit::RemovePhone { number } => writer.remove(PHONES, number)?,
            PersonEdit::Absent { date } => writer.add(ABSENT, date)?,
            PersonEdit::Present { date } => writer.remove(ABSENT, date)?,
        }
    }
    Ok(())
}

/// Reads a colleague's entry.
pub fn read(doc: &LoadedDocument, authors: &dyn Authors) -> Result<PersonEntry, DocumentError> {
    let root = Fields::root(doc);
    let person = root.latest_if("person").and_then(|text| text.parse().ok());
    let (Some((_, first)), Some(person)) = (doc.first(), person) else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it does not say whom it is about".into(),
        });
    };
    let mut edits: Vec<PersonEdit> = Vec::new();
    edits.extend(root.cbor("hours").map(|hours| PersonEdit::Hours { hours }));
    edits.extend(root.cbor("quiet").map(|quiet| PersonEdit::Quiet { quiet }));
    for key in root.members() {
        if let Some(kind) = key.strip_prefix(EFFORT)
            && let Some(minutes) = root
                .number(&key)
                .and_then(|number| u32::try_from(number).ok())
        {
            let kind = kind.to_owned();
            edits.push(PersonEdit::Effort { kind, minutes });
        }
    }
    let wins = short_answers::displayed(doc, ShortAnswer::Wins.name(), authors)?;
    if !wins.is_empty() {
        edits.push(PersonEdit::Wins {
            text: wins,
            was: None,
        });
    }
    let phones = Fields::map(doc, PHONES)?.members().into_iter();
    edits.extend(phones.map(|number| PersonEdit::AddPhone { number }));
    let absent = Fields::map(doc, ABSENT)?.members().into_iter();
    edits.extend(absent.map(|date| PersonEdit::Absent { date }));
    Ok(PersonEntry {
        id: doc.id,
        person,
        edits,
        by: first.authorship(authors),
        unsettled: unsettled::read(doc, &[ShortAnswer::Wins], None, authors)?,
    })
}
