//! What every page says to browsers: nothing inline, nothing from elsewhere, in nobody's frame.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY};
use axum::middleware::Next;
use axum::response::Response;

/// Scripts, styles and pictures come from here alone; forms go here alone.
const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// Sets the headers of pages; the rest is set for all doors.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // Other sites learn nothing. With "no-referrer" browsers would not say to us either which site sent a form.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.append(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}
