//! The back office: one more replica of the notebook, shown as pages.
//!
//! Pages hold no rules: what they show is what the core's notebook returns, in the words of its catalogue.

mod accounts;
mod act;
mod assets;
mod company_clock;
mod devices;
mod door;
mod escalation;
mod frame;
mod gathering;
mod guard;
mod handbook;
mod history;
mod incoming;
mod line;
mod live;
mod marks;
mod mirror;
mod needs;
mod promises;
mod push;
mod record;
mod replica;
mod revocation;
mod say;
mod search;
mod trouble;
mod visible;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use kept_core::Notebook;
use kept_core::model::ids::{DocId, GroupId};
use kept_core::notebook::{Act, ApiResult};
use kept_core::words::Words;
use tokio::task::JoinHandle;

use crate::audit::By;
use crate::rate_limits::RateLimits;
use crate::server::ServerState;
use act::{Desk, Given, Refusal};
use escalation::Escalations;
use frame::Frame;
use push::Push;
use record::Record;
use replica::Replica;
use trouble::Trouble;

/// The office of one organisation: its replica, and the server that it asks about sessions.
pub struct Office {
    state: Arc<ServerState>,
    replica: Replica,
    /// The failed sign-ins of each address.
    tries: RateLimits,
    escalations: Escalations,
    record: Record,
    /// Held by the thread that feeds the replica.
    taking: Mutex<()>,
    /// The writer for people's acts.
    desk: Desk,
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
            Some(url) => Box::new(push::Webhook::new(push::address(url)?)?),
            None => Box::new(push::Logged),
        };
        let url = state.url();
        let office = Arc::new(Self {
            state: Arc::clone(state),
            replica: Replica::new(Arc::clone(state)),
            tries: RateLimits::default(),
            escalations: Escalations::new(push),
            record: Record::default(),
            taking: Mutex::default(),
            desk: Desk::new(Arc::clone(state)),
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
    ) -> Result<T, Trouble> {
        let Some(notebook) = self.replica.opened().await else {
            return Err(match self.state.health().fault() {
                Some(fault) => Trouble::Fault(fault),
                None => Trouble::Opening,
            });
        };
        let done = tokio::task::spawn_blocking(move || work(&notebook)).await;
        done.map_err(|_| Trouble::Stumbled)?.map_err(Trouble::from)
    }

    /// Reads a page of one document. One that is not here yet may stand in the log: the replica is fed first.
    async fn read_of<T: Send + 'static>(
        &self,
        id: DocId,
        work: impl FnOnce(&Notebook) -> ApiResult<T> + Send + 'static,
    ) -> Result<T, Trouble> {
        let is_here = self.read(move |notebook| Ok(notebook.kind_of(id).is_ok()));
        if !is_here.await? {
            let fed = tokio::task::block_in_place(|| self.replica.catch_up());
            if let Err(error) = fed {
                tracing::warn!(%error, "the office's replica could not be fed for a page");
            }
        }
        self.read(work).await
    }

    /// Does the act that the reader of a page sent with a form, off the async threads.
    async fn act(
        self: &Arc<Self>,
        frame: &Frame,
        given: &Given,
        act: Act,
    ) -> Result<Option<DocId>, Refusal> {
        if given.is_garbled() {
            return Err(Refusal(Words::new("office-act-garbled")));
        }
        let form: GroupId = given.read("form").ok_or_else(Refusal::stumbled)?;
        let office = Arc::clone(self);
        let (person, name, from) = (frame.person_id, frame.person.clone(), frame.from);
        let done = move || {
            let done = office.desk.act(&office.replica, person, form, &act);
            match (&done, act::deed(&act)) {
                (Ok(Some(_)), Some(deed)) => {
                    office.state.audit().note(&By::Person(name), from, &deed);
                }
                // No matter what failed first, a fault of the disk is told as the reason.
                (Err(_), _) => {
                    if let Some(fault) = office.state.health().look_where_troubled(&office.state) {
                        return Err(Refusal(trouble::fault_words(fault)));
                    }
                }
                _ => {}
            }
            done
        };
        let done = tokio::task::spawn_blocking(done).await;
        done.unwrap_or_else(|_| Err(Refusal::stumbled()))
    }
}

/// The cookie that carries a session's secret over plain HTTP; over HTTPS its name has the prefix `__Host-`.
pub const SESSION_COOKIE: &str = "kept_session";

/// The office's pages, merged beside the API by `http::router`.
pub fn router(office: Arc<Office>) -> Router {
    let small = DefaultBodyLimit::max(door::FORM_BYTES);
    let long = DefaultBodyLimit::max(act::NOTES_FORM_BYTES);
    let csrf = guard::csrf(&office.url);
    let address = middleware::from_fn_with_state(Arc::clone(&office), guard::plain_address);
    let elsewhere = middleware::from_fn_with_state(Arc::clone(&office), guard::told_from_elsewhere);
    Router::new()
        .route("/", get(incoming::page))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{id}", get(accounts::one))
        .route("/promises", get(promises::list))
        .route("/promises/new", get(act::new).post(act::make))
        .route("/promises/{id}/act", get(act::acted).post(act::act))
        .route("/promises/{id}/history", get(history::page))
        .route("/accounts/{id}/history", get(history::page))
        .route(
            "/accounts/{id}/notes",
            get(act::notes).post(act::write_notes).layer(long),
        )
        .route("/conflicts", get(history::conflicts))
        .route("/zone", get(say::choose_zone))
        .route("/settle", post(act::settle))
        .route("/promises/{id}", get(promises::one))
        .route("/search", get(search::page))
        .route("/devices", get(devices::page))
        .route(
            "/devices/{id}/revoke",
            get(revocation::ask).post(revocation::revoke),
        )
        .route("/sessions/{id}/end", post(revocation::end_session))
        .route("/handbook", get(handbook::page))
        .route("/mirror", get(mirror::page))
        .route("/live", get(live::live))
        .route("/signin", get(door::ask).post(door::enter).layer(small))
        .route("/signout", post(door::leave).layer(small))
        .fallback(trouble::no_such_page)
        .method_not_allowed_fallback(trouble::no_such_method)
        .layer(DefaultBodyLimit::max(act::FORM_BYTES))
        .layer(address)
        .layer(csrf)
        .layer(elsewhere)
        .layer(middleware::from_fn(say::remember_choice))
        .layer(middleware::from_fn(guard::headers))
        .merge(assets::router())
        .with_state(office)
}
