//! The caller of an exchange: a device and its owner, or the office's replica, and the scopes that they may read.

use kept_core::model::ids::{InstallationId, OrganisationId};
use kept_core::model::placement::Scope;
use kept_core::model::registry::{Colleague, Device};
use kept_core::model::time::Millis;

use super::error::ExchangeError;
use crate::log::{LogError, ScopeState, Transaction};

/// The installation under which the office replica's tickets are kept: no device has it.
pub(super) const OFFICE_REPLICA: InstallationId = InstallationId([0; 16]);

/// The caller of an exchange, as the transport outside has found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A device with a valid token, or an office writer within the server.
    Device(InstallationId),
    /// The office's own replica: reads every scope but personal ones, and writes nothing through an exchange.
    OfficeReplica(OrganisationId),
}

/// The caller, as the registry knows them.
pub(crate) enum ResolvedCaller {
    /// A device and its owner.
    Person(Box<(Device, Colleague)>),
    /// The office replica.
    Office,
}

impl ResolvedCaller {
    /// Looks a caller up in the registry. An error if they are unknown, shut out or have left.
    pub(crate) fn resolve(
        log: &dyn Transaction,
        caller: Caller,
        now: Millis,
    ) -> Result<(OrganisationId, Self), ExchangeError> {
        let installation = match caller {
            Caller::OfficeReplica(organisation) => return Ok((organisation, Self::Office)),
            Caller::Device(installation) => installation,
        };
        let known = match log.device(installation)? {
            Some(known) => Some(known),
            // It redeemed an invitation, and enters the registry with its first exchange.
            None => log
                .redeemed(installation)?
                .and_then(|(organisation, invite)| Some((organisation, invite.redeemed?.device))),
        };
        let (organisation, device) = known.ok_or(ExchangeError::SignedOut)?;
        let colleague = log
            .colleague(organisation, device.person)?
            .ok_or(ExchangeError::SignedOut)?;
        if device.revoked.is_some() || !colleague.works_at(now) {
            return Err(ExchangeError::SignedOut);
        }
        Ok((organisation, Self::Person(Box::new((device, colleague)))))
    }

    /// True if they may read a scope.
    pub(crate) fn may_read(&self, scope: &Scope) -> bool {
        match self {
            Self::Person(known) => known.1.may_read(scope),
            Self::Office => !matches!(scope, Scope::Person(_)),
        }
    }

    /// The scopes that they may read, by number.
    pub(crate) fn scopes(
        &self,
        log: &dyn Transaction,
        organisation: OrganisationId,
    ) -> Result<Vec<ScopeState>, LogError> {
        let mut scopes = log.scopes(organisation)?;
        scopes.retain(|state| self.may_read(&state.scope));
        Ok(scopes)
    }

    /// The installation under which their tickets are kept.
    pub(super) fn installation(&self) -> InstallationId {
        match self {
            Self::Person(known) => known.0.id,
            Self::Office => OFFICE_REPLICA,
        }
    }
}
