//! The output of commands: instants, and values as lines of JSON.

use std::io::Write;

use kept_core::model::time::Millis;

use super::error::CommandError;

/// An instant as a log shows it, in UTC.
pub(super) fn utc_text(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(
        |_| at.to_string(),
        |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// Prints one value as a line of JSON.
pub(super) fn print_json(
    out: &mut dyn Write,
    value: &serde_json::Value,
) -> Result<(), CommandError> {
    Ok(writeln!(out, "{value}")?)
}
