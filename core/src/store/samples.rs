//! The company's record of promises, as the server tells it to every device.

use rusqlite::{Connection, Transaction};

use super::rows::{decode_row, encode_row};
use super::{StoreError, moved};
use crate::model::ids::DocId;
use crate::wire::{SampleLifetime, SampleRow, items};

/// Takes a row of the record. One that a newer server writes in a way that is not known here is left out, and
/// then this is false.
pub fn take(transaction: &Transaction<'_>, row: &[u8]) -> Result<bool, StoreError> {
    let Ok(row) = items::decode_record::<SampleRow>(row) else {
        return Ok(false);
    };
    match &row.life {
        Some(life) => transaction
            .prepare_cached(
                "INSERT INTO sample (promise, life) VALUES (?1, ?2)
                 ON CONFLICT (promise) DO UPDATE SET life = excluded.life",
            )?
            .execute((row.promise, encode_row(life)))?,
        None => transaction
            .prepare_cached("DELETE FROM sample WHERE promise = ?1")?
            .execute([row.promise])?,
    };
    moved::note_samples(transaction)?;
    Ok(true)
}

/// Takes everything away, before the record begins anew.
pub fn clear(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute_batch("DELETE FROM sample")?;
    moved::note_samples(transaction)
}

/// The whole record, by promise.
pub fn all(connection: &Connection) -> Result<Vec<(DocId, SampleLifetime)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT promise, life FROM sample")?;
    let mut rows = statement.query(())?;
    let mut record = Vec::new();
    while let Some(row) = rows.next()? {
        let life = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        record.push((row.get(0)?, decode_row(life)?));
    }
    Ok(record)
}
