//! `audit`: who did what.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use jiff::{Span, Timestamp, Zoned, civil, tz::TimeZone};
use kept_core::Environment;
use kept_core::language::Message;
use kept_core::model::time::Millis;
use kept_help::visible_word;

use super::args::CommonArgs;
use super::error::CommandError;
use crate::state::ServerState;

/// Print who did what: sign-ins, joins, changes of people and devices, decisions, secrets that did not fit.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server audit --data ./kept
  kept-server audit --since 7d
  kept-server audit --since 2026-03-01 --json     # a line of JSON for each

The lines are in the file audit.log of the server's folder, for its owner only. A program that rotates logs
may move it away; the server begins a new one.")]
pub(super) struct AuditArgs {
    #[command(flatten)]
    common: CommonArgs,
    /// From when on: a day such as 2026-03-01, an instant such as 2026-03-01T12:00:00Z, or how long ago: 7d, 12h.
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
}

impl AuditArgs {
    pub(super) fn run(
        self,
        environment: Arc<dyn Environment>,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let since = match &self.since {
            Some(text) => moment(text, environment.wall_ms()).ok_or_else(|| {
                CommandError::Usage(Message::new("usage-since").text("text", visible_word(text)))
            })?,
            None => 0,
        };
        let state = ServerState::open(&self.common.data, environment)?;
        for line in state.audit().lines(since)? {
            if self.common.json {
                writeln!(out, "{}", line.json())?;
            } else {
                writeln!(out, "{}", line.text())?;
            }
        }
        Ok(())
    }
}

/// A moment as it is typed, in milliseconds since the epoch; days begin in UTC, as lines are shown.
fn moment(text: &str, now: Millis) -> Option<Millis> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.as_millisecond());
    }
    if let Ok(day) = text.parse::<civil::Date>() {
        let begins = day.to_zoned(TimeZone::UTC).ok()?;
        return Some(begins.timestamp().as_millisecond());
    }
    let ago: Span = text.parse().ok()?;
    let now = Zoned::new(Timestamp::from_millisecond(now).ok()?, TimeZone::UTC);
    let at = now.checked_sub(ago.abs()).ok()?;
    Some(at.timestamp().as_millisecond())
}
