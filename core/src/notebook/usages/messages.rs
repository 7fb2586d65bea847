//! The messages on observations: the names of their kinds.

use crate::language::Message;
use crate::model::visit::UsageKind;

/// Returns the name of a kind of observation.
pub fn usage_kind_message(kind: UsageKind) -> Message {
    Message::new(match kind {
        UsageKind::Use => "usage-use",
        UsageKind::Need => "usage-need",
    })
}
