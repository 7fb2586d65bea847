//! The errors for values that cannot be taken: unknown, not present, or written otherwise.

use kept_core::language::Message;
use kept_core::notebook::{KeptError, with_field};

/// A value that is none of those that may be given.
pub fn unknown_value_message(field: &str, text: &str, known: &str) -> Message {
    with_field(Message::new("cli-not-one-of"), field)
        .text("text", text)
        .text("known", known)
}

/// The error for something to remove that is not there, with what is.
pub fn not_present_error(field: &str, text: &str, known: &[impl AsRef<str>]) -> KeptError {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let message = match known.as_slice() {
        [] => Message::new("cli-none-here").text("text", text),
        known => Message::new("cli-not-here")
            .text("text", text)
            .text("known", known.join(", ")),
    };
    KeptError::invalid(field, message)
}

/// The error for a value that is written otherwise, with an example.
pub fn syntax_error(field: &str, text: &str, example: &str) -> KeptError {
    let message = Message::new("cli-not-understood")
        .text("text", text)
        .text("example", example);
    KeptError::invalid(field, message)
}
