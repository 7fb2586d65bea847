//! Writing one group: its edits become changes, placements, projections and the row of the outbox, in one transaction.

use rusqlite::Transaction;

use super::changes::{self, NewChange};
use super::rows::encode_row;
use super::{StoreError, placements, projection, registry, search};
use crate::document::{self, LoadedDocument, WriteContext};
use crate::limits;
use crate::model::edit::Edit;
use crate::model::ids::{DocId, GroupId, Team};
use crate::model::placement::Placement;
use crate::model::registry::Registry;

/// Writes edits as one group; `own_team` is its author's, which new documents enter. Returns the documents that
/// changed; none if nothing did.
pub fn write_group(
    transaction: &Transaction<'_>,
    edits: &[Edit],
    write_context: &WriteContext<'_>,
    group: GroupId,
    own_team: Option<&Team>,
) -> Result<Vec<DocId>, StoreError> {
    let registry = registry::load(transaction)?;
    let (mut docs, mut bytes) = (Vec::new(), 0);
    for edit in edits {
        if let Some(written) =
            write_one(transaction, edit, write_context, group, own_team, &registry)?
        {
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
            .execute((group, encode_row(&edits), write_context.time.wall_ms))?;
        search::index_pending(transaction)?;
    }
    Ok(docs)
}

/// The team of a new document: its customer's, also none, where that is here; else its author's.
fn team_of_new(
    transaction: &Transaction<'_>,
    placement: &Placement,
    own_team: Option<&Team>,
) -> Result<Option<Team>, StoreError> {
    let parent = match placement.parent {
        Some(parent) => placements::get(transaction, parent)?,
        None => None,
    };
    Ok(parent.map_or_else(|| own_team.cloned(), |parent| parent.team))
}

/// Writes one edit. Returns the size of its change in bytes; none if it changed nothing.
fn write_one(
    transaction: &Transaction<'_>,
    edit: &Edit,
    write_context: &WriteContext<'_>,
    group: GroupId,
    own_team: Option<&Team>,
    registry: &Registry,
) -> Result<Option<usize>, StoreError> {
    let creates = edit.operation.creates();
    let mut loaded = if creates {
        LoadedDocument::empty(edit.doc)
    } else {
        changes::load(transaction, edit.doc)?
    };
    let Some(written) = document::write(&mut loaded, edit, write_context, registry)? else {
        return Ok(None);
    };

    let known = if creates {
        None
    } else {
        placements::get(transaction, edit.doc)?
    };
    let mut placement = known
        .clone()
        .unwrap_or_else(|| Placement::new(edit.doc, edit.operation.kind()));
    let mut content = document::read(&loaded, &placement, registry)?;
    if let Some(content) = &content {
        placements::complete_from_content(content, &mut placement);
    }
    // An edit of a document gives it nothing: what it is without, it stays without.
    let parent = if creates {
        placement.team = team_of_new(transaction, &placement, own_team)?;
        placement.parent
    } else {
        let corrected = edit.operation.new_account();
        placement.parent = corrected.or(placement.parent);
        corrected
    };
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
    if known.as_ref() != Some(&placement) {
        placements::set(transaction, &placement)?;
    }
    if !loaded.aside().is_empty() {
        // The new content allows more operations: something may come back.
        projection::refresh(transaction, edit.doc, registry)?;
    } else if let Some(content) = &mut content {
        // Read before its placement was known.
        content.set_team(placement.team.as_ref());
        let put = if creates {
            projection::insert_row
        } else {
            projection::update_row
        };
        let crowded = document::may_exceed_event_quota(&loaded);
        put(transaction, content, crowded, &placement, registry)?;
    }
    Ok(Some(written.change.bytes().len()))
}
