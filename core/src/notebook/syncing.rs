//! Synchronising: the engine is driven by a transport; the notebook is free while a body travels.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::errors::{ApiResult, KeptError};
use super::records::{NotebookEvent, SyncReport};
use super::secrets::TOKEN;
use super::{Notebook, folder};
use crate::environment::Environment;
use crate::store::meta::{self, Access};
use crate::sync::engine::{Answer, Engine, EngineError, Heard, Moved, Taken};
use crate::sync::transport::{Endpoint, HttpTransport, Transport, TransportError};
use crate::wire::WireError;

/// What became of a request: an answer, if it can be read, or none.
type Exchanged = Result<Result<Heard, WireError>, TransportError>;

/// How a run ends that does not fail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing is left to do.
    Done,
    /// It was told to stop, or had no time left.
    Stopped,
}

/// Sends a request, and reads and checks the answer.
fn exchange(transport: &dyn Transport, request: Vec<u8>) -> Exchanged {
    transport.exchange(request).map(|body| Heard::read(&body))
}

#[uniffi::export]
impl Notebook {
    /// Prepares a synchronisation, which can be stopped even before it begins.
    pub fn start_sync(self: Arc<Self>) -> Arc<SyncRun> {
        Arc::new(SyncRun {
            notebook: self,
            stopped: watch::Sender::new(false),
        })
    }

    /// Synchronises once over HTTP and waits for its end.
    pub fn sync_now(&self) -> ApiResult<SyncReport> {
        let transport = self.http()?;
        self.sync_with(&transport)
    }
}

impl Notebook {
    /// Synchronises over any transport until nothing is left to do or the transport is stopped. What was
    /// moved before that, or before a failure, stays moved.
    pub fn sync_with(&self, transport: &dyn Transport) -> ApiResult<SyncReport> {
        let _only_run = folder::begin_run(&self.folder)?;
        self.events.send(NotebookEvent::Syncing { running: true });
        let mut engine = Engine::new();
        let outcome = self.exchanges(&mut engine, transport);
        let moved = engine.moved();
        self.changed(moved.docs.iter().copied().collect());
        if moved.people {
            self.events.send(NotebookEvent::People);
        }
        self.events.send(NotebookEvent::Syncing { running: false });
        match &outcome {
            Ok(End::Done) => self.note_access(false)?,
            Err(KeptError::SignedOut) => self.note_access(true)?,
            _ => {}
        }
        outcome.map(|end| report(moved, end))
    }

    /// Keeps whether the server lets this device in, for whoever asks while there is no network.
    fn note_access(&self, signed_out: bool) -> ApiResult<()> {
        self.write(|store| {
            let known: Access = meta::get(store.read())?.unwrap_or_default();
            if known.signed_out != signed_out {
                store.write(|tx| meta::set(tx, &Access { signed_out }))?;
            }
            Ok(())
        })
    }

    fn exchanges(&self, engine: &mut Engine, transport: &dyn Transport) -> ApiResult<End> {
        /// How often in a row a run tries again, with smaller batches, before it leaves it for later.
        const TRIES: u32 = 3;
        let (mut failures, mut ahead) = (0, None);
        loop {
            let outcome = match ahead.take() {
                Some(outcome) => outcome,
                None => {
                    let environment = self.environment.as_ref();
                    let request = self.write(|store| Ok(engine.next(store, environment)?))?;
                    let Some(request) = request else {
                        return Ok(End::Done);
                    };
                    exchange(transport, request)
                }
            };
            match outcome {
                Ok(heard) => {
                    let heard = heard.map_err(EngineError::from)?;
                    ahead = self.take(engine, transport, heard)?;
                    failures = 0;
                }
                Err(TransportError::Offline(reason)) => {
                    engine.failed();
                    failures += 1;
                    if failures == TRIES || engine.moved().exchanges == 0 {
                        return Err(KeptError::Offline { reason });
                    }
                }
                Err(TransportError::Stopped) => return Ok(End::Stopped),
                Err(other) => return Err(other.into()),
            }
        }
    }

    /// Takes an answer, while the next one is on its way where the engine knows already what to ask.
    fn take(
        &self,
        engine: &mut Engine,
        transport: &dyn Transport,
        heard: Heard,
    ) -> ApiResult<Option<Exchanged>> {
        let environment = self.environment.as_ref();
        let mut answer = engine.received(environment, heard)?;
        let ahead = self.write(|store| Ok(engine.ahead(store, environment, &answer)?))?;
        let stopped = || Ok(Some(Err(TransportError::Stopped)));
        let Some(request) = ahead else {
            let taken = self.take_all(engine, transport, &mut answer)?;
            return taken.map_or_else(stopped, |_| Ok(None));
        };
        let (holds, outcome) = std::thread::scope(|scope| {
            let sending = scope.spawn(|| exchange(transport, request));
            let taken = self.take_all(engine, transport, &mut answer);
            let sent = sending.join();
            (
                taken,
                sent.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            )
        });
        holds?.map_or_else(stopped, |holds| Ok(holds.then_some(outcome)))
    }

    /// Takes an answer piece by piece; between two of them everybody else may use the notebook. Returns whether the
    /// request that is on its way holds; none if the run was told to stop.
    fn take_all(
        &self,
        engine: &mut Engine,
        transport: &dyn Transport,
        answer: &mut Answer,
    ) -> ApiResult<Option<bool>> {
        let environment = self.environment.as_ref();
        loop {
            match self.write(|store| Ok(engine.take(store, environment, answer)?))? {
                Taken::All { holds } => return Ok(Some(holds)),
                Taken::Piece if transport.is_stopped() => return Ok(None),
                Taken::Piece => {}
            }
        }
    }

    /// HTTP to the server that this notebook belongs to.
    pub fn http(&self) -> ApiResult<HttpTransport> {
        let identity = self.read(|store| Ok(meta::identity(store.read())?))?;
        let Some(url) = identity.server else {
            return Err(KeptError::NeedsJoin);
        };
        let Some(token) = self.secrets.load(TOKEN.into())? else {
            self.note_access(true)?;
            return Err(KeptError::SignedOut);
        };
        let token = String::from_utf8(token).map_err(|_| KeptError::SignedOut)?;
        let endpoint = Endpoint {
            url,
            certificate: identity.certificate,
        };
        Ok(HttpTransport::new(
            &endpoint,
            Some(token),
            self.runtime()?.handle().clone(),
        )?)
    }

    /// What waits for pokes of the server without holding the notebook.
    pub fn watcher(&self) -> ApiResult<Watcher> {
        Ok(Watcher {
            transport: self.http()?,
            seen: None,
        })
    }
}

/// Waits until something moved on the server.
pub struct Watcher {
    transport: HttpTransport,
    seen: Option<String>,
}

impl Watcher {
    /// Returns when the server says that something moved since the last call; the first call returns at
    /// once.
    pub async fn wait(&mut self) -> ApiResult<()> {
        let heads = self.transport.poked(self.seen.clone()).await?;
        self.seen = Some(heads);
        Ok(())
    }
}

/// One synchronisation.
#[derive(uniffi::Object)]
pub struct SyncRun {
    notebook: Arc<Notebook>,
    stopped: watch::Sender<bool>,
}

#[uniffi::export]
impl SyncRun {
    /// Exchanges until nothing is left to do, it is stopped, or `budget_ms` have passed for all exchanges
    /// together. What a stopped run has moved stays moved, and is reported.
    pub async fn finish(&self, budget_ms: u32) -> ApiResult<SyncReport> {
        let notebook = self.notebook.clone();
        let stopped = self.stopped.subscribe();
        let deadline = notebook.environment.boot_ms() + i64::from(budget_ms);
        let runtime = self.notebook.runtime()?;
        let handle = runtime.handle().clone();
        let task = runtime.spawn_blocking(move || {
            let transport = Stoppable {
                inner: notebook.http()?,
                stopped,
                handle,
                environment: notebook.environment.as_ref(),
                deadline,
            };
            notebook.sync_with(&transport)
        });
        task.await.map_err(|e| KeptError::Unexpected {
            reason: e.to_string(),
        })?
    }

    /// Ends the synchronisation between or within exchanges. Stays in force when called before
    /// `finish`.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

/// HTTP that gives up when it is told to, or at a moment.
struct Stoppable<'a> {
    inner: HttpTransport,
    stopped: watch::Receiver<bool>,
    handle: tokio::runtime::Handle,
    environment: &'a dyn Environment,
    /// By the boot clock, which goes on while a phone sleeps.
    deadline: i64,
}

impl Transport for Stoppable<'_> {
    fn is_stopped(&self) -> bool {
        *self.stopped.borrow()
    }

    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let left = self.deadline.saturating_sub(self.environment.boot_ms());
        let Some(left) = u64::try_from(left).ok().filter(|left| *left > 0) else {
            return Err(TransportError::Stopped);
        };
        let mut stopped = self.stopped.clone();
        self.handle.block_on(async {
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => Err(TransportError::Stopped),
                () = tokio::time::sleep(Duration::from_millis(left)) => Err(TransportError::Stopped),
                answer = self.inner.post("/v1/sync", body) => answer,
            }
        })
    }
}

fn report(moved: &Moved, end: End) -> SyncReport {
    SyncReport {
        exchanges: moved.exchanges,
        sent: moved.sent,
        received: moved.received,
        held: moved.held,
        refused: moved.refused,
        lacking: moved.lacking,
        forked: moved.forked,
        stopped: end == End::Stopped,
        agrees: moved.agrees,
    }
}

#[cfg(test)]
#[path = "syncing_tests.rs"]
mod tests;
