//! Taking a page: its rows, the rows of screens that follow from them, and the cursor, in one transaction.
//!
//! A row whose change must not be expanded is kept and passed over.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use minicbor::Decode;
use rusqlite::{Connection, Transaction};

use super::arrivals::{Arrivals, Entering, any_arriving, count_arrived_row, settle_arrival};
use super::error::FeedError;
use super::feed_rows::{as_i64, store_rows};
use super::scopes::begin;
use crate::document::chunk::CheckedChange;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::model::placement::Placement;
use crate::model::registry::RegistryRow;
use crate::store::changes::{self, Acknowledged, NewChange};
use crate::store::placements::{self, PlacementChange};
use crate::store::projection::{self, ArrivedDocument};
use crate::store::{StoreError, outbox, registry, search, stale, withdrawal};
use crate::wire::{Entered, Page, Row, checksum_of, items, row_kind};

/// The result of taking a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageOutcome {
    /// The documents that may read differently now.
    pub docs: BTreeSet<DocId>,
    /// The number of rows that passed the cursor.
    pub rows: u64,
    /// The number of changes that were new here.
    pub new_changes: u64,
    /// True if people or devices changed.
    pub registry: bool,
}

/// Changes of an answer that were read and found in order, by their hashes.
pub type CheckedChanges = HashMap<Hash, CheckedChange>;

/// The facts that an answer has brought so far, so that its later pages need not ask the database.
#[derive(Default)]
pub struct PageContext {
    /// The groups that the server has, as it said beside the pages: the caller passes them on to the outbox.
    pub stored: BTreeSet<GroupId>,
    /// The changes that came with their bytes: other scopes name them again without.
    brought: BTreeSet<(DocId, Hash)>,
    /// The placements of documents that entered a scope: others that they are shared into say the same.
    placements: BTreeMap<DocId, Placement>,
    /// Changes that were checked before they are taken.
    checked: CheckedChanges,
}

impl PageContext {
    /// Nothing so far, and what was checked already.
    pub fn with(checked: CheckedChanges) -> Self {
        Self {
            checked,
            ..Self::default()
        }
    }
}

/// Takes a page, or a piece of one, and rewrites the rows that it concerns: all of it or nothing. The sum that the
/// server says of a page holds at its end only. Rows of documents that read differently because people or devices
/// changed are left to [`refresh_stale`](super::refresh_stale).
pub fn apply_page(
    transaction: &Transaction<'_>,
    page: &Page,
    is_end: bool,
    page_context: &mut PageContext,
) -> Result<PageOutcome, FeedError> {
    let mut state = begin(transaction, page)?;
    let mut outcome = PageOutcome::default();
    let mut arrivals = Arrivals {
        others: any_arriving(transaction)?,
        ..Arrivals::default()
    };
    let mut actors = Vec::new();
    let (mut people, mut pools) = (BTreeSet::new(), BTreeSet::new());
    let mut unknown = 0;
    for row in &page.rows {
        if row.seq != state.seq + 1 {
            return Err(FeedError::Gap {
                scope: page.scope,
                after: row.seq.saturating_sub(1),
                seq: state.seq,
            });
        }
        state.seq = row.seq;
        outcome.rows += 1;
        match row.kind {
            row_kind::CHANGE | row_kind::OWN => {
                let hash = apply_change(
                    transaction,
                    page.scope,
                    row,
                    &mut outcome,
                    &mut arrivals,
                    page_context,
                )?;
                state.checksum = state.checksum.wrapping_add(checksum_of(hash));
            }
            row_kind::ENTERED => {
                let doc = apply_entered(transaction, page.scope, row, &mut arrivals, page_context)?;
                outcome.docs.extend(doc);
            }
            row_kind::REGISTRY => {
                let page_context: RegistryRow = decode_control(page.scope, row)?;
                let affected = registry::take(transaction, &page_context)?;
                actors.extend(affected.actors);
                people.extend(affected.people);
                pools.extend(affected.pools);
                outcome.registry = true;
            }
            row_kind::STUB => {}
            // Stored below and counted by status; what this version does not know it leaves alone.
            _ => unknown += 1,
        }
    }
    store_rows(transaction, page)?;
    for (doc, entering) in &arrivals.entering {
        if entering.remaining > 0 || arrivals.others {
            settle_arrival(transaction, page.scope, *doc, entering)?;
        }
    }
    for group in &arrivals.settled {
        outbox::settle(transaction, *group)?;
    }
    stale::mark(transaction, &actors, &people, &pools)?;
    let differs = match is_end {
        true => state.checksum != page.checksum,
        false => state.differs,
    };
    transaction
        .prepare_cached(
            "UPDATE scope SET seq = ?2, checksum = ?3, head = ?4, differs = ?5, unknown = unknown + ?6
             WHERE number = ?1",
        )?
        .execute((
            page.scope,
            as_i64(state.seq),
            state.checksum.to_be_bytes(),
            as_i64(page.head),
            differs,
            unknown,
        ))?;
    project(transaction, &outcome.docs, arrivals)?;
    Ok(outcome)
}

/// Takes changes that were wanted.
pub fn apply_requested(
    transaction: &Transaction<'_>,
    rows: &[Row],
) -> Result<PageOutcome, FeedError> {
    let mut outcome = PageOutcome::default();
    for row in rows.iter().filter(|row| row.kind == row_kind::CHANGE) {
        store_change(
            transaction,
            0,
            row,
            &mut outcome,
            &mut CheckedChanges::new(),
        )?;
        outcome.docs.extend(row.doc);
    }
    project(transaction, &outcome.docs, Arrivals::default())?;
    Ok(outcome)
}

/// Changes that stand in a feed and are not here, a few at a time.
pub fn missing_changes(connection: &Connection, most: usize) -> Result<Vec<Hash>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT hash FROM missing ORDER BY hash LIMIT ?1")?;
    Ok(statement
        .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The number of documents that are arriving, and of rows of kinds that this version does not know.
pub fn waiting_counts(connection: &Connection) -> Result<(u64, u64), StoreError> {
    let arriving: i64 = connection.query_row(
        "SELECT count(DISTINCT doc) FROM arriving WHERE remaining > 0",
        [],
        |row| row.get(0),
    )?;
    let unknown: i64 =
        connection.query_row("SELECT coalesce(sum(unknown), 0) FROM scope", [], |row| {
            row.get(0)
        })?;
    Ok((arriving.unsigned_abs(), unknown.unsigned_abs()))
}

fn apply_change(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    outcome: &mut PageOutcome,
    arrivals: &mut Arrivals,
    page_context: &mut PageContext,
) -> Result<Hash, FeedError> {
    let (Some(doc), Some(hash)) = (row.doc, row.hash) else {
        return Err(wrong(scope, row, "it names no change"));
    };
    let receipt = row.receipt.as_ref();
    let arrival = match &row.bytes {
        Some(_) => store_change(transaction, scope, row, outcome, &mut page_context.checked)?,
        None if page_context.brought.contains(&(doc, hash)) => {
            ChangeArrival::Known(Acknowledged::Before)
        }
        None => ChangeArrival::Known(changes::acknowledge(transaction, doc, hash, receipt)?),
    };
    let reads_differently = match arrival {
        ChangeArrival::New(change) => {
            if receipt.is_some() {
                page_context.brought.insert((doc, hash));
            }
            if let Some(fresh) = arrivals.fresh.get_mut(&doc) {
                let received_at = receipt.map(|receipt| receipt.received_at);
                fresh.changes.push((*change, received_at));
            }
            true
        }
        // It was here before: written here, or brought by another scope.
        ChangeArrival::Known(known) => {
            arrivals.fresh.remove(&doc);
            match known {
                Acknowledged::Missing => {
                    transaction
                        .prepare_cached(
                            "INSERT INTO missing (hash, doc) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                        )?
                        .execute((hash, doc))?;
                }
                Acknowledged::Before => {}
                Acknowledged::Now => {
                    let settled = row
                        .group
                        .filter(|group| !page_context.stored.contains(group));
                    arrivals.settled.extend(settled);
                }
            }
            let received_at = receipt.map(|receipt| receipt.received_at);
            match received_at.filter(|_| known == Acknowledged::Now) {
                Some(at) => projection::shows_receipt(transaction, doc, at)?,
                None => false,
            }
        }
    };
    let is_whole_now = match arrivals.entering.get_mut(&doc) {
        Some(entering) => {
            entering.remaining = entering.remaining.saturating_sub(1);
            false
        }
        None => arrivals.others && count_arrived_row(transaction, scope, doc)?,
    };
    if reads_differently || is_whole_now {
        outcome.docs.insert(doc);
    }
    Ok(hash)
}

/// A change that came.
enum ChangeArrival {
    /// It is new here.
    New(Box<CheckedChange>),
    /// It was here before, or its bytes did not come.
    Known(Acknowledged),
}

/// Stores a change that came with its bytes: it is missing no longer.
fn store_change(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    outcome: &mut PageOutcome,
    checked: &mut CheckedChanges,
) -> Result<ChangeArrival, FeedError> {
    let (Some(doc), Some(hash), Some(bytes)) = (row.doc, row.hash, row.bytes.as_ref()) else {
        return Err(wrong(scope, row, "it carries no change"));
    };
    let change = match checked.remove(&hash) {
        Some(change) => change,
        // The server has it, and so it is kept, whatever it expands to: no feed waits for it.
        None => {
            CheckedChange::stored(bytes, hash).map_err(|e| wrong(scope, row, &e.to_string()))?
        }
    };
    transaction
        .prepare_cached("DELETE FROM missing WHERE hash = ?1")?
        .execute([hash])?;
    let new = NewChange {
        doc,
        change: &change,
        parent: None,
        group: row.group.unwrap_or(GroupId([0; 16])),
        receipt: row.receipt.as_ref(),
    };
    let mut is_new = changes::insert(transaction, &new)?;
    if !is_new
        && let Some(other) = changes::conflicting_change(transaction, doc, &change)?
        && let Some(docs) = withdrawal::withdraw_clash(transaction, doc, other)?
    {
        outcome.docs.extend(docs);
        is_new = changes::insert(transaction, &new)?;
    }
    if is_new {
        if row.receipt.is_none() {
            changes::acknowledge(transaction, doc, hash, None)?;
        }
        outcome.new_changes += 1;
        return Ok(ChangeArrival::New(Box::new(change)));
    }
    if let Some(other) = changes::conflicting_change(transaction, doc, &change)? {
        return Err(wrong(
            scope,
            row,
            &format!("change {other} stands at the same place of its author's sequence"),
        ));
    }
    let known = changes::acknowledge(transaction, doc, hash, row.receipt.as_ref())?;
    Ok(ChangeArrival::Known(known))
}

fn apply_entered(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    arrivals: &mut Arrivals,
    page_context: &mut PageContext,
) -> Result<Option<DocId>, FeedError> {
    let entered: Entered = decode_control(scope, row)?;
    let doc = entered.placement.doc;
    let took = if page_context.placements.get(&doc) == Some(&entered.placement) {
        PlacementChange::Same
    } else {
        page_context
            .placements
            .insert(doc, entered.placement.clone());
        placements::merge_from_server(transaction, &entered.placement)?
    };
    let entering = Entering {
        remaining: entered.rows,
        known: took != PlacementChange::New,
    };
    arrivals.entering.insert(doc, entering);
    if took == PlacementChange::New && entered.rows > 0 {
        let fresh = ArrivedDocument {
            placement: entered.placement,
            changes: Vec::new(),
        };
        arrivals.fresh.insert(doc, fresh);
    } else {
        arrivals.fresh.remove(&doc);
    }
    Ok((took != PlacementChange::Same).then_some(doc))
}

fn decode_control<T: for<'b> Decode<'b, ()>>(scope: u32, row: &Row) -> Result<T, FeedError> {
    let control = row
        .control
        .as_ref()
        .ok_or_else(|| wrong(scope, row, "it has no content"))?;
    items::decode_record(control).map_err(|e| wrong(scope, row, &e.to_string()))
}

fn wrong(scope: u32, row: &Row, reason: &str) -> FeedError {
    FeedError::Row {
        scope,
        seq: row.seq,
        reason: reason.into(),
    }
}

/// Rewrites the rows of documents that a page concerned.
fn project(
    transaction: &Transaction<'_>,
    docs: &BTreeSet<DocId>,
    mut arrivals: Arrivals,
) -> Result<(), StoreError> {
    let registry = registry::load(transaction)?;
    for doc in docs {
        let entering = arrivals.entering.get(doc);
        let whole = entering.is_some_and(|entering| entering.remaining == 0);
        match arrivals.fresh.remove(doc).filter(|_| whole) {
            Some(fresh) => projection::insert_arrived(transaction, fresh, &registry)?,
            None => projection::refresh(transaction, *doc, &registry)?,
        }
    }
    search::index_pending(transaction)
}
