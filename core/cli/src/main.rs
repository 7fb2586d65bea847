//! `kept`: the notebook on the command line.
//!
//! Here only: reading the arguments, running one command, and turning what came of it into an exit code.
#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the doc comments of arguments are help texts, in which brackets hold what may be left out"
)]

mod app;
mod args;
mod commands;
mod confirm;
mod display;
mod json;
mod keyring;
mod options;
mod output;
mod parse;
mod progress;
mod shell;
mod view;
mod watch;

use std::process::ExitCode;

use app::App;
use args::{Args, PROGRAM};
use kept_core::notebook::KeptError;

fn main() -> ExitCode {
    #[cfg(unix)]
    outlive_file_limit();
    let args: Args = PROGRAM.parse();
    let saves = args.command.saves();
    let app = App::new(PROGRAM, &args.options, saves);
    match commands::run(&app, args.command) {
        Ok(code) => {
            app.print_clock_warning();
            code
        }
        Err(error) => {
            if saves && loses_input(&error) && !app.has_saved_changes() {
                app.out.print_command_error(&error, &shell::typed_command());
            } else {
                app.out.print_error(&error);
            }
            ExitCode::FAILURE
        }
    }
}

/// True if an error leaves words unsaved though they are in order.
fn loses_input(error: &KeptError) -> bool {
    match error {
        KeptError::Busy
        | KeptError::Storage { .. }
        | KeptError::Unexpected { .. }
        | KeptError::Closed => true,
        // The whole entry is too large: no part of it is at fault.
        KeptError::Invalid { field, .. } => field == "entry",
        _ => false,
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
