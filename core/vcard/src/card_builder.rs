//! Choosing what is kept of a parsed card, and accounting for the rest.

use super::card::{Card, CardRefusal, LeftOut, LeftOutReason};
use super::card_name::{self, ChosenName, NameSource};
use super::limits::{MAX_NAME, MAX_NAMES, MAX_NOTES, MAX_TAGS, MAX_VALUE};
use super::parse::{Field, ParsedCard};
use super::text::{WordSet, longer_than, on_one_line};
use super::{birthday, contact_points, source};
use std::collections::HashSet;

/// Categories that phones put on every contact.
const SYSTEM_TAGS: &[&str] = &["my contacts", "mycontacts", "* mycontacts", "* my contacts"];

/// A blank line between notes.
const NOTES_APART: &str = "\n\n";

/// Builds what is kept of one card.
pub(super) fn card(
    parsed: ParsedCard,
    canonical_number: fn(&str) -> String,
) -> Result<Card, CardRefusal> {
    let fields = &parsed.fields;
    let contact_points = contact_points::collect(fields, canonical_number);
    let card_name = match card_name::choose(fields, &contact_points.list) {
        Err(CardRefusal::Empty) if name_was_too_long(&parsed) => {
            return Err(CardRefusal::TooLong { limit: MAX_NAME });
        }
        chosen => chosen?,
    };
    let is_person = card_name::is_person(fields);
    let source = source::of(fields);
    let mut builder = CardBuilder {
        card: Card {
            source,
            name: card_name.name.clone(),
            also_called: Vec::new(),
            is_person,
            organisation: None,
            department: None,
            title: None,
            contact_points: contact_points.list,
            tags: Vec::new(),
            notes: String::new(),
            birthday: None,
            photos: Vec::new(),
            left_out: parsed.left_out,
        },
        card_name,
        seen_organisation: None,
        notes: HashSet::new(),
        notes_length: 0,
    };
    builder.card.left_out.extend(contact_points.left_out);
    for field in fields {
        builder.take(field, fields);
    }
    builder.take_role(fields);
    for (name, bytes) in parsed.pictures {
        let reason = LeftOutReason::PictureSetAside { bytes: bytes.len() };
        builder.leave_out(&name, reason);
        builder.card.photos.push(bytes);
    }
    Ok(builder.card)
}

struct CardBuilder {
    card: Card,
    card_name: ChosenName,
    seen_organisation: Option<Vec<String>>,
    notes: HashSet<String>,
    notes_length: usize,
}

impl CardBuilder {
    fn take(&mut self, field: &Field, fields: &[Field]) {
        match field.name.as_str() {
            name if contact_points::kind(name).is_some() => {}
            "FN" => self.take_formatted_name(field),
            "N" => self.take_name_parts(field, fields),
            "NICKNAME" => self.take_nickname(field),
            "ORG" => self.take_organisation(field),
            "TITLE" => match fit(field.text(), MAX_VALUE) {
                _ if self.card.title.is_some() => self.repeat(field, &self.card.title.clone()),
                Some(title) => self.card.title = Some(title),
                None => self.leave_out(&field.name, LeftOutReason::TooLong),
            },
            "ROLE" => {}
            "CATEGORIES" => self.take_tags(field),
            "NOTE" => self.take_note(field),
            "BDAY" => match fit(&birthday::read(field), MAX_VALUE) {
                _ if self.card.birthday.is_some() => {
                    self.leave_out(&field.name, LeftOutReason::Duplicate);
                }
                Some(day) => self.card.birthday = Some(day),
                None => self.leave_out(&field.name, LeftOutReason::TooLong),
            },
            // These were used to name the card or to know what it is.
            "UID" if longer_than(field.text(), MAX_VALUE) => {
                self.leave_out(&field.name, LeftOutReason::TooLong);
            }
            "UID" | "KIND" | "X-ADDRESSBOOKSERVER-KIND" | "X-ABSHOWAS" => {}
            "PHOTO" | "LOGO" if !field.text().contains(':') => {
                self.leave_out(&field.name, LeftOutReason::Unreadable);
            }
            _ => self.leave_out(&field.name, LeftOutReason::NotKept),
        }
    }

    /// The first one is the name.
    fn take_formatted_name(&mut self, field: &Field) {
        self.add_name(field, on_one_line(field.text()));
    }

    /// The parts count as taken when the name says all of them.
    fn take_name_parts(&mut self, field: &Field, fields: &[Field]) {
        let first = fields.iter().find(|other| other.name == field.name);
        let used = self.card_name.from == NameSource::NameParts && first == Some(field);
        // "山田 太郎" says what "山田" and "太郎" do.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let used = used || squeezed(&card_name::display_name(field)) == squeezed(&self.card.name);
        if !used && !WordSet::of(&self.card.name).cover(&field.values.join(" ")) {
            self.add_name(field, card_name::display_name(field));
        }
    }

    fn take_nickname(&mut self, field: &Field) {
        for nickname in &field.values {
            self.add_name(field, on_one_line(nickname));
        }
    }

    /// Keeps a further name, and says so.
    fn add_name(&mut self, field: &Field, name: String) {
        let known = name.is_empty() || name == self.card.name;
        if known || self.card.also_called.contains(&name) {
            return;
        }
        if self.card.also_called.len() >= MAX_NAMES || longer_than(&name, MAX_NAME) {
            self.leave_out(&field.name, LeftOutReason::TooLong);
            return;
        }
        let reason = LeftOutReason::AlsoCalled { name: name.clone() };
        self.card.also_called.push(name);
        self.leave_out(&field.name, reason);
    }

    fn take_organisation(&mut self, field: &Field) {
        if let Some(seen) = &self.seen_organisation {
            let same = *seen == field.values;
            let reason = if same {
                LeftOutReason::Duplicate
            } else {
                LeftOutReason::NotKept
            };
            self.leave_out(&field.name, reason);
            return;
        }
        self.seen_organisation = Some(field.values.clone());
        let name = on_one_line(field.text());
        let department = field.values.iter().skip(1).filter(|part| !part.is_empty());
        let department = department.cloned().collect::<Vec<_>>().join(", ");
        let (Some(name), Some(department)) = (fit(&name, MAX_VALUE), fit(&department, MAX_VALUE))
        else {
            self.leave_out(&field.name, LeftOutReason::TooLong);
            return;
        };
        let is_itself = !self.card.is_person && name == self.card.name;
        self.card.organisation = Some(name).filter(|name| !name.is_empty() && !is_itself);
        self.card.department = Some(department).filter(|department| !department.is_empty());
    }

    fn take_tags(&mut self, field: &Field) {
        for tag in &field.values {
            let tag = on_one_line(tag);
            let system = SYSTEM_TAGS.contains(&tag.to_lowercase().as_str());
            if tag.is_empty() || system || self.card.tags.contains(&tag) {
                continue;
            }
            if self.card.tags.len() >= MAX_TAGS || longer_than(&tag, MAX_VALUE) {
                self.leave_out(&field.name, LeftOutReason::TooLong);
                continue;
            }
            self.card.tags.push(tag);
        }
    }

    fn take_note(&mut self, field: &Field) {
        let note = field.text();
        if self.notes.contains(note) {
            self.leave_out(&field.name, LeftOutReason::Duplicate);
            return;
        }
        let between = if self.notes.is_empty() {
            0
        } else {
            NOTES_APART.len()
        };
        let length = self.notes_length + between + note.chars().count();
        if length > MAX_NOTES {
            self.leave_out(&field.name, LeftOutReason::TooLong);
            return;
        }
        self.notes_length = length;
        self.notes.insert(note.to_owned());
        if between > 0 {
            self.card.notes.push_str(NOTES_APART);
        }
        self.card.notes.push_str(note);
    }

    /// A role serves as the title where there is none.
    fn take_role(&mut self, fields: &[Field]) {
        for field in fields.iter().filter(|field| field.name == "ROLE") {
            match fit(field.text(), MAX_VALUE) {
                _ if self.card.title.is_some() => self.repeat(field, &self.card.title.clone()),
                Some(role) => self.card.title = Some(role),
                None => self.leave_out(&field.name, LeftOutReason::TooLong),
            }
        }
    }

    /// Leaves out a property whose place is taken.
    fn repeat(&mut self, field: &Field, taken: &Option<String>) {
        let same = taken.as_deref() == Some(field.text());
        let reason = if same {
            LeftOutReason::Duplicate
        } else {
            LeftOutReason::NotKept
        };
        self.leave_out(&field.name, reason);
    }

    fn leave_out(&mut self, property: &str, reason: LeftOutReason) {
        self.card.left_out.push(LeftOut {
            property: property.to_owned(),
            reason,
        });
    }
}

/// A card that lacks its end, which is said.
pub(super) fn without_end(mut card: Card) -> Card {
    card.left_out.push(LeftOut {
        property: "END".to_owned(),
        reason: LeftOutReason::NoEnd,
    });
    card
}

/// True if a name was too long to be parsed at all.
fn name_was_too_long(parsed: &ParsedCard) -> bool {
    let mut left_out = parsed.left_out.iter();
    left_out.any(|left| {
        left.reason == LeftOutReason::TooLong && matches!(left.property.as_str(), "FN" | "N")
    })
}

/// The text, if it is within the limit.
fn fit(text: &str, limit: usize) -> Option<String> {
    (!longer_than(text, limit)).then(|| text.to_owned())
}
