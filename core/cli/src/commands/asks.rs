//! `kept asks`: what you asked of others this month, and whether you gave thanks. Private to you.

use std::process::ExitCode;

use kept_core::language::{Message, format_span};
use kept_core::notebook::{ApiResult, AskLine};

use crate::app::App;
use crate::output::Style;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept asks                      how often did you ask for less than the usual lead, and thank?
  kept promise thank ID Sam      gives thanks")]
pub struct Args {}

/// Lists what was asked.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let report = app.open()?.my_asks()?;
    if app.out.json {
        app.out.print_json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    if report.asks.is_empty() {
        app.out.print_message(&Message::new("asks-none"));
        return Ok(ExitCode::SUCCESS);
    }
    app.out.print_message(&report.words);
    let head = [
        Message::new("asks-head-asked"),
        Message::new("asks-head-what"),
        Message::new("asks-head-lead"),
        Message::new("asks-head-usual"),
        Message::new("asks-head-thanked"),
        Message::new("field-id"),
    ];
    let rows = report.asks.into_iter().map(|ask| row(app, ask)).collect();
    app.out.print_table(&head, rows);
    Ok(ExitCode::SUCCESS)
}

fn row(app: &App, ask: AskLine) -> Vec<crate::output::StyledText> {
    let span = |minutes: i64| format_span(minutes.saturating_mul(60_000), app.out.lang);
    let rushed = if ask.rushed {
        Style::Waiting
    } else {
        Style::Plain
    };
    let thanks = match (ask.thanked, ask.rushed) {
        (true, _) => app.out.text(&Message::new("asks-thanked")),
        (false, true) => app.out.text(&Message::new("asks-thank-them")),
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
