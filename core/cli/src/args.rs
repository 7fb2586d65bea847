//! The arguments of the command line: the options of every command, and the list of commands.
//!
//! The arguments of a command stand beside what it does, in `commands/`.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};
use kept_help::Program;

use crate::commands::{
    account, asks, colleagues, conflicts, doctor, handbook, history, join, log, me, mine, observe,
    promise, reliability, reminders, report, search, show, status, sync, today, visit, when,
};

/// The command line, with its help in German.
pub const PROGRAM: Program = Program {
    command: Args::command,
    german: include_str!("help/de.ftl"),
};

/// A notebook for whoever works at the customer's: what was said, seen and promised, with or without a
/// network.
#[derive(Debug, Parser)]
#[command(name = "kept", version, after_help = EXAMPLES)]
pub struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub options: SharedOptions,
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  kept account add \"Bäckerei Süß\" --phone \"030 1234\"     write down a customer
  kept visit süß \"the oven trips when it rains\"          log a visit; no network needed
  kept promise make süß \"spare fuse\" --due \"Fri 12:00\"   promise something
  kept today                                             what today asks for
  kept sync                                              send and fetch

Accounts are named by id, by the beginning of an id, or by name; people by name.
Times are written as people say them, in English or German: \"tomorrow 10:00\", \"in 30 minutes\", \"Wed am\",
\"Ende der Woche\", \"in 3 Werktagen\", \"halb vier\", \"yesterday 14:00\"; `kept promise make --help` has more. What may
mean two times is refused with both. They are those of the zone that KEPT_ZONE names, else of the system's.
`kept COMMAND --help` has examples of each command. Exit codes: 0 done, 1 not done, 2 not understood.";

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct SharedOptions {
    /// Folder of the notebook [default: $XDG_DATA_HOME/kept or ~/.local/share/kept; on macOS
    /// ~/Library/Application Support/kept]
    #[arg(
        long,
        global = true,
        env = "KEPT_DATA",
        value_name = "DIR",
        hide_env_values = true
    )]
    pub data: Option<PathBuf>,
    /// Print JSON, for scripts; errors and --help too
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of what is printed [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "de"])]
    pub lang: Option<String>,
    /// Wait so long for another program that uses the notebook [default: 5, and 60 to write down what you typed]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = kept_help::number::<u32>(0..=86_400))]
    pub wait: Option<u32>,
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
            Self::Visit(_) | Self::Observe(_) | Self::Log(_) | Self::Settle(_) => true,
            _ => false,
        }
    }
}

/// What can be done.
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
    /// Make promises, and say what happens to them
    #[command(subcommand)]
    Promise(promise::Command),
    /// Log many visits from standard input, one JSON object a line
    Log(log::Args),
    /// Find customers, visits, observations and promises
    Search(search::Args),
    /// Show anything whole, as it was entered
    Show(show::Args),
    /// What date the record honestly gives
    When(when::Args),
    /// What you said and what you delivered, with counts
    Reliability(reliability::Args),
    /// How the company's own dates do
    Report(report::Args),
    /// What you asked of others this month, and whether you gave thanks
    Asks(asks::Args),
    /// What today asks for
    Today(today::Args),
    /// Everything that you hold, and what rings next
    Mine(mine::Args),
    /// What rings when, and why
    Reminders(reminders::Args),
    /// Send and fetch
    Sync(sync::Args),
    /// What is sent and what is not, who was heard from when, the clock
    Status(status::Args),
    /// Who changed what, when; an entry as it was
    History(history::Args),
    /// What people said without seeing each other
    Conflicts(conflicts::Args),
    /// Choose what holds of a conflict
    Settle(conflicts::SettleArgs),
    /// Everybody in the company
    Colleagues(colleagues::Args),
    /// What the company agreed on: kinds of promises, hours, holidays
    #[command(subcommand)]
    Handbook(handbook::Command),
    /// What you say about yourself: hours, absences, quiet times, efforts
    #[command(subcommand)]
    Me(me::Command),
    /// Check the notebook, and mend what is shown
    Doctor(doctor::Args),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_german_help_is_whole() {
        let faults = PROGRAM.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
