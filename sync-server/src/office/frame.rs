//! The reader of a page, and what surrounds it: name, navigation, language, the key for forms.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use kept_core::model::ids::PersonId;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::assets::Assets;
use super::cookies::cookie;
use super::localizer::Localizer;
use super::page_error::{PageError, fault_message};
use super::{Office, SESSION_COOKIE};
use crate::connections::ConnectionHandle;

/// The longest query that a page reads, in bytes.
const QUERY_BYTES: usize = 2048;

/// The name of the session's cookie; the prefix binds it to HTTPS, this host and all paths.
pub(super) fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-kept_session"
    } else {
        SESSION_COOKIE
    }
}

/// A reader who runs the company, and the frame of the page that they asked for.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The language and zone in which the page speaks to them.
    pub(super) localizer: Localizer,
    /// Styles, script and logo.
    pub(super) assets: &'static Assets,
    /// The company.
    pub(super) organisation: String,
    /// The reader.
    pub(super) person_id: PersonId,
    /// Their name.
    pub(super) person: String,
    /// The address from which they ask; None where it is not known.
    pub(super) from: Option<IpAddr>,
    /// The reason for which nothing can be written now; None if all is well.
    pub(super) fault: Option<String>,
    /// The key that their forms must bring.
    pub(super) form_key: String,
    /// This page, ready for one more parameter.
    pub(super) here: String,
    /// The section of the navigation.
    pub(super) section: &'static str,
    /// The text that is searched for.
    pub(super) query: String,
}

impl Frame {
    /// True if a form brings the key of this session.
    pub(super) fn is_form_key(&self, given: &str) -> bool {
        self.form_key.as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// The same frame within a section.
    pub(super) fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// The same frame for a page that shows what a form of it did: its links lead to the page, for nothing can
    /// be read where forms are sent.
    pub(super) fn of_page(mut self, href: &str) -> Self {
        let end = if href.contains('?') { '&' } else { '?' };
        self.here = format!("{href}{end}");
        self
    }
}

impl FromRequestParts<Arc<Office>> for Frame {
    type Rejection = PageError;

    async fn from_request_parts(
        parts: &mut Parts,
        office: &Arc<Office>,
    ) -> Result<Self, PageError> {
        if parts
            .uri
            .query()
            .is_some_and(|query| query.len() > QUERY_BYTES)
        {
            return Err(PageError::NoSuchPage);
        }
        let session = session(parts, office).ok_or(PageError::SignedOut)?;
        let (state, secret) = (Arc::clone(&office.state), session.clone());
        let from = address(parts);
        let named = from.map(|address| address.to_string()).unwrap_or_default();
        let known = tokio::task::spawn_blocking(move || state.use_session(&secret, &named)).await;
        let colleague = known
            .map_err(|_| PageError::Internal)?
            .map_err(|_| PageError::Internal)?
            .ok_or(PageError::SignedOut)?;
        if let Some(connection) = parts.extensions.get::<ConnectionHandle>() {
            connection.mark_known();
        }
        // Before it is open it is not known where the company works.
        office.replica.opened().await;
        let localizer = office.localizer(parts);
        let fault = office.state.health().fault();
        Ok(Self {
            fault: fault.map(|fault| localizer.message(&fault_message(fault))),
            localizer,
            from,
            assets: super::assets::assets(),
            organisation: office.state.organisation().name.clone(),
            person_id: colleague.id,
            person: colleague.name,
            form_key: form_key(&session),
            here: here(parts),
            section: "",
            query: String::new(),
        })
    }
}

/// The network address from which a request comes.
pub(super) fn address(parts: &Parts) -> Option<IpAddr> {
    let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    connected.map(|ConnectInfo(address)| address.ip())
}

/// The secret of the session that a request belongs to.
pub(super) fn session(parts: &Parts, office: &Office) -> Option<String> {
    cookie(&parts.headers, cookie_name(office.secure)).map(str::to_owned)
}

/// The key that every form of a session brings back: a page elsewhere cannot know it, for it cannot read ours.
fn form_key(session: &str) -> String {
    let mut block = [0; 64];
    // A session's secret has 43 letters; HMAC fills a short key with zeros.
    for (to, from) in block.iter_mut().zip(session.bytes()) {
        *to = from;
    }
    let mut hmac = Hmac::<Sha256>::new(&block.into());
    hmac.update(b"kept office form");
    BASE64URL_NOPAD.encode(&hmac.finalize().into_bytes())
}

/// True if a form brings the key of its session.
pub(super) fn is_form_key(session: &str, given: &str) -> bool {
    form_key(session).as_bytes().ct_eq(given.as_bytes()).into()
}

/// The path with its parameters, without the choice of a language, ready for one more parameter.
fn here(parts: &Parts) -> String {
    let mut here = format!("{}?", parts.uri.path());
    for pair in parts.uri.query().unwrap_or_default().split('&') {
        if !pair.is_empty() && !pair.starts_with("lang=") {
            here.push_str(pair);
            here.push('&');
        }
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_key_fits_its_session_only() {
        let key = form_key("session");
        assert!(is_form_key("session", &key));
        assert!(!is_form_key("sessiom", &key));
        assert!(!is_form_key("session", &key[1..]));
        assert!(!is_form_key("session", ""));
    }
}
