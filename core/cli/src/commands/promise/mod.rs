//! `kept promise`: promises. The list of its commands, and how promises are made, listed and shown; the commands that
//! change a promise are in `change`.

mod again;
mod change;
mod right;

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::Notebook;
use kept_core::language::{self, Message, dates};
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::notebook::{
    ApiResult, DateAdvice, DateQuestion, EventLine, Promise, PromiseDraft, PromiseExplanation,
    PromiseLink, PromiseListQuery, PromiseSummary, promise_notice,
};
use serde_json::json;

use super::history::MomentArgs;
use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::output::{Style, StyledText};
use crate::parse::{self, PromiseTermsArgs};
use crate::people;
use crate::view::View;

/// What can be done with promises.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Promise something to a customer
    Make(MakeArgs),
    /// List promises, the next due first
    List(ListPromisesArgs),
    /// Show a promise with everything that happened to it
    Show(ShowArgs),
    /// Write a promise again that does not count
    Again(again::Args),
    /// Promise to make a broken promise right
    Right(right::Args),
    /// Whatever happens to a promise
    #[command(flatten)]
    Change(change::Command),
}

/// The arguments of `make`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise make süß \"spare fuse\" --due \"Fri 12:00\"
  kept promise make süß \"call back\" --due \"in 30 minutes\" --kind callback --pool service
  kept promise make süß \"quote\" --due \"tomorrow afternoon\" --performer Sam --words \"by tomorrow\"
  kept promise make süß \"new seal\" --due 2026-11-30 --criterion \"no drops on the floor\" --no-ask

Dates, in English or German:
  in 30 minutes · in anderthalb Stunden · in 2 business days · in einem Monat · in a fortnight
  today 17:00 · tomorrow at 3 pm · heute halb vier · morgen früh · tonight (until 22:00)
  Wed am · Freitagnachmittag
  EOD · bis Feierabend · end of the week (its last working day) · nächste Woche · Ende des Monats
  Friday · Friday next week · Montag in einer Woche · 3.12. · Dec 3 · 2026-12-03 10:00
A bare weekday is the next such day. A day or half day ends with the working day, on a closed day with the last one
before it. What may mean two dates (\"12/3\", \"tomorrow at 3\") is refused with both.

You promise; whoever you name delivers, and is asked at once. Before you join a company there is nobody
who could keep a promise.")]
pub struct MakeArgs {
    /// The customer: id, beginning of an id, or name
    account: String,
    /// What will be done
    deliverable: String,
    /// By when
    #[arg(long, value_name = "WHEN")]
    due: String,
    /// How it was said
    #[arg(long, value_parser = parse::channel_values())]
    channel: Option<String>,
    /// Who heard it, a contact of the customer
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    #[command(flatten)]
    terms: PromiseTermsArgs,
    #[command(flatten)]
    anyway: AnywayArgs,
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise list
  kept promise list --all --account süß
  kept promise list --mine --json | jq -r '.[].deliverable'")]
pub struct ListPromisesArgs {
    /// Also those with nothing left to do
    #[arg(long)]
    all: bool,
    /// Only those that you made or are to deliver
    #[arg(long)]
    mine: bool,
    /// Only those of this customer
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 200, value_parser = kept_help::number::<u32>(0..=u32::MAX.into()))]
    limit: u32,
}

/// The arguments of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise show 0199a1b2-c3d4
  kept promise show 0199a1b2-c3d4 --why
  kept promise show 0199a1b2-c3d4 --at \"3 June 12:00\"   what exactly did we promise then?")]
pub struct ShowArgs {
    /// The promise: id or beginning of an id
    id: String,
    #[command(flatten)]
    moment: MomentArgs,
    /// Explain the state: what each event did, and which rules matched
    #[arg(long, conflicts_with = "at")]
    why: bool,
}

impl Command {
    /// True if it saves what people typed.
    pub fn saves(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Show(_))
    }
}

/// Runs one of them.
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Make(args) => make(app, args),
        Command::List(args) => list(app, args),
        Command::Show(args) => show(app, args),
        Command::Again(args) => again::run(app, args),
        Command::Right(args) => right::run(app, args),
        Command::Change(command) => change::run(app, command),
    }
}

fn make(app: &App, args: MakeArgs) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let account = notebook.find_document(args.account)?;
    let contact = match &args.contact {
        Some(name) => Some(people::contact(&notebook, account, name)?),
        None => None,
    };
    let channel = parse::channel(args.channel.as_deref())?;
    let input = args.terms.into_input(args.deliverable, args.due);
    let draft = input.into_draft(&notebook, &view, Some(account), contact, channel)?;
    if let Some(double) = notebook.duplicates_of_promise(draft.clone())?.first() {
        let reason = Message::new("cli-double-promise")
            .text("promise", view.promise_sentence(double))
            .text("id", view.short_id(double.id));
        args.anyway.confirm_or_warn(&app.out, &reason)?;
    }
    make_and_print(&view, &notebook, draft, "cli-promised")
}

/// Makes a promise, and prints it with what its promiser should know.
fn make_and_print(
    view: &View<'_>,
    notebook: &Notebook,
    draft: PromiseDraft,
    label: &'static str,
) -> ApiResult<ExitCode> {
    // Asked before it is promised, so that the promise itself does not count.
    let advice = date_advice_for(notebook, &draft)?;
    let draft = PromiseDraft {
        suggestion: advice.suggestion.clone(),
        ..draft
    };
    let id = notebook.make_promise(draft.clone())?;
    let summary = notebook.promise(id)?.summary;
    let notice = promise_notice(&draft, summary.promiser, &summary.performer_name);
    let load = match &advice.load {
        Some(load) => Some(notebook.load_of_colleague(load.person)?),
        None => None,
    };
    let mut warnings = advice.warnings.clone();
    warnings.extend(notebook.due_warning(draft.due.clone())?);
    if view.out.json {
        view.out.print_json(&json!({
            "id": id,
            "makes_right": draft.makes_right,
            "promise": summary,
            "notice": notice,
            "suggestion": draft.suggestion,
            "warnings": warnings,
            "load": load,
        }))?;
    } else {
        // messages: cli-promised cli-right-made
        let label = view.text(&Message::new(label));
        view.out.print_line(format!("{label} {id}"));
        view.out.print_line(view.promise_sentence(&summary));
        if let Some(notice) = notice {
            view.out
                .print_styled(&[(Style::Waiting, view.text(&notice))]);
        }
        print_advice(view, advice.sentences.first(), &warnings);
        if let Some(load) = load {
            view.out.print_line(view.text(&load.words));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the answer of the record, and the warnings.
fn print_advice(view: &View<'_>, answer: Option<&Message>, warnings: &[Message]) {
    if let Some(answer) = answer {
        view.out.print_styled(&[(Style::Quiet, view.text(answer))]);
    }
    for message in warnings {
        view.out.print_styled(&[(Style::Late, view.text(message))]);
    }
}

/// The record's advice on the date of a promise, with the load of its performer.
fn date_advice_for(notebook: &Notebook, draft: &PromiseDraft) -> ApiResult<DateAdvice> {
    let performer = match draft.performer {
        Performer::Person { person } => Some(person),
        Performer::Pool { .. } | Performer::Nobody => None,
    };
    notebook.advise_date(DateQuestion {
        kind: draft.kind.clone(),
        performer,
        within: None,
        account: None,
        due: Some(draft.due.clone()),
        quantile_percent: None,
    })
}

fn list(app: &App, args: ListPromisesArgs) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let account = match args.account {
        Some(text) => Some(notebook.find_document(text)?),
        None => None,
    };
    let promises = notebook.promises(PromiseListQuery {
        open_only: !args.all,
        mine: args.mine,
        account,
        limit: args.limit,
    })?;
    if app.out.json {
        app.out.print_json(&promises)?;
    } else if promises.is_empty() {
        app.out.print_message(&Message::new("cli-no-promises"));
    } else {
        View::new(app, &notebook)?.print_promises(&promises);
    }
    Ok(ExitCode::SUCCESS)
}

fn show(app: &App, args: ShowArgs) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = parse::find_entry(&notebook, "thing-promise", args.id)?;
    if let Some(code) = args.moment.show(app, &notebook, id)? {
        return Ok(code);
    }
    if args.why {
        let why = notebook.explain_promise(id)?;
        if app.out.json {
            app.out.print_json(&why)?;
        } else {
            print_why(&View::new(app, &notebook)?, &why);
        }
        return Ok(ExitCode::SUCCESS);
    }
    show_whole(app, &notebook, id)
}

/// Shows a promise with everything that happened to it.
pub fn show_whole(app: &App, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    let promise = notebook.promise(id)?;
    if app.out.json {
        app.out.print_json(&promise)?;
    } else {
        print(&View::new(app, notebook)?, &promise);
    }
    Ok(ExitCode::SUCCESS)
}

/// A promise in full; its events are numbered, for `retract`.
fn print(view: &View<'_>, promise: &Promise) {
    print_terms(view, promise);
    print_next(view, promise);
    view.out.print_heading(&Message::new("cli-timeline"));
    let rows = promise.events.iter().enumerate().map(|(n, event)| {
        let mut row = event_row(view, n, event);
        let mut beside: Vec<String> = event
            .remarks
            .iter()
            .map(|message| view.text(message))
            .collect();
        if event.received_at.is_none() {
            beside.push(view.text(&Message::new("cli-unsent")));
        }
        row.push((Style::Quiet, beside.join("; ")));
        row
    });
    view.out.print_table(&[], rows.collect());
}

/// Prints the state of a promise, its terms, and the words in which it was told.
pub fn print_terms(view: &View<'_>, promise: &Promise) {
    let summary = &promise.summary;
    view.out.print_styled(&[view.state_cell(summary)]);
    view.out.print_styled(&[
        (Style::Strong, view.promise_sentence(summary)),
        (Style::Quiet, format!("  {}", summary.id)),
    ]);
    if !promise.spoken.is_empty() {
        let exact = |due| dates::format_due_in_full_for(due, &view.out.reader(view.now));
        // A date that was told too late is measured against the date before it.
        let moved = promise.owed != summary.due;
        // messages: cli-spoken cli-spoken-too-late
        let key = if moved {
            "cli-spoken-too-late"
        } else {
            "cli-spoken"
        };
        let message = Message::new(key)
            .text("words", &promise.spoken)
            .text("told", exact(&summary.due))
            .text("due", exact(&promise.owed));
        view.out.print_line(view.text(&message));
    }
    if !summary.criterion.is_empty() {
        let criterion = Message::new("cli-criterion").text("criterion", &summary.criterion);
        view.out.print_line(view.text(&criterion));
    }
}

/// Prints what to notice, what to tell the customer, and who has to move next.
fn print_next(view: &View<'_>, promise: &Promise) {
    print_flags(view, &promise.summary);
    for message in promise.tell.iter().chain([&promise.next_words]) {
        view.out
            .print_line(language::with_full_stop(view.text(message)));
    }
    for (key, other) in [
        ("cli-writes-again", promise.predecessor),
        ("cli-written-again-by", promise.successor),
    ] {
        // messages: cli-writes-again cli-written-again-by
        if let Some(id) = other {
            let label = view.text(&Message::new(key));
            view.out.print_line(format!("{label} {id}"));
        }
    }
    for link in promise.makes_right.iter().chain(&promise.made_right_by) {
        print_link(view, link);
    }
    if promise.may_make_right && promise.next_words.key == "next-make-right" {
        let how = Message::new("cli-right-how").text("id", view.short_id(promise.summary.id));
        view.out.print_styled(&[(Style::Quiet, view.text(&how))]);
    }
}

/// Another promise that belongs to one, and how it stands.
fn print_link(view: &View<'_>, link: &PromiseLink) {
    let mut pieces = vec![(Style::Plain, view.text(&link.words))];
    if let Some(summary) = &link.summary {
        let (style, state) = view.state_cell(summary);
        pieces.push((style, format!("  {state}")));
    }
    pieces.push((Style::Quiet, format!("  {}", link.id)));
    view.out.print_styled(&pieces);
}

fn print_flags(view: &View<'_>, promise: &PromiseSummary) {
    for flag in &promise.flag_words {
        view.out.print_styled(&[(Style::Waiting, view.text(flag))]);
    }
}

/// The number, time, author and words of an event; grey where it does not count.
fn event_row(view: &View<'_>, number: usize, event: &EventLine) -> Vec<StyledText> {
    let style = |style| if event.counts { style } else { Style::Quiet };
    vec![
        (Style::Quiet, format!("{}.", number + 1)),
        (Style::Quiet, view.author_time_text(event.at, event.trust)),
        (style(Style::Strong), view.author_name(&event.by)),
        (style(Style::Plain), view.text(&event.words)),
    ]
}

/// Prints why a promise is in its state: the rules that matched, then event by event.
fn print_why(view: &View<'_>, why: &PromiseExplanation) {
    view.out.print_styled(&[view.state_cell(&why.summary)]);
    view.out
        .print_styled(&[(Style::Strong, view.promise_sentence(&why.summary))]);
    print_flags(view, &why.summary);
    view.out.print_line(view.text(&why.outcome_words));
    view.out.print_line(view.text(&why.work_words));
    view.out.print_heading(&Message::new("cli-timeline"));
    let rows = why.events.iter().enumerate().map(|(n, line)| {
        let mut row = event_row(view, n, &line.event);
        row.push((Style::Quiet, format!("→ {}", view.text(&line.words))));
        row
    });
    view.out.print_table(&[], rows.collect());
}
