//! The promises whose rows or receipts changed of late (table `moved`), in the order in which they did: what is held of
//! all promises between two calls is brought up to date by these few, whichever program wrote them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;
use crate::model::ids::DocId;

/// The rows that stay, and after how many new ones the others go.
const KEPT: i64 = 4_096;
const SWEPT_AFTER: i64 = 256;
/// Instead of a document: everything, as after a rebuild; and the company's record of promises that are not here.
const EVERYTHING: &[u8] = &[];
const SAMPLES: &[u8] = &[0];

/// The changes since a position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// The position now, for the next question.
    pub position: i64,
    /// The promises that may read differently; none where that is not known, and all may.
    pub promises: Option<BTreeSet<DocId>>,
    /// True if the company's record of promises that are not here may read differently.
    pub samples: bool,
}

/// Notes that a promise may read differently.
pub(super) fn note(tx: &Transaction<'_>, promise: DocId) -> Result<(), StoreError> {
    let inserted = tx
        .prepare_cached("INSERT INTO moved (what) VALUES (?1)")?
        .execute([promise])?;
    sweep(tx, inserted)
}

/// Notes that the server took something of a document, if it is a promise.
pub(super) fn note_receipt(tx: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    let inserted = tx
        .prepare_cached(
            "INSERT INTO moved (what) SELECT ?1 WHERE EXISTS (SELECT 1 FROM place WHERE doc = ?1 AND kind = 3)",
        )?
        .execute([doc])?;
    sweep(tx, inserted)
}

/// Notes that the company's record of promises that are not here may read differently.
pub(super) fn note_samples(tx: &Transaction<'_>) -> Result<(), StoreError> {
    note_once(tx, SAMPLES)
}

/// Notes that all promises may read differently.
pub(super) fn note_everything(tx: &Transaction<'_>) -> Result<(), StoreError> {
    note_once(tx, EVERYTHING)
}

/// Notes something anew, in place of the last that was noted where that was the same.
fn note_once(tx: &Transaction<'_>, what: &[u8]) -> Result<(), StoreError> {
    let moved_on = tx
        .prepare_cached(
            "UPDATE moved SET n = n + 1 WHERE n = (SELECT max(n) FROM moved) AND what = ?1",
        )?
        .execute([what])?;
    if moved_on > 0 {
        return Ok(());
    }
    let inserted = tx
        .prepare_cached("INSERT INTO moved (what) VALUES (?1)")?
        .execute([what])?;
    sweep(tx, inserted)
}

/// Takes the oldest away, many at once: each time costs a page.
fn sweep(tx: &Transaction<'_>, inserted: usize) -> Result<(), StoreError> {
    let last = tx.last_insert_rowid();
    if inserted > 0 && last % SWEPT_AFTER == 0 {
        tx.prepare_cached("DELETE FROM moved WHERE n <= ?1 - ?2")?
            .execute((last, KEPT))?;
    }
    Ok(())
}

/// The position now.
pub fn position(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT max(n) FROM moved")?;
    let position: Option<i64> = statement.query_row([], |row| row.get(0))?;
    Ok(position.unwrap_or_default())
}

/// Reads what changed since a position.
pub fn since(connection: &Connection, known: i64) -> Result<Moved, StoreError> {
    let mut moved = Moved {
        position: position(connection)?,
        promises: Some(BTreeSet::new()),
        samples: false,
    };
    if moved.position == known {
        return Ok(moved);
    }
    let first: Option<i64> = connection
        .prepare_cached("SELECT n FROM moved ORDER BY n LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    // Those in between are gone, or the file is another one.
    if known > moved.position || first.is_none_or(|first| first > known.saturating_add(1)) {
        moved.promises = None;
        moved.samples = true;
        return Ok(moved);
    }
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT what FROM moved WHERE n > ?1")?;
    let mut rows = statement.query([known])?;
    while let Some(row) = rows.next()? {
        match row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)? {
            SAMPLES => moved.samples = true,
            EVERYTHING => moved.promises = None,
            _ => {
                let promise: DocId = row.get(0)?;
                if let Some(promises) = &mut moved.promises {
                    promises.insert(promise);
                }
            }
        }
    }
    Ok(moved)
}
