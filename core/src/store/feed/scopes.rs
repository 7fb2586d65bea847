//! The position up to which each scope has been read, and the state that a page finds of its scope.

use rusqlite::{Connection, Transaction};

use super::error::FeedError;
use crate::store::StoreError;
use crate::wire::{Cursor, Page};

/// The position up to which a scope has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// Its number within the organisation.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its epoch.
    pub epoch: u64,
    /// The last row read.
    pub seq: u64,
    /// The sum over what the feed brought.
    pub checksum: u64,
    /// The last row of the scope on the server when last heard.
    pub head: u64,
    /// True if the sum was once another than the server's.
    pub differs: bool,
}

/// Every scope that was ever read, by number.
pub fn scopes(connection: &Connection) -> Result<Vec<ScopeState>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, name, epoch, seq, checksum, head, differs FROM scope ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ScopeState {
            number: row.get(0)?,
            name: row.get(1)?,
            epoch: u64::from_be_bytes(row.get(2)?),
            seq: row.get::<_, i64>(3)?.unsigned_abs(),
            checksum: u64::from_be_bytes(row.get(4)?),
            head: row.get::<_, i64>(5)?.unsigned_abs(),
            differs: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The cursors of all scopes.
pub fn cursors(connection: &Connection) -> Result<Vec<Cursor>, StoreError> {
    let cursor = |s: ScopeState| Cursor {
        scope: s.number,
        epoch: s.epoch,
        seq: s.seq,
        checksum: s.checksum,
    };
    Ok(scopes(connection)?.into_iter().map(cursor).collect())
}

/// Finds the scope's state; a page of another epoch starts it over.
pub(super) fn begin(transaction: &Transaction<'_>, page: &Page) -> Result<ScopeState, FeedError> {
    let known = scopes(transaction)?
        .into_iter()
        .find(|scope| scope.number == page.scope);
    let mut state = match known {
        Some(state) => state,
        None => {
            let name = page.name.clone().ok_or_else(|| FeedError::Row {
                scope: page.scope,
                seq: 0,
                reason: "the scope has no name".into(),
            })?;
            transaction
                .prepare_cached(
                    "INSERT INTO scope (number, name, epoch, checksum) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((
                    page.scope,
                    &name,
                    page.epoch.to_be_bytes(),
                    0u64.to_be_bytes(),
                ))?;
            ScopeState {
                number: page.scope,
                name,
                epoch: page.epoch,
                seq: 0,
                checksum: 0,
                head: 0,
                differs: false,
            }
        }
    };
    if state.epoch != page.epoch || (page.after == 0 && state.seq > 0) {
        transaction
            .prepare_cached("DELETE FROM feed WHERE scope = ?1")?
            .execute([page.scope])?;
        transaction
            .prepare_cached("DELETE FROM arriving WHERE scope = ?1")?
            .execute([page.scope])?;
        transaction
            .prepare_cached("UPDATE scope SET epoch = ?2, unknown = 0 WHERE number = ?1")?
            .execute((page.scope, page.epoch.to_be_bytes()))?;
        state = ScopeState {
            epoch: page.epoch,
            seq: 0,
            checksum: 0,
            ..state
        };
    }
    if page.after != state.seq {
        return Err(FeedError::Gap {
            scope: page.scope,
            after: page.after,
            seq: state.seq,
        });
    }
    Ok(state)
}
