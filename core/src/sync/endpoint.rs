//! The endpoint of a server: its address, and how it is reached and trusted.

use super::proxy::Proxy;
use crate::model::key_pin::KeyPin;

/// The certificates that a server may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerTrust {
    /// Those that the web's roots signed.
    Web,
    /// The same, and those of one key, whoever signed them and until whenever.
    Key(KeyPin),
    /// Those that this certificate signed, as PEM, and itself.
    Certificate(String),
}

impl ServerTrust {
    /// Returns the narrowest trust that was given: a certificate by hand before the key of an invitation.
    pub fn of(certificate: Option<String>, pin: Option<KeyPin>) -> Self {
        match (certificate, pin) {
            (Some(pem), _) => Self::Certificate(pem),
            (None, Some(pin)) => Self::Key(pin),
            (None, None) => Self::Web,
        }
    }
}

/// The address of a server, and how its certificate is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://host[:port]`, or `http://…` for loopback.
    pub url: String,
    /// The certificates that it may show.
    pub trust: ServerTrust,
    /// The proxy on the way, unless the server is on this machine. No proxy of the system is used unnamed.
    pub proxy: Option<Proxy>,
}

impl Endpoint {
    /// True if the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.url.split_once("://").map_or("", |(_, host)| host);
        is_loopback(host.trim_end_matches('/'))
    }
}

/// True if a host with or without port is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::SocketAddr>() {
        return address.ip().is_loopback();
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    name == "localhost"
        || name
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
