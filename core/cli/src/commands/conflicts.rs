//! `kept conflicts` and `kept settle`: what people said without seeing each other, and choosing what holds.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, Conflict};
use serde_json::json;

use crate::app::App;
use crate::output::Style;
use crate::view::View;

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
pub fn list(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let conflicts = match args.id {
        Some(id) => notebook.conflicts_of(notebook.find_document(id)?)?,
        None => notebook.conflicts()?,
    };
    if app.out.json {
        app.out.print_json(&conflicts)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    if conflicts.is_empty() {
        view.out
            .print_line(view.text(&Message::new("conflicts-none")));
    }
    for conflict in &conflicts {
        print(&view, conflict);
    }
    Ok(ExitCode::SUCCESS)
}

/// Settles.
pub fn settle(app: &App, args: SettleArgs) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let known = notebook.conflicts()?;
    let id = notebook.settle_conflict(args.conflict.clone(), args.choice)?;
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let settled = known.iter().find(|known| known.id == args.conflict);
    let choice = settled.and_then(|settled| {
        let mut choices = settled.choices.iter();
        choices.find(|choice| choice.number == args.choice)
    });
    if let Some(choice) = choice {
        let what = app.out.text(&choice.words);
        app.out
            .print_message(&Message::new("cli-settled").text("what", what));
    }
    Ok(ExitCode::SUCCESS)
}

fn print(view: &View<'_>, conflict: &Conflict) {
    view.out.print_styled(&[
        (Style::Strong, conflict.title.clone()),
        (Style::Waiting, format!("  {}", view.text(&conflict.about))),
        (Style::Quiet, format!("  {}", conflict.id)),
    ]);
    for side in &conflict.sides {
        view.out.print_styled(&[
            (Style::Quiet, format!("    {}", view.time_text(side.by.at))),
            (Style::Plain, format!("  {}", view.author_name(&side.by))),
            (Style::Plain, format!(" {}", view.text(&side.words))),
        ]);
    }
    for choice in &conflict.choices {
        view.out.print_styled(&[
            (Style::Quiet, format!("  {}. ", choice.number)),
            (Style::Plain, view.text(&choice.words)),
        ]);
    }
}
