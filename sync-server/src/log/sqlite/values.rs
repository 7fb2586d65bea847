//! The form of values in columns: unsigned numbers by their bits, absent things as the empty blob, text or 0.

use minicbor::{Decode, Encode};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, Type};

/// An unsigned number as the integer with the same bits.
pub(super) fn bits(number: u64) -> i64 {
    number.cast_signed()
}

/// The unsigned number of a column.
pub(super) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

/// The bytes of something that may be absent.
pub(super) fn blob<const N: usize>(bytes: Option<[u8; N]>) -> Vec<u8> {
    bytes.map_or_else(Vec::new, |bytes| bytes.to_vec())
}

/// Something of a fixed size that the empty blob says is absent.
pub(super) fn optional<T: FromSql>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    if row.get_ref(column)?.as_blob().is_ok_and(<[u8]>::is_empty) {
        return Ok(None);
    }
    row.get(column).map(Some)
}

/// An instant that 0 says is absent.
pub(super) fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<i64>> {
    row.get::<_, i64>(column).map(|at| (at != 0).then_some(at))
}

/// A record as CBOR.
pub(super) fn cbor(value: &impl Encode<()>) -> rusqlite::Result<Vec<u8>> {
    minicbor::to_vec(value).map_err(|e| {
        rusqlite::Error::ToSqlConversionFailure(Box::new(std::io::Error::other(e.to_string())))
    })
}

/// A record from CBOR.
pub(super) fn record<T: for<'b> Decode<'b, ()>>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<T> {
    let bytes = row.get_ref(column)?.as_blob()?;
    minicbor::decode(bytes)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(e)))
}

/// A text that is read by its `FromStr`.
pub(super) fn text<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(column)?
        .as_str()?
        .parse()
        .map_err(|e| FromSqlError::Other(Box::new(e)).into())
}

/// The version after which news begin for a reader who holds `version`: one from a log that was lost says nothing and
/// counts as 0.
pub(super) fn news_after(version: u64, current: u64) -> u64 {
    if version > current { 0 } else { version }
}
