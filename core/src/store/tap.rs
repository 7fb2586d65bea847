//! One tap: edits become changes, places, projections and the outbox row, in one transaction.

use rusqlite::Transaction;

use super::changes::{self, NewChange};
use super::{StoreError, cbor, places, projection, registry, search};
use crate::document::{self, Loaded, Pen};
use crate::limits;
use crate::model::edit::Edit;
use crate::model::ids::{DocId, GroupId, Team};
use crate::model::people::Registry;
use crate::model::place::Place;

/// Writes edits as one group; `own_team` is its author's, which new documents enter. Returns the documents that changed; none if nothing did.
pub fn write(
    transaction: &Transaction<'_>,
    edits: &[Edit],
    pen: &Pen<'_>,
    group: GroupId,
    own_team: Option<&Team>,
) -> Result<Vec<DocId>, StoreError> {
    let registry = registry::load(transaction)?;
    let (mut docs, mut bytes) = (Vec::new(), 0);
    for edit in edits {
        if let Some(written) = write_one(transaction, edit, pen, group, own_team, &registry)? {
            bytes += written;
            docs.push(edit.doc);
        }
    }
    if docs.len() > limits::GROUP_CHANGES || bytes > limits::GROUP_BYTES {
        return Err(StoreError::GroupTooLarge {
            changes: docs.len(),
            bytes,
        });
    }
    if !docs.is_empty() {
        transaction
            .prepare_cached(
                "INSERT INTO tap (ordinal, group_id, edits, written_at)
                 VALUES ((SELECT max(id) FROM change), ?1, ?2, ?3)",
            )?
            .execute((group, cbor(&edits), pen.time.wall_ms))?;
        search::keep_up(transaction)?;
    }
    Ok(docs)
}

/// The team of a new document: its customer's, also none, where that is here; else its author's.
fn team_of_new(
    transaction: &Transaction<'_>,
    place: &Place,
    own_team: Option<&Team>,
) -> Result<Option<Team>, StoreError> {
    let parent = match place.parent {
        Some(parent) => places::get(transaction, parent)?,
        None => None,
    };
    Ok(parent.map_or_else(|| own_team.cloned(), |parent| parent.team))
}

/// Writes one edit. Returns the size of its change in bytes; none if it changed nothing.
fn write_one(
    transaction: &Transaction<'_>,
    edit: &Edit,
    pen: &Pen<'_>,
    group: GroupId,
    own_team: Option<&Team>,
    registry: &Registry,
) -> Result<Option<usize>, StoreError> {
    let creates = edit.deed.creates();
    let mut loaded = if creates {
        Loaded::empty(edit.doc)
    } else {
        changes::load(transaction, edit.doc)?
    };
    let Some(written) = document::write(&mut loaded, edit, pen, registry)? else {
        return Ok(None);
    };

    let known = if creates {
        None
    } else {
        places::get(transaction, edit.doc)?
    };
    let mut place = known
        .clone()
        .unwrap_or_else(|| Place::new(edit.doc, edit.deed.kind()));
    let mut content = document::read(&loaded, &place, registry)?;
    if let Some(content) = &content {
        places::describe(content, &mut place);
    }
    // An edit of a document gives it nothing: what it is without, it stays without.
    if creates {
        place.team = team_of_new(transaction, &place, own_team)?;
    }
    let parent = place.parent.filter(|_| creates);
    let is_new = changes::insert(
        transaction,
        &NewChange {
            doc: edit.doc,
            change: &written.change,
            parent,
            group,
            receipt: None,
        },
    )?;
    if !is_new {
        let reason = format!("{} has been written by this actor before", edit.doc);
        return Err(StoreError::Corrupt(reason));
    }
    if known.as_ref() != Some(&place) {
        places::set(transaction, &place)?;
    }
    if !loaded.aside().is_empty() {
        // The new content allows more operations: something may come back.
        projection::refresh(transaction, edit.doc, registry)?;
    } else if let Some(content) = &mut content {
        // Read before its place was known.
        content.set_team(place.team.as_ref());
        let put = if creates {
            projection::begin
        } else {
            projection::write
        };
        let crowded = document::is_crowded(&loaded);
        put(transaction, content, crowded, &place, registry)?;
    }
    Ok(Some(written.change.bytes().len()))
}
