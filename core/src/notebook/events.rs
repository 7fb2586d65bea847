//! Events that say that something changed; screens pull the data that they show.

use tokio::sync::{Mutex, broadcast, watch};

use crate::limits;
use crate::model::ids::DocId;

/// The number of events that a listener may fall behind before it is told to reload.
const BACKLOG: usize = 64;
/// The same for a follower, to whom a reload costs more.
const FOLLOWER_BACKLOG: usize = 1_024;

/// Sends events to every listener.
pub(in crate::notebook) struct Broadcaster {
    sender: broadcast::Sender<NotebookEvent>,
    /// To those who are told every document, however many changed at once.
    followers: broadcast::Sender<NotebookEvent>,
    /// True once the notebook was shut down.
    closed: watch::Sender<bool>,
}

impl Broadcaster {
    pub(in crate::notebook) fn new() -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
            followers: broadcast::Sender::new(FOLLOWER_BACKLOG),
            closed: watch::Sender::new(false),
        }
    }

    /// Ends every stream, once its listener took what was sent, and those that begin later.
    pub(in crate::notebook) fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Sends an event to every listener; without a listener it is dropped.
    pub(in crate::notebook) fn send(&self, event: NotebookEvent) {
        let _nobody = self.followers.send(event.clone());
        let _nobody = self.sender.send(event);
    }

    /// Tells that documents may read differently; of too many for one event a listener is told to reload.
    pub(in crate::notebook) fn changed(&self, ids: Vec<DocId>) {
        let told = match ids.len() {
            0 => return,
            1..=limits::EVENT_IDS => NotebookEvent::Changed { ids: ids.clone() },
            _ => NotebookEvent::Missed,
        };
        let _nobody = self.followers.send(NotebookEvent::Changed { ids });
        let _nobody = self.sender.send(told);
    }

    pub(in crate::notebook) fn subscribe(&self) -> EventStream {
        EventStream::new(&self.sender, &self.closed)
    }

    /// Subscribes to every document that changes, however many at once.
    pub(in crate::notebook) fn follow(&self) -> EventStream {
        EventStream::new(&self.followers, &self.closed)
    }
}

/// The stream of changes for one listener.
#[derive(uniffi::Object)]
pub struct EventStream {
    receiver: Mutex<broadcast::Receiver<NotebookEvent>>,
    stopped: watch::Sender<bool>,
    /// True once the notebook was shut down.
    closed: watch::Receiver<bool>,
}

#[uniffi::export]
impl EventStream {
    /// Waits for the next event. None once the stream was stopped, or the notebook was
    /// shut down or is gone.
    pub async fn next(&self) -> Option<NotebookEvent> {
        let mut stopped = self.stopped.subscribe();
        let mut closed = self.closed.clone();
        let listen = async {
            match self.receiver.lock().await.recv().await {
                Ok(event) => Some(event),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(NotebookEvent::Missed),
                Err(broadcast::error::RecvError::Closed) => None,
            }
        };
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => None,
            event = listen => event,
            _ = closed.wait_for(|closed| *closed) => None,
        }
    }

    /// Ends the stream and wakes the call that waits for it.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

impl EventStream {
    fn new(sender: &broadcast::Sender<NotebookEvent>, closed: &watch::Sender<bool>) -> Self {
        Self {
            receiver: Mutex::new(sender.subscribe()),
            stopped: watch::Sender::new(false),
            closed: closed.subscribe(),
        }
    }

    /// Returns the events that were sent and not taken yet, without waiting; empty while a call waits for the next
    /// event.
    pub fn waiting(&self) -> Vec<NotebookEvent> {
        let mut events = Vec::new();
        let Ok(mut receiver) = self.receiver.try_lock() else {
            return events;
        };
        loop {
            match receiver.try_recv() {
                Ok(event) => events.push(event),
                Err(broadcast::error::TryRecvError::Lagged(_)) => {
                    events.push(NotebookEvent::Missed);
                }
                Err(
                    broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed,
                ) => return events,
            }
        }
    }
}

/// A change in the notebook. It carries ids, never data: load what is on screen again.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NotebookEvent {
    /// Documents that may read differently, at most 500.
    Changed {
        /// The documents' ids.
        ids: Vec<DocId>,
    },
    /// People, devices, presence or the company's record of promises changed.
    PeopleChanged,
    /// The beginning or the end of a synchronisation.
    Syncing {
        /// True if it runs.
        running: bool,
    },
    /// Anything may read differently, after a rebuild, after `join`, because more changed than one event names, or
    /// because the listener fell behind: reload everything on screen.
    Missed,
    /// Drafts were saved, logged or dropped.
    DraftsChanged,
    /// The progress of a synchronisation that has much to read.
    Progress {
        /// The rows that were read.
        done: u64,
        /// The rows that were to be read, as far as that is known; may grow.
        of: u64,
    },
}
