//! Full-text search: how texts and queries are folded so that people find what they mean.
//!
//! The tokenizer drops case and diacritics: "backerei" finds "Bäckerei". Germans also write umlauts as
//! two letters, so every word with one is indexed a second time in that spelling, and a query word with
//! one is looked for in both: "baeckerei" finds it as well.

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
