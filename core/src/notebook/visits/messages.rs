//! The messages on visits: the names of channels.

use crate::language::Message;
use crate::model::visit::Channel;

/// Returns the name of a channel.
pub fn channel_message(channel: Channel) -> Message {
    // messages: channel-on-site channel-call channel-video channel-message channel-event
    Message::new(format!("channel-{}", channel.name()))
}
