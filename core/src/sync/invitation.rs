//! Invitation links: `kept://host[:port]/join?v=1&code=…&org=…[&pin=…]`, as text or in a QR
//! code.

use super::endpoint::{Endpoint, ServerTrust, is_loopback};
use crate::model::key_pin::KeyPin;

/// The content of an invitation link. Unknown parameters are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The server's host, with or without port.
    pub host: String,
    /// True if it speaks plain http.
    pub plain_http: bool,
    /// The code, secret.
    pub code: String,
    /// The organisation's name.
    pub organisation: String,
    /// The pin of the server's key, where its certificate is not one of the web's.
    pub pin: Option<KeyPin>,
}

/// The reason why a link is not an invitation that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// It is something else.
    #[error("this is not an invitation link of Kept")]
    NotALink,
    /// It is made for a newer version.
    #[error("this invitation is made for a newer version of Kept")]
    Newer,
    /// It would send secrets over an open network.
    #[error("this server does not encrypt")]
    Insecure,
}

impl Invitation {
    /// Reads a link.
    pub fn parse(link: &str) -> Result<Self, InvitationError> {
        let rest = link
            .trim()
            .strip_prefix("kept://")
            .ok_or(InvitationError::NotALink)?;
        let (address, query) = rest.split_once('?').ok_or(InvitationError::NotALink)?;
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        if host.is_empty()
            || !matches!(path.trim_end_matches('/'), "" | "join")
            || host.contains(['@', ' '])
        {
            return Err(InvitationError::NotALink);
        }
        let mut invitation = Self {
            host: host.to_owned(),
            plain_http: false,
            code: String::new(),
            organisation: String::new(),
            pin: None,
        };
        let mut version = None;
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "v" => version = Some(value),
                "code" => invitation.code = value.into_owned(),
                "org" => invitation.organisation = value.into_owned(),
                // A pin that cannot be read must not become none: that would trust more than the link says.
                "pin" => {
                    let pin = value.parse().map_err(|_| InvitationError::NotALink)?;
                    invitation.pin = Some(pin);
                }
                "http" => invitation.plain_http = value == "1",
                _ => {}
            }
        }
        match version.as_deref() {
            Some("1") if !invitation.code.is_empty() => Ok(invitation),
            Some(version) if version != "1" && version.parse::<u32>().is_ok() => {
                Err(InvitationError::Newer)
            }
            _ => Err(InvitationError::NotALink),
        }
    }

    /// The endpoint to connect to. Plain http goes to loopback only, unless `insecure` is asked for.
    pub fn endpoint(
        &self,
        insecure: bool,
        certificate: Option<String>,
    ) -> Result<Endpoint, InvitationError> {
        if self.plain_http && !insecure && !is_loopback(&self.host) {
            return Err(InvitationError::Insecure);
        }
        let scheme = if self.plain_http { "http" } else { "https" };
        Ok(Endpoint {
            url: format!("{scheme}://{}", self.host),
            trust: ServerTrust::of(certificate, self.pin),
            proxy: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_where_and_for_whom() {
        let link = "kept://127.0.0.1:8787/join?v=1&code=ab.cd&org=B%C3%A4ckerei+S%C3%BC%C3%9F&http=1&&later=x";
        let invitation = Invitation::parse(link).unwrap();
        assert_eq!(invitation.organisation, "Bäckerei Süß");
        assert_eq!(
            invitation.endpoint(false, None).unwrap().url,
            "http://127.0.0.1:8787"
        );
    }

    #[test]
    fn a_link_may_name_the_servers_key_and_a_broken_pin_is_not_ignored() {
        let pin = KeyPin::of_public_key(b"key");
        let link = format!("kept://h/join?v=1&code=x&pin={pin}");
        let invitation = Invitation::parse(&link).unwrap();
        let trust = |pem: Option<&str>| {
            let endpoint = invitation.endpoint(false, pem.map(str::to_owned));
            endpoint.unwrap().trust
        };
        assert_eq!(trust(None), ServerTrust::Key(pin));
        let given = ServerTrust::Certificate("PEM".into());
        assert_eq!(trust(Some("PEM")), given, "by hand before the link");
        for broken in [&link[..link.len() - 1], "kept://h/join?v=1&code=x&pin="] {
            let read = Invitation::parse(broken);
            assert_eq!(read, Err(InvitationError::NotALink), "{broken}");
        }
    }

    #[test]
    fn secrets_do_not_travel_in_the_open() {
        let open = Invitation::parse("kept://kept.example/join?v=1&code=x&http=1").unwrap();
        assert_eq!(open.endpoint(false, None), Err(InvitationError::Insecure));
        assert_eq!(
            open.endpoint(true, None).unwrap().url,
            "http://kept.example"
        );
        for host in ["localhost:1", "[::1]:80", "127.1.2.3"] {
            let link = format!("kept://{host}/join?v=1&code=x&http=1");
            assert!(
                Invitation::parse(&link)
                    .unwrap()
                    .endpoint(false, None)
                    .is_ok(),
                "{host}"
            );
        }
        for host in ["127.0.0.1.evil.example", "localhost.evil.example:80"] {
            let link = format!("kept://{host}/join?v=1&code=x&http=1");
            assert_eq!(
                Invitation::parse(&link).unwrap().endpoint(false, None),
                Err(InvitationError::Insecure),
                "{host}"
            );
        }
    }

    #[test]
    fn other_links_are_told_apart() {
        for link in [
            "",
            "https://kept.example/join?v=1&code=x",
            "kept://",
            "kept://h/join?v=1",
            "kept://h/other?v=1&code=x",
        ] {
            assert_eq!(
                Invitation::parse(link),
                Err(InvitationError::NotALink),
                "{link}"
            );
        }
        assert_eq!(
            Invitation::parse("kept://h/join?v=2&code=x"),
            Err(InvitationError::Newer)
        );
    }
}
