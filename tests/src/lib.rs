//! The harness: a company with a real server, named devices, and a wire between them that can be cut.
//!
//! Nothing here sleeps or reads the machine's clocks: devices and server have clocks that are moved by
//! hand and randomness that repeats for a seed. A story prints its seed and its chapters, so that what is
//! shown of a failing test reads like the story that it tells.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a harness that cannot go on fails the test, which is what a panic does"
)]

pub mod bench;
pub mod chunk;
mod company;
mod device;
mod drafts;
mod image;
pub mod line;
mod office;
pub mod program;
pub mod simulation;
mod story;
mod together;
mod wire;

pub use company::{Company, MONDAY};
pub use device::Device;
pub use drafts::{account, call, phone, promise, promised, tap, visit};
pub use image::{fingerprint, power_cut};
pub use office::Replica;
pub use story::Story;
pub use together::{assert_same, quiesce, rounds};
pub use wire::{Exchanged, Wire};

/// The person called by a name, for telling a story.
pub type Name = &'static str;
