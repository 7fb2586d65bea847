//! How people at the office come in: a link that works once, then a session. Only hashes of secrets are kept.

use data_encoding::BASE64URL_NOPAD;
use kept_core::Environment;
use kept_core::environment::random_bytes;
use kept_core::model::ids::{OrganisationId, PersonId};
use kept_core::model::people::Colleague;
use kept_core::model::time::{DAY_MS, Millis};
use sha2::{Digest, Sha256};

use crate::log::{Log, LogError, SignIn, Transaction};

/// How long a sign-in link is valid, in milliseconds.
pub const SIGN_IN_MS: i64 = DAY_MS;
/// How long a session is valid, in milliseconds.
pub const SESSION_MS: i64 = 30 * DAY_MS;

/// Why somebody could not come in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// There is no such link.
    #[error("this link does not exist; ask for a new one")]
    Wrong,
    /// The link is too old.
    #[error("this link has expired; ask for a new one")]
    Expired,
    /// The link was used.
    #[error("this link was used before; ask for a new one")]
    Used,
    /// The office is for those who run the company.
    #[error("only the owner and the office may sign in there")]
    NotOffice,
    /// The log failed; nothing was stored.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// Makes a sign-in link's secret for somebody who runs the company; valid for [`SIGN_IN_MS`], once.
pub fn create_sign_in(
    log: &mut dyn Log,
    environment: &dyn Environment,
    organisation: OrganisationId,
    person: PersonId,
    now: Millis,
) -> Result<String, SignInError> {
    let log = log.write()?;
    office_worker(&*log, organisation, person, now)?.ok_or(SignInError::NotOffice)?;
    let (secret, sign_in) = fresh(environment, person, now + SIGN_IN_MS);
    log.insert_sign_in(organisation, &sign_in)?;
    log.commit()?;
    Ok(secret)
}

/// Turns a sign-in link's secret into a session's, valid for [`SESSION_MS`].
pub fn redeem_sign_in(
    log: &mut dyn Log,
    environment: &dyn Environment,
    secret: &str,
    now: Millis,
) -> Result<String, SignInError> {
    let log = log.write()?;
    let (organisation, sign_in) = log.sign_in(hash(secret))?.ok_or(SignInError::Wrong)?;
    if sign_in.used_at.is_some() {
        return Err(SignInError::Used);
    }
    if now >= sign_in.expires {
        return Err(SignInError::Expired);
    }
    office_worker(&*log, organisation, sign_in.person, now)?.ok_or(SignInError::NotOffice)?;
    log.use_sign_in(organisation, sign_in.secret_hash, now)?;
    let (secret, session) = fresh(environment, sign_in.person, now + SESSION_MS);
    log.insert_session(organisation, &session)?;
    log.commit()?;
    Ok(secret)
}

/// Whose session it is; nobody's once it has expired or they run the company no more.
pub fn session_person(
    log: &mut dyn Log,
    secret: &str,
    now: Millis,
) -> Result<Option<(OrganisationId, Colleague)>, LogError> {
    let log = log.read()?;
    let Some((organisation, session)) = log.session(hash(secret))? else {
        return Ok(None);
    };
    if now >= session.expires {
        return Ok(None);
    }
    let colleague = office_worker(&*log, organisation, session.person, now)?;
    Ok(colleague.map(|colleague| (organisation, colleague)))
}

/// Ends a session.
pub fn sign_out(log: &mut dyn Log, secret: &str) -> Result<(), LogError> {
    let log = log.write()?;
    log.remove_session(hash(secret))?;
    log.commit()
}

fn office_worker(
    log: &dyn Transaction,
    organisation: OrganisationId,
    person: PersonId,
    now: Millis,
) -> Result<Option<Colleague>, LogError> {
    let colleague = log.colleague(organisation, person)?;
    Ok(colleague
        .filter(|known| known.role.runs_the_company() && known.to.is_none_or(|to| to > now)))
}

fn fresh(environment: &dyn Environment, person: PersonId, expires: Millis) -> (String, SignIn) {
    let secret = BASE64URL_NOPAD.encode(&random_bytes::<32>(environment));
    let sign_in = SignIn {
        secret_hash: hash(&secret),
        person,
        expires,
        used_at: None,
    };
    (secret, sign_in)
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests {
    use kept_core::ScriptedEnvironment;
    use kept_core::model::people::Role;

    use super::*;
    use crate::enrol::{self, Invitee, NewOrganisation};
    use crate::keys::Keys;
    use crate::log::SqliteLog;

    fn founded() -> (
        SqliteLog,
        ScriptedEnvironment,
        Keys,
        OrganisationId,
        PersonId,
    ) {
        let environment = ScriptedEnvironment::new(0, 1);
        let keys = Keys::fresh(&environment);
        let mut log = SqliteLog::in_memory().unwrap();
        let new = NewOrganisation {
            name: "Bakery".into(),
            owner: "Ann".into(),
            teams: vec![],
        };
        let (organisation, owner) = enrol::found(&mut log, &keys, &environment, &new, 1).unwrap();
        (log, environment, keys, organisation.id, owner.id)
    }

    #[test]
    fn a_link_opens_once_and_the_session_ends_after_thirty_days() {
        let (mut log, environment, _, organisation, owner) = founded();
        let secret = create_sign_in(&mut log, &environment, organisation, owner, 10).unwrap();
        let session = redeem_sign_in(&mut log, &environment, &secret, 20).unwrap();
        let again = redeem_sign_in(&mut log, &environment, &secret, 30);
        assert!(matches!(again, Err(SignInError::Used)));
        let whose = |log: &mut SqliteLog, session: &str, now| {
            let known = session_person(log, session, now).unwrap();
            known.map(|(_, colleague)| colleague.name)
        };
        assert_eq!(
            whose(&mut log, &session, 19 + SESSION_MS).as_deref(),
            Some("Ann")
        );
        assert_eq!(whose(&mut log, &session, 20 + SESSION_MS), None);
        assert_eq!(whose(&mut log, &secret, 30), None);
        sign_out(&mut log, &session).unwrap();
        assert_eq!(whose(&mut log, &session, 30), None);
    }

    #[test]
    fn a_link_expires_after_a_day_and_a_guessed_one_opens_nothing() {
        let (mut log, environment, _, organisation, owner) = founded();
        let secret = create_sign_in(&mut log, &environment, organisation, owner, 10).unwrap();
        let late = redeem_sign_in(&mut log, &environment, &secret, 10 + SIGN_IN_MS);
        assert!(matches!(late, Err(SignInError::Expired)));
        let guessed = redeem_sign_in(&mut log, &environment, "guessed", 20);
        assert!(matches!(guessed, Err(SignInError::Wrong)));
    }

    #[test]
    fn the_office_is_closed_to_technicians() {
        let (mut log, environment, keys, organisation, _) = founded();
        let invitee = Invitee {
            name: "Sam".into(),
            role: Some(Role::Technician),
            ..Invitee::default()
        };
        let sam = enrol::invite(&mut log, &keys, &environment, organisation, &invitee, 5).unwrap();
        let closed = create_sign_in(&mut log, &environment, organisation, sam.colleague.id, 6);
        assert!(matches!(closed, Err(SignInError::NotOffice)));
    }
}
