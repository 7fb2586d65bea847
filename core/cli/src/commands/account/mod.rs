//! `kept account`: customers. The list of its commands, and the short ones; the others have files here.

mod add;
mod edit;
mod import;
mod personal_args;
mod show;

use std::process::ExitCode;

use clap::Subcommand;
use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::account::AccountEdit;
use kept_core::model::ids::DocId;
use kept_core::notebook::{AccountListQuery, ApiResult};
use serde_json::json;

use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::output::Style;
use crate::view::View;

/// The commands of customers.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write down a customer
    Add(Box<add::Args>),
    /// List customers in alphabetical order
    List(ListAccountsArgs),
    /// Show a customer: every value with who gave it, what happened there, open promises
    Show(show::Args),
    /// Change a customer; what others change meanwhile is merged
    Edit(Box<edit::Args>),
    /// Import files of vCards: people, and firms with those who work there
    Import(import::Args),
    /// Archive a customer
    Archive(AccountArgs),
    /// Bring a customer back
    Restore(AccountArgs),
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account list
  kept account list --archived --limit 20
  kept account list --json | jq -r '.[] | [.name, .phone] | @tsv'")]
pub struct ListAccountsArgs {
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
pub struct AccountArgs {
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
pub fn run(app: &App, command: Command) -> ApiResult<ExitCode> {
    match command {
        Command::Add(args) => add::run(app, *args),
        Command::List(args) => list(app, &args),
        Command::Show(args) => show::run(app, args),
        Command::Edit(args) => edit::run(app, *args),
        Command::Import(args) => import::run(app, &args),
        Command::Archive(args) => set_archived(app, args, AccountEdit::Archive),
        Command::Restore(args) => set_archived(app, args, AccountEdit::Restore),
    }
}

/// Shows a customer with everything that happened there.
pub fn show_whole(app: &App, notebook: &Notebook, id: DocId) -> ApiResult<ExitCode> {
    show::show(app, notebook, id, usize::MAX)
}

fn list(app: &App, args: &ListAccountsArgs) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let accounts = notebook.accounts(AccountListQuery {
        archived: args.archived,
        limit: args.limit,
        offset: args.offset,
    })?;
    if app.out.json {
        app.out.print_json(&accounts)?;
        return Ok(ExitCode::SUCCESS);
    }
    if accounts.is_empty() {
        let any_account = AccountListQuery {
            archived: true,
            limit: 1,
            offset: 0,
        };
        app.out
            .print_message(&match notebook.accounts(any_account)?.is_empty() {
                true => Message::new("cli-no-accounts"),
                false => Message::new("cli-accounts-elsewhere"),
            });
        return Ok(ExitCode::SUCCESS);
    }
    let view = View::new(app, &notebook)?;
    let rows = accounts.iter().map(|account| {
        let mut marks = Vec::new();
        if account.archived {
            marks.push(view.text(&Message::new("account-archived")));
        }
        if account.unsettled > 0 {
            marks.push(
                view.text(&Message::new("account-unsettled").number("count", account.unsettled)),
            );
        }
        if account.unsent {
            marks.push(view.text(&Message::new("cli-unsent")));
        }
        marks.extend(
            Some(view.likely_same_text(&account.likely_same)).filter(|same| !same.is_empty()),
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
            view.id_cell(account.id),
        ]
    });
    let head = [
        Message::new("field-name"),
        Message::new("field-phone"),
        Message::new("cli-head-team"),
        Message::new("cli-head-nothing"),
        Message::new("field-id"),
    ];
    view.out.print_table(&head, rows.collect());
    Ok(ExitCode::SUCCESS)
}

fn set_archived(app: &App, args: AccountArgs, edit: AccountEdit) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = notebook.find_document(args.account)?;
    let open = notebook.account(id)?.promises.len();
    if let (AccountEdit::Archive, 1..) = (&edit, open) {
        let reason = Message::new("cli-archive-open")
            .text("name", notebook.account(id)?.account.name)
            .number("count", i64::try_from(open).unwrap_or(i64::MAX));
        args.anyway.confirm(&app.out, &reason)?;
    }
    let message = match edit {
        AccountEdit::Archive => Message::new("cli-put-away"),
        _ => Message::new("cli-taken-out"),
    };
    notebook.edit_account(id, vec![edit])?;
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
    } else {
        let name = notebook.account(id)?.account.name;
        app.out.print_message(&message.text("name", name));
    }
    Ok(ExitCode::SUCCESS)
}
