//! The transport of bodies to a server: a small trait, and its HTTP implementation over reqwest.
//!
//! Time limits measure silence: a transfer that goes on may take as long as it takes.

use std::time::Duration;

use bytes::Bytes;

use super::endpoint::{Endpoint, ServerTrust};
use super::outage::{Outage, OutageCause};
use super::poke_stream::PokeStream;
use super::tls::{pinned_key_tls, pinned_tls, web_pki_tls};
use super::upload::{Upload, wait_until_idle};
use crate::limits;
use crate::wire::{self, JoinReply, JoinRequest, Problem, RenewalRequest, WireError, problem};

/// The longest time in which nothing may move.
const SILENCE: Duration = Duration::from_secs(30);
/// The longest time for a connection to come about: a certificate chain of 6 kB takes 10 s at 5 kbit/s.
const CONNECTING: Duration = Duration::from_secs(25);
/// The number of times that a join is asked again at once whose body was damaged on the way.
const JOIN_REPEATS: usize = 3;

/// The reason why a body did not reach the server, or no answer came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No usable answer came; asking again later helps.
    #[error("the server cannot be reached: {0}")]
    Outage(Outage),
    /// The server does not know this device any more.
    #[error("this device is signed out")]
    SignedOut,
    /// The server said why it did not do it: one of [`problem`], and a detail.
    #[error("the server refuses: {code} {detail}")]
    Problem {
        /// One of [`problem`].
        code: String,
        /// The rest of what it said.
        detail: String,
    },
    /// The run was stopped.
    #[error("stopped")]
    Stopped,
}

impl TransportError {
    /// An outage of a kind.
    pub fn of(cause: OutageCause, detail: impl AsRef<str>) -> Self {
        Self::Outage(Outage::new(cause, detail))
    }
}

/// Carries one exchange.
pub trait Transport: Send + Sync {
    /// Sends a packed request and returns the packed answer.
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError>;

    /// True if the run was told to end: asked between two pieces of an answer.
    fn is_stopped(&self) -> bool {
        false
    }

    /// Waits before a request is repeated; [`TransportError::Stopped`] where the run is stopped meanwhile. Where no
    /// real time passes, neither does this.
    fn pause(&self, _pause: Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

impl TransportError {
    /// The outage that an error of an exchange means. Errors that waiting does not mend are given back: the device
    /// is signed out, one side is too old, an invitation does not fit, the run was stopped.
    pub fn outage(self) -> Result<Outage, Self> {
        let (code, detail) = match self {
            Self::Outage(outage) => return Ok(outage),
            Self::Problem { code, detail } => (code, detail),
            other => return Err(other),
        };
        let cause = match code.as_str() {
            problem::UNAVAILABLE => OutageCause::Unavailable,
            problem::TOO_LARGE => OutageCause::TooLarge,
            problem::GARBLED => OutageCause::Garbled,
            problem::VERSION
            | problem::ACTOR_TAKEN
            | problem::INVITE_EXPIRED
            | problem::INVITE_USED
            | problem::INVITE_WRONG => return Err(Self::Problem { code, detail }),
            // A server that cannot read what this program sends, or says something that this program does not know.
            _ => OutageCause::Unusable,
        };
        Ok(match cause {
            OutageCause::Unusable => Outage::new(cause, format!("{code} {detail}")),
            _ => Outage::new(cause, detail),
        })
    }
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
        let setup = |reason: &dyn std::fmt::Display| {
            TransportError::of(OutageCause::Setup, reason.to_string())
        };
        let tls = match &endpoint.trust {
            ServerTrust::Web => web_pki_tls(),
            ServerTrust::Key(pin) => pinned_key_tls(*pin),
            ServerTrust::Certificate(pem) => pinned_tls(pem),
        };
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.map_err(|e| setup(&e))?)
            .connect_timeout(CONNECTING)
            .tcp_user_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        if let Some(proxy) = endpoint.proxy.as_ref().filter(|_| !endpoint.is_loopback()) {
            builder = builder.proxy(proxy.to_reqwest().map_err(|e| setup(&error_chain(&e)))?);
        }
        let client = builder.build().map_err(|e| setup(&error_chain(&e)))?;
        Ok(Self {
            client,
            runtime,
            url: endpoint.url.trim_end_matches('/').to_owned(),
            token,
        })
    }

    /// Redeems an invitation. Cancelled by dropping.
    pub async fn join(&self, request: &JoinRequest) -> Result<JoinReply, TransportError> {
        self.enrol("/v1/join", wire::pack(request)).await
    }

    /// Asks for an installation of its own, with the token of before. Cancelled by dropping.
    pub async fn renew(&self, request: &RenewalRequest) -> Result<JoinReply, TransportError> {
        self.enrol("/v1/installation", wire::pack(request)).await
    }

    /// Sends a request for an installation. A body that was damaged on the way is sent again at once.
    async fn enrol(
        &self,
        path: &str,
        body: Result<Vec<u8>, WireError>,
    ) -> Result<JoinReply, TransportError> {
        let body = body.map_err(|e| TransportError::of(OutageCause::Setup, e.to_string()))?;
        let mut repeats = 0..JOIN_REPEATS;
        loop {
            let garbled = match self.post(path, body.clone()).await {
                Err(TransportError::Problem { code, detail }) if code == problem::GARBLED => detail,
                Err(other) => return Err(other),
                Ok(answer) => match wire::unpack(&answer) {
                    Ok(reply) => return Ok(reply),
                    Err(WireError::Garbled(detail)) => detail,
                    Err(other) => {
                        return Err(TransportError::of(OutageCause::Unusable, other.to_string()));
                    }
                },
            };
            if repeats.next().is_none() {
                return Err(TransportError::of(OutageCause::Garbled, garbled));
            }
        }
    }

    /// Sends a body and reads the answer. Cancelled by dropping.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let (upload, progress) = Upload::new(body);
        let mut request = self
            .client
            .post(format!("{}{path}", self.url))
            .header("content-type", wire::CONTENT_TYPE)
            .body(reqwest::Body::wrap(upload));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        tokio::select! {
            sent = request.send() => self.body(sent.map_err(error_without_answer)?).await,
            () = wait_until_idle(&progress, SILENCE) => Err(silence_error()),
        }
    }

    /// Opens the stream on which the server says that something moved.
    pub async fn open_pokes(&self) -> Result<PokeStream, TransportError> {
        let mut request = self
            .client
            .get(format!("{}/v1/poke", self.url))
            .header("accept", "text/event-stream");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let sent = tokio::time::timeout(SILENCE, request.send()).await;
        let response = sent
            .map_err(|_| silence_error())?
            .map_err(error_without_answer)?;
        if response.status().is_success() && is_kept(&response) {
            return Ok(PokeStream::new(response));
        }
        let status = response.status().to_string();
        self.body(response).await?;
        Err(TransportError::of(OutageCause::Unusable, status))
    }

    async fn body(&self, mut response: reqwest::Response) -> Result<Vec<u8>, TransportError> {
        let status = response.status();
        if !is_kept(&response) {
            return Err(error_of_foreign_answer(&response));
        }
        let mut body = Vec::new();
        while let Some(piece) = next_piece(&mut response).await? {
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
            Ok(detail) if detail.code == problem::SIGNED_OUT => Err(TransportError::SignedOut),
            Ok(detail) => Err(TransportError::Problem {
                code: detail.code,
                detail: detail.detail,
            }),
            Err(_) => Err(TransportError::of(
                OutageCause::Unavailable,
                status.to_string(),
            )),
        }
    }
}

impl Transport for HttpTransport {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.runtime.block_on(self.post("/v1/sync", body))
    }

    fn pause(&self, pause: Duration) -> Result<(), TransportError> {
        // A timer is made within the runtime.
        self.runtime
            .block_on(async { tokio::time::sleep(pause).await });
        Ok(())
    }
}

/// True if an answer comes from a Kept server, and from nothing on the way.
fn is_kept(response: &reqwest::Response) -> bool {
    response.headers().contains_key(wire::SERVER_HEADER)
}

/// The next piece of an answer, which may not let one wait for too long.
pub(super) async fn next_piece(
    response: &mut reqwest::Response,
) -> Result<Option<Bytes>, TransportError> {
    let piece = tokio::time::timeout(SILENCE, response.chunk()).await;
    piece
        .map_err(|_| silence_error())?
        .map_err(error_without_answer)
}

fn silence_error() -> TransportError {
    TransportError::of(OutageCause::Silent, format!("{} s", SILENCE.as_secs()))
}

/// An answer of something that is not a Kept server: a portal, a proxy, an error page.
fn error_of_foreign_answer(response: &reqwest::Response) -> TransportError {
    let status = response.status();
    let header = |name| response.headers().get(name)?.to_str().ok();
    let mut detail = status.to_string();
    if let Some(to) = header("location") {
        // The address to which a portal sends one may carry what it knows of the device.
        let host = to.split(['?', '#']).next().unwrap_or_default();
        detail.push_str(&format!(", {host}"));
    } else if let Some(kind) = header("content-type") {
        detail.push_str(&format!(", {kind}"));
    }
    let cause = match status.as_u16() {
        413 => OutageCause::TooLarge,
        407 => OutageCause::Proxy,
        _ => OutageCause::Foreign,
    };
    TransportError::of(cause, detail)
}

/// The error for a request that got no answer.
fn error_without_answer(error: reqwest::Error) -> TransportError {
    let connecting = error.is_connect();
    let timed_out = error.is_timeout();
    let text = error_chain(&error.without_url());
    if let Some((_, why)) = text.split_once("invalid peer certificate: ") {
        let by_the_clock = ["expired", "Expired", "not valid yet", "NotValidYet"];
        let cause = match by_the_clock.iter().any(|sign| why.contains(sign)) {
            true => OutageCause::Clock,
            false => OutageCause::Untrusted,
        };
        return TransportError::of(cause, why);
    }
    let cause = if text.contains("dns error") {
        OutageCause::Name
    } else if text.contains("InvalidContentType") {
        // The machine that answers does not even encrypt.
        OutageCause::Foreign
    } else if connecting && (text.contains("proxy") || text.contains("tunnel")) {
        OutageCause::Proxy
    } else if connecting {
        OutageCause::Unreachable
    } else if timed_out {
        OutageCause::Silent
    } else {
        OutageCause::Cut
    };
    // The innermost cause is what the system or the other side said.
    let said = text.rsplit(": ").next().unwrap_or_default();
    TransportError::of(cause, said)
}

/// An error with its causes, in one line.
fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_waiting_does_not_mend_is_no_outage() {
        let problem = |code: &str| TransportError::Problem {
            code: code.into(),
            detail: String::new(),
        };
        for code in [
            problem::UNAVAILABLE,
            problem::TOO_LARGE,
            problem::GARBLED,
            problem::MALFORMED,
            "of-tomorrow",
        ] {
            assert!(problem(code).outage().is_ok(), "{code}");
        }
        assert!(problem(problem::VERSION).outage().is_err());
        assert!(TransportError::SignedOut.outage().is_err());
        assert!(TransportError::Stopped.outage().is_err());
    }
}
