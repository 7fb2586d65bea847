//! Checks of single values that callers pass in: lengths, visible characters, list sizes, minutes and days.

use minicbor::Decoder;
use minicbor::data::Type;

use crate::language::{Message, has_key};
use crate::limits;
use crate::model::edit::Edit;
use crate::model::text::normal;
use crate::model::time::{DueError, Millis};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::numbers::count_i64;
use crate::store::{Reading, meta};

/// Fills a sentence's gap `field` with the field's name for readers; a field without a name is called by its key.
pub fn with_field(words: Message, field: &str) -> Message {
    let key = format!("field-{}", field.replace('_', "-"));
    match has_key(&key) {
        true => words.keyed("field", key),
        false => words.text("field", field),
    }
}

/// Refuses a text that is longer than `limit` characters.
pub(in crate::notebook) fn check_max_chars(field: &str, text: &str, limit: usize) -> ApiResult<()> {
    if text.chars().count() <= limit {
        return Ok(());
    }
    let limit = count_i64(limit);
    Err(KeptError::invalid(
        field,
        with_field(Message::new("error-too-long"), field).number("limit", limit),
    ))
}

/// Refuses a text that is empty or longer than a name may be, and trims it.
pub(in crate::notebook) fn non_empty_name(field: &str, text: &str) -> ApiResult<String> {
    let text = text.trim();
    if !has_visible_char(text) {
        return Err(KeptError::invalid(
            field,
            with_field(Message::new("error-empty"), field),
        ));
    }
    check_max_chars(field, text, limits::NAME_CHARS)?;
    Ok(text.to_owned())
}

/// The place of half a character, which the bindings hand over so: no text that people write has it.
const HALF_CHARACTER: char = '\u{ffff}';

/// Refuses a text in which a character is only half there.
pub(in crate::notebook) fn check_whole_characters(field: &str, text: &str) -> ApiResult<()> {
    if text.contains(HALF_CHARACTER) {
        return Err(KeptError::invalid(
            field,
            Message::new("error-half-character"),
        ));
    }
    Ok(())
}

/// Refuses edits with a text in which a character is only half there.
pub(in crate::notebook) fn check_whole_characters_of(edits: &[Edit]) -> ApiResult<()> {
    let unexpected = |error: &dyn std::fmt::Display| KeptError::Unexpected {
        reason: error.to_string(),
    };
    let encoded = minicbor::to_vec(edits).map_err(|error| unexpected(&error))?;
    let mut decoder = Decoder::new(&encoded);
    while decoder.position() < encoded.len() {
        match decoder.datatype().map_err(|error| unexpected(&error))? {
            Type::String => {
                let text = decoder.str().map_err(|error| unexpected(&error))?;
                check_whole_characters("text", text)?;
            }
            // What is in them comes next.
            Type::Array => drop(decoder.array().map_err(|error| unexpected(&error))?),
            Type::Map => drop(decoder.map().map_err(|error| unexpected(&error))?),
            Type::Tag => drop(decoder.tag().map_err(|error| unexpected(&error))?),
            _ => decoder.skip().map_err(|error| unexpected(&error))?,
        }
    }
    Ok(())
}

/// The most characters that an error shows of the answer that stands.
const SHOWN_CHARS: usize = 200;

/// Refuses an answer that another author changed since the screen showed it: it would be written over. None of `was`:
/// the screen did not say what it showed.
pub(in crate::notebook) fn check_unchanged(
    field: &str,
    was: Option<&str>,
    text: &str,
    now: &str,
) -> ApiResult<()> {
    let plain = |text: &str| normal(text).trim().to_owned();
    let now = plain(now);
    if was.is_none_or(|was| plain(was) == now) || plain(text) == now {
        return Ok(());
    }
    let shown: String = now.chars().take(SHOWN_CHARS).collect();
    let words = Message::new("error-changed-meanwhile").text("now", shown);
    Err(KeptError::invalid(field, with_field(words, field)))
}

/// True if a text has a character that can be seen.
pub(in crate::notebook) fn has_visible_char(text: &str) -> bool {
    // The characters that Unicode takes for letters or marks, and no font shows: fillers, joiners, directions,
    // variants.
    let unseen = |c: char| {
        matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    };
    text.chars()
        .any(|c| !c.is_whitespace() && !c.is_control() && !unseen(c))
}

impl Notebook {
    /// Refuses an instant, in milliseconds since the epoch, that is ahead of now by more than clocks may differ.
    pub(in crate::notebook) fn check_not_future(
        &self,
        store: Reading<'_>,
        field: &str,
        at: Millis,
    ) -> ApiResult<()> {
        let now = meta::now(store.read(), self.environment.as_ref())?;
        if at
            > now
                .instant(None)
                .max(now.wall_ms)
                .saturating_add(limits::FUTURE_MS)
        {
            return Err(KeptError::invalid(
                field,
                Message::new("error-in-the-future"),
            ));
        }
        Ok(())
    }
}

/// Refuses a list that is longer than lists may be.
pub(in crate::notebook) fn check_max_entries(field: &str, length: usize) -> ApiResult<()> {
    if length > limits::LIST_ENTRIES {
        return Err(too_many(field, limits::LIST_ENTRIES));
    }
    Ok(())
}

/// Makes the error of a list with more than `limit` entries.
pub(in crate::notebook) fn too_many(field: &str, limit: usize) -> KeptError {
    let limit = count_i64(limit);
    KeptError::invalid(
        field,
        with_field(Message::new("error-too-many"), field).number("limit", limit),
    )
}

/// Returns a day in the one way in which days are written, as `2026-12-24`.
pub(in crate::notebook) fn checked_day(text: &str) -> ApiResult<String> {
    let day: jiff::civil::Date = text
        .trim()
        .parse()
        .map_err(|_| DueError::Date(text.to_owned()))?;
    Ok(day.to_string())
}

/// Refuses a number of minutes below `least` or above `most`.
pub(in crate::notebook) fn check_minutes(
    field: &str,
    minutes: u32,
    least: u32,
    most: u32,
) -> ApiResult<()> {
    if (least..=most).contains(&minutes) {
        return Ok(());
    }
    let span = |minutes: u32| i64::from(minutes).saturating_mul(60_000);
    Err(KeptError::invalid(
        field,
        with_field(Message::new("error-minutes"), field)
            .number("least", span(least))
            .number("most", span(most)),
    ))
}
