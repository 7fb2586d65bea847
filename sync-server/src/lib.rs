//! The change log, people and devices, and the back office.

mod audit;
pub mod command;
pub mod demo;
pub mod enrol;
pub mod exchange;
pub mod http;
pub mod keys;
pub mod log;
mod memory_budget;
pub mod office;
mod private;
mod rate_limits;
pub mod server;
pub mod sign_in;

pub use exchange::{Caller, ExchangeError};
pub use server::{Poke, RunningServer, Server, ServerConfig, ServerError, ServerState, TlsFiles};
