//! `kept show`: anything whole, as it was entered: a customer, a visit, an observation, a promise, a colleague, a kind
//! of promises.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::model::visit::{Channel, Usage, UsageKind, Visit};
use kept_core::notebook::{ApiResult, EntryKind, KeptError, is_same_name};
use kept_core::words::Words;
use serde_json::json;

use super::{account, handbook, me, promise};
use crate::folder::Desk;
use crate::output::Style;
use crate::show::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept show 0199a1b2-c3d4
  kept show \"Hotel Adler\"
  kept show Eva
  kept show delivery --json

Nothing is cut. A name may be a customer's, a colleague's or a kind's; where several are called so, they are named.")]
pub struct Args {
    /// An id, the beginning of one, or a name
    #[arg(value_name = "ID|NAME")]
    what: String,
}

/// Something that can be shown.
enum Thing {
    Entry(DocId, EntryKind),
    Colleague(String),
    Kind(String),
}

/// Shows.
pub fn run(desk: &Desk, args: &Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    match meant(desk, &notebook, args.what.trim())? {
        Thing::Entry(id, EntryKind::Account) => account::show_whole(desk, &notebook, id),
        Thing::Entry(id, EntryKind::Promise) => promise::show_whole(desk, &notebook, id),
        Thing::Entry(id, EntryKind::Visit) => visit(desk, &notebook, &notebook.visit(id)?),
        Thing::Entry(id, EntryKind::Usage) => usage(desk, &notebook, &notebook.usage(id)?),
        // The entry of a colleague about themselves is found by their name.
        Thing::Entry(id, EntryKind::Person) => {
            Err(KeptError::not_found("thing-entry", id.to_string()))
        }
        Thing::Colleague(name) => me::show_colleague(desk, &notebook, &name),
        Thing::Kind(key) => handbook::show_kind(desk, &notebook, &key),
    }
}

/// The thing that an id or a name means. A whole name means what is called so; a part is as much of a customer's name
/// as tells them apart.
fn meant(desk: &Desk, notebook: &Notebook, text: &str) -> ApiResult<Thing> {
    let found = notebook.find(text.to_owned());
    let mut called_so = Vec::new();
    if let Ok(id) = &found {
        let kind = notebook.kind_of(*id)?;
        let is_called =
            kind != EntryKind::Account || is_same_name(&notebook.account(*id)?.account.name, text);
        if is_called || text.parse::<DocId>().is_ok() {
            called_so.push(Thing::Entry(*id, kind));
        }
    }
    for colleague in notebook.colleagues()? {
        if is_same_name(&colleague.name, text) || colleague.id.to_string() == text {
            called_so.push(Thing::Colleague(colleague.id.to_string()));
        }
    }
    for known in notebook.handbook()?.kinds {
        if is_same_name(&known.kind.key, text) || is_same_name(&desk.out.text(&known.words), text) {
            called_so.push(Thing::Kind(known.kind.key));
        }
    }
    if called_so.len() > 1 {
        let known: Vec<String> = called_so.iter().map(|thing| named(desk, thing)).collect();
        let words = Words::new("error-ambiguous")
            .text("text", text)
            .text("known", known.join(", "));
        return Err(KeptError::invalid("id", words));
    }
    if let Some(thing) = called_so.pop() {
        return Ok(thing);
    }
    let id = match found {
        Ok(id) => id,
        Err(KeptError::NotFound { id, .. }) => {
            return match crate::people::colleague(notebook, text) {
                Ok(person) => Ok(Thing::Colleague(person.to_string())),
                Err(KeptError::NotFound { .. }) => Err(KeptError::not_found("thing-entry", id)),
                Err(error) => Err(error),
            };
        }
        Err(error) => return Err(error),
    };
    Ok(Thing::Entry(id, notebook.kind_of(id)?))
}

fn named(desk: &Desk, thing: &Thing) -> String {
    let (key, id) = match thing {
        Thing::Entry(id, _) => ("thing-account", id.to_string()),
        Thing::Colleague(id) => ("thing-colleague", id.clone()),
        Thing::Kind(key) => ("thing-kind", key.clone()),
    };
    format!("{} {id}", desk.out.text(&Words::new(key)))
}

fn visit(desk: &Desk, notebook: &Notebook, visit: &Visit) -> ApiResult<ExitCode> {
    if desk.out.json {
        desk.out.json(&json!({ "visit": visit }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, notebook)?;
    let head = format!("{}  ", view.text(&Words::new("thing-visit")));
    view.out
        .pieces(&[(Style::Strong, head), (Style::Quiet, visit.id.to_string())]);
    let fields = [
        ("field-account", visit.labels.account.clone()),
        ("field-contact", visit.labels.contact.clone()),
        ("field-channel", view.text(&channel_words(visit.channel))),
        ("field-happened-at", view.when(visit.happened_at)),
        ("field-said", visit.said.clone()),
        ("field-means", visit.means.clone()),
        ("field-help", visit.help.clone()),
        ("field-marks", visit.marks.join(", ")),
        ("field-author", view.who(&visit.by)),
    ];
    print(&view, fields);
    Ok(ExitCode::SUCCESS)
}

fn usage(desk: &Desk, notebook: &Notebook, usage: &Usage) -> ApiResult<ExitCode> {
    if desk.out.json {
        desk.out.json(&json!({ "usage": usage }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, notebook)?;
    let head = format!("{}  ", view.text(&Words::new("thing-usage")));
    view.out
        .pieces(&[(Style::Strong, head), (Style::Quiet, usage.id.to_string())]);
    let form = match usage.kind {
        UsageKind::Use => Words::new("usage-use"),
        UsageKind::Need => Words::new("usage-need"),
    };
    let pain = Words::new("cli-pain").number("pain", usage.pain);
    let consent = match usage.consent {
        true => view.text(&Words::new("answer-yes")),
        false => String::new(),
    };
    let fields = [
        ("field-form", view.text(&form)),
        ("field-account", usage.labels.account.clone()),
        ("field-product", usage.product.clone()),
        ("field-doing", usage.doing.clone()),
        ("field-workaround", usage.workaround.clone()),
        ("field-frequency", usage.frequency.clone()),
        (
            "field-pain",
            if usage.pain > 0 {
                view.text(&pain)
            } else {
                String::new()
            },
        ),
        ("field-quantity", usage.quantity.clone()),
        ("field-quote", usage.quote.clone()),
        ("field-consent", consent),
        ("field-themes", usage.themes.join(", ")),
        ("field-notes", usage.notes.clone()),
        ("field-author", view.who(&usage.by)),
        ("field-happened-at", view.when(usage.by.at)),
    ];
    print(&view, fields);
    Ok(ExitCode::SUCCESS)
}

/// Each field that says something, with all of its lines.
fn print<const N: usize>(view: &View<'_>, fields: [(&str, String); N]) {
    // words: field-account field-contact field-channel field-happened-at field-said field-means field-help
    // words: field-marks field-author field-form field-product field-doing field-workaround field-frequency
    // words: field-pain field-quantity field-quote field-consent field-themes field-notes
    for (key, text) in fields
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
    {
        let label = view.text(&Words::new(key));
        let mut lines = text.trim_end().lines();
        view.out.pieces(&[
            (Style::Quiet, format!("{label}: ")),
            (Style::Plain, lines.next().unwrap_or_default().to_owned()),
        ]);
        for line in lines {
            view.out.line(format!("    {line}"));
        }
    }
}

/// The channel of a visit, in words.
pub fn channel_words(channel: Channel) -> Words {
    // words: office-channel-on-site office-channel-call office-channel-video office-channel-message
    // words: office-channel-event
    Words::new(format!("office-channel-{}", channel.name()))
}
