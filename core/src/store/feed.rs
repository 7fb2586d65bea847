//! Feeds: pages from the server go in as one transaction, rows, projections and cursor together.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::changes::{self, Acknowledged, NewChange};
use super::places::Took;
use super::{StoreError, outbox, places, projection, registry, search};
use crate::document::chunk::CheckedChange;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::model::people::RegistryRow;
use crate::model::place::{Kind, Place};
use crate::model::time::Millis;
use crate::wire::{Cursor, Entered, Page, Row, checksum_of, row_kind};

/// What a page brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The documents that may read differently now.
    pub docs: BTreeSet<DocId>,
    /// How many rows passed the cursor.
    pub rows: u64,
    /// How many changes were new here.
    pub new_changes: u64,
    /// Whether people or devices changed.
    pub registry: bool,
}

/// Documents that a page brings whole, so that nothing need be read back to show them.
#[derive(Default)]
struct Arrivals {
    /// How many rows of a document are still to come, for those that entered with this page.
    remaining: BTreeMap<DocId, u32>,
    /// The documents of which nothing was here before.
    fresh: BTreeMap<DocId, Fresh>,
}

/// A document of which nothing was here before.
struct Fresh {
    place: Place,
    /// Its changes so far, each with the moment at which the server took it.
    changes: Vec<(CheckedChange, Option<Millis>)>,
}

/// Why a page cannot be taken. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Its rows do not follow what was read.
    #[error("the page of scope {scope} begins after row {after}, and {seq} was read")]
    Gap {
        /// Which scope.
        scope: u32,
        /// Where the page begins.
        after: u64,
        /// What was read.
        seq: u64,
    },
    /// A row lacks what its kind needs.
    #[error("row {seq} of scope {scope} is not as it should be: {reason}")]
    Row {
        /// Which scope.
        scope: u32,
        /// Which row.
        seq: u64,
        /// What is wrong.
        reason: String,
    },
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for FeedError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// How far a scope has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// Its number within the organisation.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its epoch.
    pub epoch: u64,
    /// The last row read.
    pub seq: u64,
    /// The sum over what the feed brought.
    pub checksum: u64,
    /// How far it reached on the server when last heard.
    pub head: u64,
    /// Whether the sum was once another than the server's.
    pub differs: bool,
}

/// Every scope that was ever read, by number.
pub fn scopes(connection: &Connection) -> Result<Vec<ScopeState>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, name, epoch, seq, checksum, head, differs FROM scope ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ScopeState {
            number: row.get(0)?,
            name: row.get(1)?,
            epoch: u64::from_be_bytes(row.get(2)?),
            seq: row.get::<_, i64>(3)?.unsigned_abs(),
            checksum: u64::from_be_bytes(row.get(4)?),
            head: row.get::<_, i64>(5)?.unsigned_abs(),
            differs: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The cursors of all scopes.
pub fn cursors(connection: &Connection) -> Result<Vec<Cursor>, StoreError> {
    let cursor = |s: ScopeState| Cursor {
        scope: s.number,
        epoch: s.epoch,
        seq: s.seq,
        checksum: s.checksum,
    };
    Ok(scopes(connection)?.into_iter().map(cursor).collect())
}

/// Takes a page, and rewrites the rows that it concerns: all of it or nothing.
pub fn take(transaction: &Transaction<'_>, page: &Page) -> Result<Taken, FeedError> {
    let mut state = begin(transaction, page)?;
    let mut taken = Taken::default();
    let mut arrivals = Arrivals::default();
    let mut actors = Vec::new();
    let mut pools = BTreeSet::new();
    for row in &page.rows {
        if row.seq != state.seq + 1 {
            return Err(FeedError::Gap {
                scope: page.scope,
                after: row.seq.saturating_sub(1),
                seq: state.seq,
            });
        }
        state.seq = row.seq;
        taken.rows += 1;
        match row.kind {
            row_kind::CHANGE | row_kind::OWN => {
                let hash = take_change(transaction, page.scope, row, &mut taken, &mut arrivals)?;
                state.checksum = state.checksum.wrapping_add(checksum_of(hash));
            }
            row_kind::ENTERED => {
                let doc = take_entered(transaction, page.scope, row, &mut arrivals)?;
                taken.docs.extend(doc);
            }
            row_kind::REGISTRY => {
                let told: RegistryRow = decode_control(page.scope, row)?;
                let concerned = registry::take(transaction, &told)?;
                actors.extend(concerned.actors);
                pools.extend(concerned.pools);
                taken.registry = true;
            }
            // Stored below and counted by status; what this version does not know it leaves alone.
            _ => {}
        }
        remember(transaction, page.scope, row)?;
    }
    for (doc, remaining) in &arrivals.remaining {
        if *remaining > 0 {
            transaction
                .prepare_cached(
                    "INSERT INTO arriving (scope, doc, remaining) VALUES (?1, ?2, ?3)
                     ON CONFLICT (scope, doc) DO UPDATE SET remaining = excluded.remaining",
                )?
                .execute((page.scope, doc, remaining))?;
        }
    }
    taken
        .docs
        .extend(changes::docs_of_actors(transaction, &actors)?);
    taken.docs.extend(places::given_to(transaction, &pools)?);
    let differs = state.checksum != page.checksum;
    transaction
        .prepare_cached(
            "UPDATE scope SET seq = ?2, checksum = ?3, head = ?4, differs = ?5 WHERE number = ?1",
        )?
        .execute((
            page.scope,
            sql(state.seq),
            state.checksum.to_be_bytes(),
            sql(page.head),
            differs,
        ))?;
    project(transaction, &taken.docs, arrivals)?;
    Ok(taken)
}

/// Takes changes that were wanted.
pub fn take_given(transaction: &Transaction<'_>, rows: &[Row]) -> Result<Taken, FeedError> {
    let mut taken = Taken::default();
    for row in rows.iter().filter(|row| row.kind == row_kind::CHANGE) {
        store_change(transaction, 0, row, &mut taken)?;
        transaction
            .prepare_cached("DELETE FROM missing WHERE hash = ?1")?
            .execute([row.hash])?;
        taken.docs.extend(row.doc);
    }
    project(transaction, &taken.docs, Arrivals::default())?;
    Ok(taken)
}

/// Changes that stand in a feed and are not here, a few at a time.
pub fn wanted(connection: &Connection, most: usize) -> Result<Vec<Hash>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT hash FROM missing ORDER BY hash LIMIT ?1")?;
    Ok(statement
        .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// How many documents are arriving, and how many rows are of kinds that this version does not know.
pub fn waiting(connection: &Connection) -> Result<(u64, u64), StoreError> {
    let arriving: i64 = connection.query_row(
        "SELECT count(DISTINCT doc) FROM arriving WHERE remaining > 0",
        [],
        |row| row.get(0),
    )?;
    let unknown: i64 = connection.query_row(
        "SELECT count(*) FROM feed WHERE kind NOT IN (1, 2, 3, 4, 8)",
        [],
        |row| row.get(0),
    )?;
    Ok((arriving.unsigned_abs(), unknown.unsigned_abs()))
}

/// Finds the scope's state; a page of another epoch starts it over.
fn begin(transaction: &Transaction<'_>, page: &Page) -> Result<ScopeState, FeedError> {
    let known = scopes(transaction)?
        .into_iter()
        .find(|scope| scope.number == page.scope);
    let mut state = match known {
        Some(state) => state,
        None => {
            let name = page.name.clone().ok_or_else(|| FeedError::Row {
                scope: page.scope,
                seq: 0,
                reason: "the scope has no name".into(),
            })?;
            transaction
                .prepare_cached(
                    "INSERT INTO scope (number, name, epoch, checksum) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((
                    page.scope,
                    &name,
                    page.epoch.to_be_bytes(),
                    0u64.to_be_bytes(),
                ))?;
            ScopeState {
                number: page.scope,
                name,
                epoch: page.epoch,
                seq: 0,
                checksum: 0,
                head: 0,
                differs: false,
            }
        }
    };
    if state.epoch != page.epoch || (page.after == 0 && state.seq > 0) {
        transaction
            .prepare_cached("DELETE FROM feed WHERE scope = ?1")?
            .execute([page.scope])?;
        transaction
            .prepare_cached("DELETE FROM arriving WHERE scope = ?1")?
            .execute([page.scope])?;
        transaction
            .prepare_cached("UPDATE scope SET epoch = ?2 WHERE number = ?1")?
            .execute((page.scope, page.epoch.to_be_bytes()))?;
        state = ScopeState {
            epoch: page.epoch,
            seq: 0,
            checksum: 0,
            ..state
        };
    }
    if page.after != state.seq {
        return Err(FeedError::Gap {
            scope: page.scope,
            after: page.after,
            seq: state.seq,
        });
    }
    Ok(state)
}

fn take_change(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    taken: &mut Taken,
    arrivals: &mut Arrivals,
) -> Result<Hash, FeedError> {
    let (Some(doc), Some(hash)) = (row.doc, row.hash) else {
        return Err(wrong(scope, row, "it names no change"));
    };
    let arrival = match &row.bytes {
        Some(_) => store_change(transaction, scope, row, taken)?,
        None => Arrival::Known(changes::acknowledge(
            transaction,
            doc,
            hash,
            row.receipt.as_ref(),
        )?),
    };
    let reads_differently = match arrival {
        Arrival::New(change) => {
            if let Some(fresh) = arrivals.fresh.get_mut(&doc) {
                let received_at = row.receipt.as_ref().map(|receipt| receipt.received_at);
                fresh.changes.push((*change, received_at));
            }
            true
        }
        // It was here before: written here, or brought by another scope.
        Arrival::Known(known) => {
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
                    if let Some(group) = row.group {
                        outbox::settle(transaction, group)?;
                    }
                }
            }
            known == Acknowledged::Now && shows_receipt(transaction, doc)?
        }
    };
    let is_whole_now = match arrivals.remaining.get_mut(&doc) {
        Some(remaining) => {
            *remaining = remaining.saturating_sub(1);
            false
        }
        None => arrived(transaction, scope, doc)?,
    };
    if reads_differently || is_whole_now {
        taken.docs.insert(doc);
    }
    Ok(hash)
}

/// Whether the row of a document depends on when its changes reached the server: events do.
fn shows_receipt(transaction: &Transaction<'_>, doc: DocId) -> Result<bool, FeedError> {
    let kind: Option<Kind> = transaction
        .prepare_cached("SELECT kind FROM place WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(kind == Some(Kind::Promise))
}

/// Counts a row of a document that entered with an earlier page. True if it was the last one.
fn arrived(transaction: &Transaction<'_>, scope: u32, doc: DocId) -> Result<bool, FeedError> {
    transaction
        .prepare_cached(
            "UPDATE arriving SET remaining = remaining - 1
             WHERE scope = ?1 AND doc = ?2 AND remaining > 0",
        )?
        .execute((scope, doc))?;
    let ended = transaction
        .prepare_cached("DELETE FROM arriving WHERE scope = ?1 AND doc = ?2 AND remaining = 0")?
        .execute((scope, doc))?;
    Ok(ended > 0)
}

/// A change that came.
enum Arrival {
    /// It is new here.
    New(Box<CheckedChange>),
    /// It was here before, or its bytes did not come.
    Known(Acknowledged),
}

/// Stores a change that came with its bytes.
fn store_change(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    taken: &mut Taken,
) -> Result<Arrival, FeedError> {
    let (Some(doc), Some(hash), Some(bytes)) = (row.doc, row.hash, row.bytes.as_ref()) else {
        return Err(wrong(scope, row, "it carries no change"));
    };
    let change =
        CheckedChange::parse(bytes, hash).map_err(|e| wrong(scope, row, &e.to_string()))?;
    let new = NewChange {
        doc,
        change: &change,
        parent: None,
        group: row.group.unwrap_or(GroupId([0; 16])),
        receipt: row.receipt.as_ref(),
    };
    if changes::insert(transaction, &new)? {
        if row.receipt.is_none() {
            changes::acknowledge(transaction, doc, hash, None)?;
        }
        taken.new_changes += 1;
        return Ok(Arrival::New(Box::new(change)));
    }
    if let Some(other) = changes::taken(transaction, doc, &change)? {
        return Err(wrong(
            scope,
            row,
            &format!("change {other} stands at the same place of its author's sequence"),
        ));
    }
    let known = changes::acknowledge(transaction, doc, hash, row.receipt.as_ref())?;
    Ok(Arrival::Known(known))
}

fn take_entered(
    transaction: &Transaction<'_>,
    scope: u32,
    row: &Row,
    arrivals: &mut Arrivals,
) -> Result<Option<DocId>, FeedError> {
    let entered: Entered = decode_control(scope, row)?;
    let doc = entered.place.doc;
    let took = places::take(transaction, &entered.place)?;
    arrivals.remaining.insert(doc, entered.rows);
    if took == Took::New && entered.rows > 0 {
        let fresh = Fresh {
            place: entered.place,
            changes: Vec::new(),
        };
        arrivals.fresh.insert(doc, fresh);
    } else {
        arrivals.fresh.remove(&doc);
    }
    Ok((took != Took::Same).then_some(doc))
}

fn decode_control<T: for<'b> minicbor::Decode<'b, ()>>(
    scope: u32,
    row: &Row,
) -> Result<T, FeedError> {
    let control = row
        .control
        .as_ref()
        .ok_or_else(|| wrong(scope, row, "it has no content"))?;
    minicbor::decode(control).map_err(|e| wrong(scope, row, &e.to_string()))
}

fn remember(transaction: &Transaction<'_>, scope: u32, row: &Row) -> Result<(), FeedError> {
    transaction
        .prepare_cached("INSERT INTO feed (scope, seq, kind, hash, doc, control, mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute((
            scope,
            sql(row.seq),
            row.kind,
            row.hash,
            row.doc,
            row.control.as_ref().map(|control| control.as_slice()),
            row.mac.as_ref().map(|mac| mac.as_slice()),
        ))?;
    Ok(())
}

fn wrong(scope: u32, row: &Row, reason: &str) -> FeedError {
    FeedError::Row {
        scope,
        seq: row.seq,
        reason: reason.into(),
    }
}

fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The sum over the changes of a scope's feed that are really here.
pub fn sum_held(connection: &Connection, scope: u32) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT feed.hash FROM feed JOIN change ON change.doc = feed.doc AND change.hash = feed.hash
         WHERE feed.scope = ?1 AND feed.kind IN (1, 2)",
    )?;
    let mut sum = 0u64;
    for hash in statement.query_map([scope], |row| row.get::<_, Hash>(0))? {
        sum = sum.wrapping_add(checksum_of(hash?));
    }
    Ok(sum)
}

/// Rewrites the rows of documents that a page concerned.
fn project(
    transaction: &Transaction<'_>,
    docs: &BTreeSet<DocId>,
    mut arrivals: Arrivals,
) -> Result<(), StoreError> {
    let registry = registry::load(transaction)?;
    for doc in docs {
        let whole = arrivals.remaining.get(doc) == Some(&0);
        match arrivals.fresh.remove(doc).filter(|_| whole) {
            Some(fresh) => {
                projection::arrive(transaction, &fresh.place, fresh.changes, &registry)?;
            }
            None => projection::refresh(transaction, *doc, &registry)?,
        }
    }
    search::keep_up(transaction)
}
