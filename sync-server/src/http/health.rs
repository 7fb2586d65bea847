//! `GET /healthz`: says if the server can store what it is sent. Any caller may ask, and learns no path.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::api_state::ApiState;

const JSON: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];

/// The answer for programs that watch servers: 200 with `status` "ok", or 503 with a `reason` for programs and a
/// `sentence` for people.
pub(super) async fn health(State(api): State<ApiState>) -> Response {
    // One looks, the others wait for what it finds: a disk that hangs holds one thread.
    let _one = api.health_check.lock().await;
    let state = Arc::clone(&api.state);
    let looked = tokio::task::spawn_blocking(move || state.health().check(&state)).await;
    let (reason, sentence) = match looked {
        Ok(None) => return (JSON, json!({ "status": "ok" }).to_string()).into_response(),
        Ok(Some(fault)) => (fault.word(), fault.sentence()),
        Err(_) => (
            "internal",
            "The server stumbled over this question. Look into its own log.",
        ),
    };
    let body = json!({ "status": "unavailable", "reason": reason, "sentence": sentence });
    let later = [(RETRY_AFTER, "15")];
    (
        StatusCode::SERVICE_UNAVAILABLE,
        JSON,
        later,
        body.to_string(),
    )
        .into_response()
}
