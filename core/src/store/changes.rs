//! The change log: every change as its author wrote it.
//!
//! A device looks for a change within its document and has no index over hashes: each page that a tap dirties is
//! encrypted, authenticated (with SHA-256, for which processors have instructions) and logged.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{StoreError, basis, moved};
use crate::document::chunk::CheckedChange;
use crate::document::set_aside::{self, Selection};
use crate::document::{DocumentError, LoadedDocument};
use crate::model::ids::{Actor, DocId, GroupId, Hash};
use crate::model::placement::DocumentKind;
use crate::model::time::Millis;
use crate::wire::Receipt;

/// A change to be stored.
pub struct NewChange<'a> {
    /// The document.
    pub doc: DocId,
    /// The change.
    pub change: &'a CheckedChange,
    /// The parent that it gives the document.
    pub parent: Option<DocId>,
    /// The group that wrote it.
    pub group: GroupId,
    /// The server's receipt, where it came from there.
    pub receipt: Option<&'a Receipt>,
}

/// Stores a change. False if one stands at its place of its author's sequence: it or another; then nothing
/// is changed.
pub fn insert(transaction: &Transaction<'_>, new: &NewChange<'_>) -> Result<bool, StoreError> {
    let change = new.change;
    let receipt = new.receipt;
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO change (hash, doc, actor, seq, max_op, bytes, parent, group_id, acknowledged,
                                 installation, received_at, mac)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (doc, actor, seq) DO NOTHING",
        )?
        .execute((
            change.hash(),
            new.doc,
            change.actor(),
            i64::try_from(change.seq()).unwrap_or(i64::MAX),
            i64::try_from(change.max_op()).unwrap_or(i64::MAX),
            change.bytes(),
            new.parent,
            new.group,
            receipt.is_some(),
            receipt.map(|receipt| receipt.installation),
            receipt.map(|receipt| receipt.received_at),
            receipt.map(|receipt| &receipt.mac[..]),
        ))?;
    Ok(inserted == 1)
}

/// The state here of a change that the server says it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acknowledged {
    /// It is not here.
    Missing,
    /// That was known.
    Before,
    /// It was not known, or not with this receipt.
    Now,
}

/// Notes that what is read beside rows changes with a receipt: an entry of a colleague counts by the author's role when
/// the server took it.
fn note_receipt_of_basis(transaction: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    let kind: Option<DocumentKind> = transaction
        .prepare_cached("SELECT kind FROM place WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    match kind {
        Some(DocumentKind::Handbook | DocumentKind::Person) => basis::change(transaction),
        _ => Ok(()),
    }
}

/// Notes that the server has a change of a document.
pub fn acknowledge(
    transaction: &Transaction<'_>,
    doc: DocId,
    hash: Hash,
    receipt: Option<&Receipt>,
) -> Result<Acknowledged, StoreError> {
    let updated = match receipt {
        None => transaction
            .prepare_cached(
                "UPDATE change SET acknowledged = 1 WHERE doc = ?1 AND hash = ?2 AND acknowledged = 0",
            )?
            .execute((doc, hash))?,
        Some(receipt) => transaction
            .prepare_cached(
                "UPDATE change SET acknowledged = 1, installation = ?3, received_at = ?4, mac = ?5
                 WHERE doc = ?1 AND hash = ?2 AND (acknowledged = 0 OR mac IS NOT ?5)",
            )?
            .execute((
                doc,
                hash,
                receipt.installation,
                receipt.received_at,
                &receipt.mac[..],
            ))?,
    };
    if updated > 0 {
        if receipt.is_some() {
            moved::note_receipt(transaction, doc)?;
            note_receipt_of_basis(transaction, doc)?;
        }
        return Ok(Acknowledged::Now);
    }
    let here: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE doc = ?1 AND hash = ?2)")?
        .query_row((doc, hash), |row| row.get(0))?;
    Ok(if here {
        Acknowledged::Before
    } else {
        Acknowledged::Missing
    })
}

/// The hash of another change that stands here at this place of the actor's sequence; None if there is none.
pub fn conflicting_change(
    connection: &Connection,
    doc: DocId,
    change: &CheckedChange,
) -> Result<Option<Hash>, StoreError> {
    let hash: Option<Hash> = connection
        .prepare_cached("SELECT hash FROM change WHERE doc = ?1 AND actor = ?2 AND seq = ?3")?
        .query_row(
            (
                doc,
                change.actor(),
                i64::try_from(change.seq()).unwrap_or(i64::MAX),
            ),
            |row| row.get(0),
        )
        .optional()?;
    Ok(hash.filter(|hash| *hash != change.hash()))
}

/// Loads a document from its changes, without those that are set aside.
pub fn load(connection: &Connection, doc: DocId) -> Result<LoadedDocument, StoreError> {
    Ok(LoadedDocument::selected(doc, select(connection, doc)?)?)
}

/// Reads the changes of a document, and divides them into those that are shown and those that are set aside.
pub fn select(connection: &Connection, doc: DocId) -> Result<Selection, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT bytes, hash, received_at FROM change WHERE doc = ?1 ORDER BY id")?;
    let mut rows = statement.query([doc])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let hash: Hash = row.get(1)?;
        let received_at: Option<Millis> = row.get(2)?;
        let change = CheckedChange::stored(
            row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?,
            hash,
        )
        .map_err(|e| DocumentError::Envelope {
            doc,
            reason: e.to_string(),
        })?;
        changes.push((change, received_at));
    }
    if changes.is_empty() {
        return Err(StoreError::NoDocument(doc));
    }
    Ok(set_aside::select(changes))
}

/// A change with its receipt, for history.
pub struct Recorded {
    /// The change's hash.
    pub hash: Hash,
    /// The actor that wrote it.
    pub actor: Actor,
    /// The instant when the server took it, in milliseconds since the epoch; None if that is not known here.
    pub received_at: Option<Millis>,
    /// True if the server's receipt is here.
    pub receipted: bool,
    /// True if the server has it.
    pub acknowledged: bool,
    /// The chunk.
    pub bytes: Vec<u8>,
}

/// The changes of a document, causes first.
pub fn of_doc(connection: &Connection, doc: DocId) -> Result<Vec<Recorded>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT hash, actor, received_at, mac IS NOT NULL, acknowledged, bytes
         FROM change WHERE doc = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([doc], |row| {
        Ok(Recorded {
            hash: row.get(0)?,
            actor: row.get(1)?,
            received_at: row.get(2)?,
            receipted: row.get(3)?,
            acknowledged: row.get(4)?,
            bytes: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of changes of a document that are here.
pub fn count_of(connection: &Connection, doc: DocId) -> Result<usize, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM change WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The documents that a group wrote, in its order.
pub fn docs_of_group(connection: &Connection, group: GroupId) -> Result<Vec<DocId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT doc FROM change WHERE group_id = ?1 ORDER BY id")?;
    Ok(statement
        .query_map([group], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The changes of a document that a group wrote.
pub fn hashes_of_group(
    connection: &Connection,
    doc: DocId,
    group: GroupId,
) -> Result<Vec<Hash>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT hash FROM change WHERE group_id = ?1 AND doc = ?2")?;
    Ok(statement
        .query_map((group, doc), |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The documents of which no row is still to come.
pub fn whole_docs(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT doc FROM change WHERE doc NOT IN (SELECT doc FROM arriving)",
    )?;
    Ok(statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The number of changes that are here, and of those among them that the server has not acknowledged.
pub fn count(connection: &Connection) -> Result<(u64, u64), StoreError> {
    let row = connection.query_row(
        "SELECT count(*), count(*) FILTER (WHERE acknowledged = 0) FROM change",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
    )?;
    Ok((row.0.unsigned_abs(), row.1.unsigned_abs()))
}
