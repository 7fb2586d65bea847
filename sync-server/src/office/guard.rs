//! The guard around pages: headers that allow nothing inline, nothing from elsewhere and no frame, and the refusal of
//! requests that no page of the office makes.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY};
use axum::middleware::Next;
use axum::response::Response;
use percent_encoding::percent_decode_str;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::Office;
use super::page_error::PageError;

/// Scripts, styles and pictures come from here alone; forms go here alone.
const CONTENT_POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// Sets the headers of pages; the server sets the rest for all routes.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_POLICY),
    );
    // Other sites learn nothing. With "no-referrer" browsers would not say to us either which site sent a form.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.append(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}

/// Refuses forms that browsers say another site sent. A proxy may call the server by another name than browsers do:
/// `url` is the one that links have.
pub(super) fn csrf(url: &str) -> CsrfLayer {
    match CsrfLayer::new().add_trusted_origin(origin(url)) {
        Ok(csrf) => csrf,
        Err(error) => {
            tracing::warn!(%error, "browsers cannot name this server's address as the origin of a form");
            CsrfLayer::new()
        }
    }
}

/// An address as browsers name it: in small letters, without its scheme's own port.
fn origin(url: &str) -> String {
    let url = url.trim_end_matches('/').to_ascii_lowercase();
    let port = if url.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    url.strip_suffix(port).unwrap_or(&url).to_owned()
}

/// Says so, on a page, where [`csrf`] refuses a form.
pub(super) async fn cross_site_page(
    State(office): State<Arc<Office>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let localizer = office.localizer(&parts);
    let answer = next.run(Request::from_parts(parts, body)).await;
    if answer.extensions().get::<ProtectionError>().is_none() {
        return answer;
    }
    PageError::CrossSite.into_page(localizer)
}

/// The parameters that pages read; no page reads others.
const READ_PARAMETERS: [&str; 11] = [
    "q", "after", "limit", "only", "at", "known", "account", "right", "token", "zone", "back",
];

/// Refuses addresses that hold characters which people do not type, or no text at all, where they are read.
pub(super) async fn reject_control_characters(
    State(office): State<Arc<Office>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let uri = request.uri();
    if is_plain(uri.path()) && uri.query().is_none_or(is_plain_query) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    PageError::Garbled.into_page(office.localizer(&parts))
}

fn is_plain_query(query: &str) -> bool {
    let mut pairs = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.all(|(name, value)| !READ_PARAMETERS.contains(&name) || is_plain(value))
}

fn is_plain(encoded: &str) -> bool {
    let text = percent_decode_str(encoded).decode_utf8();
    text.is_ok_and(|text| !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (url, named) in [
            ("https://Kept.Example.com/", "https://kept.example.com"),
            ("https://kept.example.com:443", "https://kept.example.com"),
            ("http://kept:80", "http://kept"),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("https://kept:80", "https://kept:80"),
        ] {
            assert_eq!(origin(url), named);
        }
    }

    #[test]
    fn addresses_hold_what_people_type() {
        assert!(is_plain("/accounts/B%C3%A4ckerei"));
        assert!(is_plain_query(
            "q=B%C3%A4ckerei+S%C3%BC%C3%9F&nobodys=%00&lang"
        ));
        for garbled in ["/promises/%00", "/accounts/%ff", "/%0d%0a"] {
            assert!(!is_plain(garbled), "{garbled}");
        }
        for garbled in ["q=a%0Ab", "a=b&q=%7f", "only=%C2%85", "at=%ff"] {
            assert!(!is_plain_query(garbled), "{garbled}");
        }
    }
}
