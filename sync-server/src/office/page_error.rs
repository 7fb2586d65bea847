//! The answers where there is no page: signed out, not here, not now. Each says in a sentence what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use kept_core::language::Message;
use kept_core::notebook::KeptError;

use super::assets::{Assets, assets};
use super::localizer::Localizer;
use super::visible;
use crate::log::Fault;

/// The reason for which there is no page.
#[derive(Debug)]
pub(super) enum PageError {
    /// No session, or none that holds.
    SignedOut,
    /// Nothing is at this address.
    NoSuchPage,
    /// The core says why.
    Notebook(KeptError),
    /// A form of another session, or without what every form brings.
    StaleForm,
    /// An address with characters that people do not type.
    Garbled,
    /// A form that another site sent.
    CrossSite,
    /// A form's act was not done, with the reason.
    Refused(Message),
    /// The replica is not open.
    Opening,
    /// Nothing can be stored, or read, now.
    Fault(Fault),
    /// A task or the log failed.
    Internal,
}

impl From<KeptError> for PageError {
    fn from(error: KeptError) -> Self {
        Self::Notebook(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Internal
    }
}

impl IntoResponse for PageError {
    /// Without a frame there is no language; [`PageError::into_page`] is the one that people see.
    fn into_response(self) -> Response {
        match self {
            Self::SignedOut => Redirect::to("/signin").into_response(),
            Self::NoSuchPage | Self::Notebook(KeptError::NotFound { .. }) => {
                StatusCode::NOT_FOUND.into_response()
            }
            Self::Garbled => StatusCode::BAD_REQUEST.into_response(),
            Self::StaleForm | Self::CrossSite => StatusCode::FORBIDDEN.into_response(),
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Self::Opening | Self::Notebook(_) | Self::Fault(_) | Self::Internal => {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }
}

impl PageError {
    /// The page that says so.
    pub(super) fn into_page(self, localizer: Localizer) -> Response {
        let words = match &self {
            Self::SignedOut => return self.into_response(),
            Self::NoSuchPage => Message::new("office-no-such-page"),
            Self::Notebook(KeptError::NotFound { .. }) => Message::new("office-not-here"),
            Self::Notebook(error) => {
                tracing::error!(%error, "a page could not be read");
                Message::new("office-stumbled")
            }
            Self::Garbled => Message::new("office-address-garbled"),
            Self::CrossSite => Message::new("office-form-from-elsewhere"),
            Self::StaleForm => Message::new("office-form-too-old"),
            Self::Refused(words) => words.clone(),
            Self::Opening => Message::new("office-opening"),
            Self::Fault(fault) => fault_message(*fault),
            Self::Internal => Message::new("office-stumbled"),
        };
        let page = ErrorPage {
            sentence: localizer.message(&words),
            assets: assets(),
            localizer,
        };
        let status = self.into_response().status();
        match page.render() {
            Ok(html) => (status, Html(visible::page(&html))).into_response(),
            Err(_) => status.into_response(),
        }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    localizer: Localizer,
    assets: &'static Assets,
    sentence: String,
}

/// The reason for which nothing can be written now, for people at the office.
pub(super) fn fault_message(fault: Fault) -> Message {
    Message::new(match fault {
        Fault::DiskFull => "office-fault-disk-full",
        Fault::ReadOnly => "office-fault-read-only",
        Fault::Damaged | Fault::Newer => "office-fault-log",
        Fault::Busy | Fault::Failing => "office-fault-disk",
    })
}

/// A page, or the one that says why there is none.
pub(super) fn page_response(localizer: &Localizer, page: Result<String, PageError>) -> Response {
    match page {
        Ok(html) => Html(visible::page(&html)).into_response(),
        Err(trouble) => trouble.into_page(localizer.clone()),
    }
}
