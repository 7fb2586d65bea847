//! Finds a lost device by the names that people have for it, and shuts it out.

use kept_core::Environment;
use kept_core::model::ids::{InstallationId, OrganisationId};
use kept_core::model::registry::{Colleague, Device};
use kept_core::model::time::Millis;

use super::EnrolError;
use crate::exchange::RegistryWriter;
use crate::keys::Keys;
use crate::log::{Log, LogError, Transaction};

/// The shortest beginning of an id that names a device.
const ID_CHARS: usize = 6;

/// The device that is meant by its id, the beginning of it, its label, `Sam's phone`, or the name of a person who has
/// one only. Devices that are shut out are meant last.
pub fn find_device(
    log: &dyn Transaction,
    organisation: OrganisationId,
    name: &str,
) -> Result<Device, EnrolError> {
    let name = name.trim();
    let mut found = Vec::new();
    for device in log.devices(organisation)? {
        let owner = owner(log, organisation, &device)?;
        if matches_name(&device, &owner, name) {
            found.push((device, owner));
        }
    }
    let is_live = |device: &Device| device.revoked.is_none() && !device.server;
    if found.iter().any(|(device, _)| is_live(device)) {
        found.retain(|(device, _)| is_live(device));
    }
    match found.as_slice() {
        [] => Err(EnrolError::UnknownDevice(name.to_owned())),
        [(device, _)] if device.server => Err(EnrolError::OfficeDevice(name.to_owned())),
        [(device, _)] => Ok(device.clone()),
        several => Err(EnrolError::AmbiguousDevice {
            name: name.to_owned(),
            devices: device_list(several),
        }),
    }
}

/// A device that is shut out.
#[derive(Clone, Debug)]
pub struct RevokedDevice {
    /// The device.
    pub device: Device,
    /// Its owner's name.
    pub owner: String,
    /// True if it was shut out before.
    pub was_revoked: bool,
}

/// Shuts a device out from `now` on, for good: its token opens nothing any more, no matter who its owner is or becomes.
/// One that is shut out already stays as it is.
pub fn revoke_device(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    organisation: OrganisationId,
    id: InstallationId,
    now: Millis,
) -> Result<RevokedDevice, EnrolError> {
    let log = log.write()?;
    let known = log.device(id)?.filter(|(of, _)| *of == organisation);
    let (_, mut device) = known.ok_or_else(|| EnrolError::UnknownDevice(id.to_string()))?;
    if device.server {
        return Err(EnrolError::OfficeDevice(device.label));
    }
    let owner = owner(&*log, organisation, &device)?;
    let was_revoked = device.revoked.is_some();
    if !was_revoked {
        device.revoked = Some(now);
        let mut registry_writer = RegistryWriter::new(&*log, keys, environment, organisation);
        registry_writer.put_device(&device)?;
        registry_writer.finish()?;
        log.put_push_address(organisation, (id, device.person), "")?;
        log.commit()?;
    }
    Ok(RevokedDevice {
        device,
        owner,
        was_revoked,
    })
}

fn owner(
    log: &dyn Transaction,
    organisation: OrganisationId,
    device: &Device,
) -> Result<String, LogError> {
    let colleague: Option<Colleague> = log.colleague(organisation, device.person)?;
    Ok(colleague.map(|known| known.name).unwrap_or_default())
}

fn matches_name(device: &Device, owner: &str, name: &str) -> bool {
    let id = device.id.to_string();
    let label = device.label.as_str();
    let of_owner = name.strip_prefix(owner).filter(|_| !owner.is_empty());
    let of_owner = of_owner.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['\'', '’']);
        let rest = rest
            .strip_prefix('s')
            .filter(|rest| rest.starts_with(' '))
            .unwrap_or(rest);
        rest.trim_start() == label
    });
    let begins = name.len() >= ID_CHARS && id.starts_with(&name.to_lowercase());
    begins || label == name || of_owner || (owner == name && !device.server)
}

fn device_list(devices: &[(Device, String)]) -> String {
    let one =
        |(device, owner): &(Device, String)| format!("{} ({owner}, {})", device.id, device.label);
    devices.iter().map(one).collect::<Vec<_>>().join(", ")
}
