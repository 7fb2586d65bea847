//! `kept unsent`: what the server does not have, and the ways out of what it holds or refuses.

use std::path::PathBuf;
use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::GroupId;
use kept_core::notebook::{ApiResult, KeptError, WayOut};
use serde_json::json;

use crate::app::App;
use crate::output::Style;
use crate::parse;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("way").multiple(false),
    after_help = "\
Examples:
  kept unsent                        what the server does not have
  kept unsent --text 0199a1b2        what was typed, to be copied
  kept unsent --again 0199a1b2       write anew what was refused
  kept unsent --withdraw 0199a1b2    take it off the list
  kept unsent --export 0199a1b2 --to lost.kept
  kept unsent --json | jq -r '.unsent[].id'

What is withdrawn stays on this device, and --back brings it back. What was written upon it goes with it. What the server
holds is never written again, for the office may still take it."
)]
pub struct Args {
    /// Print what was typed in this group: its id, or the beginning of it
    #[arg(long, value_name = "ID", group = "way")]
    text: Option<String>,
    /// Write this refused group anew: its id, or the beginning of it
    #[arg(long, value_name = "ID", group = "way")]
    again: Option<String>,
    /// Withdraw this group, or this entry that cannot be read: its id, or the beginning of it
    #[arg(long, value_name = "ID", group = "way")]
    withdraw: Option<String>,
    /// Bring this group back: its id, or the beginning of it
    #[arg(long, value_name = "ID", group = "way")]
    back: Option<String>,
    /// Write this group, or this entry, into a file
    #[arg(long, value_name = "ID", group = "way", requires = "to")]
    export: Option<String>,
    /// The file that is written; none that exists is overwritten
    #[arg(long, value_name = "FILE", requires = "export")]
    to: Option<PathBuf>,
}

/// Lists, or goes a way out.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    match args {
        Args { text: Some(id), .. } => {
            let text = notebook.group_text(find(&notebook, &id)?, app.out.lang)?;
            match app.out.json {
                true => app.out.print_json(&json!({ "text": text }))?,
                false => app.out.print_line(text),
            }
        }
        Args {
            again: Some(id), ..
        } => {
            let groups = notebook.write_group_again(find(&notebook, &id)?)?;
            report(app, "cli-unsent-again", &groups)?;
        }
        Args {
            withdraw: Some(id), ..
        } => match find(&notebook, &id) {
            Ok(group) => report(
                app,
                "cli-unsent-withdrawn",
                &notebook.withdraw_group(group)?,
            )?,
            Err(not_found) => {
                let unreadable = notebook.status()?.quarantined.into_iter();
                let mut unreadable = unreadable.map(|document| document.id);
                let found = unreadable.find(|doc| doc.to_string().starts_with(&id.to_lowercase()));
                notebook.withdraw_document(found.ok_or(not_found)?)?;
                report(app, "cli-unsent-withdrawn", &[])?;
            }
        },
        Args { back: Some(id), .. } => {
            let group = find(&notebook, &id)?;
            notebook.bring_group_back(group)?;
            report(app, "cli-unsent-back", &[group])?;
        }
        Args {
            export: Some(id),
            to: Some(to),
            ..
        } => {
            let content = match find(&notebook, &id) {
                Ok(group) => notebook.export_group(group)?,
                Err(_) => {
                    notebook.export_entry(parse::find_entry(&notebook, "thing-entry", id)?)?
                }
            };
            parse::write_new_file(&to, &content)?;
            report(app, "cli-unsent-exported", &[])?;
        }
        _ => list(app, &notebook)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The group of an id or of its beginning, among those that wait and those that were withdrawn.
fn find(notebook: &Notebook, text: &str) -> ApiResult<GroupId> {
    let text = text.to_lowercase();
    let waiting = notebook.status()?.unsent.into_iter().map(|group| group.id);
    let away = notebook.withdrawn()?.groups.into_iter();
    let mut known = waiting.chain(away.map(|group| group.id));
    let found = known.find(|id| id.to_string().starts_with(&text));
    found.ok_or_else(|| KeptError::not_found("thing-entry", text))
}

fn report(app: &App, key: &'static str, groups: &[GroupId]) -> ApiResult<()> {
    // messages: cli-unsent-again cli-unsent-withdrawn cli-unsent-back cli-unsent-exported
    if app.out.json {
        return app.out.print_json(&json!({ "groups": groups }));
    }
    app.out.print_message(&Message::new(key));
    Ok(())
}

fn list(app: &App, notebook: &Notebook) -> ApiResult<()> {
    let (status, away) = (notebook.status()?, notebook.withdrawn()?);
    if app.out.json {
        let value = json!({
            "unsent": status.unsent,
            "quarantined": status.quarantined,
            "withdrawn": away,
        });
        return app.out.print_json(&value);
    }
    let view = View::new(app, notebook)?;
    view.out.print_line(view.text(&status.line));
    for group in &status.unsent {
        print_group(&view, &group.words, &group.reasons, group.id, &group.ways);
    }
    for document in status.quarantined.iter().chain(&away.documents) {
        let unreadable = Message::new("cli-sick-quarantined");
        let unreadable = unreadable.text("id", document.id.to_string());
        view.out
            .print_message(&unreadable.text("reason", &document.reason));
    }
    if !away.groups.is_empty() {
        view.out.print_heading(&Message::new("cli-head-withdrawn"));
    }
    for group in &away.groups {
        print_group(&view, &group.words, &group.reasons, group.id, &group.ways);
    }
    Ok(())
}

fn print_group(
    view: &View<'_>,
    words: &Message,
    reasons: &[Message],
    id: GroupId,
    ways: &[WayOut],
) {
    view.out.print_styled(&[
        (Style::Strong, view.text(words)),
        (Style::Copied, format!("  {id}")),
    ]);
    for reason in reasons {
        view.out.print_line(format!("  {}", view.text(reason)));
    }
    let flags: Vec<&str> = ways.iter().map(|way| flag(*way)).collect();
    let flags = Message::new("cli-unsent-ways").text("flags", flags.join(" "));
    view.out.print_line(format!("  {}", view.text(&flags)));
}

fn flag(way: WayOut) -> &'static str {
    match way {
        WayOut::WriteAgain => "--again",
        WayOut::CopyText => "--text",
        WayOut::Withdraw => "--withdraw",
        WayOut::BringBack => "--back",
        WayOut::Export => "--export",
    }
}
