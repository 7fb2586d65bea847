//! The change log, people and devices, and the back office.

pub mod command;
pub mod demo;
pub mod enrol;
pub mod exchange;
pub mod http;
pub mod keys;
pub mod log;
pub mod office;
mod private;
pub mod server;
pub mod sign_in;
mod tries;

pub use exchange::{Caller, ExchangeError};
pub use server::{Poke, RunningServer, Server, ServerConfig, ServerError, ServerState, TlsFiles};
