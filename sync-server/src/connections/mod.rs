//! Connections: how many there may be at once, how long each may be silent, and which one gives way.

mod limiter;
mod open_files;
mod stream;
mod timeouts;

pub(crate) use limiter::{ConnectionHandle, ConnectionLimiter, connection_in_use};
pub(crate) use stream::ManagedStream;
pub(crate) use timeouts::{HEARTBEAT, Timeouts};
