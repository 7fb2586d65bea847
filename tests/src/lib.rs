//! The harness of the scenarios: a company with a real server, named devices, and a network between them that can be
//! cut.
//!
//! Nothing here sleeps or reads the machine's clocks: devices and server have clocks that are moved by hand and
//! randomness that repeats for a seed. A scenario prints its seed and its steps, so that the output of a failing test
//! can be read from its beginning.

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
mod large_company;
mod office_replica;
pub mod program;
mod scenario;
pub mod simulation;
pub mod tcp_proxy;

pub use company::{Company, MONDAY};
pub use convergence::{assert_same, quiesce, sync_rounds};
pub use device::Device;
pub use disk_image::{copy_as_after_power_cut, fingerprint};
pub use kept_kit::{
    Network, RecordedExchange, account, call_entry, fulfilled, main_phone, promise, promise_by,
    promise_to, usage, visit, visit_entry,
};
pub use large_company::{LargeCompany, LargeCompanySize};
pub use office_replica::OfficeReplica;
pub use scenario::Scenario;
