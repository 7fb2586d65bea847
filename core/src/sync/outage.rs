//! The reasons why no usable answer came from the server. No outage is for good: a caller that meets one asks again
//! later.
//!
//! An outage is kept with its reason and its beginning until something comes through, whatever was answered. Only a
//! Kept server itself, known by the header of all its answers, signs a device out or says that it is too old.

use serde::Serialize;

use crate::language::without_error_number;

/// Characters of what was answered that are kept and shown.
const DETAIL_CHARS: usize = 200;

/// The kind of an outage. Its number is stored and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum OutageCause {
    /// The name of the server, or of the proxy, was not found.
    Name,
    /// No connection came about.
    Unreachable,
    /// The connection broke off.
    Cut,
    /// Nothing moved for too long.
    Silent,
    /// The certificate that the server shows is not trusted.
    Untrusted,
    /// The certificate is not valid at the time that this device's clock shows.
    Clock,
    /// Something answered that is not a Kept server: a portal, a proxy on the way.
    Foreign,
    /// The proxy that was named does not let the request through.
    Proxy,
    /// The server answered that it cannot do it now.
    Unavailable,
    /// Something on the way, or the server, takes no body as large as this.
    TooLarge,
    /// A body was damaged on the way.
    Garbled,
    /// One side cannot make sense of what the other says.
    Unusable,
    /// The stored address, certificate or proxy cannot be used.
    Setup,
    /// This device has no room, or may not write.
    Disk,
}

impl OutageCause {
    const ALL: [Self; 14] = [
        Self::Name,
        Self::Unreachable,
        Self::Cut,
        Self::Silent,
        Self::Untrusted,
        Self::Clock,
        Self::Foreign,
        Self::Proxy,
        Self::Unavailable,
        Self::TooLarge,
        Self::Garbled,
        Self::Unusable,
        Self::Setup,
        Self::Disk,
    ];

    /// The number under which it is stored.
    pub fn number(self) -> u8 {
        match self {
            Self::Name => 1,
            Self::Unreachable => 2,
            Self::Cut => 3,
            Self::Silent => 4,
            Self::Untrusted => 5,
            Self::Clock => 6,
            Self::Foreign => 7,
            Self::Proxy => 8,
            Self::Unavailable => 9,
            Self::TooLarge => 10,
            Self::Garbled => 11,
            Self::Unusable => 12,
            Self::Setup => 13,
            Self::Disk => 14,
        }
    }

    /// The cause of a number; one of a newer version reads as a cut line.
    pub fn from_number(number: u8) -> Self {
        let known = Self::ALL.into_iter().find(|cause| cause.number() == number);
        known.unwrap_or(Self::Cut)
    }

    /// The clause of the catalogue that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "outage-name",
            Self::Unreachable => "outage-unreachable",
            Self::Cut => "outage-cut",
            Self::Silent => "outage-silent",
            Self::Untrusted => "outage-untrusted",
            Self::Clock => "outage-clock",
            Self::Foreign => "outage-foreign",
            Self::Proxy => "outage-proxy",
            Self::Unavailable => "outage-unavailable",
            Self::TooLarge => "outage-too-large",
            Self::Garbled => "outage-garbled",
            Self::Unusable => "outage-unusable",
            Self::Setup => "outage-setup",
            Self::Disk => "outage-disk",
        }
    }
}

/// An outage with what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Outage {
    /// Its kind.
    pub cause: OutageCause,
    /// The answer, such as "502 Bad Gateway", or the system's words; may be empty. In English, without secrets.
    pub detail: String,
}

impl Outage {
    /// An outage; of a long detail the beginning is kept, on one line.
    pub fn new(cause: OutageCause, detail: impl AsRef<str>) -> Self {
        let plain = without_error_number(detail.as_ref());
        let visible = plain.chars().map(|c| match c {
            c if c.is_control() => ' ',
            c => c,
        });
        let detail: String = visible.take(DETAIL_CHARS).collect();
        Self {
            cause,
            detail: detail.trim().to_owned(),
        }
    }
}

impl std::fmt::Display for Outage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.detail.as_str() {
            "" => write!(f, "{:?}", self.cause),
            detail => write!(f, "{:?}: {detail}", self.cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_keep_their_numbers_and_have_their_words() {
        for (at, cause) in OutageCause::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(cause.number()), at + 1);
            assert_eq!(OutageCause::from_number(cause.number()), cause);
            assert!(crate::language::has_key(cause.key()), "{cause:?}");
        }
        assert_eq!(OutageCause::from_number(200), OutageCause::Cut);
    }

    #[test]
    fn what_was_answered_stays_short_and_on_one_line() {
        let outage = Outage::new(OutageCause::Foreign, format!("302\r\n{}", "x".repeat(500)));
        assert_eq!(outage.detail.chars().count(), DETAIL_CHARS);
        assert!(!outage.detail.chars().any(char::is_control));
    }
}
