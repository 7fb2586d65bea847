//! `kept observe`: how a customer uses the product, or a need noticed in passing.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::visit::{UsageDraft, UsageKind};
use kept_core::notebook::ApiResult;
use serde_json::json;

use crate::app::App;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept observe süß \"props the oven door open\" --pain 2 --quote \"it gets so hot in here\"
  kept observe süß \"counts rolls by hand\" --workaround \"a pencil list\" --frequency \"every morning\"
  kept observe --need \"somebody who repairs coolers on Sundays\"

A need may stand without a customer.")]
pub struct Args {
    /// The customer: id, beginning of an id, or name
    #[arg(required_unless_present = "need")]
    account: Option<String>,
    /// What they do
    #[arg(required_unless_present_any = ["need", "quote"], conflicts_with = "need")]
    doing: Option<String>,
    /// A need instead of a use
    #[arg(long, value_name = "TEXT")]
    need: Option<String>,
    /// The product or machine
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    product: String,
    /// How they help themselves
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    workaround: String,
    /// How often, as they say it
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    frequency: String,
    /// How much it bothers them, 0 to 3
    #[arg(long, value_name = "0-3", default_value_t = 0, value_parser = kept_help::number::<u8>(0..=3))]
    pain: u8,
    /// How much of it
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    quantity: String,
    /// Their words
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// They agreed to be quoted
    #[arg(long)]
    consent: bool,
    /// A theme; may be given several times
    #[arg(long = "theme", value_name = "THEME")]
    themes: Vec<String>,
    /// Notes
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    notes: String,
}

/// Writes it down.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let account = match args.account {
        Some(text) => Some(notebook.find_document(text)?),
        None => None,
    };
    let kind = match args.need {
        Some(_) => UsageKind::Need,
        None => UsageKind::Use,
    };
    let id = notebook.log_usage(UsageDraft {
        kind,
        account,
        product: args.product,
        doing: args.need.or(args.doing).unwrap_or_default(),
        workaround: args.workaround,
        frequency: args.frequency,
        pain: args.pain,
        quantity: args.quantity,
        quote: args.quote.unwrap_or_default(),
        themes: args.themes,
        consent: args.consent,
        notes: args.notes,
        ..UsageDraft::default()
    })?;
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
    } else {
        let label = Message::new("cli-observed");
        app.out.print_labelled_id(&label, id);
    }
    Ok(ExitCode::SUCCESS)
}
