//! The entries in `more` about the sentences of a text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{AutomergeError, ChangeHash, ObjType, ROOT, ReadDoc, Value};

use crate::document::keys::MORE;

/// The prefix of the keys of `more` that are about the sentences of a text.
pub const SENTENCES: &str = "text/";
/// The part of the key that says what a sentence descends from.
const OF: &str = "of";
/// The part of the key that says what was replaced last.
const WAS: &str = "was";
/// The part of the key of a deletion by an author who had not seen what was deleted.
const DELETION: &str = "-";

/// The versions of the sentences of one text.
#[derive(Default)]
pub(super) struct SentenceVersions {
    field: String,
    /// The ancestor of the sentence that begins with a character.
    ancestors: HashMap<String, String>,
    /// For each ancestor the parts of the keys of its versions, and what stands there.
    values: BTreeMap<String, Vec<(Option<String>, String)>>,
    /// The sentences that were replaced last, by ancestor.
    was: BTreeMap<String, Vec<String>>,
}

impl SentenceVersions {
    /// Reads those of a text, at `heads` or as they are now.
    pub(super) fn read(
        doc: &impl ReadDoc,
        field: &str,
        heads: Option<&[ChangeHash]>,
    ) -> Result<Self, AutomergeError> {
        let mut versions = Self {
            field: field.to_owned(),
            ..Self::default()
        };
        let Some((Value::Object(ObjType::Map), more)) = doc.get(ROOT, MORE)? else {
            return Ok(versions);
        };
        let prefix = format!("{SENTENCES}{field}/");
        // The character after the slash ends the range of keys that begin with the prefix.
        let range = prefix.clone()..format!("{SENTENCES}{field}0");
        let keys: BTreeSet<String> = match heads {
            Some(heads) => doc
                .map_range_at(&more, range, heads)
                .map(|item| item.key.into_owned())
                .collect(),
            None => doc
                .map_range(&more, range)
                .map(|item| item.key.into_owned())
                .collect(),
        };
        for key in keys {
            let Some(name) = key.strip_prefix(&prefix) else {
                continue;
            };
            let values = match heads {
                Some(heads) => doc.get_all_at(&more, &key, heads)?,
                None => doc.get_all(&more, &key)?,
            };
            let values = values.iter().filter_map(|(value, _)| value.as_str());
            versions.insert(name, values.map(str::to_owned).collect());
        }
        Ok(versions)
    }

    fn insert(&mut self, name: &str, values: Vec<String>) {
        match name.split_once('/') {
            Some((id, OF)) => {
                if let Some(ancestor) = values.into_iter().next() {
                    self.ancestors.insert(id.to_owned(), ancestor);
                }
            }
            Some((ancestor, WAS)) => {
                self.was.insert(ancestor.to_owned(), values);
            }
            Some((ancestor, part)) => {
                let values = values.into_iter().map(|text| (Some(part.to_owned()), text));
                let known = self.values.entry(ancestor.to_owned()).or_default();
                known.extend(values);
            }
            None => {
                let values = values.into_iter().map(|text| (None, text));
                let known = self.values.entry(name.to_owned()).or_default();
                known.extend(values);
            }
        }
    }

    /// True if there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.ancestors.is_empty()
    }

    /// The ancestor of the sentence that begins with a character; none if it replaced none.
    pub(super) fn ancestor(&self, id: &str) -> Option<&str> {
        self.ancestors.get(id).map(String::as_str)
    }

    /// The distinct versions that stand for a sentence.
    pub(super) fn current_versions(&self, ancestor: &str) -> BTreeSet<&str> {
        let values = self.values.get(ancestor).into_iter().flatten();
        values.map(|(_, text)| text.as_str()).collect()
    }

    /// The ancestors of which several unequal versions stand.
    pub(super) fn contested(&self) -> impl Iterator<Item = &str> {
        let ancestors = self.values.keys().map(String::as_str);
        ancestors.filter(|ancestor| self.current_versions(ancestor).len() > 1)
    }

    /// True if two people gave a sentence the same version without seeing each other: it stands twice.
    pub(super) fn has_duplicate(&self) -> bool {
        let mut all = self.values.iter();
        all.any(|(ancestor, values)| self.current_versions(ancestor).len() < values.len())
    }

    /// The ancestors of which a version was given, each where `sentence` was replaced last.
    pub(super) fn ancestors_replaced<'v>(
        &'v self,
        sentence: &'v str,
    ) -> impl Iterator<Item = &'v str> {
        let was = self.was.iter();
        let was = was.filter(move |(_, all)| all.iter().any(|one| one == sentence));
        was.map(|(ancestor, _)| ancestor.as_str())
    }

    /// The keys in `more` of the versions of a sentence.
    pub(super) fn keys(&self, ancestor: &str) -> BTreeSet<String> {
        let values = self.values.get(ancestor).into_iter().flatten();
        values
            .map(|(part, _)| match part {
                Some(part) => format!("{}/{part}", version_key(&self.field, ancestor)),
                None => version_key(&self.field, ancestor),
            })
            .collect()
    }
}

/// The key of the sentence that stands for its ancestor now.
pub(super) fn version_key(field: &str, ancestor: &str) -> String {
    format!("{SENTENCES}{field}/{ancestor}")
}

/// The key of one more version of a sentence, which begins with the character `id`; none for a deletion.
pub(super) fn further_key(field: &str, ancestor: &str, id: Option<&str>) -> String {
    let part = id.unwrap_or(DELETION);
    format!("{SENTENCES}{field}/{ancestor}/{part}")
}

/// The key of the sentence that was replaced last.
pub(super) fn was_key(field: &str, ancestor: &str) -> String {
    format!("{SENTENCES}{field}/{ancestor}/{WAS}")
}

/// The key of the ancestor of the sentence that begins with a character.
pub(super) fn of_key(field: &str, id: &str) -> String {
    format!("{SENTENCES}{field}/{id}/{OF}")
}
