//! The schema and its migrations.
//!
//! To change the schema, append a migration: the version of a file is the number of migrations that it
//! has seen. Never edit one that was released. STRICT tables, NOT NULL with defaults.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::projection;
use super::rows::VERSION;

/// The migrations. Their texts, comments included, stand in files and are not edited; what they call otherwise than the
/// code: `place` holds placements, `tap` the outbox, `held` open promises (`gist` is an `OpenPromise`), `likeness` the
/// keys of likely duplicates. `tap.edits` is kept so that a refused group can be written again, and read by
/// `withdrawal`. No query reads `entry.next_at`, `change.max_op` or `change.installation`.
const MIGRATIONS: &[&str] = &["
    -- Small facts about this notebook, as CBOR: identity, tickets, clock, versions.
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Every change as its author wrote it, in an order in which causes come first. A page that a tap dirties
    -- is encrypted, authenticated and logged, and an index over hashes dirties one for each change: changes are
    -- found within their document, documents of an actor by walking over (doc, actor, seq).
    CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        doc BLOB NOT NULL,
        actor BLOB NOT NULL,
        seq INTEGER NOT NULL,
        max_op INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        -- The parent that this change gives the document.
        parent BLOB,
        -- The group that wrote it; all changes of one group are of one tap.
        group_id BLOB NOT NULL,
        -- Whether the server has it.
        acknowledged INTEGER NOT NULL DEFAULT 0,
        -- The server's receipt: who brought it, when, and its proof.
        installation BLOB,
        received_at INTEGER,
        mac BLOB,
        UNIQUE (doc, actor, seq)
    ) STRICT;
    CREATE INDEX change_group ON change (group_id);

    -- Beside unacknowledged changes: the typed edits that made them, and what the server said. Ordinals follow
    -- the numbers of changes, which only grow, so that no counter need be kept.
    CREATE TABLE tap (
        ordinal INTEGER PRIMARY KEY,
        group_id BLOB NOT NULL UNIQUE,
        edits BLOB NOT NULL,
        written_at INTEGER NOT NULL,
        -- 0 unsent, 1 held, 2 refused.
        state INTEGER NOT NULL DEFAULT 0,
        -- Why it is held or refused, as CBOR.
        reasons BLOB NOT NULL DEFAULT x'80'
    ) STRICT;
    -- What is held or refused, asked with every exchange.
    CREATE INDEX tap_open ON tap (group_id) WHERE state <> 0;

    -- Where each document is, as CBOR.
    CREATE TABLE place (
        doc BLOB PRIMARY KEY,
        kind INTEGER NOT NULL,
        place BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What screens read: one row per document that is shown.
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        doc BLOB NOT NULL UNIQUE,
        kind INTEGER NOT NULL,
        account BLOB,
        at INTEGER NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        source TEXT,
        archived INTEGER NOT NULL DEFAULT 0,
        promiser BLOB,
        performer BLOB,
        pool TEXT,
        due_at INTEGER,
        open INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER,
        -- Receipts from this moment on, in milliseconds since the epoch, change nothing of the row.
        indifferent_from INTEGER NOT NULL,
        -- The whole document as its screen shows it, as CBOR.
        detail BLOB NOT NULL,
        -- Folded text for search.
        words TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX entry_kind_at ON entry (kind, at DESC, doc);
    CREATE INDEX entry_account_at ON entry (account, at DESC) WHERE account IS NOT NULL;
    CREATE INDEX entry_source ON entry (source) WHERE source IS NOT NULL;
    -- Accounts in which something waits to be settled; open promises are in `held`.
    CREATE INDEX entry_unsettled ON entry (doc) WHERE open = 1 AND kind = 0;

    -- Written beside each row of entry, by statements of their own: a trigger would make the index flush
    -- for every row.
    CREATE VIRTUAL TABLE search USING fts5 (
        words, content = 'entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
    -- The last row of entry whose words are in the search index; those after it wait to be indexed together.
    CREATE TABLE indexed (
        until INTEGER NOT NULL
    ) STRICT;
    INSERT INTO indexed VALUES (0);

    -- Open promises in short, as CBOR: read by the thousand at once.
    CREATE TABLE held (
        doc BLOB PRIMARY KEY,
        promiser BLOB NOT NULL,
        performer BLOB,
        pool TEXT,
        due_at INTEGER NOT NULL,
        gist BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- How long fulfilled promises took.
    CREATE TABLE delivered (
        doc BLOB PRIMARY KEY,
        kind TEXT NOT NULL,
        performer BLOB,
        started_at INTEGER,
        done_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX delivered_started ON delivered (performer, done_at) WHERE started_at IS NOT NULL;

    -- Documents that cannot be read: kept, exportable, and named by status.
    CREATE TABLE quarantine (
        doc BLOB PRIMARY KEY,
        reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE colleague (
        id BLOB PRIMARY KEY,
        row BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- What colleagues were before: roles are judged as they were when something was written.
    CREATE TABLE colleague_past (
        id BLOB NOT NULL,
        since INTEGER NOT NULL,
        row BLOB NOT NULL,
        PRIMARY KEY (id, since)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE device (
        id BLOB PRIMARY KEY,
        row BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE presence (
        installation BLOB PRIMARY KEY,
        row BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- How far each scope has been read.
    CREATE TABLE scope (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        epoch BLOB NOT NULL,
        seq INTEGER NOT NULL DEFAULT 0,
        checksum BLOB NOT NULL,
        head INTEGER NOT NULL DEFAULT 0,
        -- Whether the sum computed here was once another than the server's.
        differs INTEGER NOT NULL DEFAULT 0,
        -- How many of its rows are of kinds that the program did not know.
        unknown INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- Every row that passed a cursor, whatever was stored before: sums come from it. A page is one row, for
    -- nobody looks for one of its rows alone.
    CREATE TABLE feed (
        scope INTEGER NOT NULL REFERENCES scope (number),
        -- The last of its rows; they follow each other.
        until INTEGER NOT NULL,
        -- The rows as CBOR.
        rows BLOB NOT NULL,
        PRIMARY KEY (scope, until)
    ) STRICT;

    -- Documents of which rows are still to come, in every scope that brings them.
    CREATE TABLE arriving (
        scope INTEGER NOT NULL REFERENCES scope (number),
        doc BLOB NOT NULL,
        remaining INTEGER NOT NULL,
        PRIMARY KEY (scope, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX arriving_doc ON arriving (doc);

    -- Changes that stand in a feed and are not here.
    CREATE TABLE missing (
        hash BLOB PRIMARY KEY,
        doc BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The company's record of promises, as the server told it: no projection, for most of them are not here.
    CREATE TABLE sample (
        promise BLOB PRIMARY KEY,
        -- When it was made and what became of it, as CBOR.
        life BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
", "
    -- Long silences of devices that ended, as CBOR, with when: beside presence, and no projection.
    CREATE TABLE silence (
        at INTEGER NOT NULL,
        installation BLOB NOT NULL,
        row BLOB NOT NULL,
        PRIMARY KEY (at, installation)
    ) STRICT, WITHOUT ROWID;
", "
    -- More spellings are in the search index, and telephone numbers as one word.
", "
    -- Changes that are here and in no row: what breaks a bound, and what builds on it. A projection.
    CREATE TABLE set_aside (
        doc BLOB NOT NULL,
        hash BLOB NOT NULL,
        -- Why, as a number; and what somebody who looks into it may want to know.
        reason INTEGER NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (doc, hash)
    ) STRICT, WITHOUT ROWID;
", "
    -- Whether it is a promise that does not count, and the one that it writes again.
    ALTER TABLE entry ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entry ADD COLUMN predecessor BLOB;
    CREATE INDEX entry_uncounted ON entry (doc) WHERE uncounted = 1;
    CREATE INDEX entry_predecessor ON entry (predecessor) WHERE predecessor IS NOT NULL;
", "
    -- The gist of a promise has the owed date, from which lateness counts.
", "
    -- Visits, observations and colleagues wait to be settled as well, and texts are shown by sentence.
    DROP INDEX entry_unsettled;
    CREATE INDEX entry_unsettled ON entry (doc) WHERE open = 1 AND kind <> 3;
", "
    -- The gist of a promise says whether the customer was told, and how its lateness is counted. The predecessor of
    -- an entry is also the broken promise that it makes right.
", "
    -- Texts are folded before they are indexed, and names are apart from other words. Lists are in the order of a
    -- language. Beside it stands by which version of the projections the rows were made.
    DROP TABLE search;
    ALTER TABLE entry ADD COLUMN names TEXT NOT NULL DEFAULT '';
    ALTER TABLE entry ADD COLUMN sort_key BLOB NOT NULL DEFAULT x'';
    CREATE INDEX entry_account_sorted ON entry (sort_key, doc) WHERE kind = 0;
    CREATE VIRTUAL TABLE search USING fts5 (
        names, words, content = 'entry', content_rowid = 'id', tokenize = 'ascii'
    );
    ALTER TABLE indexed ADD COLUMN projection INTEGER NOT NULL DEFAULT 0;

    -- The keys of accounts: those that share one are likely the same.
    CREATE TABLE likeness (
        key TEXT NOT NULL,
        doc BLOB NOT NULL,
        PRIMARY KEY (key, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX likeness_doc ON likeness (doc);
    -- Where imports found the contacts of accounts.
    CREATE TABLE contact_source (
        source TEXT NOT NULL,
        doc BLOB NOT NULL,
        PRIMARY KEY (source, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_source_doc ON contact_source (doc);
", "
    -- The entries of an account are counted, and the beginning of a page is found, in the index alone.
    DROP INDEX entry_account_at;
    CREATE INDEX entry_account_at ON entry (account, at DESC, doc DESC, kind) WHERE account IS NOT NULL;
", "
    -- The names of all accounts are read from the index of the list alone, while somebody types one.
    DROP INDEX entry_account_sorted;
    CREATE INDEX entry_account_sorted ON entry (sort_key, doc, archived, names) WHERE kind = 0;
", "
    -- What is archived is few, and subtracted where entries are counted.
    CREATE INDEX entry_archived ON entry (account, kind) WHERE archived = 1 AND kind <> 0;
", "
    -- What this device wrote of late and the server has: for a day it can be taken back.
    CREATE TABLE written (
        group_id BLOB PRIMARY KEY,
        ordinal INTEGER NOT NULL,
        -- The first of the groups over which a long text was split; null for a first one, and where nothing was split.
        first_group BLOB,
        written_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX written_written_at ON written (written_at);
    ALTER TABLE tap ADD COLUMN first_group BLOB;
    -- Groups that were taken back, and those that did it.
    CREATE TABLE undone (
        group_id BLOB PRIMARY KEY,
        by_group BLOB NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- What is being entered: only here, in no scope, never sent. `logged` is what logging it returned.
    CREATE TABLE draft (
        id BLOB PRIMARY KEY,
        saved_at INTEGER NOT NULL,
        step TEXT NOT NULL,
        content BLOB NOT NULL,
        logged BLOB
    ) STRICT, WITHOUT ROWID;
", "
    -- Whether something waits to be settled, of every kind: no open promise is read to find the few.
    ALTER TABLE entry ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0;
    DROP INDEX entry_unsettled;
    CREATE INDEX entry_unsettled ON entry (doc) WHERE unsettled = 1;

    -- The kind of a promise, by which lists choose.
    ALTER TABLE entry ADD COLUMN promise_kind TEXT;
    CREATE INDEX entry_promise_kind ON entry (promise_kind) WHERE kind = 3;

    -- The kind of an open promise, and half time of one of which nothing but that and the last days ring: what rings
    -- within a span of time is found without reading any gist.
    DROP TABLE held;
    CREATE TABLE held (
        doc BLOB PRIMARY KEY,
        promiser BLOB NOT NULL,
        performer BLOB,
        pool TEXT,
        due_at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        half_at INTEGER,
        gist BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
", "
    -- Which promises changed of late, in the order in which they did: their ids, or what else changed.
    CREATE TABLE moved (
        n INTEGER PRIMARY KEY,
        what BLOB NOT NULL
    ) STRICT;
", "
    -- The version of what every call reads beside its rows.
    CREATE TABLE basis (
        version INTEGER NOT NULL
    ) STRICT;
    INSERT INTO basis VALUES (1);
", "
    -- Documents whose rows are to be made anew because people or devices changed.
    CREATE TABLE stale (
        doc BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
", "
    -- Groups that a person took out of the outbox because the server holds or refused them, as CBOR, and the one for
    -- whose sake each went.
    CREATE TABLE withdrawn (
        group_id BLOB PRIMARY KEY,
        ordinal INTEGER NOT NULL,
        cause BLOB NOT NULL,
        at INTEGER NOT NULL,
        content BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Documents that cannot be read, and that a person wants named no more.
    CREATE TABLE withdrawn_document (
        doc BLOB PRIMARY KEY,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
", "
    -- What is archived is few, and comes last in a search.
    CREATE INDEX entry_is_archived ON entry (archived) WHERE archived = 1;
"];

/// True if a file has the format that this program knows. Refuses one from a newer version.
pub fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    let found = version(connection)?;
    if found > MIGRATIONS.len() {
        return Err(StoreError::Newer {
            found,
            known: MIGRATIONS.len(),
        });
    }
    Ok(found == MIGRATIONS.len())
}

/// Brings a file up to date in one transaction, projections included; refuses one from a newer version.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    if is_current(connection)? && is_projected_anew(connection)? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = version(&transaction)?;
    for migration in MIGRATIONS.get(before..).unwrap_or_default() {
        transaction.execute_batch(migration)?;
    }
    // The rows of a file of an older format were projected by an older program.
    if before > 0 {
        projection::rebuild(&transaction, |_, _| {})?;
    }
    transaction.execute("UPDATE indexed SET projection = ?1", [VERSION])?;
    transaction.pragma_update(
        None,
        "user_version",
        i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX),
    )?;
    transaction.commit()?;
    Ok(())
}

/// True if the rows that screens read were made by this version of the projections.
fn is_projected_anew(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT projection FROM indexed";
    let made_by: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(made_by == VERSION)
}

fn version(connection: &Connection) -> Result<usize, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// The format of a file that is up to date: the number of migrations that it has seen.
pub(crate) fn format() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Makes a file of an older format.
#[cfg(test)]
pub(super) fn begin_with(connection: &Connection, version: usize) {
    for migration in &MIGRATIONS[..version] {
        connection.execute_batch(migration).unwrap();
    }
    let version = i64::try_from(version).unwrap();
    connection
        .pragma_update(None, "user_version", version)
        .unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables and indexes of a file, by name.
    fn shape(connection: &Connection) -> Vec<(String, String)> {
        let sql = "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_older_file_becomes_like_a_new_one_and_keeps_its_outbox() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh).unwrap();
        for version in 1..MIGRATIONS.len() {
            let mut old = Connection::open_in_memory().unwrap();
            begin_with(&old, version);
            old.execute(
                "INSERT INTO tap (group_id, edits, written_at, state) VALUES (x'01', x'80', 7, 2)",
                [],
            )
            .unwrap();
            migrate(&mut old).unwrap();
            assert_eq!(shape(&old), shape(&fresh), "from version {version}");
            let kept: (i64, i64) = old
                .query_row(
                    "SELECT ordinal, state FROM tap WHERE group_id = x'01'",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .unwrap();
            assert_eq!(kept, (1, 2));
        }
    }
}
