//! `kept doctor`: checks the notebook, makes what is shown anew from its changes, or begins anew where it is beyond use.

use std::process::ExitCode;
use std::sync::Arc;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, VerificationReport, retire_notebook};
use serde_json::json;

use crate::app::{App, exit_code};
use crate::confirm::AnywayArgs;
use crate::display::messages::set_aside_message;
use crate::keyring::FolderSecrets;
use crate::progress::Progress;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept doctor                check; the exit code is 0 if nothing is wrong
  kept doctor --rebuild      make all rows anew from the changes, then check
  kept doctor --begin-anew   begin a new notebook; the old one stays beside it")]
pub struct Args {
    /// Make every row anew from the changes first; loses nothing
    #[arg(long)]
    rebuild: bool,

    /// Begin a new notebook where this one cannot be opened or is damaged; the old one stays in a folder beside it
    #[arg(long, conflicts_with = "rebuild")]
    begin_anew: bool,

    #[command(flatten)]
    anyway: AnywayArgs,
}

/// Retires the notebook, once that is confirmed.
fn begin_anew(app: &App, args: &Args) -> ApiResult<ExitCode> {
    args.anyway
        .confirm(&app.out, &Message::new("cli-begin-anew"))?;
    let folder = app.folder.display().to_string();
    let retired = retire_notebook(folder, Arc::new(FolderSecrets::new(&app.folder)))?;
    if app.out.json {
        app.out.print_json(&retired)?;
    } else {
        let message = Message::new("cli-begun-anew")
            .text("path", &retired.folder)
            .number("bytes", retired.bytes.cast_signed());
        app.out.print_message(&message);
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks, after rebuilding if that is asked for.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    if args.begin_anew {
        return begin_anew(app, args);
    }
    let notebook = app.open()?;
    let mut rebuilt = None;
    if args.rebuild {
        let label = app.out.text(&Message::new("cli-rebuilding"));
        let mut progress = Progress::new(&app.out, label);
        rebuilt = Some(notebook.rebuild_with(&mut |done, total| progress.update(done, total))?);
    }
    let checkup = {
        let _progress = Progress::new(&app.out, app.out.text(&Message::new("cli-checking")));
        notebook.verify()?
    };
    if app.out.json {
        let json_value =
            json!({ "healthy": checkup.is_healthy(), "rebuilt": rebuilt, "checkup": checkup });
        app.out.print_json(&json_value)?;
    } else {
        if let Some(documents) = rebuilt {
            let message = Message::new("cli-rebuilt").number("count", documents.cast_signed());
            app.out.print_message(&message);
        }
        print(app, &checkup);
    }
    Ok(exit_code(checkup.is_healthy()))
}

fn print(app: &App, checkup: &VerificationReport) {
    if checkup.is_healthy() {
        app.out.print_message(
            &Message::new("cli-healthy")
                .number("documents", checkup.documents.cast_signed())
                .number("changes", checkup.changes.cast_signed()),
        );
        return;
    }
    for complaint in &checkup.database {
        app.out
            .print_message(&Message::new("cli-sick-database").text("reason", complaint));
    }
    for doc in &checkup.stale {
        app.out
            .print_message(&Message::new("cli-sick-stale").text("id", doc.to_string()));
    }
    for doc in &checkup.quarantined {
        app.out.print_message(
            &Message::new("cli-sick-quarantined")
                .text("id", doc.id.to_string())
                .text("reason", &doc.reason),
        );
    }
    for change in &checkup.set_aside {
        app.out.print_message(&set_aside_message(change));
    }
    for broken in &checkup.broken {
        let name = Message::new("cli-sick-history").text("id", broken.id.to_string());
        app.out.print_message(&name);
        broken
            .problems
            .iter()
            .for_each(|problem| app.out.print_message(problem));
    }
    for scope in &checkup.lost {
        app.out
            .print_message(&Message::new("cli-sick-lost").text("scope", scope));
    }
}
