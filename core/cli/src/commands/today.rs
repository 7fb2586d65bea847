//! `kept today`: what is late, what is due, what others ask of me.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, PromiseSummary, Today};
use kept_core::words::Words;

use crate::folder::Desk;
use crate::show::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept today
  kept today --json | jq '.late | length'")]
pub struct Args {}

/// Shows the day.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let today = notebook.today()?;
    if desk.out.json {
        desk.out.json(&today)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    for (heading, promises) in sections(&today) {
        if !promises.is_empty() {
            view.out.heading(&heading);
            view.promises(promises);
        }
    }
    if sections(&today)
        .iter()
        .all(|(_, promises)| promises.is_empty())
    {
        view.out.say(&Words::new("cli-today-nothing"));
    }
    Ok(ExitCode::SUCCESS)
}

fn sections(today: &Today) -> [(Words, &[PromiseSummary]); 5] {
    [
        (Words::new("cli-today-not-counted"), &today.not_counted),
        (Words::new("cli-today-late"), &today.late),
        (Words::new("cli-today-due"), &today.due_today),
        (Words::new("cli-today-asked"), &today.asked_of_me),
        (Words::new("cli-today-later"), &today.later),
    ]
}
