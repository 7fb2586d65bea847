//! The rows that passed a cursor: kept a page at a time, and summed up.
//!
//! Sums need all of these rows, and no other reader needs one.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rusqlite::{Connection, Transaction};

use super::error::FeedError;
use crate::model::ids::{DocId, Hash};
use crate::store::StoreError;
use crate::store::rows::{decode_row, encode_row};
use crate::wire::{Page, Row, checksum_of, row_kind};

/// A row that passed a cursor, as it is kept.
#[derive(Debug, PartialEq, Eq, Encode, Decode)]
struct StoredRow {
    #[n(0)]
    kind: u8,
    #[n(1)]
    hash: Option<Hash>,
    #[n(2)]
    doc: Option<DocId>,
    /// The content of a control row. Not read yet, nor is its receipt: they are kept so that a feed can be given back
    /// whole.
    #[n(3)]
    control: Option<ByteVec>,
    #[n(4)]
    mac: Option<ByteArray<16>>,
}

/// A number as SQLite stores it.
pub(super) fn as_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Keeps the rows of a page that passed the cursor.
pub(super) fn store_rows(transaction: &Transaction<'_>, page: &Page) -> Result<(), FeedError> {
    let Some(last) = page.rows.last() else {
        return Ok(());
    };
    let feed_rows = |row: &Row| StoredRow {
        kind: row.kind,
        hash: row.hash,
        doc: row.doc,
        control: row.control.clone(),
        mac: row.mac,
    };
    let rows: Vec<StoredRow> = page.rows.iter().map(feed_rows).collect();
    transaction
        .prepare_cached("INSERT INTO feed (scope, until, rows) VALUES (?1, ?2, ?3)")?
        .execute((page.scope, as_i64(last.seq), encode_row(&rows)))?;
    Ok(())
}

/// The sum over the changes of a scope's feed that are really here.
pub fn sum_of_present(connection: &Connection, scope: u32) -> Result<u64, StoreError> {
    let mut pages = connection.prepare_cached("SELECT rows FROM feed WHERE scope = ?1")?;
    let mut is_here =
        connection.prepare_cached("SELECT 1 FROM change WHERE doc = ?1 AND hash = ?2")?;
    let mut sum = 0u64;
    for page in pages.query_map([scope], |row| row.get::<_, Vec<u8>>(0))? {
        let rows: Vec<StoredRow> = decode_row(&page?)?;
        for row in rows {
            let is_change = [row_kind::CHANGE, row_kind::OWN].contains(&row.kind);
            if let (true, Some(doc), Some(hash)) = (is_change, row.doc, row.hash)
                && is_here.exists((doc, hash))?
            {
                sum = sum.wrapping_add(checksum_of(hash));
            }
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::golden_bytes;

    #[test]
    fn rows_that_passed_a_cursor_are_read_as_they_were_written() {
        let rows = vec![StoredRow {
            kind: row_kind::CHANGE,
            hash: Some(Hash([0xf0; 32])),
            doc: Some(DocId([0xd0; 16])),
            control: Some(vec![1, 2].into()),
            mac: Some([3; 16].into()),
        }];
        let written = golden_bytes("record/feed-rows", &encode_row(&rows));
        assert_eq!(decode_row::<Vec<StoredRow>>(&written).unwrap(), rows);
    }
}
