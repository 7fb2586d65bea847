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
mod convergence;
mod device;
mod disk_image;
mod drafts;
mod network;
mod office_replica;
pub mod program;
mod scenario;
pub mod simulation;
pub mod tcp_proxy;

pub use company::{Company, MONDAY};
pub use convergence::{assert_same, quiesce, sync_rounds};
pub use device::Device;
pub use disk_image::{copy_as_after_power_cut, fingerprint};
pub use drafts::{account, call_entry, phone, promise, promise_to, visit, visit_entry};
pub use network::{Network, RecordedExchange};
pub use office_replica::OfficeReplica;
pub use scenario::Scenario;
