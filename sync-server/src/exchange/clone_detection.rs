//! Detects a copied installation by the pair of tickets that every exchange brings.

use kept_core::model::ids::{InstallationId, OrganisationId};
use kept_core::wire::Request;

use super::caller::OFFICE_REPLICA;
use crate::log::{LogError, TicketPair, Transaction};

/// Returns true if this exchange follows the last one or repeats it; its pair is kept then.
///
/// Where nothing is kept, any pair is taken: it is the installation's first exchange here. The office replica may begin
/// anew: it is rebuilt from the log whenever its folder is gone, and brings nothing.
pub(super) fn accept_tickets(
    log: &dyn Transaction,
    organisation: OrganisationId,
    installation: InstallationId,
    request: &Request,
) -> Result<bool, LogError> {
    let pair = TicketPair {
        prev: request.prev.map(Into::into),
        next: request.next.into(),
    };
    let begins = installation == OFFICE_REPLICA && pair.prev.is_none();
    let follows = |kept: TicketPair| pair.prev == Some(kept.next) || pair == kept;
    let fits = begins || log.tickets(organisation, installation)?.is_none_or(follows);
    if fits {
        log.put_tickets(organisation, installation, pair)?;
    }
    Ok(fits)
}
