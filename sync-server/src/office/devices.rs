//! `GET /devices`: which device was heard from when, through when it is clear, what is set aside, and who is signed in
//! at the office.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use kept_core::model::ids::DocId;
use kept_core::notebook::{DeviceSeen, Status};
use kept_core::words::Words;

use super::Office;
use super::frame::{Frame, session};
use super::revocation::log_trouble;
use super::say::Say;
use super::trouble::{Trouble, answer};
use crate::log::Session;
use crate::sign_in::is_secret_of;

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    devices: Vec<DeviceSeen>,
    /// The changes that the office cannot show, for they are set aside, and the documents that cannot be read.
    aside: Vec<Aside>,
    sessions: Vec<SignedIn>,
}

/// A person who is signed in.
struct SignedIn {
    session: Session,
    person: String,
    /// True if it is the reader's own session.
    own: bool,
}

impl SignedIn {
    /// Browser and address, as far as they are known.
    fn place(&self) -> String {
        let known = [&self.session.browser, &self.session.address];
        let known = known.into_iter().filter(|text| !text.is_empty());
        known.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The beginning of the session, as a sentence; None where that was not noted.
    fn since(&self, say: &Say) -> Option<String> {
        let since = self.session.since;
        (since > 0).then(|| say.with("office-session-since", "when", say.since(since)))
    }

    /// The instant at which it was used last, as a sentence; None where that was not noted.
    fn used(&self, say: &Say) -> Option<String> {
        let used = self.session.used;
        (used > 0).then(|| say.with("office-session-used", "when", say.when(&used)))
    }
}

/// Something that is stored and not shown.
struct Aside {
    /// Its document.
    id: DocId,
    /// The reason, for people.
    reason: Words,
    /// The reason, for a person who looks into it.
    detail: String,
}

/// The changes and documents that a notebook sets aside.
fn aside(status: Status) -> Vec<Aside> {
    let changes = status.set_aside.into_iter().map(|change| Aside {
        id: change.id,
        reason: change.reason,
        detail: format!("{}: {}", change.change, change.detail),
    });
    let documents = status.quarantined.into_iter().map(|document| Aside {
        id: document.id,
        reason: Words::new("aside-malformed"),
        detail: document.reason,
    });
    changes.chain(documents).collect()
}

/// The number of a device's entries that wait for the office.
pub(super) fn waiting(device: &DeviceSeen) -> usize {
    usize::try_from(device.open).unwrap_or(usize::MAX)
}

/// All devices, the last heard from first, and all sessions.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    request: Request,
) -> Response {
    let say = frame.say.clone();
    let (parts, _) = request.into_parts();
    let secret = session(&parts, &office).unwrap_or_default();
    answer(&say, read(&office, frame.section("devices"), secret).await)
}

async fn read(office: &Office, frame: Frame, secret: String) -> Result<String, Trouble> {
    let (devices, status) = office
        .read(|notebook| Ok((notebook.devices()?, notebook.status()?)))
        .await?;
    let state = Arc::clone(&office.state);
    let sessions = tokio::task::spawn_blocking(move || state.sessions()).await;
    let sessions = sessions
        .map_err(|_| Trouble::Stumbled)?
        .map_err(log_trouble)?;
    let sessions = sessions.into_iter().map(|(session, whose)| SignedIn {
        own: is_secret_of(&session, &secret),
        session,
        person: whose.name,
    });
    let page = DevicesPage {
        sessions: sessions.collect(),
        aside: aside(status),
        frame,
        devices,
    };
    Ok(page.render()?)
}
