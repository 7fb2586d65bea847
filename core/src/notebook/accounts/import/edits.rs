//! Cards as edits: a card becomes a customer, or a contact of one.

use vcard::{Card, LeftOut, LeftOutReason};

use crate::import::Customer;
use crate::limits;
use crate::model::account::{
    AccountDraft, AccountEdit, AccountForm, ContactDraft, ContactPointDraft, ContactPointKind,
};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, ItemId};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::account_of;
use crate::store::Store;

/// Makes the account of a customer from its first card.
pub(in crate::notebook) fn create_customer(
    notebook: &Notebook,
    store: &mut Store,
    customer: &Customer,
    card: Card,
    contact: Option<ItemId>,
) -> ApiResult<DocId> {
    let doc = notebook.new_doc();
    let draft = notebook.checked_account(account_draft(customer, card, contact))?;
    let operation = Operation::CreateAccount(draft);
    store.write(|tx| notebook.save_in(tx, vec![Edit { doc, operation }]))?;
    Ok(doc)
}

/// Adds a card to the account of its firm.
pub(in crate::notebook) fn add_to_customer(
    notebook: &Notebook,
    store: &mut Store,
    account: DocId,
    card: Card,
    contact: Option<ItemId>,
    left_out: &mut Vec<LeftOut>,
) -> ApiResult<DocId> {
    let known = account_of(store.reading(), account)?
        .ok_or_else(|| KeptError::not_found("thing-account", account))?;
    let contact_points = contact_points_of(&card, contact, &known.contact_points);
    let mut edits: Vec<AccountEdit> = Vec::new();
    let notes = notes_of(&card, contact);
    edits.push(match contact {
        Some(id) => AccountEdit::SetContact {
            contact: contact_draft(&card, id),
        },
        None => AccountEdit::AddSource {
            source: card.source.clone(),
        },
    });
    edits.extend(
        contact_points
            .into_iter()
            .map(|contact_point| AccountEdit::SetContactPoint { contact_point }),
    );
    let tags = card
        .tags
        .into_iter()
        .filter(|tag| !known.tags.contains(tag));
    edits.extend(tags.map(|tag| AccountEdit::AddTag { tag }));
    if !notes.is_empty() && !known.notes.contains(&notes) {
        let parts = [known.notes.trim_end(), notes.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let text = parts.join("\n\n");
        if text.chars().count() > limits::TEXT_CHARS {
            left_out.push(LeftOut {
                property: "NOTE".to_owned(),
                reason: LeftOutReason::TooLong,
            });
        } else {
            edits.push(AccountEdit::Notes {
                text,
                was: Some(known.notes.clone()),
            });
        }
    }
    let edit = notebook.account_edit(store.reading(), account, edits)?;
    store.write(|tx| notebook.save_in(tx, vec![edit]))?;
    Ok(account)
}

/// The numbers and addresses of a card that are not known yet. Those of no contact come preferred first, and the first
/// of each kind is the account's main one where it has none.
fn contact_points_of(
    card: &Card,
    contact: Option<ItemId>,
    known: &[crate::model::account::ContactPoint],
) -> Vec<ContactPointDraft> {
    let mut ways = card.contact_points.clone();
    ways.sort_by_key(|contact_point| !contact_point.preferred);
    let mut contact_points: Vec<ContactPointDraft> = Vec::new();
    for contact_point in ways {
        let kind = ContactPointKind::from(contact_point.kind);
        let of_firm = |known: &&crate::model::account::ContactPoint| {
            known.kind == kind && known.contact.is_none()
        };
        let here = known.iter().filter(of_firm).flat_map(|known| &known.values);
        if contact.is_none()
            && here
                .into_iter()
                .any(|given| given.value == contact_point.value)
        {
            continue;
        }
        let is_first = contact_points.iter().all(|other| other.kind != kind)
            && !known.iter().any(|known| known.kind == kind);
        contact_points.push(ContactPointDraft {
            id: (contact.is_none() && is_first).then(|| kind.main_item()),
            kind,
            label: contact_point.label,
            value: contact_point.value,
            contact,
        });
    }
    contact_points
}

fn contact_draft(card: &Card, id: ItemId) -> ContactDraft {
    ContactDraft {
        id: Some(id),
        name: card.name.clone(),
        role: role_of(card),
        birthday: card.birthday.clone().unwrap_or_default(),
        also_called: card.also_called.clone(),
        source: Some(card.source.clone()),
    }
}

/// Returns the role of a card's person in their firm, with the department.
fn role_of(card: &Card) -> String {
    let parts = [&card.title, &card.department];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

fn account_draft(customer: &Customer, card: Card, contact: Option<ItemId>) -> AccountDraft {
    let draft = AccountDraft {
        name: customer.name.clone(),
        form: match customer.is_person {
            true => AccountForm::Person,
            false => AccountForm::Organisation,
        },
        notes: notes_of(&card, contact),
        contact_points: contact_points_of(&card, contact, &[]),
        ..AccountDraft::default()
    };
    match contact {
        Some(id) => AccountDraft {
            contacts: vec![contact_draft(&card, id)],
            tags: card.tags,
            ..draft
        },
        None => AccountDraft {
            title: role_of(&card),
            birthday: card.birthday.unwrap_or_default(),
            also_called: card.also_called,
            source: Some(card.source),
            tags: card.tags,
            ..draft
        },
    }
}

/// Returns the notes of a card; those of a contact begin with the contact's name.
fn notes_of(card: &Card, contact: Option<ItemId>) -> String {
    match contact {
        Some(_) if !card.notes.is_empty() => format!("{}: {}", card.name, card.notes),
        _ => card.notes.clone(),
    }
}

/// Leaves out the values that no field takes, for they are too long.
pub(in crate::notebook) fn leave_out_long_values(card: &mut Card) {
    if role_of(card).chars().count() > limits::NAME_CHARS {
        for (property, part) in [("TITLE", &mut card.title), ("ORG", &mut card.department)] {
            if part.take().is_some() {
                card.left_out.push(LeftOut {
                    property: property.to_owned(),
                    reason: LeftOutReason::TooLong,
                });
            }
        }
    }
    let is_long = |text: &String| text.chars().count() > limits::NAME_CHARS;
    if card.birthday.as_ref().is_some_and(is_long) {
        card.birthday = None;
        card.left_out.push(LeftOut {
            property: "BDAY".to_owned(),
            reason: LeftOutReason::TooLong,
        });
    }
    // The name of a contact stands before its notes.
    let length = card.notes.chars().count() + card.name.chars().count() + 2;
    if length > limits::TEXT_CHARS && !card.notes.is_empty() && card.organisation.is_some() {
        card.notes.clear();
        card.left_out.push(LeftOut {
            property: "NOTE".to_owned(),
            reason: LeftOutReason::TooLong,
        });
    }
}
