//! The keys under which accounts are likely the same, and the sources of contacts: projections of accounts.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;
use crate::model::account::Account;
use crate::model::duplicates;
use crate::model::ids::DocId;

/// The rows of an account in these tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// The keys of the account.
    keys: BTreeSet<String>,
    /// The sources in which imports found its contacts, and the account beside its first source.
    contact_sources: BTreeSet<String>,
}

impl Likeness {
    /// The rows of an account, computed from its content.
    pub fn of(account: &Account) -> Self {
        let sources = account
            .contacts
            .iter()
            .filter_map(|contact| contact.source.clone())
            .chain(account.further_sources.iter().cloned());
        Self {
            keys: duplicates::keys(account),
            contact_sources: sources.collect(),
        }
    }

    /// The rows of an account, as they are stored.
    pub fn read(connection: &Connection, doc: DocId) -> Result<Self, StoreError> {
        let texts = |sql: &str| -> Result<BTreeSet<String>, StoreError> {
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([doc], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        Ok(Self {
            keys: texts("SELECT key FROM likeness WHERE doc = ?1")?,
            contact_sources: texts("SELECT source FROM contact_source WHERE doc = ?1")?,
        })
    }
}

/// Stores what an account leaves, in place of what it left before unless it is new.
pub fn write(
    transaction: &Transaction<'_>,
    doc: DocId,
    duplicates: &Likeness,
    is_new: bool,
) -> Result<(), StoreError> {
    if !is_new {
        for sql in [
            "DELETE FROM likeness WHERE doc = ?1",
            "DELETE FROM contact_source WHERE doc = ?1",
        ] {
            transaction.prepare_cached(sql)?.execute([doc])?;
        }
    }
    for (sql, texts) in [
        (
            "INSERT INTO likeness (key, doc) VALUES (?1, ?2)",
            &duplicates.keys,
        ),
        (
            "INSERT INTO contact_source (source, doc) VALUES (?1, ?2)",
            &duplicates.contact_sources,
        ),
    ] {
        for text in texts {
            transaction.prepare_cached(sql)?.execute((text, doc))?;
        }
    }
    Ok(())
}

/// Forgets what every account left.
pub fn clear(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch("DELETE FROM likeness; DELETE FROM contact_source;")?)
}

/// The accounts that are likely the same as one, by id; those that were put away are left out.
pub fn of(connection: &Connection, doc: DocId) -> Result<Vec<DocId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT other.doc FROM likeness AS own
         JOIN likeness AS other ON other.key = own.key AND other.doc <> own.doc
         JOIN entry ON entry.doc = other.doc AND entry.archived = 0
         WHERE own.doc = ?1 ORDER BY other.doc",
    )?;
    let rows = statement.query_map([doc], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The account with a contact that an import made from a source.
pub fn by_contact_source(
    connection: &Connection,
    source: &str,
) -> Result<Option<DocId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT doc FROM contact_source WHERE source = ?1 ORDER BY doc LIMIT 1")?
        .query_row([source], |row| row.get(0))
        .optional()?)
}
