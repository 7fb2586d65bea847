//! The queries of screens: lists from projections, newest first, never more than they show.

use std::cmp::Reverse;
use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row};

use super::rows::decode_row;
use super::search::Query;
use super::{StoreError, search};
use crate::model::collation;
use crate::model::ids::{Actor, DocId, PersonId, Team};
use crate::model::placement::DocumentKind;
use crate::model::promise::PromiseRecord;
use crate::model::time::Millis;

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    /// The document.
    pub doc: DocId,
    /// The kind of the document.
    pub kind: DocumentKind,
    /// The account that it belongs to.
    pub account: Option<DocId>,
    /// The instant when it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// Its title.
    pub title: String,
    /// True if something of it has not reached the server.
    pub unsent: bool,
    /// The whole document as CBOR.
    pub detail: Vec<u8>,
    /// The instants when the server took a promise's changes, by actor and number: no row repeats them.
    pub received: Vec<ReceiptTime>,
}

/// The instant when the server took a change, by its author and its number among theirs.
pub type ReceiptTime = (Actor, u64, Millis);

impl ListedEntry {
    /// The promise that a row shows, with when the server took each of its events.
    pub fn promise(&self) -> Result<PromiseRecord, StoreError> {
        let mut record: PromiseRecord = decode_row(&self.detail)?;
        let beyond = record
            .overflow
            .iter_mut()
            .flat_map(|beyond| &mut beyond.events);
        for event in record.events.iter_mut().chain(beyond) {
            let carried = (event.by.actor, event.seq);
            let found = self
                .received
                .binary_search_by_key(&carried, |(actor, seq, _)| (*actor, *seq));
            let found = found.ok().and_then(|at| self.received.get(at));
            event.received_at = found.map(|(_, _, at)| *at);
        }
        Ok(record)
    }
}

/// The instants when the server took the changes of a document, as far as they are known.
pub fn received(connection: &Connection, doc: DocId) -> Result<Vec<ReceiptTime>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT actor, seq, received_at FROM change WHERE doc = ?1 AND received_at IS NOT NULL ORDER BY actor, seq",
    )?;
    let rows = statement.query_map([doc], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, i64>(1)?.unsigned_abs(),
            row.get(2)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const COLUMNS: &str = "entry.doc, entry.kind, entry.account, entry.at, entry.title,
    EXISTS (SELECT 1 FROM change WHERE change.doc = entry.doc AND change.acknowledged = 0), entry.detail";

fn listed(row: &Row<'_>) -> rusqlite::Result<ListedEntry> {
    Ok(ListedEntry {
        doc: row.get(0)?,
        kind: row.get(1)?,
        account: row.get(2)?,
        at: row.get(3)?,
        title: row.get(4)?,
        unsent: row.get(5)?,
        detail: row.get(6)?,
        received: Vec::new(),
    })
}

/// Asks for rows, and when the server took what the promises among them are made of.
fn query_entries(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<ListedEntry>, StoreError> {
    let mut rows = connection
        .prepare_cached(sql)?
        .query_map(params, listed)?
        .collect::<Result<Vec<_>, _>>()?;
    for row in rows
        .iter_mut()
        .filter(|row| row.kind == DocumentKind::Promise)
    {
        row.received = received(connection, row.doc)?;
    }
    Ok(rows)
}

/// One document.
pub fn one(connection: &Connection, doc: DocId) -> Result<Option<ListedEntry>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM entry WHERE doc = ?1");
    Ok(query_entries(connection, &sql, [doc])?.pop())
}

/// Accounts in alphabetical order.
pub fn accounts(
    connection: &Connection,
    archived: bool,
    limit: u32,
    offset: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE kind = ?1 AND archived <= ?2
         ORDER BY sort_key, doc LIMIT ?3 OFFSET ?4"
    );
    query_entries(
        connection,
        &sql,
        (DocumentKind::Account, archived, limit, offset),
    )
}

/// Every account with its name.
pub fn account_names(connection: &Connection) -> Result<Vec<(DocId, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT doc, title FROM entry WHERE kind = 0 ORDER BY doc")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Documents other than promises in which something waits to be settled, by name.
pub fn unsettled(connection: &Connection) -> Result<Vec<ListedEntry>, StoreError> {
    // Promises are of kind 3: written out, for the index of these rows is chosen by it.
    let sql =
        format!("SELECT {COLUMNS} FROM entry WHERE open = 1 AND kind <> 3 ORDER BY kind, doc");
    let mut listed = query_entries(connection, &sql, [])?;
    listed.sort_by(|one, other| collation::compare(&one.title, &other.title));
    Ok(listed)
}

/// Documents of some kinds, newest first.
pub fn latest(
    connection: &Connection,
    kinds: &[DocumentKind],
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM entry WHERE kind = ?1 ORDER BY at DESC, doc DESC LIMIT ?2");
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(query_entries(connection, &sql, (kind, limit))?);
    }
    all.sort_by_key(|row| Reverse((row.at, row.doc)));
    all.truncate(limit as usize);
    Ok(all)
}

/// Everything about an account, newest first, without the account itself.
pub fn timeline(
    connection: &Connection,
    account: DocId,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE account = ?1 AND kind <> 0 ORDER BY at DESC, doc DESC LIMIT ?2"
    );
    query_entries(connection, &sql, (account, limit))
}

/// The number of entries about an account, without the account itself.
pub fn timeline_count(connection: &Connection, account: DocId) -> Result<u64, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM entry WHERE account = ?1 AND kind <> 0")?;
    let count: i64 = statement.query_row([account], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Documents that have all words of a query, each as the beginning of a word, the best first: those that are called
/// exactly so; those whose names have the words whole, then as beginnings; those that have them elsewhere, whole, then
/// as beginnings. Among equals customers come first, then what is newer.
pub fn found(
    connection: &Connection,
    query: &Query,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    search::load_unindexed(connection)?;
    let ids = |expression: &str| search::matching(connection, expression);
    let mut tiers = [
        ids(&format!("{{names}} : {}", query.whole))?,
        ids(&format!("{{names}} : {}", query.beginnings))?,
        ids(&query.whole)?,
        ids(&query.beginnings)?,
    ];
    let mut order = connection.prepare_cached(
        "SELECT kind, at, doc, substr(names, 1, ?2) = ?3
                               AND (length(names) = ?2 OR substr(names, ?2 + 1, 1) = char(10))
         FROM entry WHERE id = ?1",
    )?;
    let length = i64::try_from(query.title.chars().count()).unwrap_or(i64::MAX - 1);
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for tier in &mut tiers {
        tier.retain(|id| !seen.contains(id));
        let mut ranked: Vec<(bool, u16, Reverse<Millis>, DocId)> = Vec::with_capacity(tier.len());
        for id in tier.iter() {
            let (kind, at, doc, is_title) = order.query_row((id, length, &query.title), |row| {
                let kind: DocumentKind = row.get(0)?;
                Ok((kind, row.get(1)?, row.get(2)?, row.get::<_, bool>(3)?))
            })?;
            ranked.push((!is_title, kind.number(), Reverse(at), doc));
        }
        ranked.sort_unstable();
        found.extend(ranked.into_iter().map(|(.., doc)| doc));
        if found.len() >= limit as usize {
            break;
        }
        seen.extend(tier.iter().copied());
    }
    found.truncate(limit as usize);
    let found = found.into_iter().map(|doc| one(connection, doc));
    Ok(found
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// Accounts that have all words of a query, with their names.
pub fn accounts_named(
    connection: &Connection,
    query: &Query,
) -> Result<Vec<(DocId, String)>, StoreError> {
    search::load_unindexed(connection)?;
    let mut statement =
        connection.prepare_cached("SELECT doc, title FROM entry WHERE id = ?1 AND kind = 0")?;
    let mut named = Vec::new();
    for id in search::matching(connection, &query.beginnings)? {
        let account = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
        named.extend(account.optional()?);
    }
    named.sort();
    Ok(named)
}

/// The document that an import made from a source.
pub fn by_source(connection: &Connection, source: &str) -> Result<Option<DocId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT doc FROM entry WHERE source = ?1 ORDER BY doc LIMIT 1")?
        .query_row([source], |row| row.get(0))
        .optional()?)
}

/// Documents whose id begins with some hexadecimal digits; at most three, to tell whether it is one.
pub fn by_prefix(connection: &Connection, digits: &str) -> Result<Vec<DocId>, StoreError> {
    // A range of the index instead of a comparison with every id: lists ask once a line.
    let end = |filler: &str| -> String {
        digits
            .chars()
            .chain(filler.repeat(32).chars())
            .take(32)
            .collect()
    };
    let (Ok(first), Ok(last)) = (end("0").parse::<DocId>(), end("f").parse::<DocId>()) else {
        return Ok(vec![]);
    };
    let mut statement =
        connection.prepare_cached("SELECT doc FROM entry WHERE doc BETWEEN ?1 AND ?2 LIMIT 3")?;
    Ok(statement
        .query_map([first, last], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The selection of promises that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseQuery {
    /// Only those with something left to do, and those that do not count and have not been written again.
    pub open_only: bool,
    /// Only those of an account.
    pub account: Option<DocId>,
    /// Only those that a person made or is to deliver, or that wait in one of their pools.
    pub person: Option<(PersonId, Vec<Team>)>,
    /// The most promises that are returned.
    pub limit: u32,
}

/// A promise that does not count and that has not been written again.
const WAITS_UNCOUNTED: &str = "(entry.uncounted = 1 AND NOT EXISTS (
    SELECT 1 FROM entry AS again WHERE again.predecessor = entry.doc AND again.uncounted = 0))";

/// Promises that do not count and that have not been written again, the next due first.
pub fn uncounted(connection: &Connection) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM entry WHERE {WAITS_UNCOUNTED} ORDER BY due_at, doc");
    query_entries(connection, &sql, [])
}

/// The promise that counts and writes another one again; of several the first.
pub fn successor(connection: &Connection, doc: DocId) -> Result<Option<DocId>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT doc FROM entry WHERE predecessor = ?1 AND uncounted = 0 ORDER BY doc LIMIT 1",
        )?
        .query_row([doc], |row| row.get(0))
        .optional()?)
}

/// The promises that count and follow another one, the first made first.
pub fn followers(connection: &Connection, doc: DocId) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE predecessor = ?1 AND uncounted = 0 ORDER BY doc"
    );
    query_entries(connection, &sql, [doc])
}

/// Promises, the next due first.
pub fn promises(
    connection: &Connection,
    query: &PromiseQuery,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry
         WHERE kind = ?1 AND (open >= ?2 OR {WAITS_UNCOUNTED}) AND (?3 IS NULL OR account = ?3)
           AND (?4 IS NULL OR promiser = ?4 OR performer = ?4 OR instr(?5, ',' || pool || ',') > 0)
         ORDER BY max(open, uncounted) DESC, CASE max(open, uncounted) WHEN 1 THEN due_at ELSE -due_at END, doc
         LIMIT ?6"
    );
    let (person, pools) = match &query.person {
        Some((person, pools)) => (
            Some(*person),
            pools
                .iter()
                .map(|pool| format!(",{pool},"))
                .collect::<String>(),
        ),
        None => (None, String::new()),
    };
    query_entries(
        connection,
        &sql,
        (
            DocumentKind::Promise,
            query.open_only,
            query.account,
            person,
            pools,
            query.limit,
        ),
    )
}

/// Documents that cannot be read, with why.
pub fn quarantined(connection: &Connection) -> Result<Vec<(DocId, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT doc, reason FROM quarantine ORDER BY doc")?;
    Ok(statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// The number of documents of each kind that are shown.
pub fn counts(connection: &Connection) -> Result<Vec<(DocumentKind, u64)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT kind, count(*) FROM entry GROUP BY kind ORDER BY kind")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
