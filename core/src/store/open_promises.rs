//! Open promises in short (table `held`), and the times that delivered ones took (`delivered`): rows that are read by
//! the thousand at once.
//!
//! Both are projections of promises, written and rebuilt with their rows in `entry`.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::StoreError;
use super::rows::{decode_row, encode_row};
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::promise::{Facts, OpenPromise, PromiseRecord};
use crate::model::time::Millis;

/// The rows of a promise in these tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PromiseRows {
    open_promise: Option<OpenPromise>,
    delivered: Option<Delivery>,
}

/// The time that a fulfilled promise took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The kind.
    pub kind: String,
    /// The person who delivered; None while the promise has no performer.
    pub performer: Option<PersonId>,
    /// The instant when the performer began, in milliseconds since the epoch, where that was written down.
    pub started_at: Option<Millis>,
    /// The instant when it was done, in milliseconds since the epoch.
    pub done_at: Millis,
}

/// The selection of open promises that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenPromiseFilter<'a> {
    /// Those that a person made or is to deliver, or that wait in one of these pools.
    Of(PersonId, &'a [Team]),
    /// Those due between two instants, in milliseconds since the epoch.
    Due(Millis, Millis),
    /// All that are here.
    All,
}

impl PromiseRows {
    pub(super) fn of(record: &PromiseRecord, facts: &Facts) -> Self {
        let performer = match facts.performer {
            Performer::Person { person } => Some(person),
            Performer::Pool { .. } | Performer::Nobody => None,
        };
        Self {
            open_promise: OpenPromise::of(record, facts),
            delivered: facts.fulfilled_at.map(|done_at| Delivery {
                kind: facts.made.kind.clone(),
                performer,
                started_at: facts.started_at,
                done_at,
            }),
        }
    }

    /// Writes what a promise leaves here, and takes away what it left before unless it is new.
    pub(super) fn write(
        &self,
        tx: &Transaction<'_>,
        doc: DocId,
        is_new: bool,
    ) -> Result<(), StoreError> {
        match &self.open_promise {
            Some(open_promise) => {
                let (performer, pool) = match &open_promise.performer {
                    Performer::Person { person } => (Some(*person), None),
                    Performer::Pool { pool } => (None, Some(pool)),
                    Performer::Nobody => (None, None),
                };
                tx.prepare_cached(
                    "INSERT OR REPLACE INTO held (doc, promiser, performer, pool, due_at, kind, half_at, gist)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute((
                    doc,
                    open_promise.promiser,
                    performer,
                    pool,
                    open_promise.due_at,
                    &open_promise.kind,
                    open_promise.calm_until_half(),
                    encode_row(open_promise),
                ))?
            }
            None if is_new => 0,
            None => tx
                .prepare_cached("DELETE FROM held WHERE doc = ?1")?
                .execute([doc])?,
        };
        match &self.delivered {
            Some(one) => tx
                .prepare_cached(
                    "INSERT OR REPLACE INTO delivered (doc, kind, performer, started_at, done_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((doc, &one.kind, one.performer, one.started_at, one.done_at))?,
            None if is_new => 0,
            None => tx
                .prepare_cached("DELETE FROM delivered WHERE doc = ?1")?
                .execute([doc])?,
        };
        Ok(())
    }

    /// Reads the rows of a promise in these tables.
    pub(super) fn read(connection: &Connection, doc: DocId) -> Result<Self, StoreError> {
        let open_promise: Option<Vec<u8>> = connection
            .prepare_cached("SELECT gist FROM held WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))
            .optional()?;
        let delivered = connection
            .prepare_cached(
                "SELECT kind, performer, started_at, done_at FROM delivered WHERE doc = ?1",
            )?
            .query_row([doc], delivered)
            .optional()?;
        Ok(Self {
            open_promise: open_promise.map(|bytes| decode_row(&bytes)).transpose()?,
            delivered,
        })
    }
}

fn delivered(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        kind: row.get(0)?,
        performer: row.get(1)?,
        started_at: row.get(2)?,
        done_at: row.get(3)?,
    })
}

/// Takes everything away, before a rebuild.
pub(super) fn clear(tx: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(tx.execute_batch("DELETE FROM held; DELETE FROM delivered;")?)
}

/// Open promises in short, the next due first.
pub fn query(
    connection: &Connection,
    whose: OpenPromiseFilter<'_>,
) -> Result<Vec<OpenPromise>, StoreError> {
    let mut open_promises = match whose {
        OpenPromiseFilter::Of(person, pools) => {
            let pools: String = pools.iter().map(|pool| format!(",{pool},")).collect();
            let sql = "SELECT gist FROM held
                       WHERE promiser = ?1 OR performer = ?1 OR instr(?2, ',' || pool || ',') > 0";
            open_promises(connection, sql, (person, pools))
        }
        OpenPromiseFilter::Due(from, to) => {
            let sql = "SELECT gist FROM held WHERE due_at BETWEEN ?1 AND ?2";
            open_promises(connection, sql, (from, to))
        }
        OpenPromiseFilter::All => open_promises(connection, "SELECT gist FROM held", ()),
    }?;
    open_promises.sort_unstable_by_key(|open_promise| (open_promise.due_at, open_promise.id));
    Ok(open_promises)
}

/// The time within which open promises may ring, and the kinds of them that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearSpan<'a> {
    /// Half times that are near begin here, in milliseconds since the epoch.
    pub half_from: Millis,
    /// Half times that are near end before this, in milliseconds since the epoch.
    pub half_until: Millis,
    /// The latest date that is near, in milliseconds since the epoch.
    pub due_until: Millis,
    /// The kind that alone is asked for, or left out.
    pub kind: Option<(&'a str, bool)>,
}

/// Open promises in short that may ring within a span, the next due first: those that are calm until half time and then
/// until their last days are left out unread, where neither is near.
pub fn query_near(
    connection: &Connection,
    whose: OpenPromiseFilter<'_>,
    near: &NearSpan<'_>,
) -> Result<Vec<OpenPromise>, StoreError> {
    const NEAR: &str = "(half_at IS NULL OR due_at <= ?3 OR (half_at >= ?1 AND half_at < ?2))
         AND (?4 IS NULL OR (kind = ?4) = ?5)";
    let (kind, only) = match near.kind {
        Some((kind, only)) => (Some(kind), only),
        None => (None, true),
    };
    let NearSpan {
        half_from,
        half_until,
        due_until,
        ..
    } = *near;
    let mut open_promises = match whose {
        OpenPromiseFilter::Of(person, pools) => {
            let pools: String = pools.iter().map(|pool| format!(",{pool},")).collect();
            let sql = format!(
                "SELECT gist FROM held WHERE {NEAR}
                 AND (promiser = ?6 OR performer = ?6 OR instr(?7, ',' || pool || ',') > 0)"
            );
            let params = (half_from, half_until, due_until, kind, only, person, pools);
            open_promises(connection, &sql, params)
        }
        OpenPromiseFilter::Due(from, to) => {
            let sql = format!("SELECT gist FROM held WHERE {NEAR} AND due_at BETWEEN ?6 AND ?7");
            let params = (half_from, half_until, due_until, kind, only, from, to);
            open_promises(connection, &sql, params)
        }
        OpenPromiseFilter::All => {
            let sql = format!("SELECT gist FROM held WHERE {NEAR}");
            let params = (half_from, half_until, due_until, kind, only);
            open_promises(connection, &sql, params)
        }
    }?;
    open_promises.sort_unstable_by_key(|open_promise| (open_promise.due_at, open_promise.id));
    Ok(open_promises)
}

/// The open promises of an account in short, in no order.
pub fn of_account(connection: &Connection, account: DocId) -> Result<Vec<OpenPromise>, StoreError> {
    open_promises(connection, OF_ACCOUNT_IN_SHORT, [account])
}

// The entries of the account come first, and of them the promises: an index has both.
pub(super) const OF_ACCOUNT_IN_SHORT: &str =
    "SELECT held.gist FROM entry INDEXED BY entry_account_at CROSS JOIN held ON held.doc = entry.doc
     WHERE entry.account = ?1 AND entry.kind = 3";

fn open_promises(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<OpenPromise>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut open_promises = Vec::new();
    while let Some(row) = rows.next()? {
        let open_promise = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        open_promises.push(decode_row(open_promise)?);
        #[cfg(test)]
        DECODED.with(|decoded| decoded.set(decoded.get() + 1));
    }
    Ok(open_promises)
}

#[cfg(test)]
thread_local! {
    static DECODED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The number of rows that queries of this thread have decoded.
#[cfg(test)]
pub(crate) fn decoded() -> usize {
    DECODED.with(std::cell::Cell::get)
}

/// The number of promises of a kind that each person delivered since an instant, in milliseconds since the epoch; those
/// who delivered none are left out.
pub fn delivered_since(
    connection: &Connection,
    kind: &str,
    since: Millis,
) -> Result<BTreeMap<PersonId, u32>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT performer, count(*) FROM delivered
         WHERE kind = ?1 AND done_at >= ?2 AND performer IS NOT NULL GROUP BY performer",
    )?;
    let rows = statement.query_map((kind, since), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of latest deliveries that tell how long a performer takes.
const LATEST: u32 = 500;

/// The deliveries of a performer with a beginning that was written down, at most `LATEST`, the latest first.
pub fn deliveries_of(
    connection: &Connection,
    performer: PersonId,
) -> Result<Vec<Delivery>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, performer, started_at, done_at FROM delivered
         WHERE performer = ?1 AND started_at IS NOT NULL ORDER BY done_at DESC LIMIT ?2",
    )?;
    Ok(statement
        .query_map((performer, LATEST), delivered)?
        .collect::<Result<_, _>>()?)
}
