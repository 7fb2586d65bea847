//! A new installation for a device that was copied: the copies are told apart from now on, and the one that asked keeps
//! all it has.

use kept_core::Environment;
use kept_core::limits;
use kept_core::model::ids::InstallationId;
use kept_core::model::time::Millis;
use kept_core::wire::{JoinReply, RenewalRequest};
use sha2::{Digest, Sha256};

use super::{EnrolError, NewDevice, enrol_device, validate_name};
use crate::keys::Keys;
use crate::log::{InvitationRecord, Log};

/// Gives a device that calls as `parent` an installation and a token of its own, as an invitation does. With the same
/// proof it is the same one, until it is first heard from. The parent stays as it is: another copy may go on with it.
pub fn renew(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    parent: InstallationId,
    request: &RenewalRequest,
    now: Millis,
) -> Result<JoinReply, EnrolError> {
    if !(limits::PROTOCOL_MIN..=limits::PROTOCOL).contains(&request.version) {
        return Err(EnrolError::Version(request.version));
    }
    let label = validate_name(&request.label)?;
    let log = log.write()?;
    let (organisation, person) = match log.device(parent)? {
        Some((organisation, device)) => (organisation, device.person),
        // It joined, and was copied before it was heard from.
        None => {
            let (organisation, invitation) = log.redeemed(parent)?.ok_or(EnrolError::Wrong)?;
            (organisation, invitation.person)
        }
    };
    let proof_hash: [u8; 32] = Sha256::new()
        .chain_update(parent.0)
        .chain_update(&request.proof[..])
        .finalize()
        .into();
    let mut id = [0; 8];
    id.copy_from_slice(&proof_hash[..8]);
    let invitation = match log.invitation(id)? {
        Some((_, known)) => known,
        None => InvitationRecord {
            id,
            secret_hash: proof_hash,
            person,
            expires: now + limits::INVITE_MS,
            used_at: None,
            redeemed: None,
        },
    };
    let device = NewDevice {
        label,
        actors: &[request.actor],
        proof_hash: Some(proof_hash),
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
