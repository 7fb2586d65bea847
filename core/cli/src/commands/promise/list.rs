//! `kept promise list`: promises, the next due first.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::notebook::{ApiResult, PromiseListQuery};

use crate::app::App;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept promise list
  kept promise list --all --account süß
  kept promise list --mine --json | jq -r '.[].deliverable'")]
pub struct Args {
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

/// Lists them.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
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
        offset: 0,
        kind: None,
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
