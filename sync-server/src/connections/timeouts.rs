//! The times for which the server waits for others, and the number of connections for which it does at once.

use std::time::Duration;

use super::open_files;

/// More connections than these cost more memory than a company's server has.
const MAX_CONNECTIONS: usize = 16_384;

/// The interval after which a silent stream says that it is alive.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(15);

/// The times for which the server waits for others, and the number of connections for which it does at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    /// From a connection to the end of its first request's head.
    pub(crate) first_head: Duration,
    /// For the head of every request after it; a connection without requests is closed then.
    pub(crate) head: Duration,
    /// From the head of a request that needs no token to its answer's head, the request's body included.
    pub(crate) request: Duration,
    /// Between two pieces of a body.
    pub(crate) body_idle_timeout: Duration,
    /// Without a byte in either direction; twice this at most.
    pub(crate) idle_timeout: Duration,
    /// Connections in all.
    pub(crate) max_connections: usize,
}

impl Default for Timeouts {
    /// The limits of a server in service; raises the number of files that this process may open.
    fn default() -> Self {
        Self {
            first_head: Duration::from_secs(30),
            // Longer than proxies keep what they do not use: they, not the server, choose when to close.
            head: Duration::from_secs(75),
            request: Duration::from_secs(120),
            body_idle_timeout: Duration::from_secs(60),
            // Longer than any answer takes, and than the heartbeat of an event stream.
            idle_timeout: Duration::from_secs(150),
            // Log, replica and their journals need the rest.
            max_connections: (open_files::raise() / 4)
                .saturating_mul(3)
                .clamp(1, MAX_CONNECTIONS),
        }
    }
}
