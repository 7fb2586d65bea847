//! People, devices and presence, as the server told them.

use rusqlite::{Connection, Transaction};

use super::{StoreError, cbor};
use crate::document::Authors;
use crate::model::ids::{Actor, PersonId};
use crate::model::people::{Presence, Registry, RegistryRow};

/// Everything known about people and devices.
pub fn load(connection: &Connection) -> Result<Registry, StoreError> {
    let mut registry = Registry::default();
    for colleague in
        rows::<crate::model::people::Colleague>(connection, "SELECT row FROM colleague")?
    {
        registry.colleagues.insert(colleague.id, colleague);
    }
    for device in rows::<crate::model::people::Device>(connection, "SELECT row FROM device")? {
        registry.devices.insert(device.id, device);
    }
    for presence in rows::<Presence>(connection, "SELECT row FROM presence")? {
        registry.presence.insert(presence.installation, presence);
    }
    Ok(registry)
}

fn rows<T: for<'b> minicbor::Decode<'b, ()>>(
    connection: &Connection,
    sql: &str,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let blobs = statement
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    blobs
        .iter()
        .map(|blob| Ok(minicbor::decode(blob)?))
        .collect()
}

/// Takes a registry row. Returns the actors whose documents may read differently now.
pub fn take(transaction: &Transaction<'_>, row: &RegistryRow) -> Result<Vec<Actor>, StoreError> {
    match row {
        RegistryRow::Colleague(colleague) => {
            transaction
                .prepare_cached(
                    "INSERT INTO colleague (id, row) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET row = excluded.row",
                )?
                .execute((colleague.id, cbor(colleague)))?;
            let registry = load(transaction)?;
            let theirs = registry
                .devices
                .values()
                .filter(|device| device.person == colleague.id);
            Ok(theirs
                .flat_map(|device| device.actors.iter().copied())
                .collect())
        }
        RegistryRow::Device(device) => {
            transaction
                .prepare_cached(
                    "INSERT INTO device (id, row) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET row = excluded.row",
                )?
                .execute((device.id, cbor(device)))?;
            Ok(device.actors.clone())
        }
    }
}

/// Takes a presence row.
pub fn take_presence(transaction: &Transaction<'_>, presence: &Presence) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO presence (installation, row) VALUES (?1, ?2)
             ON CONFLICT (installation) DO UPDATE SET row = excluded.row",
        )?
        .execute((presence.installation, cbor(presence)))?;
    Ok(())
}

impl Authors for Registry {
    fn author(&self, actor: Actor) -> Option<(PersonId, String)> {
        Registry::author(self, actor).map(|colleague| (colleague.id, colleague.name.clone()))
    }
}
