//! The version of what every call reads beside its rows: people, devices, presence, silences, the handbook, what
//! colleagues say about themselves, and whose notebook it is. It grows with every change of these, so that they are
//! decoded once and held.

use rusqlite::{Connection, Transaction};

use super::StoreError;

/// The version now.
pub fn version(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT version FROM basis")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Notes that something of it changes.
pub(super) fn change(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE basis SET version = version + 1")?
        .execute([])?;
    Ok(())
}
