//! A browser of few lines: one request, one answer, and the session's cookie.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends plain requests and keeps cookies.
pub(super) struct Browser {
    address: SocketAddr,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) languages: &'static str,
}

/// The response that came back.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

impl Answer {
    /// A header's value; empty if it is not there.
    pub(super) fn header(&self, name: &str) -> &str {
        let find = |line: &'_ str| {
            let (found, _) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(found.len() + 2)
        };
        let line = self.head.lines().find(|line| find(line).is_some());
        line.map_or("", |line| &line[find(line).unwrap_or_default()..])
    }
}

impl Browser {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookies: BTreeMap::new(),
            languages: "en",
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.0\r\n"), "").await
    }

    pub(super) async fn post(&mut self, path: &str, form: &str) -> Answer {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let head = format!(
            "POST {path} HTTP/1.0\r\n{kind}\r\nContent-Length: {}\r\n",
            form.len()
        );
        self.send(&head, form).await
    }

    /// Sends a request as it is; the head's last line is ended.
    pub(super) async fn send(&mut self, head: &str, body: &str) -> Answer {
        let mut stream = self.open(head, body).await;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            if let Some(cookie) = line.strip_prefix("set-cookie: ") {
                let (name, value) = cookie.split_once('=').unwrap();
                let value = value.split(';').next().unwrap();
                self.cookies.insert(name.into(), value.into());
            }
        }
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Sends a request and leaves the answer to be read.
    pub(super) async fn open(&self, head: &str, body: &str) -> TcpStream {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let request = format!(
            "{head}Host: office\r\nAccept-Language: {}\r\nCookie: {}\r\n\r\n{body}",
            self.languages,
            cookies.join("; ")
        );
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}
