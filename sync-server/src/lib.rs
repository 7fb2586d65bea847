//! The change log, people and devices, and the back office.

pub mod keys;
pub mod log;
