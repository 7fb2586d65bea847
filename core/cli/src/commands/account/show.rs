//! `kept account show`: a customer in full.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::model::account::{Account, AccountForm, Reach, ReachKind};
use kept_core::model::authored::Authored;
use kept_core::model::ids::DocId;
use kept_core::notebook::{AccountFit, AccountPage, ApiResult, label_words, parts_words};
use kept_core::words::Words;
use serde_json::json;

use crate::folder::Desk;
use crate::output::{Piece, Style, on_one_line};
use crate::show::View;

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
const LATEST: usize = 20;

/// Shows.
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let id = notebook.find(args.account)?;
    show(
        desk,
        &notebook,
        id,
        if args.all { usize::MAX } else { LATEST },
    )
}

/// Shows a customer with so many entries of the timeline.
pub fn show(desk: &Desk, notebook: &Notebook, id: DocId, latest: usize) -> ApiResult<ExitCode> {
    let page = notebook.account(id)?;
    let fit = notebook.fit_of(id)?;
    if desk.out.json {
        let mut told = json!(page);
        told["fit"] = json!(fit);
        desk.out.json(&told)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, notebook)?;
    head(&view, &page);
    view.likely_same(&page.likely_same);
    belongings(&view, &page.account);
    needs(&view, &fit);
    for (heading, text) in [
        (Words::new("cli-uses"), &page.account.uses),
        (Words::new("cli-must-not-fail"), &page.account.must_not_fail),
        (Words::new("cli-notes"), &page.account.notes),
    ] {
        if !text.is_empty() {
            view.out.heading(&heading);
            view.out.line(text.trim_end());
        }
    }
    if let Some(parts) = &page.account.parts {
        view.out
            .pieces(&[(Style::Waiting, view.text(&parts_words(parts)))]);
    }
    if !page.promises.is_empty() {
        view.out.heading(&Words::new("cli-open-promises"));
        view.promises(&page.promises);
    }
    if !page.timeline.is_empty() {
        view.out.heading(&Words::new("cli-timeline"));
        let latest = page.timeline.get(..latest).unwrap_or(&page.timeline);
        view.entries(latest, false);
        let more = page.timeline.len() - latest.len();
        if more > 0 {
            let more = i64::try_from(more).unwrap_or(i64::MAX);
            view.out
                .line(view.text(&Words::new("cli-more").number("count", more)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn head(view: &View<'_>, page: &AccountPage) {
    let account = &page.account;
    view.out.pieces(&[
        (Style::Strong, account.name.clone()),
        (Style::Quiet, format!("  {}", account.id)),
    ]);
    let mut facts = vec![view.text(&match account.form {
        AccountForm::Organisation => Words::new("cli-form-organisation"),
        AccountForm::Person => Words::new("cli-form-person"),
    })];
    facts.extend(account.team.as_ref().map(ToString::to_string));
    facts.extend(Some(account.title.clone()).filter(|title| !title.is_empty()));
    facts.extend(born(view, &account.birthday));
    facts.extend(also_called(view, &account.also_called));
    facts.extend(account.tags.iter().map(|tag| match tag.starts_with('#') {
        true => tag.clone(),
        false => format!("#{tag}"),
    }));
    if account.archived {
        facts.push(view.text(&Words::new("cli-archived")));
    }
    if page.unsent {
        facts.push(view.text(&Words::new("cli-unsent")));
    }
    view.out.line(facts.join(", "));
    let who = view.who(&account.created);
    let created = Words::new("cli-created")
        .text("name", who)
        .text("when", view.when(account.created.at));
    view.out.pieces(&[(Style::Quiet, view.text(&created))]);
}

fn belongings(view: &View<'_>, account: &Account) {
    if !account.reaches.is_empty() {
        view.out.heading(&Words::new("cli-reaches"));
    }
    for reach in &account.reaches {
        reach_lines(view, account, reach);
    }
    if !account.contacts.is_empty() {
        view.out.heading(&Words::new("cli-contacts"));
    }
    for contact in &account.contacts {
        let role = Some(contact.role.clone()).filter(|role| !role.is_empty());
        let facts = role.into_iter().chain(born(view, &contact.birthday));
        let facts = facts.chain(also_called(view, &contact.also_called));
        let facts: String = facts.map(|fact| format!(", {fact}")).collect();
        item(view, &contact.name, &facts, contact.removal_in_question);
    }
    if !account.sites.is_empty() {
        view.out.heading(&Words::new("cli-sites"));
    }
    for site in &account.sites {
        item(view, &site.label, "", site.removal_in_question);
        values(view, &site.address);
    }
    if !account.assets.is_empty() {
        view.out.heading(&Words::new("cli-assets"));
    }
    for asset in &account.assets {
        let serial = match asset.serial.as_str() {
            "" => String::new(),
            serial => format!(", {serial}"),
        };
        item(view, &asset.label, &serial, asset.removal_in_question);
    }
}

fn born(view: &View<'_>, birthday: &str) -> Option<String> {
    let words = Words::new("cli-born").text("day", birthday);
    (!birthday.is_empty()).then(|| view.text(&words))
}

fn also_called(view: &View<'_>, names: &[String]) -> Option<String> {
    let words = Words::new("cli-also-called").text("names", names.join(", "));
    (!names.is_empty()).then(|| view.text(&words))
}

/// Prints the customer's needs, held against the record.
fn needs(view: &View<'_>, fit: &AccountFit) {
    if fit.needs.is_empty() {
        return;
    }
    view.out.heading(&Words::new("cli-needs"));
    for need in &fit.needs {
        item(view, &view.text(&need.kind_words), "", false);
        let style = match need.meets {
            Some(true) => Style::Plain,
            Some(false) => Style::Late,
            None => Style::Waiting,
        };
        let indented = |words: &Words| format!("    {}", view.text(words));
        for words in &need.sentences {
            view.out.pieces(&[(style, indented(words))]);
        }
        if need.values.len() > 1 {
            for value in &need.values {
                let stands = Words::new("past-need").text("need", value.within.to_string());
                let by = Words::new("cli-given-by")
                    .text("name", view.who(&value.by))
                    .text("when", view.when(value.by.at));
                view.out.pieces(&[
                    (Style::Waiting, indented(&stands)),
                    (Style::Quiet, format!("  {}", view.text(&by))),
                ]);
            }
        }
        for words in &need.rests_on {
            view.out.pieces(&[(Style::Quiet, indented(words))]);
        }
    }
    for words in &fit.sentences {
        view.out.line(format!("  {}", view.text(words)));
    }
}

fn reach_lines(view: &View<'_>, account: &Account, reach: &Reach) {
    let mut label = view.text(&kind(reach.kind));
    let purpose = view.text(&label_words(&reach.label));
    let owner = account
        .contacts
        .iter()
        .find(|contact| Some(contact.id) == reach.contact);
    let more = [
        Some(purpose.as_str()),
        owner.map(|owner| owner.name.as_str()),
    ];
    for more in more.into_iter().flatten().filter(|more| !more.is_empty()) {
        label = format!("{label}, {more}");
    }
    item(view, &label, "", reach.removal_in_question);
    values(view, &reach.values);
}

/// A name, what stands behind it, and the question whether it is to go.
fn item(view: &View<'_>, name: &str, more: &str, in_question: bool) {
    let mut pieces: Vec<Piece> = vec![
        (Style::Plain, format!("  {}", on_one_line(name))),
        (Style::Quiet, on_one_line(more)),
    ];
    if in_question {
        let question = view.text(&Words::new("cli-removal-in-question"));
        pieces.push((Style::Waiting, format!("  {question}")));
    }
    view.out.pieces(&pieces);
}

/// One value, or each of several with who gave it and when.
fn values(view: &View<'_>, values: &[Authored]) {
    if values.len() > 1 {
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        let unsettled = view.text(&Words::new("cli-values-unsettled").number("count", count));
        view.out
            .pieces(&[(Style::Waiting, format!("    {unsettled}"))]);
    }
    for given in values {
        let mut pieces: Vec<Piece> = Vec::new();
        // An address may have several lines.
        let value = given.value.replace('\n', "\n    ");
        pieces.push((Style::Plain, format!("    {value}")));
        if values.len() > 1 {
            let by = Words::new("cli-given-by")
                .text("name", view.who(&given.by))
                .text("when", view.when(given.by.at));
            pieces.push((Style::Quiet, format!("  {}", view.text(&by))));
        }
        view.out.pieces(&pieces);
    }
}

fn kind(kind: ReachKind) -> Words {
    match kind {
        ReachKind::Phone => Words::new("cli-reach-phone"),
        ReachKind::Email => Words::new("cli-reach-email"),
        ReachKind::Address => Words::new("cli-reach-address"),
        ReachKind::Web => Words::new("cli-reach-web"),
    }
}
