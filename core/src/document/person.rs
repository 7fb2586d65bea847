//! A colleague's entry about themselves: one document per person, and its person never changes.

use automerge::AutomergeError;

use super::fields::{Fields, Sheet};
use super::loaded::{Authors, Loaded};
use super::{DocumentError, answers, unsettled};
use crate::model::colleague::{PersonDraft, PersonEdit, PersonEntry};
use crate::model::unsettled::Answer;

const PHONES: &str = "phones";
const ABSENT: &str = "absent";
/// The prefix of the keys of usual efforts; the kind of promises follows.
const EFFORT: &str = "effort/";

/// Writes the first that is said of a colleague.
pub fn create(sheet: &mut Sheet<'_, '_>, draft: &PersonDraft) -> Result<(), AutomergeError> {
    sheet.create(&[PHONES, ABSENT], &["wins"])?;
    sheet.put("person", draft.person.to_string())?;
    edit(sheet, &draft.edits)
}

/// Writes edits.
pub fn edit(sheet: &mut Sheet<'_, '_>, edits: &[PersonEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            PersonEdit::Hours { hours } => sheet.put_cbor("hours", hours)?,
            PersonEdit::Quiet { quiet } => sheet.put_cbor("quiet", quiet)?,
            PersonEdit::Effort { kind, minutes } => {
                sheet.put(&format!("{EFFORT}{kind}"), i64::from(*minutes))?
            }
            PersonEdit::Wins { text } => sheet.answer(Answer::Wins.name(), text)?,
            PersonEdit::AddPhone { number } => sheet.add(PHONES, number)?,
            PersonEdit::RemovePhone { number } => sheet.remove(PHONES, number)?,
            PersonEdit::Absent { date } => sheet.add(ABSENT, date)?,
            PersonEdit::Present { date } => sheet.remove(ABSENT, date)?,
        }
    }
    Ok(())
}

/// Reads a colleague's entry.
pub fn read(doc: &Loaded, authors: &dyn Authors) -> Result<PersonEntry, DocumentError> {
    let root = Fields::root(doc);
    let person = root.latest_if("person").and_then(|text| text.parse().ok());
    let (Some((_, first)), Some(person)) = (doc.first(), person) else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it does not say whom it is about".into(),
        });
    };
    let mut says: Vec<PersonEdit> = Vec::new();
    says.extend(root.cbor("hours").map(|hours| PersonEdit::Hours { hours }));
    says.extend(root.cbor("quiet").map(|quiet| PersonEdit::Quiet { quiet }));
    for key in root.members() {
        if let Some(kind) = key.strip_prefix(EFFORT)
            && let Some(minutes) = root
                .number(&key)
                .and_then(|number| u32::try_from(number).ok())
        {
            let kind = kind.to_owned();
            says.push(PersonEdit::Effort { kind, minutes });
        }
    }
    let wins = answers::shown(doc, Answer::Wins.name(), authors)?;
    if !wins.is_empty() {
        says.push(PersonEdit::Wins { text: wins });
    }
    let phones = Fields::map(doc, PHONES)?.members().into_iter();
    says.extend(phones.map(|number| PersonEdit::AddPhone { number }));
    let absent = Fields::map(doc, ABSENT)?.members().into_iter();
    says.extend(absent.map(|date| PersonEdit::Absent { date }));
    Ok(PersonEntry {
        id: doc.id,
        person,
        says,
        by: first.authorship(authors),
        unsettled: unsettled::read(doc, &[Answer::Wins], None, authors)?,
    })
}
