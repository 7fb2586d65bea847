//! The place of key and token: a file of the folder that only its owner can read, or, where that is asked for, the
//! keyring of the operating system.
//!
//! The file `secrets` decides: a line `keyring ID` in it means that they are in the keyring, under the
//! service "kept" as `ID/name`. It is looked at whenever a secret is needed, under the folder's lock, so
//! that a command that began before they moved finds them where they are now.

use std::io::Write;
use std::path::{Path, PathBuf};

use kept_core::language::Message;
use kept_core::notebook::{
    ApiResult, DATABASE_KEY, DATABASE_MADE, FileSecretStore, KeptError, SecretStore,
    SecretStoreError, StorageProblem, TOKEN,
};

/// The file that holds the secrets, or says where they are.
const SECRETS: &str = "secrets";
/// The beginning of the line that says where they are.
const MARKER: &str = "keyring ";

/// The secrets of a folder.
pub struct FolderSecrets {
    path: PathBuf,
}

impl FolderSecrets {
    /// The secrets of a folder, which need not be there yet.
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join(SECRETS),
        }
    }

    fn store(&self) -> Result<Box<dyn SecretStore>, SecretStoreError> {
        // An unreadable file is left to the file store, which knows how to say so.
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        match text.strip_prefix(MARKER) {
            Some(id) => Ok(Box::new(system::Keyring::new(id.trim())?)),
            None => Ok(Box::new(FileSecretStore::new(&self.path))),
        }
    }
}

impl SecretStore for FolderSecrets {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
        self.store()?.load(name)
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), SecretStoreError> {
        self.store()?.save(name, secret)
    }

    fn remove(&self, name: String) -> Result<(), SecretStoreError> {
        self.store()?.remove(name)
    }
}

/// Checks that there is a keyring that keeps what it is given; an error if not.
pub fn check() -> ApiResult<()> {
    let keyring = system::Keyring::new("check")?;
    let name = || "check".to_owned();
    keyring.save(name(), b"kept".to_vec())?;
    let kept = keyring.load(name())?;
    keyring.remove(name())?;
    check_equal(Some(b"kept".to_vec()), kept)
}

/// Moves the secrets of a folder to the keyring. They are in the file until the keyring has given back
/// what it was given, so that a power cut at any moment leaves them in one place at least.
pub fn move_to_keyring(folder: &Path, id: &str) -> ApiResult<()> {
    let path = folder.join(SECRETS);
    if std::fs::read_to_string(&path).is_ok_and(|text| text.starts_with(MARKER)) {
        return Ok(());
    }
    let file = FileSecretStore::new(&path);
    let keyring = system::Keyring::new(id)?;
    for name in [DATABASE_KEY, DATABASE_MADE, TOKEN] {
        if let Some(secret) = file.load(name.into())? {
            keyring.save(name.into(), secret.clone())?;
            check_equal(Some(secret), keyring.load(name.into())?)?;
        }
    }
    write_marker(&path, id).map_err(|error| {
        let message = Message::new("cli-file-unreadable")
            .text("path", path.display().to_string())
            .text("reason", error.to_string());
        KeptError::storage(StorageProblem::Disk, message)
    })
}

fn check_equal(given: Option<Vec<u8>>, kept: Option<Vec<u8>>) -> ApiResult<()> {
    if given == kept {
        return Ok(());
    }
    Err(keyring_error("it gives back something else").into())
}

/// Writes beside the file and renames, so that a power cut leaves the old or the new one whole.
fn write_marker(path: &Path, id: &str) -> std::io::Result<()> {
    let new_path = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new_path)?;
    writeln!(file, "{MARKER}{id}")?;
    file.sync_all()?;
    std::fs::rename(&new_path, path)?;
    match path.parent() {
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn keyring_error(reason: impl std::fmt::Display) -> SecretStoreError {
    SecretStoreError::Storage {
        problem: StorageProblem::Keystore,
        reason: Message::new("cli-no-keyring").text("reason", reason.to_string()),
    }
}

#[cfg(feature = "keyring")]
mod system {
    //! The keyring of the operating system: Secret Service, Keychain, Credential Manager.

    use kept_core::notebook::{SecretStore, SecretStoreError};
    use keyring::{Entry, Error};

    use super::keyring_error;

    /// The entries of one notebook in the keyring.
    pub struct Keyring {
        id: String,
    }

    impl Keyring {
        /// The keyring for a notebook's id; an error if there is no keyring at all.
        pub fn new(id: &str) -> Result<Self, SecretStoreError> {
            Entry::store_status().as_ref().map_err(keyring_error)?;
            Ok(Self { id: id.to_owned() })
        }

        fn entry(&self, name: &str) -> Result<Entry, SecretStoreError> {
            Entry::new("kept", &format!("{}/{name}", self.id)).map_err(keyring_error)
        }
    }

    impl SecretStore for Keyring {
        fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
            match self.entry(&name)?.get_secret() {
                Ok(secret) => Ok(Some(secret)),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(keyring_error(error)),
            }
        }

        fn save(&self, name: String, secret: Vec<u8>) -> Result<(), SecretStoreError> {
            self.entry(&name)?
                .set_secret(&secret)
                .map_err(keyring_error)
        }

        fn remove(&self, name: String) -> Result<(), SecretStoreError> {
            match self.entry(&name)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(keyring_error(error)),
            }
        }
    }
}

#[cfg(not(feature = "keyring"))]
mod system {
    //! Built without a keyring: nothing can be kept in one.

    use kept_core::language::Message;
    use kept_core::notebook::{SecretStore, SecretStoreError, StorageProblem};

    /// Never made.
    pub enum Keyring {}

    impl Keyring {
        /// Says that this program cannot use a keyring.
        pub fn new(_id: &str) -> Result<Self, SecretStoreError> {
            Err(SecretStoreError::Storage {
                problem: StorageProblem::Keystore,
                reason: Message::new("cli-without-keyring"),
            })
        }
    }

    impl SecretStore for Keyring {
        fn load(&self, _name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
            match *self {}
        }

        fn save(&self, _name: String, _secret: Vec<u8>) -> Result<(), SecretStoreError> {
            match *self {}
        }

        fn remove(&self, _name: String) -> ApiResult<()> {
            match *self {}
        }
    }
}
