//! Open promises in short, and how long delivered ones took: rows that are read by the thousand at once.
//!
//! Both are projections of promises, written and rebuilt with their rows in `entry`.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::{StoreError, cbor};
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::promise::{Facts, Gist, PromiseRecord};
use crate::model::time::Millis;

/// The rows of a promise in these tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Short {
    gist: Option<Gist>,
    delivered: Option<Delivered>,
}

/// The time that a fulfilled promise took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
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
pub enum Whose<'a> {
    /// Those that a person made or is to deliver, or that wait in one of these pools.
    Of(PersonId, &'a [Team]),
    /// Those due between two instants, in milliseconds since the epoch.
    Due(Millis, Millis),
    /// All that are here.
    All,
}

impl Short {
    pub(super) fn of(record: &PromiseRecord, facts: &Facts) -> Self {
        let performer = match facts.performer {
            Performer::Person { person } => Some(person),
            Performer::Pool { .. } | Performer::Nobody => None,
        };
        Self {
            gist: Gist::of(record, facts),
            delivered: facts.fulfilled_at.map(|done_at| Delivered {
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
        match &self.gist {
            Some(gist) => {
                let (performer, pool) = match &gist.performer {
                    Performer::Person { person } => (Some(*person), None),
                    Performer::Pool { pool } => (None, Some(pool)),
                    Performer::Nobody => (None, None),
                };
                tx.prepare_cached(
                    "INSERT OR REPLACE INTO held (doc, promiser, performer, pool, due_at, gist)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute((
                    doc,
                    gist.promiser,
                    performer,
                    pool,
                    gist.due_at,
                    cbor(gist),
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
        let gist: Option<Vec<u8>> = connection
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
            gist: gist.map(|bytes| minicbor::decode(&bytes)).transpose()?,
            delivered,
        })
    }
}

fn delivered(row: &Row<'_>) -> rusqlite::Result<Delivered> {
    Ok(Delivered {
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
pub fn promises(connection: &Connection, whose: Whose<'_>) -> Result<Vec<Gist>, StoreError> {
    let mut gists = match whose {
        Whose::Of(person, pools) => {
            let pools: String = pools.iter().map(|pool| format!(",{pool},")).collect();
            let sql = "SELECT gist FROM held
                       WHERE promiser = ?1 OR performer = ?1 OR instr(?2, ',' || pool || ',') > 0";
            gists(connection, sql, (person, pools))
        }
        Whose::Due(from, to) => {
            let sql = "SELECT gist FROM held WHERE due_at BETWEEN ?1 AND ?2";
            gists(connection, sql, (from, to))
        }
        Whose::All => gists(connection, "SELECT gist FROM held", ()),
    }?;
    gists.sort_unstable_by_key(|gist| (gist.due_at, gist.id));
    Ok(gists)
}

fn gists(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Gist>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut gists = Vec::new();
    while let Some(row) = rows.next()? {
        let gist = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        gists.push(minicbor::decode(gist)?);
    }
    Ok(gists)
}

/// The number of latest deliveries that tell how long a performer takes.
const LATEST: u32 = 500;

/// The deliveries of a performer with a beginning that was written down, at most `LATEST`, the latest first.
pub fn worked(connection: &Connection, performer: PersonId) -> Result<Vec<Delivered>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, performer, started_at, done_at FROM delivered
         WHERE performer = ?1 AND started_at IS NOT NULL ORDER BY done_at DESC LIMIT ?2",
    )?;
    Ok(statement
        .query_map((performer, LATEST), delivered)?
        .collect::<Result<_, _>>()?)
}
