//! The lines of an import's report: what was taken from a card, what was left out, and what its account lacks.

use vcard::{Card, ContactPoint, LeftOut};

use crate::language::Message;
use crate::model::account::{Account, ContactPointKind};
use crate::model::duplicates::address;
use crate::model::telephone::{Country, is_same};
use crate::notebook::accounts::import::messages::left_out_message;
use crate::notebook::accounts::import::records::LeftOutField;
use crate::notebook::entries::records::FieldChange;

/// Returns the properties that were left out, with the reasons in words.
pub(in crate::notebook) fn left_out_fields(left_out: &[LeftOut]) -> Vec<LeftOutField> {
    let said = left_out.iter().map(|left| LeftOutField {
        property: left.property.clone(),
        reason: left_out_message(&left.reason),
    });
    said.collect()
}

/// Returns the values of a card that its account lacks. The account may have been changed by hand since, and so none of
/// them is written.
pub(in crate::notebook) fn missing_values(
    card: &Card,
    account: &Account,
    country: Option<&Country>,
) -> Vec<LeftOutField> {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let mut texts = vec![
        &account.name,
        &account.notes,
        &account.title,
        &account.birthday,
    ];
    texts.extend(&account.also_called);
    for contact in &account.contacts {
        texts.extend([&contact.name, &contact.role, &contact.birthday]);
        texts.extend(&contact.also_called);
    }
    let known: Vec<String> = texts.into_iter().map(|text| squeezed(text)).collect();
    let is_said = |text: &str| {
        let text = squeezed(text);
        known.iter().any(|known| known.contains(&text))
    };
    let values = account.contact_points.iter().flat_map(|contact_point| {
        contact_point
            .values
            .iter()
            .map(move |given| (contact_point.kind, given))
    });
    let values: Vec<_> = values.collect();
    let has_reach = |contact_point: &ContactPoint| {
        values.iter().any(|(kind, given)| {
            squeezed(&given.value) == squeezed(&contact_point.value)
                || *kind == ContactPointKind::Phone
                    && is_same(&given.value, &contact_point.value, country)
                || *kind == ContactPointKind::Email
                    && address(&given.value) == address(&contact_point.value)
        })
    };
    let is_name = |name: &str| {
        let contacts = account.contacts.iter().map(|contact| &contact.name);
        let mut names = contacts.chain([&account.name]).chain(&account.also_called);
        names.any(|known| squeezed(known) == squeezed(name))
    };
    let name = FieldChange {
        field: "name".into(),
        value: card.name.clone(),
    };
    let name = (!is_name(&card.name)).then_some(name);
    let contact_points = card
        .contact_points
        .iter()
        .filter(|contact_point| !has_reach(contact_point))
        .map(contact_point_field);
    let tags = card.tags.iter().filter(|tag| !account.tags.contains(tag));
    let tags = tags.map(|tag| FieldChange {
        field: "tags".into(),
        value: tag.clone(),
    });
    let facts = card_fields(card)
        .into_iter()
        .filter(|fact| !is_said(&fact.value));
    let news = name
        .into_iter()
        .chain(contact_points)
        .chain(tags)
        .chain(facts);
    news.map(|said| LeftOutField {
        property: said.field,
        reason: Message::new("import-left-out-known").text("value", shortened(&said.value)),
    })
    .collect()
}

/// A value in a sentence: one line, cut where it is long.
fn shortened(value: &str) -> String {
    const SAID: usize = 100;
    let mut line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(SAID) {
        line.truncate(at);
        line.push('…');
    }
    line
}

fn contact_point_field(contact_point: &ContactPoint) -> FieldChange {
    let kind = ContactPointKind::from(contact_point.kind).name();
    FieldChange {
        field: match contact_point.label.as_str() {
            "" => kind.to_owned(),
            label => format!("{kind} ({label})"),
        },
        value: contact_point.value.clone(),
    }
}

/// Returns the fields of a card beside numbers, addresses and labels.
fn card_fields(card: &Card) -> Vec<FieldChange> {
    let notes = (!card.notes.is_empty()).then(|| card.notes.clone());
    let facts = [
        ("organisation", card.organisation.clone()),
        ("department", card.department.clone()),
        ("title", card.title.clone()),
        ("birthday", card.birthday.clone()),
        ("notes", notes),
    ];
    let facts = facts.into_iter().filter_map(|(field, value)| {
        Some(FieldChange {
            field: field.into(),
            value: value?,
        })
    });
    facts.collect()
}

/// Returns the fields that were taken from a card.
pub(in crate::notebook) fn taken_fields(card: &Card) -> Vec<FieldChange> {
    let tags = (!card.tags.is_empty()).then(|| FieldChange {
        field: "tags".into(),
        value: card.tags.join(", "),
    });
    let contact_points = card.contact_points.iter().map(contact_point_field);
    contact_points
        .chain(tags)
        .chain(card_fields(card))
        .collect()
}
