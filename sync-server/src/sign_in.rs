//! The sign-in of people at the office: a link that works once, then a session. Only hashes of secrets are kept.

use data_encoding::BASE64URL_NOPAD;
use kept_core::Environment;
use kept_core::environment::random_bytes;
use kept_core::model::ids::{OrganisationId, PersonId};
use kept_core::model::registry::Colleague;
use kept_core::model::time::{DAY_MS, Millis};
use sha2::{Digest, Sha256};

use crate::log::{Log, LogError, Session, SignInLink, Transaction};

/// The validity of a sign-in link, in milliseconds.
pub const SIGN_IN_MS: i64 = DAY_MS;
/// The validity of a session, in milliseconds.
pub const SESSION_MS: i64 = 30 * DAY_MS;

/// The shortest interval at which the use of a session is noted, in milliseconds.
const NOTED_EVERY_MS: i64 = 5 * 60_000;

/// The origin of a request of the office.
#[derive(Clone, Debug, Default)]
pub struct ClientInfo {
    /// The network address.
    pub address: String,
    /// The browser and system, as far as they are known by name.
    pub browser: String,
}

/// The reason for which a person could not sign in.
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

/// Makes a sign-in link's secret for a person who runs the company; valid for [`SIGN_IN_MS`], once.
pub fn create_sign_in(
    log: &mut dyn Log,
    environment: &dyn Environment,
    organisation: OrganisationId,
    person: PersonId,
    now: Millis,
) -> Result<String, SignInError> {
    let log = log.write()?;
    colleague_who_runs_the_company(&*log, organisation, person, now)?
        .ok_or(SignInError::NotOffice)?;
    let secret = fresh_secret(environment);
    log.put_sign_in(
        organisation,
        &SignInLink {
            secret_hash: hash(&secret),
            person,
            expires: now + SIGN_IN_MS,
            used_at: None,
        },
    )?;
    log.commit()?;
    Ok(secret)
}

/// Turns a sign-in link's secret into a session's, valid for [`SESSION_MS`].
pub fn redeem_sign_in(
    log: &mut dyn Log,
    environment: &dyn Environment,
    secret: &str,
    client: &ClientInfo,
    now: Millis,
) -> Result<(String, Colleague), SignInError> {
    let log = log.write()?;
    let (organisation, mut sign_in) = log.sign_in(hash(secret))?.ok_or(SignInError::Wrong)?;
    if sign_in.used_at.is_some() {
        return Err(SignInError::Used);
    }
    if now >= sign_in.expires {
        return Err(SignInError::Expired);
    }
    let colleague = colleague_who_runs_the_company(&*log, organisation, sign_in.person, now)?;
    let colleague = colleague.ok_or(SignInError::NotOffice)?;
    sign_in.used_at = Some(now);
    log.put_sign_in(organisation, &sign_in)?;
    for session in log.sessions(organisation)? {
        if session.expires <= now {
            log.remove_session(session.secret_hash)?;
        }
    }
    let secret = fresh_secret(environment);
    log.put_session(
        organisation,
        &Session {
            secret_hash: hash(&secret),
            person: sign_in.person,
            expires: now + SESSION_MS,
            since: now,
            used: now,
            address: client.address.clone(),
            browser: client.browser.clone(),
        },
    )?;
    log.commit()?;
    Ok((secret, colleague))
}

/// The person whose session it is, with their organisation; None once it has expired or they run the company no more.
pub fn session_person(
    log: &mut dyn Log,
    secret: &str,
    now: Millis,
) -> Result<Option<(OrganisationId, Colleague)>, LogError> {
    Ok(
        valid_session(&*log.read()?, secret, now)?
            .map(|(organisation, _, who)| (organisation, who)),
    )
}

/// The same, and notes now and then that it was used, and from which address. Where that cannot be written it is
/// not noted.
pub fn use_session(
    log: &mut dyn Log,
    secret: &str,
    address: &str,
    now: Millis,
) -> Result<Option<(OrganisationId, Colleague)>, LogError> {
    let Some((organisation, session, who)) = valid_session(&*log.read()?, secret, now)? else {
        return Ok(None);
    };
    if session.address != address || now.saturating_sub(session.used) >= NOTED_EVERY_MS {
        let noted = log.write().and_then(|log| {
            // Read again, or a session that was ended meanwhile would be stored anew.
            let Some((organisation, mut session)) = log.session(session.secret_hash)? else {
                return Ok(());
            };
            session.used = now;
            session.address = address.to_owned();
            log.put_session(organisation, &session)?;
            log.commit()
        });
        if let Err(error) = noted {
            tracing::debug!(%error, "it is not noted that a session was used");
        }
    }
    Ok(Some((organisation, who)))
}

fn valid_session(
    log: &dyn Transaction,
    secret: &str,
    now: Millis,
) -> Result<Option<(OrganisationId, Session, Colleague)>, LogError> {
    let Some((organisation, session)) = log.session(hash(secret))? else {
        return Ok(None);
    };
    if now >= session.expires {
        return Ok(None);
    }
    let colleague = colleague_who_runs_the_company(log, organisation, session.person, now)?;
    Ok(colleague.map(|colleague| (organisation, session, colleague)))
}

/// Ends the session of a secret.
pub fn sign_out(log: &mut dyn Log, secret: &str) -> Result<(), LogError> {
    let log = log.write()?;
    log.remove_session(hash(secret))?;
    log.commit()
}

/// The sessions that open the office at `now`, the newest first, each with whose it is.
pub fn sessions(
    log: &mut dyn Log,
    organisation: OrganisationId,
    now: Millis,
) -> Result<Vec<(Session, Colleague)>, LogError> {
    let log = log.read()?;
    let mut open = Vec::new();
    for session in log.sessions(organisation)? {
        let colleague = colleague_who_runs_the_company(&*log, organisation, session.person, now)?;
        if let Some(colleague) = colleague.filter(|_| now < session.expires) {
            open.push((session, colleague));
        }
    }
    Ok(open)
}

/// Ends sessions.
pub fn end_sessions(log: &mut dyn Log, sessions: &[Session]) -> Result<(), LogError> {
    let log = log.write()?;
    for session in sessions {
        log.remove_session(session.secret_hash)?;
    }
    log.commit()
}

/// True if a secret is a session's: it is then the session of the person who looks.
pub fn is_secret_of(session: &Session, secret: &str) -> bool {
    session.secret_hash == hash(secret)
}

fn colleague_who_runs_the_company(
    log: &dyn Transaction,
    organisation: OrganisationId,
    person: PersonId,
    now: Millis,
) -> Result<Option<Colleague>, LogError> {
    let colleague = log.colleague(organisation, person)?;
    Ok(colleague.filter(|known| known.role.runs_the_company() && known.works_at(now)))
}

fn fresh_secret(environment: &dyn Environment) -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>(environment))
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests {
    use kept_core::ScriptedEnvironment;
    use kept_core::model::registry::Role;

    use super::*;
    use crate::enrol::{self, Invitee};
    use crate::fixture::LogFixture;
    use crate::keys::Keys;
    use crate::log::SqliteLog;

    fn founded() -> (
        SqliteLog,
        ScriptedEnvironment,
        Keys,
        OrganisationId,
        PersonId,
    ) {
        let LogFixture {
            log,
            keys,
            environment,
            organisation,
            owner,
        } = LogFixture::new(1);
        (log, environment, keys, organisation.id, owner)
    }

    #[test]
    fn a_link_opens_once_and_the_session_ends_after_thirty_days() {
        let (mut log, environment, _, organisation, owner) = founded();
        let secret = create_sign_in(&mut log, &environment, organisation, owner, 10).unwrap();
        let redeem = |log: &mut SqliteLog, now| {
            redeem_sign_in(log, &environment, &secret, &ClientInfo::default(), now)
        };
        let (session, _) = redeem(&mut log, 20).unwrap();
        let again = redeem(&mut log, 30);
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
        let late = redeem_sign_in(
            &mut log,
            &environment,
            &secret,
            &ClientInfo::default(),
            10 + SIGN_IN_MS,
        );
        assert!(matches!(late, Err(SignInError::Expired)));
        let guessed = redeem_sign_in(
            &mut log,
            &environment,
            "guessed",
            &ClientInfo::default(),
            20,
        );
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

    #[test]
    fn whoever_leaves_is_signed_out_and_stays_so_when_they_come_back() {
        let (mut log, environment, keys, organisation, owner) = founded();
        let eva = Invitee {
            name: "Eva".into(),
            role: Some(Role::Office),
            ..Invitee::default()
        };
        let eva = enrol::invite(&mut log, &keys, &environment, organisation, &eva, 5).unwrap();
        let sign_in = |log: &mut SqliteLog, person, now| {
            let secret = create_sign_in(log, &environment, organisation, person, now).unwrap();
            redeem_sign_in(log, &environment, &secret, &ClientInfo::default(), now)
                .unwrap()
                .0
        };
        let session = sign_in(&mut log, eva.colleague.id, 10);
        let owners = sign_in(&mut log, owner, 10);
        let unused =
            create_sign_in(&mut log, &environment, organisation, eva.colleague.id, 10).unwrap();
        assert!(session_person(&mut log, &session, 11).unwrap().is_some());
        for (works_here, now) in [(false, 20), (true, 30)] {
            let change = enrol::PersonChange {
                works_here: Some(works_here),
                ..enrol::PersonChange::default()
            };
            let who = ("Eva", &change);
            enrol::change_person(&mut log, &keys, &environment, organisation, who, now).unwrap();
            assert!(
                session_person(&mut log, &session, now + 1)
                    .unwrap()
                    .is_none()
            );
        }
        let link = redeem_sign_in(&mut log, &environment, &unused, &ClientInfo::default(), 32);
        assert!(matches!(link, Err(SignInError::Wrong)));
        assert!(session_person(&mut log, &owners, 32).unwrap().is_some());
        assert_eq!(sessions(&mut log, organisation, 32).unwrap().len(), 1);
    }
}
