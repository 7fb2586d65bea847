//! The stores of secrets: the platform's store on phones, an owner-only file for `kept`, memory in tests.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::language::Message;
use crate::notebook::errors::KeptError;

/// The name under which the database key is kept: 32 bytes.
pub const DATABASE_KEY: &str = "database-key";

/// The name under which it is kept that the database was made: without its file a notebook is gone, and not yet to be
/// made.
pub const DATABASE_MADE: &str = "database";

/// The name under which the server's token is kept: UTF-8.
pub const TOKEN: &str = "token";

/// Keeps small secrets outside the database: Keystore, Keychain, a file, memory.
#[uniffi::export(foreign)]
pub trait SecretStore: Send + Sync {
    /// Returns the secret of this name; none if there is none.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, KeptError>;
    /// Keeps a secret; it is durable when this returns.
    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), KeptError>;
    /// Forgets a secret.
    fn remove(&self, name: String) -> Result<(), KeptError>;
}

/// Secrets in memory, for tests and for a demo whose folders are thrown away.
#[derive(Debug, Default)]
pub struct MemorySecretStore {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl SecretStore for MemorySecretStore {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, KeptError> {
        Ok(self
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .cloned())
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), KeptError> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name, secret);
        Ok(())
    }

    fn remove(&self, name: String) -> Result<(), KeptError> {
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

    fn read(&self) -> Result<BTreeMap<String, Vec<u8>>, KeptError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            // Not even text: as good as lost.
            Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
                return Err(KeptError::Storage {
                    reason: Message::new("error-key-missing"),
                });
            }
            Err(e) => return Err(storage_error(&self.path, &e)),
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
            .map(|line| {
                parse(line).ok_or_else(|| KeptError::Storage {
                    reason: Message::new("error-key-missing"),
                })
            })
            .collect()
    }

    /// Writes beside the file and renames, so that a power cut leaves the old or the new one whole.
    pub(in crate::notebook) fn write(
        &self,
        secrets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), KeptError> {
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
        write().map_err(|e| storage_error(&self.path, &e))
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Result<(), KeptError> {
        let _one_at_a_time = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = self.read()?;
        change(&mut secrets);
        self.write(&secrets)
    }
}

impl SecretStore for FileSecretStore {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, KeptError> {
        Ok(self.read()?.remove(&name))
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), KeptError> {
        self.change(|secrets| drop(secrets.insert(name, secret)))
    }

    fn remove(&self, name: String) -> Result<(), KeptError> {
        self.change(|secrets| drop(secrets.remove(&name)))
    }
}

/// Makes a rename durable.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Returns the error for readers that an input or output error stands for.
pub(in crate::notebook) fn storage_error(path: &Path, error: &std::io::Error) -> KeptError {
    use std::io::ErrorKind;
    let reason = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Message::new("error-disk-full"),
        ErrorKind::FileTooLarge => Message::new("error-file-limit"),
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::NotADirectory
        | ErrorKind::AlreadyExists => {
            Message::new("error-read-only").text("path", path.display().to_string())
        }
        _ => {
            return KeptError::Unexpected {
                reason: format!("{}: {error}", path.display()),
            };
        }
    };
    KeptError::Storage { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

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
