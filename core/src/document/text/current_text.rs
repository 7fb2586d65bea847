//! A text as it stands in a document: its sentences, each with its place.

use std::collections::BTreeSet;

use automerge::{AutomergeError, ChangeHash, ObjId, ReadDoc};

use super::versions::SentenceVersions;
use crate::model::text::{Sentence, sentences, shown};

/// A text with the place of each sentence in it, in characters.
pub(super) struct CurrentText {
    /// The sentences that are shown.
    pub(super) shown: Vec<PlacedSentence>,
    /// Those that another author wrote with the same words for the same sentence.
    pub(super) hidden: Vec<PlacedSentence>,
    /// The length of all.
    pub(super) length: usize,
    /// The versions of its sentences.
    pub(super) versions: SentenceVersions,
}

/// A sentence at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedSentence {
    /// The position where it begins.
    pub(super) at: usize,
    /// Its words.
    pub(super) words: String,
    /// The white space that follows.
    pub(super) space: String,
    /// The id of its first character.
    pub(super) id: String,
}

impl PlacedSentence {
    /// The sentence.
    pub(super) fn sentence(&self) -> Sentence<'_> {
        Sentence {
            words: &self.words,
            space: &self.space,
        }
    }

    /// The length of its words.
    pub(super) fn words_length(&self) -> usize {
        self.words.chars().count()
    }

    /// The length of the white space that follows.
    pub(super) fn space_length(&self) -> usize {
        self.space.chars().count()
    }

    /// The position where the next one begins.
    pub(super) fn end(&self) -> usize {
        self.at + self.words_length() + self.space_length()
    }
}

impl CurrentText {
    /// Reads the text in `object`, which is `raw`, at `heads` or as it is now.
    pub(super) fn of(
        doc: &impl ReadDoc,
        object: &ObjId,
        raw: &str,
        versions: SentenceVersions,
        heads: Option<&[ChangeHash]>,
    ) -> Result<Self, AutomergeError> {
        let mut current = Self {
            shown: Vec::new(),
            hidden: Vec::new(),
            length: raw.chars().count(),
            versions,
        };
        let mut at = 0;
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        for sentence in sentences(raw) {
            let placed = PlacedSentence {
                at,
                words: sentence.words.to_owned(),
                space: sentence.space.to_owned(),
                id: id_at(doc, object, at, heads)?,
            };
            at = placed.end();
            let ancestor = current.versions.ancestor(&placed.id).map(str::to_owned);
            let is_new = ancestor.is_none_or(|ancestor| {
                // Only versions of one sentence are one; what is written twice elsewhere stands twice.
                known.insert((ancestor, placed.words.clone()))
            });
            if is_new {
                current.shown.push(placed);
            } else {
                current.hidden.push(placed);
            }
        }
        Ok(current)
    }

    /// The text as people read it.
    pub(super) fn shown(&self) -> String {
        shown(self.shown.iter().map(PlacedSentence::sentence))
    }

    /// The ancestor of a sentence: what it descends from, or itself.
    pub(super) fn ancestor<'p>(&'p self, sentence: &'p PlacedSentence) -> &'p str {
        let ancestor = self.versions.ancestor(&sentence.id);
        ancestor.unwrap_or(&sentence.id)
    }
}

/// The id of the character at a place; empty beyond the end.
pub(super) fn id_at(
    doc: &impl ReadDoc,
    object: &ObjId,
    at: usize,
    heads: Option<&[ChangeHash]>,
) -> Result<String, AutomergeError> {
    let character = match heads {
        Some(heads) => doc.get_at(object, at, heads)?,
        None => doc.get(object, at)?,
    };
    Ok(character.map_or_else(String::new, |(_, id)| id.to_string()))
}
