//! The answers where there is no page: signed out, not here, not now. Always in words that say what to do.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use kept_core::notebook::KeptError;
use kept_core::words::Words;

use super::Office;
use super::assets::{Assets, assets};
use super::frame::Frame;
use super::say::Say;
use super::visible;
use crate::log::Fault;

/// The reason for which there is no page.
#[derive(Debug)]
pub(super) enum Trouble {
    /// No session, or none that holds.
    SignedOut,
    /// Nothing is at this address.
    NoSuchPage,
    /// The core says why.
    Kept(KeptError),
    /// A form of another session, or without what every form brings.
    OldForm,
    /// An address with characters that people do not type.
    Garbled,
    /// A form that another site sent.
    FromElsewhere,
    /// A form's act was not done, with the reason.
    Refused(Words),
    /// The replica is not open.
    Opening,
    /// Nothing can be stored, or read, now.
    Fault(Fault),
    /// A task or the log failed.
    Stumbled,
}

impl From<KeptError> for Trouble {
    fn from(error: KeptError) -> Self {
        Self::Kept(error)
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Stumbled
    }
}

impl IntoResponse for Trouble {
    /// Without a frame there is no language; [`Trouble::told`] is the one that people see.
    fn into_response(self) -> Response {
        match self {
            Self::SignedOut => Redirect::to("/signin").into_response(),
            Self::NoSuchPage | Self::Kept(KeptError::NotFound { .. }) => {
                StatusCode::NOT_FOUND.into_response()
            }
            Self::Garbled => StatusCode::BAD_REQUEST.into_response(),
            Self::OldForm | Self::FromElsewhere => StatusCode::FORBIDDEN.into_response(),
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Self::Opening | Self::Kept(_) | Self::Fault(_) | Self::Stumbled => {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }
}

impl Trouble {
    /// The page that says so.
    pub(super) fn told(self, say: Say) -> Response {
        let words = match &self {
            Self::SignedOut => return self.into_response(),
            Self::NoSuchPage => Words::new("office-no-such-page"),
            Self::Kept(KeptError::NotFound { .. }) => Words::new("office-not-here"),
            Self::Kept(error) => {
                tracing::error!(%error, "a page could not be read");
                Words::new("office-stumbled")
            }
            Self::Garbled => Words::new("office-address-garbled"),
            Self::FromElsewhere => Words::new("office-form-from-elsewhere"),
            Self::OldForm => Words::new("office-form-too-old"),
            Self::Refused(words) => words.clone(),
            Self::Opening => Words::new("office-opening"),
            Self::Fault(fault) => fault_words(*fault),
            Self::Stumbled => Words::new("office-stumbled"),
        };
        let page = TroublePage {
            sentence: say.words(&words),
            assets: assets(),
            say,
        };
        let status = self.into_response().status();
        match page.render() {
            Ok(html) => (status, Html(visible::page(&html))).into_response(),
            Err(_) => status.into_response(),
        }
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    say: Say,
    assets: &'static Assets,
    sentence: String,
}

/// The reason for which nothing can be written now, for people at the office.
pub(super) fn fault_words(fault: Fault) -> Words {
    Words::new(match fault {
        Fault::DiskFull => "office-fault-disk-full",
        Fault::ReadOnly => "office-fault-read-only",
        Fault::Damaged | Fault::Newer => "office-fault-log",
        Fault::Busy | Fault::Failing => "office-fault-disk",
    })
}

/// A page, or the one that says why there is none.
pub(super) fn answer(say: &Say, page: Result<String, Trouble>) -> Response {
    match page {
        Ok(html) => Html(visible::page(&html)).into_response(),
        Err(trouble) => trouble.told(say.clone()),
    }
}

/// The answer where there is no route. Strangers learn nothing of what is here and what is not.
pub(super) async fn no_such_page(State(office): State<Arc<Office>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    match Frame::from_request_parts(&mut parts, &office).await {
        Ok(frame) => Trouble::NoSuchPage.told(frame.say),
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
