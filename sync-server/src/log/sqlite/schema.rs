//! The tables, as an ordered list of migrations: the version of a database is the number that it has run.
//!
//! Every table leads with the organisation: place, change and feed, which grow with every change, with its
//! number. Where something may be absent, the empty blob or text, or 0 for an instant, says so. Epochs and
//! checksums are unsigned and kept as the integer with the same bits.

use rusqlite::{Connection, TransactionBehavior};

use crate::log::{LogError, Result};

/// Brings a database to the newest version, in one transaction. One that is there already is only read, so that a full
/// disk does not keep it from being opened.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    let known = MIGRATIONS.len();
    if version(connection)? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > known {
        return Err(LogError::Newer { found, known });
    }
    for migration in &MIGRATIONS[found..] {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {known}"))?;
    Ok(transaction.commit()?)
}

fn version(connection: &Connection) -> Result<usize> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

const MIGRATIONS: [&str; 7] = [
    FIRST,
    SAMPLES,
    SILENCES,
    SIZES,
    SESSIONS,
    REDEMPTIONS,
    PUSH_ADDRESSES,
];

const FIRST: &str = "
CREATE TABLE organisation (
    organisation     BLOB    NOT NULL PRIMARY KEY,
    number           INTEGER NOT NULL UNIQUE,
    name             TEXT    NOT NULL,
    created          INTEGER NOT NULL,
    scopes           INTEGER NOT NULL DEFAULT 0,
    presence_version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
    organisation BLOB    NOT NULL REFERENCES organisation,
    number       INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    epoch        INTEGER NOT NULL,
    head         INTEGER NOT NULL DEFAULT 0,
    checksum     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation, number),
    UNIQUE (organisation, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    organisation  INTEGER NOT NULL,
    doc           BLOB    NOT NULL,
    author        BLOB    NOT NULL,
    parent_max_op INTEGER NOT NULL DEFAULT 0,
    parent_hash   BLOB    NOT NULL DEFAULT x'',
    changes       INTEGER NOT NULL,
    scopes        BLOB    NOT NULL,
    record        BLOB    NOT NULL,
    PRIMARY KEY (organisation, doc)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    number       INTEGER NOT NULL PRIMARY KEY,
    organisation INTEGER NOT NULL,
    doc          BLOB    NOT NULL,
    hash         BLOB    NOT NULL,
    actor        BLOB    NOT NULL,
    seq          INTEGER NOT NULL,
    max_op       INTEGER NOT NULL,
    installation BLOB    NOT NULL,
    received_at  INTEGER NOT NULL,
    mac          BLOB    NOT NULL,
    group_id     BLOB    NOT NULL,
    bytes        BLOB    NOT NULL,
    UNIQUE (organisation, hash),
    UNIQUE (organisation, doc, actor, seq),
    FOREIGN KEY (organisation, doc) REFERENCES place (organisation, doc)
) STRICT;

-- One unit a row, under its last sequence number: most are read as they were written, whole.
CREATE TABLE feed (
    organisation INTEGER NOT NULL,
    scope        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    rows         BLOB    NOT NULL,
    PRIMARY KEY (organisation, scope, last)
) STRICT, WITHOUT ROWID;

CREATE TABLE colleague (
    organisation BLOB NOT NULL REFERENCES organisation,
    person       BLOB NOT NULL,
    name         TEXT NOT NULL,
    record       BLOB NOT NULL,
    PRIMARY KEY (organisation, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    organisation BLOB NOT NULL,
    installation BLOB NOT NULL UNIQUE,
    person       BLOB NOT NULL,
    record       BLOB NOT NULL,
    PRIMARY KEY (organisation, installation),
    FOREIGN KEY (organisation, person) REFERENCES colleague (organisation, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor (
    organisation BLOB NOT NULL,
    actor        BLOB NOT NULL,
    installation BLOB NOT NULL,
    PRIMARY KEY (organisation, actor),
    FOREIGN KEY (organisation, installation) REFERENCES device (organisation, installation)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
    organisation BLOB NOT NULL REFERENCES organisation,
    installation BLOB NOT NULL,
    prev         BLOB NOT NULL DEFAULT x'',
    next         BLOB NOT NULL,
    PRIMARY KEY (organisation, installation)
) STRICT, WITHOUT ROWID;

CREATE TABLE presence (
    organisation BLOB    NOT NULL REFERENCES organisation,
    installation BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    record       BLOB    NOT NULL,
    PRIMARY KEY (organisation, installation),
    UNIQUE (organisation, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
    organisation BLOB    NOT NULL REFERENCES organisation,
    group_id     BLOB    NOT NULL,
    installation BLOB    NOT NULL,
    received_at  INTEGER NOT NULL,
    content      BLOB    NOT NULL,
    reasons      BLOB    NOT NULL,
    PRIMARY KEY (organisation, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_change (
    organisation BLOB    NOT NULL,
    hash         BLOB    NOT NULL,
    doc          BLOB    NOT NULL,
    actor        BLOB    NOT NULL,
    seq          INTEGER NOT NULL,
    group_id     BLOB    NOT NULL,
    PRIMARY KEY (organisation, hash),
    UNIQUE (organisation, doc, actor, seq),
    FOREIGN KEY (organisation, group_id) REFERENCES held (organisation, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE invite (
    organisation BLOB    NOT NULL REFERENCES organisation,
    invite       BLOB    NOT NULL UNIQUE,
    secret_hash  BLOB    NOT NULL,
    person       BLOB    NOT NULL,
    expires      INTEGER NOT NULL,
    used_at      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation, invite)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in (
    organisation BLOB    NOT NULL REFERENCES organisation,
    secret_hash  BLOB    NOT NULL UNIQUE,
    person       BLOB    NOT NULL,
    expires      INTEGER NOT NULL,
    used_at      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation, secret_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    organisation BLOB    NOT NULL REFERENCES organisation,
    secret_hash  BLOB    NOT NULL UNIQUE,
    person       BLOB    NOT NULL,
    expires      INTEGER NOT NULL,
    PRIMARY KEY (organisation, secret_hash)
) STRICT, WITHOUT ROWID;
";

/// The company's record of promises.
const SAMPLES: &str = "
ALTER TABLE organisation ADD COLUMN samples_version INTEGER NOT NULL DEFAULT 0;

CREATE TABLE sample (
    organisation BLOB    NOT NULL REFERENCES organisation,
    promise      BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    record       BLOB    NOT NULL,
    PRIMARY KEY (organisation, promise),
    UNIQUE (organisation, version)
) STRICT, WITHOUT ROWID;
";

/// Long silences of devices that ended, in the versions of presence.
const SILENCES: &str = "
CREATE TABLE silence (
    organisation BLOB    NOT NULL REFERENCES organisation,
    version      INTEGER NOT NULL,
    record       BLOB    NOT NULL,
    PRIMARY KEY (organisation, version)
) STRICT, WITHOUT ROWID;
";

/// The size of what each document is made of, and of what is held. -1 operations say that they were not counted yet: a
/// document is counted when it is written next.
const SIZES: &str = "
ALTER TABLE place ADD COLUMN operations INTEGER NOT NULL DEFAULT -1;
ALTER TABLE place ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;

ALTER TABLE held ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE held SET bytes = length(content);
CREATE INDEX held_installation ON held (organisation, installation, bytes);
";

/// The beginnings of the office's sessions, and their last use.
const SESSIONS: &str = "
ALTER TABLE session ADD COLUMN since   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN used    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN address TEXT    NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser TEXT    NOT NULL DEFAULT '';
";

/// Devices that redeemed an invitation, before they are heard from.
const REDEMPTIONS: &str = "
ALTER TABLE invite ADD COLUMN installation BLOB NOT NULL DEFAULT x'';
ALTER TABLE invite ADD COLUMN proof_hash   BLOB NOT NULL DEFAULT x'';
ALTER TABLE invite ADD COLUMN device       BLOB NOT NULL DEFAULT x'';

CREATE INDEX invite_installation ON invite (installation) WHERE installation <> x'';
";

/// The addresses under which pushes reach devices. They are in no feed: nobody else is told them.
const PUSH_ADDRESSES: &str = "
CREATE TABLE push_address (
    organisation BLOB NOT NULL REFERENCES organisation,
    installation BLOB NOT NULL,
    person       BLOB NOT NULL,
    address      TEXT NOT NULL,
    PRIMARY KEY (organisation, installation)
) STRICT, WITHOUT ROWID;

CREATE INDEX push_address_person ON push_address (organisation, person);
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_database_keeps_its_organisations_and_begins_a_record() {
        let mut old = Connection::open_in_memory().unwrap();
        old.execute_batch(MIGRATIONS[0]).unwrap();
        old.execute_batch(
            "
            INSERT INTO organisation (organisation, number, name, created, presence_version)
            VALUES (x'01', 1, 'Bakery', 5, 9);
            PRAGMA user_version = 1;
            ",
        )
        .unwrap();
        migrate(&mut old).unwrap();
        let versions: (i64, i64, i64) = old
            .query_row(
                "
                SELECT presence_version, samples_version, (SELECT count(*) FROM sample)
                FROM organisation
                ",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!(versions, (9, 0, 0));
    }

    #[test]
    fn a_database_is_migrated_once_and_one_from_the_future_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        connection
            .execute_batch("PRAGMA user_version = 99")
            .unwrap();
        let error = migrate(&mut connection).unwrap_err();
        assert!(matches!(error, LogError::Newer { found: 99, .. }));
        assert!(error.to_string().contains("install a newer kept-server"));
    }
}
