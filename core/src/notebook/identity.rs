//! The identity of a notebook: its person, organisation and device.

use serde::Serialize;

use crate::model::ids::{InstallationId, OrganisationId, PersonId, Team};
use crate::model::registry::Role;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::store::meta::{self, Identity};

/// The identity of a notebook: its person, organisation and device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Me {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The organisation's name; empty before `join`.
    pub organisation_name: String,
    /// The person whose notebook this is.
    pub person: PersonId,
    /// The person's name; empty before `join`.
    pub name: String,
    /// The person's role.
    pub role: Role,
    /// The team that new documents enter.
    pub team: Option<Team>,
    /// The id of this notebook on this device.
    pub installation: InstallationId,
    /// True if the notebook belongs to a company.
    pub joined: bool,
    /// The server's address; none if the notebook belongs to no company.
    pub server: Option<String>,
}

#[uniffi::export]
impl Notebook {
    /// Returns the notebook's identity: its person, organisation and device.
    pub fn me(&self) -> ApiResult<Me> {
        self.read(|store| Ok(me_of(&meta::identity(store.read())?)))
    }
}

/// Returns an identity as callers see it.
pub(in crate::notebook) fn me_of(identity: &Identity) -> Me {
    Me {
        organisation: identity.organisation,
        organisation_name: identity.organisation_name.clone(),
        person: identity.person,
        name: identity.person_name.clone(),
        role: identity.role,
        team: identity.team.clone(),
        installation: identity.installation,
        joined: identity.server.is_some(),
        server: identity.server.clone(),
    }
}
