//! The pair of tickets by which a copied installation is noticed.

use kept_core::model::ids::{InstallationId, OrganisationId};
use kept_core::sync::wire::Request;

use crate::log::{LogError, OwnPair, Transaction};

/// Whether this exchange follows the last one or repeats it; if so, its pair is kept.
///
/// Where nothing is kept, any pair is taken: it is the installation's first exchange here.
pub(super) fn accept(
    log: &dyn Transaction,
    organisation: OrganisationId,
    installation: InstallationId,
    request: &Request,
) -> Result<bool, LogError> {
    let pair = OwnPair {
        prev: request.prev.map(Into::into),
        next: request.next.into(),
    };
    let fits = log
        .tickets(organisation, installation)?
        .is_none_or(|kept| pair.prev == Some(kept.next) || pair == kept);
    if fits {
        log.put_tickets(organisation, installation, pair)?;
    }
    Ok(fits)
}
