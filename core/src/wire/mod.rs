//! The messages between a device and the server: CBOR maps with integer keys, key 0 the protocol version.
//!
//! Unknown keys are ignored and new ones are optional, so both sides may be of different ages. Every message has a
//! golden file beside the tests; changing one of them is changing the protocol.

mod codec;
mod codes;
mod error;
pub mod items;
mod sample;

pub use codec::{pack, unpack, unpack_limited};
pub use codes::{Reason, ReasonCode, problem, row_kind};
pub use error::WireError;
pub use sample::{SampleEnding, SampleLifetime, SampleRow};

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use crate::model::ids::{Actor, DocId, GroupId, Hash, InstallationId, OrganisationId};
use crate::model::placement::Placement;
use crate::model::registry::{Colleague, Presence};
use crate::model::silence::SilenceEnded;
use crate::model::time::Millis;

/// A random token that names one exchange.
pub type Ticket = ByteArray<16>;

/// One change of one document, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Change {
    /// The document that it belongs to.
    #[n(0)]
    pub doc: DocId,
    /// The SHA-256 of the chunk, which identifies the change.
    #[n(1)]
    pub hash: Hash,
    /// The uncompressed Automerge change chunk.
    #[n(2)]
    pub bytes: ByteVec,
    /// The parent that this change gives the document, where it does.
    #[n(3)]
    pub parent: Option<DocId>,
    /// The proof that the server once stored it, where it is given back.
    #[n(4)]
    pub receipt: Option<Receipt>,
}

/// The server's proof that it stored a change: who brought it, when, and 16 bytes of HMAC over both.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// The installation whose actor wrote the change.
    #[n(0)]
    pub installation: InstallationId,
    /// The instant when the server stored it, in milliseconds of server time.
    #[n(1)]
    pub received_at: Millis,
    /// HMAC-SHA-256, its first 16 bytes, over organisation, document, hash, installation and time.
    #[n(2)]
    pub mac: ByteArray<16>,
}

/// The changes that one tap wrote: stored, held or refused as one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Group {
    /// Names the group in the reply.
    #[n(0)]
    pub id: GroupId,
    /// Its changes, in causal order.
    #[n(1)]
    pub changes: Vec<Change>,
    /// The placements of the documents that they belong to.
    #[n(2)]
    pub places: Vec<Placement>,
}

/// The position up to which a device has read a scope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Cursor {
    /// The scope's number within the organisation.
    #[n(0)]
    pub scope: u32,
    /// The epoch that the sequence belongs to.
    #[n(1)]
    pub epoch: u64,
    /// The last row taken.
    #[n(2)]
    pub seq: u64,
    /// The checksum at that row.
    #[n(3)]
    pub checksum: u64,
}

/// A device's message to the server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Request {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// The ticket of the last exchange that this device completed; none before its first.
    #[n(1)]
    pub prev: Option<Ticket>,
    /// The ticket of this exchange, stored by the device before it was sent.
    #[n(2)]
    pub next: Ticket,
    /// New actors of this installation, bound before the groups are checked.
    #[n(3)]
    pub actors: Vec<Actor>,
    /// The positions up to which the device has read; scopes that it does not know are missing.
    #[n(4)]
    pub cursors: Vec<Cursor>,
    /// Groups from the outbox.
    #[n(5)]
    pub groups: Vec<Group>,
    /// True if the groups are all that was unsent when the request was made.
    #[n(6)]
    pub whole: bool,
    /// The device's estimate of server time when it looked at its outbox.
    #[n(7)]
    pub as_of: Option<Millis>,
    /// The version of presence that the device holds.
    #[n(8)]
    pub presence_version: u64,
    /// The version of the samples that the device holds.
    #[n(9)]
    pub samples_version: u64,
    /// Changes that stand in a feed and are not here.
    #[n(10)]
    pub wants: Vec<Hash>,
    /// Documents with held, refused, returned or quarantined groups.
    #[n(11)]
    pub open: Vec<DocId>,
    /// The most bytes of changes that the device would like in the reply.
    #[n(12)]
    pub page_bytes: u32,
    /// The address under which a push reaches the device, which the server keeps from now on; empty if none does. None
    /// where the server keeps it already.
    #[n(13)]
    pub push: Option<String>,
}

/// The outcome of a group.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum GroupOutcome {
    /// On the server's disk.
    #[n(0)]
    Stored,
    /// It was there before.
    #[n(1)]
    Already,
    /// The server lacks these changes: send them again.
    #[n(2)]
    MissingDeps(#[n(0)] Vec<Hash>),
    /// Stored aside: its author may not write there. The office decides.
    #[n(3)]
    Held(#[n(0)] Vec<Reason>),
    /// Not stored.
    #[n(4)]
    Refused(#[n(0)] Vec<Reason>),
}

/// The outcome of one group of the request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct GroupResult {
    /// The group's id.
    #[n(0)]
    pub id: GroupId,
    /// Its outcome.
    #[n(1)]
    pub outcome: GroupOutcome,
}

/// One row of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Row {
    /// Its number: dense, in commit order.
    #[n(0)]
    pub seq: u64,
    /// One of [`row_kind`].
    #[n(1)]
    pub kind: u8,
    /// The document, for all kinds but the registry.
    #[n(2)]
    pub doc: Option<DocId>,
    /// The change, for change, own and stub.
    #[n(3)]
    pub hash: Option<Hash>,
    /// The change's bytes, for change.
    #[n(4)]
    pub bytes: Option<ByteVec>,
    /// The change's receipt, for change and own.
    #[n(5)]
    pub receipt: Option<Receipt>,
    /// The group that brought it, for change and own.
    #[n(6)]
    pub group: Option<GroupId>,
    /// The content of a control row, as CBOR: [`Entered`] or
    /// [`RegistryRow`](crate::model::registry::RegistryRow).
    #[n(7)]
    pub control: Option<ByteVec>,
    /// The control row's own receipt: 16 bytes of HMAC over all its fields.
    #[n(8)]
    pub mac: Option<ByteArray<16>>,
}

/// The content of an `entered` row.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Entered {
    /// The document's placement, as the server knows it.
    #[n(0)]
    pub placement: Placement,
    /// The number of change rows of this scope that make the document whole.
    #[n(1)]
    pub rows: u32,
}

/// A piece of one scope's feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Page {
    /// The scope's number.
    #[n(0)]
    pub scope: u32,
    /// Its name, where the request did not name the scope.
    #[n(1)]
    pub name: Option<String>,
    /// Its epoch.
    #[n(2)]
    pub epoch: u64,
    /// The sequence before the first row of this page: the device's cursor, or 0 after a new epoch.
    #[n(3)]
    pub after: u64,
    /// The rows that follow it without a gap.
    #[n(4)]
    pub rows: Vec<Row>,
    /// The checksum after the last row.
    #[n(5)]
    pub checksum: u64,
    /// The last row of the scope on the server.
    #[n(6)]
    pub head: u64,
}

/// The server's answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reply {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// The oldest version that the server speaks.
    #[n(1)]
    pub min_version: u32,
    /// The newest version that the server speaks.
    #[n(2)]
    pub max_version: u32,
    /// The ticket of the request. An answer with another one is dropped.
    #[n(3)]
    pub echo: Ticket,
    /// True if another copy of this installation has been here: nothing was stored.
    #[n(4)]
    pub forked: bool,
    /// A result for each group of the request.
    #[n(5)]
    pub results: Vec<GroupResult>,
    /// Pieces of feeds, the company scope first.
    #[n(6)]
    pub pages: Vec<Page>,
    /// Scopes of the request that this person may not read any more.
    #[n(7)]
    pub lost: Vec<u32>,
    /// SHA-256, its first 16 bytes, over all (scope, epoch, head, checksum) that this person may read.
    #[n(8)]
    pub digest: ByteArray<16>,
    /// Presence rows newer than the request's version.
    #[n(9)]
    pub presence: Vec<Presence>,
    /// The version of presence after them.
    #[n(10)]
    pub presence_version: u64,
    /// Rows of the company's record newer than the request's version, each a [`SampleRow`] as CBOR. A reader
    /// leaves out those that it cannot read.
    #[n(11)]
    pub samples: Vec<ByteVec>,
    /// The version of the record after them. One below the request's says that the record begins anew.
    #[n(12)]
    pub samples_version: u64,
    /// The server's clock when it took the request, in milliseconds since the epoch.
    #[n(13)]
    pub server_time: Millis,
    /// True if rows or samples remain beyond these.
    #[n(14)]
    pub more: bool,
    /// Changes that the request wanted.
    #[n(15)]
    pub given: Vec<Row>,
    /// Long silences that ended, newer than the request's version of presence.
    #[n(16)]
    pub silences: Vec<SilenceEnded>,
    /// The request's `push`, where the server has taken it. None from older servers.
    #[n(17)]
    pub push: Option<String>,
}

/// The message of a device that was copied and asks, with the token of before, for an installation of its own. The
/// answer is that of `join`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RenewalRequest {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// The device's label.
    #[n(1)]
    pub label: String,
    /// The actor that will write from it.
    #[n(2)]
    pub actor: Actor,
    /// A random secret that the device stored before it asked: with the same one it gets the same answer.
    #[n(3)]
    pub proof: ByteArray<32>,
}

/// The message of `join`, with an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JoinRequest {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// The invitation's code.
    #[n(1)]
    pub code: String,
    /// The device's label.
    #[n(2)]
    pub label: String,
    /// The actors that will write from it.
    #[n(3)]
    pub actors: Vec<Actor>,
    /// A random secret that the device stored before it asked: who brings the same one again is the same device,
    /// and gets the same answer. Older devices have none.
    #[n(4)]
    pub proof: Option<ByteArray<32>>,
}

/// The server's answer to an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JoinReply {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// The organisation.
    #[n(1)]
    pub organisation: OrganisationId,
    /// The organisation's name.
    #[n(2)]
    pub organisation_name: String,
    /// The person who joined.
    #[n(3)]
    pub colleague: Colleague,
    /// The new installation.
    #[n(4)]
    pub installation: InstallationId,
    /// Its token, secret.
    #[n(5)]
    pub token: String,
    /// The server's clock, in milliseconds since the epoch.
    #[n(6)]
    pub server_time: Millis,
}

/// The reason why the server did not do what it was asked, beside an HTTP status that is not 200.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// The protocol version.
    #[n(0)]
    pub version: u32,
    /// A stable word: one of [`problem`].
    #[n(1)]
    pub code: String,
    /// The details, for a person who looks into it.
    #[n(2)]
    pub detail: String,
}

/// The media type of every body.
pub const CONTENT_TYPE: &str = "application/vnd.kept+cbor+zstd";
/// The header by which a Kept server is known.
pub const SERVER_HEADER: &str = "x-kept";

/// The sum that a hash adds to a scope's checksum: its first 8 bytes, big endian.
pub fn checksum_of(hash: Hash) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.0[..8]);
    u64::from_be_bytes(first)
}

/// The digest over (scope, epoch, head, checksum), which must come in ascending order of scopes.
pub fn digest(scopes: impl IntoIterator<Item = (u32, u64, u64, u64)>) -> ByteArray<16> {
    use sha2::{Digest, Sha256};
    let mut sha = Sha256::new();
    for (scope, epoch, head, checksum) in scopes {
        sha.update(scope.to_be_bytes());
        sha.update(epoch.to_be_bytes());
        sha.update(head.to_be_bytes());
        sha.update(checksum.to_be_bytes());
    }
    let mut first = [0; 16];
    first.copy_from_slice(&sha.finalize()[..16]);
    first.into()
}

#[cfg(test)]
mod tests;
