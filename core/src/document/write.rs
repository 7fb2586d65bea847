//! Writing: one edit of one document is one Automerge change.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::transaction::CommitOptions;
use automerge::{AutomergeError, ReadDoc};

use super::fields::Sheet;
use super::loaded::{Authors, Loaded, actor_id};
use super::{DocumentError, account, fields, handbook, person, promise, usage, visit};
use crate::document::chunk::{CheckedChange, ChunkError};
use crate::model::causality::frontier;
use crate::model::edit::{Deed, Edit};
use crate::model::event::{EventBody, OnBehalf, StoredEvent};
use crate::model::ids::{Actor, DocId, EventId, Hash, InstallationId};
use crate::model::room;
use crate::model::time::Time;

/// Stands for the terms that were told last in the same tap: their event has no id before it is written.
pub const TERMS_OF_THIS_TAP: EventId = EventId([0; 16]);

/// The writer of a change, and the time.
pub struct Pen<'a> {
    /// The actor that signs the change.
    pub actor: Actor,
    /// The device that writes.
    pub device: InstallationId,
    /// The time, as the device knows it.
    pub time: Time,
    /// The person for whom the server writes; None if it writes for no one.
    pub on_behalf: Option<OnBehalf>,
    /// Makes ids.
    pub new_id: &'a dyn Fn() -> [u8; 16],
}

/// A change that was just written.
pub struct Written {
    /// The change, checked like one from elsewhere.
    pub change: CheckedChange,
    /// The change's hash.
    pub hash: Hash,
}

/// Applies an edit to a document as one change. None if it changes nothing.
pub fn write(
    doc: &mut Loaded,
    edit: &Edit,
    pen: &Pen<'_>,
    authors: &dyn Authors,
) -> Result<Option<Written>, DocumentError> {
    let id = doc.id;
    let events = if edit.deed.creates() {
        vec![]
    } else {
        stamped(doc, &edit.deed, pen, authors)?
    };
    let new_events = if edit.deed.creates() {
        first_events(&edit.deed, pen)
    } else {
        events
    };
    let change = if edit.deed.creates() {
        Some(begin(doc, &edit.deed, &new_events, pen)?)
    } else {
        change(doc, &edit.deed, &new_events, pen)?
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
    Ok(Some(Written { change, hash }))
}

/// Writes the first change of a document.
fn begin(
    doc: &mut Loaded,
    deed: &Deed,
    events: &[(EventId, StoredEvent)],
    pen: &Pen<'_>,
) -> Result<automerge::Change, DocumentError> {
    let id = doc.id;
    if !doc.is_empty() {
        let reason = "it has been written before".to_owned();
        return Err(DocumentError::Envelope { doc: id, reason });
    }
    let write = || {
        let mut sheet = Sheet::blank();
        sheet.put("id", id.to_string())?;
        sheet.put("kind", deed.kind().name())?;
        sheet.put_cbor("written", &pen.time)?;
        fill(&mut sheet, deed, events, &pen.time)?;
        let first = sheet.finish();
        let change = first.encode(&actor_id(pen.actor), pen.time.wall_ms);
        Ok((first, change))
    };
    let (first, change) = guarded(id, write)?;
    doc.begin(first, change.raw_bytes().to_vec());
    Ok(change)
}

/// Writes a change of a document that is there. None if it changes nothing.
fn change(
    doc: &mut Loaded,
    deed: &Deed,
    events: &[(EventId, StoredEvent)],
    pen: &Pen<'_>,
) -> Result<Option<automerge::Change>, DocumentError> {
    let id = doc.id;
    let automerge = doc.automerge()?;
    guarded(id, || {
        automerge.set_actor(actor_id(pen.actor));
        let mut transaction = automerge.transaction();
        let mut sheet = Sheet::new(&mut transaction);
        fill(&mut sheet, deed, events, &pen.time)?;
        let options = CommitOptions::default().with_time(pen.time.wall_ms);
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
        Err(_) => Err(DocumentError::Panicked(doc)),
    }
}

/// Writes what an edit says of its kind of document, and its events.
fn fill(
    sheet: &mut Sheet<'_, '_>,
    deed: &Deed,
    events: &[(EventId, StoredEvent)],
    now: &Time,
) -> Result<(), AutomergeError> {
    match deed {
        Deed::CreateAccount(draft) => account::create(sheet, draft)?,
        Deed::EditAccount(edits) => account::edit(sheet, edits)?,
        Deed::LogVisit(draft) => visit::create(sheet, draft, now)?,
        Deed::EditVisit(edits) => visit::edit(sheet, edits)?,
        Deed::Observe(draft) => usage::create(sheet, draft)?,
        Deed::EditUsage(edits) => usage::edit(sheet, edits)?,
        Deed::Promise(_) => promise::create(sheet)?,
        Deed::Happen(_) => {}
        Deed::CreateKind(draft) => handbook::create_kind(sheet, draft)?,
        Deed::EditKind(edits) => handbook::edit_kind(sheet, edits)?,
        Deed::CreateHours(edits) => handbook::create_hours(sheet, edits)?,
        Deed::EditHours(edits) => handbook::edit_hours(sheet, edits)?,
        Deed::Introduce(draft) => person::create(sheet, draft)?,
        Deed::Describe(edits) => person::edit(sheet, edits)?,
        Deed::Part(part, deed) => {
            sheet.begin_part();
            fill(sheet, deed, &[], now)?;
            sheet.end_part(part)?;
        }
    }
    for (id, event) in events {
        sheet.append(*id, event)?;
    }
    Ok(())
}

/// The events of an edit to a document that is there, each after the newest ones.
fn stamped(
    doc: &Loaded,
    deed: &Deed,
    pen: &Pen<'_>,
    authors: &dyn Authors,
) -> Result<Vec<(EventId, StoredEvent)>, DocumentError> {
    let bodies = bodies_of(deed);
    if bodies.is_empty() {
        return Ok(vec![]);
    }
    let (known, _) = fields::events(doc, authors)?;
    let person = authors.author(pen.actor).map(|(person, _)| person);
    if bodies.len() > room::left(&known, person, pen.actor) {
        return Err(DocumentError::NoRoom {
            doc: doc.id,
            events: bodies.len(),
            for_others: known.len() + bodies.len() <= room::OF_ALL,
        });
    }
    let (after, n) = frontier(&known);
    Ok(chain(bodies, after, n, pen))
}

/// The events of a new document.
fn first_events(deed: &Deed, pen: &Pen<'_>) -> Vec<(EventId, StoredEvent)> {
    chain(bodies_of(deed), vec![], 1, pen)
}

/// Events of one tap follow each other: each has seen the one before.
fn chain(
    bodies: Vec<EventBody>,
    mut after: Vec<EventId>,
    mut n: u32,
    pen: &Pen<'_>,
) -> Vec<(EventId, StoredEvent)> {
    let mut events: Vec<(EventId, StoredEvent)> = Vec::with_capacity(bodies.len());
    let mut told = None;
    for mut body in bodies {
        let id = EventId((pen.new_id)());
        if let (Some(terms), Some(told)) = (body.terms_mut(), told)
            && *terms == TERMS_OF_THIS_TAP
        {
            *terms = told;
        }
        if matches!(body, EventBody::Made(_) | EventBody::TermsAgreed { .. }) {
            told = Some(id);
        }
        let stored = StoredEvent {
            device: pen.device,
            time: pen.time.clone(),
            after: std::mem::replace(&mut after, vec![id]),
            n,
            on_behalf: pen.on_behalf.clone(),
            body,
        };
        events.push((id, stored));
        n = n.saturating_add(1);
    }
    events
}

fn bodies_of(deed: &Deed) -> Vec<EventBody> {
    match deed {
        Deed::Promise(bodies) | Deed::Happen(bodies) => bodies.clone(),
        Deed::EditAccount(edits) => account::events_of(edits),
        Deed::Part(_, deed) => bodies_of(deed),
        _ => vec![],
    }
}
