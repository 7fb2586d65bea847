//! `kept reliability`: the two fair numbers about oneself, or, for the owner and the office, about a colleague.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, FairShare};
use kept_core::words::Words;

use crate::folder::Desk;
use crate::people;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept reliability               your own numbers
  kept reliability Sam           a colleague's, for the owner and the office

Said and done: what you told customers. Delivered: what you accepted to deliver. Counts are raw; the bound
weighs what is half a year old half.")]
pub struct Args {
    /// Whose, by name [default: yourself]
    person: Option<String>,
}

/// Shows both numbers.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let person = match &args.person {
        Some(name) => Some(people::colleague(&notebook, name)?),
        None => None,
    };
    let numbers = notebook.reliability(person)?;
    if desk.out.json {
        desk.out.json(&numbers)?;
        return Ok(ExitCode::SUCCESS);
    }
    desk.out.line(numbers.name);
    let share = |head: &str, share: &FairShare| {
        desk.out.heading(&Words::new(head));
        for words in &share.sentences {
            desk.out.say(words);
        }
    };
    share("fair-said", &numbers.said);
    share("fair-delivered", &numbers.delivered);
    Ok(ExitCode::SUCCESS)
}
