//! Writing an edit: one edit of one document becomes one Automerge change.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::transaction::CommitOptions;
use automerge::{AutomergeError, ReadDoc};

use super::document_writer::DocumentWriter;
use super::error::DocumentError;
use super::loaded_document::{Authors, LoadedDocument, actor_id};
use super::{account, fields, handbook, person, promise, usage, visit};
use crate::document::chunk::{CheckedChange, ChunkError};
use crate::model::causality::frontier;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, OnBehalf, StoredEvent};
use crate::model::event_quota;
use crate::model::ids::{Actor, DocId, EventId, Hash, InstallationId};
use crate::model::time::RecordedTime;

/// Stands for the terms that were told last in the same tap: their event has no id before it is written.
pub const TERMS_OF_THIS_GROUP: EventId = EventId([0; 16]);

/// The author of a change, and the time.
pub struct WriteContext<'a> {
    /// The actor that signs the change.
    pub actor: Actor,
    /// The device that writes.
    pub device: InstallationId,
    /// The time, as the device knows it.
    pub time: RecordedTime,
    /// The person for whom the server writes; None if it writes for no one.
    pub on_behalf: Option<OnBehalf>,
    /// Makes ids.
    pub new_id: &'a dyn Fn() -> [u8; 16],
}

/// A change that was just written.
pub struct WrittenChange {
    /// The change, checked like one from elsewhere.
    pub change: CheckedChange,
    /// The change's hash.
    pub hash: Hash,
}

/// Applies an edit to a document as one change. None if it changes nothing.
pub fn write(
    doc: &mut LoadedDocument,
    edit: &Edit,
    write_context: &WriteContext<'_>,
    authors: &dyn Authors,
) -> Result<Option<WrittenChange>, DocumentError> {
    let id = doc.id;
    let events = if edit.operation.creates() {
        vec![]
    } else {
        later_events(doc, &edit.operation, write_context, authors)?
    };
    let new_events = if edit.operation.creates() {
        first_events(&edit.operation, write_context)
    } else {
        events
    };
    let change = if edit.operation.creates() {
        Some(begin(doc, &edit.operation, &new_events, write_context)?)
    } else {
        change(doc, &edit.operation, &new_events, write_context)?
    };
    let Some(change) = change else {
        return Ok(None);
    };
    let change = CheckedChange::written(change).map_err(|e| match e {
        ChunkError::TooLarge(bytes) => DocumentError::TooLarge { bytes },
        ChunkError::Unbounded(excess) => DocumentError::Unbounded(excess),
        other => DocumentError::Envelope {
            doc: id,
            reason: other.to_string(),
        },
    })?;
    let hash = change.hash();
    doc.remember(&change, None);
    if !doc.size().fits_document() {
        return Err(DocumentError::TooManyOperations(id));
    }
    Ok(Some(WrittenChange { change, hash }))
}

/// Writes the first change of a document.
fn begin(
    doc: &mut LoadedDocument,
    operation: &Operation,
    events: &[(EventId, StoredEvent)],
    write_context: &WriteContext<'_>,
) -> Result<automerge::Change, DocumentError> {
    let id = doc.id;
    if !doc.is_empty() {
        let reason = "it has been written before".to_owned();
        return Err(DocumentError::Envelope { doc: id, reason });
    }
    let write = || {
        let mut writer = DocumentWriter::for_new();
        writer.put("id", id.to_string())?;
        writer.put("kind", operation.kind().name())?;
        writer.put_cbor("written", &write_context.time)?;
        write_fields(&mut writer, operation, events, &write_context.time)?;
        let first = writer.finish();
        let change = first.encode(&actor_id(write_context.actor), write_context.time.wall_ms);
        Ok((first, change))
    };
    let (first, change) = guarded(id, write)?;
    doc.begin(first, change.raw_bytes().to_vec());
    Ok(change)
}

/// Writes a change of a document that is there. None if it changes nothing.
fn change(
    doc: &mut LoadedDocument,
    operation: &Operation,
    events: &[(EventId, StoredEvent)],
    write_context: &WriteContext<'_>,
) -> Result<Option<automerge::Change>, DocumentError> {
    let id = doc.id;
    let automerge = doc.automerge()?;
    guarded(id, || {
        automerge.set_actor(actor_id(write_context.actor));
        let mut transaction = automerge.transaction();
        let mut writer = DocumentWriter::for_existing(&mut transaction);
        write_fields(&mut writer, operation, events, &write_context.time)?;
        let options = CommitOptions::default().with_time(write_context.time.wall_ms);
        let (hash, _) = transaction.commit_with(options);
        Ok(hash.and_then(|hash| automerge.get_change_by_hash(&hash)))
    })
}

/// Runs something that asks Automerge, and makes a panic an error.
fn guarded<T>(
    doc: DocId,
    ask: impl FnOnce() -> Result<T, AutomergeError>,
) -> Result<T, DocumentError> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(source)) => Err(DocumentError::Automerge {
            doc,
            source: Box::new(source),
        }),
        Err(_) => {
            tracing::error!(%doc, "a library panicked");
            Err(DocumentError::Panicked(doc))
        }
    }
}

/// Writes what an edit says of its kind of document, and its events.
fn write_fields(
    writer: &mut DocumentWriter<'_, '_>,
    operation: &Operation,
    events: &[(EventId, StoredEvent)],
    now: &RecordedTime,
) -> Result<(), AutomergeError> {
    match operation {
        Operation::CreateAccount(draft) => account::create(writer, draft)?,
        Operation::EditAccount(edits) => account::edit(writer, edits)?,
        Operation::CreateVisit(draft) => visit::create(writer, draft, now)?,
        Operation::EditVisit(edits) => visit::edit(writer, edits)?,
        Operation::CreateUsage(draft) => usage::create(writer, draft)?,
        Operation::EditUsage(edits) => usage::edit(writer, edits)?,
        Operation::CreatePromise(_) => promise::create(writer)?,
        Operation::AppendEvents(_) => {}
        Operation::CreateKind(draft) => handbook::create_kind(writer, draft)?,
        Operation::EditKind(edits) => handbook::edit_kind(writer, edits)?,
        Operation::CreateHours(edits) => handbook::create_hours(writer, edits)?,
        Operation::EditHours(edits) => handbook::edit_hours(writer, edits)?,
        Operation::CreatePerson(draft) => person::create(writer, draft)?,
        Operation::EditPerson(edits) => person::edit(writer, edits)?,
        Operation::Part(part, operation) => {
            writer.begin_part();
            write_fields(writer, operation, &[], now)?;
            writer.end_part(part)?;
        }
    }
    for (id, event) in events {
        writer.append(*id, event)?;
    }
    Ok(())
}

/// The events of an edit to a document that is there, each after the newest ones.
fn later_events(
    doc: &LoadedDocument,
    operation: &Operation,
    write_context: &WriteContext<'_>,
    authors: &dyn Authors,
) -> Result<Vec<(EventId, StoredEvent)>, DocumentError> {
    let bodies = bodies_of(operation);
    if bodies.is_empty() {
        return Ok(vec![]);
    }
    let (known, _) = fields::events(doc, authors)?;
    let person = authors
        .author(write_context.actor)
        .map(|(person, _)| person);
    if bodies.len() > event_quota::remaining(&known, person, write_context.actor) {
        return Err(DocumentError::NoRoom {
            doc: doc.id,
            events: bodies.len(),
            for_others: known.len() + bodies.len() <= event_quota::MAX_EVENTS,
        });
    }
    let (after, n) = frontier(&known);
    Ok(chain(bodies, after, n, write_context))
}

/// The events of a new document.
fn first_events(
    operation: &Operation,
    write_context: &WriteContext<'_>,
) -> Vec<(EventId, StoredEvent)> {
    chain(bodies_of(operation), vec![], 1, write_context)
}

/// Events of one tap follow each other: each has seen the one before.
fn chain(
    bodies: Vec<EventBody>,
    mut after: Vec<EventId>,
    mut n: u32,
    write_context: &WriteContext<'_>,
) -> Vec<(EventId, StoredEvent)> {
    let mut events: Vec<(EventId, StoredEvent)> = Vec::with_capacity(bodies.len());
    let mut told = None;
    for mut body in bodies {
        let id = EventId((write_context.new_id)());
        if let (Some(terms), Some(told)) = (body.terms_mut(), told)
            && *terms == TERMS_OF_THIS_GROUP
        {
            *terms = told;
        }
        if body.told_date().is_some() {
            told = Some(id);
        }
        let stored = StoredEvent {
            device: write_context.device,
            time: write_context.time.clone(),
            after: std::mem::replace(&mut after, vec![id]),
            n,
            on_behalf: write_context.on_behalf.clone(),
            body,
        };
        events.push((id, stored));
        n = n.saturating_add(1);
    }
    events
}

fn bodies_of(operation: &Operation) -> Vec<EventBody> {
    match operation {
        Operation::CreatePromise(bodies) | Operation::AppendEvents(bodies) => bodies.clone(),
        Operation::EditAccount(edits) => account::events_of(edits),
        Operation::EditVisit(edits) => visit::events_of(edits),
        Operation::EditUsage(edits) => usage::events_of(edits),
        Operation::Part(_, operation) => bodies_of(operation),
        _ => vec![],
    }
}
