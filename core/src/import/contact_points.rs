//! Every way to reach a contact: which properties are one, what kind, what label, what value.

use super::parse::Field;
use super::text::{WordSet, longer_than, on_one_line};
use super::{
    CardContactPoint, CardContactPointKind, LeftOut, LeftOutReason, MAX_CONTACT_POINTS, MAX_VALUE,
};
use super::{address, label, phone};
use std::collections::HashMap;

/// The ways to reach a contact that were found, and the properties left out.
#[derive(Default)]
pub(super) struct ContactPointCollector {
    pub(super) list: Vec<CardContactPoint>,
    pub(super) left_out: Vec<LeftOut>,
    /// The position of each value in the list, so that it is taken once.
    known: HashMap<(u8, String), usize>,
}

/// The kind of way a property is, if it is one.
pub(super) fn kind(name: &str) -> Option<CardContactPointKind> {
    match name {
        // Outlook keeps further numbers in a property of its own.
        "TEL" | "X-MS-TEL" => Some(CardContactPointKind::Phone),
        "EMAIL" => Some(CardContactPointKind::Email),
        "ADR" | "LABEL" => Some(CardContactPointKind::Address),
        "URL" => Some(CardContactPointKind::Web),
        _ => None,
    }
}

/// Collects the ways to reach a contact.
pub(super) fn collect(fields: &[Field]) -> ContactPointCollector {
    let mut contact_points = ContactPointCollector::default();
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
        .filter(|r| r.kind == CardContactPointKind::Address)
    {
        parts.add(&contact_point.value);
    }
    for field in fields.iter().filter(|field| field.name == "LABEL") {
        if parts.is_empty() || !parts.cover(field.text()) {
            contact_points.add(CardContactPointKind::Address, field);
        } else {
            contact_points.leave_out(field, LeftOutReason::Duplicate);
        }
    }
    contact_points
}

impl ContactPointCollector {
    fn add(&mut self, kind: CardContactPointKind, field: &Field) {
        let text = field.text();
        let value = match kind {
            CardContactPointKind::Phone => phone::number(text),
            CardContactPointKind::Email => without_scheme(text, "mailto:"),
            CardContactPointKind::Address if field.name == "LABEL" => text.to_owned(),
            CardContactPointKind::Address => address::in_lines(field),
            CardContactPointKind::Web => on_one_line(text),
        };
        if value.is_empty() {
            return;
        }
        let group_label = field.group_label.as_deref();
        let label = label::of(group_label, &field.types);
        let preferred = field.preferred || group_label.is_some_and(label::prefers);
        let key = (kind as u8, canonical(kind, &value));
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
            self.list.push(CardContactPoint {
                kind,
                label,
                value,
                preferred,
            });
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

/// The form that all writings of one value have in common.
fn canonical(kind: CardContactPointKind, value: &str) -> String {
    match kind {
        CardContactPointKind::Phone => phone::canonical(value),
        CardContactPointKind::Email | CardContactPointKind::Address => {
            on_one_line(value).to_lowercase()
        }
        CardContactPointKind::Web => {
            let value = value.trim_end_matches('/');
            let bare = value
                .strip_prefix("https://")
                .or_else(|| value.strip_prefix("http://"));
            bare.unwrap_or(value).to_owned()
        }
    }
}
