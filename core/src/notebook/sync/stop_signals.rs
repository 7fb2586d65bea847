//! The reasons for which something that waits for the server ends before its end: it was stopped, nobody waits for it
//! any more, the notebook pauses, or its time is over.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;

use crate::environment::Environment;
use crate::notebook::Notebook;
use crate::sync::transport::TransportError;

/// The signals that end a run.
#[derive(Clone)]
pub(in crate::notebook) struct StopSignals {
    /// True once somebody stopped it.
    stopped: watch::Receiver<bool>,
    /// Closed once the call that waits for it is gone.
    caller: watch::Receiver<()>,
    /// Changed once the notebook pauses.
    paused: watch::Receiver<u64>,
}

impl StopSignals {
    /// Returns the signals of a run that begins now.
    pub(in crate::notebook) fn of(
        notebook: &Notebook,
        stopped: &watch::Sender<bool>,
        caller: &watch::Sender<()>,
    ) -> Self {
        Self {
            stopped: stopped.subscribe(),
            caller: caller.subscribe(),
            paused: notebook.active_runs.subscribe(),
        }
    }

    /// True if one of them is set.
    pub(in crate::notebook) fn is_set(&self) -> bool {
        *self.stopped.borrow()
            || self.caller.has_changed().is_err()
            || self.paused.has_changed().unwrap_or(true)
    }

    /// Ends when one of them is set.
    async fn set(&mut self) {
        tokio::select! {
            _ = self.stopped.wait_for(|stopped| *stopped) => {}
            _ = self.caller.changed() => {}
            _ = self.paused.changed() => {}
        }
    }

    /// Awaits a result, `Stopped` if a signal is set or the time is over before it is there.
    pub(in crate::notebook) async fn heed<T>(
        &self,
        left: Duration,
        wanted: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut signals = self.clone();
        tokio::select! {
            biased;
            () = signals.set() => Err(TransportError::Stopped),
            () = tokio::time::sleep(left) => Err(TransportError::Stopped),
            result = wanted => result,
        }
    }
}

/// Returns the time until a moment of the boot clock, in milliseconds; zero once it has passed.
pub(in crate::notebook) fn time_left(environment: &dyn Environment, deadline: i64) -> Duration {
    let left = deadline.saturating_sub(environment.boot_ms());
    Duration::from_millis(u64::try_from(left).unwrap_or(0))
}
