//! The counts of a run.

use std::collections::BTreeSet;

use crate::model::ids::DocId;

/// The counts and changes of a run so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStats {
    /// Exchanges that were completed.
    pub exchanges: u32,
    /// Groups that the server stored, or had.
    pub sent: u64,
    /// Changes that were new here.
    pub received: u64,
    /// Rows that passed cursors.
    pub rows: u64,
    /// Groups that the server holds for the office.
    pub held: u64,
    /// Groups that the server refused.
    pub refused: u64,
    /// Groups that the server does not take because it lacks what they build on, though that was sent again.
    pub lacking: u64,
    /// True if the server knows another copy of this notebook; then nothing moved.
    pub forked: bool,
    /// Documents that may read differently and were not told yet.
    pub docs: BTreeSet<DocId>,
    /// True if people, devices, presence or the company's record changed, which was not told yet.
    pub people: bool,
    /// True if everything here agrees with the server's digest; None if that was not compared.
    pub agrees: Option<bool>,
}
