//! A text as its sentences: where they end, and how they are shown.

use unicode_segmentation::UnicodeSegmentation;

/// The end of a sentence that its author did not end with white space: shown as a line break where another sentence
/// follows, and as nothing at the end of a text.
pub const SOFT_BREAK: char = '\u{2028}';

/// Characters from which on a sentence is cut at clause marks, and a clause between words.
const MAX_SENTENCE_CHARS: usize = 400;

/// Characters from which on a word is cut, between graphemes.
const MAX_WORD_CHARS: usize = 1_000;

/// One sentence, or one clause or some words of a very long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'t> {
    /// Its words, without the white space that follows them. Empty only for white space before the first sentence.
    pub words: &'t str,
    /// The white space that follows.
    pub space: &'t str,
}

impl Sentence<'_> {
    /// The white space that follows, as it is shown.
    pub fn shown_space(&self) -> String {
        if !self.space.contains(SOFT_BREAK) {
            return self.space.to_owned();
        }
        let mut written: String = self.space.chars().filter(|c| *c != SOFT_BREAK).collect();
        // A sentence may end where only the soft break says so: the reader sees that it does.
        match written.rfind('\n') {
            Some(last) => written.truncate(last + 1),
            None => "\n".clone_into(&mut written),
        }
        written
    }
}

/// The sentences of a text. They end where the Unicode Standard (annex 29) says so, behind white space or an
/// ideographic full stop; very long ones are cut at clause marks, then between words.
pub fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut all: Vec<Sentence<'_>> = Vec::new();
    for piece in joined(text, text.split_sentence_bound_indices().map(|(at, _)| at)) {
        for piece in short_pieces(piece) {
            let words = piece.trim_end();
            let space = &piece[words.len()..];
            match all.last_mut() {
                // White space alone belongs to the sentence before it.
                Some(last) if words.is_empty() => {
                    let from = offset(text, last.space);
                    last.space = &text[from..from + last.space.len() + space.len()];
                }
                _ => all.push(Sentence { words, space }),
            }
        }
    }
    all
}

/// A text with line breaks as other programs write them.
pub fn normal(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Sentences as one text, without white space at its end.
pub fn shown<'t>(sentences: impl IntoIterator<Item = Sentence<'t>>) -> String {
    let mut text = String::new();
    for sentence in sentences {
        text.push_str(sentence.words);
        text.push_str(&sentence.shown_space());
    }
    text.truncate(text.trim_end().len());
    text
}

/// True if words end a sentence without white space behind them, as those of East Asian scripts do.
pub fn ends_itself(words: &str) -> bool {
    let closing = ['」', '』', '）', '”', '’', '》', '〉', '】'];
    words
        .trim_end_matches(closing)
        .ends_with(['。', '！', '？', '｡', '．'])
}

/// The pieces of a text between boundaries that count: those behind white space or an ideographic full stop.
fn joined(text: &str, bounds: impl Iterator<Item = usize>) -> Vec<&str> {
    let ends = |at: &usize| {
        let before = &text[..*at];
        before.ends_with(char::is_whitespace) || ends_itself(before)
    };
    let bounds = bounds.filter(ends).map(|at| {
        // Two who each went on behind a sentence with a blank: the second blank begins no line.
        let (before, behind) = text.split_at(at);
        let blank = behind.strip_prefix(' ');
        let goes_on = |rest: &str| !rest.starts_with(char::is_whitespace);
        at + usize::from(before.ends_with(SOFT_BREAK) && blank.is_some_and(goes_on))
    });
    pieces(text, bounds)
}

/// A sentence whole, or in clauses and words if it is very long.
fn short_pieces(sentence: &str) -> Vec<&str> {
    if !is_longer(sentence, MAX_SENTENCE_CHARS) {
        return vec![sentence];
    }
    let clauses = pieces(sentence, clause_ends(sentence).into_iter());
    let runs = clauses
        .into_iter()
        .flat_map(|clause| match is_longer(clause, MAX_SENTENCE_CHARS) {
            true => pieces(clause, run_ends(clause).into_iter()),
            false => vec![clause],
        });
    runs.flat_map(|run| match is_longer(run, MAX_WORD_CHARS) {
        true => pieces(run, word_cuts(run).into_iter()),
        false => vec![run],
    })
    .collect()
}

/// The ends of a sentence's clauses, in bytes: behind the white space after a clause mark, or behind an
/// ideographic one.
fn clause_ends(sentence: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut marked = false;
    for (at, character) in sentence.char_indices() {
        if marked && !character.is_whitespace() && sentence[..at].ends_with(char::is_whitespace) {
            ends.push(at);
        }
        match character {
            '，' | '、' | '；' | '：' => ends.push(at + character.len_utf8()),
            ',' | ';' | ':' | '–' | '—' => marked = true,
            _ if character.is_whitespace() => {}
            _ => marked = false,
        }
    }
    ends
}

/// The ends at which a clause without marks is cut, in bytes: behind about every eighth word. The word itself decides
/// it, so that text added before it moves no cut.
fn run_ends(clause: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for word in clause.split_inclusive(char::is_whitespace) {
        at += word.len();
        let sum = word
            .trim_end()
            .bytes()
            .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
        if word.ends_with(char::is_whitespace) && sum.is_multiple_of(8) {
            ends.push(at);
        }
    }
    ends
}

/// The ends at which a word that is too long is cut, in bytes.
fn word_cuts(run: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut length = 0;
    for (at, grapheme) in run.grapheme_indices(true) {
        if length >= MAX_WORD_CHARS {
            cuts.push(at);
            length = 0;
        }
        length += grapheme.chars().count();
    }
    cuts
}

fn is_longer(text: &str, characters: usize) -> bool {
    text.chars().nth(characters).is_some()
}

/// The pieces of a text between ascending bounds.
fn pieces(text: &str, bounds: impl Iterator<Item = usize>) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in bounds.chain([text.len()]) {
        if at > from {
            pieces.push(&text[from..at]);
            from = at;
        }
    }
    pieces
}

/// The offset at which a part of a text begins in it, in bytes.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|one| one.words).collect()
    }

    #[test]
    fn sentences_end_behind_white_space_and_ideographic_full_stops() {
        for (text, expected) in [
            ("Gate code 1234", &["Gate code 1234"][..]),
            (
                "Boiler 3.5 bar. Closed!  Ask Eva",
                &["Boiler 3.5 bar.", "Closed!", "Ask Eva"],
            ),
            (
                "Schlüssel liegt unten\n\n- Hof: Tor 2\n- Keller",
                &["Schlüssel liegt unten", "- Hof: Tor 2", "- Keller"],
            ),
            (
                "门牌是1234。周一关门！「请按铃。」谢谢",
                &["门牌是1234。", "周一关门！「请按铃。」", "谢谢"],
            ),
            ("Kaputt 🔥👩‍🔧. Neu 🙂", &["Kaputt 🔥👩‍🔧.", "Neu 🙂"]),
            ("a.b.c/d?e=f", &["a.b.c/d?e=f"]),
            ("", &[]),
            ("\n x", &["", " x"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn very_long_sentences_are_cut_where_what_stands_before_moves_nothing() {
        let clause = "the lid of the third oven from the left sticks whenever it is hot, ";
        let dictated: String = (0..400).map(|n| format!("word{n} ")).collect();
        let unbroken = "喝".repeat(3_000);
        for text in [clause.repeat(20), dictated, unbroken] {
            let cut = words(&text);
            assert!(
                cut.iter().all(|piece| !is_longer(piece, MAX_WORD_CHARS)),
                "{cut:?}"
            );
            let longer = format!("Well now {text}");
            let moved = words(&longer);
            let same = cut.iter().filter(|piece| moved.contains(piece)).count();
            assert!(same + 2 >= cut.len(), "{same} of {}", cut.len());
        }
    }

    #[test]
    fn a_soft_break_is_a_line_break_between_sentences_and_nothing_elsewhere() {
        for (text, expected) in [
            ("One\u{2028}", "One"),
            ("One\u{2028}Two\u{2028}", "One\nTwo"),
            ("One\u{2028}\nTwo", "One\nTwo"),
            ("One.\u{2028} Two", "One.\nTwo"),
            ("One.\u{2028}  Two", "One.\n  Two"),
            ("One\n\n\u{2028}Two \n", "One\n\nTwo"),
        ] {
            assert_eq!(shown(sentences(text)), expected, "{text:?}");
        }
    }

    proptest! {
        /// Nothing is lost: the sentences are the text, and what is shown of them has the same sentences.
        #[test]
        fn sentences_are_the_text(text in "[ab .!?,;\n\u{2028}ä。🔥x]{0,80}") {
            let all = sentences(&text);
            let whole: String = all.iter().flat_map(|one| [one.words, one.space]).collect();
            prop_assert_eq!(&whole, &text);
            let visible = shown(all.iter().copied());
            let again: Vec<&str> = words(&visible);
            let mut before: Vec<&str> = all.iter().map(|one| one.words).collect();
            if visible.is_empty() {
                before.clear();
            }
            prop_assert_eq!(again, before);
        }
    }
}
