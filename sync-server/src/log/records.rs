//! The contents of the log, as plain records without SQL.

use data_encoding::HEXLOWER;
use kept_core::document::set_aside::DocumentSize;
use kept_core::model::ids::{
    Actor, DocId, GroupId, Hash, InstallationId, OrganisationId, PersonId,
};
use kept_core::model::placement::{Placement, Scope};
use kept_core::model::registry::Device;
use kept_core::model::time::Millis;
use kept_core::wire::{Group, Reason, Receipt, SampleRow};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// The organisation's id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The instant at which it was made, in milliseconds since the epoch.
    pub created: Millis,
}

/// A scope and how far its feed reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// Its number within the organisation.
    pub number: u32,
    /// The scope itself, which says who may read it.
    pub scope: Scope,
    /// Its epoch.
    pub epoch: u64,
    /// Its last sequence number.
    pub head: u64,
    /// The checksum there.
    pub checksum: u64,
}

/// A row of a feed as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Its number.
    pub seq: u64,
    /// The sequence number of the first row of its unit: no page splits a unit.
    pub unit: u64,
    /// One of `wire::row_kind`; never `own`, which depends on the reader.
    pub kind: u8,
    /// The document.
    pub doc: Option<DocId>,
    /// The change.
    pub hash: Option<Hash>,
    /// The group that brought it.
    pub group: Option<GroupId>,
    /// The content of a control row; empty for others.
    pub control: Vec<u8>,
    /// The control row's own receipt.
    pub mac: Option<[u8; 16]>,
    /// The checksum after it.
    pub checksum: u64,
}

/// A row of a feed with the change that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    /// The row.
    pub row: FeedRow,
    /// The change's bytes, which its writer is not told again, and its receipt.
    pub change: Option<(Vec<u8>, Receipt)>,
}

/// A change as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    /// Its document.
    pub doc: DocId,
    /// The hash that identifies it.
    pub hash: Hash,
    /// The actor that wrote it.
    pub actor: Actor,
    /// Its number among its actor's in the document.
    pub seq: u64,
    /// The number of its last operation.
    pub max_op: u64,
    /// The chunk.
    pub bytes: Vec<u8>,
    /// The receipt: the device that brought it, and the instant.
    pub receipt: Receipt,
    /// The group that brought it.
    pub group: GroupId,
}

/// The placement of a document, with the facts that decide later merges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlacement {
    /// The placement. Its team is the server's.
    pub placement: Placement,
    /// The author of its first change.
    pub author: PersonId,
    /// The last operation of the change that gave the parent.
    pub parent_max_op: u64,
    /// That change.
    pub parent_hash: Option<Hash>,
    /// The number of its changes.
    pub changes: u32,
    /// The operations and bytes of those of its changes that are shown; none where they were not counted yet.
    pub size: Option<DocumentSize>,
    /// The numbers of the scopes that it has entered, its home first.
    pub scopes: Vec<u32>,
}

/// A change that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldChange {
    /// The change.
    pub hash: Hash,
    /// Its document.
    pub doc: DocId,
    /// The actor that wrote it.
    pub actor: Actor,
    /// Its number among its actor's in the document.
    pub seq: u64,
    /// The group that it is held in.
    pub group: GroupId,
}

/// A group that is stored aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldGroup {
    /// The group as it came.
    pub group: Group,
    /// The device that brought it.
    pub installation: InstallationId,
    /// The instant at which it came, in milliseconds of server time.
    pub received_at: Millis,
    /// The reasons for which it is held.
    pub reasons: Vec<Reason>,
}

/// The tickets of an installation's last exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketPair {
    /// The one before.
    pub prev: Option<[u8; 16]>,
    /// The last one.
    pub next: [u8; 16],
}

/// A piece of the company's record of promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamplesPage {
    /// The rows, the oldest version first.
    pub rows: Vec<SampleRow>,
    /// The version of the record after them.
    pub version: u64,
    /// True if newer rows remain.
    pub more: bool,
}

/// An invitation for one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRecord {
    /// Its public half.
    pub id: [u8; 8],
    /// The SHA-256 of its secret half.
    pub secret_hash: [u8; 32],
    /// The person whose device it is for.
    pub person: PersonId,
    /// The instant until which it is valid, in milliseconds since the epoch.
    pub expires: Millis,
    /// The instant at which the device that redeemed it was first heard from; None before.
    pub used_at: Option<Millis>,
    /// The device that redeemed it.
    pub redeemed: Option<Redemption>,
}

/// A device that redeemed an invitation and enters the registry with its first exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption {
    /// The SHA-256 of the device's proof; none where it brought none.
    pub proof_hash: Option<[u8; 32]>,
    /// The device as it will enter the registry.
    pub device: Device,
}

/// A session of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The SHA-256 of its secret.
    pub secret_hash: [u8; 32],
    /// The person who signed in.
    pub person: PersonId,
    /// The instant until which it is valid, in milliseconds since the epoch.
    pub expires: Millis,
    /// The instant since which it is valid, in milliseconds since the epoch; 0 for one of an older server.
    pub since: Millis,
    /// The instant of its last use, to some minutes; 0 for one of an older server.
    pub used: Millis,
    /// The network address from which it was used last.
    pub address: String,
    /// The browser and system, as far as they are known by name.
    pub browser: String,
}

impl Session {
    /// The name by which people end it: the beginning of its secret's hash, which opens nothing.
    pub fn id(&self) -> String {
        HEXLOWER.encode(&self.secret_hash[..6])
    }

    /// Browser and address, as far as they are known; else empty.
    pub fn origin(&self) -> String {
        let known = [self.browser.as_str(), self.address.as_str()];
        let known = known.into_iter().filter(|text| !text.is_empty());
        known.collect::<Vec<_>>().join(", ")
    }
}

/// A sign-in link of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// The SHA-256 of its secret.
    pub secret_hash: [u8; 32],
    /// The person who may sign in with it.
    pub person: PersonId,
    /// The instant until which it is valid, in milliseconds since the epoch.
    pub expires: Millis,
    /// The instant at which it was used; None before.
    pub used_at: Option<Millis>,
}
