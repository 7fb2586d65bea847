//! `kept conflicts` and `kept settle`: what people said without seeing each other, and choosing what holds.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, Conflict};
use kept_core::words::Words;
use serde_json::json;

use crate::folder::Desk;
use crate::output::Style;
use crate::show::View;

/// The arguments of `conflicts`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept conflicts
  kept conflicts süß
  kept conflicts --json | jq -r '.[].id'

Both values are kept until somebody chooses; nothing waits for it. `kept settle` chooses.")]
pub struct Args {
    /// Only those of this customer or promise: id, beginning of an id, or the name of a customer
    id: Option<String>,
}

/// The arguments of `settle`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept conflicts          shows what waits, each with a name and numbered choices
  kept settle 3fa91c07 2  takes the second choice

The name changes when anything in it does: nobody settles what they have not seen.")]
pub struct SettleArgs {
    /// The name of the conflict, as `kept conflicts` shows it
    conflict: String,
    /// The number of the choice
    choice: u32,
}

/// Lists.
pub fn list(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let conflicts = match args.id {
        Some(id) => notebook.conflicts_of(notebook.find(id)?)?,
        None => notebook.conflicts()?,
    };
    if desk.out.json {
        desk.out.json(&conflicts)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    if conflicts.is_empty() {
        view.out.line(view.text(&Words::new("cli-conflicts-none")));
    }
    for conflict in &conflicts {
        print(&view, conflict);
    }
    Ok(ExitCode::SUCCESS)
}

/// Settles.
pub fn settle(desk: &Desk, args: SettleArgs) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let known = notebook.conflicts()?;
    let id = notebook.settle(args.conflict.clone(), args.choice)?;
    if desk.out.json {
        desk.out.json(&json!({ "id": id }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let settled = known.iter().find(|known| known.id == args.conflict);
    let choice = settled.and_then(|settled| {
        let mut choices = settled.choices.iter();
        choices.find(|choice| choice.number == args.choice)
    });
    if let Some(choice) = choice {
        let what = desk.out.text(&choice.words);
        desk.out.say(&Words::new("cli-settled").text("what", what));
    }
    Ok(ExitCode::SUCCESS)
}

fn print(view: &View<'_>, conflict: &Conflict) {
    view.out.pieces(&[
        (Style::Strong, conflict.title.clone()),
        (Style::Waiting, format!("  {}", view.text(&conflict.about))),
        (Style::Quiet, format!("  {}", conflict.id)),
    ]);
    for side in &conflict.sides {
        view.out.pieces(&[
            (Style::Quiet, format!("    {}", view.when(side.by.at))),
            (Style::Plain, format!("  {}", view.who(&side.by))),
            (Style::Plain, format!(" {}", view.text(&side.words))),
        ]);
    }
    for choice in &conflict.choices {
        view.out.pieces(&[
            (Style::Quiet, format!("  {}. ", choice.number)),
            (Style::Plain, view.text(&choice.words)),
        ]);
    }
}
