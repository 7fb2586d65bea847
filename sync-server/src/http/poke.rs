//! `GET /v1/poke`: server-sent events that carry nothing but scope heads, `1=55,2=7`, or the word "fetch" for the
//! person who is called.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream};
use kept_core::model::ids::{InstallationId, PersonId};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::response::ApiError;
use super::sync::AuthenticatedDevice;
use crate::connections::HEARTBEAT;
use crate::exchange::{Caller, ExchangeError};
use crate::state::{Poke, ServerState};

type ScopeHeads = BTreeMap<u32, u64>;
type Events = ReceiverStream<Result<Event, Infallible>>;

/// Heads of the scopes that the caller may read, at once and whenever they move.
pub(super) async fn poke(
    State(state): State<Arc<ServerState>>,
    AuthenticatedDevice(installation): AuthenticatedDevice,
) -> Result<Sse<KeepAliveStream<Events>>, ApiError> {
    let pokes = state.subscribe();
    let wakes = state.subscribe_wakes();
    let heads = heads(&state, installation).await?;
    let (events, stream) = mpsc::channel(8);
    tokio::spawn(stream_heads(
        state,
        installation,
        (pokes, wakes),
        heads,
        events,
    ));
    let alive = KeepAlive::new().interval(HEARTBEAT);
    Ok(Sse::new(ReceiverStream::new(stream)).keep_alive(alive))
}

/// Sends the first heads, then those that differ after each poke, and "fetch" whenever the caller is called,
/// until the caller, the server or the caller's right to read ends.
async fn stream_heads(
    state: Arc<ServerState>,
    installation: InstallationId,
    (mut pokes, mut wakes): (broadcast::Receiver<Poke>, broadcast::Receiver<PersonId>),
    mut sent: ScopeHeads,
    events: mpsc::Sender<Result<Event, Infallible>>,
) {
    let mut stopping = state.stopping();
    let Some(person) = owner(&state, installation).await else {
        return;
    };
    let mut changed = sent.clone();
    loop {
        if !changed.is_empty() && events.send(Ok(event(&changed))).await.is_err() {
            return;
        }
        let woken = tokio::select! {
            poke = pokes.recv() => if let Err(RecvError::Closed) = poke { return } else { false },
            woken = wakes.recv() => match woken {
                Ok(woken) => woken == person,
                // A receiver that lags behind may have missed its own person's name.
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            },
            () = events.closed() => return,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        let fetch = || Event::default().event("wake").data("fetch");
        if woken && events.send(Ok(fetch())).await.is_err() {
            return;
        }
        // One look serves all pokes that wait: what it finds is newer than any of them.
        pokes = pokes.resubscribe();
        let Ok(now) = heads(&state, installation).await else {
            return;
        };
        changed = now.clone();
        changed.retain(|scope, head| sent.get(scope) != Some(head));
        sent = now;
    }
}

async fn heads(
    state: &Arc<ServerState>,
    installation: InstallationId,
) -> Result<ScopeHeads, ApiError> {
    let state = Arc::clone(state);
    let look = move || state.heads(Caller::Device(installation));
    let heads: Result<ScopeHeads, ExchangeError> = tokio::task::spawn_blocking(look).await?;
    Ok(heads?)
}

async fn owner(state: &Arc<ServerState>, installation: InstallationId) -> Option<PersonId> {
    let state = Arc::clone(state);
    let look = move || state.owner(installation);
    let found = tokio::task::spawn_blocking(look).await;
    found.ok()?.ok().flatten()
}

fn event(heads: &ScopeHeads) -> Event {
    let pairs: Vec<String> = heads
        .iter()
        .map(|(scope, head)| format!("{scope}={head}"))
        .collect();
    Event::default().event("heads").data(pairs.join(","))
}
