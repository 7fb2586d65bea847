//! The command line of the fixture: its options, and one clear line for an error.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_core::language::visible;
use kept_core::model::time::Millis;
use kept_help::{Program, sentence};

use crate::phone_fixture::{self, FixtureOptions};
use crate::{CompanySize, DemoError};

/// The command line, with its help in German.
const PROGRAM: Program = Program {
    command: Cli::command,
    german: include_str!("phone_fixture.de.ftl"),
};

/// Write the notebook of one person of the demo company at a moment, for pictures and tests of the apps.
#[derive(Debug, Parser)]
#[command(
    name = "phone-fixture",
    version,
    after_help = "\
DIR gets `notebook`, its `secrets`, and `fixture.json` with the clocks and the zone to open it with.
The same options write what shows the same whenever it is asked; ids of people and devices are new.

Examples:
  phone-fixture --person sam --at 2026-11-27T10:12+01:00 ./sam
  phone-fixture --person ingrid --at 2026-11-27T10:12+01:00 --size full ./ingrid"
)]
struct Cli {
    /// Language of help and of usage errors [default: that of LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, value_name = "LANG", value_parser = kept_help::LANGUAGES)]
    lang: Option<String>,
    /// The person, by whole or first name.
    #[arg(long, value_name = "NAME")]
    person: String,
    /// The moment, with its distance from UTC.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    at: Millis,
    /// The time zone of the company and of the phone.
    #[arg(long, value_name = "ZONE", value_parser = zone, default_value = "Europe/Berlin")]
    zone: String,
    /// The seed of the company: the same seed makes the same company.
    #[arg(long, default_value_t = 1, value_parser = kept_help::number::<u64>(0..=i64::MAX))]
    seed: u64,
    /// How large the company is.
    #[arg(long, value_enum, default_value_t = CompanySize::Small)]
    size: CompanySize,
    /// Where to write it; the folder must be empty or new.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

fn instant(text: &str) -> Result<Millis, String> {
    let read: Result<Timestamp, _> = text.parse();
    let refused =
        "a date and time with its distance from UTC is needed, as in 2026-11-27T10:12+01:00";
    read.map(Timestamp::as_millisecond)
        .map_err(|_| refused.to_owned())
}

fn zone(text: &str) -> Result<String, String> {
    let known = TimeZone::get(text);
    known
        .map(|_| text.to_owned())
        .map_err(|_| "an IANA time zone is needed, as in Europe/Berlin".to_owned())
}

/// Runs the program: exit code 0, or 1 and one line on standard error.
pub fn main() -> ExitCode {
    let cli: Cli = PROGRAM.parse();
    let options = FixtureOptions {
        person: cli.person,
        at: cli.at,
        zone: cli.zone,
        seed: cli.seed,
        size: cli.size,
        folder: cli.folder,
    };
    let written: Result<_, DemoError> = phone_fixture::write(&options);
    match written {
        Ok(facts) => {
            println!(
                "{}'s notebook is in {}",
                facts.name,
                options.folder.display()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", sentence(&visible(&error.to_string())));
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_its_german_and_every_german_its_text() {
        assert_eq!(PROGRAM.faults(), Vec::<String>::new());
    }
}
