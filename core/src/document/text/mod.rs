//! The mergeable texts of documents: read, and rewritten by sentence.
//!
//! Beside the letters, `more` tells what became of sentences, under keys that begin with `text/<field>/`. A sentence is
//! named by the id of its first character, or of the one that it descends from: its ancestor.
//!
//! - `<ancestor>`: the sentence that stands for it now, empty if it was deleted. Concurrent values are versions that
//!   wait to be settled, and each of them stands in the text.
//! - `<ancestor>/<id>`: one more version, by an author who had not seen what stands under `<ancestor>`; `-` for a
//!   deletion.
//! - `<ancestor>/was`: the sentence that was replaced last, unless it was long.
//! - `<id>/of`: the ancestor of the sentence that begins with this character.

mod current_text;
mod plan;
mod versions;
mod writer;

use automerge::{Automerge, ChangeHash, ObjType, ROOT, ReadDoc, Value};

use super::error::DocumentError;
use super::fields::Fields;
use super::first_change::RootValue;
use super::keys::MORE;
use super::loaded_document::{Authors, LoadedDocument, State};
use crate::model::authored::AuthoredValue;
use crate::model::ids::Hash;
use crate::model::text::{SOFT_BREAK, sentences, shown};
use crate::model::unsettled::{TextField, UnsettledSentence};

pub use versions::SENTENCES;
pub(super) use writer::{Rewrite, rewrite, settle};

use current_text::CurrentText;
use versions::SentenceVersions;

/// A text as people read it; empty where the document has none.
pub fn read(doc: &LoadedDocument, field: &str) -> String {
    match doc.state() {
        State::FirstChange { first, .. } => match first.0.get(field) {
            Some(RootValue::Text(text)) => plain(text),
            _ => String::new(),
        },
        State::Merged(automerge) => read_at(automerge, field, None),
    }
}

/// A text of a document with Automerge, as people read it; empty where it has none.
pub fn text_now(automerge: &Automerge, field: &str) -> String {
    read_at(automerge, field, None)
}

/// A text as it stood for the author of a change, with it; empty where the document has none.
pub fn text_after(doc: &LoadedDocument, field: &str, change: Hash) -> String {
    match doc.state() {
        State::FirstChange { .. } => read(doc, field),
        State::Merged(automerge) => read_at(automerge, field, Some(&[ChangeHash(change.0)])),
    }
}

fn read_at(automerge: &Automerge, field: &str, heads: Option<&[ChangeHash]>) -> String {
    let Ok(Some((Value::Object(ObjType::Text), object))) = automerge.get(ROOT, field) else {
        return String::new();
    };
    let raw = match heads {
        Some(heads) => automerge.text_at(&object, heads),
        None => automerge.text(&object),
    };
    let raw = raw.unwrap_or_default();
    let versions = SentenceVersions::read(automerge, field, heads).unwrap_or_default();
    if !versions.has_duplicate() {
        return plain(&raw);
    }
    match CurrentText::of(automerge, &object, &raw, versions, heads) {
        Ok(current_text) => current_text.shown(),
        Err(_) => plain(&raw),
    }
}

/// A text of which no sentence stands twice.
fn plain(raw: &str) -> String {
    if raw.contains(SOFT_BREAK) {
        shown(sentences(raw))
    } else {
        raw.trim_end().to_owned()
    }
}

/// The sentences of a text of which several versions wait to be settled.
pub(super) fn unsettled(
    doc: &LoadedDocument,
    field: TextField,
    authors: &dyn Authors,
) -> Result<Vec<UnsettledSentence>, DocumentError> {
    let State::Merged(automerge) = doc.state() else {
        return Ok(vec![]);
    };
    let versions = SentenceVersions::read(automerge.as_ref(), field.name(), None);
    let versions = versions.map_err(|source| DocumentError::Automerge {
        doc: doc.id,
        source: Box::new(source),
    })?;
    let more = Fields::map(doc, MORE)?;
    let mut unsettled = Vec::new();
    for ancestor in versions.contested() {
        let mut values: Vec<AuthoredValue> = Vec::new();
        for key in versions.keys(ancestor) {
            for given in more.all(&key, authors) {
                match values.iter_mut().find(|known| known.value == given.value) {
                    Some(known)
                        if (given.by.at, given.by.actor) > (known.by.at, known.by.actor) =>
                    {
                        known.by = given.by;
                    }
                    Some(_) => {}
                    None => values.push(given),
                }
            }
        }
        values
            .sort_by(|a, b| (b.by.at, b.by.actor, &b.value).cmp(&(a.by.at, a.by.actor, &a.value)));
        unsettled.push(UnsettledSentence {
            field,
            ancestor: ancestor.to_owned(),
            was: more.latest(&versions::was_key(field.name(), ancestor)),
            values,
        });
    }
    Ok(unsettled)
}

#[cfg(test)]
mod tests;
