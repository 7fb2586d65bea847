//! The bodies of responses: packed messages, and problems with the HTTP status that fits.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kept_core::limits;
use kept_core::wire::{self, Problem, WireError, problem};

use crate::enrol::EnrolError;
use crate::exchange::ExchangeError;

/// A message packed for the wire.
#[derive(Debug)]
pub(super) struct PackedMessage(pub(super) Vec<u8>);

impl IntoResponse for PackedMessage {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, wire::CONTENT_TYPE)], self.0).into_response()
    }
}

/// The reason for which a request is not answered.
#[derive(Debug)]
pub(super) struct ApiError {
    code: &'static str,
    detail: String,
    status: StatusCode,
}

impl ApiError {
    /// A code of [`problem`], under the status that belongs to it.
    pub(super) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let status = match code {
            problem::SIGNED_OUT => StatusCode::UNAUTHORIZED,
            problem::INVITE_WRONG => StatusCode::NOT_FOUND,
            problem::INVITE_EXPIRED | problem::INVITE_USED => StatusCode::GONE,
            problem::ACTOR_TAKEN => StatusCode::CONFLICT,
            problem::TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
            problem::MALFORMED | problem::GARBLED => StatusCode::BAD_REQUEST,
            problem::VERSION => StatusCode::UPGRADE_REQUIRED,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self {
            code,
            detail: detail.into(),
            status,
        }
    }

    /// One of [`problem`].
    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// True if a server without trouble would refuse the same request again.
    pub(super) fn is_callers_fault(&self) -> bool {
        self.code != problem::UNAVAILABLE
    }

    /// As many bodies are read as there is memory for.
    pub(super) fn busy() -> Self {
        Self::new(problem::UNAVAILABLE, "the server is busy; try again later")
    }

    /// Nothing came for too long.
    pub(super) fn timed_out() -> Self {
        Self {
            status: StatusCode::REQUEST_TIMEOUT,
            ..Self::new(problem::UNAVAILABLE, "the body stopped coming")
        }
    }

    /// Too many requests from one address.
    pub(super) fn rate_limited() -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            ..Self::new(
                problem::UNAVAILABLE,
                "too many attempts; try again in a minute",
            )
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Problem {
            version: limits::PROTOCOL,
            code: self.code.to_owned(),
            detail: self.detail,
        };
        let mut response = (
            self.status,
            PackedMessage(wire::pack(&body).unwrap_or_default()),
        )
            .into_response();
        let seconds = match self.status {
            StatusCode::TOO_MANY_REQUESTS => "60",
            StatusCode::SERVICE_UNAVAILABLE => "15",
            _ => return response,
        };
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        response
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge(_) => Self::new(problem::TOO_LARGE, error.to_string()),
            WireError::Garbled(how) => Self::new(problem::GARBLED, how),
            WireError::Malformed(_) => Self::new(problem::MALFORMED, error.to_string()),
        }
    }
}

impl From<ExchangeError> for ApiError {
    fn from(error: ExchangeError) -> Self {
        if let ExchangeError::Log(error) = &error {
            tracing::error!(%error, "an exchange failed");
            return Self::new(problem::UNAVAILABLE, error.fault().sentence());
        }
        Self::new(error.code(), error.to_string())
    }
}

impl From<EnrolError> for ApiError {
    fn from(error: EnrolError) -> Self {
        if let EnrolError::Log(error) = &error {
            tracing::error!(%error, "a device could not join");
            return Self::new(problem::UNAVAILABLE, error.fault().sentence());
        }
        Self::new(error.code(), error.to_string())
    }
}

impl From<tokio::task::JoinError> for ApiError {
    fn from(_: tokio::task::JoinError) -> Self {
        tracing::error!("a request panicked");
        Self::new(
            problem::UNAVAILABLE,
            "the server stumbled over this request",
        )
    }
}
