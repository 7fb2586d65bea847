//! The records of the status.

use serde::Serialize;

use crate::environment::ZoneSource;
use crate::language::Message;
use crate::model::ids::{DocId, GroupId};
use crate::model::time::{Millis, Trust};
use crate::notebook::history::set_aside::SetAsideChange;
use crate::notebook::identity::Me;
use crate::notebook::people::records::DeviceStatus;
use crate::notebook::sync::ways_out::WayOut;
use crate::notebook::verification::QuarantinedDocument;
use crate::store::outbox::GroupState;
use crate::sync::outage::Outage;

/// A group that the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UnsentGroup {
    /// The group's id.
    pub id: GroupId,
    /// The instant at which it was written, in milliseconds since the epoch.
    pub written_at: Millis,
    /// The group's state.
    pub state: GroupState,
    /// The reasons for which it is held or refused, each once.
    pub reasons: Vec<Message>,
    /// The ids of the documents that it is about.
    pub docs: Vec<DocId>,
    /// The thing that it concerns, in a few words: the kind and the title of its first document, and the number of further ones.
    pub words: Message,
    /// The ways out, the likeliest first.
    pub ways: Vec<WayOut>,
}

/// The progress of reading a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ScopeStatus {
    /// The scope's name: "company", "team:north" and so on.
    pub name: String,
    /// The number of the last row read.
    pub seq: u64,
    /// The number of the last row on the server, when last heard.
    pub head: u64,
    /// True if what is here sums up to something else than on the server.
    pub differs: bool,
}

/// Everything to know about what is sent and what is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Status {
    /// The notebook's identity.
    pub me: Me,
    /// A sentence on what is only on this device.
    pub line: Message,
    /// The groups that are not acknowledged, oldest first.
    pub unsent: Vec<UnsentGroup>,
    /// The server time of the last exchange, in milliseconds since the epoch; none if there was none.
    pub last_contact: Option<Millis>,
    /// The devices, the one heard from most recently first.
    pub devices: Vec<DeviceStatus>,
    /// The scopes that are read, with their progress.
    pub scopes: Vec<ScopeStatus>,
    /// The number of documents of which rows are still to come.
    pub arriving: u64,
    /// The number of rows of kinds that this version does not know.
    pub unknown_rows: u64,
    /// The documents that cannot be read, with the reason.
    pub quarantined: Vec<QuarantinedDocument>,
    /// The changes of documents that are set aside, with the reason; the rest of these documents is shown.
    pub set_aside: Vec<SetAsideChange>,
    /// The documents that do not count, with the reason: promises that have not been written again, and what was
    /// written about a colleague by an author who might not.
    pub not_counted: Vec<UncountedEntry>,
    /// True if the server knows another copy of this notebook: `prepare_renewal` lets it go on.
    pub forked: bool,
    /// True if the server said, when it was asked last, that this device is signed out: an invitation for the same
    /// person, and `prepare_join`, let it go on.
    pub signed_out: bool,
    /// The outage of the server, if it was out of reach when it was asked last.
    pub outage: Option<OutageStatus>,
    /// The address of the proxy that is kept for the way to the server, without name and password; none if there is
    /// none.
    pub proxy: Option<String>,
    /// The trust in this device's clock.
    pub clock: Trust,
    /// The server's time minus this device's clock, in milliseconds; none while unknown.
    pub clock_offset_ms: Option<i64>,
    /// The IANA zone that dates are typed and said in; none if it was not found.
    pub zone: Option<String>,
    /// The place where the zone was found; none if it was not.
    pub zone_from: Option<ZoneSource>,
    /// The notes on all of the above that are to be read, as sentences.
    pub notes: Vec<Message>,
    /// The number of drafts, which are only on this device and never sent.
    #[uniffi(default = 0)]
    pub drafts: u32,
    /// The number of groups and documents that were withdrawn, which are only on this device.
    #[uniffi(default = 0)]
    pub withdrawn: u32,
}

/// A document that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct UncountedEntry {
    /// The document's id.
    pub id: DocId,
    /// The document's title: the promise's deliverable, or the name of the colleague that it is about.
    pub title: String,
    /// The reason for which it does not count.
    pub reason: Message,
}

/// The server out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OutageStatus {
    /// The cause, and what was answered.
    #[serde(flatten)]
    pub outage: Outage,
    /// The instant since which it lasts, in milliseconds since the epoch.
    pub since: Millis,
}
