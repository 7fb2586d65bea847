//! The forms that end something on the page of devices: a lost device is shut out, a session is ended.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::model::ids::InstallationId;
use kept_core::notebook::DeviceSeen;
use serde::Deserialize;

use super::Office;
use super::frame::Frame;
use super::trouble::{Trouble, answer};
use crate::audit::{By, Deed};
use crate::enrol::EnrolError;
use crate::log::LogError;

const PAGE: &str = "/devices";

/// The fields of these forms.
#[derive(Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "revoke.html")]
struct RevokePage {
    frame: Frame,
    device: DeviceSeen,
}

/// `GET /devices/{id}/revoke`: asks once more, and says what follows.
pub(super) async fn ask(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let say = frame.say.clone();
    answer(&say, read_one(&office, frame.section("devices"), &id).await)
}

async fn read_one(office: &Office, frame: Frame, id: &str) -> Result<String, Trouble> {
    let id: InstallationId = id.parse().map_err(|_| Trouble::NoSuchPage)?;
    let devices = office.read(|notebook| notebook.devices()).await?;
    let mut devices = devices.into_iter();
    let device = devices.find(|device| device.installation == id);
    let device = device.ok_or(Trouble::NoSuchPage)?;
    Ok(RevokePage { frame, device }.render()?)
}

/// `POST /devices/{id}/revoke`: shuts it out.
pub(super) async fn revoke(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    form: Result<Form<Sent>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    if !is_ours(&frame, form) {
        return Trouble::OldForm.told(say);
    }
    let Ok(id) = id.parse::<InstallationId>() else {
        return Trouble::NoSuchPage.told(say);
    };
    let (state, by, from) = (
        Arc::clone(&office.state),
        By::Person(frame.person),
        frame.from,
    );
    let done = tokio::task::spawn_blocking(move || {
        let was_shut_out = state.is_revoked(id)?;
        let (device, owner) = state.revoke_device(id)?;
        if !was_shut_out {
            state
                .audit()
                .note(&by, from, &Deed::device_revoked(&device, &owner));
        }
        Ok::<_, EnrolError>(())
    });
    match done.await {
        Ok(Ok(())) => {
            // The page shows what the replica has.
            let fed = Arc::clone(&office);
            let _ = tokio::task::spawn_blocking(move || fed.replica.catch_up()).await;
            Redirect::to(PAGE).into_response()
        }
        Ok(Err(EnrolError::NoDevice(_) | EnrolError::OfficeItself(_))) => {
            Trouble::NoSuchPage.told(say)
        }
        Ok(Err(EnrolError::Log(error))) => log_trouble(error).told(say),
        _ => Trouble::Stumbled.told(say),
    }
}

/// `POST /sessions/{id}/end`: signs a person out.
pub(super) async fn end_session(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    form: Result<Form<Sent>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    if !is_ours(&frame, form) {
        return Trouble::OldForm.told(say);
    }
    let (state, by, from) = (
        Arc::clone(&office.state),
        By::Person(frame.person),
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
            .note(&by, from, &Deed::session_ended(&session, &whose));
        Ok::<_, LogError>(true)
    });
    match done.await {
        Ok(Ok(true)) => Redirect::to(PAGE).into_response(),
        Ok(Ok(false)) => Trouble::NoSuchPage.told(say),
        Ok(Err(error)) => log_trouble(error).told(say),
        Err(_) => Trouble::Stumbled.told(say),
    }
}

fn is_ours(frame: &Frame, form: Result<Form<Sent>, FormRejection>) -> bool {
    let Form(sent) = form.unwrap_or_default();
    frame.is_form_key(&sent.key)
}

/// The page that says that the log cannot be used.
pub(super) fn log_trouble(error: LogError) -> Trouble {
    tracing::error!(%error, "the log does not take what the office asks");
    Trouble::Fault(error.fault())
}
