//! The change log, people and devices, and the back office.

mod audit;
pub mod command;
mod connections;
pub mod enrol;
mod error;
pub mod exchange;
#[cfg(test)]
mod fixture;
pub mod http;
pub mod keys;
pub mod log;
mod memory_budget;
pub mod office;
mod private;
mod rate_limits;
pub mod server;
pub mod sign_in;
pub mod state;
mod stop_signal;

pub use error::ServerError;
pub use exchange::{Caller, ExchangeError};
pub use server::{RunningServer, Server, ServerConfig, TlsFiles};
pub use state::{Poke, ServerState};
pub use stop_signal::stop_signal;
