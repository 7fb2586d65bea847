//! The customers that some letters mean: their names, contacts and numbers, read from an index of nothing else.
//!
//! The full-text search ranks all words of all entries, which takes longest for one or two letters. Here every name of
//! every customer is looked at, and nothing besides.

use rusqlite::Connection;

use super::StoreError;
use super::search::{MOST_WORDS, SoughtPart, sought_parts};
use crate::model::fold::{self, Term, TermBody};
use crate::model::ids::DocId;
use crate::model::telephone::Country;

/// All names, in the order of lists. The index is named: SQLite counts on one of kinds to be shorter, and would read and
/// sort the rows.
pub(super) const ALL_NAMES: &str = "SELECT doc, archived, names FROM entry
    INDEXED BY entry_account_sorted WHERE kind = 0 ORDER BY sort_key, doc";

/// How well the names of an account fit, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The title begins with what was typed.
    TitleBegins,
    /// Words of the title begin with it.
    Title,
    /// Words of the title, of further names, of contacts and of numbers begin with it.
    Names,
}

/// Letters that a person in a country types to find a customer.
pub struct TypedName {
    parts: Vec<SoughtPart>,
}

impl TypedName {
    /// Reads what was typed; none if it has no word and no number.
    pub fn read(text: &str, country: Option<&Country>) -> Option<Self> {
        let parts: Vec<SoughtPart> = sought_parts(text, country)
            .filter(|part| !part.terms.is_empty() || !part.numbers.is_empty())
            .take(MOST_WORDS)
            .collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// The accounts that have all of it, each word as the beginning of a word, at most `limit`: those that were put
    /// away last; before others those whose title begins with it, then those that have it in the title; by name.
    pub fn accounts(
        &self,
        connection: &Connection,
        limit: usize,
    ) -> Result<Vec<DocId>, StoreError> {
        let mut statement = connection.prepare_cached(ALL_NAMES)?;
        let mut rows = statement.query([])?;
        let mut found: Vec<(bool, Fit, usize, DocId)> = Vec::new();
        let mut order = 0;
        while let Some(row) = rows.next()? {
            let names = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(fit) = self.fit(names) {
                found.push((row.get(1)?, fit, order, row.get(0)?));
            }
            order += 1;
        }
        found.sort_unstable();
        found.truncate(limit);
        Ok(found.into_iter().map(|(.., doc)| doc).collect())
    }

    /// How well folded names fit, of which the first line is the title; none if they lack a word.
    fn fit(&self, names: &str) -> Option<Fit> {
        let all: Vec<&str> = names.split_ascii_whitespace().collect();
        if !self.parts.iter().all(|part| stands_in(part, &all)) {
            return None;
        }
        let title = names.lines().next().unwrap_or_default();
        let title: Vec<&str> = title.split_ascii_whitespace().collect();
        if !self.parts.iter().all(|part| stands_in(part, &title)) {
            return Some(Fit::Names);
        }
        let first = match title.as_slice() {
            // Both spellings of the first word stand there.
            [plain, respelt, ..] if fold::is_respelling(plain, respelt) => title.get(..2),
            [_, ..] => title.get(..1),
            [] => None,
        };
        let typed_first = self.parts.first().and_then(|part| part.terms.first());
        let begins = first.is_some_and(|first| typed_first.is_some_and(|term| begins(term, first)));
        Some(match begins {
            true => Fit::TitleBegins,
            false => Fit::Title,
        })
    }
}

/// True if words begin with all words of a part, or with one of its numbers.
fn stands_in(part: &SoughtPart, words: &[&str]) -> bool {
    let has_terms = !part.terms.is_empty() && part.terms.iter().all(|term| begins(term, words));
    let begins_with = |number: &str| words.iter().any(|word| word.starts_with(number));
    has_terms || part.numbers.iter().any(|number| begins_with(&number.word))
}

/// True if one of the words begins with a term.
fn begins(term: &Term, words: &[&str]) -> bool {
    let one_begins = |spellings: &[String]| {
        let begins = |word: &&str| {
            spellings
                .iter()
                .any(|typed| word.starts_with(typed.as_str()))
        };
        words.iter().any(begins)
    };
    match &term.body {
        TermBody::Word(spellings) => one_begins(spellings),
        TermBody::Compound(spellings, parts) => {
            one_begins(spellings) || parts.iter().all(|part| begins(part, words))
        }
        TermBody::Run(characters) => match characters.as_slice() {
            [(one, _)] => words.iter().any(|word| word.starts_with(one.as_str())),
            characters => {
                let pairs: Vec<String> = fold::pairs(characters).collect();
                let same = |(word, pair): (&&str, &String)| *word == pair;
                words
                    .windows(pairs.len().max(1))
                    .any(|window| window.iter().zip(&pairs).all(same))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::search::index_text;

    fn fit(title: &str, further: &str, typed: &str) -> Option<Fit> {
        let names = format!("{}\n{}\n", index_text([title]), index_text([further]));
        TypedName::read(typed, None).unwrap().fit(&names)
    }

    #[test]
    fn a_title_that_begins_with_the_letters_fits_best() {
        for typed in ["ba", "bä", "baeck", "BÄCKEREI ka", "kai", "st"] {
            let expected = match typed {
                "kai" => Some(Fit::Title),
                "st" => Some(Fit::Names),
                _ => Some(Fit::TitleBegins),
            };
            assert_eq!(fit("Bäckerei Kaiser", "Steffi", typed), expected, "{typed}");
        }
        assert_eq!(fit("Hotel Bär", "", "ba"), Some(Fit::Title));
        assert_eq!(fit("Bäckerei Kaiser", "Steffi", "kaiser x"), None);
        assert_eq!(fit("Bäckerei Kaiser", "Steffi", "aiser"), None);
        assert_eq!(fit("Meyer-Lübke", "", "lu"), Some(Fit::Title));
        assert_eq!(fit("東京電力", "", "京電"), Some(Fit::Title));
        assert_eq!(fit("東京電力", "", "電京"), None);
        assert!(TypedName::read(" -- ", None).is_none());
    }
}
