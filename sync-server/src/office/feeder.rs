//! The task that feeds the office's replica, keeps the company's record and calls people, until the server stops.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kept_core::notebook::KeptError;
use tokio::task::JoinHandle;

use super::Office;
use super::commands::OfficeWriter;
use super::debounce::Debounce;
use super::escalations::Escalations;
use super::push::{LoggedPush, Push, WebhookPush, address};
use super::record_publisher::RecordPublisher;
use super::replica::Replica;
use crate::rate_limits::RateLimits;
use crate::state::ServerState;

/// The interval at which the replica looks without being poked: an exchange that only says that a device was heard from
/// moves no head.
const POLL_INTERVAL: Duration = Duration::from_secs(15);

impl Office {
    /// Begins to feed the replica from the log. The task ends when the server stops, with the replica closed. `gateway`
    /// is the address of what wakes sleeping devices; without one they sleep on. The error says why it cannot be used.
    pub fn start(
        state: &Arc<ServerState>,
        gateway: Option<&str>,
    ) -> Result<(Arc<Self>, JoinHandle<()>), String> {
        let push: Box<dyn Push> = match gateway {
            Some(url) => Box::new(WebhookPush::new(address(url)?)?),
            None => Box::new(LoggedPush),
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
        let feeding = tokio::spawn(feed(Arc::clone(&office)));
        Ok((office, feeding))
    }

    /// Feeds the replica, keeps the record that it makes, and calls whom promises call by now. Blocks.
    pub(crate) fn feed(&self) -> Result<(), KeptError> {
        let _one_at_a_time = self
            .feed_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.replica.catch_up()?;
        let Some(notebook) = self.replica.notebook() else {
            return Ok(());
        };
        self.record.publish(&self.state, &notebook)?;
        if self.escalations.update(&self.state, &notebook)? {
            self.replica.advance_version();
        }
        Ok(())
    }
}

/// Feeds the replica now, whenever a scope moves and once in a while, until the server stops.
pub(super) async fn feed(office: Arc<Office>) {
    let mut pokes = office.state.subscribe();
    let mut stopping = office.state.stopping();
    loop {
        let fed = Arc::clone(&office);
        let done = tokio::task::spawn_blocking(move || fed.feed()).await;
        if let Ok(Err(error)) = done {
            tracing::warn!(%error, "the office's replica could not be fed");
        }
        let poked = tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => break,
            _ = pokes.recv() => true,
            () = tokio::time::sleep(POLL_INTERVAL) => false,
        };
        if poked {
            tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => break,
                () = wait_for_pause(&office.state) => {}
            }
        }
        // One feeding serves all pokes that wait.
        pokes = pokes.resubscribe();
    }
    office.replica.close();
}

/// Lets phones go first, as far as [`Debounce`] says.
async fn wait_for_pause(state: &ServerState) {
    let mut exchanges = state.exchange_counts();
    let now = || state.environment().boot_ms();
    let mut debounce = Debounce::start(now());
    let mut unfinished = exchanges.borrow_and_update().unfinished;
    loop {
        tokio::select! {
            () = tokio::time::sleep(debounce.remaining(now())) => return,
            asked = exchanges.changed() => match asked {
                Ok(()) => {
                    let seen = exchanges.borrow_and_update().unfinished;
                    debounce.record_activity(now(), seen != unfinished);
                    unfinished = seen;
                }
                Err(_) => return,
            },
        }
    }
}
