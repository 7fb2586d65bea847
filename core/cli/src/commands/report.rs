//! `kept report`: how the company's own dates do. Of kinds, never of people.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::ApiResult;

use crate::app::App;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept report                    were dates kept as often as they said? padding? slowing down?
  kept report --json | jq .calibrations")]
pub struct Args {}

/// Shows the report.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let report = app.open()?.company_report()?;
    if app.out.json {
        app.out.print_json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    if report.kinds.is_empty() {
        app.out.print_message(&Message::new("report-nothing"));
        return Ok(ExitCode::SUCCESS);
    }
    for line in &report.calibrations {
        app.out.print_message(&line.words);
    }
    if report.calibrations.is_empty() {
        app.out.print_message(&Message::new("report-no-dates"));
    }
    for kind in &report.kinds {
        app.out.print_line("");
        for message in &kind.sentences {
            app.out.print_message(message);
        }
    }
    Ok(ExitCode::SUCCESS)
}
