//! The command line of the server: its commands, its exit codes, and one clear line for an error.

mod args;
mod audit;
mod devices;
mod error;
mod init;
mod invite;
mod output;
mod people;
mod serve;
mod sessions;
mod sign_in;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser, Subcommand};
use kept_core::{Environment, SystemEnvironment};
use kept_help::{Program, selected_language};

pub use error::CommandError;
use error::error_text;

/// The command line, with its help in German.
const PROGRAM: Program = Program {
    command: Cli::command,
    german: include_str!("de.ftl"),
};

/// The Kept server: what everybody promised, in one place that you own.
#[derive(Debug, Parser)]
#[command(name = "kept-server", version, after_help = EXAMPLES)]
pub struct Cli {
    /// Language of help and of usage errors [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_name = "LANG", value_parser = kept_help::LANGUAGES)]
    lang: Option<String>,
    /// Print JSON for machines; errors and --help too.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  kept-server init --data ./kept --name \"Bäckerei Süß\" --owner Ann --team north
  kept-server serve --data ./kept
  kept-server invite Sam --role technician --team north --data ./kept";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the organisation and its owner in a folder.
    Init(init::InitArgs),
    /// Listen for devices and show the office.
    Serve(serve::ServeArgs),
    /// Invite somebody's next device: prints a link and a QR code.
    Invite(invite::InviteArgs),
    /// List everybody, or change what somebody does.
    People(people::PeopleArgs),
    /// List devices and when they were heard from, or shut one out that is lost.
    Devices(devices::DevicesArgs),
    /// List who is signed in to the office, or end that.
    Sessions(sessions::SessionsArgs),
    /// Print who did what: sign-ins, joins, changes of people and devices, decisions, secrets that did not fit.
    Audit(audit::AuditArgs),
    /// Print a fresh sign-in link for the office.
    SignIn(sign_in::SignInArgs),
}

/// Runs the program: exit code 0, or 1 and one line on standard error.
pub fn main() -> ExitCode {
    let cli: Cli = PROGRAM.parse();
    let (lang, json) = (cli.lang.clone(), cli.json);
    match run(cli, Arc::new(SystemEnvironment), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CommandError::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "{}",
                error_text(&error, selected_language(lang.as_deref()), json)
            );
            ExitCode::FAILURE
        }
    }
}

/// Runs one command.
pub fn run(
    cli: Cli,
    environment: Arc<dyn Environment>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let lang = selected_language(cli.lang.as_deref());
    match cli.command {
        Command::Init(init) => init.run(environment, out),
        Command::Serve(serve) => serve.run(environment, out),
        Command::Invite(invite) => invite.run(environment, out),
        Command::People(people) => people.run(lang, environment, out),
        Command::Devices(devices) => devices.run(environment, out),
        Command::Sessions(sessions) => sessions.run(environment, out),
        Command::Audit(audit) => audit.run(environment, out),
        Command::SignIn(sign_in) => sign_in.run(environment, out),
    }
}

#[cfg(test)]
mod tests;
