//! Coming in by a link that works once, and going out.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Office;
use super::assets::{Assets, assets};
use super::frame::{cookie_name, is_form_key, session};
use super::say::Say;
use super::trouble::Trouble;
use crate::sign_in::{SESSION_MS, SignInError};

/// The longest secret that is looked at; ours have 43 letters.
const SECRET_CHARS: usize = 100;

/// What a link or its form carries.
#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

/// What the form for going out carries.
#[derive(Deserialize)]
pub(super) struct Leave {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "door.html")]
struct DoorPage {
    say: Say,
    assets: &'static Assets,
    organisation: String,
    /// The secret to send back; empty where there is none.
    token: String,
    /// The sentence that says what to do.
    sentence: String,
}

/// `GET /signin`: one button, so that a program that looks at links does not use them up.
pub(super) async fn ask(
    State(office): State<Arc<Office>>,
    link: Result<Query<Token>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(Query(link)) = link else {
        return door(
            &office,
            &parts,
            StatusCode::BAD_REQUEST,
            "office-sign-in-wrong",
            "",
        );
    };
    if link.token.is_empty() || link.token.len() > SECRET_CHARS {
        return door(
            &office,
            &parts,
            StatusCode::UNAUTHORIZED,
            "office-sign-in-how",
            "",
        );
    }
    door(
        &office,
        &parts,
        StatusCode::OK,
        "office-sign-in-once",
        &link.token,
    )
}

/// `POST /signin`: uses the link up and begins a session.
pub(super) async fn enter(
    State(office): State<Arc<Office>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    parts: Parts,
    form: Result<Form<Token>, FormRejection>,
) -> Response {
    let link = match form {
        Ok(Form(link)) => link,
        Err(rejection) => {
            let status = rejection.status();
            return door(&office, &parts, status, "office-sign-in-wrong", "");
        }
    };
    if is_from_elsewhere(&office, &parts) || link.token.len() > SECRET_CHARS {
        return door(
            &office,
            &parts,
            StatusCode::UNAUTHORIZED,
            "office-sign-in-wrong",
            "",
        );
    }
    let state = Arc::clone(&office.state);
    let redeemed = tokio::task::spawn_blocking(move || state.redeem_sign_in(&link.token)).await;
    let now = office.state.environment().boot_ms();
    let (status, key) = match redeemed {
        Ok(Ok(secret)) => {
            let cookie = session_cookie(&office, &secret, SESSION_MS / 1000);
            return ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response();
        }
        Ok(Err(SignInError::Wrong)) if office.tries.failed_too_often(address.ip(), now) => {
            (StatusCode::TOO_MANY_REQUESTS, "office-sign-in-too-often")
        }
        Ok(Err(SignInError::Wrong)) => (StatusCode::UNAUTHORIZED, "office-sign-in-wrong"),
        Ok(Err(SignInError::Expired)) => (StatusCode::GONE, "office-sign-in-expired"),
        Ok(Err(SignInError::Used)) => (StatusCode::GONE, "office-sign-in-used"),
        Ok(Err(SignInError::NotOffice)) => (StatusCode::FORBIDDEN, "office-sign-in-not-office"),
        Ok(Err(SignInError::Log(error))) => {
            tracing::error!(%error, "nobody could sign in");
            (StatusCode::SERVICE_UNAVAILABLE, "office-stumbled")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "office-stumbled"),
    };
    door(&office, &parts, status, key, "")
}

/// `POST /signout`: ends the session on the server, not only in this browser.
pub(super) async fn leave(
    State(office): State<Arc<Office>>,
    parts: Parts,
    form: Result<Form<Leave>, FormRejection>,
) -> Response {
    let Some(secret) = session(&parts, &office) else {
        return Redirect::to("/signin").into_response();
    };
    let say = Say::to(&parts, &**office.state.environment());
    let key = form.map(|Form(form)| form.key).unwrap_or_default();
    if is_from_elsewhere(&office, &parts) || !is_form_key(&secret, &key) {
        return door(
            &office,
            &parts,
            StatusCode::FORBIDDEN,
            "office-form-too-old",
            "",
        );
    }
    let state = Arc::clone(&office.state);
    let ended = tokio::task::spawn_blocking(move || state.sign_out(&secret)).await;
    if !matches!(ended, Ok(Ok(()))) {
        return Trouble::Stumbled.told(say);
    }
    let forget = session_cookie(&office, "", 0);
    ([(SET_COOKIE, forget)], Redirect::to("/signin")).into_response()
}

fn session_cookie(office: &Office, secret: &str, seconds: i64) -> String {
    let secure = if office.secure { "; Secure" } else { "" };
    let name = cookie_name(office.secure);
    format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// Whether a browser says that another site sent this form. Not all say it in so many words, and none over plain
/// HTTP to another machine: these name the site.
fn is_from_elsewhere(office: &Office, parts: &Parts) -> bool {
    if let Some(site) = parts.headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = parts.headers.get(ORIGIN) else {
        return false;
    };
    let Some((_, site)) = origin.to_str().ok().and_then(|site| site.split_once("://")) else {
        return true;
    };
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let called = host.or(parts.uri.authority().map(Authority::as_str));
    // A proxy may call the server by another name than browsers do.
    let public = office.url.split_once("://");
    let public = public.map(|(_, host)| host.trim_end_matches('/'));
    let ours = |name: Option<&str>| name.is_some_and(|name| name.eq_ignore_ascii_case(site));
    !ours(called) && !ours(public)
}

fn door(office: &Office, parts: &Parts, status: StatusCode, key: &str, token: &str) -> Response {
    let say = Say::to(parts, &**office.state.environment());
    let page = DoorPage {
        assets: assets(),
        organisation: office.state.organisation().name.clone(),
        token: token.to_owned(),
        sentence: say.the(key),
        say,
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
