//! The faults that keep a server from storing, told apart as far as it matters to the person who must mend them.

use std::io;

use rusqlite::ErrorCode;

use super::LogError;

/// The fault that keeps a server from storing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no room.
    DiskFull,
    /// The folder, or a file in it, may not be written.
    ReadOnly,
    /// The content of the log is not as a server wrote it.
    Damaged,
    /// A newer program wrote the log.
    Newer,
    /// Another program holds the log for longer than it is waited for.
    Busy,
    /// The disk fails in another way.
    Failing,
}

impl Fault {
    /// The word for it that programs read.
    pub fn word(self) -> &'static str {
        match self {
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "read-only",
            Self::Damaged => "log-damaged",
            Self::Newer => "log-newer",
            Self::Busy => "log-busy",
            Self::Failing => "disk-failing",
        }
    }

    /// The fault's meaning and remedy, without a path: strangers may read it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::DiskFull => {
                "The disk of this server is full, so nothing can be stored. Nothing that was stored is lost. Free \
                 some space; devices wait and try again by themselves."
            }
            Self::ReadOnly => {
                "The folder of this server cannot be written, so nothing can be stored. Nothing that was stored is \
                 lost. Allow this server's user to write to it; devices wait and try again by themselves."
            }
            Self::Damaged => {
                "The log of this server is damaged. Stop the server, keep a copy of its folder, and restore the \
                 last backup; devices keep what they have."
            }
            Self::Newer => {
                "The log of this server was written by a newer program. Install a newer kept-server."
            }
            Self::Busy => {
                "Another program holds the log of this server. Devices wait and try again by themselves."
            }
            Self::Failing => {
                "The disk of this server fails, so nothing can be stored. Look into the server's own log; devices \
                 wait and try again by themselves."
            }
        }
    }

    /// True if the stored log can probably be read nevertheless.
    pub(crate) fn leaves_it_readable(self) -> bool {
        matches!(self, Self::DiskFull | Self::ReadOnly | Self::Failing)
    }
}

/// The message of SQLite, led by its meaning where that is known.
pub(super) fn describe(error: &rusqlite::Error) -> String {
    match of_database(error) {
        Fault::Failing => format!("the log cannot be read or written: {error}"),
        fault => format!("{} ({error})", fault.sentence()),
    }
}

fn of_database(error: &rusqlite::Error) -> Fault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Fault::DiskFull,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Fault::ReadOnly,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Fault::Damaged,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Busy,
        _ => Fault::Failing,
    }
}

impl LogError {
    /// The fault behind the error; `Failing` where SQLite's error code is none that is told apart.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Newer { .. } => Fault::Newer,
            Self::Damaged(_) => Fault::Damaged,
            Self::Unwritable(fault) => *fault,
            Self::Database(error) => of_database(error),
        }
    }
}

impl From<&io::Error> for Fault {
    fn from(error: &io::Error) -> Self {
        use io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Failing,
        }
    }
}
