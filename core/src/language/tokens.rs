//! The tokens of a typed text: lower case, ae for ä, numbers apart from letters, no abbreviation dots.

/// A plain word and what was typed for it, up to the spaces around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub plain: String,
    pub typed: &'a str,
}

/// The words of a text. A number keeps its dots, colons, slashes and dashes, for they say what it is.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    text.split(is_space)
        .filter(|typed| !typed.is_empty())
        .flat_map(of_word)
        .collect()
}

/// One word as plain words, for vocabularies of single words.
pub(super) fn plain(word: &str) -> String {
    let tokens = tokens(word).into_iter().map(|piece| piece.plain);
    tokens.collect::<Vec<_>>().join(" ")
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ';' | '!' | '?' | '"' | '“' | '”' | '„' | '«' | '»' | '(' | ')'
        )
}

fn of_word(typed: &str) -> Vec<Token<'_>> {
    let mut words = vec![String::new()];
    let chars: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    let mut before = ' ';
    for (at, c) in chars.iter().copied().enumerate() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let in_number = before.is_ascii_digit() || ".:/".contains(before);
        let crosses = (c.is_alphabetic() && in_number)
            || (c.is_ascii_digit() && before.is_alphabetic())
            || c == '~'
            || before == '~';
        if crosses || is_gap(&chars, at) {
            words.push(String::new());
        }
        let word = words.last_mut();
        let Some(word) = word else { break };
        before = match c {
            _ if is_gap(&chars, at) => ' ',
            'ä' => push(word, "ae"),
            'ö' => push(word, "oe"),
            'ü' => push(word, "ue"),
            'ß' => push(word, "ss"),
            // Some keyboards type the letter and its dots one after the other.
            '\u{308}' => push(word, "e"),
            '½' if before.is_ascii_digit() => push(word, ".5"),
            '½' => push(word, "half"),
            '–' | '—' | '−' => push(word, "-"),
            '\'' | '’' | '‘' => before,
            // The dot of an abbreviation says nothing; that of a number makes it a day.
            '.' if !before.is_ascii_digit() => before,
            // "1,5 Stunden"
            ',' if next.is_ascii_digit() => push(word, "."),
            c => {
                word.push(c);
                c
            }
        };
    }
    words.retain(|word| !word.is_empty());
    let tokens = words.into_iter().map(|plain| Token { plain, typed });
    tokens.collect()
}

fn push(word: &mut String, text: &str) -> char {
    word.push_str(text);
    text.chars().next_back().unwrap_or(' ')
}

/// True if a character only divides words: a comma that is no decimal one, a dash that is no number's.
fn is_gap(chars: &[char], at: usize) -> bool {
    let digit = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(char::is_ascii_digit)
    };
    let (before, next) = (digit(at.checked_sub(1)), digit(Some(at + 1)));
    match chars.get(at) {
        Some(',') => {
            let one_digit = next && !digit(Some(at + 2));
            !(before && one_digit)
        }
        // "-5" is a number of its own, and none that says when.
        Some('-' | '–' | '—' | '−') => !next || (at > 0 && !before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain() {
        for (text, plainly) in [
            ("Übermorgen 17Uhr30", "uebermorgen 17 uhr 30"),
            ("u\u{308}bermorgen", "uebermorgen"),
            ("3. Juni, 5:30 p.m.", "3. juni 5:30 pm"),
            ("Do. 1.12.2026", "do 1.12.2026"),
            ("2026-12-01T14:00", "2026-12-01 t 14:00"),
            ("24th", "24 th"),
            ("1.Dez", "1. dez"),
            ("3 o’clock", "3 oclock"),
            ("8-ish ~9", "8 ish ~ 9"),
            ("twenty-five, end-of-day", "twenty five end of day"),
            ("1,5 h, 2½ h, ½ hour", "1.5 h 2.5 h half hour"),
            ("dreißig, Fri,12:00", "dreissig fri 12:00"),
            ("-5 – 14:00–16:00", "-5 14:00-16:00"),
            ("Dec 3,2027", "dec 3 2027"),
        ] {
            assert_eq!(plain(text), plainly);
        }
    }

    #[test]
    fn words_know_what_was_typed_for_them() {
        let tokens = tokens("um 8ish, Freitag");
        let typed: Vec<_> = tokens.iter().map(|piece| piece.typed).collect();
        assert_eq!(typed, ["um", "8ish,", "8ish,", "Freitag"]);
    }
}
