//! `kept history`: who changed what, when, of any entry; the entry as it was; whether its history is intact.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::ApiResult;

use super::past::MomentArgs;
use crate::app::{App, exit_code};
use crate::output::Style;
use crate::parse;
use crate::view::{View, excerpt};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept history süß
  kept history süß --at \"3 June 12:00\"          as it was: each field, by whom, on which device
  kept history süß --at yesterday --known       what the server had by then
  kept history süß --verify                     compute every hash anew
  kept history 0199a1b2-c3d4 --json | jq -r '.[].by.name'")]
pub struct Args {
    /// A customer, visit, observation or promise: id, beginning of an id, or the name of a customer
    id: String,
    #[command(flatten)]
    moment: MomentArgs,
    /// Check that nothing of the history is missing or altered
    #[arg(long, conflicts_with_all = ["at", "known"])]
    verify: bool,
}

/// Shows the history, the oldest first.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = parse::find_entry(&notebook, "thing-entry", args.id.clone())?;
    if args.verify {
        return verify(app, &notebook, id);
    }
    if let Some(code) = args.moment.show(app, &notebook, id)? {
        return Ok(code);
    }
    let lines = notebook.history(id)?;
    if app.out.json {
        app.out.print_json(&lines)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    for line in lines {
        let sent = match line.received_at {
            Some(_) => String::new(),
            None => format!("  {}", view.text(&Message::new("cli-unsent"))),
        };
        view.out.print_styled(&[
            (
                Style::Quiet,
                view.author_time_text(line.by.at, line.trust.unwrap_or(Trust::Good)),
            ),
            (Style::Strong, format!("  {}", view.author_name(&line.by))),
            (Style::Quiet, sent),
        ]);
        if let Some(reason) = &line.set_aside {
            let aside = Message::new("cli-history-set-aside").keyed("reason", &reason.key);
            view.out
                .print_styled(&[(Style::Late, format!("    {}", view.text(&aside)))]);
        }
        for change in &line.lines {
            view.out.print_styled(&[
                (Style::Quiet, format!("    {}: ", view.text(&change.label))),
                (Style::Plain, excerpt(&view.text(&change.value))),
            ]);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(app: &App, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    let check = notebook.verify_history(id)?;
    if app.out.json {
        app.out.print_json(&check)?;
    }
    for message in check.messages().iter().filter(|_| !app.out.json) {
        app.out.print_message(message);
    }
    Ok(exit_code(check.problems.is_empty()))
}
