//! The watch that says when to synchronise while an app is open: the server's pokes, its calls, and the passing of a
//! minute.
//!
//! It holds neither the notebook nor a file of its, so that a notebook that waits for the server can rest meanwhile.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;

use crate::environment::{Environment, random_bytes};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::sync::poke_stream::{Poke, PokeStream};
use crate::sync::retries::pause_before_trying_again;
use crate::sync::transport::{HttpTransport, TransportError};

/// The longest time between two exchanges, so that the office knows that the device is here.
const INTERVAL: Duration = Duration::from_secs(60);

#[uniffi::export]
impl Notebook {
    /// Watches the server, so that an app that is open synchronises as soon as something moved: `next` says when.
    /// `NeedsJoin` before `join`, `SignedOut` without a token. To be made anew after `join` and `set_proxy`.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/watch.md")))]
    pub fn watch(self: Arc<Self>) -> ApiResult<Arc<ServerWatch>> {
        let pokes = Pokes {
            transport: self.http_transport()?,
            environment: Arc::clone(&self.environment),
            stream: None,
            connected: false,
            failures: 0,
        };
        Ok(Arc::new(ServerWatch {
            notebook: Arc::downgrade(&self),
            pokes: Arc::new(Mutex::new(pokes)),
            stopped: watch::Sender::new(false),
        }))
    }
}

/// A watch on the server of one notebook.
#[derive(uniffi::Object)]
pub struct ServerWatch {
    notebook: Weak<Notebook>,
    pokes: Arc<Mutex<Pokes>>,
    stopped: watch::Sender<bool>,
}

/// The reason for which it is time to synchronise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum WatchReason {
    /// The server can be reached: at the beginning, and whenever it could not be before.
    Connected,
    /// Something moved on the server.
    Moved,
    /// The person is called to a promise that nobody keeps: `due_reminders` rings it after the exchange.
    Called,
    /// A minute has passed without any of these.
    Interval,
}

#[uniffi::export]
impl ServerWatch {
    /// Waits until it is time to synchronise, and says why; none once it was stopped. A stream that breaks is opened
    /// again, each time after a longer pause. A call that is cancelled loses nothing: the next one goes on. `SignedOut`
    /// where the server does not know the device any more; `Closed` if the notebook was shut down or is gone.
    pub async fn next(&self) -> ApiResult<Option<WatchReason>> {
        let runtime = self
            .notebook
            .upgrade()
            .ok_or(KeptError::Closed)?
            .runtime()?;
        let (pokes, mut stopped) = (Arc::clone(&self.pokes), self.stopped.subscribe());
        let task = runtime.spawn(async move {
            let mut pokes = pokes.lock().await;
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => {
                    pokes.stream = None;
                    Ok(None)
                }
                reason = pokes.next() => reason.map(Some),
                () = tokio::time::sleep(INTERVAL) => Ok(Some(WatchReason::Interval)),
            }
        });
        let mut task = AbortOnDrop(task);
        // The task ends without a result where the notebook's threads end.
        let ended = (&mut task.0).await.map_err(|_| KeptError::Closed)?;
        ended.map_err(KeptError::from)
    }

    /// Ends the watch, and the call that waits for it. Stays in force.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
        if let Ok(mut pokes) = self.pokes.try_lock() {
            pokes.stream = None;
        }
    }
}

/// The pokes of the server, over as many streams as it takes.
struct Pokes {
    transport: HttpTransport,
    environment: Arc<dyn Environment>,
    stream: Option<PokeStream>,
    /// True once the server spoke on the stream that is open.
    connected: bool,
    /// The number of streams in a row that broke before they lived.
    failures: u32,
}

impl Pokes {
    async fn next(&mut self) -> Result<WatchReason, TransportError> {
        loop {
            let poke = match &mut self.stream {
                Some(stream) => stream.next().await,
                None => match self.transport.open_pokes().await {
                    Ok(stream) => {
                        self.connected = false;
                        self.stream = Some(stream);
                        continue;
                    }
                    Err(error) => Err(error),
                },
            };
            match poke {
                Ok(Poke::Call) => return Ok(WatchReason::Called),
                Ok(Poke::Heads) if self.connected => return Ok(WatchReason::Moved),
                Ok(Poke::Heads) => {
                    self.connected = true;
                    return Ok(WatchReason::Connected);
                }
                Err(error) => {
                    let lived = self.stream.take().is_some_and(|stream| stream.is_alive());
                    self.failures = if lived { 0 } else { self.failures };
                    // What waiting does not mend is for a person to read.
                    error.outage()?;
                    let chance = u32::from_be_bytes(random_bytes(self.environment.as_ref()));
                    let pause = pause_before_trying_again(self.failures, chance);
                    self.failures = self.failures.saturating_add(1);
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }
}

/// A task that ends with the call that waits for it.
struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
