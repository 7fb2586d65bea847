//! Changes of colleagues: another role, other teams and pools, and their leaving or coming back.

use kept_core::Environment;
use kept_core::model::ids::{OrganisationId, Team};
use kept_core::model::registry::{Colleague, Role};
use kept_core::model::time::Millis;

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
    let mut before = find_colleague(&*log, organisation, name)?;
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
    let still_runs_it = after.role.runs_the_company() && after.to.is_none();
    if !still_runs_it && !has_other_manager(&*log, organisation, &before)? {
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
) -> Result<bool, EnrolError> {
    let colleagues = log.colleagues(organisation)?;
    let runs_it = |known: &Colleague| {
        known.id != but.id && known.role.runs_the_company() && known.to.is_none()
    };
    Ok(!but.role.runs_the_company() || colleagues.iter().any(runs_it))
}
