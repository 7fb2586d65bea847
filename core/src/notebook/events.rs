//! Events that say that something changed; screens pull the data that they show.

use tokio::sync::{Mutex, broadcast, watch};

use crate::model::ids::DocId;

/// The number of events that a listener may fall behind before it is told to reload.
const BACKLOG: usize = 64;

/// Sends events to every listener.
pub(in crate::notebook) struct Broadcaster {
    sender: broadcast::Sender<NotebookEvent>,
}

impl Broadcaster {
    pub(in crate::notebook) fn new() -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
        }
    }

    /// Sends an event to every listener; without a listener it is dropped.
    pub(in crate::notebook) fn send(&self, event: NotebookEvent) {
        let _nobody = self.sender.send(event);
    }

    pub(in crate::notebook) fn subscribe(&self) -> EventStream {
        EventStream {
            receiver: Mutex::new(self.sender.subscribe()),
            stopped: watch::Sender::new(false),
        }
    }
}

/// The stream of changes for one listener.
#[derive(uniffi::Object)]
pub struct EventStream {
    receiver: Mutex<broadcast::Receiver<NotebookEvent>>,
    stopped: watch::Sender<bool>,
}

#[uniffi::export]
impl EventStream {
    /// Waits for the next event. None once the stream was stopped or the notebook is gone.
    pub async fn next(&self) -> Option<NotebookEvent> {
        let mut stopped = self.stopped.subscribe();
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
        }
    }

    /// Ends the stream and wakes the call that waits for it.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

impl EventStream {
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
    /// Documents that may read differently.
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
    /// Anything may read differently, after a rebuild, after `join`, or because the listener fell behind: reload
    /// everything on screen.
    Missed,
    /// Drafts were saved, logged or dropped.
    DraftsChanged,
}
