//! The command line: its words, and the way from an error to one clear line.

mod audit;
mod devices;
mod init;
mod invite;
mod people;
mod serve;
mod sessions;
mod sign_in;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand};
use kept_core::language::{Lang, Message, message_text, visible};
use kept_core::model::ids::Team;
use kept_core::model::registry::Role;
use kept_core::model::time::Millis;
use kept_core::{Environment, SystemEnvironment};
use kept_help::{InvalidValue, Program, error_json, selected_language, sentence};

use crate::audit::{AuditAuthor, AuditEvent};
use crate::error::ServerError;
use crate::state::ServerState;

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

/// What all commands take.
#[derive(Debug, Args)]
struct CommonArgs {
    /// The folder with log and keys.
    #[arg(
        long,
        value_name = "DIR",
        env = "KEPT_SERVER_DATA",
        default_value = "kept-data"
    )]
    data: PathBuf,
    /// Print JSON for machines; errors and --help too.
    #[arg(long)]
    json: bool,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The server could not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The output is closed, or the runtime does not start.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What was asked cannot be done so; a sentence of the catalogue says why.
    #[error("{}", message_text(.0, Lang::En))]
    Usage(Message),
    /// It was tried, and did not succeed.
    #[error("{0}")]
    Failed(String),
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

/// An error as people read it, or machines.
fn error_text(error: &CommandError, lang: Lang, json: bool) -> String {
    let (kind, key) = match error {
        CommandError::Server(_) => ("server", None),
        CommandError::Io(_) => ("io", None),
        CommandError::Usage(words) => ("usage", Some(words.key.as_str())),
        CommandError::Failed(_) => ("failed", None),
    };
    let message = match error {
        CommandError::Usage(words) => message_text(words, lang),
        error => error.to_string(),
    };
    if json {
        return error_json(kind, key, &message).to_string();
    }
    sentence(&visible(&message))
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

/// The name of a team or pool.
fn team(text: &str) -> Result<Team, InvalidValue> {
    text.parse()
        .map_err(|_| InvalidValue(Message::new("usage-team")))
}

/// What somebody does, one of the roles that there are.
fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::name)).try_map(|name| name.parse::<Role>())
}

/// Writes an audit line on what a command did.
fn record_audit_event(state: &ServerState, audit_event: &AuditEvent) {
    state
        .audit()
        .record(&AuditAuthor::CommandLine, None, audit_event);
}

/// An instant as a log shows it, in UTC.
fn utc_text(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(
        |_| at.to_string(),
        |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// Prints one value as a line of JSON.
fn print_json(out: &mut dyn Write, value: &serde_json::Value) -> Result<(), CommandError> {
    Ok(writeln!(out, "{value}")?)
}

#[cfg(test)]
mod tests;
