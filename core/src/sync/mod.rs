//! The engine that exchanges changes with the server, and the wire format that both sides speak.

pub mod engine;
pub mod invitation;
pub mod transport;
pub mod wire;

pub use crate::document::chunk;
