//! The public error: ten cases, each something that an app does something about.

use crate::document::DocumentError;
use crate::language::phrase::PhraseError;
use crate::language::{Message, without_error_number};
use crate::model::calendar::CalendarError;
use crate::model::event_quota;
use crate::model::ids::IdError;
use crate::model::time::DueError;
use crate::notebook::numbers::count_i64;
use crate::notebook::storage_problem::StorageProblem;
use crate::store::StoreError;
use crate::sync::engine::EngineError;
use crate::sync::invitation::InvitationError;
use crate::sync::outage::{Outage, OutageCause};
use crate::sync::proxy::ProxyError;
use crate::sync::transport::TransportError;
use crate::wire::problem;

/// The error of a call, by what an app can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeptError {
    /// Show that it is not here.
    #[error("no {what} {id}")]
    NotFound {
        /// The kind of thing: an entry `thing-…` of the catalogue.
        what: String,
        /// Its id, as given.
        id: String,
    },
    /// Let the person correct what they entered.
    #[error("{field} cannot be used")]
    Invalid {
        /// The field's key.
        field: String,
        /// The reason, as a whole sentence.
        reason: Message,
    },
    /// Try again later; nothing is lost.
    #[error("the server cannot be reached: {outage}")]
    Offline {
        /// The cause, and what was answered.
        outage: Outage,
        /// The number of groups that the server took before that, in this run.
        sent: u64,
        /// The number of groups that still wait to be sent.
        unsent: u64,
    },
    /// Ask for a new invitation.
    #[error("this device is signed out")]
    SignedOut,
    /// Offer to join.
    #[error("this notebook belongs to no company yet")]
    NeedsJoin,
    /// Another program holds the notebook.
    #[error("another program uses this notebook")]
    Busy,
    /// Wait for the other run; it sends what is written meanwhile as well.
    #[error("a synchronisation is under way already")]
    SyncRunning,
    /// The disk, the folder or the key is in the way; `storage_remedies` has the ways on.
    #[error("the notebook cannot be kept here: {problem:?}")]
    Storage {
        /// The problem.
        problem: StorageProblem,
        /// The obstacle, as a whole sentence.
        reason: Message,
    },
    /// Report it.
    #[error("unexpected: {reason}")]
    Unexpected {
        /// The failure, to be reported.
        reason: String,
    },
    /// Open the notebook again: it was shut down.
    #[error("this notebook was closed")]
    Closed,
}

/// The result of a call of the facade.
pub type ApiResult<T> = Result<T, KeptError>;

impl KeptError {
    /// Makes the error of a field that cannot be used, for a reason of the catalogue.
    pub fn invalid(field: &str, reason: Message) -> Self {
        Self::Invalid {
            field: field.into(),
            reason,
        }
    }

    /// Makes the error of a document that is not here. `what` is an entry `thing-…` of the catalogue.
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::NotFound {
            what: what.into(),
            id: id.to_string(),
        }
    }

    /// Makes the error of a problem of storage, with its sentence.
    pub fn storage(problem: StorageProblem, reason: Message) -> Self {
        Self::Storage { problem, reason }
    }

    /// True if the files of the folder or their key are at fault, so that a new folder mends it: not where another
    /// program holds this one, nothing can be written, or the machine has no handle to give just now.
    pub fn is_mended_by_rebuilding(&self) -> bool {
        matches!(self, Self::Storage { problem, .. } if problem.is_mended_by_rebuilding())
    }

    /// Returns the error as a code for diagnosis, with nothing in it that a person wrote.
    pub(in crate::notebook) fn code(&self) -> String {
        match self {
            Self::NotFound { what, .. } => format!("not-found {what}"),
            Self::Invalid { reason, .. } => format!("invalid {}", reason.key),
            Self::Offline { outage, .. } => outage.cause.key().to_owned(),
            Self::SignedOut => "signed-out".to_owned(),
            Self::NeedsJoin => "needs-join".to_owned(),
            Self::Busy => "busy".to_owned(),
            Self::SyncRunning => "sync-running".to_owned(),
            Self::Storage { problem, .. } => format!("{problem:?}"),
            Self::Unexpected { .. } => "unexpected".to_owned(),
            Self::Closed => "closed".to_owned(),
        }
    }

    /// Returns the error as a sentence for readers.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound { what, id } => Message::new("error-not-found")
                .keyed("what", what)
                .text("id", id),
            Self::Invalid { reason, .. } | Self::Storage { reason, .. } => reason.clone(),
            Self::Offline {
                outage,
                sent,
                unsent,
            } => offline_message(outage, *sent, *unsent),
            Self::SignedOut => Message::new("error-signed-out"),
            Self::NeedsJoin => Message::new("error-needs-join"),
            Self::Busy => Message::new("error-busy"),
            Self::SyncRunning => Message::new("error-under-way"),
            Self::Unexpected { reason } => Message::new("error-unexpected").text("reason", reason),
            Self::Closed => Message::new("error-closed"),
        }
    }
}

/// Returns the sentence on an outage: its cause, and how far a run came before.
fn offline_message(outage: &Outage, sent: u64, unsent: u64) -> Message {
    // messages: error-offline error-offline-partly
    let words = match sent {
        0 => Message::new("error-offline"),
        _ => Message::new("error-offline-partly")
            .number("sent", count_i64(sent))
            .number("unsent", count_i64(unsent)),
    };
    words
        .keyed("why", outage.cause.key())
        .text("detail", &outage.detail)
}

/// Returns an error as a sentence for readers.
#[uniffi::export]
pub fn error_message(error: KeptError) -> Message {
    error.message()
}

impl From<StoreError> for KeptError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => {
                Self::storage(StorageProblem::Full, Message::new("error-disk-full"))
            }
            StoreError::ReadOnly(_) => Self::storage(
                StorageProblem::ReadOnly,
                Message::new("error-read-only-notebook"),
            ),
            StoreError::Newer { .. } => {
                Self::storage(StorageProblem::TooNew, Message::new("error-newer-database"))
            }
            StoreError::WrongKey => {
                Self::storage(StorageProblem::WrongKey, Message::new("error-wrong-key"))
            }
            StoreError::Disk(reason) => Self::storage(
                StorageProblem::Disk,
                Message::new("error-disk").text("reason", without_error_number(&reason)),
            ),
            StoreError::Damaged(reason) => Self::storage(
                StorageProblem::Damaged,
                Message::new("error-damaged").text("reason", reason),
            ),
            // A page that cannot be decrypted is told as one of many other things.
            StoreError::Sqlite(error) => Self::storage(
                StorageProblem::Database,
                Message::new("error-database").text("reason", error.to_string()),
            ),
            StoreError::Busy => Self::Busy,
            StoreError::NoDocument(doc) => Self::not_found("thing-entry", doc),
            StoreError::GroupTooLarge { .. }
            | StoreError::Document(DocumentError::TooLarge { .. }) => {
                Self::invalid("entry", Message::new("error-entry-too-large"))
            }
            StoreError::Document(DocumentError::Unbounded(_)) => {
                Self::invalid("entry", Message::new("error-too-much-at-once"))
            }
            StoreError::Document(DocumentError::TooManyOperations(_)) => {
                Self::invalid("entry", Message::new("error-rewritten-too-often"))
            }
            StoreError::Document(DocumentError::NoRoom { for_others, .. }) => {
                // messages: error-too-many-events error-too-many-events-of-one
                let (key, limit) = match for_others {
                    true => (
                        "error-too-many-events-of-one",
                        event_quota::MAX_EVENTS_PER_AUTHOR,
                    ),
                    false => ("error-too-many-events", event_quota::MAX_EVENTS),
                };
                let limit = count_i64(limit);
                Self::invalid("entry", Message::new(key).number("limit", limit))
            }
            other => Self::Unexpected {
                reason: other.to_string(),
            },
        }
    }
}

impl From<rusqlite::Error> for KeptError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<EngineError> for KeptError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(store) => store.into(),
            EngineError::Version { .. } => Self::invalid("server", Message::new("error-version")),
            EngineError::Changed => Self::Busy,
            EngineError::PendingReply(_) | EngineError::Echo => match error.outage() {
                Some(outage) => outage.into(),
                None => Self::Unexpected {
                    reason: error.to_string(),
                },
            },
            EngineError::Feed(_) => Self::Unexpected {
                reason: error.to_string(),
            },
        }
    }
}

impl From<Outage> for KeptError {
    fn from(outage: Outage) -> Self {
        match outage.cause {
            OutageCause::Setup => Self::invalid(
                "server",
                Message::new("error-server-setup").text("reason", outage.detail),
            ),
            _ => Self::Offline {
                outage,
                sent: 0,
                unsent: 0,
            },
        }
    }
}

impl From<TransportError> for KeptError {
    fn from(error: TransportError) -> Self {
        let (code, detail) = match error.outage() {
            Ok(outage) => return outage.into(),
            Err(TransportError::SignedOut) => return Self::SignedOut,
            Err(TransportError::Problem { code, detail }) => (code, detail),
            Err(other) => (String::new(), other.to_string()),
        };
        match code.as_str() {
            problem::INVITE_EXPIRED => {
                Self::invalid("invitation", Message::new("error-invite-expired"))
            }
            problem::INVITE_USED => Self::invalid("invitation", Message::new("error-invite-used")),
            problem::INVITE_WRONG => {
                Self::invalid("invitation", Message::new("error-invite-wrong"))
            }
            problem::VERSION => Self::invalid("server", Message::new("error-version")),
            _ => Self::Unexpected {
                reason: format!("{code} {detail}").trim().to_owned(),
            },
        }
    }
}

impl From<ProxyError> for KeptError {
    fn from(_: ProxyError) -> Self {
        Self::invalid("proxy", Message::new("error-proxy"))
    }
}

impl From<InvitationError> for KeptError {
    fn from(error: InvitationError) -> Self {
        let key = match error {
            InvitationError::NotALink => "error-invite-link",
            InvitationError::Newer => "error-invite-newer",
            InvitationError::Insecure => "error-insecure",
        };
        // messages: error-invite-link error-invite-newer error-insecure
        Self::invalid("invitation", Message::new(key))
    }
}

impl From<DueError> for KeptError {
    fn from(error: DueError) -> Self {
        let (field, words) = match error {
            DueError::Date(text) => ("date", Message::new("error-not-a-day").text("text", text)),
            DueError::Zone(text) => (
                "zone",
                Message::new("error-unknown-zone").text("text", text),
            ),
            DueError::Minute(minute) => (
                "time",
                Message::new("error-not-a-minute").number("minute", minute),
            ),
        };
        Self::invalid(field, words)
    }
}

impl From<CalendarError> for KeptError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Time(error) => error.into(),
            CalendarError::Week(_) => Self::invalid("week", Message::new("error-week")),
            CalendarError::Shift { from, to } => Self::invalid(
                "week",
                Message::new("error-shift")
                    .text("from", clock(from))
                    .text("to", clock(to)),
            ),
        }
    }
}

/// Returns a minute of the day as a clock shows it.
fn clock(of_day: u16) -> String {
    format!("{}:{:02}", of_day / 60, of_day % 60)
}

impl From<PhraseError> for KeptError {
    fn from(error: PhraseError) -> Self {
        Self::invalid("time", error.message())
    }
}

impl From<IdError> for KeptError {
    fn from(error: IdError) -> Self {
        Self::invalid(
            "id",
            Message::new("error-not-an-id").text("text", error.text),
        )
    }
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeptError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected {
            reason: error.reason,
        }
    }
}
