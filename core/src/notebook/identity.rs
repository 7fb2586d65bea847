//! The identity of a notebook: its person, organisation and device.

use rusqlite::Connection;
use serde::Serialize;

use crate::model::ids::{InstallationId, OrganisationId, PersonId, Team};
use crate::model::registry::{Colleague, Role};
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::store::meta::{self, Identity};
use crate::store::registry;

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
    /// The teams to which the person belongs.
    pub teams: Vec<Team>,
    /// The callback pools that the person serves.
    pub pools: Vec<Team>,
}

#[uniffi::export]
impl Notebook {
    /// Returns the notebook's identity: its person, organisation and device.
    pub fn me(&self) -> ApiResult<Me> {
        self.read(|store| me_of(store.read()))
    }
}

/// Returns the identity of a notebook as callers see it: name, role and teams as the registry has them, and those of
/// the invitation before its row has come.
pub(in crate::notebook) fn me_of(connection: &Connection) -> ApiResult<Me> {
    let mut identity = meta::identity(connection)?;
    let known = registry::colleague(connection, identity.person)?;
    identity.team = own_team(known.as_ref(), &identity);
    let (teams, pools) = match &known {
        Some(known) => (known.teams.clone(), known.pools.clone()),
        None => (identity.team.iter().cloned().collect(), vec![]),
    };
    if let Some(known) = known {
        identity.person_name = known.name;
        identity.role = known.role;
    }
    Ok(Me {
        organisation: identity.organisation,
        organisation_name: identity.organisation_name.clone(),
        person: identity.person,
        name: identity.person_name.clone(),
        role: identity.role,
        team: identity.team.clone(),
        installation: identity.installation,
        joined: identity.server.is_some(),
        server: identity.server.clone(),
        teams,
        pools,
    })
}

/// Returns the team that new documents enter: that of the invitation while the registry names it among the person's
/// teams, else the first of these; None for a person of no team.
pub(in crate::notebook) fn own_team(
    known: Option<&Colleague>,
    identity: &Identity,
) -> Option<Team> {
    let Some(known) = known else {
        return identity.team.clone();
    };
    let invited = identity.team.as_ref();
    let stays = invited.filter(|team| known.teams.contains(team));
    stays.or(known.teams.first()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::registry::RegistryRow;
    use crate::notebook::test_kit::{named, notebook_of};
    use crate::store::StoreError;

    /// Lets the office change what this notebook's person is, as a row of the feed does.
    fn change(notebook: &Notebook, edit: impl Fn(&mut Colleague)) {
        let person = notebook.me().unwrap().person;
        let taken = notebook.write(|store| {
            let mut row = registry::colleague(store.read(), person)?.unwrap();
            edit(&mut row);
            Ok(store.write(|tx| {
                registry::take(tx, &RegistryRow::Colleague(row))?;
                Ok::<_, StoreError>(())
            })?)
        });
        taken.unwrap();
    }

    fn team_of_new_customer(notebook: &Notebook, name: &str) -> Option<String> {
        let id = notebook.create_account(named(name)).unwrap();
        let team = notebook.account(id).unwrap().account.team;
        team.map(|team| team.to_string())
    }

    #[test]
    fn name_role_and_teams_are_what_the_office_said_last() {
        let folder = tempfile::tempdir().unwrap();
        let (ann, _) = notebook_of(&folder, Role::Technician);
        change(&ann, |row| {
            row.name = "Ann Berg".into();
            row.role = Role::Office;
            row.teams = vec!["north".parse().unwrap()];
            row.pools = vec!["service".parse().unwrap()];
        });
        let me = ann.me().unwrap();
        assert_eq!((me.name.as_str(), me.role), ("Ann Berg", Role::Office));
        assert_eq!(me.teams, ["north".parse().unwrap()]);
        assert_eq!(me.pools, ["service".parse().unwrap()]);
        assert_eq!(me.team, me.teams.first().cloned());
    }

    #[test]
    fn whoever_is_moved_to_another_team_writes_into_it() {
        let folder = tempfile::tempdir().unwrap();
        let (ann, _) = notebook_of(&folder, Role::Technician);
        change(&ann, |row| row.teams = vec!["north".parse().unwrap()]);
        assert_eq!(
            team_of_new_customer(&ann, "Adler").as_deref(),
            Some("north")
        );
        change(&ann, |row| row.teams = vec!["south".parse().unwrap()]);
        assert_eq!(team_of_new_customer(&ann, "Bär").as_deref(), Some("south"));
        change(&ann, |row| row.teams = vec![]);
        assert_eq!(team_of_new_customer(&ann, "Dachs"), None);
    }
}
