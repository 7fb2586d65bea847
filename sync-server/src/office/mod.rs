//! The back office: one more replica, shown as pages.

use std::sync::Arc;

use axum::Router;

use crate::server::ServerState;

/// The cookie that carries a session's secret.
pub const SESSION_COOKIE: &str = "kept_session";

/// The office's pages, merged beside the API by [`crate::http::router`].
pub fn router(_state: Arc<ServerState>) -> Router {
    Router::new()
}
