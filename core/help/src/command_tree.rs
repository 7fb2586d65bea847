//! The tree of commands of a program: how to find a command in it, and what commands have.

use clap::Command;

/// The name of clap's own command `help`.
pub const HELP: &str = "help";

/// The command of a path below a program, as far as the path leads.
pub fn subcommand_at<'a>(program: &'a mut Command, path: &[String]) -> &'a mut Command {
    let mut command = program;
    for name in path {
        if command.find_subcommand(name).is_none() {
            break;
        }
        let below = command.get_subcommands_mut();
        let Some(next) = below.into_iter().find(|next| next.get_name() == name) else {
            unreachable!("{name} was just found")
        };
        command = next;
    }
    command
}

/// The name of a command with those of the commands above it.
pub fn full_name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// True if a command has an option of a long name.
pub fn has_long(command: &Command, long: &str) -> bool {
    command
        .get_arguments()
        .any(|arg| arg.get_long() == Some(long))
}
