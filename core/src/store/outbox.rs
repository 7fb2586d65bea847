//! The outbox: the groups that the server has not acknowledged, in the order in which they were written.
//!
//! A group that is held or refused stays in it, with its reasons, until the office or its author decides.

use minicbor::bytes::ByteVec;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;

use super::rows::{decode_row, encode_row};
use super::{StoreError, placements, written};
use crate::model::ids::{DocId, GroupId, Hash};
use crate::model::placement::{DocumentKind, Placement};
use crate::model::time::Millis;
use crate::wire::{Change, Group, Reason};

/// The state of a group that is not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    /// Still to be sent.
    Unsent,
    /// Stored aside by the server; the office decides.
    Held,
    /// Not stored.
    Refused,
}

impl GroupState {
    fn number(self) -> i64 {
        match self {
            Self::Unsent => 0,
            Self::Held => 1,
            Self::Refused => 2,
        }
    }

    pub(super) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Held,
            2 => Self::Refused,
            _ => Self::Unsent,
        }
    }
}

/// A group of the outbox.
pub struct PendingGroup {
    /// The group's id.
    pub group: GroupId,
    /// The instant when it was written, by the device's wall clock.
    pub written_at: Millis,
    /// Its state.
    pub state: GroupState,
    /// The reasons why it is held or refused.
    pub reasons: Vec<Reason>,
    /// The documents that it is about.
    pub docs: Vec<(DocId, DocumentKind)>,
    /// True if the edits that made it are here.
    pub has_edits: bool,
}

/// The unsent groups after an ordinal, up to `max_bytes` of changes but at least one, and whether
/// these are all.
pub fn unsent(
    connection: &Connection,
    after: i64,
    max_bytes: usize,
    max_groups: usize,
) -> Result<(Vec<(i64, Group)>, bool), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT ordinal, group_id FROM tap WHERE state = 0 AND ordinal > ?1 ORDER BY ordinal",
    )?;
    let mut rows = statement.query([after])?;
    let (mut groups, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let (ordinal, id): (i64, GroupId) = (row.get(0)?, row.get(1)?);
        let group = group(connection, id)?;
        bytes += group
            .changes
            .iter()
            .map(|change| change.bytes.len())
            .sum::<usize>();
        if !groups.is_empty() && (bytes > max_bytes || groups.len() >= max_groups) {
            return Ok((groups, false));
        }
        groups.push((ordinal, group));
    }
    Ok((groups, true))
}

/// True if an unsent group stands at or before an ordinal.
pub fn has_unsent_up_to(transaction: &Transaction<'_>, ordinal: i64) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM tap WHERE state = 0 AND ordinal <= ?1)")?
        .query_row([ordinal], |row| row.get(0))?)
}

/// True if an unsent group stands after an ordinal.
pub fn has_unsent_after(transaction: &Transaction<'_>, ordinal: i64) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM tap WHERE state = 0 AND ordinal > ?1)")?
        .query_row([ordinal], |row| row.get(0))?)
}

/// The number of groups that wait to be sent.
pub fn unsent_count(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM tap WHERE state = 0")?
        .query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// A group as it travels: its changes, and the placements of their documents.
pub fn group(connection: &Connection, id: GroupId) -> Result<Group, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT doc, hash, bytes, parent FROM change WHERE group_id = ?1 ORDER BY id",
    )?;
    let changes: Vec<Change> = statement
        .query_map([id], |row| {
            let bytes: Vec<u8> = row.get(2)?;
            Ok(Change {
                doc: row.get(0)?,
                hash: row.get(1)?,
                bytes: ByteVec::from(bytes),
                parent: row.get(3)?,
                receipt: None,
            })
        })?
        .collect::<Result<_, _>>()?;
    let mut known: Vec<Placement> = Vec::new();
    for change in &changes {
        if known.iter().all(|placement| placement.doc != change.doc) {
            known.extend(placements::get(connection, change.doc)?);
        }
    }
    Ok(Group {
        id,
        changes,
        places: known,
    })
}

/// Notes that the server has a group.
pub fn acknowledged(transaction: &Transaction<'_>, id: GroupId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE change SET acknowledged = 1 WHERE group_id = ?1 AND acknowledged = 0",
        )?
        .execute([id])?;
    written::remember(transaction, id)?;
    transaction
        .prepare_cached("DELETE FROM tap WHERE group_id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Forgets the edits of groups whose changes the server has all.
pub fn settle(transaction: &Transaction<'_>, id: GroupId) -> Result<(), StoreError> {
    written::remember(transaction, id)?;
    transaction
        .prepare_cached(
            "DELETE FROM tap WHERE group_id = ?1
             AND NOT EXISTS (SELECT 1 FROM change WHERE group_id = ?1 AND acknowledged = 0)",
        )?
        .execute([id])?;
    Ok(())
}

/// Notes that a group is held or refused, and why. It stays here.
pub fn set_state(
    transaction: &Transaction<'_>,
    id: GroupId,
    state: GroupState,
    reasons: &[Reason],
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE tap SET state = ?2, reasons = ?3 WHERE group_id = ?1")?
        .execute((id, state.number(), encode_row(&reasons.to_vec())))?;
    Ok(())
}

/// Puts the group of a change that the server lacks back among the unsent, where it is not there still, and
/// says which. None if the change is not here, or waits with a group that is held or refused.
pub fn send_again(
    transaction: &Transaction<'_>,
    doc: DocId,
    hash: Hash,
) -> Result<Option<GroupId>, StoreError> {
    let row: Option<(GroupId, bool)> = transaction
        .prepare_cached("SELECT group_id, acknowledged FROM change WHERE doc = ?1 AND hash = ?2")?
        .query_row((doc, hash), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((group, acknowledged)) = row else {
        return Ok(None);
    };
    if !acknowledged {
        let unsent: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM tap WHERE group_id = ?1 AND state = 0)")?
            .query_row([group], |row| row.get(0))?;
        return Ok(unsent.then_some(group));
    }
    transaction
        .prepare_cached("UPDATE change SET acknowledged = 0 WHERE group_id = ?1")?
        .execute([group])?;
    // It must be sent before what depends on it: an ordinal below all others. Its edits and its time are gone, for they
    // were forgotten with the acknowledgement.
    transaction
        .prepare_cached(
            "INSERT INTO tap (ordinal, group_id, edits, written_at)
             VALUES ((SELECT min(coalesce(min(ordinal), 0), 0) - 1 FROM tap), ?1, x'80', 0)
             ON CONFLICT (group_id) DO UPDATE SET state = 0",
        )?
        .execute([group])?;
    Ok(Some(group))
}

/// Everything that the server has not acknowledged, oldest first.
pub fn pending(connection: &Connection) -> Result<Vec<PendingGroup>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT group_id, written_at, state, reasons, edits <> x'80' FROM tap ORDER BY ordinal",
    )?;
    let mut rows = statement.query([])?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        let group: GroupId = row.get(0)?;
        let reasons: Vec<u8> = row.get(3)?;
        pending.push(PendingGroup {
            group,
            written_at: row.get(1)?,
            state: GroupState::from_number(row.get(2)?),
            reasons: decode_row(&reasons)?,
            docs: docs_of(connection, group)?,
            has_edits: row.get(4)?,
        });
    }
    Ok(pending)
}

fn docs_of(
    connection: &Connection,
    group: GroupId,
) -> Result<Vec<(DocId, DocumentKind)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT change.doc, place.kind FROM change JOIN place ON place.doc = change.doc
         WHERE change.group_id = ?1 ORDER BY change.id",
    )?;
    Ok(statement
        .query_map([group], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// The documents with groups that are held or refused, those in quarantine, and those of which something is set
/// aside.
pub fn open_docs(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT doc FROM change WHERE group_id IN (SELECT group_id FROM tap WHERE state <> 0)
         UNION SELECT doc FROM quarantine UNION SELECT doc FROM set_aside ORDER BY 1",
    )?;
    Ok(statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
