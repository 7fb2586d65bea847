//! The test kit of the core: what the tests of several rooms share.

mod author;
mod event_sample;
mod golden;
mod people;
mod promise_fixture;
mod store_fixture;

pub(crate) use author::{TestAuthor, content, loaded, test_author};
pub(crate) use event_sample::{event_sample, sample_time};
pub(crate) use golden::{golden, golden_bytes, golden_or};
pub(crate) use people::{ANN, BEN, EVA, SAM, TOM, colleague, device, presence};
pub(crate) use promise_fixture::{PromiseFixture, at, clock_time, due, made};
pub(crate) use store_fixture::StoreFixture;

/// A moment in November 2026 that tests begin with.
pub(crate) const NOON: i64 = 1_795_348_800_000;
/// An hour, in milliseconds.
pub(crate) const HOUR: i64 = 3_600_000;
/// A day, in milliseconds.
pub(crate) const DAY: i64 = 24 * HOUR;
