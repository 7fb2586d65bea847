//! `kept`: the notebook on the command line.
//!
//! Here only: reading the arguments, running one command, and turning what came of it into an exit code.
#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the doc comments of arguments are help texts, in which brackets hold what may be left out"
)]

mod args;
mod commands;
mod confirm;
mod entering;
mod folder;
mod json;
mod keyring;
mod output;
mod people;
mod progress;
mod show;
mod unsaved;
mod watching;

use std::process::ExitCode;

use args::{Args, PROGRAM};
use folder::Desk;

fn main() -> ExitCode {
    #[cfg(unix)]
    outlive_file_limit();
    let args: Args = PROGRAM.parse();
    let saves = args.command.saves();
    let desk = Desk::new(&args.common, saves);
    match commands::run(&desk, args.command) {
        Ok(code) => {
            desk.warn_of_clock();
            code
        }
        Err(error) => {
            if saves && unsaved::is_lost_by(&error) && !desk.has_saved() {
                desk.out.error_of_command(&error, &unsaved::command_line());
            } else {
                desk.out.error(&error);
            }
            ExitCode::FAILURE
        }
    }
}

/// Lets a write beyond the size that files may have fail like any other. The system else ends the program, which
/// then says nothing of what it did not save.
#[cfg(unix)]
fn outlive_file_limit() {
    use tokio::signal::unix::{SignalKind, signal};
    /// SIGXFSZ, on Linux and on macOS.
    const FILE_TOO_LARGE: i32 = 25;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build();
    if let Ok(runtime) = runtime {
        let _entered = runtime.enter();
        // The signal itself does not matter: with a listener, the write reports the error.
        let _ = signal(SignalKind::from_raw(FILE_TOO_LARGE));
    }
}
