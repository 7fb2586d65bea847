//! Entries of the handbook: one document per kind of promises, one for the company's hours and holidays.
//!
//! The topic, and the key of a kind, never change. A field that was never filled is not written: a default stands for
//! it.
//!
//! Where an entry was begun twice at once, both documents count: a field that both filled is the first one's, lists are
//! the union, and edits go to the first.

use automerge::AutomergeError;

use super::DocumentError;
use super::fields::{Fields, Sheet};
use super::loaded::{Authors, Loaded};
use crate::model::handbook::{Agreed, HandbookEntry, HoursEdit, KindDraft, KindEdit};

/// The topic of a kind of promises.
const KIND: &str = "promise-kind";
/// The topic of the company's working hours.
const HOURS: &str = "hours";
const CLOSED: &str = "closed";

/// Writes a new kind of promises.
pub fn create_kind(sheet: &mut Sheet<'_, '_>, draft: &KindDraft) -> Result<(), AutomergeError> {
    sheet.create(&[], &[])?;
    sheet.put("topic", KIND)?;
    sheet.put("key", draft.key.as_str())?;
    edit_kind(sheet, &draft.edits)
}

/// Writes edits of a kind.
pub fn edit_kind(sheet: &mut Sheet<'_, '_>, edits: &[KindEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            KindEdit::Name { name } => sheet.put("name", name.as_str())?,
            KindEdit::PerformerRole { role } => {
                sheet.put("role", role.map(|role| role.name()).unwrap_or_default())?
            }
            KindEdit::WorkingTime { working_time } => sheet.put("working_time", *working_time)?,
            KindEdit::Quantile { percent } => sheet.put("quantile", i64::from(*percent))?,
            KindEdit::Evidence { evidence } => sheet.put_cbor("evidence", evidence)?,
            KindEdit::Effort { minutes } => sheet.put("effort", i64::from(*minutes))?,
            KindEdit::Lead { minutes } => sheet.put("lead", i64::from(*minutes))?,
            KindEdit::Grace { minutes } => sheet.put("grace", i64::from(*minutes))?,
            KindEdit::Retired { retired } => sheet.put("retired", *retired)?,
        }
    }
    Ok(())
}

/// Writes the company's hours for the first time.
pub fn create_hours(sheet: &mut Sheet<'_, '_>, edits: &[HoursEdit]) -> Result<(), AutomergeError> {
    sheet.create(&[CLOSED], &[])?;
    sheet.put("topic", HOURS)?;
    edit_hours(sheet, edits)
}

/// Writes edits of the company's hours.
pub fn edit_hours(sheet: &mut Sheet<'_, '_>, edits: &[HoursEdit]) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            HoursEdit::Week { hours } => sheet.put_cbor("hours", hours)?,
            HoursEdit::Close { date } => sheet.add(CLOSED, date)?,
            HoursEdit::Reopen { date } => sheet.remove(CLOSED, date)?,
        }
    }
    Ok(())
}

/// Reads an entry.
pub fn read(doc: &Loaded, authors: &dyn Authors) -> Result<HandbookEntry, DocumentError> {
    let root = Fields::root(doc);
    let Some((_, first)) = doc.first() else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it has no beginning".into(),
        });
    };
    let topic = root.latest("topic");
    let agreed = match topic.as_str() {
        KIND => Agreed::Kind {
            key: root.latest("key"),
            says: said_of_kind(&root),
        },
        HOURS => Agreed::Hours {
            says: said_of_hours(&root, &Fields::map(doc, CLOSED)?),
        },
        _ => Agreed::Unknown { topic },
    };
    Ok(HandbookEntry {
        id: doc.id,
        agreed,
        by: first.authorship(authors),
    })
}

fn said_of_kind(root: &Fields<'_>) -> Vec<KindEdit> {
    let number = |key| {
        root.number(key)
            .and_then(|number| u32::try_from(number).ok())
    };
    let role = || match root.latest_if("role")?.as_str() {
        "" => Some(None),
        name => name.parse().ok().map(Some),
    };
    let says = [
        root.latest_if("name").map(|name| KindEdit::Name { name }),
        role().map(|role| KindEdit::PerformerRole { role }),
        root.flag_if("working_time")
            .map(|working_time| KindEdit::WorkingTime { working_time }),
        number("quantile")
            .and_then(|percent| u8::try_from(percent).ok())
            .map(|percent| KindEdit::Quantile { percent }),
        root.cbor("evidence")
            .map(|evidence| KindEdit::Evidence { evidence }),
        number("effort").map(|minutes| KindEdit::Effort { minutes }),
        number("lead").map(|minutes| KindEdit::Lead { minutes }),
        number("grace").map(|minutes| KindEdit::Grace { minutes }),
        root.flag_if("retired")
            .map(|retired| KindEdit::Retired { retired }),
    ];
    says.into_iter().flatten().collect()
}

fn said_of_hours(root: &Fields<'_>, closed: &Fields<'_>) -> Vec<HoursEdit> {
    let hours = root.cbor("hours").map(|hours| HoursEdit::Week { hours });
    let closed = closed.members().into_iter();
    hours
        .into_iter()
        .chain(closed.map(|date| HoursEdit::Close { date }))
        .collect()
}
