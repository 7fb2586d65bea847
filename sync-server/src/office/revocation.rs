//! The forms that end something on the page of devices: a lost device is shut out, a session is ended.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::model::ids::InstallationId;
use kept_core::notebook::DeviceStatus;
use serde::Deserialize;

use super::Office;
use super::frame::Frame;
use super::page_error::{PageError, page_response};
use crate::audit::{AuditAuthor, AuditEvent};
use crate::enrol::EnrolError;
use crate::log::LogError;

const DEVICES_PATH: &str = "/devices";

/// The fields of these forms.
#[derive(Default, Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "revoke.html")]
struct RevokePage {
    frame: Frame,
    device: DeviceStatus,
}

/// `GET /devices/{id}/revoke`: asks once more, and says what follows.
pub(super) async fn revoke_page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let localizer = frame.localizer.clone();
    page_response(
        &localizer,
        read_one(&office, frame.section("devices"), &id).await,
    )
}

async fn read_one(office: &Office, frame: Frame, id: &str) -> Result<String, PageError> {
    let id: InstallationId = id.parse().map_err(|_| PageError::NoSuchPage)?;
    let devices = office.read(|notebook| notebook.devices()).await?;
    let mut devices = devices.into_iter();
    let device = devices.find(|device| device.installation == id);
    let device = device.ok_or(PageError::NoSuchPage)?;
    Ok(RevokePage { frame, device }.render()?)
}

/// `POST /devices/{id}/revoke`: shuts it out.
pub(super) async fn revoke(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    form: Result<Form<ConfirmForm>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    if !is_ours(&frame, form) {
        return PageError::StaleForm.into_page(localizer);
    }
    let Ok(id) = id.parse::<InstallationId>() else {
        return PageError::NoSuchPage.into_page(localizer);
    };
    let (state, by, from) = (
        Arc::clone(&office.state),
        AuditAuthor::Person(frame.person),
        frame.from,
    );
    let done = tokio::task::spawn_blocking(move || {
        let revoked = state.revoke_device(id)?;
        if !revoked.was_revoked {
            let audit_event = AuditEvent::device_revoked(&revoked.device, &revoked.owner);
            state.audit().record(&by, from, &audit_event);
        }
        Ok::<_, EnrolError>(())
    });
    match done.await {
        Ok(Ok(())) => {
            // The page shows what the replica has.
            let fed = Arc::clone(&office);
            let _ = tokio::task::spawn_blocking(move || fed.replica.catch_up()).await;
            Redirect::to(DEVICES_PATH).into_response()
        }
        Ok(Err(EnrolError::UnknownDevice(_) | EnrolError::OfficeDevice(_))) => {
            PageError::NoSuchPage.into_page(localizer)
        }
        Ok(Err(EnrolError::Log(error))) => log_error_page(error).into_page(localizer),
        _ => PageError::Internal.into_page(localizer),
    }
}

/// `POST /sessions/{id}/end`: signs a person out.
pub(super) async fn end_session(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    form: Result<Form<ConfirmForm>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    if !is_ours(&frame, form) {
        return PageError::StaleForm.into_page(localizer);
    }
    let (state, by, from) = (
        Arc::clone(&office.state),
        AuditAuthor::Person(frame.person),
        frame.from,
    );
    let done = tokio::task::spawn_blocking(move || {
        let mut sessions = state.sessions()?.into_iter();
        let Some((session, whose)) = sessions.find(|(session, _)| session.id() == id) else {
            return Ok(false);
        };
        state.end_sessions(std::slice::from_ref(&session))?;
        state
            .audit()
            .record(&by, from, &AuditEvent::session_ended(&session, &whose));
        Ok::<_, LogError>(true)
    });
    match done.await {
        Ok(Ok(true)) => Redirect::to(DEVICES_PATH).into_response(),
        Ok(Ok(false)) => PageError::NoSuchPage.into_page(localizer),
        Ok(Err(error)) => log_error_page(error).into_page(localizer),
        Err(_) => PageError::Internal.into_page(localizer),
    }
}

fn is_ours(frame: &Frame, form: Result<Form<ConfirmForm>, FormRejection>) -> bool {
    let Form(form_data) = form.unwrap_or_default();
    frame.is_form_key(&form_data.key)
}

/// The page that says that the log cannot be used.
pub(super) fn log_error_page(error: LogError) -> PageError {
    tracing::error!(%error, "the log does not take what the office asks");
    PageError::Fault(error.fault())
}
