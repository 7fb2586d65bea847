//! The problems that keep a notebook from being opened, read or written, and the ways on from each.

use serde::Serialize;

use crate::language::Message;
use crate::notebook::errors::{ApiResult, KeptError};

/// A problem of the disk, the folder, the file or its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum StorageProblem {
    /// The disk is full.
    Full,
    /// Files may not grow any further: a limit of the account or of the file system.
    FileLimit,
    /// The folder or a file in it may not be written.
    ReadOnly,
    /// The disk fails, or is full and does not say so.
    Disk,
    /// The folder is another program's, such as a server's.
    ForeignFolder,
    /// The key cannot be had until the device is unlocked.
    KeyLocked,
    /// The key is not on this device any more, or cannot be read.
    KeyMissing,
    /// The key does not open the file.
    WrongKey,
    /// The file is gone, and its key is here.
    FileGone,
    /// The file is damaged.
    Damaged,
    /// The file is a newer program's.
    TooNew,
    /// The store of secrets failed.
    Keystore,
    /// The database failed, with nothing to say of the file.
    Database,
}

/// A way on from a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum StorageRemedy {
    /// Free some space.
    FreeSpace,
    /// Allow writing to the folder and its files.
    AllowWriting,
    /// Unlock the device.
    Unlock,
    /// Restore the key from a copy.
    RestoreKey,
    /// Restore the file from a copy.
    RestoreFile,
    /// Begin anew with `retire_notebook`, which deletes nothing.
    BeginAnew,
    /// Update the program.
    Update,
    /// Try again.
    TryAgain,
    /// Choose another folder.
    ChooseFolder,
    /// Ask the office.
    AskOffice,
}

/// A way on, with the words on its button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct RemedyLine {
    /// The way on.
    pub remedy: StorageRemedy,
    /// The words.
    pub label: Message,
}

impl StorageProblem {
    /// Returns the ways on, the likeliest first.
    pub fn remedies(self) -> &'static [StorageRemedy] {
        use StorageRemedy as Way;
        match self {
            Self::Full | Self::FileLimit => &[Way::FreeSpace],
            Self::ReadOnly => &[Way::AllowWriting],
            Self::Disk => &[Way::FreeSpace, Way::TryAgain],
            Self::ForeignFolder => &[Way::ChooseFolder],
            Self::KeyLocked => &[Way::Unlock],
            Self::KeyMissing | Self::WrongKey => &[Way::RestoreKey, Way::BeginAnew],
            Self::FileGone => &[Way::RestoreFile, Way::BeginAnew],
            Self::Damaged => &[Way::TryAgain, Way::AskOffice, Way::BeginAnew],
            Self::TooNew => &[Way::Update],
            Self::Keystore => &[Way::TryAgain, Way::Unlock],
            Self::Database => &[Way::TryAgain, Way::AskOffice],
        }
    }

    /// True if the files of the folder or their key are at fault, so that a new folder mends it.
    pub fn is_mended_by_rebuilding(self) -> bool {
        self == Self::TooNew || self.remedies().contains(&StorageRemedy::BeginAnew)
    }

    /// True if nothing can be written just now: the device is in the way, and neither the file nor its key.
    pub(in crate::notebook) fn is_of_the_disk(self) -> bool {
        matches!(
            self,
            Self::Full | Self::FileLimit | Self::ReadOnly | Self::Disk
        )
    }
}

impl StorageRemedy {
    /// Returns the words on its button.
    fn label(self) -> Message {
        // messages: remedy-free-space remedy-allow-writing remedy-unlock remedy-restore-key remedy-restore-file
        // messages: remedy-begin-anew remedy-update remedy-try-again remedy-choose-folder remedy-ask-office
        Message::new(match self {
            Self::FreeSpace => "remedy-free-space",
            Self::AllowWriting => "remedy-allow-writing",
            Self::Unlock => "remedy-unlock",
            Self::RestoreKey => "remedy-restore-key",
            Self::RestoreFile => "remedy-restore-file",
            Self::BeginAnew => "remedy-begin-anew",
            Self::Update => "remedy-update",
            Self::TryAgain => "remedy-try-again",
            Self::ChooseFolder => "remedy-choose-folder",
            Self::AskOffice => "remedy-ask-office",
        })
    }
}

/// Returns the ways on from an error that keeps the notebook closed, the likeliest first: of a problem of storage, and
/// to try again where another program or another run has the folder. None of other errors, which say themselves what
/// to do.
#[uniffi::export]
pub fn storage_remedies(error: KeptError) -> ApiResult<Vec<RemedyLine>> {
    let remedies = match error {
        KeptError::Storage { problem, .. } => problem.remedies(),
        KeptError::Busy | KeptError::SyncRunning => &[StorageRemedy::TryAgain],
        _ => &[],
    };
    let line = |remedy: &StorageRemedy| RemedyLine {
        remedy: *remedy,
        label: remedy.label(),
    };
    Ok(remedies.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_has_a_way_on_and_so_has_a_folder_in_use() {
        use StorageProblem as Problem;
        let problems = [
            Problem::Full,
            Problem::FileLimit,
            Problem::ReadOnly,
            Problem::Disk,
            Problem::ForeignFolder,
            Problem::KeyLocked,
            Problem::KeyMissing,
            Problem::WrongKey,
            Problem::FileGone,
            Problem::Damaged,
            Problem::TooNew,
            Problem::Keystore,
            Problem::Database,
        ];
        let storage = |problem| KeptError::storage(problem, Message::new("error-disk"));
        let errors = problems.into_iter().map(storage);
        for error in errors.chain([KeptError::Busy, KeptError::SyncRunning]) {
            let lines = storage_remedies(error.clone()).unwrap();
            assert!(!lines.is_empty(), "{error:?}");
        }
        assert_eq!(storage_remedies(KeptError::SignedOut), Ok(vec![]));
    }
}
