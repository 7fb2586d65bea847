//! Changes that are here and not shown, with the reason.

use rusqlite::Connection;
use serde::Serialize;

use crate::document::set_aside::AsideReason;
use crate::language::Message;
use crate::model::ids::DocId;
use crate::store::{StoreError, set_aside};

/// A change that is here and not shown, because it breaks a bound or builds on one that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SetAsideChange {
    /// The id of its document.
    pub id: DocId,
    /// The change's hash, in hexadecimal digits.
    pub change: String,
    /// The reason, for readers.
    pub reason: Message,
    /// The reason in detail, for diagnosis.
    pub detail: String,
}

/// Returns the changes that are set aside, each with the reason.
pub(in crate::notebook) fn changes_aside(
    connection: &Connection,
) -> Result<Vec<SetAsideChange>, StoreError> {
    let aside = set_aside::all(connection)?.into_iter();
    let aside = aside.map(|(id, change)| SetAsideChange {
        id,
        change: change.hash.to_string(),
        reason: set_aside_message(change.reason),
        detail: change.detail,
    });
    Ok(aside.collect())
}

/// Returns the reason for which a change is set aside, as a sentence.
pub(in crate::notebook) fn set_aside_message(reason: AsideReason) -> Message {
    // messages: aside-unbounded aside-malformed aside-numbers aside-document aside-depends-on
    Message::new(match reason {
        AsideReason::Unbounded => "aside-unbounded",
        AsideReason::Malformed => "aside-malformed",
        AsideReason::Numbers => "aside-numbers",
        AsideReason::Document => "aside-document",
        AsideReason::DependsOn => "aside-depends-on",
    })
}
