//! The errors of a notebook file, and the obstacles because of which it is only read.

use rusqlite::ErrorCode;

use crate::document::DocumentError;
use crate::model::ids::DocId;

/// The reason why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the disk is full")]
    DiskFull,
    /// The disk did not do what it was asked: it fails, or has no room for what a log's index needs.
    #[error("{0}")]
    Disk(String),
    /// The file is not what was written.
    #[error("{0}")]
    Damaged(String),
    /// The folder cannot be written.
    #[error("the folder cannot be written: {0}")]
    ReadOnly(String),
    /// The file was written by a newer version of Kept.
    #[error(
        "the notebook was written by a newer version of Kept (format {found}, this one knows {known})"
    )]
    Newer {
        /// The format found.
        found: usize,
        /// The newest format known.
        known: usize,
    },
    /// The key does not open the file, or the file is damaged.
    #[error("the notebook cannot be opened with its key")]
    WrongKey,
    /// Another process holds the database.
    #[error("another program uses this notebook")]
    Busy,
    /// The changes of one tap are larger than a group may be.
    #[error("this is too much for one entry: {changes} changes, {bytes} bytes")]
    GroupTooLarge {
        /// The number of changes.
        changes: usize,
        /// Their size in bytes.
        bytes: usize,
    },
    /// A document that is not here.
    #[error("there is no document {0}")]
    NoDocument(DocId),
    /// A row that this program did not write so.
    #[error("the notebook holds something unexpected: {0}")]
    Corrupt(String),
    /// A document cannot be read or written.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Anything else that SQLite says.
    #[error("the database says: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// True if the file itself is at fault: its content is not that of a notebook. A failure of the machine with a good
    /// file may pass, and is none.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Corrupt(_) | Self::Damaged(_) | Self::Document(_) => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                // Without a code a value is none that its column may hold; unknown is SQLite's word for
                // tables that are not as a statement expects them.
                None | Some(
                    ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::Unknown
                )
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(error.to_string())
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

/// The reason why a file is only read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// There is no room left.
    Full,
    /// The disk does not do what it is asked.
    Disk(String),
    /// The folder, or a file in it, may not be written.
    ReadOnly(String),
}

impl Obstacle {
    /// The obstacle that an error tells of. None where the file or its user is at fault.
    pub fn of(error: &StoreError) -> Option<Self> {
        match error {
            StoreError::DiskFull => Some(Self::Full),
            StoreError::Disk(reason) => Some(Self::Disk(reason.clone())),
            StoreError::ReadOnly(reason) => Some(Self::ReadOnly(reason.clone())),
            _ => None,
        }
    }
}

impl From<Obstacle> for StoreError {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Full => Self::DiskFull,
            Obstacle::Disk(reason) => Self::Disk(reason),
            Obstacle::ReadOnly(reason) => Self::ReadOnly(reason),
        }
    }
}
