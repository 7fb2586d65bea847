//! `kept promise show`: a promise with everything that happened to it.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{ApiResult, Promise};

use crate::app::App;
use crate::commands::past::MomentArgs;
use crate::display::promises::{event_row, print_actions, print_next, print_terms, print_why};
use crate::output::Style;
use crate::parse;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise show 0199a1b2-c3d4
  kept promise show 0199a1b2-c3d4 --why
  kept promise show 0199a1b2-c3d4 --at \"3 June 12:00\"   what exactly did we promise then?")]
pub struct Args {
    /// The promise: id or beginning of an id
    id: String,
    #[command(flatten)]
    moment: MomentArgs,
    /// Explain the state: what each event did, and which rules matched
    #[arg(long, conflicts_with = "at")]
    why: bool,
}

/// Shows it.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = parse::find_entry(&notebook, "thing-promise", args.id)?;
    if let Some(code) = args.moment.show(app, &notebook, id)? {
        return Ok(code);
    }
    if args.why {
        let why = notebook.explain_promise(id)?;
        if app.out.json {
            app.out.print_json(&why)?;
        } else {
            print_why(&View::new(app, &notebook)?, &why);
        }
        return Ok(ExitCode::SUCCESS);
    }
    show_whole(app, &notebook, id)
}

/// Shows a promise with everything that happened to it.
pub fn show_whole(app: &App, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    let promise = notebook.promise(id)?;
    if app.out.json {
        app.out.print_json(&promise)?;
    } else {
        print(&View::new(app, notebook)?, &promise);
    }
    Ok(ExitCode::SUCCESS)
}

/// A promise in full; its events are numbered, for `retract`.
fn print(view: &View<'_>, promise: &Promise) {
    print_terms(view, promise);
    print_next(view, promise);
    print_actions(view, promise);
    view.out.print_heading(&Message::new("field-event"));
    let rows = promise.events.iter().enumerate().map(|(n, event)| {
        let mut row = event_row(view, n, event);
        let mut beside: Vec<String> = event
            .remarks
            .iter()
            .map(|message| view.text(message))
            .collect();
        if event.received_at.is_none() {
            beside.push(view.text(&Message::new("cli-unsent")));
        }
        row.push((Style::Quiet, beside.join("; ")));
        row
    });
    view.out.print_table(&[], rows.collect());
}
