//! Sentences that several commands say.

use kept_core::language::Message;
use kept_core::notebook::SetAsideChange;

/// The sentence about a change that is set aside.
pub fn set_aside_message(change: &SetAsideChange) -> Message {
    Message::new("cli-set-aside")
        .text("id", change.id.to_string())
        .text("change", change.change.chars().take(12).collect::<String>())
        .keyed("reason", &change.reason.key)
}
