//! The arguments of the command line: the options of every command, and the command.
//!
//! The list of commands is in `commands/`, the arguments of each beside what it does.

use clap::{CommandFactory, Parser};
use kept_help::Program;

use crate::commands::Command;
use crate::options::SharedOptions;

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
    /// The options of every command.
    #[command(flatten)]
    pub options: SharedOptions,
    /// The command.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_german_help_is_whole() {
        let faults = PROGRAM.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
