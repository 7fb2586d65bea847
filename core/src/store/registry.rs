//! People, devices, presence and silences, as the server told them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::meta::{self, Identity};
use super::rows::{decode_row, encode_row};
use super::{StoreError, basis};
use crate::document::Authors;
use crate::model::ids::{Actor, PersonId, Team};
use crate::model::registry::{Colleague, Device, Presence, Registry, RegistryRow};
use crate::model::silence::SilenceEnded;
use crate::model::time::Millis;

/// Everything known about people and devices.
pub fn load(connection: &Connection) -> Result<Registry, StoreError> {
    let mut registry = Registry::default();
    for colleague in rows::<Colleague>(connection, "SELECT row FROM colleague")? {
        registry.colleagues.insert(colleague.id, colleague);
    }
    for past in rows::<Colleague>(
        connection,
        "SELECT row FROM colleague_past ORDER BY id, since",
    )? {
        registry.past.entry(past.id).or_default().push(past);
    }
    for device in rows::<Device>(connection, "SELECT row FROM device")? {
        registry.devices.insert(device.id, device);
    }
    for presence in rows::<Presence>(connection, "SELECT row FROM presence")? {
        registry.presence.insert(presence.installation, presence);
    }
    if let Some(me) = meta::get::<Identity>(connection)? {
        add_self(&mut registry, me);
    }
    Ok(registry)
}

/// Returns the present row of one colleague; None before it has come.
pub fn colleague(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<Colleague>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT row FROM colleague WHERE id = ?1")?;
    let row: Option<Vec<u8>> = statement
        .query_row([person.0.as_slice()], |row| row.get(0))
        .optional()?;
    row.map(|row| decode_row(&row)).transpose()
}

/// Makes the owner of a notebook that joined a moment ago a colleague here before the server's rows have come.
fn add_self(registry: &mut Registry, me: Identity) {
    if me.server.is_none() {
        return;
    }
    registry.colleagues.entry(me.person).or_insert(Colleague {
        id: me.person,
        name: me.person_name,
        role: me.role,
        teams: me.team.into_iter().collect(),
        pools: vec![],
        from: 0,
        to: None,
    });
    if registry.device_of(me.actor).is_none() {
        let device = registry.devices.entry(me.installation);
        let device = device.or_insert(Device {
            id: me.installation,
            person: me.person,
            label: String::new(),
            actors: vec![],
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        });
        device.actors.push(me.actor);
    }
}

fn rows<T: for<'b> minicbor::Decode<'b, ()>>(
    connection: &Connection,
    sql: &str,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let blobs = statement
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    blobs.iter().map(|blob| decode_row(blob)).collect()
}

/// The actors and people that a registry row concerns: their documents may read differently now.
#[derive(Debug, Default)]
pub struct AffectedBy {
    /// The actors that wrote them.
    pub actors: Vec<Actor>,
    /// The people whom they name.
    pub people: BTreeSet<PersonId>,
    /// The pools that they were given to.
    pub pools: BTreeSet<Team>,
}

/// Takes a registry row. Returns whose documents may read differently now.
pub fn take(transaction: &Transaction<'_>, row: &RegistryRow) -> Result<AffectedBy, StoreError> {
    let mut affected = AffectedBy::default();
    basis::change(transaction)?;
    match row {
        RegistryRow::Colleague(colleague) => {
            let before = archive_previous(transaction, colleague)?;
            transaction
                .prepare_cached(
                    "INSERT INTO colleague (id, row) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET row = excluded.row",
                )?
                .execute((colleague.id, encode_row(colleague)))?;
            affected.people.insert(colleague.id);
            for row in before.iter().chain([colleague]) {
                affected.pools.extend(row.pools.iter().cloned());
            }
            let registry = load(transaction)?;
            let theirs = registry
                .devices
                .values()
                .filter(|device| device.person == colleague.id);
            affected
                .actors
                .extend(theirs.flat_map(|device| device.actors.iter().copied()));
        }
        RegistryRow::Device(device) => {
            transaction
                .prepare_cached(
                    "INSERT INTO device (id, row) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET row = excluded.row",
                )?
                .execute((device.id, encode_row(device)))?;
            affected.actors.extend(device.actors.iter().copied());
        }
    }
    Ok(affected)
}

/// Keeps what a colleague was until now, where a new row holds from later on. Returns what they were.
fn archive_previous(
    transaction: &Transaction<'_>,
    new: &Colleague,
) -> Result<Option<Colleague>, StoreError> {
    let known: Option<Vec<u8>> = transaction
        .prepare_cached("SELECT row FROM colleague WHERE id = ?1")?
        .query_row([new.id], |row| row.get(0))
        .optional()?;
    let Some(known) = known else {
        return Ok(None);
    };
    let before: Colleague = decode_row(&known)?;
    if before.from < new.from {
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO colleague_past (id, since, row) VALUES (?1, ?2, ?3)",
            )?
            .execute((before.id, before.from, known))?;
    }
    Ok(Some(before))
}

/// Takes a presence row.
pub fn take_presence(transaction: &Transaction<'_>, presence: &Presence) -> Result<(), StoreError> {
    // Most exchanges say the same of most devices.
    let changed = transaction
        .prepare_cached(
            "INSERT INTO presence (installation, row) VALUES (?1, ?2)
             ON CONFLICT (installation) DO UPDATE SET row = excluded.row WHERE row <> excluded.row",
        )?
        .execute((presence.installation, encode_row(presence)))?;
    match changed {
        0 => Ok(()),
        _ => basis::change(transaction),
    }
}

/// Takes the end of a silence.
pub fn take_silence(transaction: &Transaction<'_>, ended: &SilenceEnded) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO silence (at, installation, row) VALUES (?1, ?2, ?3)
             ON CONFLICT (at, installation) DO UPDATE SET row = excluded.row",
        )?
        .execute((ended.at, ended.installation, encode_row(ended)))?;
    basis::change(transaction)
}

/// Silences that ended, kept as they are stored: few promises ask about them, and each about few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silences(Vec<(Millis, Vec<u8>)>);

impl Silences {
    /// All of them.
    pub fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached("SELECT at, row FROM silence")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(rows.collect::<Result<_, _>>()?))
    }

    /// Those that ended after an instant and no later than another.
    pub fn between(&self, after: Millis, until: Millis) -> Result<Vec<SilenceEnded>, StoreError> {
        let within = |(at, _): &&(Millis, Vec<u8>)| after < *at && *at <= until;
        let rows = self.0.iter().filter(within);
        rows.map(|(_, row)| decode_row(row)).collect()
    }
}

impl Authors for Registry {
    fn author(&self, actor: Actor) -> Option<(PersonId, String)> {
        Registry::author(self, actor).map(|colleague| (colleague.id, colleague.name.clone()))
    }
}
