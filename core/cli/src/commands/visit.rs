//! `kept visit`: one tap, with what was said, observed and promised.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::visit::{UsageDraft, Visit, VisitDraft};
use kept_core::notebook::{
    ApiResult, LoggedVisit, VisitEntry, channel_message, is_empty_visit, promise_notice,
};
use serde_json::json;

use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::output::Style;
use crate::parse::{self, PromiseTermsArgs, people};
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept visit süß \"The oven trips when it rains\"
  kept visit süß \"Needs it by Friday\" --means \"will look elsewhere\" --mark follow-up
  kept visit süß \"Called about the pump\" --channel call --at \"yesterday 14:00\"
  kept visit süß \"Spare fuse is missing\" --promise \"spare fuse\" --due \"Fri 12:00\" --performer Sam
  kept visit süß \"Showed me round\" --observe \"props the door open to cool the room\"

All of it is written, or nothing.")]
pub struct Args {
    /// The customer: id, beginning of an id, or name
    account: String,
    /// What was said, in their words
    said: String,
    /// What we think it means
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    means: String,
    /// How you met
    #[arg(long, value_parser = parse::channel_values())]
    channel: Option<String>,
    /// Whom you met, a contact of the customer
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    /// An outcome, such as fixed, follow-up, happy; may be given several times
    #[arg(long = "mark", value_name = "MARK")]
    marks: Vec<String>,
    /// The answer to "how else can we help?"
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    wish: String,
    /// When it was, such as "last Friday 10:00" or "vor einer Stunde" [default: now]
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// What they do with the product; may be given several times
    #[arg(long = "observe", value_name = "TEXT")]
    observations: Vec<String>,
    /// What you promised
    #[arg(long, value_name = "DELIVERABLE", requires = "due")]
    promise: Option<String>,
    /// By when you promised it
    #[arg(long, value_name = "WHEN", requires = "promise")]
    due: Option<String>,
    #[command(flatten)]
    terms: PromiseTermsArgs,
    #[command(flatten)]
    anyway: AnywayArgs,
}

/// Logs a visit.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let account = notebook.find(args.account)?;
    let contact = match &args.contact {
        Some(name) => Some(people::contact(&notebook, account, name)?),
        None => None,
    };
    let channel = parse::channel(args.channel.as_deref())?;
    let promise = match (args.promise, args.due) {
        (Some(deliverable), Some(due)) => {
            let input = args.terms.into_input(deliverable, due);
            Some(input.into_draft(&notebook, &view, Some(account), contact, channel)?)
        }
        _ => None,
    };
    let happened_at = match &args.at {
        Some(text) => Some(parse::moment(&view, text)?),
        None => None,
    };
    let usages = args.observations.into_iter().map(|doing| UsageDraft {
        doing,
        ..UsageDraft::default()
    });
    let entry = VisitEntry {
        visit: VisitDraft {
            account: Some(account),
            contact,
            channel,
            said: args.said,
            means: args.means,
            marks: args.marks,
            help: args.wish,
            happened_at,
            ..VisitDraft::default()
        },
        usages: usages.collect(),
        promises: promise.iter().cloned().collect(),
    };
    if is_empty_visit(&entry) {
        args.anyway
            .confirm(&app.out, &Message::new("cli-empty-visit"))?;
    }
    if let Some(draft) = &promise
        && let Some(double) = notebook.duplicates_of_promise(draft.clone())?.first()
    {
        let reason = Message::new("cli-double-promise")
            .text("promise", view.promise_sentence(double))
            .text("id", view.short_id(double.id));
        args.anyway.confirm_or_warn(&app.out, &reason)?;
    }
    let logged = notebook.log_visit(entry)?;
    // Looked at again: what happened now would lie ahead of when the command began.
    let view = View::new(app, &notebook)?;
    let visit = notebook.visit(logged.visit)?;
    print(&view, &logged, &visit)?;
    for (draft, id) in promise.iter().zip(&logged.promises) {
        let summary = notebook.promise(*id)?.summary;
        let notice = promise_notice(draft, summary.promiser, &summary.performer_name);
        if app.out.json {
            break;
        }
        view.out.print_line(view.promise_sentence(&summary));
        if let Some(notice) = notice {
            view.out
                .print_styled(&[(Style::Waiting, view.text(&notice))]);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says the ids of what was written, and whom and when the visit was understood to be.
fn print(view: &View<'_>, logged: &LoggedVisit, visit: &Visit) -> ApiResult<()> {
    if view.out.json {
        let mut json_value = json!(logged);
        json_value["understood"] = json!({
            "account": visit.account,
            "account_name": visit.labels.account,
            "contact_name": visit.labels.contact,
            "channel": visit.channel,
            "happened_at": visit.happened_at,
        });
        return view.out.print_json(&json_value);
    }
    let say =
        |message: Message, id: String| view.out.print_line(format!("{} {id}", view.text(&message)));
    say(Message::new("cli-visit-logged"), logged.visit.to_string());
    let names = [&visit.labels.account, &visit.labels.contact];
    let names: Vec<&str> = names
        .into_iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    let understood = Message::new("cli-visit-understood")
        .text("channel", view.text(&channel_message(visit.channel)))
        .text("names", names.join(", "))
        .text("when", view.time_text(visit.happened_at));
    view.out.print_line(view.text(&understood));
    for usage in &logged.usages {
        say(Message::new("cli-observed"), usage.to_string());
    }
    for promise in &logged.promises {
        say(Message::new("cli-promised"), promise.to_string());
    }
    Ok(())
}
