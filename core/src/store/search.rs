//! Full-text search: how texts and queries are folded so that people find what they mean.
//!
//! The tokenizer drops case and diacritics: "backerei" finds "Bäckerei". Germans also write umlauts as
//! two letters, and keyboards lack letters of others (ß, ł, ø), so every word with one is indexed in these
//! spellings too, and a query word with one is looked for in all: "baeckerei" finds it as well.
//!
//! New rows are indexed some at a time: the index writes six pages whenever it is changed, however little.
//! Whoever searches finds them all, and writes nothing: what waits is looked through in an index of its own, in
//! memory.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use rusqlite::Connection;

use super::{Obstacle, StoreError};

/// So many new rows may wait to be indexed.
const MAY_WAIT: i64 = 64;

/// Indexes the rows that wait, where there are many.
pub fn keep_up(connection: &Connection) -> Result<(), StoreError> {
    index_after(connection, MAY_WAIT)
}

/// Puts the rows that wait where a search finds them, in memory: they are few, and a search writes nothing.
pub fn look_through_waiting(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.waiting USING fts5 (
             words, content = '', tokenize = 'unicode61 remove_diacritics 2'
         );
         INSERT INTO temp.waiting (waiting) VALUES ('delete-all');",
    )?;
    connection
        .prepare_cached(
            "INSERT INTO temp.waiting (rowid, words) SELECT id, words FROM entry WHERE id > ?1",
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

/// Forgets what was indexed; every row waits.
pub fn start_over(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "INSERT INTO search (search) VALUES ('delete-all'); UPDATE indexed SET until = 0;",
    )?;
    Ok(())
}

/// Keeps the index in step with a row that has new words; `before` are those that it had.
pub fn note(connection: &Connection, id: i64, before: &str, words: &str) -> Result<(), StoreError> {
    if before == words || id > indexed_until(connection)? {
        return Ok(());
    }
    connection
        .prepare_cached("INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)")?
        .execute((id, before))?;
    connection
        .prepare_cached("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?
        .execute((id, words))?;
    Ok(())
}

/// Takes a row that is gone out of the index; `words` are those that it had.
pub fn forget(connection: &Connection, id: i64, words: &str) -> Result<(), StoreError> {
    if id <= indexed_until(connection)? {
        connection
            .prepare_cached("INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)")?
            .execute((id, words))?;
    }
    // A new row may get the number of the last one.
    connection
        .prepare_cached(
            "UPDATE indexed SET until = min(until, (SELECT coalesce(max(id), 0) FROM entry))",
        )?
        .execute([])?;
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
    // Within the transaction of whoever writes, or as one of its own.
    connection.execute_batch("SAVEPOINT words")?;
    let indexed = (|| {
        connection
            .prepare_cached(
                "INSERT INTO search (rowid, words) SELECT id, words FROM entry WHERE id > ?1",
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

/// The text that is indexed for a document.
pub fn index_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let part = composed(part);
        text.push_str(&part);
        text.push('\n');
        for spelling in words_of(&part).flat_map(other_spellings) {
            text.push_str(&spelling);
            text.push(' ');
        }
    }
    text
}

/// The digits of a telephone number as one word, however it is grouped.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// A text with one character for a letter and its accents, as keyboards write it and some files do not.
pub fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    // Accents that no letter takes up are part of their word, as they are to the tokenizer.
    let is_in_word = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    text.split(move |c: char| !is_in_word(c))
        .filter(|word| !word.is_empty())
}

/// How else a word is written, beside what the tokenizer makes of it, which is its letters without accents.
fn other_spellings(word: &str) -> Vec<String> {
    let two_letters = respelled(word, |c| match c {
        'ä' | 'Ä' => Some("ae"),
        'ö' | 'Ö' | 'ø' | 'Ø' => Some("oe"),
        'ü' | 'Ü' => Some("ue"),
        'å' | 'Å' => Some("aa"),
        other => plain_letter(other),
    });
    let plain = respelled(word, plain_letter);
    let mut spellings: Vec<String> = [two_letters, plain].into_iter().flatten().collect();
    spellings.dedup();
    spellings
}

/// What stands for a letter that is no letter with an accent, where a keyboard lacks it.
fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        // The end of a word in small letters; capitals do not tell the two apart.
        'ς' => "σ",
        _ => return None,
    })
}

/// A word with some letters written otherwise. None where it has none of them.
fn respelled(word: &str, letter: impl Fn(char) -> Option<&'static str>) -> Option<String> {
    if word.is_ascii() || word.chars().all(|c| letter(c).is_none()) {
        return None;
    }
    let mut spelled = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match letter(c) {
            Some(other) => spelled.push_str(other),
            None => spelled.push(c),
        }
    }
    Some(spelled)
}

/// An FTS5 query that finds documents with all words of `text`, each as the beginning of a word.
/// None if there is nothing to look for.
pub fn query(text: &str) -> Option<String> {
    let text = composed(text);
    let prefix = |word: &str| format!("\"{word}\"*");
    let terms: Vec<String> = words_of(&text)
        .take(16)
        .map(|word| {
            let spellings = other_spellings(word);
            if spellings.is_empty() {
                return prefix(word);
            }
            let all = std::iter::once(prefix(word)).chain(spellings.iter().map(|one| prefix(one)));
            format!("({})", all.collect::<Vec<_>>().join(" OR "))
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_words_and_nothing_that_the_search_engine_would_obey() {
        assert_eq!(
            query("bäck NEAR(x) \"y\" -z").unwrap(),
            "(\"bäck\"* OR \"baeck\"*) AND \"NEAR\"* AND \"x\"* AND \"y\"* AND \"z\"*"
        );
        assert_eq!(query(" -- \"\" "), None);
    }
}
