//! The pin of a server's key: the SHA-256 of its public key (RFC 7469's `SubjectPublicKeyInfo`), as an invitation
//! carries it.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

/// The pin of a server's key. Its text is the 43 characters of base64url without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct KeyPin(ByteArray<32>);

/// The error of a text that is no pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the pin of a key")]
pub struct KeyPinError;

impl KeyPin {
    /// Returns the pin of a public key: the DER of its `SubjectPublicKeyInfo`.
    pub fn of_public_key(der: &[u8]) -> Self {
        let digest: [u8; 32] = Sha256::digest(der).into();
        Self(digest.into())
    }
}

impl fmt::Display for KeyPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&*self.0))
    }
}

impl FromStr for KeyPin {
    type Err = KeyPinError;

    fn from_str(text: &str) -> Result<Self, KeyPinError> {
        let bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| KeyPinError)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| KeyPinError)?;
        Ok(Self(bytes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_read_as_it_is_written_and_nothing_else_is_one() {
        let pin = KeyPin::of_public_key(b"a key");
        let text = pin.to_string();
        assert_eq!(text.len(), 43);
        assert_eq!(text.parse(), Ok(pin));
        for other in ["", "AAAA", &text[1..], &format!("{text}="), "ä"] {
            assert_eq!(other.parse::<KeyPin>(), Err(KeyPinError), "{other:?}");
        }
    }
}
