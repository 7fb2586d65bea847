//! The language and the zone that readers choose, kept in cookies.

use axum::extract::{Query, Request};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::language::{Lang, Message};
use kept_core::model::time;
use serde::Deserialize;

use super::frame::Frame;
use super::localizer::{LANGUAGE_COOKIE, ZONE_COOKIE, language_in_query};
use super::page_error::PageError;

/// The time for which a choice is kept, in seconds.
const YEAR_S: u32 = 365 * 24 * 60 * 60;

/// Keeps a choice that came as `?lang=de` in a cookie.
pub(super) async fn remember_choice(request: Request, next: Next) -> Response {
    let choice = request.uri().query().and_then(language_in_query);
    let mut response = next.run(request).await;
    if let Some(lang) = choice {
        let code = if lang == Lang::De { "de" } else { "en" };
        let cookie =
            format!("{LANGUAGE_COOKIE}={code}; Path=/; Max-Age={YEAR_S}; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

/// The query parameters of the choice of a zone: what the reader typed, and the page that they were on.
#[derive(Deserialize)]
pub(super) struct ZoneChoice {
    #[serde(default)]
    zone: String,
    #[serde(default)]
    back: String,
}

/// `GET /zone`: keeps a zone in a cookie; an empty one makes it the company's again.
pub(super) async fn choose_zone(frame: Frame, Query(choice): Query<ZoneChoice>) -> Response {
    let typed = choice.zone.trim().replace(' ', "_");
    let known = time::zone(&typed).ok();
    let known = known.as_ref().and_then(|zone| zone.iana_name());
    let (value, seconds) = match (typed.as_str(), known) {
        ("", _) => ("", 0),
        (_, Some(name)) => (name, YEAR_S),
        (_, None) => {
            let words = Message::new("office-no-such-zone").text("zone", choice.zone.trim());
            return (
                StatusCode::UNPROCESSABLE_ENTITY,
                PageError::Refused(words).into_page(frame.localizer),
            )
                .into_response();
        }
    };
    // Only pages of this office: a path, and none that a browser takes for another host.
    let is_path = choice.back.starts_with('/') && !choice.back.starts_with("//");
    let back = choice.back.as_str();
    let is_path = is_path && !back.contains(['\\', '\r', '\n']);
    let cookie =
        format!("{ZONE_COOKIE}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly");
    let back = if is_path { back } else { "/" };
    ([(SET_COOKIE, cookie)], Redirect::to(back)).into_response()
}
