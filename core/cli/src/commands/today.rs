//! `kept today`: what is late, what is due, what others ask of me.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, MyAgenda, PromiseSummary};

use crate::app::App;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept today
  kept today --json | jq '.late | length'")]
pub struct Args {}

/// Shows the day.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let today = notebook.my_agenda()?;
    if app.out.json {
        app.out.print_json(&today)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    for (heading, promises) in sections(&today) {
        if !promises.is_empty() {
            view.out.print_heading(&heading);
            view.print_promises(promises);
        }
    }
    if sections(&today)
        .iter()
        .all(|(_, promises)| promises.is_empty())
    {
        view.out.print_message(&Message::new("cli-today-nothing"));
    }
    Ok(ExitCode::SUCCESS)
}

fn sections(today: &MyAgenda) -> [(Message, &[PromiseSummary]); 5] {
    [
        (Message::new("cli-today-not-counted"), &today.not_counted),
        (Message::new("cli-today-late"), &today.late),
        (Message::new("cli-today-due"), &today.due_today),
        (Message::new("cli-today-asked"), &today.asked_of_me),
        (Message::new("cli-today-later"), &today.later),
    ]
}
