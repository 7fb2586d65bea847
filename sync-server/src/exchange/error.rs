//! The error of an exchange.

use kept_core::limits;
use kept_core::wire::problem;

use crate::log::LogError;

/// The reason for which there is no reply.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The device is unknown or shut out, or its owner has left.
    #[error("this device is signed out")]
    SignedOut,
    /// The device speaks a version that this server does not.
    #[error("protocol version {0} is not spoken here, only {min} to {max}", min = limits::PROTOCOL_MIN, max = limits::PROTOCOL)]
    Version(u32),
    /// More groups, cursors or actors than one request may bring.
    #[error(
        "a request brings at most {} groups, {} cursors and {} actors",
        limits::REQUEST_GROUPS,
        limits::REQUEST_CURSORS,
        limits::REQUEST_ACTORS
    )]
    TooLarge,
    /// The log failed; nothing was stored.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl ExchangeError {
    /// The word for it on the wire: one of [`problem`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignedOut => problem::SIGNED_OUT,
            Self::Version(_) => problem::VERSION,
            Self::TooLarge => problem::TOO_LARGE,
            Self::Log(_) => problem::UNAVAILABLE,
        }
    }
}
