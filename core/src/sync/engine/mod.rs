//! The sans-IO engine: it says what to send, takes what comes back, and knows neither network nor clock.
//!
//! A run is a sequence of exchanges. [`Engine::next`] builds a request, after storing the ticket that names it;
//! the driver sends it, reads the body of the answer as [`Response`], hands that to [`Engine::received`] and what it
//! makes of it to [`Engine::take`] until all of it is taken, or tells [`Engine::failed`]. All are safe at any point:
//! an answer that never came is asked for again under the same ticket, one that comes twice changes nothing. An
//! answer is taken in pieces, each in one transaction: results and tickets first, then pages with their cursors;
//! where a page cannot be used, what comes before it stays. While an answer is taken, the next may be on its way:
//! see [`Engine::request_ahead`].
//!
//! Between any two calls others may use the notebook. Their entries are sent later; a run whose notebook was
//! joined, replaced or synchronised by another meanwhile ends with [`EngineError::Changed`].

mod error;
mod pending_reply;
mod pieces;
mod pipelining;
mod request;
mod response;
mod results;
mod run;
mod sizes;
mod stats;
#[cfg(test)]
mod tests;

pub use error::EngineError;
pub use pending_reply::{ApplyProgress, PendingReply};
pub use response::Response;
pub use run::Engine;
pub use stats::RunStats;
