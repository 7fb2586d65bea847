//! The report of a synchronisation.

use serde::Serialize;

use crate::sync::engine::RunStats;

/// The result of a synchronisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SyncReport {
    /// The number of exchanges.
    pub exchanges: u32,
    /// The number of groups that the server stored, or had already.
    pub sent: u64,
    /// The number of changes that were new here.
    pub received: u64,
    /// The number of groups that the server holds for the office.
    pub held: u64,
    /// The number of groups that the server refused.
    pub refused: u64,
    /// The number of groups that wait because the server lacks what they build on, though that was sent again.
    pub lacking: u64,
    /// True if the server knows another copy of this notebook; then nothing moved.
    pub forked: bool,
    /// True if it was stopped before its end.
    pub stopped: bool,
    /// True if everything here agrees with the server; none if it was not compared.
    pub agrees: Option<bool>,
}

/// The end of a run that does not fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::notebook) enum RunEnd {
    /// Nothing is left to do.
    Done,
    /// It was told to stop, or had no time left.
    Stopped,
}

/// Returns the report of a run.
pub(in crate::notebook) fn sync_report(stats: &RunStats, end: RunEnd) -> SyncReport {
    SyncReport {
        exchanges: stats.exchanges,
        sent: stats.sent,
        received: stats.received,
        held: stats.held,
        refused: stats.refused,
        lacking: stats.lacking,
        forked: stats.forked,
        stopped: end == RunEnd::Stopped,
        agrees: stats.agrees,
    }
}
