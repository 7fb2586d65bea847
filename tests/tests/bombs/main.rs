//! Changes that are small and describe what no memory holds: refused before they are expanded, set aside where
//! they are stored already.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use kept_core::{Environment, SystemEnvironment};

mod columns;
mod legitimate;
#[cfg(target_os = "linux")]
mod memory;
mod scenarios;

/// Milliseconds of the boot clock, for saying how long something took.
fn boot_ms() -> i64 {
    SystemEnvironment.boot_ms()
}
