//! `kept promise right`: a promise that makes a broken one right.

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, PromiseDraft};

use super::make::make_and_print;
use crate::app::App;
use crate::parse::{self, PromiseTermsArgs};
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise right 0199a1b2-c3d4 --due \"tomorrow 10:00\"
  kept promise right 0199a1b2-c3d4 \"a seal of the right size\" --due Friday --performer Sam --told

The new promise is to the same customer, of the same kind and for whoever was to deliver, unless you say
otherwise. Each of the two shows the other.")]
pub struct Args {
    /// The broken promise: id or beginning of an id
    id: String,
    /// The deliverable [default: the one that was promised]
    deliverable: Option<String>,
    /// By when
    #[arg(long, value_name = "WHEN")]
    due: String,
    /// How it was said
    #[arg(long, value_parser = parse::channel_values())]
    channel: Option<String>,
    #[command(flatten)]
    terms: PromiseTermsArgs,
}

/// Makes it.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let id = parse::find_entry(&notebook, "thing-promise", args.id)?;
    let due = parse::due(&view, &args.due)?;
    let begun = notebook.draft_to_make_right(id, due)?;
    let terms = args.terms;
    let channel = match &args.channel {
        Some(name) => parse::channel(Some(name))?,
        None => begun.channel,
    };
    let performer = match terms.performer.is_given() {
        true => terms.performer.find(&notebook)?,
        false => begun.performer,
    };
    let not_before = match &terms.not_before {
        Some(text) => Some(parse::due(&view, text)?),
        None => None,
    };
    let criterion = Some(terms.criterion).filter(|text| !text.is_empty());
    let draft = PromiseDraft {
        deliverable: args.deliverable.unwrap_or(begun.deliverable),
        kind: terms.kind.unwrap_or(begun.kind),
        criterion: criterion.unwrap_or(begun.criterion),
        words: terms.words.unwrap_or(args.due),
        told: terms.told,
        ask: !terms.no_ask,
        channel,
        performer,
        not_before,
        ..begun
    };
    make_and_print(&view, &notebook, draft, "cli-right-made")
}
