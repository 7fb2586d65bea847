//! `kept account show`: a customer in full.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::account::{Account, ContactPoint};
use kept_core::model::authored::AuthoredValue;
use kept_core::model::ids::DocId;
use kept_core::notebook::{
    AccountPage, ApiResult, LeadTimeFit, account_facts, contact_label_message,
    contact_point_message, form_message, parts_message,
};
use serde_json::json;

use crate::app::App;
use crate::output::{Style, StyledText, joined_lines};
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account show süß
  kept account show süß --all
  kept account show süß --json | jq -r '.account.notes'")]
pub struct Args {
    /// The customer: id, beginning of an id, or name
    account: String,
    /// The whole timeline instead of the latest 20 entries
    #[arg(long)]
    all: bool,
}

/// Entries of the timeline that are shown unless all are asked for.
const LATEST_ENTRIES: usize = 20;

/// Shows.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = notebook.find_document(args.account)?;
    show(
        app,
        &notebook,
        id,
        if args.all { usize::MAX } else { LATEST_ENTRIES },
    )
}

/// Shows a customer with so many entries of the timeline.
pub fn show(app: &App, notebook: &Notebook, id: DocId, latest: usize) -> ApiResult<ExitCode> {
    let page = notebook.account(id)?;
    let fit = notebook.lead_time_fit(id)?;
    if app.out.json {
        let mut json_value = json!(page);
        json_value["fit"] = json!(fit);
        app.out.print_json(&json_value)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, notebook)?;
    print_head(&view, &page);
    view.print_likely_same(&page.likely_same);
    print_belongings(&view, &page.account);
    print_needs(&view, &fit);
    for (heading, text) in [
        (Message::new("field-uses"), &page.account.uses),
        (
            Message::new("field-must-not-fail"),
            &page.account.must_not_fail,
        ),
        (Message::new("field-notes"), &page.account.notes),
    ] {
        if !text.is_empty() {
            view.out.print_heading(&heading);
            view.out.print_line(text.trim_end());
        }
    }
    if let Some(parts) = &page.account.parts {
        view.out
            .print_styled(&[(Style::Waiting, view.text(&parts_message(parts)))]);
    }
    if !page.promises.is_empty() {
        view.out
            .print_heading(&Message::new("heading-open-promises"));
        view.print_promises(&page.promises);
    }
    if !page.timeline.is_empty() {
        view.out.print_heading(&Message::new("field-event"));
        let latest = page.timeline.get(..latest).unwrap_or(&page.timeline);
        view.print_entries(latest, false);
        let more = page.timeline.len() - latest.len();
        if more > 0 {
            let more = i64::try_from(more).unwrap_or(i64::MAX);
            view.out
                .print_line(view.text(&Message::new("count-more").number("count", more)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_head(view: &View<'_>, page: &AccountPage) {
    let account = &page.account;
    view.out.print_styled(&[
        (Style::Strong, account.name.clone()),
        (Style::Quiet, format!("  {}", account.id)),
    ]);
    let mut facts = vec![view.text(&form_message(account.form))];
    facts.extend(account.team.as_ref().map(ToString::to_string));
    facts.extend(account_facts(account).iter().map(|fact| view.text(fact)));
    facts.extend(account.tags.iter().map(|tag| match tag.starts_with('#') {
        true => tag.clone(),
        false => format!("#{tag}"),
    }));
    if account.archived {
        facts.push(view.text(&Message::new("account-archived")));
    }
    if page.unsent {
        facts.push(view.text(&Message::new("cli-unsent")));
    }
    view.out.print_line(facts.join(", "));
    let who = view.author_name(&account.created);
    let created = Message::new("cli-created")
        .text("name", who)
        .text("when", view.time_text(account.created.at));
    view.out
        .print_styled(&[(Style::Quiet, view.text(&created))]);
}

fn print_belongings(view: &View<'_>, account: &Account) {
    if !account.contact_points.is_empty() {
        view.out.print_heading(&Message::new("heading-reaches"));
    }
    for contact_point in &account.contact_points {
        print_contact_point(view, account, contact_point);
    }
    if !account.contacts.is_empty() {
        view.out.print_heading(&Message::new("field-contacts"));
    }
    for contact in &account.contacts {
        let role = Some(contact.role.clone()).filter(|role| !role.is_empty());
        let facts = role
            .into_iter()
            .chain(birthday_text(view, &contact.birthday));
        let facts = facts.chain(also_called_text(view, &contact.also_called));
        let facts: String = facts.map(|fact| format!(", {fact}")).collect();
        print_item(view, &contact.name, &facts, contact.removal_in_question);
    }
    if !account.sites.is_empty() {
        view.out.print_heading(&Message::new("field-sites"));
    }
    for site in &account.sites {
        print_item(view, &site.label, "", site.removal_in_question);
        print_values(view, &site.address);
    }
    if !account.assets.is_empty() {
        view.out.print_heading(&Message::new("field-assets"));
    }
    for asset in &account.assets {
        let serial = match asset.serial.as_str() {
            "" => String::new(),
            serial => format!(", {serial}"),
        };
        print_item(view, &asset.label, &serial, asset.removal_in_question);
    }
}

fn birthday_text(view: &View<'_>, birthday: &str) -> Option<String> {
    let message = Message::new("account-born").text("day", birthday);
    (!birthday.is_empty()).then(|| view.text(&message))
}

fn also_called_text(view: &View<'_>, names: &[String]) -> Option<String> {
    let message = Message::new("account-also-called").text("names", names.join(", "));
    (!names.is_empty()).then(|| view.text(&message))
}

/// Prints the customer's needs, held against the record.
fn print_needs(view: &View<'_>, fit: &LeadTimeFit) {
    if fit.needs.is_empty() {
        return;
    }
    view.out.print_heading(&Message::new("field-needs"));
    for need in &fit.needs {
        print_item(view, &view.text(&need.kind_words), "", false);
        let style = match need.meets {
            Some(true) => Style::Plain,
            Some(false) => Style::Late,
            None => Style::Waiting,
        };
        let indented = |message: &Message| format!("    {}", view.text(message));
        for message in &need.sentences {
            view.out.print_styled(&[(style, indented(message))]);
        }
        if need.values.len() > 1 {
            for value in &need.values {
                let stands = Message::new("past-need").text("need", value.within.to_string());
                let by = Message::new("cli-given-by")
                    .text("name", view.author_name(&value.by))
                    .text("when", view.time_text(value.by.at));
                view.out.print_styled(&[
                    (Style::Waiting, indented(&stands)),
                    (Style::Quiet, format!("  {}", view.text(&by))),
                ]);
            }
        }
        for message in &need.rests_on {
            view.out.print_styled(&[(Style::Quiet, indented(message))]);
        }
    }
    for message in &fit.sentences {
        view.out.print_line(format!("  {}", view.text(message)));
    }
}

fn print_contact_point(view: &View<'_>, account: &Account, contact_point: &ContactPoint) {
    let mut label = view.text(&contact_point_message(contact_point.kind));
    let purpose = view.text(&contact_label_message(&contact_point.label));
    let owner = account
        .contacts
        .iter()
        .find(|contact| Some(contact.id) == contact_point.contact);
    let more = [
        Some(purpose.as_str()),
        owner.map(|owner| owner.name.as_str()),
    ];
    for more in more.into_iter().flatten().filter(|more| !more.is_empty()) {
        label = format!("{label}, {more}");
    }
    print_item(view, &label, "", contact_point.removal_in_question);
    print_values(view, &contact_point.values);
}

/// A name, what stands behind it, and the question whether it is to go.
fn print_item(view: &View<'_>, name: &str, more: &str, in_question: bool) {
    let mut pieces: Vec<StyledText> = vec![
        (Style::Plain, format!("  {}", joined_lines(name))),
        (Style::Quiet, joined_lines(more)),
    ];
    if in_question {
        let question = view.text(&Message::new("removal-in-question"));
        pieces.push((Style::Waiting, format!("  {question}")));
    }
    view.out.print_styled(&pieces);
}

/// One value, or each of several with who gave it and when.
fn print_values(view: &View<'_>, values: &[AuthoredValue]) {
    if values.len() > 1 {
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        let unsettled = view.text(&Message::new("values-unsettled").number("count", count));
        view.out
            .print_styled(&[(Style::Waiting, format!("    {unsettled}"))]);
    }
    for given in values {
        let mut pieces: Vec<StyledText> = Vec::new();
        // An address may have several lines.
        let value = given.value.replace('\n', "\n    ");
        pieces.push((Style::Plain, format!("    {value}")));
        if values.len() > 1 {
            let by = Message::new("cli-given-by")
                .text("name", view.author_name(&given.by))
                .text("when", view.time_text(given.by.at));
            pieces.push((Style::Quiet, format!("  {}", view.text(&by))));
        }
        view.out.print_styled(&pieces);
    }
}
