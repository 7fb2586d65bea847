//! `kept account import`: file by file and card by card, what was taken and what was not, and why.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::notebook::{ApiResult, ImportReport, ImportedCard, KeptError};
use kept_core::words::Words;
use serde_json::json;

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
  kept account import anna.vcf ben.vcf
  export-contacts | kept account import -
  kept account import contacts.vcf --json | jq '.cards[] | select(.refused)'

A person becomes a customer. People whose cards name the same organisation become contacts of one customer, unless
their e-mail domains or addresses say otherwise. Importing the same file again adds nothing, and changes no customer:
what a card says that its customer does not is named. So is what was not taken, with the reason. The exit code is 1
if a whole card was refused, or if something of one could not be decoded.")]
pub struct Args {
    /// A .vcf file as a contacts app exports it, or several; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name only what was not taken
    #[arg(long)]
    brief: bool,
}

/// Imports.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    // Before anything is written: a folder, or a file that is not there, is a mistake of the whole command.
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, entering::file(path)?));
    }
    let notebook = desk.open()?;
    if let [(_, bytes)] = files.as_slice() {
        let report = import(desk, &notebook, bytes)?;
        if desk.out.json {
            desk.out.json(&report)?;
        } else {
            print(desk, &report, args.brief);
        }
        return Ok(exit(is_whole(&report)));
    }
    let mut whole = true;
    let mut told = Vec::new();
    for (path, bytes) in files {
        let imported = import(desk, &notebook, &bytes);
        whole &= imported.as_ref().is_ok_and(is_whole);
        if desk.out.json {
            told.push(of_file(desk, path, &imported));
            continue;
        }
        desk.out.heading_text(&path.display().to_string());
        match imported {
            Ok(report) => print(desk, &report, args.brief),
            Err(error) => desk.out.error(&error),
        }
    }
    if desk.out.json {
        desk.out.json(&told)?;
    }
    Ok(exit(whole))
}

fn import(desk: &Desk, notebook: &Notebook, bytes: &[u8]) -> ApiResult<ImportReport> {
    let label = desk.out.text(&Words::new("cli-importing"));
    let mut progress = Progress::new(&desk.out, label);
    notebook.import_cards_with(bytes, &mut |done, total| progress.at(done, total))
}

/// The outcome of one of several files, for machines.
fn of_file(
    desk: &Desk,
    path: &Path,
    imported: &Result<ImportReport, KeptError>,
) -> serde_json::Value {
    let file = path.display().to_string();
    match imported {
        Ok(report) => json!({ "file": file, "report": report }),
        Err(error) => {
            let told = crate::json::error(error, &error.words(), desk.out.lang);
            json!({ "file": file, "error": told["error"] })
        }
    }
}

/// True if everything was taken, in readable letters.
fn is_whole(report: &ImportReport) -> bool {
    report.refused == 0 && report.undecoded == 0
}

fn exit(is_whole: bool) -> ExitCode {
    if is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
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
    if report.contacts > 0 {
        out.say(
            &Words::new("cli-imported-contacts")
                .number("contacts", report.contacts)
                .number("accounts", report.accounts),
        );
    }
    if report.undecoded > 0 {
        out.say(&Words::new("cli-imported-undecoded").number("count", report.undecoded));
    }
    if report.differing > 0 {
        out.say(&Words::new("cli-imported-differing").number("count", report.differing));
    }
}

fn became(card: &ImportedCard) -> (Style, Words) {
    let of_firm = |key: &str| Words::new(key).text("account", &card.account_name);
    match (&card.refused, card.added, card.contact.is_some()) {
        (Some(reason), ..) => (Style::Late, reason.clone()),
        (None, true, true) if card.joined => (Style::Kept, of_firm("cli-card-joined")),
        (None, true, true) => (Style::Kept, of_firm("cli-card-founded")),
        (None, true, false) => (Style::Kept, Words::new("cli-card-added")),
        (None, false, true) => (Style::Quiet, of_firm("cli-card-known-at")),
        (None, false, false) => (Style::Quiet, Words::new("cli-card-known")),
    }
}
