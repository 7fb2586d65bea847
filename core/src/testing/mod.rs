//! The test kit of the core: what the tests of several rooms share.

mod author;
mod event_sample;
mod golden;

pub(crate) use author::{TestAuthor, content, loaded, test_author};
pub(crate) use event_sample::{event_sample, sample_time};
pub(crate) use golden::{golden, golden_bytes, golden_or};

/// A moment in November 2026 that tests begin with.
pub(crate) const NOON: i64 = 1_795_348_800_000;
