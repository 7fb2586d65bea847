//! The log on SQLite: opening the file, and the transaction, whose stores are in the files beside this one.

mod credentials;
mod documents;
mod feeds;
mod folder;
mod people;
mod samples;
mod schema;
mod units;
mod values;

pub use folder::FolderLog;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use kept_core::limits;
use kept_core::model::ids::{Hash, OrganisationId};
use rusqlite::{Connection, MAIN_DB, TransactionBehavior, params};

use super::{Log, LogError, Result, Transaction};

/// Memory for pages, in KiB: what the largest request changes fits, else SQLite would write pages to its
/// log several times within one transaction.
const CACHE_KIB: i64 = 24 * 1024;

/// The size of a page, in bytes. A transaction here is a whole request, and units are rows of some kilobytes: larger
/// pages are fewer to sum and to write.
const PAGE_BYTES: i64 = 16 * 1024;

/// Pages that SQLite's log may hold before they are copied into the file, 16 MiB of them: a phone that comes back
/// from a week without network does not wait for that.
const LOGGED_PAGES: i64 = 1_000;

/// The log in one SQLite file.
#[derive(Debug)]
pub struct SqliteLog {
    connection: Connection,
}

impl SqliteLog {
    /// Opens a log file, makes it where there is none, and brings it to this program's version.
    pub fn open(path: &Path) -> Result<Self> {
        Self::prepare(Connection::open(path)?)
    }

    /// A log that is gone with the value: for tests.
    pub fn in_memory() -> Result<Self> {
        Self::prepare(Connection::open_in_memory()?)
    }

    /// Gives a scope another epoch, as a log has that was restored from a backup.
    #[cfg(test)]
    pub(crate) fn set_epoch(
        &mut self,
        organisation: OrganisationId,
        scope: u32,
        epoch: i64,
    ) -> Result<()> {
        self.connection.execute(
            "UPDATE scope SET epoch = ?3 WHERE organisation = ?1 AND number = ?2",
            params![organisation, scope, epoch],
        )?;
        Ok(())
    }

    /// True if the file can only be read.
    fn is_read_only(&self) -> Result<bool> {
        Ok(self.connection.is_readonly(MAIN_DB)?)
    }

    fn prepare(mut connection: Connection) -> Result<Self> {
        connection.busy_timeout(Duration::from_millis(limits::LOCK_WAIT_MS.unsigned_abs()))?;
        connection.set_prepared_statement_cache_capacity(128);
        // Only a new file takes it, and only before anything else.
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
        connection.execute_batch(
            "
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            ",
        )?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", LOGGED_PAGES)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection })
    }

    fn begin(&mut self, behavior: TransactionBehavior) -> Result<Box<dyn Transaction + '_>> {
        let inner = self.connection.transaction_with_behavior(behavior)?;
        Ok(Box::new(SqliteTransaction {
            inner,
            organisation: Cell::default(),
            inserted: RefCell::default(),
        }))
    }
}

impl Log for SqliteLog {
    fn write(&mut self) -> Result<Box<dyn Transaction + '_>> {
        self.begin(TransactionBehavior::Immediate)
    }

    fn read(&mut self) -> Result<Box<dyn Transaction + '_>> {
        self.begin(TransactionBehavior::Deferred)
    }
}

/// One SQLite transaction; dropped, it rolls back.
struct SqliteTransaction<'a> {
    inner: rusqlite::Transaction<'a>,
    /// The organisation that was asked for last, and its number.
    organisation: Cell<Option<(OrganisationId, i64)>>,
    /// The numbers of the changes that were inserted: feeds are about to name them.
    inserted: RefCell<BTreeMap<Hash, i64>>,
}

impl Transaction for SqliteTransaction<'_> {
    fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.inner.commit()?)
    }
}

impl SqliteTransaction<'_> {
    /// An organisation's number; 0, under which nothing stands, where it is not there.
    fn number(&self, organisation: OrganisationId) -> Result<i64> {
        if let Some((known, number)) = self.organisation.get()
            && known == organisation
        {
            return Ok(number);
        }
        let number = self.first(
            "
            SELECT number
            FROM organisation
            WHERE organisation = ?1
            ",
            params![organisation],
            |row| row.get(0),
        )?;
        self.organisation
            .set(number.map(|number| (organisation, number)));
        Ok(number.unwrap_or(0))
    }

    /// The number of an organisation that is about to be written into.
    fn present(&self, organisation: OrganisationId) -> Result<i64> {
        match self.number(organisation)? {
            0 => Err(LogError::Damaged("there is no such organisation".into())),
            number => Ok(number),
        }
    }

    fn execute(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
        Ok(self.inner.prepare_cached(sql)?.execute(params)?)
    }

    /// The first row of a query, if any.
    fn first<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.inner.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        Ok(rows.next()?.map(read).transpose()?)
    }

    /// All rows of a query.
    fn all<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.inner.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::conformance;

    #[test]
    fn sqlite_does_what_every_log_must() {
        conformance::run(&mut || Box::new(SqliteLog::in_memory().unwrap()));
    }

    #[test]
    fn a_new_file_has_the_pages_that_it_is_meant_to_have() {
        let folder = tempfile::tempdir().unwrap();
        let log = SqliteLog::open(&folder.path().join("log.db")).unwrap();
        let bytes: i64 = log
            .connection
            .pragma_query_value(None, "page_size", |row| row.get(0))
            .unwrap();
        assert_eq!(bytes, PAGE_BYTES);
    }
}
