//! The commands, one file each: their arguments with examples, and what they do.

pub mod account;
pub mod asks;
pub mod colleagues;
pub mod conflicts;
pub mod doctor;
pub mod handbook;
pub mod history;
pub mod join;
pub mod log;
pub mod me;
pub mod mine;
pub mod observe;
pub mod promise;
pub mod reliability;
pub mod reminders;
pub mod report;
pub mod search;
pub mod show;
pub mod status;
pub mod sync;
pub mod today;
pub mod visit;
pub mod when;

use std::process::ExitCode;

use kept_core::notebook::ApiResult;

use crate::app::App;
use crate::args::Command;

/// Runs one command.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Join(args) => join::run(app, args),
        Command::Account(command) => account::run(app, command),
        Command::Visit(args) => visit::run(app, args),
        Command::Observe(args) => observe::run(app, args),
        Command::Promise(command) => promise::run(app, command),
        Command::Log(args) => log::run(app, &args),
        Command::Search(args) => search::run(app, &args),
        Command::Show(args) => show::run(app, &args),
        Command::Today(args) => today::run(app, &args),
        Command::Mine(args) => mine::run(app, &args),
        Command::Reminders(args) => reminders::run(app, args),
        Command::Sync(args) => sync::run(app, &args),
        Command::Status(args) => status::run(app, &args),
        Command::History(args) => history::run(app, &args),
        Command::Conflicts(args) => conflicts::list(app, args),
        Command::Settle(args) => conflicts::settle(app, args),
        Command::Colleagues(args) => colleagues::run(app, &args),
        Command::Handbook(command) => handbook::run(app, command),
        Command::Me(command) => me::run(app, command),
        Command::Doctor(args) => doctor::run(app, &args),
        Command::When(args) => when::run(app, &args),
        Command::Reliability(args) => reliability::run(app, &args),
        Command::Report(args) => report::run(app, &args),
        Command::Asks(args) => asks::run(app, &args),
    }
}
