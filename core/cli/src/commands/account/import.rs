//! `kept account import`: file by file and card by card, what was taken and what was not, and why.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::notebook::{ApiResult, ImportReport, ImportedCard, KeptError};
use serde_json::json;

use crate::app::{App, exit_code};
use crate::output::Style;
use crate::parse;
use crate::progress::Progress;
use crate::view::excerpt;

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
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    // Before anything is written: a folder, or a file that is not there, is a mistake of the whole command.
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, parse::read_file(path)?));
    }
    let notebook = app.open()?;
    if let [(_, bytes)] = files.as_slice() {
        let report = import(app, &notebook, bytes)?;
        if app.out.json {
            app.out.print_json(&report)?;
        } else {
            print_report(app, &report, args.brief);
        }
        return Ok(exit_code(is_whole(&report)));
    }
    let mut whole = true;
    let mut json_value = Vec::new();
    for (path, bytes) in files {
        let imported = import(app, &notebook, &bytes);
        whole &= imported.as_ref().is_ok_and(is_whole);
        if app.out.json {
            json_value.push(file_report_json(app, path, &imported));
            continue;
        }
        app.out.print_heading_text(&path.display().to_string());
        match imported {
            Ok(report) => print_report(app, &report, args.brief),
            Err(error) => app.out.print_error(&error),
        }
    }
    if app.out.json {
        app.out.print_json(&json_value)?;
    }
    Ok(exit_code(whole))
}

fn import(app: &App, notebook: &Notebook, bytes: &[u8]) -> ApiResult<ImportReport> {
    let label = app.out.text(&Message::new("cli-importing"));
    let mut progress = Progress::new(&app.out, label);
    notebook.import_cards_with(bytes, &mut |done, total| progress.update(done, total))
}

/// The outcome of one of several files, for machines.
fn file_report_json(
    app: &App,
    path: &Path,
    imported: &Result<ImportReport, KeptError>,
) -> serde_json::Value {
    let file = path.display().to_string();
    match imported {
        Ok(report) => json!({ "file": file, "report": report }),
        Err(error) => {
            let json_value = crate::json::error(error, &error.message(), app.out.lang);
            json!({ "file": file, "error": json_value["error"] })
        }
    }
}

/// True if everything was taken, in readable letters.
fn is_whole(report: &ImportReport) -> bool {
    report.refused == 0 && report.undecoded == 0
}

fn print_report(app: &App, report: &ImportReport, brief: bool) {
    let out = &app.out;
    for card in &report.cards {
        if brief && card.refused.is_none() && card.left_out.is_empty() {
            continue;
        }
        let name = match card.name.as_str() {
            "" => out.text(&Message::new("cli-card").number("number", card.number)),
            name => format!("{}. {name}", card.number),
        };
        let (style, card_outcome) = card_outcome(card);
        out.print_styled(&[
            (Style::Strong, name),
            (style, format!("  {}", out.text(&card_outcome))),
        ]);
        for taken in card.taken.iter().filter(|_| !brief) {
            out.print_styled(&[
                (Style::Quiet, format!("    {}: ", taken.field)),
                (Style::Plain, excerpt(&taken.value)),
            ]);
        }
        for left in &card.left_out {
            out.print_styled(&[
                (Style::Waiting, format!("    {}: ", left.property)),
                (Style::Plain, out.text(&left.reason)),
            ]);
        }
    }
    out.print_message(
        &Message::new("cli-imported")
            .number("added", report.added)
            .number("known", report.known)
            .number("refused", report.refused),
    );
    if report.contacts > 0 {
        out.print_message(
            &Message::new("cli-imported-contacts")
                .number("contacts", report.contacts)
                .number("accounts", report.accounts),
        );
    }
    if report.undecoded > 0 {
        out.print_message(
            &Message::new("cli-imported-undecoded").number("count", report.undecoded),
        );
    }
    if report.differing > 0 {
        out.print_message(
            &Message::new("cli-imported-differing").number("count", report.differing),
        );
    }
}

fn card_outcome(card: &ImportedCard) -> (Style, Message) {
    let with_account = |key: &str| Message::new(key).text("account", &card.account_name);
    match (&card.refused, card.added, card.contact.is_some()) {
        (Some(reason), ..) => (Style::Late, reason.clone()),
        (None, true, true) if card.joined => (Style::Kept, with_account("cli-card-joined")),
        (None, true, true) => (Style::Kept, with_account("cli-card-founded")),
        (None, true, false) => (Style::Kept, Message::new("cli-card-added")),
        (None, false, true) => (Style::Quiet, with_account("cli-card-known-at")),
        (None, false, false) => (Style::Quiet, Message::new("cli-card-known")),
    }
}
