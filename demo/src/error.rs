//! The error of the demo.

use std::io;
use std::path::PathBuf;

use kept_core::language::{Lang, message_text};
use kept_core::model::ids::IdError;
use kept_core::model::time::DueError;
use kept_core::notebook::KeptError;
use kept_kit::KitError;
use kept_server::ServerError;
use kept_server::enrol::EnrolError;
use kept_server::log::LogError;
use kept_server::sign_in::SignInError;

use crate::CompanySize;
use crate::people::{Employee, people};

/// The reason for which the demo ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The server could not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// A notebook could not do it.
    #[error("{}", message_text(&.0.message(), Lang::En))]
    Notebook(KeptError),
    /// A person could not be enrolled.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// A person could not sign in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The log failed.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A date could not be used.
    #[error(transparent)]
    Due(#[from] DueError),
    /// A name could not be used.
    #[error(transparent)]
    Name(#[from] IdError),
    /// The page could not be fetched.
    #[error("the office's page cannot be fetched: {0}")]
    Page(#[from] reqwest::Error),
    /// The output is closed, or a folder cannot be used.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The folder for the data has something in it.
    #[error("{} is not empty; choose an empty folder or a new one", .0.display())]
    NotEmpty(PathBuf),
    /// The company has nobody of a name.
    #[error("nobody in the company is called {name}; there are {}", .people.join(", "))]
    NoSuchPerson {
        /// The name.
        name: String,
        /// The first names of those who are there.
        people: Vec<&'static str>,
    },
    /// Ctrl-C was pressed before the end.
    #[error("stopped before the end")]
    Stopped,
    /// The story took a turn that it must not take.
    #[error("{0}")]
    Story(String),
}

impl From<KitError> for DemoError {
    fn from(error: KitError) -> Self {
        match error {
            KitError::Server(error) => Self::Server(error),
            KitError::Enrol(error) => Self::Enrol(error),
            KitError::Notebook(error) => Self::Notebook(error),
            KitError::Name(error) => Self::Name(error),
            KitError::Io(error) => Self::Io(error),
        }
    }
}

impl From<KeptError> for DemoError {
    fn from(error: KeptError) -> Self {
        Self::Notebook(error)
    }
}

impl DemoError {
    /// The error that a company of this size has nobody of a name.
    pub(crate) fn no_such_person(name: &str, size: CompanySize) -> Self {
        Self::NoSuchPerson {
            name: name.to_owned(),
            people: people(size).iter().map(Employee::first_name).collect(),
        }
    }
}
