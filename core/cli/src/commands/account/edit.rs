//! `kept account edit`: changes to a customer; all options of one call are one entry of its history.

use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::account::{
    Account, AccountEdit, ContactPoint, ContactPointDraft, ContactPointKind,
};
use kept_core::notebook::{ApiResult, KeptError};
use serde_json::json;

use super::personal_args::PersonalArgs;
use crate::app::App;
use crate::parse::people::find_contact;
use crate::parse::{contact_draft, not_present_error, unknown_value_message};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept account edit süß --phone \"030 5678\"           the main telephone number
  kept account edit süß --add-note \"Closed on Mondays\"
  kept account edit süß --add-contact \"Frau Müller, owner\" --tag oven
  kept account edit süß --untag oven
  kept account edit süß --settle-phone \"030 5678\"    choose between several numbers
  kept account edit süß --needs callback=2h --needs delivery=5d
  kept account edit süß --unneed delivery

Two people who give a number without seeing each other have given two: both are kept until somebody
settles which holds. Notes merge by sentence: a sentence that two people replaced without seeing each other
stands in both versions, and `kept settle` chooses. What a customer needs is a lead time
per kind of promise, in working time where the kind counts it: `kept account show` holds it against the record.")]
pub struct Args {
    /// The customer: id, beginning of an id, or name
    account: String,
    #[command(flatten)]
    changes: Changes,
}

/// The changes of one call.
#[derive(Debug, clap::Args)]
struct Changes {
    /// Another name
    #[arg(long)]
    name: Option<String>,
    /// The main telephone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The main e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The main postal address
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// The main web page
    #[arg(long, value_name = "URL")]
    web: Option<String>,
    /// Remove the number or address with this value; may be given several times
    #[arg(long = "remove", value_name = "VALUE")]
    removed: Vec<String>,
    /// Replace the notes
    #[arg(long, value_name = "TEXT", conflicts_with = "added_notes")]
    note: Option<String>,
    /// The notes as you saw them; without it, as they are now
    #[arg(long, value_name = "TEXT", requires = "note")]
    was: Option<String>,
    /// Add a line to the notes as they are; may be given several times
    #[arg(long = "add-note", value_name = "TEXT")]
    added_notes: Vec<String>,
    /// Their uses for our product
    #[arg(long, value_name = "TEXT")]
    uses: Option<String>,
    /// The things that must never fail
    #[arg(long, value_name = "TEXT")]
    must_not_fail: Option<String>,
    /// Add a label; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Remove a label; may be given several times
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<String>,
    /// Add somebody who works there, "Name" or "Name, role"; may be given several times
    #[arg(long = "add-contact", value_name = "NAME, ROLE")]
    added_contacts: Vec<String>,
    /// Remove somebody; may be given several times
    #[arg(long = "remove-contact", value_name = "NAME")]
    removed_contacts: Vec<String>,
    /// Within what time they need a kind of promise: callback=2h, delivery=5d; may be given several times
    #[arg(long = "needs", value_name = "KIND=TIME")]
    needs: Vec<String>,
    /// Take back that they need a kind within a time; may be given several times
    #[arg(long = "unneed", value_name = "KIND")]
    unneeds: Vec<String>,
    #[command(flatten)]
    personal: PersonalArgs,
    /// Choose between several telephone numbers
    #[arg(long, value_name = "NUMBER")]
    settle_phone: Option<String>,
    /// Choose between several e-mail addresses
    #[arg(long, value_name = "ADDRESS")]
    settle_email: Option<String>,
    /// Choose between several postal addresses
    #[arg(long, value_name = "ADDRESS")]
    settle_address: Option<String>,
}

/// Edits.
pub fn run(app: &App, args: Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let id = notebook.find_document(args.account)?;
    let edits = args.changes.edits(&notebook.account(id)?.account)?;
    if edits.is_empty() {
        app.refuse_empty_change("--phone, --add-note");
    }
    notebook.edit_account(id, edits)?;
    if app.out.json {
        app.out.print_json(&json!({ "id": id }))?;
    } else {
        let name = notebook.account(id)?.account.name;
        app.out
            .print_message(&Message::new("entry-changed").text("name", name));
    }
    Ok(ExitCode::SUCCESS)
}

impl Changes {
    fn edits(self, account: &Account) -> ApiResult<Vec<AccountEdit>> {
        let mut edits = Vec::new();
        edits.extend(self.name.map(|name| AccountEdit::Name { name }));
        for (kind, value) in [
            (ContactPointKind::Phone, self.phone),
            (ContactPointKind::Email, self.email),
            (ContactPointKind::Address, self.address),
            (ContactPointKind::Web, self.web),
        ] {
            if let Some(value) = value {
                edits.push(set_main_contact_point(account, kind, value)?);
            }
        }
        for (kind, value) in [
            (ContactPointKind::Phone, self.settle_phone),
            (ContactPointKind::Email, self.settle_email),
            (ContactPointKind::Address, self.settle_address),
        ] {
            if let Some(value) = value {
                edits.push(settle_contact_point(account, kind, &value)?);
            }
        }
        for value in &self.removed {
            edits.push(remove_contact_point(account, value)?);
        }
        let was = Some(self.was.unwrap_or_else(|| account.notes.clone()));
        if let Some(text) = self.note {
            let was = was.clone();
            edits.push(AccountEdit::Notes { text, was });
        }
        if !self.added_notes.is_empty() {
            let lines = std::iter::once(&account.notes).chain(&self.added_notes);
            let lines: Vec<&str> = lines
                .map(|line| line.trim_end_matches('\n'))
                .filter(|line| !line.is_empty())
                .collect();
            // Each line is ended, so that two people who each add one have added two.
            edits.push(AccountEdit::Notes {
                text: lines.iter().map(|line| format!("{line}\n")).collect(),
                was,
            });
        }
        edits.extend(self.personal.edits(account));
        edits.extend(self.uses.map(|text| AccountEdit::Uses { text, was: None }));
        edits.extend(
            self.must_not_fail
                .map(|text| AccountEdit::MustNotFail { text, was: None }),
        );
        edits.extend(self.tags.into_iter().map(|tag| AccountEdit::AddTag { tag }));
        for tag in self.untags {
            if !account.tags.contains(&tag) {
                return Err(not_present_error("tag", &tag, &account.tags));
            }
            edits.push(AccountEdit::RemoveTag { tag });
        }
        for text in &self.needs {
            edits.push(need(text)?);
        }
        for kind in self.unneeds {
            if !account.needs.iter().any(|need| need.kind == kind) {
                let known: Vec<&str> = account.needs.iter().map(|n| n.kind.as_str()).collect();
                return Err(not_present_error("unneed", &kind, &known));
            }
            edits.push(AccountEdit::DropRequiredLeadTime { kind });
        }
        for text in &self.added_contacts {
            edits.push(AccountEdit::SetContact {
                contact: contact_draft(text),
            });
        }
        for name in &self.removed_contacts {
            edits.push(AccountEdit::RemoveContact {
                id: find_contact(account, name)?.id,
            });
        }
        Ok(edits)
    }
}

/// Reads "callback=2h".
fn need(text: &str) -> ApiResult<AccountEdit> {
    let read = text.split_once('=').and_then(|(kind, within)| {
        Some(AccountEdit::RequiredLeadTime {
            kind: kind.trim().to_owned(),
            within: within.parse().ok()?,
        })
    });
    read.ok_or_else(|| {
        KeptError::invalid("needs", Message::new("cli-need-form").text("text", text))
    })
}

/// Sets the main number or address of a kind; its label and whose it is stay.
fn set_main_contact_point(
    account: &Account,
    kind: ContactPointKind,
    value: String,
) -> ApiResult<AccountEdit> {
    if value.trim().is_empty() {
        let message = Message::new("cli-empty-reach").text("field", kind.name());
        return Err(KeptError::invalid(kind.name(), message));
    }
    let id = kind.main_item();
    let known = account
        .contact_points
        .iter()
        .find(|contact_point| contact_point.id == id);
    Ok(set_contact_point(known, id, kind, value))
}

fn set_contact_point(
    known: Option<&ContactPoint>,
    id: kept_core::model::ids::ItemId,
    kind: ContactPointKind,
    value: String,
) -> AccountEdit {
    AccountEdit::SetContactPoint {
        contact_point: ContactPointDraft {
            id: Some(id),
            kind,
            label: known
                .map(|contact_point| contact_point.label.clone())
                .unwrap_or_default(),
            value,
            contact: known.and_then(|contact_point| contact_point.contact),
        },
    }
}

/// Chooses one of several values; an error for one that was not given.
fn settle_contact_point(
    account: &Account,
    kind: ContactPointKind,
    value: &str,
) -> ApiResult<AccountEdit> {
    let open: Vec<&ContactPoint> = account
        .contact_points
        .iter()
        .filter(|contact_point| contact_point.kind == kind && contact_point.values.len() > 1)
        .collect();
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    let chosen = open.iter().find_map(|contact_point| {
        let mut values = contact_point.values.iter();
        let given = values.find(|given| without_spaces(&given.value) == without_spaces(value))?;
        Some((contact_point, given.value.clone()))
    });
    if let Some((contact_point, value)) = chosen {
        return Ok(set_contact_point(
            Some(contact_point),
            contact_point.id,
            kind,
            value,
        ));
    }
    let message = if open.is_empty() {
        Message::new("cli-nothing-to-settle")
    } else {
        let values = open.iter().flat_map(|contact_point| &contact_point.values);
        let values: Vec<&str> = values.map(|given| given.value.as_str()).collect();
        unknown_value_message(kind.name(), value, &values.join(", "))
    };
    Err(KeptError::invalid(kind.name(), message))
}

fn remove_contact_point(account: &Account, value: &str) -> ApiResult<AccountEdit> {
    let has = |contact_point: &&ContactPoint| {
        contact_point
            .values
            .iter()
            .any(|given| given.value == value)
    };
    let found = account.contact_points.iter().find(has).ok_or_else(|| {
        let values = account
            .contact_points
            .iter()
            .flat_map(|contact_point| &contact_point.values);
        let values: Vec<&str> = values.map(|given| given.value.as_str()).collect();
        not_present_error("remove", value, &values)
    })?;
    Ok(AccountEdit::RemoveContactPoint { id: found.id })
}
