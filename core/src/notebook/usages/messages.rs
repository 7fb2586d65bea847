//! The messages on observations: the names of their kinds, and how much something bothers.

use crate::language::Message;
use crate::model::visit::UsageKind;

/// Returns the name of a kind of observation.
#[uniffi::export]
pub fn usage_kind_message(kind: UsageKind) -> Message {
    Message::new(match kind {
        UsageKind::Use => "usage-use",
        UsageKind::Need => "usage-need",
    })
}

/// Returns how much something bothers the customer, of 0 (not at all) to 3 (badly), in words; a greater number is said
/// as 3.
#[uniffi::export]
pub fn pain_message(pain: u8) -> Message {
    Message::new(match pain {
        0 => "pain-none",
        1 => "pain-little",
        2 => "pain-much",
        _ => "pain-badly",
    })
}
