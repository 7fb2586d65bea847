//! `kept undo`: what one tap wrote is taken back.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::notebook::{ApiResult, UndoableWrite};

use crate::app::App;
use crate::output::Style;
use crate::parse;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept undo               take back what was written last on this device
  kept undo süß           take back what was written last about this customer
  kept undo --list        everything of the last 24 hours that can be taken back
  kept undo --list --json | jq -r '.[].group'

Customers, visits and observations go to the archive, promises are taken back, fields get back what stood there before. What somebody else wrote since stays. It may be sent already.")]
pub struct Args {
    /// A customer, visit, observation or promise: id, beginning of an id, or the name of a customer; or a group
    id: Option<String>,
    /// List what can be taken back, the newest first
    #[arg(long, conflicts_with = "id")]
    list: bool,
}

/// The most that is listed.
const MAX_LISTED: u32 = 20;

/// Takes back, or lists.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    if args.list {
        return list(app, &notebook);
    }
    let found = match args.id {
        None => notebook.undoable(1)?.pop(),
        Some(id) => match of_group(&notebook, &id)? {
            Some(found) => Some(found),
            None => notebook.undoable_of(parse::find_entry(&notebook, "thing-entry", id)?)?,
        },
    };
    let Some(found) = found else {
        if app.out.json {
            app.out.print_json(&None::<()>)?;
        } else {
            app.out.print_message(&Message::new("cli-undoable-none"));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let report = notebook.undo(found.group)?;
    if app.out.json {
        app.out.print_json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    view.out.print_line(view.text(&found.words));
    view.out
        .print_message(&match (report.group, report.docs.len()) {
            (None, _) => Message::new("cli-undone-nothing"),
            (Some(_), 0) => Message::new("cli-undone-before"),
            (Some(_), count) => {
                Message::new("cli-undone").number("count", i64::try_from(count).unwrap_or(i64::MAX))
            }
        });
    for field in &report.left {
        let left = Message::new("cli-undone-left").text("field", view.text(&field.label));
        view.out
            .print_message(&left.text("value", view.text(&field.value)));
    }
    Ok(ExitCode::SUCCESS)
}

/// The write of a group; none if the text is no group that can be taken back.
fn of_group(notebook: &Notebook, text: &str) -> ApiResult<Option<UndoableWrite>> {
    let Ok(group) = text.parse() else {
        return Ok(None);
    };
    let undoable = notebook.undoable(u32::MAX)?.into_iter();
    Ok(undoable.into_iter().find(|write| write.group == group))
}

fn list(app: &App, notebook: &Notebook) -> ApiResult<ExitCode> {
    let undoable = notebook.undoable(MAX_LISTED)?;
    if app.out.json {
        app.out.print_json(&undoable)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, notebook)?;
    if undoable.is_empty() {
        view.out.print_message(&Message::new("cli-undoable-none"));
    }
    for write in &undoable {
        let until = Message::new("cli-undoable-until").text("until", view.time_text(write.until));
        view.out.print_styled(&[
            (Style::Strong, view.text(&write.words)),
            (Style::Quiet, format!("  {}", view.text(&until))),
            (Style::Quiet, format!("  {}", write.group)),
        ]);
    }
    Ok(ExitCode::SUCCESS)
}
