//! The part of a text that a search found, cut to one line, in segments that are marked or not.

use minicbor::{Decode, Encode};
use serde::Serialize;
use std::ops::Range;

use super::fold::{self, Term, TermBody};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Segment {
    /// The piece.
    #[n(0)]
    pub text: String,
    /// True if it is what was looked for.
    #[n(1)]
    pub found: bool,
}

/// Characters of a snippet.
const LENGTH: usize = 100;
/// Characters before the first word that was found.
const BEFORE: usize = 30;

/// The part of a text around the first of its words that one of the terms means, with all such words marked. None if
/// it has none.
pub fn snippet(text: &str, sought: &[Term]) -> Option<Vec<Segment>> {
    let mut hits: Vec<Range<usize>> = Vec::new();
    for term in fold::terms(text) {
        for sought in sought {
            hits.extend(hit(&term, sought));
        }
    }
    marked(text, hits)
}

/// A text that was found as a whole, such as a telephone number in another spelling.
pub fn whole(text: &str) -> Vec<Segment> {
    vec![Segment {
        text: text.to_owned(),
        found: true,
    }]
}

/// The ranges of a text's term that match a sought term, in bytes; empty if none do.
fn hit(term: &Term, sought: &Term) -> Vec<Range<usize>> {
    match (&term.body, &sought.body) {
        (TermBody::Run(characters), TermBody::Run(sought)) => occurrences(characters, sought),
        (_, TermBody::Run(_)) | (TermBody::Run(_), _) => Vec::new(),
        (TermBody::Word(known), TermBody::Word(sought) | TermBody::Compound(sought, _))
            if begins_with(known, sought) =>
        {
            vec![term.range.clone()]
        }
        (TermBody::Compound(known, _), TermBody::Word(sought) | TermBody::Compound(sought, _))
            if begins_with(known, sought) =>
        {
            vec![term.range.clone()]
        }
        (TermBody::Compound(_, parts), _) => {
            parts.iter().flat_map(|part| hit(part, sought)).collect()
        }
        // The first letter of a name before an apostrophe says too little alone.
        (_, TermBody::Compound(_, parts)) => {
            let parts = parts.iter().filter(|part| part.range.len() > 1);
            parts.flat_map(|part| hit(term, part)).collect()
        }
        _ => Vec::new(),
    }
}

fn begins_with(known: &[String], sought: &[String]) -> bool {
    known.iter().any(|known| {
        sought
            .iter()
            .any(|sought| known.starts_with(sought.as_str()))
    })
}

fn occurrences(
    characters: &[(String, Range<usize>)],
    sought: &[(String, Range<usize>)],
) -> Vec<Range<usize>> {
    let windows = characters.windows(sought.len().max(1));
    let same = windows.filter(|window| {
        window.len() == sought.len()
            && window
                .iter()
                .zip(sought)
                .all(|(one, other)| one.0 == other.0)
    });
    same.filter_map(|window| Some(window.first()?.1.start..window.last()?.1.end))
        .collect()
}

/// The snippet with these places marked.
fn marked(text: &str, mut hits: Vec<Range<usize>>) -> Option<Vec<Segment>> {
    hits.sort_by_key(|hit| (hit.start, hit.end));
    let first = hits.first()?.start;
    let (mut start, before) = cut_before(text, first);
    let end = text
        .get(start..)?
        .char_indices()
        .nth(LENGTH)
        .map_or(text.len(), |(at, _)| start + at);
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |piece: &str, found: bool| {
        let piece = piece.replace(['\n', '\r', '\u{2028}', '\u{2029}'], " ");
        if !piece.is_empty() {
            segments.push(Segment { text: piece, found });
        }
    };
    push(before, false);
    for hit in hits {
        let from = hit.start.max(start);
        let until = hit.end.min(end);
        if from >= until {
            continue;
        }
        push(text.get(start..from).unwrap_or_default(), false);
        push(text.get(from..until).unwrap_or_default(), true);
        start = until;
    }
    push(text.get(start..end).unwrap_or_default(), false);
    if end < text.len() {
        push("…", false);
    }
    Some(segments)
}

/// The byte at which a snippet begins whose first mark is at `first`, and the sign that something stands before it.
fn cut_before(text: &str, first: usize) -> (usize, &'static str) {
    let before = text.get(..first).unwrap_or_default();
    let Some((at, _)) = before.char_indices().rev().nth(BEFORE) else {
        return (0, "");
    };
    // At the beginning of a word, where there is one.
    let cut = before
        .get(at..)
        .and_then(|rest| rest.find(char::is_whitespace));
    (cut.map_or(at, |space| at + space), "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, query: &str) -> Option<String> {
        let segments = snippet(text, &fold::terms(query))?;
        let each = segments.iter().map(|segment| match segment.found {
            true => format!("[{}]", segment.text),
            false => segment.text.clone(),
        });
        Some(each.collect())
    }

    #[test]
    fn what_was_found_is_marked_where_it_stands() {
        for (text, query, expected) in [
            ("Bäckerei Süß", "baeck suss", "[Bäckerei] [Süß]"),
            (
                "Bei O’Brien und Müller-Lüd",
                "obrien lued",
                "Bei [O’Brien] und Müller-[Lüd]",
            ),
            ("Brien, OBrien", "o'brien", "[Brien], [OBrien]"),
            ("新东京拉面店", "东京", "新[东京]拉面店"),
            ("مَكْتَبَةُ الفَجْر", "مكتبة", "[مَكْتَبَةُ] الفَجْر"),
            ("Key\nunder the mat", "mat", "Key under the [mat]"),
        ] {
            assert_eq!(shown(text, query).as_deref(), Some(expected), "{query}");
        }
        assert_eq!(shown("Bäckerei", "x"), None);
        let long = format!("{} oven {}", "a ".repeat(100), "b ".repeat(100));
        let cut = shown(&long, "oven").unwrap();
        assert!(
            cut.starts_with("… a a") && cut.contains("a  [oven] b") && cut.ends_with('…'),
            "{cut}"
        );
        assert!(cut.chars().count() <= LENGTH + 5);
    }
}
