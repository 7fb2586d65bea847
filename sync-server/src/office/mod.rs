//! The back office: one more replica of the notebook, shown as pages.
//!
//! Pages hold no rules: what they show is what the core's notebook returns, in the words of its catalogue.

mod accounts;
mod assets;
mod commands;
mod company_clock;
mod cookies;
mod debounce;
mod devices;
mod entry_view;
mod escalations;
mod fallback;
mod feeder;
mod frame;
mod guard;
mod handbook;
mod history;
mod icons;
mod incoming;
mod links;
mod live;
mod localizer;
mod open_calls;
mod page_error;
mod preferences;
mod promise_filters;
mod promises;
mod push;
mod record_publisher;
mod replica;
mod report;
mod revocation;
mod router;
mod search;
mod sign_in_pages;
mod visible;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use axum::http::request::Parts;
use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::notebook::ApiResult;

use crate::rate_limits::RateLimits;
use crate::state::ServerState;
use commands::OfficeWriter;
use escalations::Escalations;
use localizer::Localizer;
use page_error::PageError;
use record_publisher::RecordPublisher;
use replica::Replica;

pub use router::router;

/// The office of one organisation: its replica, and the server that it asks about sessions.
pub struct Office {
    state: Arc<ServerState>,
    replica: Replica,
    /// The failed sign-ins of each address.
    sign_in_limits: RateLimits,
    escalations: Escalations,
    record: RecordPublisher,
    /// Held by the thread that feeds the replica.
    feed_lock: Mutex<()>,
    /// The writer for people's acts.
    writer: OfficeWriter,
    /// The address in links.
    url: String,
    /// True if cookies may only travel over HTTPS.
    secure: bool,
}

impl Office {
    /// The language and zone of a request's reader, now.
    fn localizer(&self, parts: &Parts) -> Localizer {
        Localizer::from_request(parts, &self.replica, self.state.now())
    }

    /// Reads from the replica, off the async threads.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Notebook) -> ApiResult<T> + Send + 'static,
    ) -> Result<T, PageError> {
        let Some(notebook) = self.replica.opened().await else {
            return Err(match self.state.health().fault() {
                Some(fault) => PageError::Fault(fault),
                None => PageError::Opening,
            });
        };
        let done = tokio::task::spawn_blocking(move || work(&notebook)).await;
        done.map_err(|_| PageError::Internal)?
            .map_err(PageError::from)
    }

    /// Reads a page of one document. One that is not here yet may stand in the log: the replica is fed first.
    async fn read_document<T: Send + 'static>(
        &self,
        id: DocId,
        work: impl FnOnce(&Notebook) -> ApiResult<T> + Send + 'static,
    ) -> Result<T, PageError> {
        let is_here = self.read(move |notebook| Ok(notebook.entry_kind(id).is_ok()));
        if !is_here.await? {
            let fed = tokio::task::block_in_place(|| self.replica.catch_up());
            if let Err(error) = fed {
                tracing::warn!(%error, "the office's replica could not be fed for a page");
            }
        }
        self.read(work).await
    }
}

/// The cookie that carries a session's secret over plain HTTP; over HTTPS its name has the prefix `__Host-`.
pub const SESSION_COOKIE: &str = "kept_session";
