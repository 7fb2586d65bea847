//! A running server: its configuration, its start, and its end.

mod listener;
mod router;

#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use kept_core::Environment;
use kept_core::model::key_pin::KeyPin;
use kept_core::model::time::Millis;
use kept_core::sync::tls::needed_pin;
use listener::{HandleAcceptor, LimitedListener, PeerAddress};
use tokio::task::JoinHandle;

use crate::connections::Timeouts;
use crate::enrol;
use crate::error::ServerError;
use crate::office::Office;
use crate::private;
use crate::state::ServerState;

/// The time that requests in flight may take when the server stops.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);
/// The file that is locked while a server serves the folder.
const LOCK_FILE: &str = "serving.lock";
/// The interval at which the log is asked for what other processes wrote.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// A certificate and its key, as PEM files.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// The settings that a server is started with.
#[derive(Clone)]
pub struct ServerConfig {
    /// The folder with log and keys.
    pub data_dir: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address in links, where it is not the one listened on.
    pub public_url: Option<String>,
    /// With these it speaks HTTPS.
    pub tls: Option<TlsFiles>,
    /// The gateway that wakes sleeping devices; none where nothing does.
    pub push_url: Option<String>,
    /// Clocks and randomness.
    pub environment: Arc<dyn Environment>,
}

/// Starts servers.
#[derive(Debug)]
pub struct Server;

/// A server that listens. Dropped, it goes on until the runtime ends; [`RunningServer::shutdown`] stops it.
pub struct RunningServer {
    state: Arc<ServerState>,
    address: SocketAddr,
    url: String,
    handle: Handle<PeerAddress>,
    server_task: JoinHandle<io::Result<()>>,
    feed_task: JoinHandle<()>,
    office: Arc<Office>,
}

impl Server {
    /// Opens the data folder and listens.
    pub async fn start(config: ServerConfig) -> Result<RunningServer, ServerError> {
        Self::start_with(config, Timeouts::default()).await
    }

    pub(crate) async fn start_with(
        config: ServerConfig,
        timeouts: Timeouts,
    ) -> Result<RunningServer, ServerError> {
        if let Some(url) = &config.public_url {
            enrol::callable_address(url)?;
        }
        let state = ServerState::open(&config.data_dir, config.environment)?;
        let lock = lock(&config.data_dir)?;
        let failed = |source| ServerError::Listen {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let listener = LimitedListener::new(listener, &timeouts).map_err(failed)?;
        let scheme = if config.tls.is_some() {
            "https"
        } else {
            "http"
        };
        let url = config
            .public_url
            .unwrap_or_else(|| format!("{scheme}://{address}"));
        let now = state.environment().wall_ms();
        let pin = config.tls.as_ref().map(|tls| pin_for_links(tls, &url, now));
        state.set_link_parts(&url, pin.transpose()?.flatten());
        if config.tls.is_none() && !address.ip().is_loopback() && !url.starts_with("https:") {
            tracing::warn!(
                %address,
                "everything crosses the network unencrypted, and phones refuse that: use --tls-cert and \
                 --tls-key, or a proxy in front and --public-url https://…"
            );
        }
        let handle = Handle::new();
        let gateway = config.push_url.as_deref();
        let (office, feed_task) = Office::start(&state, gateway).map_err(ServerError::Push)?;
        let https = config.tls.is_some() || url.starts_with("https:");
        let router = router::router(Arc::clone(&state), Arc::clone(&office), &timeouts, https);
        let tls = config.tls.as_ref();
        let server_task = serve(listener, handle.clone(), router, &timeouts, tls).await;
        // Without a server nothing else would end the feeding of the office.
        let server_task = server_task.inspect_err(|_| state.stop())?;
        let server_task = tokio::spawn(async move {
            let _lock = lock;
            server_task.await
        });
        tokio::spawn(watch_log(Arc::clone(&state)));
        Ok(RunningServer {
            state,
            address,
            url,
            handle,
            server_task,
            feed_task,
            office,
        })
    }
}

impl RunningServer {
    /// The address in links.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The server without HTTP.
    pub fn state(&self) -> Arc<ServerState> {
        Arc::clone(&self.state)
    }

    /// Feeds the office's replica now, and with it everything that is made from it: the company's record.
    pub async fn settle(&self) {
        let office = Arc::clone(&self.office);
        let done = tokio::task::spawn_blocking(move || office.feed()).await;
        if let Ok(Err(error)) = done {
            tracing::warn!(%error, "the office's replica could not be fed");
        }
    }

    /// Takes no new requests, lets those in flight end, and stops.
    pub async fn shutdown(self) {
        self.state.stop();
        self.handle.graceful_shutdown(Some(SHUTDOWN_GRACE));
        if let Ok(Err(error)) = self.server_task.await {
            tracing::warn!(%error, "the server did not end well");
        }
        if self.feed_task.await.is_err() {
            tracing::warn!("the office's replica did not end well");
        }
    }
}

/// A server on its way, over TLS or not.
type ServerFuture = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

/// Keeps a second server out of the folder for as long as the file is open. Commands that read or invite work
/// beside a server: SQLite keeps them apart.
fn lock(data_dir: &Path) -> Result<File, ServerError> {
    let path = data_dir.join(LOCK_FILE);
    // A file that is there can be locked where nothing can be written, too.
    let opened = File::open(&path).or_else(|_| private::open(&mut OpenOptions::new(), &path));
    let locked = opened.and_then(|file| match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    });
    match locked {
        Ok(file) => file.ok_or_else(|| ServerError::AlreadyServed(data_dir.to_owned())),
        Err(source) => Err(ServerError::Folder { path, source }),
    }
}

/// Returns the pin that links to a server at `url` need: none where the web's roots signed its certificate for that host.
fn pin_for_links(files: &TlsFiles, url: &str, now: Millis) -> Result<Option<KeyPin>, ServerError> {
    let pem = std::fs::read_to_string(&files.certificate).map_err(ServerError::Tls)?;
    let host = enrol::address(url)?.1;
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    needed_pin(&pem, name.trim_matches(['[', ']']), now)
        .map_err(|error| ServerError::Tls(io::Error::other(error)))
}

/// Serves over TLS, or not.
async fn serve(
    listener: LimitedListener,
    handle: Handle<PeerAddress>,
    router: Router,
    timeouts: &Timeouts,
    tls: Option<&TlsFiles>,
) -> Result<ServerFuture, ServerError> {
    let server = axum_server::Server::from_listener(listener).handle(handle);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let Some(files) = tls else {
        let server = with_timeouts(server.acceptor(HandleAcceptor), timeouts);
        return Ok(Box::pin(server.serve(service)));
    };
    // Other code in this process may have chosen a provider; that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = RustlsConfig::from_pem_file(&files.certificate, &files.key)
        .await
        .map_err(ServerError::Tls)?;
    let tls = RustlsAcceptor::new(config).acceptor(HandleAcceptor);
    let server = with_timeouts(server.acceptor(tls), timeouts);
    Ok(Box::pin(server.serve(service)))
}

fn with_timeouts<A>(
    server: axum_server::Server<PeerAddress, A>,
    timeouts: &Timeouts,
) -> axum_server::Server<PeerAddress, A> {
    let mut server = server.first_request_timeout(timeouts.first_head);
    let builder = server.http_builder();
    builder.http1().header_read_timeout(timeouts.head);
    server
}

/// Notices what other processes write into the log, such as an invitation.
async fn watch_log(state: Arc<ServerState>) {
    let mut stopping = state.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(WATCH_INTERVAL) => {}
        }
        let state = Arc::clone(&state);
        let looked = tokio::task::spawn_blocking(move || {
            state.check_health_if_troubled();
            state.publish_heads()
        });
        let looked = looked.await;
        if let Ok(Err(error)) = looked {
            tracing::warn!(%error, "the log could not be read");
        }
    }
}
