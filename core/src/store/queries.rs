//! The queries of screens: lists from projections, newest first, never more than they show.

use std::cmp::Reverse;

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

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
        "SELECT {COLUMNS} FROM entry INDEXED BY entry_account_sorted WHERE kind = 0 AND archived <= ?1
         ORDER BY sort_key, doc LIMIT ?2 OFFSET ?3"
    );
    query_entries(connection, &sql, (archived, limit, offset))
}

/// Every account with its name.
pub fn account_names(connection: &Connection) -> Result<Vec<(DocId, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT doc, title FROM entry WHERE kind = 0 ORDER BY doc")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Documents in which something waits to be settled: those of other kinds by name, then promises, the next due first.
pub fn unsettled(connection: &Connection) -> Result<Vec<ListedEntry>, StoreError> {
    let mut others = query_entries(connection, &unsettled_sql("kind <> 3", "kind, doc"), [])?;
    others.sort_by(|one, other| collation::compare(&one.title, &other.title));
    let promises = query_entries(connection, &unsettled_sql("kind = 3", "due_at, doc"), [])?;
    Ok(others.into_iter().chain(promises).collect())
}

/// Documents other than promises about an account, and itself, in which something waits to be settled, by name.
pub fn unsettled_about(
    connection: &Connection,
    account: DocId,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = unsettled_sql("kind <> 3 AND account = ?1", "kind, doc");
    let mut about = query_entries(connection, &sql, [account])?;
    about.sort_by(|one, other| collation::compare(&one.title, &other.title));
    Ok(about)
}

fn unsettled_sql(which: &str, order: &str) -> String {
    // Few are unsettled: they are found by their own index, whatever else is asked for.
    format!(
        "SELECT {COLUMNS} FROM entry INDEXED BY entry_unsettled WHERE unsettled = 1 AND {which} ORDER BY {order}"
    )
}

/// The place of an entry in a list that has the newest first: its instant, in milliseconds since the epoch, and, among
/// those of one instant, its id.
pub type Position = (Millis, DocId);

/// The place before the newest entry.
const BEFORE_ALL: Position = (Millis::MAX, DocId([u8::MAX; 16]));

/// Documents of some kinds after a position, none for the newest ones; newest first. Visits and observations that are
/// archived are left out.
pub fn latest(
    connection: &Connection,
    kinds: &[DocumentKind],
    after: Option<Position>,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE kind = ?1 AND (at, doc) < (?2, ?3) AND (archived = 0 OR kind = 0)
         ORDER BY at DESC, doc DESC LIMIT ?4"
    );
    let (at, doc) = after.unwrap_or(BEFORE_ALL);
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(query_entries(connection, &sql, (kind, at, doc, limit))?);
    }
    all.sort_by_key(|row| Reverse((row.at, row.doc)));
    all.truncate(limit as usize);
    Ok(all)
}

/// The newest documents of a kind that are not archived, the newest first: their instants, in milliseconds since the
/// epoch, and the whole documents as CBOR. For promises that lacks when the server took each event.
pub fn latest_details(
    connection: &Connection,
    kind: DocumentKind,
    limit: u32,
) -> Result<Vec<(Millis, Vec<u8>)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT at, detail FROM entry WHERE kind = ?1 AND archived = 0 ORDER BY at DESC, doc DESC LIMIT ?2",
    )?;
    let rows = statement.query_map((kind, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The promisers and kinds of the newest promises, the newest first.
pub fn latest_promise_kinds(
    connection: &Connection,
    limit: u32,
) -> Result<Vec<(Option<PersonId>, String)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT promiser, coalesce(promise_kind, '') FROM entry WHERE kind = 3 ORDER BY at DESC, doc DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The condition on the entries about an account ?1, without the account itself, of the kinds whose bits are set in ?2.
const ABOUT: &str = "account = ?1 AND kind <> 0 AND ((?2 >> kind) & 1) = 1";

/// The bits of kinds.
fn bits(kinds: &[DocumentKind]) -> i64 {
    let bit = |kind: &DocumentKind| 1_i64.checked_shl(kind.number().into()).unwrap_or(0);
    kinds.iter().map(bit).fold(0, std::ops::BitOr::bitor)
}

/// Entries of some kinds about an account after a position, none for the newest ones; newest first, without the account
/// itself, and without what is archived unless `archived`.
pub fn timeline(
    connection: &Connection,
    account: DocId,
    kinds: &[DocumentKind],
    archived: bool,
    after: Option<Position>,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let (at, doc) = after.unwrap_or(BEFORE_ALL);
    let params = (account, bits(kinds), at, doc, limit, archived);
    query_entries(connection, &timeline_sql(), params)
}

fn timeline_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM entry WHERE {ABOUT} AND (at, doc) < (?3, ?4) AND archived <= ?6
         ORDER BY at DESC, doc DESC LIMIT ?5"
    )
}

/// The number of entries of some kinds about an account, without the account itself, and without what is archived
/// unless `archived`.
pub fn timeline_count(
    connection: &Connection,
    account: DocId,
    kinds: &[DocumentKind],
    archived: bool,
) -> Result<u64, StoreError> {
    let count = |sql: &str| -> Result<u64, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let count: i64 = statement.query_row((account, bits(kinds)), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let all = count(&timeline_count_sql())?;
    if archived {
        return Ok(all);
    }
    // Few are archived: both counts come from an index alone.
    Ok(all.saturating_sub(count(&archived_count_sql())?))
}

fn archived_count_sql() -> String {
    format!("SELECT count(*) FROM entry WHERE {ABOUT} AND archived = 1")
}

fn timeline_count_sql() -> String {
    format!("SELECT count(*) FROM entry WHERE {ABOUT}")
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
    /// Only those of a kind.
    pub kind: Option<String>,
    /// Only those that a person made or is to deliver, or that wait in one of their pools.
    pub person: Option<(PersonId, Vec<Team>)>,
    /// The most promises that are returned.
    pub limit: u32,
    /// The number of promises that are passed over.
    pub offset: u32,
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

/// Promises, the next due first: those of an account and those with something left to do are found by indexes and short
/// rows.
pub fn promises(
    connection: &Connection,
    query: &PromiseQuery,
) -> Result<Vec<ListedEntry>, StoreError> {
    let (person, pools) = match &query.person {
        Some((person, pools)) => {
            let pools = pools.iter().map(|pool| format!(",{pool},"));
            (Some(*person), pools.collect::<String>())
        }
        None => (None, String::new()),
    };
    let (limit, offset, kind) = (query.limit, query.offset, &query.kind);
    let docs = |sql: &str, params: &[&dyn ToSql]| -> Result<Vec<DocId>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let docs = statement.query_map(params, |row| row.get(0))?;
        Ok(docs.collect::<Result<_, _>>()?)
    };
    let docs = match (query.account, query.open_only, kind) {
        (Some(account), true, _) => docs(
            &promises_sql(&format!("{OF_ACCOUNT} AND (open = 1 OR {WAITS_UNCOUNTED})")),
            &[&person, &pools, &limit, &offset, kind, &account],
        ),
        (Some(account), false, _) => docs(
            &promises_sql(OF_ACCOUNT),
            &[&person, &pools, &limit, &offset, kind, &account],
        ),
        (None, true, _) => docs(
            &open_promises_sql(),
            &[&person, &pools, &limit, &offset, kind],
        ),
        (None, false, Some(_)) => docs(
            &promises_sql(OF_KIND),
            &[&person, &pools, &limit, &offset, kind],
        ),
        (None, false, None) => docs(&promises_sql(ALL), &[&person, &pools, &limit, &offset]),
    }?;
    let mut rows = Vec::with_capacity(docs.len());
    for doc in docs {
        rows.extend(one(connection, doc)?);
    }
    Ok(rows)
}

// Promises are of kind 3, written out, for an index of them alone is used only then. Indexes are named: nothing tells
// SQLite that an account has few entries.
const OF_ACCOUNT: &str = "INDEXED BY entry_account_at WHERE account = ?6 AND kind = 3 AND (?5 IS NULL OR promise_kind = ?5)";
const OF_KIND: &str = "INDEXED BY entry_promise_kind WHERE kind = 3 AND promise_kind = ?5";
const ALL: &str = "INDEXED BY entry_kind_at WHERE kind = 3";

/// The condition on a promise that a person ?1 made or is to deliver, or that waits in one of the pools ?2; all fit
/// where ?1 is NULL.
const HELD_BY: &str =
    "(?1 IS NULL OR promiser = ?1 OR performer = ?1 OR instr(?2, ',' || pool || ',') > 0)";

/// The ids of some promises.
fn promises_sql(which: &str) -> String {
    format!(
        "SELECT doc FROM entry {which} AND {HELD_BY}
         ORDER BY max(open, uncounted) DESC, CASE max(open, uncounted) WHEN 1 THEN due_at ELSE -due_at END, doc
         LIMIT ?3 OFFSET ?4"
    )
}

/// The ids of those with something left to do, which stand in `held`, and of those that wait uncounted.
fn open_promises_sql() -> String {
    format!(
        "SELECT doc, due_at FROM held WHERE (?5 IS NULL OR kind = ?5) AND {HELD_BY}
         UNION ALL SELECT doc, due_at FROM entry INDEXED BY entry_uncounted
         WHERE {WAITS_UNCOUNTED} AND (?5 IS NULL OR promise_kind = ?5) AND {HELD_BY}
         ORDER BY due_at, doc LIMIT ?3 OFFSET ?4"
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

/// The number of documents of each kind that are shown, without visits and observations that are archived.
pub fn counts(connection: &Connection) -> Result<Vec<(DocumentKind, u64)>, StoreError> {
    let read = |sql: &str| -> Result<Vec<(DocumentKind, u64)>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let archived = read(
        "SELECT kind, count(*) FROM entry WHERE archived = 1 AND kind <> 0 GROUP BY kind ORDER BY kind",
    )?;
    let mut counts = read("SELECT kind, count(*) FROM entry GROUP BY kind ORDER BY kind")?;
    for (kind, count) in &mut counts {
        let gone = archived.iter().find(|(known, _)| known == kind);
        *count = count.saturating_sub(gone.map_or(0, |(_, gone)| *gone));
    }
    Ok(counts)
}

/// The number of open promises.
pub fn open_promise_count(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM held")?;
    let count: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The number of accounts that were put away.
pub fn archived_account_count(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM entry WHERE kind = 0 AND archived = 1")?;
    let count: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

#[cfg(test)]
#[path = "queries_tests.rs"]
mod tests;
