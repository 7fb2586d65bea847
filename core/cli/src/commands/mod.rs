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

use crate::args::Command;
use crate::folder::Desk;

/// Runs one command.
pub fn run(desk: &Desk, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Join(args) => join::run(desk, args),
        Command::Account(command) => account::run(desk, command),
        Command::Visit(args) => visit::run(desk, args),
        Command::Observe(args) => observe::run(desk, args),
        Command::Promise(command) => promise::run(desk, command),
        Command::Log(args) => log::run(desk, &args),
        Command::Search(args) => search::run(desk, &args),
        Command::Show(args) => show::run(desk, &args),
        Command::Today(args) => today::run(desk, &args),
        Command::Mine(args) => mine::run(desk, &args),
        Command::Reminders(args) => reminders::run(desk, args),
        Command::Sync(args) => sync::run(desk, &args),
        Command::Status(args) => status::run(desk, &args),
        Command::History(args) => history::run(desk, &args),
        Command::Conflicts(args) => conflicts::list(desk, args),
        Command::Settle(args) => conflicts::settle(desk, args),
        Command::Colleagues(args) => colleagues::run(desk, &args),
        Command::Handbook(command) => handbook::run(desk, command),
        Command::Me(command) => me::run(desk, command),
        Command::Doctor(args) => doctor::run(desk, &args),
        Command::When(args) => when::run(desk, &args),
        Command::Reliability(args) => reliability::run(desk, &args),
        Command::Report(args) => report::run(desk, &args),
        Command::Asks(args) => asks::run(desk, &args),
    }
}
