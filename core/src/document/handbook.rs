//! Entries of the handbook: one document per kind of promises, one for the company's hours and holidays.
//!
//! The topic, and the key of a kind, never change. A field that was never filled is not written: a default stands for
//! it.
//!
//! Where an entry was begun twice at once, both documents count: a field that both filled is the first one's, lists are
//! the union, and edits go to the first.

use automerge::AutomergeError;

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::Fields;
use super::loaded_document::{Authors, LoadedDocument};
use crate::model::handbook::{HandbookEntry, HandbookTopic, HoursEdit, KindDraft, KindEdit};

/// The topic of a kind of promises.
const KIND: &str = "promise-kind";
/// The topic of the company's working hours.
const HOURS: &str = "hours";
const CLOSED: &str = "closed";

/// Writes a new kind of promises.
pub fn create_kind(
    writer: &mut DocumentWriter<'_, '_>,
    draft: &KindDraft,
) -> Result<(), AutomergeError> {
    writer.create(&[], &[])?;
    writer.put("topic", KIND)?;
    writer.put("key", draft.key.as_str())?;
    edit_kind(writer, &draft.edits)
}

/// Writes edits of a kind.
pub fn edit_kind(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[KindEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            KindEdit::Name { name } => writer.put("name", name.as_str())?,
            KindEdit::PerformerRole { role } => {
                writer.put("role", role.map(|role| role.name()).unwrap_or_default())?
            }
            KindEdit::WorkingTime { working_time } => writer.put("working_time", *working_time)?,
            KindEdit::Quantile { percent } => writer.put("quantile", i64::from(*percent))?,
            KindEdit::Evidence { evidence } => writer.put_cbor("evidence", evidence)?,
            KindEdit::Effort { minutes } => writer.put("effort", i64::from(*minutes))?,
            KindEdit::Lead { minutes } => writer.put("lead", i64::from(*minutes))?,
            KindEdit::Grace { minutes } => writer.put("grace", i64::from(*minutes))?,
            KindEdit::Retired { retired } => writer.put("retired", *retired)?,
        }
    }
    Ok(())
}

/// Writes the company's hours for the first time.
pub fn create_hours(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[HoursEdit],
) -> Result<(), AutomergeError> {
    writer.create(&[CLOSED], &[])?;
    writer.put("topic", HOURS)?;
    edit_hours(writer, edits)
}

/// Writes edits of the company's hours.
pub fn edit_hours(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[HoursEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            HoursEdit::Week { hours } => writer.put_cbor("hours", hours)?,
            HoursEdit::Close { date } => writer.add(CLOSED, date)?,
            HoursEdit::Reopen { date } => writer.remove(CLOSED, date)?,
        }
    }
    Ok(())
}

/// Reads an entry.
pub fn read(doc: &LoadedDocument, authors: &dyn Authors) -> Result<HandbookEntry, DocumentError> {
    let root = Fields::root(doc);
    let Some((_, first)) = doc.first() else {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it has no beginning".into(),
        });
    };
    let topic = root.latest("topic");
    let described = match topic.as_str() {
        KIND => HandbookTopic::PromiseKind {
            key: root.latest("key"),
            edits: kind_edits(&root),
        },
        HOURS => HandbookTopic::WorkingHours {
            edits: hours_edits(&root, &Fields::map(doc, CLOSED)?),
        },
        _ => HandbookTopic::Unknown { name: topic },
    };
    Ok(HandbookEntry {
        id: doc.id,
        topic: described,
        by: first.authorship(authors),
    })
}

fn kind_edits(root: &Fields<'_>) -> Vec<KindEdit> {
    let number = |key| {
        root.number(key)
            .and_then(|number| u32::try_from(number).ok())
    };
    let role = || match root.latest_if("role")?.as_str() {
        "" => Some(None),
        name => name.parse().ok().map(Some),
    };
    let edits = [
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
    edits.into_iter().flatten().collect()
}

fn hours_edits(root: &Fields<'_>, closed: &Fields<'_>) -> Vec<HoursEdit> {
    let hours = root.cbor("hours").map(|hours| HoursEdit::Week { hours });
    let closed = closed.members().into_iter();
    hours
        .into_iter()
        .chain(closed.map(|date| HoursEdit::Close { date }))
        .collect()
}
