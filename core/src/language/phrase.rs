//! Times as people type them, in English and German: "in 30 minutes", "Freitag 12 Uhr", "Dec 24 morning".
//!
//! The words may come in any order, each part of a date once. A word that is not understood is named, and so
//! are the two dates that a text may mean, for a guessed date would be a promise. `phrases.txt` is the table of what is
//! understood, and its test.

use crate::language::Message;
use crate::language::resolution::{Direction, ResolutionContext, ResolutionError, zone_names};
use crate::language::time_parts::{ParseInput, TimeParts, WordError};
use crate::language::tokens::{Token, tokens};
use crate::language::vocabulary;
use crate::model::calendar::WorkingTime;
use crate::model::time::{Due, DueError, Millis, zoned};

/// The reason why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// A word of the text is none that times are said with.
    #[error("“{word}” is not understood in “{text}”; write “in 30 minutes” or “tomorrow 10:00”")]
    NotUnderstood {
        /// The text.
        text: String,
        /// The word as it was typed.
        word: String,
    },
    /// A word of the text leaves the time open: "soon", "Mitte der Woche".
    #[error("“{word}” in “{text}” leaves the time open; write “in 30 minutes” or “tomorrow 10:00”")]
    Vague {
        /// The text.
        text: String,
        /// The word as it was typed.
        word: String,
    },
    /// Two dates may be meant.
    #[error("“{word}” in “{text}” may mean two times")]
    Ambiguous {
        /// The text.
        text: String,
        /// The word that may mean two, as it was typed.
        word: String,
        /// Both.
        dues: Box<(Due, Due)>,
    },
    /// Parts of the text contradict each other, or the calendar has no such day.
    #[error("“{0}” contradicts itself or the calendar; write “in 30 minutes” or “tomorrow 10:00”")]
    Contradiction(String),
    /// The text says no time: it is empty, too long or breaks off.
    #[error("“{0}” says no time; write “in 30 minutes” or “tomorrow 10:00”")]
    Unfinished(String),
    /// The clock or the zone of the device cannot be used.
    #[error(transparent)]
    Place(#[from] DueError),
}

impl PhraseError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NotUnderstood { text, word } => Message::new("error-time-not-understood")
                .text("text", text)
                .text("word", word),
            Self::Vague { text, word } => Message::new("error-time-vague")
                .text("text", text)
                .text("word", word),
            Self::Ambiguous { word, dues, .. } => Message::new("error-time-either")
                .text("word", word)
                .due("one", &dues.0)
                .due("other", &dues.1),
            Self::Contradiction(text) => {
                Message::new("error-time-contradiction").text("text", text)
            }
            Self::Unfinished(text) => Message::new("error-time-unfinished").text("text", text),
            Self::Place(error) => {
                Message::new("error-unexpected").text("reason", error.to_string())
            }
        }
    }
}

/// The moment and place at which a text is typed, and the working time there.
#[derive(Clone, Copy, Debug)]
pub struct PhraseContext<'a> {
    /// The present moment, in milliseconds since the epoch.
    pub now: Millis,
    /// The IANA zone.
    pub zone: &'a str,
    /// The working time on the clocks of the place.
    pub working: &'a WorkingTime,
}

/// The longest text that is read, in bytes; longer ones are no dates.
const LONGEST: usize = 100;
/// The number of characters of a text that an error shows, at most.
const SHOWN: usize = 60;
const MINUTE_MS: i64 = 60_000;

/// Reads a date to promise. A weekday ("Friday") is the next such day after today, or today if it comes with a
/// time that is still ahead; a time alone is today or tomorrow; a day without its year is the next such day;
/// a week or a month is its last working day; an evening ends at 22:00. Minutes are rounded up. The due always
/// has an instant.
pub fn parse_due(text: &str, here: &PhraseContext<'_>) -> Result<Due, PhraseError> {
    let (time_parts, context) = read(text, here, Direction::Ahead)?;
    match time_parts.only_minutes() {
        Some(minutes) => due_in(minutes, here),
        None => context.due(&time_parts).ok(),
    }
    .map_or_else(|| Err(unclear(text, &time_parts, &context)), Ok)
}

/// Reads when something happened, in milliseconds since the epoch.
///
/// A text that can be meant twice means the latest moment that is over ("Friday" is the last one). A day or half day is
/// its last working moment that is over, so that nothing counts as done earlier than it was said to be.
pub fn parse_moment(text: &str, here: &PhraseContext<'_>) -> Result<Millis, PhraseError> {
    let (time_parts, context) = read(text, here, Direction::Back)?;
    let moment = match time_parts.only_minutes() {
        Some(minutes) => here.now.checked_add(minutes.saturating_mul(MINUTE_MS)),
        None => context.due(&time_parts).ok().and_then(|due| {
            let day = due.date.parse().ok()?;
            let end_of_day = here.working.end_of_day(day);
            let end_of_day = end_of_day.filter(|end_of_day| end_of_day.date == due.date);
            let at = Due { end_of_day, ..due }.instant().ok()?;
            // "today" is not later than now; "tomorrow" stays ahead, for the caller to refuse.
            let exact = time_parts.clock.is_some();
            let is_today = day == context.today && !exact;
            Some(if is_today { at.min(here.now) } else { at })
        }),
    };
    moment.ok_or_else(|| unclear(text, &time_parts, &context))
}

/// Reads the parts of a text.
fn read<'a>(
    text: &str,
    here: &PhraseContext<'a>,
    direction: Direction,
) -> Result<(TimeParts, ResolutionContext<'a>), PhraseError> {
    let now = zoned(here.now, here.zone)?;
    if text.len() > LONGEST {
        return Err(PhraseError::Unfinished(shown(text)));
    }
    let tokens = words_of(text);
    let words: Vec<&str> = tokens.iter().map(|token| token.plain.as_str()).collect();
    let input = ParseInput {
        words: &words,
        today: now.date(),
        zones: &known_zones(&now),
    };
    let typed = |at: usize| {
        let token = tokens.get(at).or(tokens.last());
        token.map_or_else(String::new, |token| bare(token.typed))
    };
    let text = || shown(text);
    let time_parts = TimeParts::read(&input).map_err(|fault| match fault {
        WordError::Unknown(at) => PhraseError::NotUnderstood {
            text: text(),
            word: typed(at),
        },
        WordError::Vague(at) => PhraseError::Vague {
            text: text(),
            word: typed(at),
        },
        WordError::Repeated(_) => PhraseError::Contradiction(text()),
    })?;
    let context = ResolutionContext {
        now: here.now,
        today: now.date(),
        zone: here.zone,
        working: here.working,
        direction,
    };
    Ok((time_parts, context))
}

/// The error of a text whose parts are no one time.
fn unclear(text: &str, time_parts: &TimeParts, context: &ResolutionContext<'_>) -> PhraseError {
    match context.due(time_parts) {
        Err(ResolutionError::Ambiguous(at, dues)) => {
            let tokens = words_of(text);
            let word = tokens.get(at).map(|token| bare(token.typed));
            PhraseError::Ambiguous {
                text: shown(text),
                word: word.unwrap_or_else(|| shown(text)),
                dues,
            }
        }
        Err(ResolutionError::Unfinished) => PhraseError::Unfinished(shown(text)),
        Ok(_) | Err(ResolutionError::Contradiction) if *time_parts == TimeParts::default() => {
            PhraseError::Unfinished(shown(text))
        }
        Ok(_) | Err(ResolutionError::Contradiction) => PhraseError::Contradiction(shown(text)),
    }
}

/// The plain words of a text, "Freitagnachmittag" as two. The parentheses of a due's sentence follow
/// from it, and are left out.
fn words_of(text: &str) -> Vec<Token<'_>> {
    let time_parts = ["(by ", "(bis "];
    let text = time_parts
        .iter()
        .find_map(|opening| text.strip_suffix(')')?.split_once(opening))
        .map_or(text, |(before, _)| before);
    let mut words = Vec::new();
    for token in tokens(text) {
        match vocabulary::split_compound(&token.plain) {
            Some((head, tail)) => words.extend([head, tail].map(|plain| Token {
                plain: plain.to_owned(),
                typed: token.typed,
            })),
            None => words.push(token),
        }
    }
    words
}

/// The short names that a zone has in the course of a year.
fn known_zones(now: &jiff::Zoned) -> Vec<String> {
    let months = (0..4).filter_map(|quarter| {
        let span = jiff::Span::new().months(quarter * 3);
        now.checked_add(span).ok()
    });
    let names = months.flat_map(|at| zone_names(&at));
    // Where a zone has no name of its own it is an offset, "+03", which is no word.
    let mut names: Vec<String> = names.filter(|name| name.len() > 2).collect();
    names.dedup();
    names
}

fn shown(text: &str) -> String {
    text.trim().chars().take(SHOWN).collect()
}

/// A word without the signs around it.
fn bare(word: &str) -> String {
    let around = |c: char| !c.is_alphanumeric() && c != '~';
    let bare = word.trim_matches(around);
    shown(if bare.is_empty() { word } else { bare })
}

/// The first full minute in `minutes`.
fn due_in(minutes: i64, here: &PhraseContext<'_>) -> Option<Due> {
    let target = here
        .now
        .checked_add(minutes.checked_mul(MINUTE_MS)?)?
        .checked_add(MINUTE_MS - 1)?;
    Due::at(target, here.zone).ok()
}

#[cfg(test)]
#[path = "phrase_tests.rs"]
mod tests;
