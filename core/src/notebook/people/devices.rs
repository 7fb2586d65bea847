//! The devices of the company, and the instants at which they were heard from.

use crate::model::registry::Registry;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::people::records::DeviceStatus;
use crate::store::registry;

#[uniffi::export]
impl Notebook {
    /// Returns the devices, the one heard from most recently first.
    pub fn devices(&self) -> ApiResult<Vec<DeviceStatus>> {
        self.read(|store| Ok(devices_of(&registry::load(store.read())?)))
    }
}

/// Returns the devices of a registry, the one heard from most recently first.
pub(in crate::notebook) fn devices_of(registry: &Registry) -> Vec<DeviceStatus> {
    let mut devices: Vec<DeviceStatus> = registry
        .devices
        .values()
        .filter(|device| !device.server)
        .map(|device| {
            let presence = registry.presence.get(&device.id);
            DeviceStatus {
                installation: device.id,
                person: device.person,
                name: registry.name(device.person).unwrap_or_default().to_owned(),
                device: device.label.clone(),
                heard: presence.map(|presence| presence.heard),
                clear_through: presence.and_then(|presence| presence.clear_through),
                open: presence.map_or(0, |presence| {
                    u32::try_from(presence.open.len()).unwrap_or(u32::MAX)
                }),
                revoked: device.revoked.is_some(),
            }
        })
        .collect();
    devices.sort_by(|a, b| b.heard.cmp(&a.heard).then_with(|| a.name.cmp(&b.name)));
    devices
}
