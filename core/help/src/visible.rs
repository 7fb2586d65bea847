//! Typed words as a message shows them.

/// The longest typed word that a message repeats, in characters.
const LONGEST: usize = 80;

/// A typed word in one line, with every character that a terminal obeys or hides written as its number, such as
/// `<U+202E>`, and cut where it is long.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == LONGEST {
            shown.push('…');
            break;
        }
        if obeyed_or_hidden(c) {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Control characters, direction marks, ends of lines and paragraphs, and what has no width and no meaning in a word.
fn obeyed_or_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_commands_a_terminal_or_fills_it() {
        assert_eq!(visible("Süß \u{1b}[2J"), "Süß <U+001B>[2J");
        assert_eq!(
            visible("a\nb\u{202e}c\u{200f}"),
            "a<U+000A>b<U+202E>c<U+200F>"
        );
        assert_eq!(visible(&"x".repeat(81)), format!("{}…", "x".repeat(80)));
    }
}
