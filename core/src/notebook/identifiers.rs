//! Identifiers as callers on phones pass them: texts, of which each that is none is refused as an error of the facade.
//!
//! A call that takes one returns `ApiResult`: without it, what is no identifier would be a panic.

use crate::model::ids::{
    Actor, DocId, EventId, FileHash, GroupId, Hash, InstallationId, ItemId, OrganisationId,
    PersonId, Team,
};
use crate::notebook::errors::KeptError;

macro_rules! identifiers {
    ($($name:ident),+) => {
        $(uniffi::custom_type!($name, String, {
            lower: |id| id.to_string(),
            // uniffi hands over this error type alone; it makes a panic of any other.
            try_lift: |text| Ok(text.parse::<$name>().map_err(KeptError::from)?),
        });)+
    };
}

identifiers!(
    Actor,
    DocId,
    EventId,
    FileHash,
    GroupId,
    Hash,
    InstallationId,
    ItemId,
    OrganisationId,
    PersonId,
    Team
);
