//! `kept mine`: everything that I hold, and what rings next.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, HeldPromise, HomeCounts};
use kept_core::words::Words;

use super::reminders::table;
use crate::folder::Desk;
use crate::output::{Piece, Style};
use crate::show::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept mine
  kept mine --json | jq .counts")]
pub struct Args {}

/// Shows it.
pub fn run(desk: &Desk, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let home = notebook.home()?;
    if desk.out.json {
        desk.out.json(&home)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    if !home.not_counted.is_empty() {
        view.out.heading(&Words::new("cli-today-not-counted"));
        view.promises(&home.not_counted);
    }
    if home.counts.open == 0 {
        view.out.say(&Words::new("cli-mine-nothing"));
    } else {
        view.out.line(view.text(&summary(&home.counts)));
        view.promises(&home.next);
        let more = home.more.iter().map(|promise| short(&view, promise));
        view.out.table(&[], more.collect());
    }
    if !home.reminders.is_empty() {
        view.out.heading(&Words::new("cli-mine-rings"));
        table(&view, &home.reminders);
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(counts: &HomeCounts) -> Words {
    Words::new("cli-mine-counts")
        .number("open", counts.open)
        .number("overdue", counts.late)
        .number("today", counts.due_today)
        .number("asked", counts.asked_of_me)
        .number("performing", counts.performing)
        .number("promised", counts.promised)
        .number("untold", counts.untold)
}

fn short(view: &View<'_>, promise: &HeldPromise) -> Vec<Piece> {
    let due = Words::new("cli-mine-due").due("due", &promise.due);
    let late = promise.late_words.as_ref();
    vec![
        (Style::Plain, view.text(&due)),
        (
            Style::Late,
            late.map(|words| view.text(words)).unwrap_or_default(),
        ),
        (Style::Plain, promise.deliverable.clone()),
        (Style::Quiet, promise.account_name.clone()),
        view.id(promise.id),
    ]
}
