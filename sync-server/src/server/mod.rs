//! A running server: what it is started with, how it listens, how it stops.

mod connections;
mod health;
mod listener;
mod open_files;
mod patience;
mod state;
mod stream;

pub(crate) use connections::{ConnectionHandle, connection_in_use};
pub(crate) use patience::Patience;
pub use state::{Poke, ServerState};

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
use listener::{Listener, Peer, WithHandle};
use tokio::task::JoinHandle;

use crate::enrol::{self, EnrolError};
use crate::http;
use crate::keys::KeyError;
use crate::log::LogError;
use crate::office::Office;
use crate::private;
use crate::sign_in::SignInError;

/// The time that requests in flight may take when the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// The file that is locked while a server serves the folder.
const LOCK: &str = "serving.lock";
/// The interval at which the log is asked for what other processes wrote.
const LOOK_AROUND: Duration = Duration::from_millis(500);

/// The reason for which the server did not start, or could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The data folder cannot be used.
    #[error("the folder {} cannot be used: {source}", path.display())]
    Folder {
        /// The folder, or the file in it.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// There is no organisation in the data folder.
    #[error(
        "there is no organisation in {}; make one with `kept-server init`, or name its folder with --data or KEPT_SERVER_DATA",
        .0.display()
    )]
    NotFounded(PathBuf),
    /// The folder is a device's.
    #[error(
        "the folder {} is the notebook of a device, and a server needs a folder of its own: name another with --data or KEPT_SERVER_DATA",
        .0.display()
    )]
    Notebook(PathBuf),
    /// Another server has the folder.
    #[error("a server already serves the folder {}", .0.display())]
    Served(PathBuf),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the socket.
        source: io::Error,
    },
    /// The push gateway cannot be used.
    #[error("the push gateway cannot be used: {0}")]
    Push(String),
    /// The certificate or its key cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Tls(io::Error),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The log cannot be used.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A person or device could not be enrolled.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// A person could not sign in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

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
    handle: Handle<Peer>,
    serving: JoinHandle<io::Result<()>>,
    feeding: JoinHandle<()>,
    office: Arc<Office>,
}

impl Server {
    /// Opens the data folder and listens.
    pub async fn start(config: ServerConfig) -> Result<RunningServer, ServerError> {
        Self::start_with(config, Patience::default()).await
    }

    pub(crate) async fn start_with(
        config: ServerConfig,
        patience: Patience,
    ) -> Result<RunningServer, ServerError> {
        if let Some(url) = &config.public_url {
            enrol::join_link(url, "", "")?;
        }
        let state = ServerState::open(&config.data_dir, config.environment)?;
        let lock = lock(&config.data_dir)?;
        let failed = |source| ServerError::Listen {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let listener = Listener::new(listener, &patience).map_err(failed)?;
        let scheme = if config.tls.is_some() {
            "https"
        } else {
            "http"
        };
        let url = config
            .public_url
            .unwrap_or_else(|| format!("{scheme}://{address}"));
        state.set_url(&url);
        if config.tls.is_none() && !address.ip().is_loopback() && !url.starts_with("https:") {
            tracing::warn!(
                %address,
                "everything crosses the network unencrypted, and phones refuse that: use --tls-cert and \
                 --tls-key, or a proxy in front and --public-url https://…"
            );
        }
        let handle = Handle::new();
        let gateway = config.push_url.as_deref();
        let (office, feeding) = Office::start(&state, gateway).map_err(ServerError::Push)?;
        let https = config.tls.is_some() || url.starts_with("https:");
        let router = http::router(Arc::clone(&state), Arc::clone(&office), &patience, https);
        let tls = config.tls.as_ref();
        let serving = serve(listener, handle.clone(), router, &patience, tls).await;
        // Without a server nothing else would end the feeding of the office.
        let serving = serving.inspect_err(|_| state.stop())?;
        let serving = tokio::spawn(async move {
            let _lock = lock;
            serving.await
        });
        tokio::spawn(look_around(Arc::clone(&state)));
        Ok(RunningServer {
            state,
            address,
            url,
            handle,
            serving,
            feeding,
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
        let done = tokio::task::spawn_blocking(move || office.take()).await;
        if let Ok(Err(error)) = done {
            tracing::warn!(%error, "the office's replica could not be fed");
        }
    }

    /// Takes no new requests, lets those in flight end, and stops.
    pub async fn shutdown(self) {
        self.state.stop();
        self.handle.graceful_shutdown(Some(LAST_REQUESTS));
        if let Ok(Err(error)) = self.serving.await {
            tracing::warn!(%error, "the server did not end well");
        }
        if self.feeding.await.is_err() {
            tracing::warn!("the office's replica did not end well");
        }
    }
}

/// A server on its way, over TLS or not.
type Serving = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

/// Keeps a second server out of the folder for as long as the file is open. Commands that read or invite work
/// beside a server: SQLite keeps them apart.
fn lock(data_dir: &Path) -> Result<File, ServerError> {
    let path = data_dir.join(LOCK);
    // A file that is there can be locked where nothing can be written, too.
    let opened = File::open(&path).or_else(|_| private::open(&mut OpenOptions::new(), &path));
    let locked = opened.and_then(|file| match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    });
    match locked {
        Ok(file) => file.ok_or_else(|| ServerError::Served(data_dir.to_owned())),
        Err(source) => Err(ServerError::Folder { path, source }),
    }
}

/// Serves over TLS, or not.
async fn serve(
    listener: Listener,
    handle: Handle<Peer>,
    router: Router,
    patience: &Patience,
    tls: Option<&TlsFiles>,
) -> Result<Serving, ServerError> {
    let server = axum_server::Server::from_listener(listener).handle(handle);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let Some(files) = tls else {
        let server = patient(server.acceptor(WithHandle), patience);
        return Ok(Box::pin(server.serve(service)));
    };
    // Other code in this process may have chosen a provider; that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = RustlsConfig::from_pem_file(&files.certificate, &files.key)
        .await
        .map_err(ServerError::Tls)?;
    let tls = RustlsAcceptor::new(config).acceptor(WithHandle);
    let server = patient(server.acceptor(tls), patience);
    Ok(Box::pin(server.serve(service)))
}

fn patient<A>(
    server: axum_server::Server<Peer, A>,
    patience: &Patience,
) -> axum_server::Server<Peer, A> {
    let mut server = server.first_request_timeout(patience.first_head);
    let builder = server.http_builder();
    builder.http1().header_read_timeout(patience.head);
    server
}

/// Notices what other processes write into the log, such as an invitation.
async fn look_around(state: Arc<ServerState>) {
    let mut stopping = state.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(LOOK_AROUND) => {}
        }
        let state = Arc::clone(&state);
        let looked = tokio::task::spawn_blocking(move || {
            state.health().look_where_troubled(&state);
            state.publish_heads()
        });
        let looked = looked.await;
        if let Ok(Err(error)) = looked {
            tracing::warn!(%error, "the log could not be read");
        }
    }
}
