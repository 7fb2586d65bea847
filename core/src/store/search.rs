//! Full-text search: the words of a document in the index, and how a query is put to the index.
//!
//! Texts and queries are folded by [`fold`] into words of plain letters, and the tokenizer only divides them. The index
//! has names apart from other words, so that a name is found before a note. Numbers stand in it as [`Telephone`] writes
//! them.
//!
//! New rows are indexed some at a time: the index writes six pages whenever it is changed, however little. A search
//! finds them all, and writes nothing: the rows that wait are looked through in an index of its own, in memory.
//!
//! Pairs of characters, of scripts without spaces, stand in the index as phrases.

use std::borrow::Cow;
use std::collections::HashSet;

use icu_normalizer::ComposingNormalizerBorrowed;
use rusqlite::Connection;

use super::{Obstacle, StoreError};
use crate::model::fold::{self, Term, TermBody};
use crate::model::telephone::{Country, NumberWord, Telephone};

/// The number of new rows that may wait to be indexed.
const MAY_WAIT: i64 = 64;
/// The most words of a query; those that follow are not looked for.
pub(super) const MOST_WORDS: usize = 16;
/// A text is indexed up to so many characters of one word.
const LONGEST_WORD: usize = 200;

/// Indexes the rows that wait, where there are many.
pub fn index_pending(connection: &Connection) -> Result<(), StoreError> {
    index_after(connection, MAY_WAIT)
}

/// Puts the rows that wait where a search finds them, in memory: they are few, and a search writes nothing.
pub fn load_unindexed(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.waiting USING fts5 (
             names, words, content = '', tokenize = 'ascii'
         );
         INSERT INTO temp.waiting (waiting) VALUES ('delete-all');",
    )?;
    connection
        .prepare_cached(
            "INSERT INTO temp.waiting (rowid, names, words) SELECT id, names, words FROM entry WHERE id > ?1",
        )?
        .execute([indexed_until(connection)?])?;
    Ok(())
}

/// Compares the index with the rows, and leaves both as they are. Where the file cannot be written the index is
/// taken on trust, for SQLite checks it by a statement that writes.
pub fn verify(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN")?;
    let checked = index_after(connection, 0).and_then(|()| {
        connection.execute(
            "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
            [],
        )?;
        Ok(())
    });
    // A failure may have ended the transaction.
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    match checked {
        Err(error) if Obstacle::of(&error).is_some() => Ok(()),
        checked => checked,
    }
}

/// The numbers of the rows that an FTS5 expression finds, those that wait included.
pub fn matching(connection: &Connection, expression: &str) -> Result<HashSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid FROM search WHERE search MATCH ?1
         UNION ALL SELECT rowid FROM temp.waiting WHERE waiting MATCH ?1",
    )?;
    let rows = statement.query_map([expression], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets what was indexed; every row waits.
pub fn clear_index(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "INSERT INTO search (search) VALUES ('delete-all'); UPDATE indexed SET until = 0;",
    )?;
    Ok(())
}

/// The words of a row in the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexedWords {
    /// The words of names and numbers; those of the title alone on the first line.
    pub names: String,
    /// All other words.
    pub text: String,
}

/// Keeps the index in step with a row that has new words; `before` are those that it had.
pub fn update_row(
    connection: &Connection,
    id: i64,
    before: &IndexedWords,
    words: &IndexedWords,
) -> Result<(), StoreError> {
    if before == words || id > indexed_until(connection)? {
        return Ok(());
    }
    take_out(connection, id, before)?;
    connection
        .prepare_cached("INSERT INTO search (rowid, names, words) VALUES (?1, ?2, ?3)")?
        .execute((id, &words.names, &words.text))?;
    Ok(())
}

/// Takes a row that is gone out of the index; `words` are those that it had.
pub fn remove_row(
    connection: &Connection,
    id: i64,
    words: &IndexedWords,
) -> Result<(), StoreError> {
    if id <= indexed_until(connection)? {
        take_out(connection, id, words)?;
    }
    // A new row may get the number of the last one.
    connection
        .prepare_cached(
            "UPDATE indexed SET until = min(until, (SELECT coalesce(max(id), 0) FROM entry))",
        )?
        .execute([])?;
    Ok(())
}

fn take_out(connection: &Connection, id: i64, words: &IndexedWords) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO search (search, rowid, names, words) VALUES ('delete', ?1, ?2, ?3)",
        )?
        .execute((id, &words.names, &words.text))?;
    Ok(())
}

fn indexed_until(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT until FROM indexed")?
        .query_row([], |row| row.get(0))?)
}

/// Indexes all rows that wait if there are more than `few`.
fn index_after(connection: &Connection, few: i64) -> Result<(), StoreError> {
    let until = indexed_until(connection)?;
    let last: i64 = connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM entry")?
        .query_row([], |row| row.get(0))?;
    if last.saturating_sub(until) <= few {
        return Ok(());
    }
    // Within the transaction of a writer, or as one of its own.
    connection.execute_batch("SAVEPOINT words")?;
    let indexed = (|| {
        connection
            .prepare_cached(
                "INSERT INTO search (rowid, names, words) SELECT id, names, words FROM entry WHERE id > ?1",
            )?
            .execute([until])?;
        connection
            .prepare_cached("UPDATE indexed SET until = ?1")?
            .execute([last])
    })();
    if indexed.is_err() {
        connection.execute_batch("ROLLBACK TO words")?;
    }
    connection.execute_batch("RELEASE words")?;
    indexed?;
    Ok(())
}

/// The words of texts, each once and in the order of the texts.
pub fn index_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = Vec::new();
    for part in parts {
        fold::index(part, &mut words);
    }
    for word in &mut words {
        if let Some((at, _)) = word.char_indices().nth(LONGEST_WORD) {
            word.truncate(at);
        }
    }
    words.join(" ")
}

/// The words of telephone numbers, however they are written. A text that is no number has none.
pub fn index_numbers<'a>(numbers: impl IntoIterator<Item = &'a str>) -> String {
    let read = numbers.into_iter().flat_map(Telephone::all);
    let words = read.flat_map(|number| number.index_words());
    words.collect::<Vec<_>>().join(" ")
}

/// A text with one character for a letter and its accents, as keyboards write it and some files do not.
pub fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// A query, as it is put to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// FTS5: rows that have every word, each as the beginning of a word.
    pub beginnings: String,
    /// FTS5: rows that have every word as a whole word.
    pub whole: String,
    /// The words as a title has them that is nothing else.
    pub title: String,
    /// The terms of the query, for marking them in what was found.
    pub terms: Vec<Term>,
}

impl Query {
    /// Reads what a person in a country looks for. None if there is nothing to look for.
    pub fn read(text: &str, country: Option<&Country>) -> Option<Self> {
        let (mut beginnings, mut whole) = (Vec::new(), Vec::new());
        let mut terms = Vec::new();
        for SoughtPart {
            terms: words,
            numbers,
        } in sought_parts(text, country)
        {
            let mut any = [true, false].map(|is_prefix| {
                let each = words.iter().map(|term| expression(term, is_prefix));
                vec![all(each.collect())]
            });
            for word in numbers {
                let star = if word.is_prefix { "*" } else { "" };
                let quoted = format!("\"{}\"", word.word);
                let [beginning, exact] = &mut any;
                beginning.push(format!("{quoted}{star}"));
                exact.push(quoted);
            }
            let [beginning, exact] = any.map(any_of);
            if !beginning.is_empty() && terms.len() < MOST_WORDS {
                beginnings.push(beginning);
                whole.push(exact);
                terms.extend(words);
            }
        }
        terms.truncate(MOST_WORDS);
        (!beginnings.is_empty()).then(|| Self {
            beginnings: all(beginnings),
            whole: all(whole),
            title: index_text([text]),
            terms,
        })
    }
}

/// A piece of a query, of which the words or the number are to be found.
pub(super) struct SoughtPart {
    /// Its words: all of them.
    pub(super) terms: Vec<Term>,
    /// The words of the telephone number that it may be: one of them.
    pub(super) numbers: Vec<NumberWord>,
}

/// The pieces of what a person in a country looks for; a piece without a word or digit has nothing to be found.
pub(super) fn sought_parts(
    text: &str,
    country: Option<&Country>,
) -> impl Iterator<Item = SoughtPart> {
    parts(text).into_iter().map(move |part| SoughtPart {
        terms: fold::terms(part.text()),
        numbers: match part {
            QueryPart::Number(number) => Telephone::query_words(number, country),
            QueryPart::IndexedWords(_) => Vec::new(),
        },
    })
}

/// A piece of a query.
enum QueryPart<'a> {
    /// Words.
    IndexedWords(&'a str),
    /// Digits with what people put between those of a telephone number.
    Number(&'a str),
}

impl<'a> QueryPart<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::IndexedWords(text) | Self::Number(text) => text,
        }
    }
}

/// The words of a query one by one, with neighbours of which a telephone number is made as one.
fn parts(text: &str) -> Vec<QueryPart<'_>> {
    let mut parts = Vec::new();
    let mut number: Option<(usize, usize)> = None;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let (start, end) = (at, at + word.len());
        at = end;
        let is_numeric = word.chars().any(|c| fold::digit(c).is_some())
            && word.chars().all(|c| {
                fold::digit(c).is_some()
                    || fold::is_format(c)
                    || "+＋-./()[]–‑／－".contains(c)
                    || c.is_whitespace()
            });
        if is_numeric {
            number = Some((number.map_or(start, |(start, _)| start), end));
            continue;
        }
        parts.extend(
            number
                .take()
                .and_then(|(start, end)| text.get(start..end))
                .map(QueryPart::Number),
        );
        parts.push(QueryPart::IndexedWords(word));
    }
    parts.extend(
        number
            .and_then(|(start, end)| text.get(start..end))
            .map(QueryPart::Number),
    );
    parts
}

/// The FTS5 expression for a term.
fn expression(term: &Term, is_prefix: bool) -> String {
    let star = if is_prefix { "*" } else { "" };
    let quoted = |word: &String| format!("\"{word}\"{star}");
    match &term.body {
        TermBody::Word(spellings) => any_of(spellings.iter().map(quoted).collect()),
        TermBody::Compound(spellings, parts) => {
            let parts = parts
                .iter()
                .map(|part| expression(part, is_prefix))
                .collect();
            let joined = spellings.iter().map(quoted);
            any_of(joined.chain([all(parts)]).collect())
        }
        TermBody::Run(characters) => match characters.as_slice() {
            // One character begins the pairs in which it stands, and ends the run as a word of its own.
            [(one, _)] => format!("\"{one}\"*"),
            characters => format!(
                "\"{}\"",
                fold::pairs(characters).collect::<Vec<_>>().join(" ")
            ),
        },
    }
}

fn all(expressions: Vec<String>) -> String {
    combined(expressions, " AND ")
}

fn any_of(expressions: Vec<String>) -> String {
    combined(expressions, " OR ")
}

fn combined(mut expressions: Vec<String>, operator: &str) -> String {
    expressions.retain(|expression| !expression.is_empty());
    match expressions.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        several => format!("({})", several.join(operator)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_words_and_nothing_that_the_search_engine_would_obey() {
        let query = Query::read("bäck NEAR(x) \"y\" -z", None).unwrap();
        assert_eq!(
            query.beginnings,
            "((\"back\"* OR \"baeck\"*) AND (\"near\"* AND \"x\"*) AND \"y\"* AND \"z\"*)"
        );
        assert_eq!(query.title, "back baeck near x y z");
        assert_eq!(Query::read(" -- \"\" ", None), None);
        let many = "x ".repeat(1000);
        assert_eq!(Query::read(&many, None).unwrap().terms.len(), MOST_WORDS);
    }

    #[test]
    fn a_number_is_looked_for_as_words_and_as_a_number() {
        let query = Query::read("adler 0711 123", None).unwrap();
        assert!(
            query
                .beginnings
                .starts_with("(\"adler\"* AND ((\"0711\"* AND \"123\"*) OR \"\u{2707}711123\"*"),
            "{query:?}"
        );
        let run = Query::read("东京 店", None).unwrap();
        assert_eq!(run.beginnings, "(\"东京\" AND \"店\"*)");
    }
}
