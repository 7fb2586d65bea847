//! `kept mine`: everything that I hold, and what rings next.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, MyPromiseCounts, OpenPromiseSummary};

use crate::app::App;
use crate::display::reminders::print_reminders;
use crate::output::{Style, StyledText};
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept mine
  kept mine --json | jq .counts")]
pub struct Args {}

/// Shows it.
pub fn run(app: &App, _args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let overview = notebook.my_overview()?;
    if app.out.json {
        app.out.print_json(&overview)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    if !overview.not_counted.is_empty() {
        view.out
            .print_heading(&Message::new("cli-today-not-counted"));
        view.print_promises(&overview.not_counted);
    }
    if overview.counts.open == 0 {
        view.out.print_message(&Message::new("cli-mine-nothing"));
    } else {
        view.out
            .print_line(view.text(&counts_message(&overview.counts)));
        view.print_promises(&overview.next);
        let more = overview
            .more
            .iter()
            .map(|promise| promise_row(&view, promise));
        view.out.print_table(&[], more.collect());
    }
    if !overview.reminders.is_empty() {
        view.out.print_heading(&Message::new("cli-mine-rings"));
        print_reminders(&view, &overview.reminders);
    }
    Ok(ExitCode::SUCCESS)
}

fn counts_message(counts: &MyPromiseCounts) -> Message {
    Message::new("cli-mine-counts")
        .number("open", counts.open)
        .number("overdue", counts.late)
        .number("today", counts.due_today)
        .number("asked", counts.asked_of_me)
        .number("performing", counts.performing)
        .number("promised", counts.promised)
        .number("untold", counts.untold)
}

fn promise_row(view: &View<'_>, promise: &OpenPromiseSummary) -> Vec<StyledText> {
    let due = Message::new("cli-mine-due").due("due", &promise.due);
    let late = promise.late_words.as_ref();
    vec![
        (Style::Plain, view.text(&due)),
        (
            Style::Late,
            late.map(|message| view.text(message)).unwrap_or_default(),
        ),
        (Style::Plain, promise.deliverable.clone()),
        (Style::Quiet, promise.account_name.clone()),
        view.id_cell(promise.id),
    ]
}
