//! The changes of documents that are set aside: a projection, named by status.

use rusqlite::{Connection, Transaction};

use super::StoreError;
use crate::document::set_aside::{AsideReason, SetAside};
use crate::model::ids::{Actor, DocId, Hash};

/// Notes which changes of a document are set aside, in place of what was noted before.
pub fn replace(
    transaction: &Transaction<'_>,
    doc: DocId,
    aside: &[SetAside],
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM set_aside WHERE doc = ?1")?
        .execute([doc])?;
    for change in aside {
        transaction
            .prepare_cached(
                "INSERT INTO set_aside (doc, hash, reason, detail) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((doc, change.hash, change.reason.number(), &change.detail))?;
    }
    Ok(())
}

/// Every change that is set aside, by document.
pub fn all(connection: &Connection) -> Result<Vec<(DocId, SetAside)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT doc, hash, reason, detail FROM set_aside ORDER BY doc, hash")?;
    let rows = statement.query_map([], |row| {
        let change = SetAside {
            hash: row.get(1)?,
            reason: AsideReason::from_number(row.get(2)?),
            detail: row.get(3)?,
        };
        Ok((row.get(0)?, change))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// True if a change that an actor wrote in a document is set aside: its next one would take that one's place.
pub fn has_change_of_actor(
    connection: &Connection,
    doc: DocId,
    actor: Actor,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM set_aside WHERE doc = ?1")?;
    let aside = statement.query_map([doc], |row| row.get(0))?;
    let aside = aside.collect::<Result<Vec<Hash>, _>>()?;
    let mut by_actor = connection
        .prepare_cached("SELECT 1 FROM change WHERE doc = ?1 AND hash = ?2 AND actor = ?3")?;
    for hash in aside {
        if by_actor.exists((doc, hash, actor))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Forgets all of them, before every document is read anew.
pub fn clear(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM set_aside", [])?;
    Ok(())
}
