//! Styles, script and logo: compiled in, named by their content, and kept by browsers for a year.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Colours, type and layout.
pub(super) const STYLE: &str = include_str!("../../assets/office.css");
/// The script that makes pages live.
pub(super) const SCRIPT: &str = include_str!("../../assets/office.js");
/// A ring tied with a knot.
pub(super) const LOGO: &str = include_str!("../../assets/kept.svg");

/// The paths under which pages find them.
#[derive(Debug)]
pub(super) struct Assets {
    pub(super) style: String,
    pub(super) script: String,
    pub(super) logo: String,
}

/// The addresses of this build.
pub(super) fn assets() -> &'static Assets {
    static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
        style: address("office", STYLE, "css"),
        script: address("office", SCRIPT, "js"),
        logo: address("kept", LOGO, "svg"),
    });
    &ASSETS
}

/// The routes of the assets, open to every caller: they say nothing of any person.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(favicon))
}

async fn asset(Path(name): Path<String>) -> Response {
    let all = assets();
    let path = format!("/assets/{name}");
    let known = [
        (&all.style, STYLE, "text/css; charset=utf-8"),
        (&all.script, SCRIPT, "text/javascript; charset=utf-8"),
        (&all.logo, LOGO, "image/svg+xml"),
    ];
    match known.into_iter().find(|(address, ..)| **address == path) {
        Some((_, body, kind)) => {
            let forever = "public, max-age=31536000, immutable";
            ([(CONTENT_TYPE, kind), (CACHE_CONTROL, forever)], body).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn favicon() -> Redirect {
    Redirect::to(&assets().logo)
}

fn address(name: &str, body: &str, extension: &str) -> String {
    let digest = HEXLOWER.encode(&Sha256::digest(body)[..8]);
    format!("/assets/{name}.{digest}.{extension}")
}
