//! The HTTP proxy through which a network lets its devices out: `http://[name:password@]host[:port]`.
//!
//! A proxy is used where it is named: kept with the notebook, or by `KEPT_PROXY` for a run. Its password stands in the
//! encrypted database and is shown nowhere.

use std::fmt;

/// A proxy. Its displayed name shows neither user name nor password.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    scheme: &'static str,
    host: String,
    credentials: Option<(String, String)>,
}

/// A text that names no proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a proxy is named as http://host:port, with name:password@ before the host where it asks for them"
)]
pub struct ProxyError;

impl Proxy {
    /// Reads the address of a proxy; without a scheme it is `http`.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("http", rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("https", rest),
            Some(_) => return Err(ProxyError),
            None => ("http", text),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (credentials, host) = match rest.rsplit_once('@') {
            Some((credentials, host)) => (Some(credentials), host),
            None => (None, rest),
        };
        let fine =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (host, None),
        };
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        if name.is_empty() || !name.chars().all(fine) || !port_fits {
            return Err(ProxyError);
        }
        Ok(Self {
            scheme,
            host: host.to_owned(),
            credentials: credentials.map(|text| {
                let (name, password) = text.split_once(':').unwrap_or((text, ""));
                (decode(name), decode(password))
            }),
        })
    }

    /// The address as it is kept, with name and password: a secret.
    pub fn to_secret(&self) -> String {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        match &self.credentials {
            None => self.to_string(),
            Some((name, password)) => format!(
                "{}://{}:{}@{}",
                self.scheme,
                encode(name),
                encode(password),
                self.host
            ),
        }
    }

    /// The proxy as requests use it.
    pub(super) fn to_reqwest(&self) -> Result<reqwest::Proxy, reqwest::Error> {
        let proxy = reqwest::Proxy::all(self.to_string())?;
        Ok(match &self.credentials {
            Some((name, password)) => proxy.basic_auth(name, password),
            None => proxy,
        })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_proxy_is_called_by_keeps_its_secrets() {
        let proxy = Proxy::parse("http://sam:p%40ss:word@proxy.example:3128/").unwrap();
        assert_eq!(proxy.to_string(), "http://proxy.example:3128");
        assert_eq!(format!("{proxy:?}"), "Proxy(http://proxy.example:3128)");
        assert_eq!(proxy.credentials, Some(("sam".into(), "p@ss:word".into())));
        assert_eq!(Proxy::parse(&proxy.to_secret()), Ok(proxy));
        let open = Proxy::parse("proxy.example").unwrap();
        assert_eq!(open.to_secret(), "http://proxy.example");
        assert_eq!(
            Proxy::parse("https://[::1]:8080").unwrap().host,
            "[::1]:8080"
        );
    }

    #[test]
    fn other_texts_name_no_proxy() {
        for text in [
            "",
            "http://",
            "socks5://proxy.example",
            "http://proxy.example/path",
            "http://proxy.example:0",
            "http://proxy.example:port",
            "http://proxy.example:99999",
            "http://a b",
            "user:secret@",
        ] {
            assert_eq!(Proxy::parse(text), Err(ProxyError), "{text}");
        }
    }
}
