//! The back office: one more replica of the notebook, shown as pages.
//!
//! Pages hold no rules: what they show is what the core's notebook returns, in the words of its catalogue.

mod accounts;
mod assets;
mod commands;
mod company_clock;
mod debounce;
mod devices;
mod entry_view;
mod escalations;
mod frame;
mod guard;
mod handbook;
mod history;
mod icons;
mod incoming;
mod live;
mod localizer;
mod open_calls;
mod page_error;
mod promises;
mod push;
mod record_publisher;
mod replica;
mod report;
mod revocation;
mod search;
mod sign_in_pages;
mod visible;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::{DocId, GroupId};
use kept_core::notebook::{ApiResult, OfficeCommand};
use tokio::task::JoinHandle;

use crate::audit::AuditAuthor;
use crate::rate_limits::RateLimits;
use crate::state::ServerState;
use commands::{CommandRefusal, FormData, OfficeWriter};
use escalations::Escalations;
use frame::Frame;
use page_error::PageError;
use push::Push;
use record_publisher::RecordPublisher;
use replica::Replica;

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
    /// Begins to feed the replica from the log. The task ends when the server stops, with the replica
    /// closed. `gateway` is the address of what wakes sleeping devices; without one they sleep on. The error
    /// says why it cannot be used.
    pub fn start(
        state: &Arc<ServerState>,
        gateway: Option<&str>,
    ) -> Result<(Arc<Self>, JoinHandle<()>), String> {
        let push: Box<dyn Push> = match gateway {
            Some(url) => Box::new(push::WebhookPush::new(push::address(url)?)?),
            None => Box::new(push::LoggedPush),
        };
        let url = state.url();
        let office = Arc::new(Self {
            state: Arc::clone(state),
            replica: Replica::new(Arc::clone(state)),
            sign_in_limits: RateLimits::default(),
            escalations: Escalations::new(push),
            record: RecordPublisher::default(),
            feed_lock: Mutex::default(),
            writer: OfficeWriter::new(Arc::clone(state)),
            secure: url.starts_with("https:"),
            url,
        });
        let feeding = tokio::spawn(replica::feed(Arc::clone(&office)));
        Ok((office, feeding))
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

    /// Does the act that the reader of a page sent with a form, off the async threads.
    async fn run_command(
        self: &Arc<Self>,
        frame: &Frame,
        given: &FormData,
        act: OfficeCommand,
    ) -> Result<Option<DocId>, CommandRefusal> {
        if given.is_garbled() {
            return Err(CommandRefusal(Message::new("office-act-garbled")));
        }
        let form: GroupId = given.read("form").ok_or_else(CommandRefusal::internal)?;
        let office = Arc::clone(self);
        let (person, name, from) = (frame.person_id, frame.person.clone(), frame.from);
        let done = move || {
            let done = office.writer.write(&office.replica, person, form, &act);
            match (&done, commands::audit_event(&act)) {
                (Ok(Some(_)), Some(audit_event)) => {
                    office
                        .state
                        .audit()
                        .record(&AuditAuthor::Person(name), from, &audit_event);
                }
                // No matter what failed first, a fault of the disk is told as the reason.
                (Err(_), _) => {
                    if let Some(fault) = office.state.health().check_if_troubled(&office.state) {
                        return Err(CommandRefusal(page_error::fault_message(fault)));
                    }
                }
                _ => {}
            }
            done
        };
        let done = tokio::task::spawn_blocking(done).await;
        done.unwrap_or_else(|_| Err(CommandRefusal::internal()))
    }
}

/// The cookie that carries a session's secret over plain HTTP; over HTTPS its name has the prefix `__Host-`.
pub const SESSION_COOKIE: &str = "kept_session";

/// The office's pages, merged beside the API by `http::router`.
pub fn router(office: Arc<Office>) -> Router {
    let small = DefaultBodyLimit::max(sign_in_pages::FORM_BYTES);
    let long = DefaultBodyLimit::max(commands::NOTES_FORM_BYTES);
    let csrf = guard::csrf(&office.url);
    let address =
        middleware::from_fn_with_state(Arc::clone(&office), guard::reject_control_characters);
    let elsewhere = middleware::from_fn_with_state(Arc::clone(&office), guard::cross_site_page);
    Router::new()
        .route("/", get(incoming::page))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{id}", get(accounts::one))
        .route("/promises", get(promises::list))
        .route(
            "/promises/new",
            get(commands::new_promise_page).post(commands::create_promise),
        )
        .route(
            "/promises/{id}/act",
            get(commands::redirect_to_promise).post(commands::submit),
        )
        .route("/promises/{id}/history", get(history::page))
        .route("/accounts/{id}/history", get(history::page))
        .route(
            "/accounts/{id}/notes",
            get(commands::notes).post(commands::write_notes).layer(long),
        )
        .route("/conflicts", get(history::conflicts))
        .route("/zone", get(localizer::choose_zone))
        .route("/settle", post(commands::settle))
        .route("/promises/{id}", get(promises::one))
        .route("/search", get(search::page))
        .route("/devices", get(devices::page))
        .route(
            "/devices/{id}/revoke",
            get(revocation::revoke_page).post(revocation::revoke),
        )
        .route("/sessions/{id}/end", post(revocation::end_session))
        .route("/handbook", get(handbook::page))
        .route("/mirror", get(report::page))
        .route("/live", get(live::live))
        .route(
            "/signin",
            get(sign_in_pages::sign_in_page)
                .post(sign_in_pages::sign_in)
                .layer(small),
        )
        .route("/signout", post(sign_in_pages::sign_out).layer(small))
        .fallback(page_error::no_such_page)
        .method_not_allowed_fallback(page_error::no_such_method)
        .layer(DefaultBodyLimit::max(commands::FORM_BYTES))
        .layer(address)
        .layer(csrf)
        .layer(elsewhere)
        .layer(middleware::from_fn(localizer::remember_choice))
        .layer(middleware::from_fn(guard::headers))
        .merge(assets::router())
        .with_state(office)
}
