//! The records of lists that are read page by page, and the counts beside them.

use serde::Serialize;

use crate::model::ids::DocId;
use crate::model::time::Millis;
use crate::notebook::entries::records::{EntryKind, EntrySummary};
use crate::store::queries::Position;

/// The place of an entry in a list that has the newest first. Many entries may have one instant, as those of an import
/// do; the id tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TimelinePosition {
    /// The entry's instant, in milliseconds since the epoch.
    pub at: Millis,
    /// The entry's id.
    pub id: DocId,
}

/// The entries about a customer that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TimelineQuery {
    /// The customer.
    pub account: DocId,
    /// The kinds of entries; empty for visits, observations and promises.
    #[uniffi(default = [])]
    pub kinds: Vec<EntryKind>,
    /// The place before which the page begins, the `more` of the page before it; none for the newest entries.
    #[uniffi(default = None)]
    pub before: Option<TimelinePosition>,
    /// The most entries to return; 0 counts as 1, more than 10,000 as 10,000.
    #[uniffi(default = 50)]
    pub limit: u32,
    /// True for archived visits and observations as well.
    #[uniffi(default = false)]
    pub archived: bool,
}

/// A page of the entries about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TimelinePage {
    /// The entries, newest first.
    pub entries: Vec<EntrySummary>,
    /// The place at which the next page goes on; none if this is the last one.
    pub more: Option<TimelinePosition>,
    /// The number of all entries about the customer, of the kinds that are asked for.
    pub total: u64,
}

/// The entries with some words that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SearchQuery {
    /// The words, or their beginnings.
    pub text: String,
    /// The kinds of entries; empty for customers, visits, observations and promises.
    #[uniffi(default = [])]
    pub kinds: Vec<EntryKind>,
    /// The number of entries to skip.
    #[uniffi(default = 0)]
    pub offset: u32,
    /// The most entries to return; more than 10,000 counts as 10,000.
    #[uniffi(default = 50)]
    pub limit: u32,
}

/// A page of the entries that a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SearchPage {
    /// The entries, the best first.
    pub entries: Vec<EntrySummary>,
    /// The number of all that were found, of the kinds that are asked for.
    pub total: u32,
    /// The number of those of each kind, also of the kinds that are not asked for; kinds without any are left out.
    pub kinds: Vec<KindCount>,
}

/// The number of entries of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct KindCount {
    /// The kind.
    pub kind: EntryKind,
    /// The number of entries.
    pub count: u32,
}

/// The number of entries of each kind that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EntryCounts {
    /// The number of customers that were not put away.
    pub accounts: u64,
    /// The number of customers that were put away.
    pub archived_accounts: u64,
    /// The number of visits that are not archived.
    pub visits: u64,
    /// The number of observations that are not archived.
    pub usages: u64,
    /// The number of promises.
    pub promises: u64,
    /// The number of promises with something left to do.
    pub open_promises: u64,
    /// The number of drafts.
    #[uniffi(default = 0)]
    pub drafts: u64,
}

impl From<TimelinePosition> for Position {
    fn from(position: TimelinePosition) -> Self {
        (position.at, position.id)
    }
}

impl From<&EntrySummary> for TimelinePosition {
    fn from(entry: &EntrySummary) -> Self {
        Self {
            at: entry.at,
            id: entry.id,
        }
    }
}
