//! The server's key folder: device tokens, and receipts for changes and control rows.
//!
//! The folder belongs into every backup: with it a restored server recognises its phones and what it
//! once stored.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use kept_core::Environment;
use kept_core::environment::random_bytes;
use kept_core::model::ids::{DocId, Hash, InstallationId, OrganisationId};
use kept_core::model::placement::Scope;
use kept_core::model::time::Millis;
use kept_core::wire::Receipt;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::log::FeedRow;
use crate::private;

const TOKEN: &str = "token.key";
const RECEIPT: &str = "receipt.key";
const TOKEN_PREFIX: &str = "kept1";

/// The reason for which the key folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file cannot be read or written.
    #[error("the key file {} cannot be used: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// A key file does not hold a key.
    #[error("the file {} is not a key of 32 bytes; restore it from the backup", .0.display())]
    NotAKey(PathBuf),
    /// Others can read the keys, and this program may not change that.
    #[error(
        "others can look into {}, and this program may not change that: as its owner, run `chmod -R go= {}` ({source})",
        path.display(),
        path.display()
    )]
    NotPrivate {
        /// The folder of the keys, or one of them.
        path: PathBuf,
        /// The error of the attempt to change it.
        source: io::Error,
    },
    /// There is a log, but not the key that belongs to it.
    #[error("the key {} is missing; restore the folder `keys` from the backup: without it no device is recognised", .0.display())]
    Missing(PathBuf),
}

/// The server's keys. Their `Debug` shows nothing of them.
#[derive(Clone)]
pub struct Keys {
    token: Key,
    receipt: Key,
}

/// A key that HMAC has taken in: each proof begins with a copy.
type Key = Hmac<Sha256>;

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

impl Keys {
    /// Reads the key folder of a log that is there. A key that is missing is not made anew: every device would
    /// be a stranger, and no receipt would hold.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        keep_private(folder)?;
        Self::of(|name| {
            let path = folder.join(name);
            read(&path)?.ok_or(KeyError::Missing(path))
        })
    }

    /// Makes the keys of a log that is about to be made, readable by their owner only; those that an earlier try
    /// left stay.
    pub fn make(folder: &Path, environment: &dyn Environment) -> Result<Self, KeyError> {
        private::make_folder(folder).map_err(failed(folder))?;
        keep_private(folder)?;
        Self::of(|name| {
            let path = folder.join(name);
            if let Some(key) = read(&path)? {
                return Ok(key);
            }
            let key = random_bytes::<32>(environment);
            private::write(&path, &key).map_err(failed(&path))?;
            Ok(key)
        })
    }

    fn of(mut key: impl FnMut(&str) -> Result<[u8; 32], KeyError>) -> Result<Self, KeyError> {
        Ok(Self {
            token: keyed(&key(TOKEN)?),
            receipt: keyed(&key(RECEIPT)?),
        })
    }

    /// Fresh keys that are nowhere on disk: for tests.
    pub fn fresh(environment: &dyn Environment) -> Self {
        Self {
            token: keyed(&random_bytes(environment)),
            receipt: keyed(&random_bytes(environment)),
        }
    }

    /// The secret by which an installation is known.
    pub fn token(&self, installation: InstallationId) -> String {
        format!(
            "{TOKEN_PREFIX}.{installation}.{}",
            HEXLOWER.encode(&self.token_mac(installation))
        )
    }

    /// The installation that a token was made for; none for a forged one.
    pub fn verify_token(&self, token: &str) -> Option<InstallationId> {
        let mut parts = token.split('.');
        let (prefix, installation, mac) = (parts.next()?, parts.next()?, parts.next()?);
        if prefix != TOKEN_PREFIX || parts.next().is_some() {
            return None;
        }
        let installation: InstallationId = installation.parse().ok()?;
        let mac = HEXLOWER.decode(mac.as_bytes()).ok()?;
        bool::from(mac.ct_eq(&self.token_mac(installation))).then_some(installation)
    }

    /// The proof that a change was stored for an installation at a moment.
    pub fn receipt(
        &self,
        organisation: OrganisationId,
        doc: DocId,
        hash: Hash,
        installation: InstallationId,
        received_at: Millis,
    ) -> Receipt {
        let parts: [&[u8]; 6] = [
            b"kept change",
            &organisation.0,
            &doc.0,
            &hash.0,
            &installation.0,
            &received_at.to_be_bytes(),
        ];
        Receipt {
            installation,
            received_at,
            mac: first_half(mac(&self.receipt, &parts)).into(),
        }
    }

    /// True if a receipt is one that this server gave for a change.
    pub fn is_receipt(
        &self,
        organisation: OrganisationId,
        doc: DocId,
        hash: Hash,
        receipt: &Receipt,
    ) -> bool {
        let own = self.receipt(
            organisation,
            doc,
            hash,
            receipt.installation,
            receipt.received_at,
        );
        own.mac[..].ct_eq(&receipt.mac[..]).into()
    }

    /// The proof over all fields of a control row.
    pub fn control_mac(
        &self,
        organisation: OrganisationId,
        scope: &Scope,
        row: &FeedRow,
    ) -> [u8; 16] {
        let scope = scope.to_string();
        let parts: [&[u8]; 8] = [
            b"kept control",
            &organisation.0,
            scope.as_bytes(),
            &row.seq.to_be_bytes(),
            &[row.kind],
            row.doc.as_ref().map_or(&[], |doc| &doc.0),
            row.group.as_ref().map_or(&[], |group| &group.0),
            &row.control,
        ];
        first_half(mac(&self.receipt, &parts))
    }

    fn token_mac(&self, installation: InstallationId) -> [u8; 32] {
        mac(&self.token, &[b"kept token", &installation.0])
    }
}

fn keyed(key: &[u8; 32]) -> Key {
    // HMAC fills a short key with zeros to the block of its hash.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Key::new(&block.into())
}

/// HMAC-SHA-256 over parts, each led by its length, so that no two lists of parts read the same.
fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut hmac = key.clone();
    for part in parts {
        hmac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hmac.update(part);
    }
    hmac.finalize().into_bytes().into()
}

fn first_half(mac: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&mac[..16]);
    half
}

/// Takes the folder and all keys in it, the office's too, away from all users but their owner: a backup that is brought
/// back may have let others in.
fn keep_private(folder: &Path) -> Result<(), KeyError> {
    let Ok(entries) = fs::read_dir(folder) else {
        // A missing file is reported by the code that reads it.
        return Ok(());
    };
    let files = entries.flatten().map(|entry| entry.path());
    for path in std::iter::once(folder.to_owned()).chain(files) {
        private::keep_private(&path).map_err(|source| KeyError::NotPrivate { path, source })?;
    }
    Ok(())
}

/// The key in a file; none where there is no file.
fn read(path: &Path) -> Result<Option<[u8; 32]>, KeyError> {
    match fs::read(path) {
        Ok(bytes) => {
            let key = bytes.try_into();
            key.map(Some)
                .map_err(|_| KeyError::NotAKey(path.to_owned()))
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path)(e)),
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> KeyError {
    let path = path.to_owned();
    |source| KeyError::File { path, source }
}

#[cfg(test)]
mod tests {
    use kept_core::ScriptedEnvironment;

    use super::*;

    #[test]
    fn a_token_opens_for_its_installation_and_a_forged_one_for_nobody() {
        let environment = ScriptedEnvironment::new(0, 1);
        let keys = Keys::fresh(&environment);
        let (ann, bob) = (InstallationId([1; 16]), InstallationId([2; 16]));
        let token = keys.token(ann);
        assert_eq!(keys.verify_token(&token), Some(ann));
        let forged = token.replace(&ann.to_string(), &bob.to_string());
        assert_eq!(keys.verify_token(&forged), None);
        assert_eq!(Keys::fresh(&environment).verify_token(&token), None);
        for cut in 0..token.len() {
            assert_eq!(keys.verify_token(&token[..cut]), None);
        }
        assert_eq!(keys.verify_token(&format!("{token}.x")), None);
    }

    #[test]
    fn a_receipt_holds_for_one_change_of_one_installation_at_one_moment() {
        let keys = Keys::fresh(&ScriptedEnvironment::new(0, 1));
        let organisation = OrganisationId([1; 16]);
        let (doc, hash) = (DocId([2; 16]), Hash([3; 32]));
        let receipt = keys.receipt(organisation, doc, hash, InstallationId([4; 16]), 5);
        assert!(keys.is_receipt(organisation, doc, hash, &receipt));
        assert!(!keys.is_receipt(OrganisationId([9; 16]), doc, hash, &receipt));
        assert!(!keys.is_receipt(organisation, DocId([9; 16]), hash, &receipt));
        assert!(!keys.is_receipt(organisation, doc, Hash([9; 32]), &receipt));
        let mut later = receipt.clone();
        later.received_at += 1;
        assert!(!keys.is_receipt(organisation, doc, hash, &later));
    }

    #[test]
    fn the_key_folder_keeps_its_keys_to_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let environment = ScriptedEnvironment::new(0, 1);
        let first = Keys::make(&path, &environment).unwrap();
        let again = Keys::make(&path, &environment).unwrap();
        let ann = InstallationId([1; 16]);
        assert_eq!(first.token(ann), again.token(ann));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o700);
            assert_eq!(mode(&path.join(TOKEN)), 0o600);
            // A backup was brought back that lets others in.
            let widen = |path: &Path, mode| {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            };
            fs::write(path.join("office.key"), b"office").unwrap();
            for name in [TOKEN, RECEIPT, "office.key"] {
                widen(&path.join(name), 0o644);
            }
            widen(&path, 0o750);
            assert_eq!(Keys::open(&path).unwrap().token(ann), first.token(ann));
            assert_eq!(mode(&path), 0o700);
            for name in [TOKEN, RECEIPT, "office.key"] {
                assert_eq!(mode(&path.join(name)), 0o600, "{name}");
            }
        }
        fs::write(path.join(RECEIPT), b"short").unwrap();
        assert!(matches!(Keys::open(&path), Err(KeyError::NotAKey(_))));
        fs::remove_file(path.join(TOKEN)).unwrap();
        assert!(matches!(Keys::open(&path), Err(KeyError::Missing(_))));
    }
}
