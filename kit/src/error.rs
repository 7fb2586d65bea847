//! The error of this crate.

use std::io;

use kept_core::language::{Lang, message_text};
use kept_core::model::ids::IdError;
use kept_core::notebook::KeptError;
use kept_server::ServerError;
use kept_server::enrol::EnrolError;

/// The reason for which a company or a phone could not be made.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// The server could not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// A person could not be enrolled.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// A notebook could not do it.
    #[error("{}", message_text(&.0.message(), Lang::En))]
    Notebook(KeptError),
    /// A name could not be used.
    #[error(transparent)]
    Name(#[from] IdError),
    /// A folder or the runtime cannot be used.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl From<KeptError> for KitError {
    fn from(error: KeptError) -> Self {
        Self::Notebook(error)
    }
}
