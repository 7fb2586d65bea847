//! `kept doctor`: checks the notebook, and makes what is shown anew from its changes.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, Checkup};
use kept_core::words::Words;
use serde_json::json;

use super::status::set_aside;
use crate::folder::Desk;
use crate::progress::Progress;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept doctor             check; the exit code is 0 if nothing is wrong
  kept doctor --rebuild   make all rows anew from the changes, then check")]
pub struct Args {
    /// Make every row anew from the changes first; loses nothing
    #[arg(long)]
    rebuild: bool,
}

/// Checks, after rebuilding if that is asked for.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let mut rebuilt = None;
    if args.rebuild {
        let label = desk.out.text(&Words::new("cli-rebuilding"));
        let mut progress = Progress::new(&desk.out, label);
        rebuilt = Some(notebook.rebuild_with(&mut |done, total| progress.at(done, total))?);
    }
    let checkup = {
        let _progress = Progress::new(&desk.out, desk.out.text(&Words::new("cli-checking")));
        notebook.verify()?
    };
    if desk.out.json {
        let told =
            json!({ "healthy": checkup.is_healthy(), "rebuilt": rebuilt, "checkup": checkup });
        desk.out.json(&told)?;
    } else {
        if let Some(documents) = rebuilt {
            let words = Words::new("cli-rebuilt").number("count", documents.cast_signed());
            desk.out.say(&words);
        }
        print(desk, &checkup);
    }
    Ok(if checkup.is_healthy() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print(desk: &Desk, checkup: &Checkup) {
    if checkup.is_healthy() {
        desk.out.say(
            &Words::new("cli-healthy")
                .number("documents", checkup.documents.cast_signed())
                .number("changes", checkup.changes.cast_signed()),
        );
        return;
    }
    for complaint in &checkup.database {
        desk.out
            .say(&Words::new("cli-sick-database").text("reason", complaint));
    }
    for doc in &checkup.stale {
        desk.out
            .say(&Words::new("cli-sick-stale").text("id", doc.to_string()));
    }
    for doc in &checkup.quarantined {
        desk.out.say(
            &Words::new("cli-sick-quarantined")
                .text("id", doc.id.to_string())
                .text("reason", &doc.reason),
        );
    }
    for change in &checkup.set_aside {
        desk.out.say(&set_aside(change));
    }
    for broken in &checkup.broken {
        let name = Words::new("cli-sick-history").text("id", broken.id.to_string());
        desk.out.say(&name);
        broken
            .problems
            .iter()
            .for_each(|problem| desk.out.say(problem));
    }
    for scope in &checkup.lost {
        desk.out
            .say(&Words::new("cli-sick-lost").text("scope", scope));
    }
}
