//! Changes of colleagues: another role, other teams and pools, and their leaving or coming back.

use kept_core::Environment;
use kept_core::model::ids::{OrganisationId, Team};
use kept_core::model::registry::{Colleague, Role};
use kept_core::model::time::Millis;
use kept_core::notebook::is_same_name;

use super::{EnrolError, check_teams, find_colleague};
use crate::exchange::RegistryWriter;
use crate::keys::Keys;
use crate::log::{Log, Transaction};

/// The change of a colleague; what is None stays as it is.
#[derive(Clone, Debug, Default)]
pub struct PersonChange {
    /// Their role.
    pub role: Option<Role>,
    /// The teams that they work in.
    pub teams: Option<Vec<Team>>,
    /// The callback pools that they serve.
    pub pools: Option<Vec<Team>>,
    /// False when they leave, true when they come back.
    pub works_here: Option<bool>,
}

impl PersonChange {
    /// True if it takes the last owner from a company that another person still runs; else it is not made at all.
    pub fn leaves_no_owner(&self, colleagues: &[Colleague], name: &str, now: Millis) -> bool {
        let goes =
            self.works_here == Some(false) || self.role.is_some_and(|role| role != Role::Owner);
        let here = || colleagues.iter().filter(|known| known.works_at(now));
        let is_meant =
            |known: &Colleague| is_same_name(&known.name, name) || known.id.to_string() == name;
        let mut owners = here().filter(|known| known.role == Role::Owner);
        let others_run_it = here().any(|known| known.role.runs_the_company() && !is_meant(known));
        goes && others_run_it && owners.clone().any(is_meant) && owners.all(is_meant)
    }
}

/// Changes a colleague from `now` on: a new row of the registry, for what they were is asked for as long as
/// what they wrote is judged by it. Without a difference there is no row.
pub fn change_person(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    organisation: OrganisationId,
    (name, change): (&str, &PersonChange),
    now: Millis,
) -> Result<Colleague, EnrolError> {
    let log = log.write()?;
    let mut before = find_colleague(&*log, organisation, name, now)?;
    if before.is_none() && change.works_here == Some(true) {
        before = find_former_colleague(&*log, organisation, name)?;
    }
    let before = before.ok_or_else(|| EnrolError::UnknownPerson(name.to_owned()))?;
    let after = Colleague {
        role: change.role.unwrap_or(before.role),
        teams: change.teams.clone().unwrap_or_else(|| before.teams.clone()),
        pools: change.pools.clone().unwrap_or_else(|| before.pools.clone()),
        to: match change.works_here {
            Some(true) => None,
            Some(false) => Some(now),
            None => before.to,
        },
        // A row that begins no later than the one before would replace it.
        from: now.max(before.from.saturating_add(1)),
        ..before.clone()
    };
    check_teams(&after.teams, &after.pools)?;
    let same = Colleague {
        from: before.from,
        ..after.clone()
    };
    if same == before {
        return Ok(before);
    }
    let still_runs_it = after.role.runs_the_company() && after.works_at(now);
    if !still_runs_it && !has_other_manager(&*log, organisation, &before, now)? {
        return Err(EnrolError::LastManager(before.name));
    }
    let mut registry_writer = RegistryWriter::new(&*log, keys, environment, organisation);
    registry_writer.put_colleague(&after)?;
    registry_writer.finish()?;
    if !still_runs_it {
        // Else a session would be alive again when they come back.
        log.remove_sign_ins_of(organisation, after.id)?;
        for session in log.sessions(organisation)? {
            if session.person == after.id {
                log.remove_session(session.secret_hash)?;
            }
        }
    }
    log.commit()?;
    Ok(after)
}

/// Of those of a name who do not work here any more, the one who left last.
fn find_former_colleague(
    log: &dyn Transaction,
    organisation: OrganisationId,
    name: &str,
) -> Result<Option<Colleague>, EnrolError> {
    let colleagues = log.colleagues(organisation)?;
    let named = colleagues.into_iter().filter(|known| known.name == name);
    Ok(named.max_by_key(|known| (known.to, known.id)))
}

fn has_other_manager(
    log: &dyn Transaction,
    organisation: OrganisationId,
    but: &Colleague,
    now: Millis,
) -> Result<bool, EnrolError> {
    let colleagues = log.colleagues(organisation)?;
    let runs_it = |known: &Colleague| {
        known.id != but.id && known.role.runs_the_company() && known.works_at(now)
    };
    Ok(!but.role.runs_the_company() || colleagues.iter().any(runs_it))
}

#[cfg(test)]
mod tests {
    use kept_core::model::ids::PersonId;

    use super::*;

    #[test]
    fn the_last_owner_goes_only_where_another_person_runs_the_company() {
        let colleague = |id: u8, name: &str, role, to| Colleague {
            id: PersonId([id; 16]),
            name: name.into(),
            role,
            teams: vec![],
            pools: vec![],
            from: 0,
            to,
        };
        let leaves = PersonChange {
            works_here: Some(false),
            ..PersonChange::default()
        };
        let ann = || colleague(1, "Ann", Role::Owner, None);
        let with = |role, to| [ann(), colleague(2, "Ben", role, to)];
        let asks = |colleagues: &[Colleague]| leaves.leaves_no_owner(colleagues, "Ann", 10);
        assert!(asks(&with(Role::Office, None)));
        assert!(!asks(&with(Role::Owner, None)), "another owner stays");
        assert!(!asks(&with(Role::Office, Some(5))), "Ben has left");
        assert!(!asks(&with(Role::Sales, None)), "Ben does not run it");
    }
}
