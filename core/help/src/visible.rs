//! Typed words as a message shows them.

/// The longest typed word that a message repeats, in characters.
const LONGEST: usize = 80;

/// A typed word with every character that a terminal obeys or hides written as its code, cut where it is long.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == LONGEST {
            shown.push('…');
            break;
        }
        if obeyed_or_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn obeyed_or_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_commands_a_terminal_or_fills_it() {
        assert_eq!(visible("Süß \u{1b}[2J"), "Süß \\u{1b}[2J");
        assert_eq!(visible("a\nb\u{202e}c\u{200f}"), "a\\nb\\u{202e}c\\u{200f}");
        assert_eq!(visible(&"x".repeat(81)), format!("{}…", "x".repeat(80)));
    }
}
