//! A synchronisation that can be stopped and has a limit of time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::environment::Environment;
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::sync::report::SyncReport;
use crate::sync::transport::{HttpTransport, Transport, TransportError};

#[uniffi::export]
impl Notebook {
    /// Prepares a synchronisation, which can be stopped even before it begins.
    pub fn prepare_sync(self: Arc<Self>) -> Arc<SyncRun> {
        Arc::new(SyncRun {
            notebook: self,
            stopped: watch::Sender::new(false),
        })
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
    /// Exchanges until nothing is left to do, it is stopped, or `budget_ms` milliseconds have passed for all exchanges
    /// together. Everything that a stopped run has moved stays moved, and is reported.
    pub async fn run_within(&self, budget_ms: u32) -> ApiResult<SyncReport> {
        let notebook = self.notebook.clone();
        let stopped = self.stopped.subscribe();
        let deadline = notebook.environment.boot_ms() + i64::from(budget_ms);
        let runtime = self.notebook.runtime()?;
        let handle = runtime.handle().clone();
        let task = runtime.spawn_blocking(move || {
            let transport = CancellableTransport {
                inner: notebook.http_transport()?,
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

    /// Ends the synchronisation between or within exchanges. Stays in force when called before `finish`.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

/// HTTP that gives up when it is told to, or at a moment.
struct CancellableTransport<'a> {
    inner: HttpTransport,
    stopped: watch::Receiver<bool>,
    handle: tokio::runtime::Handle,
    environment: &'a dyn Environment,
    /// The moment of giving up, in milliseconds of the boot clock, which goes on while a phone sleeps.
    deadline: i64,
}

impl Transport for CancellableTransport<'_> {
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

    fn pause(&self, pause: Duration) -> Result<(), TransportError> {
        let left = self.deadline.saturating_sub(self.environment.boot_ms());
        let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
        let mut stopped = self.stopped.clone();
        let paused = async {
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => Err(TransportError::Stopped),
                () = tokio::time::sleep(left.min(pause)) => Ok(()),
            }
        };
        self.handle.block_on(paused)
    }
}
