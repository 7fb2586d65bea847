//! Bodies on their way in: read whole, within their route's limit and within what all bodies together may take.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use kept_core::wire::{WireError, problem};
use tokio_stream::StreamExt;

use super::answer::Refusal;
use crate::memory_budget::{MemoryBudget, Share};

/// Memory for one message, as a multiple of the bytes that it inflates to: the plain bytes, and the lists that are
/// read from them.
const EXPANSION: usize = 4;

/// The memory that it takes to read a message of so many plain bytes.
pub(super) fn weight(inflated: usize) -> usize {
    inflated.saturating_mul(EXPANSION)
}

/// A body that came whole, with its share of memory.
#[derive(Debug)]
pub(super) struct Arrived {
    /// The bytes that came.
    pub(super) bytes: Vec<u8>,
    _shares: Vec<Share>,
}

/// Reads a body of at most `limit` bytes. `silence` is the longest pause between two pieces of it: how long a body
/// takes that goes on coming is the line's affair.
pub(super) async fn read(
    (headers, body): (&HeaderMap, Body),
    limit: usize,
    silence: Duration,
    budget: &MemoryBudget,
) -> Result<Arrived, Refusal> {
    let too_large = || Refusal::from(WireError::TooLarge(limit));
    if announced(headers).is_some_and(|bytes| bytes > limit) {
        return Err(too_large());
    }
    let mut pieces = body.into_data_stream();
    let mut arrived = Arrived {
        bytes: Vec::new(),
        _shares: Vec::new(),
    };
    let mut paid = 0;
    while let Some(piece) = next(&mut pieces, silence).await? {
        let length = arrived.bytes.len() + piece.len();
        if length > limit {
            return Err(too_large());
        }
        if length > paid {
            // In steps that double: a few shares for any body, none of them twice what came.
            let step = length.max(paid * 2).min(limit) - paid;
            let share = budget.share_at_once(step).ok_or_else(Refusal::busy)?;
            arrived._shares.push(share);
            arrived
                .bytes
                .reserve_exact(paid + step - arrived.bytes.len());
            paid += step;
        }
        arrived.bytes.extend_from_slice(&piece);
    }
    Ok(arrived)
}

async fn next(
    pieces: &mut axum::body::BodyDataStream,
    silence: Duration,
) -> Result<Option<Bytes>, Refusal> {
    match tokio::time::timeout(silence, pieces.next()).await {
        Err(_) => Err(Refusal::silent()),
        Ok(Some(Err(_))) => Err(Refusal::new(
            problem::GARBLED,
            "the body did not come whole",
        )),
        Ok(piece) => Ok(piece.transpose().ok().flatten()),
    }
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
