//! A feed's unit as one value: its rows as CBOR, with the numbers of the changes that they name.

use kept_core::model::ids::{DocId, GroupId, Hash};
use minicbor::bytes::{ByteArray, ByteSlice};
use minicbor::{Decode, Encode};

use crate::log::{FeedRow, LogError, Result};

/// A row of a unit. The columns that stand with a change are read there.
#[derive(Encode, Decode)]
#[cbor(array)]
struct PackedRow<'b> {
    #[n(0)]
    kind: u8,
    #[n(1)]
    checksum: u64,
    #[n(2)]
    change: Option<i64>,
    #[b(3)]
    control: Option<&'b ByteSlice>,
    #[n(4)]
    mac: Option<ByteArray<16>>,
    #[n(5)]
    doc: Option<DocId>,
    #[n(6)]
    group: Option<GroupId>,
}

/// Packs the rows of one unit; `number` says under which number a change is kept.
pub(super) fn pack(unit: &[FeedRow], number: impl Fn(Hash) -> Result<i64>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in unit {
        let change = row.hash.map(&number).transpose()?;
        let control = (!row.control.is_empty()).then(|| <&ByteSlice>::from(&row.control[..]));
        let packed_row = PackedRow {
            kind: row.kind,
            checksum: row.checksum,
            change,
            control,
            mac: row.mac.map(Into::into),
            doc: row.doc.filter(|_| change.is_none()),
            group: row.group.filter(|_| change.is_none()),
        };
        minicbor::encode(packed_row, &mut bytes).map_err(|e| LogError::Damaged(e.to_string()))?;
    }
    Ok(bytes)
}

/// The rows of a unit, each with the number of the change that it names.
pub(super) fn unpack(last: u64, bytes: &[u8]) -> Result<Vec<(FeedRow, Option<i64>)>> {
    let mut rows = Vec::new();
    let mut decoder = minicbor::Decoder::new(bytes);
    while decoder.position() < bytes.len() {
        let packed_row: PackedRow<'_> = decoder
            .decode()
            .map_err(|e| LogError::Damaged(e.to_string()))?;
        let row = FeedRow {
            seq: 0,
            unit: 0,
            kind: packed_row.kind,
            doc: packed_row.doc,
            hash: None,
            group: packed_row.group,
            control: packed_row
                .control
                .map_or_else(Vec::new, |control| control.to_vec()),
            mac: packed_row.mac.map(Into::into),
            checksum: packed_row.checksum,
        };
        rows.push((row, packed_row.change));
    }
    let unit = last.saturating_sub(rows.len() as u64) + 1;
    for ((row, _), seq) in rows.iter_mut().zip(unit..) {
        (row.seq, row.unit) = (seq, unit);
    }
    Ok(rows)
}
