//! The file of a notebook: opened with its key, read, and written in transactions.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, DropBehavior, OpenFlags, Transaction, TransactionBehavior};

use super::error::{Obstacle, StoreError};
use super::schema;

/// A database key: 32 random bytes, used raw.
pub type Key = [u8; 32];

/// Memory for decrypted pages of one connection, in KiB; a notebook that works has the one that writes and two that
/// read. A page that is read again is decrypted and authenticated again, which costs more than all else that is done
/// with it; SQLite's own 2 MB hold 1,000 visits.
const CACHE_KIB: i64 = 8 * 1024;

/// The time for which a statement waits for a lock of another connection.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Complaints about a file that are told.
const COMPLAINTS: usize = 100;

/// An open notebook file.
pub struct Store {
    pub(super) connection: Connection,
    /// The reason why it is only read; None if it can be written.
    pub(super) obstacle: Option<Obstacle>,
}

/// The store as it is while a call works: what helpers read by, on a connection or in a transaction. Whoever has one
/// writes nothing.
#[derive(Clone, Copy)]
pub struct Reading<'a>(&'a Connection);

impl<'a> Reading<'a> {
    /// The connection, for reading.
    pub fn read(self) -> &'a Connection {
        self.0
    }
}

impl<'a> From<&'a Connection> for Reading<'a> {
    fn from(connection: &'a Connection) -> Self {
        Self(connection)
    }
}

impl<'a> From<&'a Transaction<'_>> for Reading<'a> {
    fn from(transaction: &'a Transaction<'_>) -> Self {
        Self(transaction)
    }
}

impl Store {
    /// Opens or creates the file; `key` encrypts it. Brings an older format up to date.
    pub fn open(path: &Path, key: Option<&Key>) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path)?;
        unlock(&connection, key)?;
        connection.busy_timeout(LOCK_WAIT)?;
        // The first read tells whether the key fits.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        prepare(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(Self {
            connection,
            obstacle: None,
        })
    }

    /// The reason why it is only read; None if it can be written.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.obstacle.as_ref()
    }

    /// True if the file still has the format that this program knows: another may have brought it further.
    pub fn is_current(&self) -> bool {
        schema::is_current(&self.connection).unwrap_or(false)
    }

    /// Closes the file without touching what lies where it was: its place was given to another.
    pub fn close_without_checkpoint(self) {
        let set = self
            .connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        // SQLite itself looks whether the file moved before it copies the log into it.
        drop((set, self));
    }

    /// The connection, for reading.
    pub fn read(&self) -> &Connection {
        &self.connection
    }

    /// The store, for helpers that read it.
    pub fn reading(&self) -> Reading<'_> {
        Reading(&self.connection)
    }

    /// Runs `work` on one state of the file: what is written meanwhile is not in it.
    pub fn snapshot<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(Reading<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.connection.unchecked_transaction();
        let transaction = begun.map_err(|e| E::from(e.into()))?;
        let done = work(Reading(&transaction))?;
        transaction.commit().map_err(|e| E::from(e.into()))?;
        Ok(done)
    }

    /// Runs `work` in one transaction: all of it is on disk afterwards, or nothing.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.begin_write().map_err(E::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(|e| E::from(e.into()))?;
        Ok(done)
    }

    /// Runs `work` in a transaction that is rolled back.
    pub fn dry_run<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&self.begin_write().map_err(E::from)?)
    }

    fn begin_write(&mut self) -> Result<Transaction<'_>, StoreError> {
        self.writable()?;
        let behavior = TransactionBehavior::Immediate;
        Ok(self.connection.transaction_with_behavior(behavior)?)
    }

    fn writable(&self) -> Result<(), StoreError> {
        self.obstacle
            .clone()
            .map_or(Ok(()), |obstacle| Err(obstacle.into()))
    }

    /// SQLite's own check of the file, and of the key's authentication of every page. A check that cannot be
    /// made is a complaint as well.
    pub fn integrity(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for pragma in [
            "PRAGMA cipher_integrity_check",
            "PRAGMA integrity_check",
            "PRAGMA foreign_key_check",
        ] {
            if let Err(error) = self.collect_complaints(pragma, &mut complaints) {
                complaints.push(error.to_string());
            }
            // A connection that met a broken page reads nothing more: what follows would say so of all others.
            if !complaints.is_empty() {
                break;
            }
        }
        complaints.truncate(COMPLAINTS);
        complaints
    }

    fn collect_complaints(
        &self,
        pragma: &str,
        complaints: &mut Vec<String>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(pragma)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line = match row.get(0)? {
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            };
            let lines = line.lines().filter(|line| *line != "ok");
            complaints.extend(lines.map(str::to_owned));
        }
        Ok(())
    }
}

/// A connection that only reads, beside the store that has the same file open in this process. It takes no lock that a
/// writer would wait for, or that it would have to wait for.
pub struct ReadConnection {
    connection: Connection,
}

impl ReadConnection {
    /// Opens a file that is there and has the format that this program knows.
    pub fn open(path: &Path, key: Option<&Key>) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        unlock(&connection, key)?;
        connection.busy_timeout(LOCK_WAIT)?;
        prepare(&connection)?;
        Ok(Self { connection })
    }

    /// Begins to read one state of the file; none if that is not of the format that this program knows.
    pub fn begin(&self) -> Result<Option<Transaction<'_>>, StoreError> {
        let mut transaction = self.connection.unchecked_transaction()?;
        // Nothing is written, and what was prepared in memory for the next search stays.
        transaction.set_drop_behavior(DropBehavior::Commit);
        // The first read decides on the state.
        Ok(schema::is_current(&transaction)?.then_some(transaction))
    }
}

/// Gives a connection its key.
pub(super) fn unlock(connection: &Connection, key: Option<&Key>) -> Result<(), StoreError> {
    let Some(key) = key else {
        return Ok(());
    };
    // SQLCipher else writes to standard error, past every host; its errors come back anyway.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    let hex = data_encoding::HEXLOWER.encode(key);
    connection.pragma_update(None, "key", format!("x'{hex}'"))?;
    // Phones and laptops have instructions for SHA-256 and few for SHA-512: half of what a page costs.
    connection.pragma_update(None, "cipher_hmac_algorithm", "HMAC_SHA256")?;
    Ok(())
}

/// Sets what every connection is set to.
pub(super) fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}
