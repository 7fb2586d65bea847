//! The stories: what people live through with Kept, told with real notebooks and a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a story that cannot go on has failed"
)]

mod basement;
mod lost_acknowledgement;
mod two_people;
