//! The identity of a card's contact: the same contact exported again must come out the same.

use super::limits::MAX_VALUE;
use super::parse::Field;
use super::text::{longer_than, on_one_line};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The card's identity: its `UID`, or a digest of what it says.
pub(super) fn of(fields: &[Field]) -> String {
    let uid = fields.iter().find(|field| field.name == "UID");
    if let Some(uid) = uid.map(Field::text)
        && !longer_than(uid, MAX_VALUE)
    {
        return format!("vcard:uid:{}", on_one_line(uid));
    }
    // Sorted, because programs write properties in any order; groups by their label, because they
    // are numbered anew each time; without pictures, because programs scale and compress them.
    let mut lines: Vec<String> = fields
        .iter()
        .filter(|field| !matches!(field.name.as_str(), "PHOTO" | "LOGO" | "UID"))
        .map(line)
        .collect();
    lines.sort();
    lines.dedup();
    let mut digest = Sha256::new();
    digest.update("kept vcard 1\n");
    for line in lines {
        digest.update(line.len().to_string());
        digest.update("\n");
        digest.update(line);
    }
    format!("vcard:sha256:{}", HEXLOWER.encode(&digest.finalize()))
}

fn line(field: &Field) -> String {
    let mut types: Vec<String> = field.types.iter().map(|t| t.to_lowercase()).collect();
    if field.preferred {
        types.push("pref".to_owned());
    }
    types.sort();
    types.dedup();
    let label = field.group_label.as_deref().unwrap_or_default();
    let values: Vec<String> = field.values.iter().map(|v| on_one_line(v)).collect();
    let extra = field.label.as_deref().map(on_one_line).unwrap_or_default();
    [
        field.name.clone(),
        types.join(","),
        on_one_line(label),
        extra,
        values.join("\u{1F}"),
    ]
    .join("\u{1E}")
}
