//! Documents whose rows are to be made anew because people or devices changed: kept apart, for it may be all of them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{StoreError, placements};
use crate::model::ids::{Actor, DocId, PersonId, Team};

/// Notes the documents that these actors have written, and the promises that name one of these people or were given to
/// one of these pools.
pub fn mark(
    transaction: &Transaction<'_>,
    actors: &[Actor],
    people: &BTreeSet<PersonId>,
    pools: &BTreeSet<Team>,
) -> Result<(), StoreError> {
    let mut written = transaction.prepare_cached(
        "INSERT INTO stale SELECT DISTINCT doc FROM change WHERE actor = ?1 ON CONFLICT DO NOTHING",
    )?;
    for actor in actors {
        written.execute([actor])?;
    }
    let mut named =
        transaction.prepare_cached("INSERT INTO stale VALUES (?1) ON CONFLICT DO NOTHING")?;
    for doc in placements::promises_naming(transaction, people, pools)? {
        named.execute([doc])?;
    }
    Ok(())
}

/// True if the rows of a document are to be made anew.
pub fn contains(connection: &Connection, doc: DocId) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM stale WHERE doc = ?1)")?;
    Ok(statement.query_row([doc], |row| row.get(0))?)
}

/// Forgets which rows are to be made anew, where all of them are.
pub fn clear(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM stale", [])?;
    Ok(())
}

/// Returns one of them; none if no rows are to be made anew.
pub fn first(connection: &Connection) -> Result<Option<DocId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT doc FROM stale LIMIT 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// Forgets one whose rows were made anew.
pub fn remove(transaction: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached("DELETE FROM stale WHERE doc = ?1")?;
    statement.execute([doc])?;
    Ok(())
}
