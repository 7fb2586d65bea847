//! `kept account edit`: changes to a customer; all options of one call are one entry of its history.

use std::process::ExitCode;

use kept_core::model::account::{Account, AccountEdit, Reach, ReachDraft, ReachKind};
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::words::Words;
use serde_json::json;

use super::add::{PersonalArgs, contact};
use crate::entering::{not_here, not_one_of, nothing_to_change};
use crate::folder::Desk;
use crate::people::contact_of;

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

/// What can be changed.
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
    /// What they use our product for
    #[arg(long, value_name = "TEXT")]
    uses: Option<String>,
    /// What must never fail
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
pub fn run(desk: &Desk, args: Args) -> ApiResult<ExitCode> {
    let notebook = desk.open()?;
    let id = notebook.find(args.account)?;
    let edits = args.changes.edits(&notebook.account(id)?.account)?;
    if edits.is_empty() {
        nothing_to_change("--phone, --add-note");
    }
    notebook.edit_account(id, edits)?;
    if desk.out.json {
        desk.out.json(&json!({ "id": id }))?;
    } else {
        let name = notebook.account(id)?.account.name;
        desk.out
            .say(&Words::new("cli-account-changed").text("name", name));
    }
    Ok(ExitCode::SUCCESS)
}

impl Changes {
    fn edits(self, account: &Account) -> ApiResult<Vec<AccountEdit>> {
        let mut edits = Vec::new();
        edits.extend(self.name.map(|name| AccountEdit::Name { name }));
        for (kind, value) in [
            (ReachKind::Phone, self.phone),
            (ReachKind::Email, self.email),
            (ReachKind::Address, self.address),
            (ReachKind::Web, self.web),
        ] {
            if let Some(value) = value {
                edits.push(main_reach(account, kind, value)?);
            }
        }
        for (kind, value) in [
            (ReachKind::Phone, self.settle_phone),
            (ReachKind::Email, self.settle_email),
            (ReachKind::Address, self.settle_address),
        ] {
            if let Some(value) = value {
                edits.push(settled(account, kind, &value)?);
            }
        }
        for value in &self.removed {
            edits.push(removed_reach(account, value)?);
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
        let personal = self.personal;
        edits.extend(
            personal
                .birthday
                .map(|birthday| AccountEdit::Birthday { birthday }),
        );
        edits.extend(personal.title.map(|title| AccountEdit::Title { title }));
        if !personal.also_called.is_empty() {
            let mut names = account.also_called.clone();
            names.extend(
                personal
                    .also_called
                    .into_iter()
                    .filter(|name| !account.also_called.contains(name)),
            );
            edits.push(AccountEdit::AlsoCalled { names });
        }
        edits.extend(self.uses.map(|text| AccountEdit::Uses { text }));
        edits.extend(
            self.must_not_fail
                .map(|text| AccountEdit::MustNotFail { text }),
        );
        edits.extend(self.tags.into_iter().map(|tag| AccountEdit::AddTag { tag }));
        for tag in self.untags {
            if !account.tags.contains(&tag) {
                return Err(not_here("tag", &tag, &account.tags));
            }
            edits.push(AccountEdit::RemoveTag { tag });
        }
        for text in &self.needs {
            edits.push(need(text)?);
        }
        for kind in self.unneeds {
            if !account.needs.iter().any(|need| need.kind == kind) {
                let known: Vec<&str> = account.needs.iter().map(|n| n.kind.as_str()).collect();
                return Err(not_here("unneed", &kind, &known));
            }
            edits.push(AccountEdit::DropNeed { kind });
        }
        for text in &self.added_contacts {
            edits.push(AccountEdit::SetContact {
                contact: contact(text),
            });
        }
        for name in &self.removed_contacts {
            edits.push(AccountEdit::RemoveContact {
                id: contact_of(account, name)?.id,
            });
        }
        Ok(edits)
    }
}

/// Reads "callback=2h".
fn need(text: &str) -> ApiResult<AccountEdit> {
    let read = text.split_once('=').and_then(|(kind, within)| {
        Some(AccountEdit::Need {
            kind: kind.trim().to_owned(),
            within: within.parse().ok()?,
        })
    });
    read.ok_or_else(|| KeptError::invalid("needs", Words::new("cli-need-form").text("text", text)))
}

/// Sets the main number or address of a kind; its label and whose it is stay.
fn main_reach(account: &Account, kind: ReachKind, value: String) -> ApiResult<AccountEdit> {
    if value.trim().is_empty() {
        let words = Words::new("cli-empty-reach").text("field", kind.name());
        return Err(KeptError::invalid(kind.name(), words));
    }
    let id = kind.main_item();
    let known = account.reaches.iter().find(|reach| reach.id == id);
    Ok(set_reach(known, id, kind, value))
}

fn set_reach(
    known: Option<&Reach>,
    id: kept_core::model::ids::ItemId,
    kind: ReachKind,
    value: String,
) -> AccountEdit {
    AccountEdit::SetReach {
        reach: ReachDraft {
            id: Some(id),
            kind,
            label: known.map(|reach| reach.label.clone()).unwrap_or_default(),
            value,
            contact: known.and_then(|reach| reach.contact),
        },
    }
}

/// Chooses one of several values; an error for one that was not given.
fn settled(account: &Account, kind: ReachKind, value: &str) -> ApiResult<AccountEdit> {
    let open: Vec<&Reach> = account
        .reaches
        .iter()
        .filter(|reach| reach.kind == kind && reach.values.len() > 1)
        .collect();
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let chosen = open.iter().find_map(|reach| {
        let mut values = reach.values.iter();
        let given = values.find(|given| squeeze(&given.value) == squeeze(value))?;
        Some((reach, given.value.clone()))
    });
    if let Some((reach, value)) = chosen {
        return Ok(set_reach(Some(reach), reach.id, kind, value));
    }
    let words = if open.is_empty() {
        Words::new("cli-nothing-to-settle")
    } else {
        let values = open.iter().flat_map(|reach| &reach.values);
        let values: Vec<&str> = values.map(|given| given.value.as_str()).collect();
        not_one_of(kind.name(), value, &values.join(", "))
    };
    Err(KeptError::invalid(kind.name(), words))
}

fn removed_reach(account: &Account, value: &str) -> ApiResult<AccountEdit> {
    let has = |reach: &&Reach| reach.values.iter().any(|given| given.value == value);
    let found = account.reaches.iter().find(has).ok_or_else(|| {
        let values = account.reaches.iter().flat_map(|reach| &reach.values);
        let values: Vec<&str> = values.map(|given| given.value.as_str()).collect();
        not_here("remove", value, &values)
    })?;
    Ok(AccountEdit::RemoveReach { id: found.id })
}
