//! `kept asks`: what you asked of others this month, and whether you gave thanks. Private to you.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, AskLine};
use kept_core::words::{Words, say_span};

use crate::folder::Desk;
use crate::output::Style;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept asks                      how often did you ask for less than the usual lead, and thank?
  kept promise thank ID Sam      gives thanks")]
pub struct Args {}

/// Lists what was asked.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let report = desk.open()?.asks()?;
    if desk.out.json {
        desk.out.json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    if report.asks.is_empty() {
        desk.out.say(&Words::new("asks-none"));
        return Ok(ExitCode::SUCCESS);
    }
    desk.out.say(&report.words);
    let head = [
        Words::new("asks-head-asked"),
        Words::new("asks-head-what"),
        Words::new("asks-head-lead"),
        Words::new("asks-head-usual"),
        Words::new("asks-head-thanked"),
        Words::new("cli-head-id"),
    ];
    let rows = report.asks.into_iter().map(|ask| row(desk, ask)).collect();
    desk.out.table(&head, rows);
    Ok(ExitCode::SUCCESS)
}

fn row(desk: &Desk, ask: AskLine) -> Vec<crate::output::Piece> {
    let span = |minutes: i64| say_span(minutes.saturating_mul(60_000), desk.out.lang);
    let rushed = if ask.rushed {
        Style::Waiting
    } else {
        Style::Plain
    };
    let thanks = match (ask.thanked, ask.rushed) {
        (true, _) => desk.out.text(&Words::new("asks-thanked")),
        (false, true) => desk.out.text(&Words::new("asks-thank-them")),
        (false, false) => String::new(),
    };
    vec![
        (Style::Strong, ask.name),
        (Style::Plain, ask.deliverable),
        (rushed, span(ask.lead_minutes)),
        (Style::Quiet, span(ask.usual_minutes)),
        (Style::Plain, thanks),
        (Style::Quiet, ask.promise.to_string()),
    ]
}
