//! Bodies on their way in: read whole, within their route's limit and within what all bodies together may take.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use kept_core::wire::{WireError, problem};
use tokio_stream::StreamExt;

use super::response::ApiError;
use crate::memory_budget::{MemoryBudget, MemoryShare};

/// Memory for one message, as a multiple of the bytes that it inflates to: the plain bytes, and the lists that are
/// read from them.
const EXPANSION: usize = 4;

/// The memory that it takes to read a message of so many plain bytes.
pub(super) fn memory_needed(inflated: usize) -> usize {
    inflated.saturating_mul(EXPANSION)
}

/// A body that came whole, with its share of memory.
#[derive(Debug)]
pub(super) struct ReceivedBody {
    /// The bytes that came.
    pub(super) bytes: Vec<u8>,
    _shares: Vec<MemoryShare>,
}

/// Reads a body of at most `limit` bytes. `body_idle_timeout` is the longest pause between two pieces of it: how long a
/// body takes that goes on coming is the line's affair.
pub(super) async fn read(
    (headers, body): (&HeaderMap, Body),
    limit: usize,
    body_idle_timeout: Duration,
    budget: &MemoryBudget,
) -> Result<ReceivedBody, ApiError> {
    let too_large = || ApiError::from(WireError::TooLarge(limit));
    if content_length(headers).is_some_and(|bytes| bytes > limit) {
        return Err(too_large());
    }
    let mut chunks = body.into_data_stream();
    let mut received = ReceivedBody {
        bytes: Vec::new(),
        _shares: Vec::new(),
    };
    let mut reserved = 0;
    while let Some(chunk) = next_chunk(&mut chunks, body_idle_timeout).await? {
        let length = received.bytes.len() + chunk.len();
        if length > limit {
            return Err(too_large());
        }
        if length > reserved {
            // In steps that double: a few shares for any body, none of them twice what came.
            let step = length.max(reserved * 2).min(limit) - reserved;
            let share = budget.try_share(step).ok_or_else(ApiError::busy)?;
            received._shares.push(share);
            received
                .bytes
                .reserve_exact(reserved + step - received.bytes.len());
            reserved += step;
        }
        received.bytes.extend_from_slice(&chunk);
    }
    Ok(received)
}

async fn next_chunk(
    chunks: &mut axum::body::BodyDataStream,
    body_idle_timeout: Duration,
) -> Result<Option<Bytes>, ApiError> {
    match tokio::time::timeout(body_idle_timeout, chunks.next()).await {
        Err(_) => Err(ApiError::timed_out()),
        Ok(Some(Err(_))) => Err(ApiError::new(
            problem::GARBLED,
            "the body did not come whole",
        )),
        Ok(chunk) => Ok(chunk.transpose().ok().flatten()),
    }
}

fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
