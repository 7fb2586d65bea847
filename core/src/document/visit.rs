//! Visits: what was said is a mergeable text, what we think it means and how else we can help are short answers.

use automerge::{AutomergeError, ScalarValue};

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::{Fields, parts};
use super::loaded_document::{Authors, LoadedDocument};
use super::{short_answers, text, unsettled};
use crate::model::event::EventBody;
use crate::model::ids::DocId;
use crate::model::placement::Placement;
use crate::model::time::{Millis, RecordedTime};
use crate::model::unsettled::{ShortAnswer, TextField};
use crate::model::visit::{Channel, NameSnapshot, Visit, VisitDraft, VisitEdit};

const MARKS: &str = "marks";
const FILES: &str = "files";
const PLANNED_AT: &str = "planned_at";
const ARRIVED_AT: &str = "arrived_at";
const LEFT_AT: &str = "left_at";
const PLACE: &str = "place";
const NOTHING_PROMISED: &str = "nothing_promised";

/// Writes a new visit.
pub fn create(
    writer: &mut DocumentWriter<'_, '_>,
    draft: &VisitDraft,
    now: &RecordedTime,
) -> Result<(), AutomergeError> {
    writer.create(&[MARKS, FILES], &["said", "means", "help"])?;
    if let Some(account) = draft.account {
        writer.put("account", account.to_string())?;
    }
    if let Some(contact) = draft.contact {
        writer.put("contact", contact.to_string())?;
    }
    writer.put_cbor("labels", &draft.labels)?;
    writer.put("channel", draft.channel.name())?;
    writer.put(
        "happened_at",
        draft.happened_at.unwrap_or_else(|| now.instant(None)),
    )?;
    for (key, at) in [
        (PLANNED_AT, draft.planned_at),
        (ARRIVED_AT, draft.arrived_at),
        (LEFT_AT, draft.left_at),
    ] {
        if let Some(at) = at {
            writer.put(key, at)?;
        }
    }
    if let Some(place) = draft.place {
        writer.put(PLACE, place.to_string())?;
    }
    if draft.nothing_promised {
        writer.put(NOTHING_PROMISED, true)?;
    }
    for (key, text) in [
        ("said", &draft.said),
        ("means", &draft.means),
        ("help", &draft.help),
    ] {
        if !text.is_empty() {
            writer.rewrite(key, None, text)?;
        }
    }
    for mark in &draft.marks {
        writer.add(MARKS, mark)?;
    }
    for file in &draft.files {
        writer.add(FILES, &file.to_string())?;
    }
    Ok(())
}

/// Writes edits.
pub fn edit(
    writer: &mut DocumentWriter<'_, '_>,
    edits: &[VisitEdit],
) -> Result<(), AutomergeError> {
    for edit in edits {
        match edit {
            VisitEdit::Said { text, was } => {
                writer.rewrite(TextField::Said.name(), was.as_deref(), text)?
            }
            VisitEdit::Means { text, .. } => writer.answer(ShortAnswer::Means.name(), text)?,
            VisitEdit::Help { text, .. } => writer.answer(ShortAnswer::Help.name(), text)?,
            VisitEdit::SettleSentence { ancestor, keep } => {
                writer.settle(TextField::Said.name(), ancestor, keep)?
            }
            VisitEdit::AddMark { mark } => writer.add(MARKS, mark)?,
            VisitEdit::RemoveMark { mark } => writer.remove(MARKS, mark)?,
            VisitEdit::Account {
                account,
                contact,
                labels,
            } => {
                put_account(writer, *account, labels)?;
                writer.put("contact", id_text(*contact))?
            }
            VisitEdit::Contact { contact, labels } => {
                writer.put_cbor("labels", labels)?;
                writer.put("contact", id_text(*contact))?
            }
            VisitEdit::Channel { channel } => writer.put("channel", channel.name())?,
            VisitEdit::HappenedAt { at } => writer.put("happened_at", *at)?,
            VisitEdit::PlannedAt { at } => put_time(writer, PLANNED_AT, *at)?,
            VisitEdit::ArrivedAt { at } => put_time(writer, ARRIVED_AT, *at)?,
            VisitEdit::LeftAt { at } => put_time(writer, LEFT_AT, *at)?,
            VisitEdit::Place { place } => {
                let place = place.map(|place| place.to_string());
                writer.put(PLACE, place.unwrap_or_default())?
            }
            VisitEdit::NothingPromised { nothing } => writer.put(NOTHING_PROMISED, *nothing)?,
            VisitEdit::AddFile { file } => writer.add(FILES, &file.to_string())?,
            VisitEdit::RemoveFile { file } => writer.remove(FILES, &file.to_string())?,
            // Events say it.
            VisitEdit::Archive { .. } | VisitEdit::Restore { .. } => {}
        }
    }
    Ok(())
}

/// The events among edits.
pub fn events_of(edits: &[VisitEdit]) -> Vec<EventBody> {
    let event = |edit: &VisitEdit| match edit {
        VisitEdit::Archive { reason } => Some(EventBody::Archived {
            reason: reason.clone(),
        }),
        VisitEdit::Restore { reason } => Some(EventBody::Restored {
            reason: reason.clone(),
        }),
        _ => None,
    };
    edits.iter().filter_map(event).collect()
}

/// Writes a customer, and the names that go with them. The names stand next to the customer, so that of two who write
/// both at once one wins with both.
pub(super) fn put_account(
    writer: &mut DocumentWriter<'_, '_>,
    account: Option<DocId>,
    labels: &NameSnapshot,
) -> Result<(), AutomergeError> {
    writer.put_cbor("labels", labels)?;
    writer.put("account", id_text(account))
}

/// An id as documents hold it; empty for none.
pub(super) fn id_text(id: Option<impl ToString>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// Writes a time, or that there is none.
fn put_time(
    writer: &mut DocumentWriter<'_, '_>,
    key: &str,
    at: Option<Millis>,
) -> Result<(), AutomergeError> {
    writer.put(key, at.map_or(ScalarValue::Null, ScalarValue::from))
}

/// Reads a visit.
pub fn read(
    doc: &LoadedDocument,
    placement: &Placement,
    authors: &dyn Authors,
) -> Result<Visit, DocumentError> {
    let root = Fields::root(doc);
    let (Some((_, first)), Some(written)) = (doc.first(), root.cbor::<RecordedTime>("written"))
    else {
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
        team: placement.team.clone(),
        channel: Channel::from_name(&root.latest("channel")).unwrap_or_default(),
        said: text::read(doc, "said"),
        means: short_answers::displayed(doc, ShortAnswer::Means.name(), authors)?,
        marks: Fields::map(doc, MARKS)?.members(),
        help: short_answers::displayed(doc, ShortAnswer::Help.name(), authors)?,
        happened_at: root.number("happened_at").unwrap_or(written.wall_ms),
        written,
        files: Fields::map(doc, FILES)?
            .members()
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect(),
        by: first.authorship(authors),
        parts: parts(doc),
        unsettled: unsettled::read(doc, &ShortAnswer::OF_VISIT, Some(TextField::Said), authors)?,
        planned_at: root.number(PLANNED_AT),
        arrived_at: root.number(ARRIVED_AT),
        left_at: root.number(LEFT_AT),
        // One that only a newer program knows is none here.
        place: root.latest_if(PLACE).and_then(|text| text.parse().ok()),
        nothing_promised: root.flag(NOTHING_PROMISED),
        archived: unsettled::is_archived(doc, authors)?,
    })
}
