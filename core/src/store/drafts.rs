//! Drafts: what is being entered and not logged yet. They are in this file alone, in no scope, and never sent.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::StoreError;
use crate::model::ids::GroupId;
use crate::model::time::Millis;

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its id: that of the group that logging it writes.
    pub id: GroupId,
    /// The instant when it was saved last, by the device's wall clock.
    pub saved_at: Millis,
    /// The step of the screen that it was saved at.
    pub step: String,
    /// Its content, encoded; empty once it was logged.
    pub content: Vec<u8>,
    /// The result of logging it, encoded; none until then.
    pub logged: Option<Vec<u8>>,
}

/// A draft, logged or not; None if there is none of this id.
pub fn get(connection: &Connection, id: GroupId) -> Result<Option<StoredDraft>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, saved_at, step, content, logged FROM draft WHERE id = ?1")?
        .query_row([id], read)
        .optional()?)
}

/// The drafts that are not logged, the newest first.
pub fn all(connection: &Connection) -> Result<Vec<StoredDraft>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, saved_at, step, content, logged FROM draft WHERE logged IS NULL
         ORDER BY saved_at DESC, id DESC",
    )?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of drafts that are not logged.
pub fn count(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM draft WHERE logged IS NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Stores a draft in place of what was stored of it.
pub fn save(transaction: &Transaction<'_>, draft: &StoredDraft) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO draft (id, saved_at, step, content, logged)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            draft.id,
            draft.saved_at,
            &draft.step,
            &draft.content,
            &draft.logged,
        ))?;
    Ok(())
}

/// Forgets a draft that is not logged. False if there is none of this id.
pub fn remove(transaction: &Transaction<'_>, id: GroupId) -> Result<bool, StoreError> {
    let removed = transaction
        .prepare_cached("DELETE FROM draft WHERE id = ?1 AND logged IS NULL")?
        .execute([id])?;
    Ok(removed > 0)
}

/// Forgets what was logged before an instant by the device's wall clock.
pub fn forget_logged(transaction: &Transaction<'_>, before: Millis) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM draft WHERE logged IS NOT NULL AND saved_at < ?1")?
        .execute([before])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredDraft> {
    Ok(StoredDraft {
        id: row.get(0)?,
        saved_at: row.get(1)?,
        step: row.get(2)?,
        content: row.get(3)?,
        logged: row.get(4)?,
    })
}
