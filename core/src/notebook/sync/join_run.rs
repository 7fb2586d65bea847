//! An invitation as it is shown before it is redeemed, and a join or a renewal that can be stopped.

use std::sync::{Arc, Weak};

use tokio::sync::watch;

use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::identity::Me;
use crate::notebook::sync::join::JoinOptions;
use crate::notebook::sync::stop_signals::{StopSignals, time_left};
use crate::sync::invitation::Invitation;

/// Reads an invitation link without redeeming it, and without a network; the error of `join` where it is none.
#[uniffi::export]
pub fn read_invitation(link: String) -> ApiResult<InvitationPreview> {
    let invitation = Invitation::parse(&link)?;
    Ok(InvitationPreview {
        allowed: invitation.endpoint(false, None).is_ok(),
        organisation: invitation.organisation,
        host: invitation.host,
        plain_http: invitation.plain_http,
        pinned: invitation.pin.is_some(),
    })
}

/// The content of an invitation that a person decides on. Its code stays in the link.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct InvitationPreview {
    /// The organisation's name, as the link says it; empty if it says none.
    pub organisation: String,
    /// The server's host, with its port if the link has one.
    pub host: String,
    /// True if the server does not encrypt.
    pub plain_http: bool,
    /// True if `join` takes it as it is; false if it needs `JoinOptions.insecure`.
    pub allowed: bool,
    /// True if the link names the server's key, so that a certificate of the server's own is trusted.
    pub pinned: bool,
}

#[uniffi::export]
impl Notebook {
    /// Prepares to redeem an invitation link, as `join` does; it can be stopped even before it begins.
    pub fn prepare_join(self: Arc<Self>, link: String, options: JoinOptions) -> Arc<JoinRun> {
        Arc::new(JoinRun::new(
            &self,
            EnrolmentKind::Invitation { link, options },
        ))
    }
}

/// One try to join, or to renew an installation. It keeps its notebook open only while it runs.
#[derive(uniffi::Object)]
pub struct JoinRun {
    notebook: Weak<Notebook>,
    kind: EnrolmentKind,
    stopped: watch::Sender<bool>,
}

/// The way to an installation.
#[derive(Clone, Debug)]
pub(in crate::notebook) enum EnrolmentKind {
    /// An invitation.
    Invitation { link: String, options: JoinOptions },
    /// A new installation of a notebook that was copied.
    Renewal { label: String },
}

impl JoinRun {
    pub(in crate::notebook) fn new(notebook: &Arc<Notebook>, kind: EnrolmentKind) -> Self {
        Self {
            notebook: Arc::downgrade(notebook),
            kind,
            stopped: watch::Sender::new(false),
        }
    }
}

#[uniffi::export]
impl JoinRun {
    /// Joins, and returns the new identity. It gives up once it is stopped, the notebook pauses, the call is cancelled,
    /// or `budget_ms` milliseconds have passed: `Invalid` of the invitation, which this device may still redeem, for the
    /// server gives the same answer to it again. `Closed` if the notebook is gone.
    pub async fn join_within(&self, budget_ms: u32) -> ApiResult<Me> {
        let notebook = self.notebook.upgrade().ok_or(KeptError::Closed)?;
        // Dropped with this call: nobody waits for the answer then.
        let caller = watch::Sender::new(());
        let signals = StopSignals::of(&notebook, &self.stopped, &caller);
        let deadline = notebook.environment.boot_ms() + i64::from(budget_ms);
        let kind = self.kind.clone();
        let runtime = notebook.runtime()?;
        let handle = runtime.clone();
        let task = runtime.spawn_blocking(move || {
            let environment = notebook.environment.as_ref();
            let left = || time_left(environment, deadline);
            match kind {
                EnrolmentKind::Invitation { link, options } => {
                    notebook.join_over(&link, options, |transport, request| {
                        handle.block_on(signals.heed(left(), transport.join(request)))
                    })
                }
                EnrolmentKind::Renewal { label } => {
                    notebook.renew_over(&label, |transport, request| {
                        handle.block_on(signals.heed(left(), transport.renew(request)))
                    })
                }
            }
        });
        let joined = task.await;
        drop(caller);
        joined.map_err(|e| KeptError::Unexpected {
            reason: e.to_string(),
        })?
    }

    /// Ends the try. Stays in force when called before `join_within`.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}
