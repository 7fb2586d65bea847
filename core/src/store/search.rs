//! Full-text search: how texts and queries are folded so that people find what they mean.
//!
//! The tokenizer drops case and diacritics: "backerei" finds "Bäckerei". Germans also write umlauts as
//! two letters, so every word with one is indexed a second time in that spelling, and a query word with
//! one is looked for in both: "baeckerei" finds it as well.
//!
//! New rows are indexed some at a time: the index writes six pages whenever it is changed, however little.
//! Whoever searches finds them all, for what waits is indexed first.

use rusqlite::Connection;

use super::StoreError;

/// So many new rows may wait to be indexed.
const MAY_WAIT: i64 = 64;

/// Indexes the rows that wait, where there are many.
pub fn keep_up(connection: &Connection) -> Result<(), StoreError> {
    index_after(connection, MAY_WAIT)
}

/// Indexes every row that waits: a search sees all that was written.
pub fn catch_up(connection: &Connection) -> Result<(), StoreError> {
    index_after(connection, 0)
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
        text.push_str(part);
        text.push('\n');
        for word in part.split(|c: char| !c.is_alphanumeric()) {
            if let Some(spelled) = spell_out(word) {
                text.push_str(&spelled);
                text.push(' ');
            }
        }
    }
    text
}

/// A word with its umlauts in two letters. None where it has none.
fn spell_out(word: &str) -> Option<String> {
    if !word.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', 'ß', 'å', 'æ', 'ø', 'œ']) {
        return None;
    }
    let mut spelled = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match c {
            'ä' | 'Ä' | 'æ' => spelled.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'œ' => spelled.push_str("oe"),
            'ü' | 'Ü' => spelled.push_str("ue"),
            'ß' => spelled.push_str("ss"),
            'å' => spelled.push_str("aa"),
            other => spelled.push(other),
        }
    }
    Some(spelled)
}

/// An FTS5 query that finds documents with all words of `text`, each as the beginning of a word.
/// None if there is nothing to look for.
pub fn query(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(16)
        .collect();
    if words.is_empty() {
        return None;
    }
    let prefix = |word: &str| format!("\"{word}\"*");
    let terms = words.iter().map(|word| match spell_out(word) {
        Some(spelled) => format!("({} OR {})", prefix(word), prefix(&spelled)),
        None => prefix(word),
    });
    Some(terms.collect::<Vec<_>>().join(" AND "))
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
