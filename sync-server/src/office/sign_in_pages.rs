//! The pages on which people sign in to the office, by a link that works once, and sign out.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kept_core::language::Message;
use serde::Deserialize;
use tokio::task::JoinError;

use super::Office;
use super::assets::{Assets, assets};
use super::frame::{address, cookie_name, is_form_key, session};
use super::localizer::Localizer;
use super::page_error::{PageError, fault_message};
use crate::audit::{AuditAuthor, AuditEvent};
use crate::log::LogError;
use crate::sign_in::{ClientInfo, SESSION_MS, SignInError};

/// The longest form of these pages that is read, in bytes: any caller may send one.
pub(super) const SIGN_IN_FORM_BYTES: usize = 4 * 1024;
/// The longest secret that is looked at; ours have 43 letters.
const MAX_SECRET_CHARS: usize = 100;

/// The parameters of a link or its form.
#[derive(Deserialize)]
pub(super) struct SignInParams {
    #[serde(default)]
    token: String,
}

/// The fields of the form for going out.
#[derive(Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    localizer: Localizer,
    assets: &'static Assets,
    organisation: String,
    /// The secret to send back; empty where there is none.
    token: String,
    /// The sentence that says what to do.
    sentence: String,
}

/// `GET /signin`: one button, so that a program that looks at links does not use them up.
pub(super) async fn sign_in_page(
    State(office): State<Arc<Office>>,
    link: Result<Query<SignInParams>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(Query(link)) = link else {
        return page_for(
            &office,
            &parts,
            StatusCode::BAD_REQUEST,
            "office-sign-in-wrong",
            "",
        );
    };
    if link.token.is_empty() || link.token.len() > MAX_SECRET_CHARS {
        return page_for(
            &office,
            &parts,
            StatusCode::UNAUTHORIZED,
            "office-sign-in-how",
            "",
        );
    }
    page_for(
        &office,
        &parts,
        StatusCode::OK,
        "office-sign-in-once",
        &link.token,
    )
}

/// `POST /signin`: uses the link up and begins a session.
pub(super) async fn sign_in(
    State(office): State<Arc<Office>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    parts: Parts,
    form: Result<Form<SignInParams>, FormRejection>,
) -> Response {
    let link = match form {
        Ok(Form(link)) => link,
        Err(rejection) => {
            let status = rejection.status();
            return page_for(&office, &parts, status, "office-sign-in-wrong", "");
        }
    };
    let from = from.ip();
    let beyond = office
        .sign_in_limits
        .count(from, office.state.environment().boot_ms());
    if link.token.len() > MAX_SECRET_CHARS {
        let refused = Ok(Err(SignInError::Wrong));
        return refusal_page(&office, &parts, (from, beyond), refused, "").await;
    }
    let client = ClientInfo {
        address: from.to_string(),
        browser: browser(&parts.headers),
    };
    let (state, token) = (Arc::clone(&office.state), link.token.clone());
    let redeemed = tokio::task::spawn_blocking(move || {
        let (secret, who) = state.redeem_sign_in(&token, &client)?;
        let audit_event = AuditEvent::new("signed-in").with("browser", client.browser);
        state
            .audit()
            .record(&AuditAuthor::Person(who.name), Some(from), &audit_event);
        Ok(secret)
    });
    match redeemed.await {
        Ok(Ok(secret)) => {
            office.sign_in_limits.give_back(from);
            let cookie = session_cookie(&office, &secret, SESSION_MS / 1000);
            ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        refused => refusal_page(&office, &parts, (from, beyond), refused, &link.token).await,
    }
}

/// The page that says why a visitor does not come in. Where the server is at fault, the link stays good.
async fn refusal_page(
    office: &Office,
    parts: &Parts,
    (from, beyond): (IpAddr, u32),
    refused: Result<Result<String, SignInError>, JoinError>,
    token: &str,
) -> Response {
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    let (status, key) = match refused {
        Ok(Err(SignInError::Wrong)) => (StatusCode::UNAUTHORIZED, "office-sign-in-wrong"),
        Ok(Err(SignInError::Expired)) => (StatusCode::GONE, "office-sign-in-expired"),
        Ok(Err(SignInError::Used)) => (StatusCode::GONE, "office-sign-in-used"),
        Ok(Err(SignInError::NotOffice)) => (StatusCode::FORBIDDEN, "office-sign-in-not-office"),
        Ok(Err(SignInError::Log(error))) => {
            tracing::error!(%error, "nobody could sign in");
            let words = fault_message(error.fault());
            return page_with_message(office, parts, unavailable, &words, token);
        }
        Ok(Ok(_)) | Err(_) => {
            return page_for(office, parts, unavailable, "office-stumbled", token);
        }
    };
    let state = Arc::clone(&office.state);
    let noted = move || {
        let audit_event = AuditEvent::new("sign-in-failed").with("reason", key);
        state.audit().record_failure(from, beyond, &audit_event);
    };
    let _ = tokio::task::spawn_blocking(noted).await;
    if beyond == 0 {
        return page_for(office, parts, status, key, "");
    }
    let mut answer = page_for(
        office,
        parts,
        StatusCode::TOO_MANY_REQUESTS,
        "office-sign-in-too-often",
        "",
    );
    answer
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("60"));
    answer
}

/// `POST /signout`: ends the session on the server, not only in this browser.
pub(super) async fn sign_out(
    State(office): State<Arc<Office>>,
    parts: Parts,
    form: Result<Form<SignOutForm>, FormRejection>,
) -> Response {
    let Some(secret) = session(&parts, &office) else {
        return Redirect::to("/signin").into_response();
    };
    let localizer = office.localizer(&parts);
    let key = form.map(|Form(form)| form.key).unwrap_or_default();
    if !is_form_key(&secret, &key) {
        return page_for(
            &office,
            &parts,
            StatusCode::FORBIDDEN,
            "office-form-too-old",
            "",
        );
    }
    let (state, from) = (Arc::clone(&office.state), address(&parts));
    let ended = tokio::task::spawn_blocking(move || {
        let who = state.session_person(&secret)?;
        state.sign_out(&secret)?;
        if let Some(who) = who {
            let audit_event = AuditEvent::new("signed-out");
            state
                .audit()
                .record(&AuditAuthor::Person(who.name), from, &audit_event);
        }
        Ok::<_, LogError>(())
    });
    match ended.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return PageError::Fault(error.fault()).into_page(localizer),
        Err(_) => return PageError::Internal.into_page(localizer),
    }
    let forget = session_cookie(&office, "", 0);
    ([(SET_COOKIE, forget)], Redirect::to("/signin")).into_response()
}

fn session_cookie(office: &Office, secret: &str, seconds: i64) -> String {
    let secure = if office.secure { "; Secure" } else { "" };
    let name = cookie_name(office.secure);
    format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The browser and its system, as far as they call themselves by a name that is known.
fn browser(headers: &HeaderMap) -> String {
    // The order matters: most call themselves by the names of others, too.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let agent = headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default();
    let named = |names: &[(&str, &'static str)]| {
        let mut names = names.iter();
        names
            .find(|(part, _)| agent.contains(part))
            .map(|(_, name)| *name)
    };
    let known = [named(&BROWSERS), named(&SYSTEMS)];
    known.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn page_for(
    office: &Office,
    parts: &Parts,
    status: StatusCode,
    key: &str,
    token: &str,
) -> Response {
    page_with_message(office, parts, status, &Message::new(key), token)
}

fn page_with_message(
    office: &Office,
    parts: &Parts,
    status: StatusCode,
    words: &Message,
    token: &str,
) -> Response {
    let localizer = office.localizer(parts);
    let page = SignInPage {
        assets: assets(),
        organisation: office.state.organisation().name.clone(),
        token: token.to_owned(),
        sentence: localizer.message(words),
        localizer,
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
