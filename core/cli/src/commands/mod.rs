//! The commands, one file each with its arguments, examples and what it does; here the list of them.

mod account;
mod asks;
mod colleagues;
mod conflicts;
mod correct;
mod doctor;
mod drafts;
mod handbook;
mod history;
mod join;
mod log;
mod me;
mod mine;
mod observe;
mod past;
mod promise;
mod reliability;
mod reminders;
mod report;
mod search;
mod show;
mod status;
mod sync;
mod today;
mod undo;
mod unsent;
mod visit;
mod when;

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::notebook::ApiResult;

use crate::app::App;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Join a company with an invitation link
    Join(join::Args),
    /// Write down, list, show, change and import customers
    #[command(subcommand)]
    Account(account::Command),
    /// Log a visit, with what was observed and promised
    Visit(visit::Args),
    /// Write down how a customer uses the product, or a need
    Observe(observe::Args),
    /// Correct a visit or an observation, or put it into the archive
    Correct(correct::Args),
    /// Make promises, and say what happens to them
    #[command(subcommand)]
    Promise(promise::Command),
    /// Log many visits from standard input, one JSON object a line
    Log(log::Args),
    /// Drafts that a screen saved and nobody has logged yet
    Drafts(drafts::Args),
    /// Take back what was just written
    Undo(undo::Args),
    /// Find customers, visits, observations and promises
    Search(search::Args),
    /// Show anything whole, as it was entered
    Show(show::Args),
    /// The date that the record honestly gives
    When(when::Args),
    /// Your word and your deliveries, with counts
    Reliability(reliability::Args),
    /// How the company's own dates do
    Report(report::Args),
    /// The things you asked of others this month, and if you gave thanks
    Asks(asks::Args),
    /// Everything that today asks for
    Today(today::Args),
    /// Everything that you hold, and what rings next
    Mine(mine::Args),
    /// The reminders: when they ring, and why
    Reminders(reminders::Args),
    /// Send and fetch
    Sync(sync::Args),
    /// The state of sending: sent or not, who was heard from when, the clock
    Status(status::Args),
    /// What the server does not have, and the ways out of what it holds or refuses
    Unsent(unsent::Args),
    /// The changes of an entry, by whom and when; an entry as it was
    History(history::Args),
    /// Values that people gave without seeing each other's
    Conflicts(conflicts::Args),
    /// Choose what holds of a conflict
    Settle(conflicts::SettleArgs),
    /// Everybody in the company
    Colleagues(colleagues::Args),
    /// The company's agreements: kinds of promises, hours, holidays
    #[command(subcommand)]
    Handbook(handbook::Command),
    /// Your word about yourself: hours, absences, quiet times, efforts
    #[command(subcommand)]
    Me(me::Command),
    /// Check the notebook, and mend what is shown
    Doctor(doctor::Args),
}

impl Command {
    /// True if it saves what people typed: words that they would have to find again.
    pub fn saves(&self) -> bool {
        match self {
            Self::Account(command) => command.saves(),
            Self::Promise(command) => command.saves(),
            Self::Handbook(command) => command.saves(),
            Self::Me(command) => command.saves(),
            Self::Reminders(args) => args.saves(),
            Self::Visit(_)
            | Self::Observe(_)
            | Self::Correct(_)
            | Self::Log(_)
            | Self::Settle(_) => true,
            Self::Join(_)
            | Self::Drafts(_)
            | Self::Undo(_)
            | Self::Search(_)
            | Self::Show(_)
            | Self::When(_)
            | Self::Reliability(_)
            | Self::Report(_)
            | Self::Asks(_)
            | Self::Today(_)
            | Self::Mine(_)
            | Self::Sync(_)
            | Self::Status(_)
            | Self::Unsent(_)
            | Self::History(_)
            | Self::Conflicts(_)
            | Self::Colleagues(_)
            | Self::Doctor(_) => false,
        }
    }
}

/// Runs one command.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Join(args) => join::run(app, args),
        Command::Account(command) => account::run(app, command),
        Command::Visit(args) => visit::run(app, args),
        Command::Observe(args) => observe::run(app, args),
        Command::Correct(args) => correct::run(app, args),
        Command::Promise(command) => promise::run(app, command),
        Command::Log(args) => log::run(app, &args),
        Command::Drafts(args) => drafts::run(app, args),
        Command::Undo(args) => undo::run(app, args),
        Command::Search(args) => search::run(app, &args),
        Command::Show(args) => show::run(app, &args),
        Command::Today(args) => today::run(app, &args),
        Command::Mine(args) => mine::run(app, &args),
        Command::Reminders(args) => reminders::run(app, args),
        Command::Sync(args) => sync::run(app, &args),
        Command::Status(args) => status::run(app, &args),
        Command::Unsent(args) => unsent::run(app, args),
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
