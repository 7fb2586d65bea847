//! The address under which a push reaches a device, as an exchange brings it.

use kept_core::limits;
use kept_core::model::ids::OrganisationId;
use kept_core::model::registry::Device;
use kept_core::wire::Request;

use crate::log::{LogError, Transaction};

/// Keeps the address that a request brings, or takes it back, and returns it for the reply; none where the request says
/// nothing of it, or no gateway could use it.
pub(super) fn take(
    log: &dyn Transaction,
    organisation: OrganisationId,
    device: &Device,
    request: &Request,
) -> Result<Option<String>, LogError> {
    let fits = |address: &&String| {
        address.len() <= limits::PUSH_ADDRESS_BYTES && !address.chars().any(char::is_control)
    };
    let Some(address) = request.push.as_ref().filter(fits) else {
        return Ok(None);
    };
    log.put_push_address(organisation, (device.id, device.person), address)?;
    Ok(Some(address.clone()))
}
