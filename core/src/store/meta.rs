//! Small facts about the notebook itself: who it belongs to, its tickets, what it knows of the time.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::rows::{decode_row, encode_row};
use super::{StoreError, basis};
use crate::environment::Environment;
use crate::limits;
use crate::model::ids::{Actor, InstallationId, OrganisationId, PersonId, Team};
use crate::model::key_pin::KeyPin;
use crate::model::registry::Role;
use crate::model::time::{Millis, RecordedTime, Trust};

/// The owner of this notebook.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Identity {
    /// The organisation; one of its own before `join`.
    #[n(0)]
    pub organisation: OrganisationId,
    /// The organisation's name; empty before `join`.
    #[n(1)]
    pub organisation_name: String,
    /// The person whose notebook it is.
    #[n(2)]
    pub person: PersonId,
    /// The person's name; empty before `join`.
    #[n(3)]
    pub person_name: String,
    /// The person's role.
    #[n(4)]
    pub role: Role,
    /// The team that new documents enter.
    #[n(5)]
    pub team: Option<Team>,
    /// This notebook on this device.
    #[n(6)]
    pub installation: InstallationId,
    /// The actor that writes.
    #[n(7)]
    pub actor: Actor,
    /// The server; none before `join`.
    #[n(8)]
    pub server: Option<String>,
    /// A certificate, as PEM, that the server's is checked against instead of the web's roots.
    #[n(9)]
    pub certificate: Option<String>,
    /// The pin of the server's key, which is trusted beside the web's roots.
    #[n(10)]
    pub pin: Option<KeyPin>,
}

/// The tickets of the exchange: the last that was completed, and the one under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Tickets {
    /// The last one that the server confirmed.
    #[n(0)]
    pub prev: Option<ByteArray<16>>,
    /// The one that was stored before it was sent, until its answer is taken.
    #[n(1)]
    pub pending: Option<ByteArray<16>>,
    /// True if the server knows another copy of this notebook.
    #[n(2)]
    pub forked: bool,
}

/// The server's clock, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ServerClock {
    /// Server time minus wall clock when it was learnt, in milliseconds.
    #[n(0)]
    pub offset_ms: i64,
    /// The boot clock when the server's showed `server_ms`.
    #[n(1)]
    pub boot_ms: i64,
    /// The boot during which it was learnt.
    #[n(2)]
    pub boot_id: String,
    /// Server time of that exchange, in milliseconds since the epoch.
    #[n(3)]
    pub server_ms: Millis,
}

/// The moment of the last write here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LastWritten {
    /// The latest moment by a clock that could be trusted, in milliseconds since the epoch.
    #[n(0)]
    pub trusted: Option<Millis>,
    /// The last moment by the wall clock, in milliseconds since the epoch.
    #[n(1)]
    pub wall: Millis,
}

/// The versions up to which presence and samples have been read, and the moment when the server was last heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SyncVersions {
    /// The version of presence.
    #[n(0)]
    pub presence: u64,
    /// The version of the samples.
    #[n(1)]
    pub samples: u64,
    /// Server time of the last exchange that was taken, in milliseconds since the epoch.
    #[n(2)]
    pub last_contact: Option<Millis>,
}

/// The proof that this notebook shows when it redeems an invitation, so that it gets the same answer again where one
/// was lost.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JoinProof {
    /// Random, secret, and the same for every invitation that this notebook tries.
    #[n(0)]
    pub proof: ByteArray<32>,
}

/// The sizes that went through last between device and server, in bytes of changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LinkSizes {
    /// The size of the groups in a request.
    #[n(0)]
    pub batch: u32,
    /// The size of the pages in an answer.
    #[n(1)]
    pub page: u32,
}

/// The outage of the server: its cause, and the instant when it began.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutageSince {
    /// The number of an [`OutageCause`](crate::sync::outage::OutageCause).
    #[n(0)]
    pub cause: u8,
    /// The answer that was received.
    #[n(1)]
    pub detail: String,
    /// The instant when it was met first, in milliseconds since the epoch.
    #[n(2)]
    pub since: Millis,
}

/// The way to the server, beside its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Route {
    /// The proxy, with its name and password: a secret.
    #[n(0)]
    pub proxy: Option<String>,
}

/// The request for an installation of its own that a copied notebook has begun.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Renewal {
    /// The secret by which the server knows it again.
    #[n(0)]
    pub proof: ByteArray<32>,
    /// The actor that writes since then.
    #[n(1)]
    pub actor: Actor,
}

/// The address under which a push reaches this device: a secret of the system that delivers pushes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PushAddress {
    /// The address that the app gave; empty if none is wanted.
    #[n(0)]
    pub wanted: String,
    /// The address that the server said that it keeps, empty if none; none where that is not known.
    #[n(1)]
    pub told: Option<String>,
}

impl PushAddress {
    /// Returns what the next request says of it: the address, empty where it is taken back; none where the server keeps
    /// it already.
    pub fn to_tell(self) -> Option<String> {
        (self.told.as_ref() != Some(&self.wanted)).then_some(self.wanted)
    }
}

/// The server's word on this device's access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Access {
    /// True if the server said, when it was asked last, that this device is signed out.
    #[n(0)]
    pub signed_out: bool,
}

/// Actors that this notebook wrote with before the one that writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct FormerActors {
    /// The oldest first.
    #[n(0)]
    pub actors: Vec<Actor>,
}

/// A fact that is kept under its own name.
pub trait Fact: Encode<()> + for<'b> Decode<'b, ()> {
    /// Its name in the database; never changes.
    const NAME: &'static str;
}

impl Fact for Identity {
    const NAME: &'static str = "identity";
}
impl Fact for Tickets {
    const NAME: &'static str = "tickets";
}
impl Fact for ServerClock {
    const NAME: &'static str = "server-clock";
}
impl Fact for JoinProof {
    const NAME: &'static str = "joining";
}
impl Fact for LinkSizes {
    const NAME: &'static str = "link-sizes";
}
impl Fact for OutageSince {
    const NAME: &'static str = "outage";
}
impl Fact for Route {
    const NAME: &'static str = "route";
}
impl Fact for Renewal {
    const NAME: &'static str = "renewal";
}
impl Fact for PushAddress {
    const NAME: &'static str = "push-address";
}
impl Fact for Access {
    const NAME: &'static str = "access";
}
impl Fact for FormerActors {
    const NAME: &'static str = "former-actors";
}
impl Fact for LastWritten {
    const NAME: &'static str = "last-written";
}
impl Fact for SyncVersions {
    const NAME: &'static str = "versions";
}

/// Reads a fact.
pub fn get<F: Fact>(connection: &Connection) -> Result<Option<F>, StoreError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([F::NAME], |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| decode_row(&bytes)).transpose()
}

/// Writes a fact.
pub fn set<F: Fact>(transaction: &Transaction<'_>, fact: &F) -> Result<(), StoreError> {
    transaction
        .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
        .execute((F::NAME, encode_row(fact)))?;
    match F::NAME {
        Identity::NAME => basis::change(transaction),
        _ => Ok(()),
    }
}

/// Forgets a fact.
pub fn remove<F: Fact>(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM meta WHERE name = ?1")?
        .execute([F::NAME])?;
    Ok(())
}

/// The owner of this notebook; an error if the notebook does not say whose it is.
pub fn identity(connection: &Connection) -> Result<Identity, StoreError> {
    get(connection)?
        .ok_or_else(|| StoreError::Corrupt("the notebook does not say whose it is".into()))
}

/// The actors of this notebook, the one that writes first, the latest ones before it: as many as a request names.
pub fn actors(connection: &Connection) -> Result<Vec<Actor>, StoreError> {
    let former: FormerActors = get(connection)?.unwrap_or_default();
    let mut actors = vec![identity(connection)?.actor];
    actors.extend(former.actors.into_iter().rev());
    actors.truncate(limits::REQUEST_ACTORS);
    Ok(actors)
}

/// Lets another actor write from now on.
pub fn replace_actor(transaction: &Transaction<'_>, actor: Actor) -> Result<Identity, StoreError> {
    let before = identity(transaction)?;
    let mut former: FormerActors = get(transaction)?.unwrap_or_default();
    former.actors.push(before.actor);
    set(transaction, &former)?;
    let identity = Identity { actor, ..before };
    set(transaction, &identity)?;
    Ok(identity)
}

impl ServerClock {
    /// The time since it was learnt, in milliseconds of the boot clock, at least 0; None after a restart.
    fn age_ms(&self, environment: &dyn Environment) -> Option<i64> {
        let (boot_id, boot_ms) = environment.boot();
        (self.boot_id == boot_id).then(|| boot_ms.saturating_sub(self.boot_ms).max(0))
    }

    /// Server time minus wall clock, in milliseconds. Within one boot it follows from the boot clock, so
    /// that setting the wall clock moves no times; after a restart it is what it was.
    pub fn offset_now(&self, environment: &dyn Environment) -> i64 {
        let server_now = |age| self.server_ms.saturating_add(age);
        self.age_ms(environment).map_or(self.offset_ms, |age| {
            server_now(age).saturating_sub(environment.wall_ms())
        })
    }
}

/// The present moment as this device knows it.
pub fn now(
    connection: &Connection,
    environment: &dyn Environment,
) -> Result<RecordedTime, StoreError> {
    let clock: Option<ServerClock> = get(connection)?;
    let time = RecordedTime {
        wall_ms: environment.wall_ms(),
        zone: environment.zone(),
        offset_ms: clock.as_ref().map(|clock| clock.offset_now(environment)),
        age_ms: clock.as_ref().and_then(|clock| clock.age_ms(environment)),
        known_ms: None,
    };
    if time.trust() != Trust::Unknown {
        return Ok(time);
    }
    let written: LastWritten = get(connection)?.unwrap_or_default();
    let heard = clock.map(|clock| clock.server_ms);
    let known = heard.into_iter().chain(written.trusted).max();
    Ok(RecordedTime {
        known_ms: known.filter(|known| *known > time.wall_ms),
        ..time
    })
}

/// The moment that has passed by what stands in this notebook, where its clock shows one that is earlier by more than
/// clocks differ, and cannot be trusted; in milliseconds since the epoch.
pub fn moment_passed(
    connection: &Connection,
    now: &RecordedTime,
) -> Result<Option<Millis>, StoreError> {
    if now.trust() != Trust::Unknown {
        return Ok(None);
    }
    let written: LastWritten = get(connection)?.unwrap_or_default();
    let known = now.known_ms.unwrap_or(now.wall_ms).max(written.wall);
    let behind = known.saturating_sub(now.wall_ms) > limits::FUTURE_MS;
    Ok(behind.then_some(known))
}

/// Remembers the moment of a write. The clock's reading is written down only where it has gone back or on for some
/// time: taps follow each other quickly.
pub fn remember_write(transaction: &Transaction<'_>, now: &RecordedTime) -> Result<(), StoreError> {
    const APART_MS: i64 = 10 * 60 * 1000;
    let before: LastWritten = get(transaction)?.unwrap_or_default();
    let trusted = (now.trust() != Trust::Unknown).then(|| now.instant(None));
    let advances = trusted.is_some_and(|at| {
        before
            .trusted
            .is_none_or(|before| at > before.saturating_add(APART_MS))
    });
    let moves = now.wall_ms.saturating_sub(before.wall).abs() > APART_MS;
    if advances || moves {
        set(
            transaction,
            &LastWritten {
                trusted: before.trusted.max(trusted),
                wall: now.wall_ms,
            },
        )?;
    }
    Ok(())
}
