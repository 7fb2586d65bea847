//! Comparing texts by their words, to see whether one says anything that another does not.

use std::collections::HashSet;

/// The words of a text; case and punctuation do not count.
#[derive(Default)]
pub(super) struct WordSet(HashSet<String>);

impl WordSet {
    pub(super) fn of(text: &str) -> Self {
        Self(words(text).collect())
    }

    pub(super) fn add(&mut self, text: &str) {
        self.0.extend(words(text));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if every word of `text` is one of these.
    pub(super) fn cover(&self, text: &str) -> bool {
        words(text).all(|word| self.0.contains(&word))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The text on one line, with single spaces.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True if the text has more than `limit` characters.
pub(super) fn longer_than(text: &str, limit: usize) -> bool {
    text.chars().nth(limit).is_some()
}
