//! Feeds: pages from the server go in piece by piece, each in one transaction, rows, projections and cursor together.
//!
//! A page whose `after` is 0 starts a scope over on the device, under the same epoch or a new one.

mod arrivals;
mod error;
mod feed_rows;
mod page;
mod scopes;
mod stale_rows;

pub use error::FeedError;
pub use feed_rows::sum_of_present;
pub use page::{
    CheckedChanges, PageContext, PageOutcome, apply_page, apply_requested, missing_changes,
    waiting_counts,
};
pub use scopes::{ScopeState, cursors, scopes};
pub use stale_rows::{any_stale, refresh_stale};
