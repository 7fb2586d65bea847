//! The groups that a person took out of the outbox because the server holds or refused them: whole, and in no row that
//! screens read. A group whose changes are gone takes those with it that build on it.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::changes::{self, NewChange};
use super::outbox::GroupState;
use super::rows::{decode_row, encode_row};
use super::{StoreError, outbox, placements, projection, registry, search};
use crate::document::chunk::CheckedChange;
use crate::model::edit::Edit;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::model::time::Millis;
use crate::wire::{Group, Reason, ReasonCode};

/// A group as it stood in the outbox, with its changes: the content of a row, and of the file that is exported.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutboxGroup {
    /// Its changes, and the placements of their documents.
    #[n(0)]
    pub group: Group,
    /// The edits that made the changes; empty where they were forgotten.
    #[n(1)]
    pub edits: Vec<Edit>,
    /// The instant when it was written, by the device's wall clock.
    #[n(2)]
    pub written_at: Millis,
    /// The number of its state: 0 unsent, 1 held, 2 refused.
    #[n(3)]
    pub state: u8,
    /// The reasons why it is held or refused.
    #[n(4)]
    pub reasons: Vec<Reason>,
    /// The first of the groups over which a long text was split; none for a first one, and where nothing was split.
    #[n(5)]
    pub first: Option<GroupId>,
}

/// A group that was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnRow {
    /// The group.
    pub content: OutboxGroup,
    /// The instant when it was withdrawn, by the device's wall clock.
    pub at: Millis,
    /// The group for whose sake it was withdrawn; itself, if it was chosen.
    pub cause: GroupId,
}

/// The instant of a withdrawal that no person asked for.
const BY_ITSELF: Millis = 0;

/// Returns a group of the outbox as it stands there; none if it is not there.
pub fn outbox_group(
    connection: &Connection,
    id: GroupId,
) -> Result<Option<OutboxGroup>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT edits, written_at, state, reasons, first_group FROM tap WHERE group_id = ?1",
        )?
        .query_row([id], |row| {
            let blobs: (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(3)?);
            Ok((blobs, row.get(1)?, row.get(2)?, row.get(4)?))
        })
        .optional()?;
    let Some(((edits, reasons), written_at, state, first)) = row else {
        return Ok(None);
    };
    Ok(Some(OutboxGroup {
        group: outbox::group(connection, id)?,
        edits: decode_row(&edits)?,
        written_at,
        state,
        reasons: decode_row(&reasons)?,
        first,
    }))
}

impl OutboxGroup {
    /// Returns its state.
    pub fn state(&self) -> GroupState {
        GroupState::from_number(self.state.into())
    }
}

/// Returns the groups of the outbox that go with one: those of its tap, and all that were written upon their changes, in
/// the order in which they were written.
pub fn with_dependents(
    connection: &Connection,
    group: GroupId,
) -> Result<Vec<GroupId>, StoreError> {
    // A change that was written here later in the same document builds on all that stood in it.
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE going (group_id) AS (
             SELECT group_id FROM tap
             WHERE ?1 IN (group_id, first_group)
                OR group_id = (SELECT first_group FROM tap WHERE group_id = ?1)
                OR first_group = (SELECT first_group FROM tap WHERE group_id = ?1)
             UNION
             SELECT later.group_id FROM going
             JOIN change ON change.group_id = going.group_id
             JOIN change AS later ON later.doc = change.doc AND later.id > change.id
             JOIN tap ON tap.group_id = later.group_id
             WHERE later.acknowledged = 0
         )
         SELECT tap.group_id FROM going JOIN tap ON tap.group_id = going.group_id ORDER BY tap.ordinal",
    )?;
    let rows = statement.query_map([group], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes groups of [`with_dependents`] out of the outbox and of all rows, and keeps them. Returns the documents that
/// read differently.
pub fn withdraw(
    transaction: &Transaction<'_>,
    groups: &[GroupId],
    cause: GroupId,
    at: Millis,
) -> Result<Vec<DocId>, StoreError> {
    let mut docs = Vec::new();
    for group in groups {
        let Some(content) = outbox_group(transaction, *group)? else {
            continue;
        };
        note_docs(&content, &mut docs);
        transaction
            .prepare_cached(
                "INSERT INTO withdrawn (group_id, ordinal, cause, at, content)
                 SELECT group_id, ordinal, ?2, ?3, ?4 FROM tap WHERE group_id = ?1",
            )?
            .execute((group, cause, at, encode_row(&content)))?;
        transaction
            .prepare_cached("DELETE FROM change WHERE group_id = ?1")?
            .execute([group])?;
        transaction
            .prepare_cached("DELETE FROM tap WHERE group_id = ?1")?
            .execute([group])?;
    }
    for doc in &docs {
        restore_parent(transaction, *doc)?;
    }
    refresh(transaction, &docs)?;
    Ok(docs)
}

/// Gives a document the parent that its changes give it: the last one that names any.
fn restore_parent(transaction: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    let parent: Option<DocId> = transaction
        .prepare_cached(
            "SELECT parent FROM change WHERE doc = ?1 AND parent IS NOT NULL ORDER BY id DESC LIMIT 1",
        )?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    match (parent, placements::get(transaction, doc)?) {
        (Some(parent), Some(mut placement)) if placement.parent != Some(parent) => {
            placement.parent = Some(parent);
            placements::set(transaction, &placement)
        }
        _ => Ok(()),
    }
}

/// Withdraws the group of a change in whose place the server has another one, with those that build on it: another copy
/// of this notebook was faster. Returns the documents that read differently; none if the server has the change.
pub fn withdraw_clash(
    transaction: &Transaction<'_>,
    doc: DocId,
    hash: Hash,
) -> Result<Option<Vec<DocId>>, StoreError> {
    let group: Option<GroupId> = transaction
        .prepare_cached(
            "SELECT tap.group_id FROM change JOIN tap ON tap.group_id = change.group_id
             WHERE change.doc = ?1 AND change.hash = ?2 AND change.acknowledged = 0",
        )?
        .query_row((doc, hash), |row| row.get(0))
        .optional()?;
    let Some(group) = group else {
        return Ok(None);
    };
    let reason = ReasonCode::SequenceTaken.about(Some(hash), String::new());
    outbox::set_state(transaction, group, GroupState::Refused, &[reason])?;
    let place = placements::get(transaction, doc)?;
    let all = with_dependents(transaction, group)?;
    let docs = withdraw(transaction, &all, group, BY_ITSELF)?;
    // The server's change is about to come here.
    if let Some(place) = place {
        placements::set(transaction, &place)?;
    }
    Ok(Some(docs))
}

/// Returns the groups whose changes clash with those of another copy of this notebook: the refused ones in the outbox,
/// and those that a page has withdrawn.
pub fn clashes(connection: &Connection) -> Result<Vec<GroupId>, StoreError> {
    let mut groups = Vec::new();
    let mut refused = connection
        .prepare_cached("SELECT group_id, reasons FROM tap WHERE state = 2 ORDER BY ordinal")?;
    for row in refused.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))? {
        let (group, reasons) = row?;
        let reasons: Vec<Reason> = decode_row(&reasons)?;
        let is_taken =
            |reason: &Reason| ReasonCode::from_number(reason.code) == ReasonCode::SequenceTaken;
        if reasons.iter().any(is_taken) {
            groups.push(group);
        }
    }
    let mut withdrawn = connection.prepare_cached(
        "SELECT group_id FROM withdrawn WHERE at = ?1 AND cause = group_id ORDER BY ordinal",
    )?;
    for group in withdrawn.query_map([BY_ITSELF], |row| row.get(0))? {
        groups.push(group?);
    }
    Ok(groups)
}

/// Puts groups that were withdrawn back where they were. Returns the documents that read differently.
pub fn bring_back(
    transaction: &Transaction<'_>,
    rows: &[WithdrawnRow],
) -> Result<Vec<DocId>, StoreError> {
    let mut docs = Vec::new();
    for row in rows {
        let content = &row.content;
        let id = content.group.id;
        note_docs(content, &mut docs);
        for placement in &content.group.places {
            if placements::get(transaction, placement.doc)?.is_none() {
                placements::set(transaction, placement)?;
            }
        }
        let mut lacking = false;
        for change in &content.group.changes {
            let checked = CheckedChange::stored(&change.bytes, change.hash)
                .map_err(|e| StoreError::Corrupt(e.to_string()))?;
            let new = NewChange {
                doc: change.doc,
                change: &checked,
                parent: change.parent,
                group: id,
                receipt: None,
            };
            // One that the server took meanwhile, for the office let it in, came from there.
            lacking |= changes::insert(transaction, &new)?;
        }
        if lacking {
            transaction
                .prepare_cached(
                    "INSERT INTO tap (ordinal, group_id, edits, written_at, state, reasons, first_group)
                     VALUES ((SELECT max(id) FROM change), ?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute((
                    id,
                    encode_row(&content.edits),
                    content.written_at,
                    content.state,
                    encode_row(&content.reasons),
                    content.first,
                ))?;
        }
        forget(transaction, id)?;
    }
    refresh(transaction, &docs)?;
    Ok(docs)
}

/// Forgets a group that was withdrawn, where it stands elsewhere.
pub fn forget(transaction: &Transaction<'_>, group: GroupId) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM withdrawn WHERE group_id = ?1")?
        .execute([group])?;
    Ok(())
}

/// Returns the groups that were withdrawn, in the order in which they were written.
pub fn all(connection: &Connection) -> Result<Vec<WithdrawnRow>, StoreError> {
    read(connection, None)
}

/// Returns the groups that were withdrawn for the sake of one, in the order in which they were written; none if it was
/// not chosen.
pub fn of_cause(connection: &Connection, cause: GroupId) -> Result<Vec<WithdrawnRow>, StoreError> {
    read(connection, Some(cause))
}

/// The number of groups that were withdrawn, and of documents that were withdrawn.
pub fn count(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM withdrawn) + (SELECT count(*) FROM withdrawn_document)";
    let count: i64 = connection
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Notes that a document that cannot be read is not to be named any more. It is shown as soon as it can be read.
pub fn withdraw_document(
    transaction: &Transaction<'_>,
    doc: DocId,
    at: Millis,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO withdrawn_document (doc, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute((doc, at))?;
    Ok(())
}

/// Returns true if a document that cannot be read was withdrawn.
pub fn is_withdrawn(connection: &Connection, doc: DocId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM withdrawn_document WHERE doc = ?1)")?
        .query_row([doc], |row| row.get(0))?)
}

fn read(connection: &Connection, cause: Option<GroupId>) -> Result<Vec<WithdrawnRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT content, at, cause FROM withdrawn WHERE ?1 IS NULL OR cause = ?1 ORDER BY ordinal",
    )?;
    let read = |row: &Row<'_>| {
        let content: Vec<u8> = row.get(0)?;
        Ok((content, row.get(1)?, row.get(2)?))
    };
    let mut rows = Vec::new();
    for row in statement.query_map([cause], read)? {
        let (content, at, cause) = row?;
        rows.push(WithdrawnRow {
            content: decode_row(&content)?,
            at,
            cause,
        });
    }
    Ok(rows)
}

fn note_docs(content: &OutboxGroup, docs: &mut Vec<DocId>) {
    for change in &content.group.changes {
        if !docs.contains(&change.doc) {
            docs.push(change.doc);
        }
    }
}

fn refresh(transaction: &Transaction<'_>, docs: &[DocId]) -> Result<(), StoreError> {
    let registry = registry::load(transaction)?;
    for doc in docs {
        projection::refresh_or_remove(transaction, *doc, &registry)?;
    }
    search::index_pending(transaction)
}
