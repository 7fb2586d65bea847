//! `kept history`: who changed what, when, of any entry.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, FieldChange};
use kept_core::words::Words;

use crate::folder::Desk;
use crate::output::Style;
use crate::show::{View, one_line};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept history süß
  kept history 0199a1b2-c3d4 --json | jq -r '.[].by.name'")]
pub struct Args {
    /// A customer, visit, observation or promise: id, beginning of an id, or the name of a customer
    id: String,
}

/// Shows the history, the oldest first.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let id = notebook.find(args.id.clone())?;
    let lines = notebook.history(id)?;
    if desk.out.json {
        desk.out.json(&lines)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    for line in lines {
        let sent = match line.received_at {
            Some(_) => String::new(),
            None => format!("  {}", view.text(&Words::new("cli-unsent"))),
        };
        view.out.pieces(&[
            (Style::Quiet, view.when(line.by.at)),
            (Style::Strong, format!("  {}", view.who(&line.by))),
            (Style::Quiet, sent),
        ]);
        for change in line.changes {
            view.out.pieces(&[
                (Style::Quiet, format!("    {}: ", change.field)),
                (Style::Plain, value(&view, &change)),
            ]);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn value(view: &View<'_>, change: &FieldChange) -> String {
    if change.value.is_empty() {
        view.text(&Words::new("cli-removed"))
    } else {
        one_line(&change.value)
    }
}
