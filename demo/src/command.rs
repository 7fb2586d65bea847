//! The command line of the demo: its options, and one clear line for an error.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use kept_core::language::visible;
use kept_help::{Program, sentence};
use serde_json::json;

use crate::{CompanySize, DemoError, DemoOptions, run};

/// The command line, with its help in German.
const PROGRAM: Program = Program {
    command: Cli::command,
    german: include_str!("de.ftl"),
};

/// Try it: a company with a history, a server, and phones that go offline and come back.
#[derive(Debug, Parser)]
#[command(
    name = "kept-demo",
    version,
    after_help = "\
Examples:
  kept-demo                       # until Ctrl-C; prints the link to open
  kept-demo --once                # the story to its end, with checks
  kept-demo --once --size small --json
  kept-demo --keep ./demo --seed 7"
)]
struct Cli {
    /// Language of help and of usage errors [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, value_name = "LANG", value_parser = kept_help::LANGUAGES)]
    lang: Option<String>,
    /// Tell the story once and without pauses, check everything, and exit with 0 or 1.
    #[arg(long)]
    once: bool,
    /// What the company is made from: the same seed makes the same company.
    #[arg(long, default_value_t = 1, value_parser = kept_help::number::<u64>(0..=i64::MAX))]
    seed: u64,
    /// How large the company is.
    #[arg(long, value_enum, default_value_t = CompanySize::Full)]
    size: CompanySize,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", value_parser = kept_help::address, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Keep the data in this folder, which must be empty or new; else it is removed at the end.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Print each thing as a line of JSON; errors and --help too.
    #[arg(long)]
    json: bool,
}

/// Runs the program: exit code 0, or 1 and one line on standard error.
pub fn main() -> ExitCode {
    let cli: Cli = PROGRAM.parse();
    let options = DemoOptions {
        seed: cli.seed,
        size: cli.size,
        once: cli.once,
        listen: cli.listen,
        keep: cli.keep,
        json: cli.json,
        colours: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let (kind, message) = match run(&options, &mut io::stdout().lock()) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => ("failed", "not all checks hold".into()),
        // The reader of a pipe has seen enough.
        Err(DemoError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return ExitCode::SUCCESS;
        }
        Err(DemoError::Io(error)) => ("io", error.to_string()),
        Err(error) => ("failed", error.to_string()),
    };
    if options.json {
        let error = json!({ "kind": kind, "key": null, "message": message });
        eprintln!("{}", json!({ "error": error }));
    } else {
        eprintln!("{}", sentence(&visible(&message)));
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_its_german_and_every_german_its_text() {
        assert_eq!(PROGRAM.faults(), Vec::<String>::new());
    }
}
