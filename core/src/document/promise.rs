//! Promises: everything is an event; notes and files hang beside them.

use automerge::AutomergeError;

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::fields::{Fields, events};
use super::loaded_document::{Authors, LoadedDocument};
use super::text;
use crate::model::event::{Event, EventBody};
use crate::model::placement::Placement;
use crate::model::promise::PromiseRecord;

const FILES: &str = "files";

/// Writes the containers of a new promise; its events are written by the caller.
pub fn create(writer: &mut DocumentWriter<'_, '_>) -> Result<(), AutomergeError> {
    writer.create(&[FILES], &["notes"])
}

/// Reads a promise.
pub fn read(
    doc: &LoadedDocument,
    placement: &Placement,
    authors: &dyn Authors,
) -> Result<PromiseRecord, DocumentError> {
    let (events, overflow) = events(doc, authors)?;
    let made = |event: &Event| matches!(event.stored.body, EventBody::Made(_));
    if !events.iter().any(made) {
        return Err(DocumentError::Envelope {
            doc: doc.id,
            reason: "it does not say what was promised".into(),
        });
    }
    Ok(PromiseRecord {
        id: doc.id,
        team: placement.team.clone(),
        events,
        overflow,
        notes: text::read(doc, "notes"),
        files: Fields::map(doc, FILES)?
            .members()
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect(),
    })
}
