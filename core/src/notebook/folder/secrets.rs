//! The stores of secrets: the platform's store on phones, an owner-only file for `kept`, memory in tests.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::language::{Message, without_error_number};
use crate::notebook::errors::KeptError;
use crate::notebook::storage_problem::StorageProblem;

/// The name under which the database key is kept: 32 bytes.
pub const DATABASE_KEY: &str = "database-key";

/// The name under which it is kept that the database was made: without its file a notebook is gone, and not yet to be
/// made.
pub const DATABASE_MADE: &str = "database";

/// The name under which the server's token is kept: UTF-8.
pub const TOKEN: &str = "token";

/// The error of a store of secrets, by what is to be done about it. What a host throws besides is a failure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum SecretStoreError {
    /// The secrets cannot be had until the device is unlocked.
    #[error("the secrets are locked")]
    Locked,
    /// The secrets are there no more, or cannot be read.
    #[error("the secrets are lost")]
    Lost,
    /// The store failed.
    #[error("the store of secrets failed: {detail}")]
    Failed {
        /// The failure, for diagnosis. It is shown to nobody.
        detail: String,
    },
    /// Something is in the way that the store has a sentence for.
    #[error("the secrets cannot be kept: {problem:?}")]
    Storage {
        /// The problem.
        problem: StorageProblem,
        /// The obstacle, as a whole sentence.
        reason: Message,
    },
}

impl From<SecretStoreError> for KeptError {
    fn from(error: SecretStoreError) -> Self {
        let (problem, key) = match error {
            SecretStoreError::Locked => (StorageProblem::KeyLocked, "error-key-locked"),
            SecretStoreError::Lost => (StorageProblem::KeyMissing, "error-key-missing"),
            SecretStoreError::Failed { detail } => {
                tracing::warn!(detail, "the store of secrets failed");
                (StorageProblem::Keystore, "error-keystore")
            }
            SecretStoreError::Storage { problem, reason } => return Self::storage(problem, reason),
        };
        // messages: error-key-locked error-key-missing error-keystore
        Self::storage(problem, Message::new(key))
    }
}

impl From<uniffi::UnexpectedUniFFICallbackError> for SecretStoreError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            detail: error.reason,
        }
    }
}

/// Keeps small secrets outside the database: Keystore, Keychain, a file, memory. A store that is locked says so, and
/// never that there is no secret: a notebook without a key is taken for a new one.
#[uniffi::export(foreign)]
pub trait SecretStore: Send + Sync {
    /// Returns the secret of this name; none if there is none.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError>;
    /// Keeps a secret; it is durable when this returns.
    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), SecretStoreError>;
    /// Forgets a secret.
    fn remove(&self, name: String) -> Result<(), SecretStoreError>;
}

/// Secrets in memory, for tests and for a demo whose folders are thrown away.
#[derive(Debug, Default)]
pub struct MemorySecretStore {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl SecretStore for MemorySecretStore {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
        Ok(self
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .cloned())
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), SecretStoreError> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name, secret);
        Ok(())
    }

    fn remove(&self, name: String) -> Result<(), SecretStoreError> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&name);
        Ok(())
    }
}

/// Secrets in one file that only its owner can read, a line `name hex` each.
#[derive(Debug)]
pub struct FileSecretStore {
    path: PathBuf,
    lock: Mutex<()>,
}

impl FileSecretStore {
    /// Uses a file, which need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            lock: Mutex::new(()),
        }
    }

    fn read(&self) -> Result<BTreeMap<String, Vec<u8>>, SecretStoreError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            // Not even text: as good as lost.
            Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
                return Err(SecretStoreError::Lost);
            }
            Err(e) => return Err(file_error(&self.path, &e)),
        };
        let parse = |line: &str| {
            let (name, hex) = line.split_once(' ')?;
            Some((
                name.to_owned(),
                data_encoding::HEXLOWER.decode(hex.trim().as_bytes()).ok()?,
            ))
        };
        let lines = text.lines().filter(|line| !line.is_empty());
        lines
            .map(|line| parse(line).ok_or(SecretStoreError::Lost))
            .collect()
    }

    /// Writes beside the file and renames, so that a power cut leaves the old or the new one whole.
    pub(in crate::notebook) fn write(
        &self,
        secrets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), SecretStoreError> {
        let beside = self.path.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&beside)?;
            for (name, secret) in secrets {
                writeln!(file, "{name} {}", data_encoding::HEXLOWER.encode(secret))?;
            }
            file.sync_all()?;
            std::fs::rename(&beside, &self.path)?;
            sync_folder(&self.path)
        };
        write().map_err(|e| file_error(&self.path, &e))
    }

    /// Changes the secrets. A file that cannot be read any more stays beside the new one.
    fn change(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>),
    ) -> Result<(), SecretStoreError> {
        let _one_at_a_time = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = match self.read() {
            Err(SecretStoreError::Lost) => {
                let place = |number: u64| self.path.with_extension(format!("lost-{number}"));
                let free = (1..).map(place).find(|place| !place.exists());
                let beside = free.ok_or(SecretStoreError::Lost)?;
                let moved = std::fs::rename(&self.path, beside);
                moved.map_err(|e| file_error(&self.path, &e))?;
                BTreeMap::new()
            }
            read => read?,
        };
        change(&mut secrets);
        self.write(&secrets)
    }
}

impl SecretStore for FileSecretStore {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
        Ok(self.read()?.remove(&name))
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), SecretStoreError> {
        self.change(|secrets| drop(secrets.insert(name, secret)))
    }

    fn remove(&self, name: String) -> Result<(), SecretStoreError> {
        self.change(|secrets| drop(secrets.remove(&name)))
    }
}

/// Makes a rename durable: writes out the folder that the path lies in.
pub(in crate::notebook) fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Returns the error for readers that an input or output error stands for.
pub(in crate::notebook) fn storage_error(path: &Path, error: &std::io::Error) -> KeptError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            KeptError::storage(StorageProblem::Full, Message::new("error-disk-full"))
        }
        ErrorKind::FileTooLarge => {
            KeptError::storage(StorageProblem::FileLimit, Message::new("error-file-limit"))
        }
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::NotADirectory
        | ErrorKind::AlreadyExists => {
            let path = path.display().to_string();
            let reason = Message::new("error-read-only").text("path", path);
            KeptError::storage(StorageProblem::ReadOnly, reason)
        }
        _ => KeptError::Unexpected {
            reason: format!("{}: {error}", path.display()),
        },
    }
}

/// Returns the error of the file of a store.
fn file_error(path: &Path, error: &std::io::Error) -> SecretStoreError {
    match storage_error(path, error) {
        KeptError::Storage { problem, reason } => SecretStoreError::Storage { problem, reason },
        KeptError::Unexpected { reason } => SecretStoreError::Storage {
            problem: StorageProblem::Disk,
            reason: Message::new("error-disk").text("reason", without_error_number(&reason)),
        },
        other => SecretStoreError::Failed {
            detail: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_threw_is_told_as_a_failing_store_without_its_words() {
        let thrown = uniffi::UnexpectedUniFFICallbackError::new("android.security: code 7");
        let told = KeptError::from(SecretStoreError::from(thrown));
        assert!(
            matches!(told, KeptError::Storage { problem, .. } if problem == StorageProblem::Keystore)
        );
        assert!(!format!("{:?}", told.message()).contains("android"));
    }

    #[test]
    fn a_file_that_cannot_be_read_stays_beside_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets");
        std::fs::write(&path, "spoilt").unwrap();
        let store = FileSecretStore::new(&path);
        assert_eq!(store.load("key".into()), Err(SecretStoreError::Lost));
        store.save("key".into(), vec![1]).unwrap();
        assert_eq!(store.load("key".into()), Ok(Some(vec![1])));
        let beside = std::fs::read_to_string(folder.path().join("secrets.lost-1"));
        assert_eq!(beside.unwrap(), "spoilt");
    }

    #[test]
    fn secrets_outlive_the_store_and_belong_to_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets");
        FileSecretStore::new(&path)
            .save("token".into(), vec![1, 2, 255])
            .unwrap();
        FileSecretStore::new(&path)
            .save("key".into(), vec![])
            .unwrap();
        assert_eq!(
            FileSecretStore::new(&path).load("token".into()).unwrap(),
            Some(vec![1, 2, 255])
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        FileSecretStore::new(&path).remove("token".into()).unwrap();
        assert_eq!(
            FileSecretStore::new(&path).load("token".into()).unwrap(),
            None
        );
    }
}
