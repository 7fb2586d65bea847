//! The log of a server's folder, which is also read where nothing can be written: on a full disk SQLite may not open
//! a file, for it writes beside it even to read. A copy elsewhere is read then, until the file can be opened.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::SqliteLog;
use crate::log::{Fault, Log, LogError, Result, Transaction};

/// The log of a folder.
#[derive(Debug)]
pub struct FolderLog {
    path: PathBuf,
    log: Option<SqliteLog>,
    /// The fault of the file, where it can only be read.
    fault: Option<Fault>,
    /// The folder of the copy that is read, where the file cannot be opened.
    copy: Option<TempDir>,
}

impl FolderLog {
    /// Opens a log file, or a copy of it where the file can only be read.
    pub fn open(path: &Path) -> Result<Self> {
        let (log, fault, copy) = match SqliteLog::open(path) {
            Ok(log) => {
                let fault = log.is_read_only()?.then_some(Fault::ReadOnly);
                (log, fault, None)
            }
            Err(error) => {
                let fault = error.fault();
                let (log, copy) = open_copy(path, fault).ok_or(error)?;
                (log, Some(fault), Some(copy))
            }
        };
        if let Some(fault) = fault {
            tracing::error!(
                word = fault.word(),
                "nothing can be written; the log is read"
            );
        }
        Ok(Self {
            path: path.to_owned(),
            log: Some(log),
            fault,
            copy,
        })
    }

    /// Opens the file itself again, where it could only be read.
    fn open_again(&mut self) -> Result<()> {
        if self.fault.is_none() && self.log.is_some() {
            return Ok(());
        }
        if self.copy.is_none() {
            // SQLite opens a file as it is open already, within one process.
            self.log = None;
        }
        match SqliteLog::open(&self.path) {
            Ok(log) => {
                self.fault = log.is_read_only()?.then_some(Fault::ReadOnly);
                (self.log, self.copy) = (Some(log), None);
                Ok(())
            }
            Err(error) => {
                self.fault = Some(error.fault());
                self.log.as_ref().map(|_| ()).ok_or(error)
            }
        }
    }

    fn opened(&mut self) -> Result<&mut SqliteLog> {
        // One that is not open has a fault.
        let fault = self.fault.unwrap_or(Fault::Failing);
        self.log.as_mut().ok_or(LogError::Unwritable(fault))
    }
}

impl Log for FolderLog {
    fn write(&mut self) -> Result<Box<dyn Transaction + '_>> {
        self.open_again()?;
        match self.fault {
            Some(fault) => Err(LogError::Unwritable(fault)),
            None => self.opened()?.write(),
        }
    }

    fn read(&mut self) -> Result<Box<dyn Transaction + '_>> {
        if self.log.is_none() {
            self.open_again()?;
        }
        self.opened()?.read()
    }
}

/// A copy of a log that is there but cannot be opened, open; none where that would not help, or fails as well.
fn open_copy(path: &Path, fault: Fault) -> Option<(SqliteLog, TempDir)> {
    let is_there = fs::metadata(path).is_ok_and(|file| file.len() > 0);
    if !is_there || !fault.leaves_it_readable() {
        return None;
    }
    let folder = tempfile::tempdir().ok()?;
    let copy = folder.path().join("log");
    fs::copy(path, &copy).ok()?;
    let (journal, journal_copy) = (beside(path), beside(&copy));
    if journal.exists() {
        fs::copy(journal, journal_copy).ok()?;
    }
    let log = SqliteLog::open(&copy).ok()?;
    Some((log, folder))
}

/// SQLite's own log beside a database.
fn beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Organisation;
    use kept_core::model::ids::OrganisationId;

    /// A log with an organisation, whose last change is in SQLite's own log, as after a power cut.
    fn cut_off(folder: &Path) -> PathBuf {
        let (made, cut) = (folder.join("made"), folder.join("cut"));
        let mut log = SqliteLog::open(&made).unwrap();
        let transaction = log.write().unwrap();
        transaction
            .insert_organisation(&Organisation {
                id: OrganisationId([1; 16]),
                name: "Bakery".into(),
                created: 1,
            })
            .unwrap();
        transaction.commit().unwrap();
        fs::copy(&made, &cut).unwrap();
        fs::copy(beside(&made), beside(&cut)).unwrap();
        cut
    }

    #[cfg(unix)]
    #[test]
    fn a_log_that_cannot_be_opened_is_read_until_it_can() {
        let folder = tempfile::tempdir().unwrap();
        let path = cut_off(folder.path());
        // SQLite cannot make its index there: as good as a disk that takes no file.
        let index = path.with_file_name("cut-shm");
        std::os::unix::fs::symlink(folder.path().join("no/where"), &index).unwrap();
        let mut log = FolderLog::open(&path).unwrap();
        let is_there = |log: &mut FolderLog| log.read().unwrap().organisation().unwrap().is_some();
        assert!(is_there(&mut log), "what was in SQLite's own log is there");
        assert!(matches!(log.write().err(), Some(LogError::Unwritable(_))));
        fs::remove_file(&index).unwrap();
        log.write().unwrap().commit().unwrap();
        assert!(log.copy.is_none() && log.fault.is_none());
        assert!(is_there(&mut log));
    }

    #[test]
    fn a_log_that_is_damaged_or_not_there_is_not_copied() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        fs::write(&path, [7; 4096]).unwrap();
        assert_eq!(FolderLog::open(&path).unwrap_err().fault(), Fault::Damaged);
        let nowhere = folder.path().join("nowhere").join("log");
        assert_eq!(
            FolderLog::open(&nowhere).unwrap_err().fault(),
            Fault::Failing
        );
    }
}
