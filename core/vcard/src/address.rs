//! From the parts of a postal address to one text in lines.

use super::parse::Field;
use super::text::{WordSet, on_one_line};

const PO_BOX: usize = 0;
const EXTENDED: usize = 1;
const STREET: usize = 2;
const CITY: usize = 3;
const REGION: usize = 4;
const POST_CODE: usize = 5;
const COUNTRY: usize = 6;
/// Later standards add parts after these, which repeat what these say.
const FIRST_ADDED: usize = 7;

/// Street, post code and city, region, country, each on a line of its own.
pub(super) fn in_lines(field: &Field) -> String {
    let city = format!("{} {}", field.part(POST_CODE), field.part(CITY));
    let mut lines = Vec::new();
    for part in [EXTENDED, STREET, PO_BOX].map(|at| field.part(at)) {
        lines.extend(part.lines().map(tidy_line));
    }
    let city = on_one_line(&city);
    for part in [&city, field.part(REGION), field.part(COUNTRY)] {
        lines.extend(part.lines().map(tidy_line));
    }
    lines.retain(|line| !line.is_empty());
    let mut known = WordSet::of(&lines.join("\n"));
    let mut added = Vec::new();
    for part in field.values.iter().skip(FIRST_ADDED) {
        if !known.cover(part) {
            known.add(part);
            added.push(tidy_line(part));
        }
    }
    added.append(&mut lines);
    let text = added.join("\n");
    match &field.label {
        Some(label) if text.is_empty() => label.clone(),
        _ => text,
    }
}

fn tidy_line(line: &str) -> String {
    let line = on_one_line(line);
    line.trim_end_matches([',', ' ']).to_owned()
}
