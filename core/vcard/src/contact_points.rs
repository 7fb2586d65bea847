//! Every way to reach a contact: which properties are one, what kind, what label, what value.

use super::card::{ContactPoint, ContactPointKind, LeftOut, LeftOutReason};
use super::limits::{MAX_CONTACT_POINTS, MAX_VALUE};
use super::parse::Field;
use super::text::{WordSet, longer_than, on_one_line};
use super::{address, label, phone};
use std::collections::HashMap;

/// The ways to reach a contact that were found, and the properties left out.
pub(super) struct ContactPointCollector {
    pub(super) list: Vec<ContactPoint>,
    pub(super) left_out: Vec<LeftOut>,
    /// The position of each value in the list, so that it is taken once.
    known: HashMap<(u8, String), usize>,
    canonical_number: fn(&str) -> String,
}

/// The kind of way a property is, if it is one.
pub(super) fn kind(name: &str) -> Option<ContactPointKind> {
    match name {
        // Outlook keeps further numbers in a property of its own.
        "TEL" | "X-MS-TEL" => Some(ContactPointKind::Phone),
        "EMAIL" => Some(ContactPointKind::Email),
        "ADR" | "LABEL" => Some(ContactPointKind::Address),
        "URL" => Some(ContactPointKind::Web),
        _ => None,
    }
}

/// Collects the ways to reach a contact; numbers are the same if `canonical_number` says so.
pub(super) fn collect(
    fields: &[Field],
    canonical_number: fn(&str) -> String,
) -> ContactPointCollector {
    let mut contact_points = ContactPointCollector {
        list: Vec::new(),
        left_out: Vec::new(),
        known: HashMap::new(),
        canonical_number,
    };
    for field in fields.iter().filter(|field| field.name != "LABEL") {
        if let Some(kind) = kind(&field.name) {
            contact_points.add(kind, field);
        }
    }
    // An address for the envelope repeats the address in parts, unless there is none.
    let mut parts = WordSet::default();
    for contact_point in contact_points
        .list
        .iter()
        .filter(|r| r.kind == ContactPointKind::Address)
    {
        parts.add(&contact_point.value);
    }
    for field in fields.iter().filter(|field| field.name == "LABEL") {
        if parts.is_empty() || !parts.cover(field.text()) {
            contact_points.add(ContactPointKind::Address, field);
        } else {
            contact_points.leave_out(field, LeftOutReason::Duplicate);
        }
    }
    contact_points
}

impl ContactPointCollector {
    fn add(&mut self, kind: ContactPointKind, field: &Field) {
        let text = field.text();
        let value = match kind {
            ContactPointKind::Phone => phone::number(text),
            ContactPointKind::Email => without_scheme(text, "mailto:"),
            ContactPointKind::Address if field.name == "LABEL" => text.to_owned(),
            ContactPointKind::Address => address::in_lines(field),
            ContactPointKind::Web => on_one_line(text),
        };
        if value.is_empty() {
            return;
        }
        let group_label = field.group_label.as_deref();
        let label = label::of(group_label, &field.types);
        let preferred = field.preferred || group_label.is_some_and(label::prefers);
        let key = (kind as u8, self.canonical(kind, &value));
        if let Some(known) = self.known.get(&key).and_then(|at| self.list.get_mut(*at)) {
            known.preferred |= preferred;
            self.leave_out(field, LeftOutReason::Duplicate);
        } else if self.list.len() >= MAX_CONTACT_POINTS
            || longer_than(&value, MAX_VALUE)
            || longer_than(&label, MAX_VALUE)
        {
            self.leave_out(field, LeftOutReason::TooLong);
        } else {
            self.known.insert(key, self.list.len());
            self.list.push(ContactPoint {
                kind,
                label,
                value,
                preferred,
            });
        }
    }

    /// The form that all writings of one value have in common.
    fn canonical(&self, kind: ContactPointKind, value: &str) -> String {
        match kind {
            ContactPointKind::Phone => (self.canonical_number)(value),
            ContactPointKind::Email | ContactPointKind::Address => {
                on_one_line(value).to_lowercase()
            }
            ContactPointKind::Web => {
                let value = value.trim_end_matches('/');
                let bare = value
                    .strip_prefix("https://")
                    .or_else(|| value.strip_prefix("http://"));
                bare.unwrap_or(value).to_owned()
            }
        }
    }

    fn leave_out(&mut self, field: &Field, reason: LeftOutReason) {
        self.left_out.push(LeftOut {
            property: field.name.clone(),
            reason,
        });
    }
}

fn without_scheme(text: &str, scheme: &str) -> String {
    let text = on_one_line(text);
    match text.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => {
            text.get(scheme.len()..).unwrap_or_default().to_owned()
        }
        _ => text,
    }
}
