//! The change log, people and devices, and the back office.

pub mod enrol;
pub mod exchange;
pub mod keys;
pub mod log;
pub mod sign_in;

pub use exchange::{Caller, ExchangeError};
