//! The engine that exchanges changes with the server, and the wire format that both sides speak.

pub mod chunk;
pub mod wire;
