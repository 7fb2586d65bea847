//! Text of others as it is shown: nothing in it commands a terminal, begins a line that its author did not show, or
//! turns the direction in which what stands beside it is read.

use crate::model::fold::is_format;

/// A text with each invisible character written out, `<U+202E>`: control characters, direction marks, characters of
/// no width. Line breaks stay; a caller that shows one line joins them. The characters that emoji and the scripts of
/// India and Persia are made of stay as well.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '\n' => shown.push('\n'),
            '\t' => shown.push(' '),
            // The end of a line as Windows writes it.
            '\r' if next == Some('\n') => {}
            c if !hides(c) || is_needed(before, c, next) => shown.push(c),
            c => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
        }
        before = Some(c);
    }
    shown
}

/// True if a character does something, or nothing, and is not seen.
fn hides(c: char) -> bool {
    c.is_control() || is_format(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{3164}' | '\u{FFA0}')
}

/// True if a character that is not seen itself shapes what is seen: it joins or parts letters, or chooses how a
/// picture looks.
fn is_needed(before: Option<char>, c: char, next: Option<char>) -> bool {
    let before = before.unwrap_or(' ');
    match c {
        '\u{200D}' => {
            is_picture(before) && next.is_some_and(is_picture) || is_joined_script(before)
        }
        '\u{200C}' => is_joined_script(before) && next.is_some_and(is_joined_script),
        '\u{FE0E}' | '\u{FE0F}' => {
            is_picture(before) || before.is_ascii_digit() || matches!(before, '#' | '*')
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => {
            ('\u{3400}'..='\u{9FFF}').contains(&before)
        }
        '\u{E0020}'..='\u{E007F}' => {
            before == '\u{1F3F4}' || ('\u{E0020}'..='\u{E007E}').contains(&before)
        }
        '\u{180B}'..='\u{180F}' => ('\u{1820}'..='\u{18AA}').contains(&before),
        _ => false,
    }
}

fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}'..='\u{3299}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts in which letters join, and may be kept from it: Arabic, those of India and their relatives.
fn is_joined_script(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6FF}' | '\u{710}'..='\u{77F}' | '\u{8A0}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_written_out() {
        for (text, shown) in [
            ("a\u{1b}[2Jb\r\n\tc\u{9b}", "a<U+001B>[2Jb\n c<U+009B>"),
            ("exe\u{202e}fdp.", "exe<U+202E>fdp."),
            (
                "\u{200e}\u{61c}\u{2028}\u{2069}x\u{200f}",
                "<U+200E><U+061C><U+2028><U+2069>x<U+200F>",
            ),
            (
                "a\u{200b}b\u{feff}\u{ad}\rc",
                "a<U+200B>b<U+FEFF><U+00AD><U+000D>c",
            ),
            ("a\u{200d}b\u{200c}c\u{3164}", "a<U+200D>b<U+200C>c<U+3164>"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn what_shapes_letters_and_pictures_stays() {
        for text in [
            "👩‍🔧 ☕️ 1️⃣",
            "می‌خواهم",
            "क्‍ष",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "Zoë\nB",
            "葛\u{e0100}",
        ] {
            assert_eq!(visible(text), text);
        }
    }
}
