//! `kept account add`: a new customer.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::account::{AccountDraft, AccountForm, ContactPointDraft, ContactPointKind};
use kept_core::notebook::ApiResult;
use serde_json::json;

use super::personal_args::PersonalArgs;
use crate::app::App;
use crate::confirm::AnywayArgs;
use crate::parse::contact_draft;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account add \"Bäckerei Süß\"
  kept account add \"Bäckerei Süß\" --phone \"030 1234\" --contact \"Frau Müller, owner\" --tag oven
  kept account add \"Ada Byron\" --person --email ada@example.org --note \"Ring twice\"")]
pub struct Args {
    /// What the customer is called
    name: String,
    /// A person or household instead of a company
    #[arg(long)]
    person: bool,
    /// A telephone number; the first is the main one
    #[arg(long = "phone", value_name = "NUMBER")]
    phones: Vec<String>,
    /// An e-mail address; the first is the main one
    #[arg(long = "email", value_name = "ADDRESS")]
    emails: Vec<String>,
    /// A postal address; the first is the main one
    #[arg(long = "address", value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// A web page; the first is the main one
    #[arg(long = "web", value_name = "URL")]
    webs: Vec<String>,
    /// Notes; several are lines
    #[arg(long = "note", value_name = "TEXT")]
    notes: Vec<String>,
    /// A label; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Somebody who works there, "Name" or "Name, role"; may be given several times
    #[arg(long = "contact", value_name = "NAME, ROLE")]
    contacts: Vec<String>,
    /// What they use our product for
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    uses: String,
    /// What must never fail
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    must_not_fail: String,
    #[command(flatten)]
    personal: PersonalArgs,
    #[command(flatten)]
    anyway: AnywayArgs,
}

/// Adds.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let ways = [
        (ContactPointKind::Phone, args.phones),
        (ContactPointKind::Email, args.emails),
        (ContactPointKind::Address, args.addresses),
        (ContactPointKind::Web, args.webs),
    ];
    let contact_points = ways.into_iter().flat_map(|(kind, values)| {
        values
            .into_iter()
            .enumerate()
            .map(move |(n, value)| ContactPointDraft {
                id: (n == 0).then(|| kind.main_item()),
                kind,
                label: String::new(),
                value,
                contact: None,
            })
    });
    let form = match args.person {
        true => AccountForm::Person,
        false => AccountForm::Organisation,
    };
    let mut draft = AccountDraft {
        name: args.name,
        form,
        tags: args.tags,
        notes: args.notes.join("\n"),
        uses: args.uses,
        must_not_fail: args.must_not_fail,
        contact_points: contact_points.collect(),
        contacts: args
            .contacts
            .iter()
            .map(|text| contact_draft(text))
            .collect(),
        ..AccountDraft::default()
    };
    args.personal.fill(&mut draft);
    let notebook = app.open()?;
    if let Some(double) = notebook.duplicates_of_account(draft.clone())?.first() {
        let reason = Message::new("cli-double-account")
            .text("name", &double.name)
            .text("id", View::new(app, &notebook)?.short_id(double.id));
        args.anyway.confirm(&app.out, &reason)?;
    }
    let id = notebook.create_account(draft)?;
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
    } else {
        let label = Message::new("cli-account-added");
        app.out.print_labelled_id(&label, id);
    }
    Ok(ExitCode::SUCCESS)
}
