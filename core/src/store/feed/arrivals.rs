//! Documents that arrive: which come whole with a page, and of which rows are still to come.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::error::FeedError;
use crate::model::ids::{DocId, GroupId};
use crate::store::StoreError;
use crate::store::projection::{self, ArrivedDocument};

/// Documents that a page brings whole, so that nothing need be read back to show them.
#[derive(Default)]
pub(super) struct Arrivals {
    /// The documents that entered with this page.
    pub(super) entering: BTreeMap<DocId, Entering>,
    /// The documents of which nothing was here before.
    pub(super) fresh: BTreeMap<DocId, ArrivedDocument>,
    /// Groups of changes that the server has, and did not say so beside the page.
    pub(super) settled: BTreeSet<GroupId>,
    /// True if documents were arriving before the page.
    pub(super) others: bool,
}

/// A document that entered with a page.
pub(super) struct Entering {
    /// The number of its rows that are still to come.
    pub(super) remaining: u32,
    /// True if something was known of it before.
    pub(super) known: bool,
}

pub(super) fn any_arriving(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM arriving)")?
        .query_row([], |row| row.get(0))?)
}

/// Notes whether rows of a document are still to come.
pub(super) fn settle_arrival(
    transaction: &Transaction<'_>,
    scope: u32,
    doc: DocId,
    entering: &Entering,
) -> Result<(), FeedError> {
    if entering.remaining == 0 {
        return if entering.known {
            arrived_whole(transaction, doc)
        } else {
            Ok(())
        };
    }
    // A document that is shown has come whole by another scope, or was written here.
    if !entering.known || !projection::is_shown(transaction, doc)? {
        transaction
            .prepare_cached(
                "INSERT INTO arriving (scope, doc, remaining) VALUES (?1, ?2, ?3)
                 ON CONFLICT (scope, doc) DO UPDATE SET remaining = excluded.remaining",
            )?
            .execute((scope, doc, entering.remaining))?;
    }
    Ok(())
}

/// One scope has brought all of a document: it no longer matters what others still bring.
fn arrived_whole(transaction: &Transaction<'_>, doc: DocId) -> Result<(), FeedError> {
    transaction
        .prepare_cached("DELETE FROM arriving WHERE doc = ?1")?
        .execute([doc])?;
    Ok(())
}

/// Counts a row of a document that entered with an earlier page. True if it was the last one.
pub(super) fn count_arrived_row(
    transaction: &Transaction<'_>,
    scope: u32,
    doc: DocId,
) -> Result<bool, FeedError> {
    let remaining: Option<i64> = transaction
        .prepare_cached(
            "UPDATE arriving SET remaining = remaining - 1 WHERE scope = ?1 AND doc = ?2
             RETURNING remaining",
        )?
        .query_row((scope, doc), |row| row.get(0))
        .optional()?;
    let is_whole = remaining.is_some_and(|remaining| remaining <= 0);
    if is_whole {
        arrived_whole(transaction, doc)?;
    }
    Ok(is_whole)
}
