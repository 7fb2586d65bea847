//! The routes of the office's pages, and the layers around them.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use super::{
    Office, accounts, assets, commands, devices, fallback, guard, handbook, history, incoming,
    live, preferences, promises, report, revocation, search, sign_in_pages,
};

/// The office's pages, merged beside the API by `http::router`.
pub fn router(office: Arc<Office>) -> Router {
    let small = DefaultBodyLimit::max(sign_in_pages::SIGN_IN_FORM_BYTES);
    let long = DefaultBodyLimit::max(commands::NOTES_FORM_BYTES);
    let csrf = guard::csrf(&office.url);
    let address =
        middleware::from_fn_with_state(Arc::clone(&office), guard::reject_control_characters);
    let elsewhere = middleware::from_fn_with_state(Arc::clone(&office), guard::cross_site_page);
    Router::new()
        .route("/", get(incoming::page))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{id}", get(accounts::one))
        .route("/promises", get(promises::list))
        .route(
            "/promises/new",
            get(commands::new_promise_page).post(commands::create_promise),
        )
        .route(
            "/promises/{id}/act",
            get(promises::redirect_to_promise).post(promises::submit),
        )
        .route("/promises/{id}/history", get(history::page))
        .route("/accounts/{id}/history", get(history::page))
        .route(
            "/accounts/{id}/notes",
            get(commands::notes).post(commands::write_notes).layer(long),
        )
        .route("/conflicts", get(history::conflicts))
        .route("/zone", get(preferences::choose_zone))
        .route("/settle", post(commands::settle))
        .route("/promises/{id}", get(promises::one))
        .route("/search", get(search::page))
        .route("/devices", get(devices::page))
        .route(
            "/devices/{id}/revoke",
            get(revocation::revoke_page).post(revocation::revoke),
        )
        .route("/sessions/{id}/end", post(revocation::end_session))
        .route("/handbook", get(handbook::page))
        .route("/mirror", get(report::page))
        .route("/live", get(live::live))
        .route(
            "/signin",
            get(sign_in_pages::sign_in_page)
                .post(sign_in_pages::sign_in)
                .layer(small),
        )
        .route("/signout", post(sign_in_pages::sign_out).layer(small))
        .fallback(fallback::no_such_page)
        .method_not_allowed_fallback(fallback::no_such_method)
        .layer(DefaultBodyLimit::max(commands::FORM_BYTES))
        .layer(address)
        .layer(csrf)
        .layer(elsewhere)
        .layer(middleware::from_fn(preferences::remember_choice))
        .layer(middleware::from_fn(guard::headers))
        .merge(assets::router())
        .with_state(office)
}
