//! `kept promise again`: a promise that does not count, written again by a person who may.

use std::process::ExitCode;

use kept_core::notebook::{AgainDraft, ApiResult};
use kept_core::words::Words;
use serde_json::json;

use crate::entering;
use crate::folder::Desk;
use crate::people::PerformerArgs;
use crate::show::View;

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
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let view = View::new(desk, &notebook)?;
    let id = entering::find(&notebook, "thing-promise", args.id)?;
    let due = match &args.due {
        Some(due) => Some(entering::due(&view, due)?),
        None => None,
    };
    let performer = match args.performer.is_given() {
        true => Some(args.performer.find(&notebook)?),
        false => None,
    };
    let draft = AgainDraft {
        due,
        words: args.words.or(args.due),
        performer,
    };
    let new = notebook.write_again(id, draft)?;
    if desk.out.json {
        desk.out.json(&json!({ "id": new, "predecessor": id }))?;
    } else {
        let said = view.text(&Words::new("cli-written-again"));
        view.out.line(format!("{said} {new}"));
        view.out
            .line(view.sentence(&notebook.promise(new)?.summary));
    }
    Ok(ExitCode::SUCCESS)
}
