//! Changes of the registry: stored, and sent to all devices as control rows of the company scope.

use kept_core::Environment;
use kept_core::limits;
use kept_core::model::ids::{Actor, OrganisationId, PersonId};
use kept_core::model::placement::Scope;
use kept_core::model::registry::{Colleague, Device, RegistryRow};
use kept_core::model::time::Millis;

use super::FeedWriter;
use crate::keys::Keys;
use crate::log::{LogError, Transaction};

/// Writes registry changes outside an exchange; [`RegistryWriter::finish`] puts their rows into the feed.
pub(crate) struct RegistryWriter<'a> {
    feeds: FeedWriter<'a>,
}

impl<'a> RegistryWriter<'a> {
    /// For one organisation, in one transaction.
    pub(crate) fn new(
        log: &'a dyn Transaction,
        keys: &'a Keys,
        environment: &'a dyn Environment,
        organisation: OrganisationId,
    ) -> Self {
        Self {
            feeds: FeedWriter::new(log, keys, environment, organisation),
        }
    }

    /// Stores a colleague.
    pub(crate) fn put_colleague(&mut self, colleague: &Colleague) -> Result<(), LogError> {
        self.feeds
            .log
            .put_colleague(self.feeds.organisation, colleague)?;
        push_registry_row(&mut self.feeds, &RegistryRow::Colleague(colleague.clone()))
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

/// Enters a device into the registry that redeemed an invitation and is heard from for the first time, and marks
/// the invitation as used. Nothing happens to one that is known.
pub(super) fn admit(
    feeds: &mut FeedWriter<'_>,
    device: &mut Device,
    now: Millis,
) -> Result<(), LogError> {
    if feeds.log.device(device.id)?.is_some() {
        return Ok(());
    }
    let Some((organisation, mut invitation)) = feeds.log.redeemed(device.id)? else {
        return Ok(());
    };
    device.enrolled = now;
    for actor in std::mem::take(&mut device.actors) {
        match owner_of(feeds.log, organisation, device.person, actor)? {
            ActorOwner::Nobody => device.actors.push(actor),
            ActorOwner::Unheard(unheard_device) => {
                revoke_unheard_device(feeds, *unheard_device, actor, now)?;
                device.actors.push(actor);
            }
            ActorOwner::Taken => {}
        }
    }
    put_device(feeds, device)?;
    invitation.used_at = Some(now);
    feeds.log.put_invitation(organisation, &invitation)
}

/// Takes an actor from a device that was registered and never heard from, and shuts that device out: its notebook
/// has joined anew.
fn revoke_unheard_device(
    feeds: &mut FeedWriter<'_>,
    mut unheard_device: Device,
    actor: Actor,
    now: Millis,
) -> Result<(), LogError> {
    unheard_device.actors.retain(|known| *known != actor);
    unheard_device.revoked.get_or_insert(now);
    feeds.log.release_actor(feeds.organisation, actor)?;
    put_device(feeds, &unheard_device)
}

/// The owner of an actor.
pub(crate) enum ActorOwner {
    /// No device.
    Nobody,
    /// A device of the same person that was never heard from, so nothing was written with it.
    Unheard(Box<Device>),
    /// Another device.
    Taken,
}

impl ActorOwner {
    /// True if a device that joins may have it.
    pub(crate) fn is_free(&self) -> bool {
        !matches!(self, Self::Taken)
    }
}

/// Looks who has an actor, for a device of a person.
pub(crate) fn owner_of(
    log: &dyn Transaction,
    organisation: OrganisationId,
    person: PersonId,
    actor: Actor,
) -> Result<ActorOwner, LogError> {
    let Some(bound) = log.actor(organisation, actor)? else {
        return Ok(ActorOwner::Nobody);
    };
    let known = log.device(bound)?.map(|(_, device)| device);
    let same = known.filter(|device| device.person == person && !device.server);
    let unheard = log.tickets(organisation, bound)?.is_none();
    Ok(match same {
        Some(unheard_device) if unheard => ActorOwner::Unheard(Box::new(unheard_device)),
        _ => ActorOwner::Taken,
    })
}

/// Binds new actors to a device. One that belongs to another device is left out, and so are those beyond what
/// one device may have: what they write is refused.
pub(super) fn bind_actors(
    feeds: &mut FeedWriter<'_>,
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

fn put_device(feeds: &mut FeedWriter<'_>, device: &Device) -> Result<(), LogError> {
    feeds.log.put_device(feeds.organisation, device)?;
    push_registry_row(feeds, &RegistryRow::Device(device.clone()))
}

fn push_registry_row(feeds: &mut FeedWriter<'_>, row: &RegistryRow) -> Result<(), LogError> {
    let company = feeds.number(&Scope::Company)?;
    feeds.registry(company, row)
}
