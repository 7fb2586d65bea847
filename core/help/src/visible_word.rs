//! Typed words as a message shows them.

use kept_core::language;

/// The longest typed word that a message repeats, in characters.
const LONGEST: usize = 80;

/// A typed word in one line, with every character that a terminal obeys or hides written as its number, such as
/// `<U+202E>`, and cut where it is long.
pub fn visible_word(text: &str) -> String {
    let mut word: String = text.chars().take(LONGEST).collect();
    if word.len() < text.len() {
        word.push('…');
    }
    language::visible(&word).replace('\n', "<U+000A>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_commands_a_terminal_or_fills_it() {
        assert_eq!(visible_word("Süß \u{1b}[2J"), "Süß <U+001B>[2J");
        assert_eq!(
            visible_word("a\nb\u{202e}c\u{200f}"),
            "a<U+000A>b<U+202E>c<U+200F>"
        );
        assert_eq!(
            visible_word(&"x".repeat(81)),
            format!("{}…", "x".repeat(80))
        );
    }
}
