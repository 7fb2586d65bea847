//! `GET /live`: says "changed" when the replica has taken something, and nothing else.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::Office;
use super::frame::session;
use crate::connections::{ConnectionHandle, HEARTBEAT};

/// The interval at which the reader's session is checked: a command may end it.
const SESSION_CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// Pokes for a reader of a page; the data stay in pages.
pub(super) async fn live(State(office): State<Arc<Office>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let secret = session(&parts, &office).unwrap_or_default();
    if !is_valid(&office, &secret).await {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if let Some(connection) = parts.extensions.get::<ConnectionHandle>() {
        connection.mark_known();
    }
    let (events, stream) = mpsc::channel(1);
    tokio::spawn(stream_changes(office, secret, events));
    Sse::new(ReceiverStream::new(stream))
        .keep_alive(KeepAlive::new().interval(HEARTBEAT))
        .into_response()
}

/// Tells until the reader, their session or the server ends.
async fn stream_changes(
    office: Arc<Office>,
    secret: String,
    events: mpsc::Sender<Result<Event, Infallible>>,
) {
    let mut version = office.replica.version();
    let mut stopping = office.state.stopping();
    loop {
        let moved = tokio::select! {
            moved = version.changed() => if moved.is_ok() { true } else { return },
            () = tokio::time::sleep(SESSION_CHECK_INTERVAL) => false,
            () = events.closed() => return,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        if !is_valid(&office, &secret).await {
            return;
        }
        if !moved {
            continue;
        }
        let poke = Event::default().event("changed").data("changed");
        if events.send(Ok(poke)).await.is_err() {
            return;
        }
    }
}

async fn is_valid(office: &Arc<Office>, secret: &str) -> bool {
    let (state, secret) = (Arc::clone(&office.state), secret.to_owned());
    let known = tokio::task::spawn_blocking(move || state.session_person(&secret)).await;
    matches!(known, Ok(Ok(Some(_))))
}
