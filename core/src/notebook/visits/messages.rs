//! The messages on visits: the names of channels and outcome marks.

use crate::language::{Message, has_key};
use crate::model::visit::Channel;

/// Returns the name of a channel.
#[uniffi::export]
pub fn channel_message(channel: Channel) -> Message {
    // messages: channel-on-site channel-call channel-video channel-message channel-event
    Message::new(format!("channel-{}", channel.name()))
}

/// Returns the name of an outcome mark: in the reader's language where it is one of the standard ones, else as it was
/// typed.
#[uniffi::export]
pub fn visit_mark_message(mark: &str) -> Message {
    // messages: visit-mark-fixed visit-mark-follow-up visit-mark-good visit-mark-so-so visit-mark-bad
    let key = format!("visit-mark-{mark}");
    if has_key(&key) {
        return Message::new(key);
    }
    Message::new("kind-named").text("name", mark)
}
