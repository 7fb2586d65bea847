//! `kept report`: how the company's own dates do. Of kinds, never of people.

use std::process::ExitCode;

use kept_core::notebook::ApiResult;
use kept_core::words::Words;

use crate::folder::Desk;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept report                    were dates kept as often as they said? padding? slowing down?
  kept report --json | jq .calibrations")]
pub struct Args {}

/// Shows the report.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let report = desk.open()?.report()?;
    if desk.out.json {
        desk.out.json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    if report.kinds.is_empty() {
        desk.out.say(&Words::new("report-nothing"));
        return Ok(ExitCode::SUCCESS);
    }
    for line in &report.calibrations {
        desk.out.say(&line.words);
    }
    if report.calibrations.is_empty() {
        desk.out.say(&Words::new("report-no-dates"));
    }
    for kind in &report.kinds {
        desk.out.line("");
        for words in &kind.sentences {
            desk.out.say(words);
        }
    }
    Ok(ExitCode::SUCCESS)
}
