//! `GET /devices`: which device was heard from when, through when it is clear, what is set aside, and who is signed in
//! at the office.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{DeviceStatus, Status};

use super::Office;
use super::frame::{Frame, session};
use super::localizer::Localizer;
use super::page_error::{PageError, page_response};
use super::revocation::log_error_page;
use crate::log::Session;
use crate::sign_in::is_secret_of;

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    devices: Vec<DeviceStatus>,
    /// The changes that the office cannot show, for they are set aside, and the documents that cannot be read.
    unshown: Vec<UnshownEntry>,
    sessions: Vec<SessionView>,
}

/// A person who is signed in.
struct SessionView {
    session: Session,
    person: String,
    /// True if it is the reader's own session.
    own: bool,
}

impl SessionView {
    /// The beginning of the session, as a sentence; None where that was not noted.
    fn since(&self, localizer: &Localizer) -> Option<String> {
        let since = self.session.since;
        (since > 0).then(|| {
            localizer.text_with(
                "office-session-since",
                "when",
                localizer.instant_since(since),
            )
        })
    }

    /// The instant at which it was used last, as a sentence; None where that was not noted.
    fn used(&self, localizer: &Localizer) -> Option<String> {
        let used = self.session.used;
        (used > 0)
            .then(|| localizer.text_with("office-session-used", "when", localizer.instant(&used)))
    }
}

/// Something that is stored and not shown.
struct UnshownEntry {
    /// Its document.
    id: DocId,
    /// The reason, for people.
    reason: Message,
    /// The reason, for a person who looks into it.
    detail: String,
}

/// The changes and documents that a notebook sets aside.
fn unshown(status: Status) -> Vec<UnshownEntry> {
    let changes = status.set_aside.into_iter().map(|change| UnshownEntry {
        id: change.id,
        reason: change.reason,
        detail: format!("{}: {}", change.change, change.detail),
    });
    let documents = status.quarantined.into_iter().map(|document| UnshownEntry {
        id: document.id,
        reason: Message::new("aside-malformed"),
        detail: document.reason,
    });
    changes.chain(documents).collect()
}

/// The number of a device's entries that wait for the office.
pub(super) fn open_count(device: &DeviceStatus) -> usize {
    usize::try_from(device.open).unwrap_or(usize::MAX)
}

/// All devices, the last heard from first, and all sessions.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    request: Request,
) -> Response {
    let localizer = frame.localizer.clone();
    let (parts, _) = request.into_parts();
    let secret = session(&parts, &office).unwrap_or_default();
    page_response(
        &localizer,
        read(&office, frame.section("devices"), secret).await,
    )
}

async fn read(office: &Office, frame: Frame, secret: String) -> Result<String, PageError> {
    let (devices, status) = office
        .read(|notebook| Ok((notebook.devices()?, notebook.status()?)))
        .await?;
    let state = Arc::clone(&office.state);
    let sessions = tokio::task::spawn_blocking(move || state.sessions()).await;
    let sessions = sessions
        .map_err(|_| PageError::Internal)?
        .map_err(log_error_page)?;
    let sessions = sessions.into_iter().map(|(session, whose)| SessionView {
        own: is_secret_of(&session, &secret),
        session,
        person: whose.name,
    });
    let page = DevicesPage {
        sessions: sessions.collect(),
        unshown: unshown(status),
        frame,
        devices,
    };
    Ok(page.render()?)
}
