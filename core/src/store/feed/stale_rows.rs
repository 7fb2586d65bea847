//! Rows that are made anew because people or devices changed: a few at a time, for it may be all of them.

use rusqlite::{Connection, Transaction};

use super::page::PageOutcome;
use crate::store::{StoreError, changes, projection, registry, search, stale};

/// True if rows are to be made anew.
pub fn any_stale(connection: &Connection) -> Result<bool, StoreError> {
    Ok(stale::first(connection)?.is_some())
}

/// Makes the rows of some documents anew, of as many as have `most` changes together and at least one. Returns what
/// reads differently and the number of changes that were read.
pub fn refresh_stale(
    transaction: &Transaction<'_>,
    most: usize,
) -> Result<(PageOutcome, usize), StoreError> {
    let registry = registry::load(transaction)?;
    let (mut outcome, mut weighed) = (PageOutcome::default(), 0);
    while let Some(doc) = stale::first(transaction)? {
        let weight = changes::count_of(transaction, doc)?.max(1);
        if weighed > 0 && weighed + weight > most {
            break;
        }
        projection::refresh(transaction, doc, &registry)?;
        stale::remove(transaction, doc)?;
        outcome.docs.insert(doc);
        weighed += weight;
    }
    search::index_pending(transaction)?;
    Ok((outcome, weighed))
}
