//! The engine that exchanges changes with the server, invitation links, and how bodies travel.

pub mod endpoint;
pub mod engine;
pub mod invitation;
pub mod outage;
pub mod poke_stream;
pub mod proxy;
pub mod retries;
pub mod tls;
pub mod transport;
mod upload;
