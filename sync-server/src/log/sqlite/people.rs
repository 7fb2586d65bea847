//! The registry, presence and tickets in SQLite.

use kept_core::model::ids::{Actor, InstallationId, OrganisationId, PersonId};
use kept_core::model::registry::{Colleague, Device, Presence};
use kept_core::model::silence::SilenceEnded;
use rusqlite::params;

use super::SqliteTransaction;
use super::values::{bits, blob, cbor, news_after, optional, record, unsigned};
use crate::log::{LogError, PeopleStore, Result, TicketPair};

impl PeopleStore for SqliteTransaction<'_> {
    fn colleagues(&self, organisation: OrganisationId) -> Result<Vec<Colleague>> {
        self.all(
            "
            SELECT record
            FROM colleague
            WHERE organisation = ?1
            ORDER BY person
            ",
            params![organisation],
            |row| record(row, 0),
        )
    }

    fn colleague(
        &self,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<Colleague>> {
        self.first(
            "
            SELECT record
            FROM colleague
            WHERE organisation = ?1 AND person = ?2
            ",
            params![organisation, person],
            |row| record(row, 0),
        )
    }

    fn put_colleague(&self, organisation: OrganisationId, colleague: &Colleague) -> Result<()> {
        self.execute(
            "
            INSERT INTO colleague (organisation, person, name, record)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (organisation, person) DO UPDATE
            SET name = excluded.name, record = excluded.record
            ",
            params![organisation, colleague.id, colleague.name, cbor(colleague)?],
        )?;
        Ok(())
    }

    fn devices(&self, organisation: OrganisationId) -> Result<Vec<Device>> {
        self.all(
            "
            SELECT record
            FROM device
            WHERE organisation = ?1
            ORDER BY installation
            ",
            params![organisation],
            |row| record(row, 0),
        )
    }

    fn device(&self, installation: InstallationId) -> Result<Option<(OrganisationId, Device)>> {
        self.first(
            "
            SELECT organisation, record
            FROM device
            WHERE installation = ?1
            ",
            params![installation],
            |row| Ok((row.get(0)?, record(row, 1)?)),
        )
    }

    fn put_device(&self, organisation: OrganisationId, device: &Device) -> Result<()> {
        self.execute(
            "
            INSERT INTO device (organisation, installation, person, record)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (organisation, installation) DO UPDATE
            SET record = excluded.record
            ",
            params![organisation, device.id, device.person, cbor(device)?],
        )?;
        for actor in &device.actors {
            match self.actor(organisation, *actor)? {
                Some(bound) if bound == device.id => continue,
                Some(_) => {
                    return Err(LogError::Damaged(format!(
                        "the actor {actor} is bound to another device"
                    )));
                }
                None => {}
            }
            self.execute(
                "
                INSERT INTO actor (organisation, actor, installation)
                VALUES (?1, ?2, ?3)
                ",
                params![organisation, actor, device.id],
            )?;
        }
        Ok(())
    }

    fn actor(&self, organisation: OrganisationId, actor: Actor) -> Result<Option<InstallationId>> {
        self.first(
            "
            SELECT installation
            FROM actor
            WHERE organisation = ?1 AND actor = ?2
            ",
            params![organisation, actor],
            |row| row.get(0),
        )
    }

    fn release_actor(&self, organisation: OrganisationId, actor: Actor) -> Result<()> {
        self.execute(
            "
            DELETE FROM actor
            WHERE organisation = ?1 AND actor = ?2
            ",
            params![organisation, actor],
        )?;
        Ok(())
    }

    fn tickets(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
    ) -> Result<Option<TicketPair>> {
        self.first(
            "
            SELECT prev, next
            FROM ticket
            WHERE organisation = ?1 AND installation = ?2
            ",
            params![organisation, installation],
            |row| {
                Ok(TicketPair {
                    prev: optional(row, 0)?,
                    next: row.get(1)?,
                })
            },
        )
    }

    fn put_tickets(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
        pair: TicketPair,
    ) -> Result<()> {
        self.execute(
            "
            INSERT INTO ticket (organisation, installation, prev, next)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (organisation, installation) DO UPDATE
            SET prev = excluded.prev, next = excluded.next
            ",
            params![
                organisation,
                installation,
                blob(pair.prev),
                blob(Some(pair.next))
            ],
        )?;
        Ok(())
    }

    fn push_addresses(
        &self,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Vec<(InstallationId, String)>> {
        self.all(
            "
            SELECT installation, address
            FROM push_address
            WHERE organisation = ?1 AND person = ?2
            ORDER BY installation
            ",
            params![organisation, person],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    fn put_push_address(
        &self,
        organisation: OrganisationId,
        (installation, person): (InstallationId, PersonId),
        address: &str,
    ) -> Result<()> {
        if address.is_empty() {
            self.execute(
                "DELETE FROM push_address WHERE organisation = ?1 AND installation = ?2",
                params![organisation, installation],
            )?;
            return Ok(());
        }
        self.execute(
            "
            INSERT INTO push_address (organisation, installation, person, address)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (organisation, installation) DO UPDATE
            SET person = excluded.person, address = excluded.address
            ",
            params![organisation, installation, person, address],
        )?;
        Ok(())
    }

    fn presence(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
    ) -> Result<Option<Presence>> {
        self.first(
            "
            SELECT record
            FROM presence
            WHERE organisation = ?1 AND installation = ?2
            ",
            params![organisation, installation],
            |row| record(row, 0),
        )
    }

    fn put_presence(&self, organisation: OrganisationId, presence: &Presence) -> Result<()> {
        let version = self.next_presence_version(organisation)?;
        self.execute(
            "
            INSERT INTO presence (organisation, installation, version, record)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (organisation, installation) DO UPDATE
            SET version = excluded.version, record = excluded.record
            ",
            params![
                organisation,
                presence.installation,
                bits(version),
                cbor(presence)?
            ],
        )?;
        Ok(())
    }

    fn presence_since(
        &self,
        organisation: OrganisationId,
        version: u64,
    ) -> Result<(Vec<Presence>, u64)> {
        let current = self.presence_version(organisation)?;
        let rows = self.all(
            "
            SELECT record
            FROM presence
            WHERE organisation = ?1 AND version > ?2
            ORDER BY version
            ",
            params![organisation, bits(news_after(version, current))],
            |row| record(row, 0),
        )?;
        Ok((rows, current))
    }

    fn put_silence(&self, organisation: OrganisationId, ended: &SilenceEnded) -> Result<()> {
        let version = self.next_presence_version(organisation)?;
        self.execute(
            "
            INSERT INTO silence (organisation, version, record)
            VALUES (?1, ?2, ?3)
            ",
            params![organisation, bits(version), cbor(ended)?],
        )?;
        Ok(())
    }

    fn silences_since(
        &self,
        organisation: OrganisationId,
        version: u64,
    ) -> Result<Vec<SilenceEnded>> {
        let current = self.presence_version(organisation)?;
        self.all(
            "
            SELECT record
            FROM silence
            WHERE organisation = ?1 AND version > ?2
            ORDER BY version
            ",
            params![organisation, bits(news_after(version, current))],
            |row| record(row, 0),
        )
    }
}

impl SqliteTransaction<'_> {
    fn presence_version(&self, organisation: OrganisationId) -> Result<u64> {
        let current = self.first(
            "
            SELECT presence_version
            FROM organisation
            WHERE organisation = ?1
            ",
            params![organisation],
            |row| unsigned(row, 0),
        )?;
        Ok(current.unwrap_or(0))
    }

    fn next_presence_version(&self, organisation: OrganisationId) -> Result<u64> {
        let version = self.first(
            "
            UPDATE organisation
            SET presence_version = presence_version + 1
            WHERE organisation = ?1
            RETURNING presence_version
            ",
            params![organisation],
            |row| unsigned(row, 0),
        )?;
        version.ok_or_else(|| LogError::Damaged("there is no such organisation".into()))
    }
}
