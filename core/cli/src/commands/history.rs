//! `kept history`: who changed what, when, of any entry; the entry as it was; whether its history is intact.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::model::time::Trust;
use kept_core::notebook::{ApiResult, PastEntry};
use kept_core::words::Words;

use crate::entering;
use crate::folder::Desk;
use crate::output::Style;
use crate::show::{View, one_line};

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

/// At which moment something is looked at.
#[derive(Debug, clap::Args)]
pub struct MomentArgs {
    /// As it was then, by the clocks of those who wrote it
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// Only what the server had by then
    #[arg(long, requires = "at")]
    known: bool,
}

/// Shows the history, the oldest first.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let id = entering::find(&notebook, "thing-entry", args.id.clone())?;
    if args.verify {
        return verify(desk, &notebook, id);
    }
    if let Some(code) = args.moment.show(desk, &notebook, id)? {
        return Ok(code);
    }
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
            (
                Style::Quiet,
                view.when_by(line.by.at, line.trust.unwrap_or(Trust::Good)),
            ),
            (Style::Strong, format!("  {}", view.who(&line.by))),
            (Style::Quiet, sent),
        ]);
        if let Some(reason) = &line.set_aside {
            let aside = Words::new("cli-history-set-aside").keyed("reason", &reason.key);
            view.out
                .pieces(&[(Style::Late, format!("    {}", view.text(&aside)))]);
        }
        for change in &line.lines {
            view.out.pieces(&[
                (Style::Quiet, format!("    {}: ", view.text(&change.label))),
                (Style::Plain, one_line(&view.text(&change.value))),
            ]);
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl MomentArgs {
    /// Shows a document as it was, if a moment was given.
    pub fn show(&self, desk: &Desk, notebook: &Notebook, id: DocId) -> ApiResult<Option<ExitCode>> {
        let Some(at) = &self.at else {
            return Ok(None);
        };
        let view = View::new(desk, notebook)?;
        let past = notebook.history_at(id, entering::moment(&view, at)?, self.known)?;
        if desk.out.json {
            desk.out.json(&past)?;
        } else {
            print(&view, &past);
        }
        Ok(Some(ExitCode::SUCCESS))
    }
}

fn verify(desk: &Desk, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    let check = notebook.verify_history(id)?;
    if desk.out.json {
        desk.out.json(&check)?;
    } else if check.problems.is_empty() {
        desk.out.say(
            &Words::new("history-intact")
                .number("count", check.changes)
                .number("receipts", check.receipts)
                .number("unsent", check.unsent),
        );
    }
    for problem in check.problems.iter().filter(|_| !desk.out.json) {
        desk.out.say(problem);
    }
    Ok(match check.problems.as_slice() {
        [] => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn print(view: &View<'_>, past: &PastEntry) {
    let was = match past.known {
        true => Words::new("past-known"),
        false => Words::new("past-was"),
    };
    let was = was.instant("when", past.at, &view.zone);
    view.out.pieces(&[(Style::Quiet, view.out.text(&was))]);
    if let Some(promise) = &past.promise {
        super::promise::print_terms(view, promise);
    }
    let rows = past.lines.iter().map(|line| {
        vec![
            (Style::Quiet, view.text(&line.label)),
            (Style::Plain, one_line(&view.text(&line.value))),
            (Style::Strong, view.who(&line.by)),
            (Style::Quiet, line.device.clone()),
            (
                Style::Quiet,
                view.when_by(line.written_at, line.trust.unwrap_or(Trust::Good)),
            ),
        ]
    });
    view.out.table(&[], rows.collect());
    let later = match past.later {
        0 => Words::new("past-nothing-later"),
        later => Words::new("past-later").number("count", later),
    };
    view.out.pieces(&[(Style::Quiet, view.text(&later))]);
}
