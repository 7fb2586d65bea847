//! `kept promise again`: a promise that does not count, written again by a person who may.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, RewriteDraft};
use serde_json::json;

use crate::app::App;
use crate::parse::{self, PerformerArgs};
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise again 0199a1b2-c3d4
  kept promise again 0199a1b2-c3d4 --due \"Fri 12:00\"       its date has passed
  kept promise again 0199a1b2-c3d4 --performer Sam         whoever was to deliver has left

A promise does not count if whoever made it was not allowed to, for example while they counted as gone.
It stays, and this makes a new one with the same content. You answer for it to the customer.")]
pub struct Args {
    /// The promise: id or beginning of an id
    id: String,
    /// By when [default: as it was]
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
    /// The date in the words that were spoken [default: what stands behind --due]
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    #[command(flatten)]
    performer: PerformerArgs,
}

/// Writes it.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let id = parse::find_entry(&notebook, "thing-promise", args.id)?;
    let due = match &args.due {
        Some(due) => Some(parse::due(&view, due)?),
        None => None,
    };
    let performer = match args.performer.is_given() {
        true => Some(args.performer.find(&notebook)?),
        false => None,
    };
    let draft = RewriteDraft {
        due,
        words: args.words.or(args.due),
        performer,
    };
    let new = notebook.rewrite_promise(id, draft)?;
    if app.out.json {
        app.out
            .print_json(&json!({ "id": new, "predecessor": id }))?;
    } else {
        let label = Message::new("cli-written-again");
        view.out.print_labelled_id(&label, new);
        view.out
            .print_line(view.promise_sentence(&notebook.promise(new)?.summary));
    }
    Ok(ExitCode::SUCCESS)
}
