//! Writing: one edit of one document is one Automerge change.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::AutomergeError;
use automerge::transaction::CommitOptions;

use super::fields::Sheet;
use super::loaded::{Authors, Loaded, actor_id};
use super::{DocumentError, account, fields, handbook, person, promise, usage, visit};
use crate::document::chunk::CheckedChange;
use crate::limits;
use crate::model::edit::{Deed, Edit};
use crate::model::event::{EventBody, OnBehalf, StoredEvent, frontier};
use crate::model::ids::{Actor, EventId, Hash, InstallationId};
use crate::model::time::Time;

/// Who writes, and when.
pub struct Pen<'a> {
    /// The actor that signs the change.
    pub actor: Actor,
    /// The device that writes.
    pub device: InstallationId,
    /// When, as the device knows the time.
    pub time: Time,
    /// For whom the server writes.
    pub on_behalf: Option<OnBehalf>,
    /// Makes ids.
    pub new_id: &'a dyn Fn() -> [u8; 16],
}

/// A change that was just written.
pub struct Written {
    /// The change, checked like one from elsewhere.
    pub change: CheckedChange,
    /// What identifies it.
    pub hash: Hash,
}

/// Applies an edit to a document as one change. None if it changes nothing.
pub fn write(
    doc: &mut Loaded,
    edit: &Edit,
    pen: &Pen<'_>,
) -> Result<Option<Written>, DocumentError> {
    let id = doc.id;
    let events = if edit.deed.creates() {
        vec![]
    } else {
        stamped(doc, &edit.deed, pen)?
    };
    let new_events = if edit.deed.creates() {
        first_events(&edit.deed, pen)
    } else {
        events
    };
    doc.automerge.set_actor(actor_id(pen.actor));
    let automerge = &mut doc.automerge;
    let committed = catch_unwind(AssertUnwindSafe(|| -> Result<_, AutomergeError> {
        let mut transaction = automerge.transaction();
        let mut sheet = Sheet::new(&mut transaction);
        if edit.deed.creates() {
            sheet.put("id", id.to_string())?;
            sheet.put("kind", edit.deed.kind().name())?;
            sheet.put_cbor("written", &pen.time)?;
        }
        match &edit.deed {
            Deed::CreateAccount(draft) => account::create(&mut sheet, draft)?,
            Deed::EditAccount(edits) => account::edit(&mut sheet, edits)?,
            Deed::LogVisit(draft) => visit::create(&mut sheet, draft, &pen.time)?,
            Deed::EditVisit(edits) => visit::edit(&mut sheet, edits)?,
            Deed::Observe(draft) => usage::create(&mut sheet, draft)?,
            Deed::EditUsage(edits) => usage::edit(&mut sheet, edits)?,
            Deed::Promise(_) => promise::create(&mut sheet)?,
            Deed::Happen(_) => {}
            Deed::CreateKind(draft) => handbook::create_kind(&mut sheet, draft)?,
            Deed::EditKind(edits) => handbook::edit_kind(&mut sheet, edits)?,
            Deed::CreateHours(edits) => handbook::create_hours(&mut sheet, edits)?,
            Deed::EditHours(edits) => handbook::edit_hours(&mut sheet, edits)?,
            Deed::Introduce(draft) => person::create(&mut sheet, draft)?,
            Deed::Describe(edits) => person::edit(&mut sheet, edits)?,
        }
        for (event_id, event) in &new_events {
            sheet.append(*event_id, event)?;
        }
        let (hash, _) =
            transaction.commit_with(CommitOptions::default().with_time(pen.time.wall_ms));
        Ok(hash)
    }));
    let hash = match committed {
        Ok(Ok(Some(hash))) => Hash(hash.0),
        Ok(Ok(None)) => return Ok(None),
        Ok(Err(source)) => {
            let source = Box::new(source);
            return Err(DocumentError::Automerge { doc: id, source });
        }
        Err(_) => return Err(DocumentError::Panicked(id)),
    };
    let Some(change) = doc.automerge.get_last_local_change() else {
        return Ok(None);
    };
    let bytes = change.raw_bytes();
    if bytes.len() > limits::CHANGE_BYTES {
        return Err(DocumentError::TooLarge { bytes: bytes.len() });
    }
    let change = CheckedChange::parse(bytes, hash).map_err(|e| DocumentError::Envelope {
        doc: id,
        reason: e.to_string(),
    })?;
    doc.remember(&change, None);
    Ok(Some(Written { change, hash }))
}

/// The events of an edit to a document that is there, each after the newest ones.
fn stamped(
    doc: &Loaded,
    deed: &Deed,
    pen: &Pen<'_>,
) -> Result<Vec<(EventId, StoredEvent)>, DocumentError> {
    let bodies = bodies_of(deed);
    if bodies.is_empty() {
        return Ok(vec![]);
    }
    let known = fields::events(doc, &NobodyKnown)?;
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
    for mut body in bodies {
        let id = EventId((pen.new_id)());
        // Whoever asks in the tap that makes the promise means the terms just made.
        if let (EventBody::Asked { terms, .. }, Some((made, _))) = (&mut body, events.first())
            && *terms == EventId([0; 16])
        {
            *terms = *made;
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
        _ => vec![],
    }
}

/// For reading events where only their order matters.
struct NobodyKnown;

impl Authors for NobodyKnown {
    fn author(&self, _: Actor) -> Option<(crate::model::ids::PersonId, String)> {
        None
    }
}
