//! `kept search`: customers first, then what was said, seen and promised.

use std::process::ExitCode;

use kept_core::notebook::ApiResult;
use kept_core::words::Words;

use crate::folder::Desk;
use crate::show::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept search baeckerei
  kept search \"oven rain\" --limit 5
  kept search 0711 1234567

Finds what has all words, each as the beginning of a word, the best first: names before notes, whole words before
beginnings, new before old. What was found stands in brackets. \"backerei\" and \"baeckerei\" find \"Bäckerei\",
\"obrien\" finds \"O'Brien\", and a telephone number is found in any spelling: with or without the country code (that of
the company's zone), or by its last four digits and more.")]
pub struct Args {
    /// What to look for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = kept_help::number::<u32>(0..=u32::MAX.into()))]
    limit: u32,
}

/// Searches.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let found = notebook.search(args.text.join(" "), args.limit)?;
    if desk.out.json {
        desk.out.json(&found)?;
    } else if found.is_empty() {
        desk.out.say(&Words::new("cli-nothing-found"));
    } else {
        View::new(desk, &notebook)?.found(&found);
    }
    Ok(ExitCode::SUCCESS)
}
