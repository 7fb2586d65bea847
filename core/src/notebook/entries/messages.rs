//! The names of kinds of entries, and of numbers and addresses, under which lists and searches show them.

use crate::language::Message;
use crate::model::account::ContactPointKind;
use crate::notebook::entries::records::EntryKind;

/// Returns the name of a kind of entry, as it stands within a sentence.
#[uniffi::export]
pub fn entry_kind_message(kind: EntryKind) -> Message {
    Message::new(match kind {
        EntryKind::Account => "thing-account",
        EntryKind::Visit => "thing-visit",
        EntryKind::Usage => "thing-usage",
        EntryKind::Promise => "thing-promise",
        EntryKind::Person => "thing-person",
    })
}

/// Returns the name of a kind of numbers or addresses.
#[uniffi::export]
pub fn contact_point_message(kind: ContactPointKind) -> Message {
    // messages: field-phone field-email field-address field-web
    Message::new(format!("field-{}", kind.name()))
}
