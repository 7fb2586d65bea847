//! The change log as the rest of the server sees it: a small synchronous trait, its records and its error.
//!
//! Nothing here knows SQL; `sqlite` is the first implementation, and `conformance` says what every
//! implementation must do.

mod fault;
mod records;
mod sqlite;

#[cfg(test)]
pub(crate) mod conformance;

pub use fault::Fault;
pub use records::{
    FeedRow, HeldChange, HeldGroup, InvitationRecord, Organisation, ReadRow, Redemption,
    SamplesPage, ScopeState, Session, SignInLink, StoredChange, StoredPlacement, TicketPair,
};
pub use sqlite::{FolderLog, SqliteLog};

use kept_core::model::ids::{
    Actor, DocId, GroupId, Hash, InstallationId, OrganisationId, PersonId,
};
use kept_core::model::placement::Scope;
use kept_core::model::registry::{Colleague, Device, Presence};
use kept_core::model::silence::SilenceEnded;
use kept_core::wire::SampleRow;

/// The reason for which the log could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The database was written by a newer program.
    #[error("the log has version {found}, this program knows {known}: install a newer kept-server")]
    Newer {
        /// The version of the database.
        found: usize,
        /// The newest version that this program knows.
        known: usize,
    },
    /// The database refused or failed.
    #[error("{}", fault::describe(.0))]
    Database(#[from] rusqlite::Error),
    /// Nothing can be written now; what was stored can be read.
    #[error("{}", .0.sentence())]
    Unwritable(Fault),
    /// The content of the log is not as this program wrote it.
    #[error("the log is damaged: {0}")]
    Damaged(String),
}

/// The result of log operations.
pub type Result<T> = std::result::Result<T, LogError>;

/// The log: everything happens in a transaction.
pub trait Log: Send {
    /// Begins a transaction that may write; others that may write wait for it. Dropped, it is as if it never was.
    fn write(&mut self) -> Result<Box<dyn Transaction + '_>>;

    /// Begins a transaction that only reads one state of the log.
    fn read(&mut self) -> Result<Box<dyn Transaction + '_>>;
}

/// One transaction over everything that the log keeps.
pub trait Transaction:
    FeedStore + DocumentStore + PeopleStore + SampleStore + CredentialStore
{
    /// Makes what was written last, on disk, all of it.
    fn commit(self: Box<Self>) -> Result<()>;
}

/// Organisations, scopes and their feeds.
pub trait FeedStore {
    /// The organisation; None in a log that was just made.
    fn organisation(&self) -> Result<Option<Organisation>>;

    /// Adds an organisation.
    fn insert_organisation(&self, organisation: &Organisation) -> Result<()>;

    /// All scopes of an organisation, by number.
    fn scopes(&self, organisation: OrganisationId) -> Result<Vec<ScopeState>>;

    /// A scope by name.
    fn scope(&self, organisation: OrganisationId, scope: &Scope) -> Result<Option<ScopeState>>;

    /// Adds an empty scope under the organisation's next number, from 1.
    fn create_scope(
        &self,
        organisation: OrganisationId,
        scope: &Scope,
        epoch: u64,
    ) -> Result<ScopeState>;

    /// Locks a scope and takes its next `rows` sequence numbers: the state *before* them.
    fn reserve(&self, organisation: OrganisationId, scope: u32, rows: u64) -> Result<ScopeState>;

    /// Writes reserved rows, in order and in whole units; the last one's checksum becomes the scope's. Changes
    /// that they name must be there.
    fn insert_rows(&self, organisation: OrganisationId, scope: u32, rows: &[FeedRow])
    -> Result<()>;

    /// Rows after a sequence number with the changes that they name, in order, at most `limit`. Changes that `reader`
    /// wrote come with empty bytes.
    fn rows_after(
        &self,
        organisation: OrganisationId,
        scope: u32,
        after: u64,
        limit: u32,
        reader: InstallationId,
    ) -> Result<Vec<ReadRow>>;

    /// The checksum after a row; none where there is no such row.
    fn checksum_at(
        &self,
        organisation: OrganisationId,
        scope: u32,
        seq: u64,
    ) -> Result<Option<u64>>;
}

/// Documents: placements, changes, and what is held aside.
pub trait DocumentStore {
    /// The placement of a document; None where it is not here.
    fn placement(
        &self,
        organisation: OrganisationId,
        doc: DocId,
    ) -> Result<Option<StoredPlacement>>;

    /// Stores where documents are.
    fn put_placements(
        &self,
        organisation: OrganisationId,
        places: &[&StoredPlacement],
    ) -> Result<()>;

    /// A change by its hash.
    fn change(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<StoredChange>>;

    /// The document that a change belongs to, and the number of its last operation: cheaper than
    /// [`DocumentStore::change`].
    fn document_of(&self, organisation: OrganisationId, hash: Hash)
    -> Result<Option<(DocId, u64)>>;

    /// The change at a place of an actor's sequence in a document, stored or held.
    fn change_at(
        &self,
        organisation: OrganisationId,
        doc: DocId,
        actor: Actor,
        seq: u64,
    ) -> Result<Option<Hash>>;

    /// The changes of a document with the groups that brought them, in causal order.
    fn history(&self, organisation: OrganisationId, doc: DocId) -> Result<Vec<(Hash, GroupId)>>;

    /// The hashes of all stored changes, a hash as often as it is stored.
    fn change_hashes(&self, organisation: OrganisationId) -> Result<Vec<Hash>>;

    /// Stores changes, each as its document's next; their placements must be there.
    fn insert_changes(&self, organisation: OrganisationId, changes: &[StoredChange]) -> Result<()>;

    /// True if any change is held.
    fn holds_any(&self, organisation: OrganisationId) -> Result<bool>;

    /// The held group and document that a change is held in.
    fn held_change(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<HeldChange>>;

    /// A held group.
    fn held_group(&self, organisation: OrganisationId, group: GroupId)
    -> Result<Option<HeldGroup>>;

    /// All held groups, the oldest first.
    fn held_groups(&self, organisation: OrganisationId) -> Result<Vec<HeldGroup>>;

    /// The bytes of the held groups that an installation brought.
    fn held_bytes(&self, organisation: OrganisationId, installation: InstallationId)
    -> Result<u64>;

    /// Stores a group aside, in no feed.
    fn insert_held(
        &self,
        organisation: OrganisationId,
        held: &HeldGroup,
        changes: &[HeldChange],
    ) -> Result<()>;
}

/// The registry, presence and the tickets of exchanges.
pub trait PeopleStore {
    /// All colleagues, by id.
    fn colleagues(&self, organisation: OrganisationId) -> Result<Vec<Colleague>>;

    /// One colleague.
    fn colleague(
        &self,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<Colleague>>;

    /// Stores a colleague.
    fn put_colleague(&self, organisation: OrganisationId, colleague: &Colleague) -> Result<()>;

    /// All devices, by id.
    fn devices(&self, organisation: OrganisationId) -> Result<Vec<Device>>;

    /// A device and the organisation that it belongs to.
    fn device(&self, installation: InstallationId) -> Result<Option<(OrganisationId, Device)>>;

    /// Stores a device and binds its actors, none of which may be bound to another.
    fn put_device(&self, organisation: OrganisationId, device: &Device) -> Result<()>;

    /// The installation that an actor is bound to.
    fn actor(&self, organisation: OrganisationId, actor: Actor) -> Result<Option<InstallationId>>;

    /// Takes an actor from the installation that it is bound to.
    fn release_actor(&self, organisation: OrganisationId, actor: Actor) -> Result<()>;

    /// The tickets of an installation's last exchange.
    fn tickets(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
    ) -> Result<Option<TicketPair>>;

    /// Stores the tickets of an exchange.
    fn put_tickets(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
        pair: TicketPair,
    ) -> Result<()>;

    /// The addresses under which pushes reach the devices of a person, by device.
    fn push_addresses(
        &self,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Vec<(InstallationId, String)>>;

    /// Stores the address of an installation's device of a person; an empty one takes it back.
    fn put_push_address(
        &self,
        organisation: OrganisationId,
        device: (InstallationId, PersonId),
        address: &str,
    ) -> Result<()>;

    /// An installation's presence.
    fn presence(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
    ) -> Result<Option<Presence>>;

    /// Stores presence under the organisation's next presence version.
    fn put_presence(&self, organisation: OrganisationId, presence: &Presence) -> Result<()>;

    /// Presence newer than a version, and the present version. A version from the future gives everything.
    fn presence_since(
        &self,
        organisation: OrganisationId,
        version: u64,
    ) -> Result<(Vec<Presence>, u64)>;

    /// Stores the end of a silence under the organisation's next presence version.
    fn put_silence(&self, organisation: OrganisationId, ended: &SilenceEnded) -> Result<()>;

    /// Silences that ended, newer than a version of presence. A version from the future gives everything.
    fn silences_since(
        &self,
        organisation: OrganisationId,
        version: u64,
    ) -> Result<Vec<SilenceEnded>>;
}

/// The company's record of promises: a row for each that ever said something.
pub trait SampleStore {
    /// The row of a promise.
    fn sample(&self, organisation: OrganisationId, promise: DocId) -> Result<Option<SampleRow>>;

    /// Stores rows in order, each under the organisation's next version of the record.
    fn put_samples(&self, organisation: OrganisationId, rows: &[SampleRow]) -> Result<()>;

    /// Rows newer than a version, the oldest first, at most `limit`, which is not 0. A version from the future
    /// gives the record from its beginning.
    fn samples_since(
        &self,
        organisation: OrganisationId,
        version: u64,
        limit: u32,
    ) -> Result<SamplesPage>;
}

/// Credentials: invitations for devices, sign-in links and sessions for the office.
pub trait CredentialStore {
    /// Stores an invitation, in place of one of the same id.
    fn put_invitation(
        &self,
        organisation: OrganisationId,
        invitation: &InvitationRecord,
    ) -> Result<()>;

    /// An invitation by its public id, and its organisation.
    fn invitation(&self, id: [u8; 8]) -> Result<Option<(OrganisationId, InvitationRecord)>>;

    /// The invitation that an installation redeemed, and its organisation.
    fn redeemed(
        &self,
        installation: InstallationId,
    ) -> Result<Option<(OrganisationId, InvitationRecord)>>;

    /// Stores a sign-in link, in place of one of the same secret.
    fn put_sign_in(&self, organisation: OrganisationId, sign_in: &SignInLink) -> Result<()>;

    /// A sign-in link by the SHA-256 of its secret.
    fn sign_in(&self, secret_hash: [u8; 32]) -> Result<Option<(OrganisationId, SignInLink)>>;

    /// Takes the sign-in links of a person back.
    fn remove_sign_ins_of(&self, organisation: OrganisationId, person: PersonId) -> Result<()>;

    /// Stores a session, in place of one of the same secret.
    fn put_session(&self, organisation: OrganisationId, session: &Session) -> Result<()>;

    /// A session by the SHA-256 of its secret.
    fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(OrganisationId, Session)>>;

    /// All sessions, the newest first.
    fn sessions(&self, organisation: OrganisationId) -> Result<Vec<Session>>;

    /// Ends a session; nothing happens where there is none.
    fn remove_session(&self, secret_hash: [u8; 32]) -> Result<()>;
}
