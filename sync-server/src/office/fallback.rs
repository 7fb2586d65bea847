//! The answers where no route is.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Office;
use super::frame::Frame;
use super::page_error::PageError;

/// The answer where there is no route. Strangers learn nothing of what is here and what is not.
pub(super) async fn no_such_page(State(office): State<Arc<Office>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    match Frame::from_request_parts(&mut parts, &office).await {
        Ok(frame) => PageError::NoSuchPage.into_page(frame.localizer),
        Err(trouble) => trouble.into_response(),
    }
}

/// A page that is asked for where there are only forms, or the other way round.
pub(super) async fn no_such_method(office: State<Arc<Office>>, request: Request) -> Response {
    let mut response = no_such_page(office, request).await;
    if response.status() == StatusCode::NOT_FOUND {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    }
    response
}
