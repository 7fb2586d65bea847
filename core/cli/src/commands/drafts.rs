//! `kept drafts`: what a screen saved while it was being entered; one is logged or dropped.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::GroupId;
use kept_core::notebook::{ApiResult, KeptError};
use serde_json::json;

use crate::app::App;
use crate::output::Style;
use crate::view::{View, excerpt};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept drafts
  kept drafts --log 0199a1b2
  kept drafts --json | jq -r '.[].id'

Drafts are on this device alone and never sent. A draft that is logged is forgotten; one that is refused stays as it was.")]
pub struct Args {
    /// Log this draft: its id, or the beginning of it
    #[arg(long, value_name = "ID", conflicts_with = "drop")]
    log: Option<String>,
    /// Forget this draft: its id, or the beginning of it
    #[arg(long, value_name = "ID")]
    drop: Option<String>,
}

/// Lists, logs or drops.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    match (args.log, args.drop) {
        (Some(id), _) => {
            let logged = notebook.log_draft(find(&notebook, &id)?)?;
            if app.out.json {
                app.out.print_json(&logged)?;
            } else {
                app.out.print_message(&match logged.again {
                    true => Message::new("cli-draft-logged-before"),
                    false => Message::new("cli-draft-logged"),
                });
            }
        }
        (None, Some(id)) => {
            let id = find(&notebook, &id)?;
            notebook.drop_draft(id)?;
            if app.out.json {
                app.out.print_json(&json!({ "id": id }))?;
            } else {
                app.out.print_message(&Message::new("cli-draft-dropped"));
            }
        }
        (None, None) => list(app, &notebook)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The draft of an id or of its beginning; an id in full may be that of one that was logged.
fn find(notebook: &Notebook, text: &str) -> ApiResult<GroupId> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let text = text.to_lowercase();
    let mut known = notebook.drafts()?.into_iter().map(|draft| draft.id);
    let found = known.find(|id| id.to_string().starts_with(&text));
    found.ok_or_else(|| KeptError::not_found("thing-draft", text))
}

fn list(app: &App, notebook: &Notebook) -> ApiResult<()> {
    let drafts = notebook.drafts()?;
    if app.out.json {
        return app.out.print_json(&drafts);
    }
    let view = View::new(app, notebook)?;
    if drafts.is_empty() {
        view.out.print_message(&Message::new("cli-drafts-none"));
    }
    for known in &drafts {
        view.out.print_styled(&[
            (Style::Strong, view.text(&known.title)),
            (Style::Plain, format!("  {}", excerpt(&known.text))),
            (
                Style::Quiet,
                format!("  {}", view.time_text(known.saved_at)),
            ),
            (Style::Quiet, format!("  {}", known.id)),
        ]);
    }
    Ok(())
}
