//! `kept`: the notebook on the command line.
//!
//! Here only: reading the arguments, running one command, and turning what came of it into an exit code.

mod args;
mod commands;
mod entering;
mod folder;
mod json;
mod keyring;
mod output;
mod people;
mod progress;
mod show;
mod watching;

use std::process::ExitCode;

use clap::Parser;

use args::Args;
use folder::Desk;

fn main() -> ExitCode {
    let args = Args::parse();
    let desk = Desk::new(&args.common);
    match commands::run(&desk, args.command) {
        Ok(code) => code,
        Err(error) => {
            desk.out.error(&error);
            ExitCode::FAILURE
        }
    }
}
