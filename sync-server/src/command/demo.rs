//! `demo`: a company to try it all with, on a free port of this machine.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::CommandError;
use crate::demo::{self, CompanySize, DemoError, DemoOptions};

/// Try it: a company with a history, a server, and phones that go offline and come back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kept-server demo                       # until Ctrl-C; prints the link to open
  kept-server demo --once                # the story to its end, with checks
  kept-server demo --once --size small --json
  kept-server demo --keep ./demo --seed 7")]
pub(super) struct DemoArgs {
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
    /// Print each thing as a line of JSON.
    #[arg(long)]
    json: bool,
}

impl DemoArgs {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<(), CommandError> {
        let options = DemoOptions {
            seed: self.seed,
            size: self.size,
            once: self.once,
            listen: self.listen,
            keep: self.keep,
            json: self.json,
            colours: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        match demo::run(&options, out) {
            Ok(true) => Ok(()),
            Ok(false) => Err(CommandError::Failed("not all checks hold".into())),
            Err(DemoError::Io(error)) => Err(error.into()),
            Err(error) => Err(CommandError::Failed(error.to_string())),
        }
    }
}
