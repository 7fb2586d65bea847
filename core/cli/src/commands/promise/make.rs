//! `kept promise make`: a new promise to a customer.

use std::process::ExitCode;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::Performer;
use kept_core::notebook::{ApiResult, DateAdvice, DateQuestion, PromiseDraft, promise_notice};
use serde_json::json;

use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::display::promises::print_advice;
use crate::output::Style;
use crate::parse::{self, PromiseTermsArgs, people};
use crate::view::View;

/// The arguments.
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
pub struct Args {
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

/// Makes it.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
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
    args.anyway
        .confirm_double_promise(&notebook, &view, &draft)?;
    make_and_print(&view, &notebook, draft, "cli-promised")
}

/// Makes a promise, and prints it with what its promiser should know.
pub fn make_and_print(
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
        view.out.print_labelled_id(&Message::new(label), id);
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
