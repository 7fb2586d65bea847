//! `kept promise`: promises. The list of its commands; each has a file here, those that change a promise share
//! `change`.

mod again;
mod change;
mod change_args;
mod list;
mod make;
mod right;
mod show;

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::notebook::ApiResult;

use crate::app::App;
pub use show::show_whole;

/// The commands of promises.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Promise something to a customer
    Make(make::Args),
    /// List promises, the next due first
    List(list::Args),
    /// Show a promise with everything that happened to it
    Show(show::Args),
    /// Write a promise again that does not count
    Again(again::Args),
    /// Promise to make a broken promise right
    Right(right::Args),
    /// Whatever happens to a promise
    #[command(flatten)]
    Change(change_args::Command),
}

impl Command {
    /// True if it saves what people typed.
    pub fn saves(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Show(_))
    }
}

/// Runs one of them.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Make(args) => make::run(app, args),
        Command::List(args) => list::run(app, args),
        Command::Show(args) => show::run(app, args),
        Command::Again(args) => again::run(app, args),
        Command::Right(args) => right::run(app, args),
        Command::Change(command) => change::run(app, command),
    }
}
