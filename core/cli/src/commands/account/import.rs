//! `kept account import`: card by card, what was taken and what was not, and why.

use std::path::PathBuf;
use std::process::ExitCode;

use kept_core::notebook::{ApiResult, ImportReport, ImportedCard};
use kept_core::words::Words;

use crate::entering;
use crate::folder::Desk;
use crate::output::Style;
use crate::progress::Progress;
use crate::show::one_line;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account import contacts.vcf
  export-contacts | kept account import -
  kept account import contacts.vcf --json | jq '.cards[] | select(.refused)'

Each card becomes one customer. Importing the same file again adds nothing, and changes no customer: what a
card says that its customer does not is named. So is what was not taken, with the reason; the exit code is 1
if a whole card was refused.")]
pub struct Args {
    /// A .vcf file as a contacts app exports it; - for standard input
    file: PathBuf,
    /// Name only what was not taken
    #[arg(long)]
    brief: bool,
}

/// Imports.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let file = entering::file(&args.file)?;
    let notebook = desk.open()?;
    let report = {
        let label = desk.out.text(&Words::new("cli-importing"));
        let mut progress = Progress::new(&desk.out, label);
        notebook.import_cards_with(&file, &mut |done, total| progress.at(done, total))?
    };
    if desk.out.json {
        desk.out.json(&report)?;
    } else {
        print(desk, &report, args.brief);
    }
    Ok(if report.refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print(desk: &Desk, report: &ImportReport, brief: bool) {
    let out = &desk.out;
    for card in &report.cards {
        if brief && card.refused.is_none() && card.left_out.is_empty() {
            continue;
        }
        let name = match card.name.as_str() {
            "" => out.text(&Words::new("cli-card").number("number", card.number)),
            name => format!("{}. {name}", card.number),
        };
        let (style, became) = became(card);
        out.pieces(&[
            (Style::Strong, name),
            (style, format!("  {}", out.text(&became))),
        ]);
        for taken in card.taken.iter().filter(|_| !brief) {
            out.pieces(&[
                (Style::Quiet, format!("    {}: ", taken.field)),
                (Style::Plain, one_line(&taken.value)),
            ]);
        }
        for left in &card.left_out {
            out.pieces(&[
                (Style::Waiting, format!("    {}: ", left.property)),
                (Style::Plain, out.text(&left.reason)),
            ]);
        }
    }
    out.say(
        &Words::new("cli-imported")
            .number("added", report.added)
            .number("known", report.known)
            .number("refused", report.refused),
    );
    if report.differing > 0 {
        out.say(&Words::new("cli-imported-differing").number("count", report.differing));
    }
}

fn became(card: &ImportedCard) -> (Style, Words) {
    match (&card.refused, card.added) {
        (Some(reason), _) => (Style::Late, reason.clone()),
        (None, true) => (Style::Kept, Words::new("cli-card-added")),
        (None, false) => (Style::Quiet, Words::new("cli-card-known")),
    }
}
