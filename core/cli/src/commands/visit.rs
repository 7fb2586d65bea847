//! `kept visit`: one tap, with what was said, observed and promised.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::visit::Visit;
use kept_core::notebook::{
    ApiResult, LoggedVisit, channel_message, is_empty_visit, promise_notice,
};
use serde_json::json;

use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::output::Style;
use crate::parse::{self, JsonObject, ObservationInput, PromiseTermsArgs, VisitInput};
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
  kept visit süß \"All is well\" --arrived \"an hour ago\" --left \"5 minutes ago\" --nothing-promised

All of it is written, or nothing.")]
pub struct Args {
    /// The customer: id, beginning of an id, or name
    account: String,
    /// The words that were said, as they were said
    said: String,
    /// The meaning that we think it has
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
    /// When you came, in words as for --at
    #[arg(long, value_name = "WHEN")]
    arrived: Option<String>,
    /// When you left, in words as for --at
    #[arg(long, value_name = "WHEN")]
    left: Option<String>,
    /// A thing that they do with the product; may be given several times
    #[arg(long = "observe", value_name = "TEXT")]
    observations: Vec<String>,
    /// The thing that you promised
    #[arg(long, value_name = "DELIVERABLE", requires = "due")]
    promise: Option<String>,
    /// By when you promised it
    #[arg(long, value_name = "WHEN", requires = "promise")]
    due: Option<String>,
    /// The answer to "what did you promise?" is: nothing
    #[arg(long, conflicts_with = "promise")]
    nothing_promised: bool,
    #[command(flatten)]
    terms: PromiseTermsArgs,
    #[command(flatten)]
    anyway: AnywayArgs,
}

/// Logs a visit.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let observations = args.observations.into_iter();
    let observations = observations.map(|doing| JsonObject(ObservationInput::of(doing)));
    let promise = args.promise.zip(args.due);
    let promise = promise.map(|(deliverable, due)| args.terms.into_input(deliverable, due));
    let input = VisitInput {
        account: args.account,
        said: args.said,
        means: args.means,
        channel: args.channel,
        contact: args.contact,
        marks: args.marks,
        wish: args.wish,
        at: args.at,
        planned: None,
        arrived: args.arrived,
        left: args.left,
        place: None,
        nothing_promised: args.nothing_promised,
        observations: observations.collect(),
        promises: promise.into_iter().map(JsonObject).collect(),
        anyway: args.anyway.anyway,
    };
    let entry = input.into_entry(&notebook, &view)?;
    if is_empty_visit(&entry) {
        args.anyway
            .confirm(&app.out, &Message::new("cli-empty-visit"))?;
    }
    let promise = entry.promises.first().cloned();
    if let Some(draft) = &promise {
        args.anyway
            .confirm_double_promise(&notebook, &view, draft)?;
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
    let label = Message::new("cli-visit-logged");
    view.out.print_labelled_id(&label, logged.visit);
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
        let label = Message::new("cli-observed");
        view.out.print_labelled_id(&label, usage);
    }
    for promise in &logged.promises {
        let label = Message::new("cli-promised");
        view.out.print_labelled_id(&label, promise);
    }
    Ok(())
}
