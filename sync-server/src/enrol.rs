//! Enrolment: how an organisation begins, how colleagues are invited, and how devices join.

mod changes;
mod devices;
mod renewal;

use std::net::{IpAddr, SocketAddr};

use data_encoding::BASE32_NOPAD_NOCASE;
use kept_core::Environment;
use kept_core::environment::{new_uuid, random_bytes};
use kept_core::limits;
use kept_core::model::ids::{Actor, InstallationId, OrganisationId, PersonId, Team};
use kept_core::model::key_pin::KeyPin;
use kept_core::model::registry::{Colleague, Device, Role};
use kept_core::model::time::Millis;
use kept_core::wire::{JoinReply, JoinRequest, problem};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::exchange::{RegistryWriter, owner_of};
use crate::keys::Keys;
use crate::log::{InvitationRecord, Log, LogError, Organisation, Redemption, Transaction};

pub use changes::{PersonChange, change_person};
pub use devices::{RevokedDevice, find_device, revoke_device};
pub use renewal::renew;

/// Actors that a device may bring when it joins.
const JOIN_ACTORS: usize = 8;

/// The reason for which a person or device could not be enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The data folder has an organisation already.
    #[error("“{0}” already lives in this folder; choose another with --data")]
    OrganisationExists(String),
    /// There is no colleague of that name.
    #[error("there is nobody called “{0}” here; `kept-server people` lists everybody")]
    UnknownPerson(String),
    /// A new colleague needs a role.
    #[error("“{0}” is new here: say what they do with --role")]
    RoleMissing(String),
    /// The colleague is known with another role, teams or pools.
    #[error(
        "“{name}” is already here as {role}; leave out what they do, choose another name, or change them with `kept-server people set`"
    )]
    DiffersFromRegistry {
        /// The colleague's name.
        name: String,
        /// The role that they have.
        role: Role,
    },
    /// There is no such device.
    #[error(
        "there is no device “{0}” here; `kept-server devices` lists all of them, with their ids"
    )]
    UnknownDevice(String),
    /// Several devices are called so.
    #[error("“{name}” may be several devices; name one by its id: {devices}")]
    AmbiguousDevice {
        /// The name that was given.
        name: String,
        /// Those that it may be.
        devices: String,
    },
    /// It is the office in the server, which has no token.
    #[error(
        "“{0}” is the office in this server, no device; `kept-server sessions` shows who is signed in there"
    )]
    OfficeDevice(String),
    /// No person would be left to run the company.
    #[error("only {0} runs the company; give somebody else the role office or owner first")]
    LastManager(String),
    /// A name is empty or too long.
    #[error("a name has 1 to {} characters", limits::NAME_CHARS)]
    Name,
    /// More teams or pools than one person may have.
    #[error(
        "somebody works in at most {} teams, and serves as many pools",
        limits::PERSON_TEAMS
    )]
    TooManyTeams,
    /// There is no such invitation.
    #[error("this invitation does not exist; ask for a new one")]
    Wrong,
    /// The invitation is too old.
    #[error("this invitation has expired; ask for a new one")]
    Expired,
    /// The invitation was used.
    #[error("this invitation was used before; ask for a new one")]
    Used,
    /// The device speaks a version that this server does not.
    #[error("protocol version {0} is not spoken here")]
    Version(u32),
    /// The device's actors are too many or none.
    #[error("a device joins with 1 to {JOIN_ACTORS} actors of its own")]
    Actors,
    /// An actor is another device's.
    #[error("the actor {0} belongs to another device")]
    ActorTaken(Actor),
    /// A server address that no device could call.
    #[error("“{0}” is not an address such as https://kept.example.com")]
    Address(String),
    /// The address that a server listens on for all networks.
    #[error(
        "no device can call {0}; say how they call this server: `kept-server serve --public-url https://kept.example.com`"
    )]
    UnspecifiedAddress(String),
    /// The log failed; nothing was stored.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl EnrolError {
    /// The word for it on the wire: one of [`problem`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::Wrong => problem::INVITE_WRONG,
            Self::Expired => problem::INVITE_EXPIRED,
            Self::Used => problem::INVITE_USED,
            Self::Version(_) => problem::VERSION,
            Self::ActorTaken(_) => problem::ACTOR_TAKEN,
            Self::Log(_) => problem::UNAVAILABLE,
            _ => problem::MALFORMED,
        }
    }
}

/// The data of a new organisation.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Its name.
    pub name: String,
    /// The name of the person who runs it.
    pub owner: String,
    /// The teams that the owner works in.
    pub teams: Vec<Team>,
}

/// The person whom an invitation is for. Of a colleague who is known by name, the rest may be left out.
#[derive(Clone, Debug, Default)]
pub struct Invitee {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<Role>,
    /// The teams that they work in.
    pub teams: Vec<Team>,
    /// The callback pools that they serve.
    pub pools: Vec<Team>,
}

/// An invitation as it is handed over.
#[derive(Clone, Debug)]
pub struct IssuedInvitation {
    /// The colleague whose device it is for.
    pub colleague: Colleague,
    /// The code, secret.
    pub code: String,
    /// The instant until which it is valid, in milliseconds since the epoch.
    pub expires: Millis,
}

/// Makes the organisation and its owner; a log has one.
pub fn create_organisation(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    new: &NewOrganisation,
    now: Millis,
) -> Result<(Organisation, Colleague), EnrolError> {
    let log = log.write()?;
    if let Some(organisation) = log.organisation()? {
        return Err(EnrolError::OrganisationExists(organisation.name));
    }
    check_teams(&new.teams, &[])?;
    let organisation = Organisation {
        id: OrganisationId(new_uuid(environment)),
        name: validate_name(&new.name)?,
        created: now,
    };
    let owner = Colleague {
        id: PersonId(new_uuid(environment)),
        name: validate_name(&new.owner)?,
        role: Role::Owner,
        teams: new.teams.clone(),
        pools: Vec::new(),
        from: now,
        to: None,
    };
    log.insert_organisation(&organisation)?;
    let mut registry_writer = RegistryWriter::new(&*log, keys, environment, organisation.id);
    registry_writer.put_colleague(&owner)?;
    registry_writer.finish()?;
    log.commit()?;
    Ok((organisation, owner))
}

/// Invites a colleague's next device; a colleague of a new name is entered into the registry.
pub fn invite(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    organisation: OrganisationId,
    invitee: &Invitee,
    now: Millis,
) -> Result<IssuedInvitation, EnrolError> {
    let log = log.write()?;
    let name = validate_name(&invitee.name)?;
    check_teams(&invitee.teams, &invitee.pools)?;
    let colleague = match find_colleague(&*log, organisation, &name, now)? {
        Some(colleague) => reject_differences(colleague, invitee)?,
        None => {
            let colleague = Colleague {
                id: PersonId(new_uuid(environment)),
                role: invitee
                    .role
                    .ok_or_else(|| EnrolError::RoleMissing(name.clone()))?,
                name,
                teams: invitee.teams.clone(),
                pools: invitee.pools.clone(),
                from: now,
                to: None,
            };
            let mut registry_writer = RegistryWriter::new(&*log, keys, environment, organisation);
            registry_writer.put_colleague(&colleague)?;
            registry_writer.finish()?;
            colleague
        }
    };
    let (id, secret) = (
        random_bytes::<8>(environment),
        random_bytes::<16>(environment),
    );
    let expires = now + limits::INVITE_MS;
    let invitation = InvitationRecord {
        id,
        secret_hash: Sha256::digest(secret).into(),
        person: colleague.id,
        expires,
        used_at: None,
        redeemed: None,
    };
    log.put_invitation(organisation, &invitation)?;
    log.commit()?;
    Ok(IssuedInvitation {
        colleague,
        code: write_code(id, secret),
        expires,
    })
}

/// Gives a device that comes with an invitation its installation and token. It enters the registry with its first
/// exchange: a device whose answer was lost on the way is in no list, and may ask again.
///
/// A device that shows the proof of before gets the same installation, however late, until it is first heard from.
pub fn redeem(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    request: &JoinRequest,
    now: Millis,
) -> Result<JoinReply, EnrolError> {
    if !(limits::PROTOCOL_MIN..=limits::PROTOCOL).contains(&request.version) {
        return Err(EnrolError::Version(request.version));
    }
    let label = validate_name(&request.label)?;
    let (id, secret) = read_code(&request.code).ok_or(EnrolError::Wrong)?;
    let log = log.write()?;
    let (organisation, invitation) = log.invitation(id)?.ok_or(EnrolError::Wrong)?;
    let secret_hash: [u8; 32] = Sha256::digest(secret).into();
    if !bool::from(secret_hash.ct_eq(&invitation.secret_hash)) {
        return Err(EnrolError::Wrong);
    }
    let device = NewDevice {
        label,
        actors: &request.actors,
        proof_hash: request.proof.map(|proof| Sha256::digest(&proof[..]).into()),
    };
    let reply = enrol_device(
        &*log,
        keys,
        environment,
        (organisation, invitation),
        device,
        now,
    )?;
    log.commit()?;
    Ok(reply)
}

/// A device that asks for an installation.
struct NewDevice<'a> {
    label: String,
    actors: &'a [Actor],
    /// The SHA-256 of the secret by which it is known again.
    proof_hash: Option<[u8; 32]>,
}

/// Writes with an invitation that a device redeemed it, and answers the device.
fn enrol_device(
    log: &dyn Transaction,
    keys: &Keys,
    environment: &dyn Environment,
    (organisation, mut invitation): (OrganisationId, InvitationRecord),
    new: NewDevice<'_>,
    now: Millis,
) -> Result<JoinReply, EnrolError> {
    let installation = match installation_of(&invitation, new.proof_hash, now)? {
        Some(before) => before,
        None => InstallationId(new_uuid(environment)),
    };
    let colleague = log
        .colleague(organisation, invitation.person)?
        .ok_or(EnrolError::Wrong)?;
    if !colleague.works_at(now) {
        return Err(EnrolError::Expired);
    }
    let device = Device {
        id: installation,
        person: colleague.id,
        label: new.label,
        actors: free_actors(log, organisation, colleague.id, new.actors)?,
        push: None,
        enrolled: now,
        revoked: None,
        server: false,
    };
    let proof_hash = new.proof_hash;
    invitation.redeemed = Some(Redemption { proof_hash, device });
    log.put_invitation(organisation, &invitation)?;
    let name = log.organisation()?;
    Ok(JoinReply {
        version: limits::PROTOCOL,
        organisation,
        organisation_name: name.map(|known| known.name).unwrap_or_default(),
        colleague,
        installation,
        token: keys.token(installation),
        server_time: now,
    })
}

/// The installation that an invitation was redeemed for with this proof; None where it was not redeemed yet, an error
/// where it is used, expired, or was redeemed with another proof.
fn installation_of(
    invitation: &InvitationRecord,
    proof_hash: Option<[u8; 32]>,
    now: Millis,
) -> Result<Option<InstallationId>, EnrolError> {
    if invitation.used_at.is_some() {
        return Err(EnrolError::Used);
    }
    let Some(before) = &invitation.redeemed else {
        return if now >= invitation.expires {
            Err(EnrolError::Expired)
        } else {
            Ok(None)
        };
    };
    match (before.proof_hash, proof_hash) {
        (Some(before_hash), Some(hash)) if bool::from(before_hash.ct_eq(&hash)) => {
            Ok(Some(before.device.id))
        }
        _ => Err(EnrolError::Used),
    }
}

/// Registers a person's office, here in the server, as one of their devices, so that what they do there goes
/// through the same checks as a phone's groups. `actor` must be fresh.
pub fn register_office(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    organisation: OrganisationId,
    (person, actor): (PersonId, Actor),
    now: Millis,
) -> Result<InstallationId, EnrolError> {
    let log = log.write()?;
    let device = Device {
        id: InstallationId(new_uuid(environment)),
        person,
        label: "office".into(),
        actors: free_actors(&*log, organisation, person, &[actor])?,
        push: None,
        enrolled: now,
        revoked: None,
        server: true,
    };
    let mut registry_writer = RegistryWriter::new(&*log, keys, environment, organisation);
    registry_writer.put_device(&device)?;
    registry_writer.finish()?;
    log.commit()?;
    Ok(device.id)
}

/// The colleague of a name who works here at `now`, in milliseconds since the epoch.
pub fn find_colleague(
    log: &dyn Transaction,
    organisation: OrganisationId,
    name: &str,
    now: Millis,
) -> Result<Option<Colleague>, LogError> {
    let colleagues = log.colleagues(organisation)?;
    Ok(colleagues
        .into_iter()
        .find(|colleague| colleague.name == name && colleague.works_at(now)))
}

/// The characters of a link's parameter that are escaped: all but those that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The link that a device joins by: `kept://host/join?…`. `url` is the server's, with `http://` or `https://`; `pin`
/// that of its key, where devices do not trust its certificate by themselves.
pub fn join_link(
    url: &str,
    code: &str,
    organisation_name: &str,
    pin: Option<KeyPin>,
) -> Result<String, EnrolError> {
    let (scheme, host) = callable_address(url)?;
    let name = utf8_percent_encode(organisation_name, RESERVED);
    let mut link = format!("kept://{host}/join?v=1&code={code}&org={name}");
    if scheme == "http" {
        link.push_str("&http=1");
    } else if let Some(pin) = pin {
        link.push_str(&format!("&pin={pin}"));
    }
    Ok(link)
}

/// Returns scheme and host of a server's address that devices can call.
pub fn callable_address(url: &str) -> Result<(&str, &str), EnrolError> {
    let (scheme, host) = address(url)?;
    if is_unspecified(host) {
        return Err(EnrolError::UnspecifiedAddress(url.to_owned()));
    }
    Ok((scheme, host))
}

/// The office link for a sign-in secret.
pub fn sign_in_link(url: &str, secret: &str) -> Result<String, EnrolError> {
    let (scheme, host) = callable_address(url)?;
    Ok(format!("{scheme}://{host}/signin?token={secret}"))
}

/// Scheme and host of a server's address, which has no path.
pub(crate) fn address(url: &str) -> Result<(&str, &str), EnrolError> {
    let wrong = || EnrolError::Address(url.to_owned());
    let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
    let host = rest.trim_end_matches('/');
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_address =
        matches!(scheme, "https" | "http") && !host.is_empty() && host.chars().all(fine);
    is_address.then_some((scheme, host)).ok_or_else(wrong)
}

/// True if it is the address of all networks of a machine, which no device can call.
fn is_unspecified(host: &str) -> bool {
    let parsed = host.parse().map(|address: SocketAddr| address.ip());
    let parsed = parsed.or_else(|_| host.trim_matches(['[', ']']).parse::<IpAddr>());
    parsed.is_ok_and(|ip| ip.is_unspecified())
}

fn reject_differences(colleague: Colleague, invitee: &Invitee) -> Result<Colleague, EnrolError> {
    let differs = |before: &[Team], now: &[Team]| !now.is_empty() && before != now;
    let other = invitee.role.is_some_and(|role| role != colleague.role)
        || differs(&colleague.teams, &invitee.teams)
        || differs(&colleague.pools, &invitee.pools);
    if other {
        return Err(EnrolError::DiffersFromRegistry {
            name: colleague.name,
            role: colleague.role,
        });
    }
    Ok(colleague)
}

/// The actors, if a device of a person may have all of them: none was written with. An error if there are none or more
/// than `JOIN_ACTORS`, or if one is taken.
fn free_actors(
    log: &dyn Transaction,
    organisation: OrganisationId,
    person: PersonId,
    actors: &[Actor],
) -> Result<Vec<Actor>, EnrolError> {
    if actors.is_empty() || actors.len() > JOIN_ACTORS {
        return Err(EnrolError::Actors);
    }
    for actor in actors {
        if !owner_of(log, organisation, person, *actor)?.is_free() {
            return Err(EnrolError::ActorTaken(*actor));
        }
    }
    Ok(actors.to_vec())
}

fn validate_name(name: &str) -> Result<String, EnrolError> {
    let name = name.trim();
    let fine = (1..=limits::NAME_CHARS).contains(&name.chars().count())
        && !name.chars().any(char::is_control);
    fine.then(|| name.to_owned()).ok_or(EnrolError::Name)
}

fn check_teams(teams: &[Team], pools: &[Team]) -> Result<(), EnrolError> {
    let fine = [teams, pools]
        .into_iter()
        .all(|named| named.len() <= limits::PERSON_TEAMS);
    fine.then_some(()).ok_or(EnrolError::TooManyTeams)
}

fn write_code(id: [u8; 8], secret: [u8; 16]) -> String {
    let base32 = |bytes: &[u8]| BASE32_NOPAD_NOCASE.encode(bytes).to_ascii_lowercase();
    format!("{}.{}", base32(&id), base32(&secret))
}

fn read_code(code: &str) -> Option<([u8; 8], [u8; 16])> {
    let (id, secret) = code.trim().split_once('.')?;
    let base32 = |text: &str| BASE32_NOPAD_NOCASE.decode(text.as_bytes()).ok();
    Some((
        base32(id)?.try_into().ok()?,
        base32(secret)?.try_into().ok()?,
    ))
}

#[cfg(test)]
mod tests;
