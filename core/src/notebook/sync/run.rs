//! A synchronisation that can be stopped and has a limit of time. It also ends when the notebook pauses, and when
//! nobody waits for it any more.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;

use crate::environment::Environment;
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::sync::report::SyncReport;
use crate::notebook::sync::stop_signals::{StopSignals, time_left};
use crate::sync::transport::{HttpTransport, Transport, TransportError};

#[uniffi::export]
impl Notebook {
    /// Prepares a synchronisation, which can be stopped even before it begins.
    pub fn prepare_sync(self: Arc<Self>) -> Arc<SyncRun> {
        Arc::new(SyncRun {
            notebook: Arc::downgrade(&self),
            stopped: watch::Sender::new(false),
        })
    }
}

/// One synchronisation. It keeps its notebook open only while it runs.
#[derive(uniffi::Object)]
pub struct SyncRun {
    notebook: Weak<Notebook>,
    stopped: watch::Sender<bool>,
}

#[uniffi::export]
impl SyncRun {
    /// Exchanges until nothing is left to do, it is stopped, or `budget_ms` milliseconds have passed for all exchanges
    /// together. Everything that a stopped run has moved stays moved, and is reported. A call that is cancelled ends its
    /// run. `Closed` if the notebook is gone.
    pub async fn run_within(&self, budget_ms: u32) -> ApiResult<SyncReport> {
        let notebook = self.notebook.upgrade().ok_or(KeptError::Closed)?;
        // Dropped with this call: nobody waits for the run then.
        let caller = watch::Sender::new(());
        let signals = StopSignals::of(&notebook, &self.stopped, &caller);
        let deadline = notebook.environment.boot_ms() + i64::from(budget_ms);
        let runtime = notebook.runtime()?;
        let handle = runtime.clone();
        let task = runtime.spawn_blocking(move || {
            let transport = CancellableTransport {
                inner: notebook.http_transport()?,
                signals,
                handle,
                environment: notebook.environment.as_ref(),
                deadline,
            };
            notebook.sync_with(&transport)
        });
        let ended = task.await;
        drop(caller);
        ended.map_err(|e| KeptError::Unexpected {
            reason: e.to_string(),
        })?
    }

    /// Ends the synchronisation between or within exchanges. Stays in force when called before `finish`.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

impl Notebook {
    /// Synchronises over HTTP, without a limit of time.
    pub(in crate::notebook) fn sync_until_told(&self) -> ApiResult<SyncReport> {
        let (never, caller) = (watch::Sender::new(false), watch::Sender::new(()));
        let transport = CancellableTransport {
            inner: self.http_transport()?,
            signals: StopSignals::of(self, &never, &caller),
            handle: self.runtime()?,
            environment: self.environment.as_ref(),
            deadline: i64::MAX,
        };
        self.sync_with(&transport)
    }
}

/// HTTP that gives up when it is told to, or at a moment.
struct CancellableTransport<'a> {
    inner: HttpTransport,
    signals: StopSignals,
    handle: tokio::runtime::Handle,
    environment: &'a dyn Environment,
    /// The moment of giving up, in milliseconds of the boot clock, which goes on while a phone sleeps.
    deadline: i64,
}

impl Transport for CancellableTransport<'_> {
    fn is_stopped(&self) -> bool {
        self.signals.is_set() || self.environment.boot_ms() >= self.deadline
    }

    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let left = time_left(self.environment, self.deadline);
        if left.is_zero() {
            return Err(TransportError::Stopped);
        }
        let answer = self.inner.post("/v1/sync", body);
        self.handle.block_on(self.signals.heed(left, answer))
    }

    fn pause(&self, pause: Duration) -> Result<(), TransportError> {
        let left = time_left(self.environment, self.deadline);
        // A pause that the deadline cuts short ends; the exchange after it says that the time is over.
        let pause = async {
            tokio::time::sleep(left.min(pause)).await;
            Ok(())
        };
        self.handle
            .block_on(self.signals.heed(Duration::MAX, pause))
    }
}
