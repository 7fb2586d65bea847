//! The version of projected rows, and the one way in which values go into BLOB columns and come back.

use minicbor::{Decode, Encode};

use super::StoreError;
use crate::model::account_field::ACCOUNT_FIELDS;
use crate::model::event_kind::EventKind;
use crate::model::fold;

/// The version of the rows' shape. Raise it by one when the test `the_rows_have_the_shape_of_their_version` says so, or
/// when a column or a text of a row is computed otherwise. A scalar of accounts and a kind of event raise [`SHAPE`] by
/// themselves.
const ROWS: i64 = 4;

/// The shape of the rows, as a number: the version, the kinds of events and the scalars of accounts.
pub(super) const SHAPE: i64 =
    10_000 * ROWS + 100 * EventKind::ALL.len() as i64 + ACCOUNT_FIELDS.len() as i64;

/// The version of the rows, by their own shape and by how texts are folded. A file whose rows were made by another
/// is projected anew when it is opened.
pub(crate) const VERSION: i64 = 1_000_000 * fold::VERSION as i64 + SHAPE;

/// The size in bytes that most stored values stay within: the capacity to begin with.
const ROW_BYTES: usize = 1024;

/// A value as CBOR, for a BLOB column. Writing to memory does not fail.
pub(crate) fn encode_row<T: Encode<()> + ?Sized>(value: &T) -> Vec<u8> {
    // Nearly all that is stored fits: growing from nothing costs as much as writing.
    let mut bytes = Vec::with_capacity(ROW_BYTES);
    match minicbor::encode(value, &mut bytes) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

/// The value of a BLOB column. The error names the type and the version of this program's rows: a row that lacks
/// what the type wants was made by an older program.
pub(crate) fn decode_row<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, StoreError> {
    minicbor::decode(bytes).map_err(|error| {
        let path = std::any::type_name::<T>();
        let name = path.rsplit("::").next().unwrap_or(path);
        StoreError::Corrupt(format!(
            "a {name} cannot be read by a program with rows of version {VERSION}: {error}"
        ))
    })
}
