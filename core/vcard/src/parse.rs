//! Handing one cleaned card to `calcard`, which divides the values and undoes their escapes, and
//! turning what it returns into plain fields.

use super::card::{CardRefusal, LeftOut, LeftOutReason};
use super::charset::DecodingDoubt;
use super::limits::MAX_NOTES;
use super::property::{Property, Value};
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use std::collections::{HashMap, HashSet};

/// One property of a card with its value in plain text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Field {
    pub(super) group: Option<String>,
    /// The text of the `X-ABLabel` of the same group.
    pub(super) group_label: Option<String>,
    /// In upper case.
    pub(super) name: String,
    /// The words of its `TYPE`, as written.
    pub(super) types: Vec<String>,
    pub(super) preferred: bool,
    /// The formatted text that a 4.0 address may carry beside its parts.
    pub(super) label: Option<String>,
    /// The year that Apple writes where a birthday has none.
    pub(super) omit_year: Option<String>,
    /// The parts of the value; a list within a part is joined with commas.
    pub(super) values: Vec<String>,
}

impl Field {
    /// The first part of the value.
    pub(super) fn text(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// One part of a structured value, empty if there is none.
    pub(super) fn part(&self, at: usize) -> &str {
        self.values.get(at).map_or("", String::as_str)
    }
}

/// A card divided into what is text and what is not.
#[derive(Debug, Default)]
pub(super) struct ParsedCard {
    pub(super) fields: Vec<Field>,
    /// Decoded pictures.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// The properties that are already known to be left out.
    pub(super) left_out: Vec<LeftOut>,
}

/// The property that labels the others of its group.
const LABEL: &str = "X-ABLABEL";

/// The longest value that is parsed, in bytes: the longest notes, in letters of four bytes and all
/// escaped. Nothing longer would be kept, and millions of parts would take minutes.
const MAX_WRITTEN: usize = 8 * MAX_NOTES;

/// The properties that frame a card or describe the file rather than the contact.
const FRAME: &[&str] = &["BEGIN", "END", "VERSION", "PRODID", "REV"];

/// Parses the properties of one card.
pub(super) fn parse(properties: Vec<Result<Property, String>>) -> Result<ParsedCard, CardRefusal> {
    let mut parsed = ParsedCard::default();
    let mut text = String::from("BEGIN:VCARD\nVERSION:4.0\n");
    let mut names = Vec::new();
    for property in properties {
        let mut property = match property {
            Ok(property) => property,
            Err(beginning) => {
                parsed.leave_out(beginning, LeftOutReason::Unreadable);
                continue;
            }
        };
        if FRAME.contains(&property.name.as_str()) {
            continue;
        }
        if property.name == "AGENT" {
            parsed.leave_out(property.name, LeftOutReason::NotKept);
            continue;
        }
        match std::mem::replace(&mut property.value, Value::Binary(None)) {
            Value::Text(value) if value.trim().is_empty() => {}
            Value::Text(value) if value.len() > MAX_WRITTEN => {
                parsed.leave_out(property.name, LeftOutReason::TooLong);
            }
            Value::Text(value) => {
                if let Some(doubt) = property.doubt.take() {
                    parsed.doubt(&property.name, doubt);
                }
                write(&mut text, &property, &value);
                names.push(property.name);
            }
            Value::Binary(Some(bytes)) if bytes.is_empty() => {}
            Value::Binary(Some(bytes)) if matches!(property.name.as_str(), "PHOTO" | "LOGO") => {
                parsed.pictures.push((property.name, bytes));
            }
            Value::Binary(Some(_)) => parsed.leave_out(property.name, LeftOutReason::NotKept),
            Value::Binary(None) => parsed.leave_out(property.name, LeftOutReason::Unreadable),
        }
    }
    text.push_str("END:VCARD\n");
    let card = std::panic::catch_unwind(|| VCard::parse(text))
        .map_err(|_| CardRefusal::Unreadable)?
        .map_err(|_| CardRefusal::Unreadable)?;
    let entries: Vec<_> = card
        .entries
        .into_iter()
        .filter(|entry| entry.name != VCardProperty::Version)
        .collect();
    // A line that the parser read differently would put values under the wrong names.
    let same = entries
        .iter()
        .map(|entry| entry.name.as_str().to_ascii_uppercase())
        .eq(names.iter().cloned());
    if !same {
        return Err(CardRefusal::Unreadable);
    }
    let fields = entries.into_iter().zip(names).map(|(e, n)| field(e, n));
    parsed.fields = fields
        .filter(|field| !field.values.is_empty() || field.label.is_some())
        .collect();
    parsed.join_labels();
    Ok(parsed)
}

impl ParsedCard {
    /// Gives each property the label of its group. A label that labels something is then done
    /// with, whatever becomes of what it labels.
    fn join_labels(&mut self) {
        let mut labels = HashMap::new();
        for field in self.fields.iter().filter(|field| field.name == LABEL) {
            if let Some(group) = &field.group {
                labels.insert(group.clone(), field.text().to_owned());
            }
        }
        let mut used = HashSet::new();
        for field in self.fields.iter_mut().filter(|field| field.name != LABEL) {
            if let Some(group) = &field.group {
                field.group_label = labels.get(group).cloned();
                used.insert(group.clone());
            }
        }
        self.fields.retain(|field| {
            field.name != LABEL
                || !field
                    .group
                    .as_ref()
                    .is_some_and(|group| used.contains(group))
        });
    }

    /// Says of a property that its text may not be what its author wrote, once.
    fn doubt(&mut self, property: &str, doubt: DecodingDoubt) {
        let reason = match doubt {
            DecodingDoubt::Undecoded(charset) => LeftOutReason::Undecoded { charset },
            DecodingDoubt::Guessed => LeftOutReason::Guessed,
        };
        let said = LeftOut {
            property: property.to_owned(),
            reason,
        };
        if !self.left_out.contains(&said) {
            self.left_out.push(said);
        }
    }

    fn leave_out(&mut self, property: String, reason: LeftOutReason) {
        self.left_out.push(LeftOut { property, reason });
    }
}

/// Writes one line for `calcard`: only the parameters that matter, and always as text, because its
/// own reading of dates and URIs does not keep what was written.
fn write(out: &mut String, property: &Property, value: &str) {
    if let Some(group) = &property.group {
        out.push_str(group);
        out.push('.');
    }
    out.push_str(&property.name);
    for (name, value) in &property.params {
        if !matches!(
            name.as_str(),
            "TYPE" | "PREF" | "LABEL" | "X-APPLE-OMIT-YEAR"
        ) {
            continue;
        }
        out.push_str(&format!(";{name}=\""));
        let in_lines = name == "LABEL";
        let mut chars = value.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '^' if in_lines && chars.next_if_eq(&'n').is_some() => out.push_str("\\n"),
                '\\' if in_lines && chars.next_if_eq(&'n').is_some() => out.push_str("\\n"),
                '\\' => out.push_str("\\\\"),
                '"' => {}
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
        out.push('"');
    }
    out.push_str(";VALUE=text:");
    out.push_str(value);
    out.push('\n');
}

fn field(entry: VCardEntry, name: String) -> Field {
    let mut field = Field {
        group: entry.group.map(|group| group.to_ascii_lowercase()),
        name,
        ..Field::default()
    };
    for param in entry.params {
        let value = param.value.into_text();
        match param.name {
            VCardParameterName::Type if value.eq_ignore_ascii_case("pref") => {
                field.preferred = true;
            }
            VCardParameterName::Type => field.types.push(value.into_owned()),
            VCardParameterName::Pref if value == "1" => field.preferred = true,
            VCardParameterName::Label => field.label = Some(tidy(&value)),
            VCardParameterName::Other(name) if name == "X-APPLE-OMIT-YEAR" => {
                field.omit_year = Some(value.into_owned());
            }
            _ => {}
        }
    }
    field.values = entry.values.into_iter().map(value_text).collect();
    while field.values.last().is_some_and(String::is_empty) {
        field.values.pop();
    }
    field
}

fn value_text(value: VCardValue) -> String {
    match value {
        VCardValue::Component(list) => {
            let list: Vec<_> = list.iter().map(|item| tidy(item)).collect();
            let list: Vec<_> = list.into_iter().filter(|item| !item.is_empty()).collect();
            list.join(", ")
        }
        VCardValue::Text(text) => tidy(&text),
        other => tidy(other.as_text().unwrap_or_default()),
    }
}

/// Line ends as LF, no spaces at the ends of lines, no blank lines at either end.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
