//! Changes of the registry: stored, and told to everybody as control rows of the company scope.

use kept_core::Environment;
use kept_core::limits;
use kept_core::model::ids::{Actor, OrganisationId};
use kept_core::model::people::{Colleague, Device, RegistryRow};
use kept_core::model::place::Scope;

use super::Feeds;
use crate::keys::Keys;
use crate::log::{LogError, Transaction};

/// Writes registry changes outside an exchange; [`Registrar::finish`] puts their rows into the feed.
pub(crate) struct Registrar<'a> {
    feeds: Feeds<'a>,
}

impl<'a> Registrar<'a> {
    /// For one organisation, in one transaction.
    pub(crate) fn new(
        log: &'a dyn Transaction,
        keys: &'a Keys,
        environment: &'a dyn Environment,
        organisation: OrganisationId,
    ) -> Self {
        Self {
            feeds: Feeds::new(log, keys, environment, organisation),
        }
    }

    /// Stores a colleague.
    pub(crate) fn put_colleague(&mut self, colleague: &Colleague) -> Result<(), LogError> {
        self.feeds
            .log
            .put_colleague(self.feeds.organisation, colleague)?;
        tell(&mut self.feeds, &RegistryRow::Colleague(colleague.clone()))
    }

    /// Stores a device.
    pub(crate) fn put_device(&mut self, device: &Device) -> Result<(), LogError> {
        put_device(&mut self.feeds, device)
    }

    /// Writes the rows.
    pub(crate) fn finish(self) -> Result<(), LogError> {
        self.feeds.flush()
    }
}

/// Binds new actors to a device. One that belongs to another device is left out, and so are those beyond what
/// one device may have: what they write is refused.
pub(super) fn bind_actors(
    feeds: &mut Feeds<'_>,
    device: &mut Device,
    actors: &[Actor],
) -> Result<(), LogError> {
    let before = device.actors.len();
    for actor in actors {
        if device.actors.len() >= limits::DEVICE_ACTORS {
            break;
        }
        if !device.actors.contains(actor) && feeds.log.actor(feeds.organisation, *actor)?.is_none()
        {
            device.actors.push(*actor);
        }
    }
    if device.actors.len() > before {
        put_device(feeds, device)?;
    }
    Ok(())
}

fn put_device(feeds: &mut Feeds<'_>, device: &Device) -> Result<(), LogError> {
    feeds.log.put_device(feeds.organisation, device)?;
    tell(feeds, &RegistryRow::Device(device.clone()))
}

fn tell(feeds: &mut Feeds<'_>, row: &RegistryRow) -> Result<(), LogError> {
    let company = feeds.number(&Scope::Company)?;
    feeds.registry(company, row)
}
