//! The versions of the core and of what it writes.

use serde::Serialize;

use crate::limits;
use crate::store;

/// The versions of the core and of what it writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Versions {
    /// The version of this library.
    pub core: String,
    /// The number of the protocol that is spoken with the server.
    pub protocol: u32,
    /// The oldest protocol that is understood.
    pub oldest_protocol: u32,
    /// The format of the notebook's file, a number that grows.
    pub notebook_format: u32,
    /// The version of the rows that screens read, a number that grows.
    pub rows: u32,
}

/// Returns the versions of the core and of what it writes.
#[uniffi::export]
pub fn versions() -> Versions {
    Versions {
        core: env!("CARGO_PKG_VERSION").into(),
        protocol: limits::PROTOCOL,
        oldest_protocol: limits::PROTOCOL_MIN,
        notebook_format: store::format(),
        rows: u32::try_from(store::rows::VERSION).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_those_of_this_program() {
        let versions = versions();
        assert_eq!(versions.core, env!("CARGO_PKG_VERSION"));
        assert!(versions.oldest_protocol <= versions.protocol);
        assert!(versions.notebook_format > 1 && versions.rows > 1_000_000);
    }
}
