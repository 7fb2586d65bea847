//! `kept show`: anything whole, as it was entered: a customer, a visit, an observation, a promise, a colleague, a kind
//! of promises.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::model::time::Millis;
use kept_core::model::visit::{Usage, Visit};
use kept_core::notebook::{
    ApiResult, EntryKind, KeptError, channel_message, is_same_name, place_message,
    usage_kind_message,
};
use serde_json::json;

use super::{account, handbook, me, promise};
use crate::app::App;
use crate::display::fields::print_fields;
use crate::output::Style;
use crate::parse::people;
use crate::view::View;

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
enum Target {
    Entry(DocId, EntryKind),
    Colleague(String),
    Kind(String),
}

/// Shows.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    match find_target(app, &notebook, args.what.trim())? {
        Target::Entry(id, EntryKind::Account) => account::show_whole(app, &notebook, id),
        Target::Entry(id, EntryKind::Promise) => promise::show_whole(app, &notebook, id),
        Target::Entry(id, EntryKind::Visit) => show_visit(app, &notebook, &notebook.visit(id)?),
        Target::Entry(id, EntryKind::Usage) => show_usage(app, &notebook, &notebook.usage(id)?),
        // The entry of a colleague about themselves is found by their name.
        Target::Entry(id, EntryKind::Person) => {
            Err(KeptError::not_found("thing-entry", id.to_string()))
        }
        Target::Colleague(name) => me::show_colleague(app, &notebook, &name),
        Target::Kind(key) => handbook::show_kind(app, &notebook, &key),
    }
}

/// The thing that an id or a name means. A whole name means what is called so; a part is as much of a customer's name
/// as tells them apart.
fn find_target(app: &App, notebook: &Notebook, text: &str) -> ApiResult<Target> {
    let found = notebook.find_document(text.to_owned());
    let mut targets = Vec::new();
    if let Ok(id) = &found {
        let kind = notebook.entry_kind(*id)?;
        let is_called =
            kind != EntryKind::Account || is_same_name(&notebook.account(*id)?.account.name, text);
        if is_called || text.parse::<DocId>().is_ok() {
            targets.push(Target::Entry(*id, kind));
        }
    }
    for colleague in notebook.colleagues()? {
        if is_same_name(&colleague.name, text) || colleague.id.to_string() == text {
            targets.push(Target::Colleague(colleague.id.to_string()));
        }
    }
    for known in notebook.handbook()?.kinds {
        if is_same_name(&known.kind.key, text) || is_same_name(&app.out.text(&known.words), text) {
            targets.push(Target::Kind(known.kind.key));
        }
    }
    if targets.len() > 1 {
        let known: Vec<String> = targets
            .iter()
            .map(|target| target_label(app, target))
            .collect();
        let message = Message::new("error-ambiguous")
            .text("text", text)
            .text("known", known.join(", "));
        return Err(KeptError::invalid("id", message));
    }
    if let Some(target) = targets.pop() {
        return Ok(target);
    }
    let id = match found {
        Ok(id) => id,
        Err(KeptError::NotFound { id, .. }) => {
            return match people::colleague(notebook, text) {
                Ok(person) => Ok(Target::Colleague(person.to_string())),
                Err(KeptError::NotFound { .. }) => Err(KeptError::not_found("thing-entry", id)),
                Err(error) => Err(error),
            };
        }
        Err(error) => return Err(error),
    };
    Ok(Target::Entry(id, notebook.entry_kind(id)?))
}

fn target_label(app: &App, target: &Target) -> String {
    let (key, id) = match target {
        Target::Entry(id, _) => ("thing-account", id.to_string()),
        Target::Colleague(id) => ("thing-colleague", id.clone()),
        Target::Kind(key) => ("thing-kind", key.clone()),
    };
    format!("{} {id}", app.out.text(&Message::new(key)))
}

fn show_visit(app: &App, notebook: &Notebook, visit: &Visit) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(&json!({ "visit": visit }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, notebook)?;
    let head = format!("{}  ", view.text(&Message::new("thing-visit")));
    view.out
        .print_styled(&[(Style::Strong, head), (Style::Quiet, visit.id.to_string())]);
    let time = |at: Option<Millis>| at.map(|at| view.time_text(at)).unwrap_or_default();
    let place = visit.place.map(|place| view.text(&place_message(place)));
    let nothing_promised = match visit.nothing_promised {
        true => view.text(&Message::new("visit-nothing-promised")),
        false => String::new(),
    };
    let fields = [
        ("field-account", visit.labels.account.clone()),
        ("field-contact", visit.labels.contact.clone()),
        ("field-channel", view.text(&channel_message(visit.channel))),
        ("field-happened-at", view.time_text(visit.happened_at)),
        ("field-planned-at", time(visit.planned_at)),
        ("field-arrived-at", time(visit.arrived_at)),
        ("field-left-at", time(visit.left_at)),
        ("field-place", place.unwrap_or_default()),
        ("field-said", visit.said.clone()),
        ("field-means", visit.means.clone()),
        ("field-help", visit.help.clone()),
        ("field-marks", visit.marks.join(", ")),
        ("field-nothing-promised", nothing_promised),
        ("field-author", view.author_name(&visit.by)),
    ];
    print_fields(&view, fields);
    Ok(ExitCode::SUCCESS)
}

fn show_usage(app: &App, notebook: &Notebook, usage: &Usage) -> ApiResult<ExitCode> {
    if app.out.json {
        app.out.print_json(&json!({ "usage": usage }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, notebook)?;
    let head = format!("{}  ", view.text(&Message::new("thing-usage")));
    view.out
        .print_styled(&[(Style::Strong, head), (Style::Quiet, usage.id.to_string())]);
    let pain = Message::new("cli-pain").number("pain", usage.pain);
    let consent = match usage.consent {
        true => view.text(&Message::new("past-yes")),
        false => String::new(),
    };
    let fields = [
        ("field-form", view.text(&usage_kind_message(usage.kind))),
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
        ("field-author", view.author_name(&usage.by)),
        ("field-happened-at", view.time_text(usage.by.at)),
    ];
    print_fields(&view, fields);
    Ok(ExitCode::SUCCESS)
}
