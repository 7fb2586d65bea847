//! The names of kinds of entries, as messages.

use crate::language::Message;
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
