//! The errors of a server: why it did not start, or could not do what it was asked.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::enrol::EnrolError;
use crate::keys::KeyError;
use crate::log::LogError;
use crate::sign_in::SignInError;

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
    NoOrganisation(PathBuf),
    /// The folder is a device's.
    #[error(
        "the folder {} is the notebook of a device, and a server needs a folder of its own: name another with --data or KEPT_SERVER_DATA",
        .0.display()
    )]
    Notebook(PathBuf),
    /// Another server has the folder.
    #[error("a server already serves the folder {}", .0.display())]
    AlreadyServed(PathBuf),
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
