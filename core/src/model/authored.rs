//! Authorship: the author of something written, and the time.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::ids::{Actor, PersonId};
use super::time::Millis;

/// The author of something written, and the time.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Authorship {
    /// The actor that wrote it.
    #[n(0)]
    pub actor: Actor,
    /// The person to whom the registry binds the actor; none while their row has not arrived.
    #[n(1)]
    pub person: Option<PersonId>,
    /// The name of that person; empty while unknown.
    #[n(2)]
    pub name: String,
    /// The instant, in milliseconds since the epoch.
    #[n(3)]
    pub at: Millis,
}

/// One value of a field of which all concurrent values are kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct AuthoredValue {
    /// The value.
    #[n(0)]
    pub value: String,
    /// The author, and the time.
    #[n(1)]
    pub by: Authorship,
}
