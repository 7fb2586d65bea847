//! Short answers: short texts on which people act. Each edit is one value in `more`, of which all concurrent ones are
//! kept; they win over the text that stands under the same name since the first change.
//!
//! An answer that is longer than a group carries is written as the text that it began as.

use std::collections::BTreeSet;

use super::error::DocumentError;
use super::fields::Fields;
use super::keys::MORE;
use super::loaded_document::{Authors, LoadedDocument};
use super::text;
use crate::model::authored::AuthoredValue;
use crate::model::ids::Hash;

/// The answer that is shown: of several the newest.
pub(super) fn displayed(
    doc: &LoadedDocument,
    key: &str,
    authors: &dyn Authors,
) -> Result<String, DocumentError> {
    let newest = all(doc, key, authors)?.into_iter().next();
    Ok(newest.map_or_else(|| text::read(doc, key), |newest| newest.value))
}

/// Every concurrent answer with its author and time, the newest first; empty while only the text stands there. A text
/// that was written by an author who saw none of the others is one more.
pub(super) fn all(
    doc: &LoadedDocument,
    key: &str,
    authors: &dyn Authors,
) -> Result<Vec<AuthoredValue>, DocumentError> {
    let more = Fields::map(doc, MORE)?;
    let mut values = more.all(key, authors);
    if values.is_empty() {
        return Ok(values);
    }
    let root = Fields::root(doc);
    let first = doc.first().map(|(hash, _)| hash);
    let seen: BTreeSet<Hash> = more
        .writers_of(key)
        .into_iter()
        .flat_map(|writer| doc.ancestors(writer))
        .collect();
    let unseen = root.writers_of_text(key).into_iter();
    let unseen = unseen.filter(|hash| Some(*hash) != first && !seen.contains(hash));
    let newest = unseen
        .filter_map(|hash| doc.authorship(hash, authors))
        .max_by_key(|by| (by.at, by.actor));
    let value = text::read(doc, key);
    if let Some(by) = newest.filter(|_| values.iter().all(|known| known.value != value)) {
        values.push(AuthoredValue { value, by });
        values
            .sort_by(|a, b| (b.by.at, b.by.actor, &b.value).cmp(&(a.by.at, a.by.actor, &a.value)));
    }
    Ok(values)
}
