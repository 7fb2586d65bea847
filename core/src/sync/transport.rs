//! How bodies reach a server: a small trait, and its HTTP implementation over reqwest.

use std::time::Duration;

use super::tls::{given_tls, web_tls};
use crate::limits;
use crate::wire::{self, JoinReply, JoinRequest, Problem, problem};

/// The longest line of a poke: a thousand scopes with their heads.
const HEADS_BYTES: usize = 32 * 1024;

/// Why a body did not reach the server, or no answer came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection, a connection that broke, or no answer in time.
    #[error("the server cannot be reached: {0}")]
    Offline(String),
    /// The server does not know this device any more.
    #[error("this device is signed out")]
    SignedOut,
    /// The server said why it did not do it: one of [`problem`], and a detail.
    #[error("the server refuses: {code} {detail}")]
    Problem {
        /// One of [`problem`].
        code: String,
        /// What else it said.
        detail: String,
    },
    /// Something answers there that is not a Kept server.
    #[error("what answers at {0} is not a Kept server")]
    NotKept(String),
    /// The address or certificate cannot be used.
    #[error("the server's address or certificate cannot be used: {0}")]
    Setup(String),
    /// The certificate that the server shows is none of those that are trusted.
    #[error("the server's certificate is not trusted: {0}")]
    Untrusted(String),
    /// The run was stopped.
    #[error("stopped")]
    Stopped,
}

/// Carries one exchange.
pub trait Transport: Send + Sync {
    /// Sends a packed request and returns the packed answer.
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError>;

    /// Whether the run was told to end: asked between two pieces of an answer.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Where a server is and how its certificate is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://host[:port]`, or `http://…` for loopback.
    pub url: String,
    /// A certificate, as PEM, that the server's is checked against instead of the web's roots.
    pub certificate: Option<String>,
}

/// HTTP to one server.
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    runtime: tokio::runtime::Handle,
    url: String,
    token: Option<String>,
}

impl HttpTransport {
    /// Prepares connections; none is made yet.
    pub fn new(
        endpoint: &Endpoint,
        token: Option<String>,
        runtime: tokio::runtime::Handle,
    ) -> Result<Self, TransportError> {
        let tls = match &endpoint.certificate {
            Some(given) => given_tls(given),
            None => web_tls(),
        };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.map_err(|e| TransportError::Setup(e.to_string()))?)
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|e| TransportError::Setup(chain(&e)))?;
        Ok(Self {
            client,
            runtime,
            url: endpoint.url.trim_end_matches('/').to_owned(),
            token,
        })
    }

    /// Redeems an invitation.
    pub fn join(&self, request: &JoinRequest) -> Result<JoinReply, TransportError> {
        let body = wire::pack(request).map_err(|e| TransportError::Setup(e.to_string()))?;
        let answer = self.runtime.block_on(self.post("/v1/join", body))?;
        wire::unpack(&answer).map_err(|_| TransportError::NotKept(self.url.clone()))
    }

    /// Sends a body and reads the answer. Cancelled by dropping.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let mut request = self
            .client
            .post(format!("{}{path}", self.url))
            .header("content-type", wire::CONTENT_TYPE)
            .body(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(|e| lost(&e))?;
        self.body(response).await
    }

    /// Waits until the server says that something moved. Returns at once when the stream opens with
    /// heads other than `seen`; the heads as they are then are returned.
    pub async fn poked(&self, seen: Option<String>) -> Result<String, TransportError> {
        let mut request = self
            .client
            .get(format!("{}/v1/poke", self.url))
            .header("accept", "text/event-stream");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let mut response = request.send().await.map_err(|e| lost(&e))?;
        if !response.status().is_success() {
            self.body(response).await?;
            return Err(TransportError::NotKept(self.url.clone()));
        }
        let mut line = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|e| lost(&e))? {
            for byte in piece {
                if byte != b'\n' {
                    line.push(byte);
                    if line.len() > HEADS_BYTES {
                        return Err(TransportError::NotKept(self.url.clone()));
                    }
                    continue;
                }
                let text = String::from_utf8_lossy(&line).trim().to_owned();
                line.clear();
                if let Some(heads) = text.strip_prefix("data:")
                    && seen.as_deref() != Some(heads.trim())
                {
                    return Ok(heads.trim().to_owned());
                }
            }
        }
        Err(TransportError::Offline(
            "the server closed the stream".into(),
        ))
    }

    async fn body(&self, mut response: reqwest::Response) -> Result<Vec<u8>, TransportError> {
        let status = response.status();
        if !response.headers().contains_key(wire::SERVER_HEADER) {
            return Err(TransportError::NotKept(self.url.clone()));
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|e| lost(&e))? {
            body.extend_from_slice(&piece);
            if body.len() > limits::BODY_BYTES {
                return Err(TransportError::Problem {
                    code: problem::TOO_LARGE.into(),
                    detail: String::new(),
                });
            }
        }
        if status.is_success() {
            return Ok(body);
        }
        match wire::unpack::<Problem>(&body) {
            Ok(told) if told.code == problem::SIGNED_OUT => Err(TransportError::SignedOut),
            Ok(told) => Err(TransportError::Problem {
                code: told.code,
                detail: told.detail,
            }),
            Err(_) if status.is_server_error() => Err(TransportError::Offline(format!(
                "the server answers {status}"
            ))),
            Err(_) => Err(TransportError::NotKept(self.url.clone())),
        }
    }
}

impl Transport for HttpTransport {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.runtime.block_on(self.post("/v1/sync", body))
    }
}

/// What a failed request means: waiting helps against most, but not against a certificate that does not fit.
fn lost(error: &reqwest::Error) -> TransportError {
    let text = chain(error);
    if let Some((_, why)) = text.split_once("invalid peer certificate: ") {
        return TransportError::Untrusted(why.to_owned());
    }
    TransportError::Offline(text)
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
