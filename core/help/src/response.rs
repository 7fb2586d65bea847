//! The text that a program prints instead of doing anything, and the exit code that goes with it.

use std::io::Write;

/// The exit code of what was not understood.
const USAGE_EXIT_CODE: u8 = 2;

/// The text that a program prints instead of doing anything.
#[derive(Debug)]
pub enum Response {
    /// A help page that was asked for, coloured where a terminal shows it.
    HelpPage(clap::Error),
    /// Text for standard output: help or version as asked for.
    Stdout(String),
    /// Text for standard error: a call that was not understood.
    Stderr(String),
}

impl Response {
    /// The exit code that goes with it.
    pub fn code(&self) -> u8 {
        match self {
            Self::Stderr(_) => USAGE_EXIT_CODE,
            Self::HelpPage(_) | Self::Stdout(_) => 0,
        }
    }

    /// Prints it and ends the program. Errors of printing are ignored: the reader went away.
    pub fn exit(self) -> ! {
        match &self {
            Self::HelpPage(page) => drop(page.print()),
            Self::Stdout(text) => drop(writeln!(std::io::stdout(), "{text}")),
            Self::Stderr(text) => drop(writeln!(std::io::stderr(), "{text}")),
        }
        std::process::exit(self.code().into())
    }
}
