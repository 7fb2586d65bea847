//! `kept reliability`: the two fair numbers about oneself, or, for the owner and the office, about a colleague.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, ReliabilityRate};

use crate::app::App;
use crate::parse::people;

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
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let person = match &args.person {
        Some(name) => Some(people::colleague(&notebook, name)?),
        None => None,
    };
    let numbers = notebook.reliability(person)?;
    if app.out.json {
        app.out.print_json(&numbers)?;
        return Ok(ExitCode::SUCCESS);
    }
    app.out.print_line(numbers.name);
    let share = |head: &str, share: &ReliabilityRate| {
        app.out.print_heading(&Message::new(head));
        for message in &share.sentences {
            app.out.print_message(message);
        }
    };
    share("fair-said", &numbers.said);
    share("fair-delivered", &numbers.delivered);
    Ok(ExitCode::SUCCESS)
}
