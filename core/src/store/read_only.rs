//! A notebook file that cannot be written: read where it lies, without a byte written beside it.
//!
//! The write-ahead log is read as it is; its index is kept in memory instead of in a file. A file of an older
//! format is copied to memory and brought up to date there.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::database::{Key, Store, prepare, unlock};
use super::error::{Obstacle, StoreError};
use super::schema;

/// The characters that are escaped in the path of an address: all but letters, digits and those removed here.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');

impl Store {
    /// Opens a file for reading, and writes nothing. No program may write to it as long as this is open. A caller that
    /// writes is told of the obstacle.
    pub fn open_read_only(
        path: &Path,
        key: Option<&Key>,
        obstacle: Obstacle,
    ) -> Result<Self, StoreError> {
        let mut connection = open(path)?;
        // Else a log in a folder that can be written again would be copied, and removed.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        unlock(&connection, key)?;
        // Without the locks of a shared index, SQLite keeps the index of the log in memory.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        prepare(&connection)?;
        if !schema::is_current(&connection)? {
            connection = copied_to_memory(&connection)?;
            schema::migrate(&mut connection)?;
        }
        Ok(Self {
            connection,
            obstacle: Some(obstacle),
        })
    }
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        let without_locks = if cfg!(windows) {
            c"win32-none"
        } else {
            c"unix-none"
        };
        return Ok(Connection::open_with_flags_and_vfs(
            path,
            flags,
            without_locks,
        )?);
    }
    // There is no log to be read, and one must not be made.
    let path = path.as_os_str().as_encoded_bytes();
    let path = match cfg!(windows) {
        true => format!("/{}", String::from_utf8_lossy(path).replace('\\', "/")).into_bytes(),
        false => path.to_vec(),
    };
    let address = format!("file:{}?immutable=1", percent_encode(&path, PATH));
    Ok(Connection::open_with_flags(
        address,
        flags | OpenFlags::SQLITE_OPEN_URI,
    )?)
}

/// A copy of all tables and rows. Tables that are derived from them are left out: bringing the format up to date makes
/// them anew.
fn copied_to_memory(source: &Connection) -> Result<Connection, StoreError> {
    let copy = Connection::open_in_memory()?;
    // Rows come before what they refer to.
    copy.pragma_update(None, "foreign_keys", "OFF")?;
    let transaction = copy.unchecked_transaction()?;
    let mut tables = source.prepare(
        "SELECT list.name, list.type, made.sql FROM pragma_table_list AS list
         JOIN sqlite_schema AS made ON made.name = list.name AND made.type = 'table'
         WHERE list.schema = 'main' AND list.type IN ('table', 'virtual') AND list.name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    )?;
    let tables = tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for table in tables {
        let (name, kind, sql): (String, String, String) = table?;
        transaction.execute_batch(&sql)?;
        if kind == "table" {
            copy_rows(source, &transaction, &name)?;
        }
    }
    let mut others = source
        .prepare("SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL")?;
    for sql in others.query_map([], |row| row.get::<_, String>(0))? {
        transaction.execute_batch(&sql?)?;
    }
    let version: i64 = source.pragma_query_value(None, "user_version", |row| row.get(0))?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()?;
    prepare(&copy)?;
    Ok(copy)
}

fn copy_rows(source: &Connection, copy: &Connection, table: &str) -> Result<(), StoreError> {
    let mut all = source.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = all.column_count();
    let gaps = vec!["?"; columns].join(", ");
    let mut insert = copy.prepare(&format!("INSERT INTO \"{table}\" VALUES ({gaps})"))?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let values: Result<Vec<Value>, _> = (0..columns).map(|column| row.get(column)).collect();
        insert.execute(params_from_iter(values?))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::meta::{self, Access};

    const KEY: Key = [7; 32];

    /// A file with a row and a log, as a program leaves it that is killed.
    fn left_behind(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("a b%#?.db");
        let mut store = Store::open(&path, Some(&KEY)).unwrap();
        store
            .write(|tx| meta::set(tx, &Access { signed_out: true }))
            .unwrap();
        let left = folder.join("left %41");
        std::fs::create_dir(&left).unwrap();
        for end in ["", "-wal"] {
            let name = format!("a b%#?.db{end}");
            std::fs::copy(folder.join(&name), left.join(&name)).unwrap();
        }
        left.join("a b%#?.db")
    }

    fn names(path: &Path) -> Vec<std::ffi::OsString> {
        let files = std::fs::read_dir(path.parent().unwrap()).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_in_the_log_is_read_and_no_byte_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = left_behind(folder.path());
        let log = path.with_file_name("a b%#?.db-wal");
        for has_log in [true, false] {
            if !has_log {
                // Copied into the file when the last program closes it.
                drop(Store::open(&path, Some(&KEY)).unwrap());
                assert!(!log.exists());
            }
            let before = (
                std::fs::read(&path).unwrap(),
                std::fs::read(&log).ok(),
                names(&path),
            );
            let mut store = Store::open_read_only(&path, Some(&KEY), Obstacle::Full).unwrap();
            let access: Option<Access> = meta::get(store.read()).unwrap();
            assert!(access.unwrap().signed_out);
            let write = store.write(|tx| meta::set(tx, &Access::default()));
            assert!(matches!(write, Err(StoreError::DiskFull)), "{write:?}");
            drop(store);
            let after = (
                std::fs::read(&path).unwrap(),
                std::fs::read(&log).ok(),
                names(&path),
            );
            assert!(before == after);
        }
        let other = Store::open_read_only(&path, Some(&[8; 32]), Obstacle::Full);
        assert!(matches!(other, Err(StoreError::WrongKey)));
    }

    #[test]
    fn an_older_format_is_brought_up_to_date_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.db");
        let older = Connection::open(&path).unwrap();
        unlock(&older, Some(&KEY)).unwrap();
        older.pragma_update(None, "journal_mode", "WAL").unwrap();
        schema::begin_with(&older, 1);
        older
            .execute_batch("INSERT INTO meta VALUES ('x', x'00')")
            .unwrap();
        drop(older);
        let before = std::fs::read(&path).unwrap();
        let store = Store::open_read_only(&path, Some(&KEY), Obstacle::Full).unwrap();
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            store.read().query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!((count("meta"), count("silence")), (1, 0));
        let query = crate::store::search::Query::read("x", None).unwrap();
        let matches = crate::store::matches::Matches::find(store.read(), &query).unwrap();
        assert!(matches.counts(store.read()).unwrap().is_empty());
        assert!(schema::is_current(store.read()).unwrap());
        drop(store);
        assert!(before == std::fs::read(&path).unwrap());

        let newer = Store::open(&path, Some(&KEY)).unwrap();
        newer
            .read()
            .execute_batch("PRAGMA user_version = 999")
            .unwrap();
        drop(newer);
        let store = Store::open_read_only(&path, Some(&KEY), Obstacle::Full);
        assert!(matches!(store, Err(StoreError::Newer { found: 999, .. })));
    }
}
