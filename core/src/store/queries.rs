//! The queries of screens: lists from projections, newest first, never more than they show.

use std::cmp::Reverse;

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

/// Documents other than promises in which something waits to be settled, by name.
pub fn unsettled(connection: &Connection) -> Result<Vec<ListedEntry>, StoreError> {
    // Promises are of kind 3: written out, for the index of these rows is chosen by it.
    let sql =
        format!("SELECT {COLUMNS} FROM entry WHERE open = 1 AND kind <> 3 ORDER BY kind, doc");
    let mut listed = query_entries(connection, &sql, [])?;
    listed.sort_by(|one, other| collation::compare(&one.title, &other.title));
    Ok(listed)
}

/// The place of an entry in a list that has the newest first: its instant, in milliseconds since the epoch, and, among
/// those of one instant, its id.
pub type Position = (Millis, DocId);

/// The place before the newest entry.
const BEFORE_ALL: Position = (Millis::MAX, DocId([u8::MAX; 16]));

/// Documents of some kinds after a position, none for the newest ones; newest first.
pub fn latest(
    connection: &Connection,
    kinds: &[DocumentKind],
    after: Option<Position>,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE kind = ?1 AND (at, doc) < (?2, ?3) ORDER BY at DESC, doc DESC LIMIT ?4"
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

/// The condition on the entries about an account ?1, without the account itself, of the kinds whose bits are set in ?2.
const ABOUT: &str = "account = ?1 AND kind <> 0 AND ((?2 >> kind) & 1) = 1";

/// The bits of kinds.
fn bits(kinds: &[DocumentKind]) -> i64 {
    let bit = |kind: &DocumentKind| 1_i64.checked_shl(kind.number().into()).unwrap_or(0);
    kinds.iter().map(bit).fold(0, std::ops::BitOr::bitor)
}

/// Entries of some kinds about an account after a position, none for the newest ones; newest first, without the account
/// itself.
pub fn timeline(
    connection: &Connection,
    account: DocId,
    kinds: &[DocumentKind],
    after: Option<Position>,
    limit: u32,
) -> Result<Vec<ListedEntry>, StoreError> {
    let (at, doc) = after.unwrap_or(BEFORE_ALL);
    let params = (account, bits(kinds), at, doc, limit);
    query_entries(connection, &timeline_sql(), params)
}

fn timeline_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM entry WHERE {ABOUT} AND (at, doc) < (?3, ?4) ORDER BY at DESC, doc DESC LIMIT ?5"
    )
}

/// The number of entries of some kinds about an account, without the account itself.
pub fn timeline_count(
    connection: &Connection,
    account: DocId,
    kinds: &[DocumentKind],
) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(&timeline_count_sql())?;
    let count: i64 = statement.query_row((account, bits(kinds)), |row| row.get(0))?;
    Ok(count.unsigned_abs())
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
         LIMIT ?6 OFFSET ?7"
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
            query.offset,
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
mod tests {
    use super::*;
    use crate::store::account_names::ALL_NAMES;
    use crate::store::{Key, Store};

    const KEY: Key = [7; 32];

    /// The steps by which SQLite answers a query.
    fn plan(connection: &Connection, sql: &str, count: usize) -> Vec<String> {
        let mut statement = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let nulls = rusqlite::params_from_iter(vec![rusqlite::types::Null; count]);
        let steps = statement.query_map(nulls, |row| row.get(3)).unwrap();
        steps.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_timeline_reads_the_entries_of_its_account_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
        let steps = plan(store.read(), &timeline_sql(), 5);
        let by_index = "USING INDEX entry_account_at (account=? AND (at,doc)<(?,?))";
        assert!(steps[0].contains(by_index), "{steps:?}");
        let elsewhere = |step: &String| step.starts_with("SCAN") || step.contains("TEMP B-TREE");
        assert!(!steps.iter().any(elsewhere), "{steps:?}");
        let steps = plan(store.read(), &timeline_count_sql(), 2);
        let by_index = "USING COVERING INDEX entry_account_at (account=?)";
        assert!(steps[0].contains(by_index), "{steps:?}");
    }

    #[test]
    fn the_names_of_all_customers_are_read_from_an_index_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
        let steps = plan(store.read(), ALL_NAMES, 0);
        let by_index = "SCAN entry USING COVERING INDEX entry_account_sorted";
        assert_eq!(steps, [by_index]);
    }

    #[test]
    fn the_kinds_of_all_entries_are_read_from_an_index_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db"), Some(&KEY)).unwrap();
        let steps = plan(store.read(), "SELECT id, kind FROM entry", 0);
        assert!(steps[0].contains("COVERING INDEX"), "{steps:?}");
    }
}
