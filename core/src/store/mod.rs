//! The one SQLite file of a notebook: change log, placements, projections, search, outbox, registry, feeds.
//!
//! The change log is the truth; everything that a screen reads is a projection of it and can be dropped
//! and rebuilt. A function that takes `&Connection` reads; one that takes `&Transaction` writes.

pub mod account_names;
pub mod basis;
pub mod changes;
pub mod company;
mod database;
pub mod drafts;
mod error;
pub mod feed;
pub mod group_writer;
pub mod likeness;
pub mod matches;
pub mod meta;
pub mod moved;
pub mod open_promises;
pub mod outbox;
pub mod placements;
pub mod projection;
pub mod queries;
mod read_only;
pub mod registry;
pub(crate) mod rows;
pub mod samples;
mod schema;
pub mod search;
pub mod set_aside;
mod stale;
pub mod withdrawal;
pub mod written;

pub use database::{Key, ReadConnection, Reading, Store};
pub use error::{Obstacle, StoreError};
pub(crate) use schema::format;

#[cfg(test)]
mod promise_tests;
#[cfg(test)]
mod record_tests;
#[cfg(test)]
mod samples_tests;
#[cfg(test)]
mod tests;
