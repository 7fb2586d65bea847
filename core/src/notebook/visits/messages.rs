//! The messages on visits: the place, the names of channels and outcome marks.

use crate::language::{Message, has_key};
use crate::model::visit::{Channel, VisitPlace};

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

/// Returns the place of a visit with its accuracy and age, or the reason why it is not known.
#[uniffi::export]
pub fn place_message(place: VisitPlace) -> Message {
    match place {
        VisitPlace::NotAllowed => Message::new("place-not-allowed"),
        VisitPlace::NoFix { tried_ms } => {
            Message::new("place-no-fix").number("seconds", tried_ms.div_ceil(1_000))
        }
        VisitPlace::Fix {
            latitude_micro,
            longitude_micro,
            accuracy_m,
            age_ms,
        } => {
            let degrees = |micro: i32| {
                let sign = if micro < 0 { "-" } else { "" };
                let micro = micro.unsigned_abs();
                format!("{sign}{}.{:06}", micro / 1_000_000, micro % 1_000_000)
            };
            let [latitude, longitude] = [latitude_micro, longitude_micro].map(degrees);
            Message::new("place-fix")
                .text("where", format!("{latitude}, {longitude}"))
                .number("accuracy", accuracy_m)
                .number("age", i64::try_from(age_ms).unwrap_or(i64::MAX))
        }
    }
}
