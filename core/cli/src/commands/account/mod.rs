//! `kept account`: customers. The list of its commands, and the short ones; the others have files here.

mod add;
mod edit;
mod import;
mod show;

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::Notebook;
use kept_core::model::account::AccountEdit;
use kept_core::model::ids::DocId;
use kept_core::notebook::{AccountQuery, ApiResult};
use kept_core::words::Words;
use serde_json::json;

use crate::confirm::AnywayArgs;
use crate::folder::Desk;
use crate::output::Style;
use crate::show::View;

/// What can be done with customers.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write down a customer
    Add(Box<add::Args>),
    /// List customers in alphabetical order
    List(ListArgs),
    /// Show a customer: every value with who gave it, what happened there, open promises
    Show(show::Args),
    /// Change a customer; what others change meanwhile is merged
    Edit(Box<edit::Args>),
    /// Import files of vCards: people, and firms with those who work there
    Import(import::Args),
    /// Archive a customer
    Archive(OneArgs),
    /// Bring a customer back
    Restore(OneArgs),
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account list
  kept account list --archived --limit 20
  kept account list --json | jq -r '.[] | [.name, .phone] | @tsv'")]
pub struct ListArgs {
    /// Archived ones as well
    #[arg(long)]
    archived: bool,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 500, value_parser = kept_help::number::<u32>(0..=u32::MAX.into()))]
    limit: u32,
    /// After so many
    #[arg(long, value_name = "COUNT", default_value_t = 0, value_parser = kept_help::number::<u32>(0..=u32::MAX.into()))]
    offset: u32,
}

/// The arguments of `archive` and `restore`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account archive süß
  kept account restore süß")]
pub struct OneArgs {
    /// The customer: id, beginning of an id, or name
    account: String,
    #[command(flatten)]
    anyway: AnywayArgs,
}

impl Command {
    /// True if it saves what people typed. Cards come from a file, which is still there.
    pub fn saves(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Show(_) | Self::Import(_))
    }
}

/// Runs one of them.
pub fn run(desk: &Desk, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Add(args) => add::run(desk, *args),
        Command::List(args) => list(desk, &args),
        Command::Show(args) => show::run(desk, args),
        Command::Edit(args) => edit::run(desk, *args),
        Command::Import(args) => import::run(desk, &args),
        Command::Archive(args) => put(desk, args, AccountEdit::Archive),
        Command::Restore(args) => put(desk, args, AccountEdit::Restore),
    }
}

/// Shows a customer with everything that happened there.
pub fn show_whole(desk: &Desk, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    show::show(desk, notebook, id, usize::MAX)
}

fn list(desk: &Desk, args: &ListArgs) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let accounts = notebook.accounts(AccountQuery {
        archived: args.archived,
        limit: args.limit,
        offset: args.offset,
    })?;
    if desk.out.json {
        desk.out.json(&accounts)?;
        return Ok(ExitCode::SUCCESS);
    }
    if accounts.is_empty() {
        let anybody = AccountQuery {
            archived: true,
            limit: 1,
            offset: 0,
        };
        desk.out.say(&match notebook.accounts(anybody)?.is_empty() {
            true => Words::new("cli-no-accounts"),
            false => Words::new("cli-accounts-elsewhere"),
        });
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(desk, &notebook)?;
    let rows = accounts.iter().map(|account| {
        let mut marks = Vec::new();
        if account.archived {
            marks.push(view.text(&Words::new("cli-archived")));
        }
        if account.unsettled > 0 {
            marks.push(view.text(&Words::new("cli-unsettled").number("count", account.unsettled)));
        }
        if account.unsent {
            marks.push(view.text(&Words::new("cli-unsent")));
        }
        marks.extend(
            Some(view.likely_same_as(&account.likely_same)).filter(|same| !same.is_empty()),
        );
        let team = account.team.as_ref().map(ToString::to_string);
        let style = match account.archived {
            true => Style::Quiet,
            false => Style::Strong,
        };
        vec![
            (style, account.name.clone()),
            (Style::Plain, account.phone.clone()),
            (Style::Plain, team.unwrap_or_default()),
            (Style::Arriving, marks.join(", ")),
            view.id(account.id),
        ]
    });
    let head = [
        Words::new("cli-head-name"),
        Words::new("cli-head-phone"),
        Words::new("cli-head-team"),
        Words::new("cli-head-nothing"),
        Words::new("cli-head-id"),
    ];
    view.out.table(&head, rows.collect());
    Ok(ExitCode::SUCCESS)
}

fn put(desk: &Desk, args: OneArgs, edit: AccountEdit) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let id = notebook.find(args.account)?;
    let open = notebook.account(id)?.promises.len();
    if let (AccountEdit::Archive, 1..) = (&edit, open) {
        let reason = Words::new("cli-archive-open")
            .text("name", notebook.account(id)?.account.name)
            .number("count", i64::try_from(open).unwrap_or(i64::MAX));
        args.anyway.confirm(&desk.out, &reason)?;
    }
    let words = match edit {
        AccountEdit::Archive => Words::new("cli-put-away"),
        _ => Words::new("cli-taken-out"),
    };
    notebook.edit_account(id, vec![edit])?;
    if desk.out.json {
        desk.out.json(&json!({ "id": id }))?;
    } else {
        let name = notebook.account(id)?.account.name;
        desk.out.say(&words.text("name", name));
    }
    Ok(ExitCode::SUCCESS)
}
