//! The error of a command, and its text for people and for machines.

use std::io;

use kept_core::language::{Lang, Message, message_text, visible};
use kept_help::{error_json, sentence};

use crate::error::ServerError;

/// The reason for which a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The server could not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The output is closed, or the runtime does not start.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The call cannot be done so; a sentence of the catalogue says why.
    #[error("{}", message_text(.0, Lang::En))]
    Usage(Message),
    /// It was tried, and did not succeed.
    #[error("{0}")]
    Failed(String),
}

/// An error as people read it, or machines.
pub(super) fn error_text(error: &CommandError, lang: Lang, json: bool) -> String {
    let (kind, key) = match error {
        CommandError::Server(_) => ("server", None),
        CommandError::Io(_) => ("io", None),
        CommandError::Usage(words) => ("usage", Some(words.key.as_str())),
        CommandError::Failed(_) => ("failed", None),
    };
    let message = match error {
        CommandError::Usage(words) => message_text(words, lang),
        error => error.to_string(),
    };
    if json {
        return error_json(kind, key, &message).to_string();
    }
    sentence(&visible(&message))
}
