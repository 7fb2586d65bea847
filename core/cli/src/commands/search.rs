//! `kept search`: customers first, then what was said, seen and promised.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::ApiResult;

use crate::app::App;
use crate::view::View;

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
    /// The words to look for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = kept_help::number::<u32>(0..=u32::MAX.into()))]
    limit: u32,
}

/// Searches.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let found = notebook.search(args.text.join(" "), args.limit)?;
    if app.out.json {
        app.out.print_json(&found)?;
    } else if found.is_empty() {
        app.out.print_message(&Message::new("cli-nothing-found"));
    } else {
        View::new(app, &notebook)?.print_matches(&found);
    }
    Ok(ExitCode::SUCCESS)
}
