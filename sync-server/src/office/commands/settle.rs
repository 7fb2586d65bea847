//! Settling a conflict from the page of a customer or a promise: one click, one entry of the history.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::notebook::OfficeCommand;

use super::CommandRefusal;
use super::form::{back, given};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::page_error::PageError;

/// `POST /settle`: takes one of the choices that the page offered.
pub(in crate::office) async fn settle(
    State(office): State<Arc<Office>>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let Some(given) = given(&frame, form) else {
        return PageError::StaleForm.into_page(frame.localizer.clone());
    };
    let act = OfficeCommand::SettleConflict {
        conflict: given.get("conflict").to_owned(),
        choice: given.read("choice").unwrap_or(0),
    };
    match office.run_command(&frame, &given, act).await {
        Ok(_) => Redirect::to(&back(&given, "/")).into_response(),
        Err(CommandRefusal(words)) => PageError::Refused(words).into_page(frame.localizer),
    }
}
