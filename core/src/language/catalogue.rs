//! From [`Message`] to text: the catalogues, and nothing that can fail.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Lang, Message, MessageValue, ReaderContext, dates, functions};

pub(super) const EN: &str = include_str!("en.ftl");
pub(super) const DE: &str = include_str!("de.ftl");

static ENGLISH: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Lang::En, "en", EN));
static GERMAN: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Lang::De, "de", DE));

/// Puts a sentence into a language, with dates in full ("Sat 21 Nov 2026, 14:30 CET").
///
/// Never fails: what one language lacks is said in English, what English lacks is its key.
#[uniffi::export]
pub fn message_text(words: &Message, lang: Lang) -> String {
    text(words, lang, None)
}

/// Puts a sentence into the language of a reader, with dates as they say them now, where they are ("tomorrow
/// 09:00").
#[uniffi::export]
pub fn message_text_at(words: &Message, reader: &ReaderContext) -> String {
    text(words, reader.lang, Some(reader))
}

/// Puts the sentences of a whole list into the language of a reader, each as [`message_text_at`] does: as many texts,
/// in the same order.
#[uniffi::export]
pub fn message_texts(messages: &[Message], reader: &ReaderContext) -> Vec<String> {
    messages
        .iter()
        .map(|message| message_text_at(message, reader))
        .collect()
}

/// A sentence with its full stop, of which an abbreviation or an ordinal at its end has one already.
pub fn with_full_stop(mut sentence: String) -> String {
    if !sentence.is_empty() && !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

/// True if the English catalogue has a sentence of this key.
pub fn has_key(key: &str) -> bool {
    ENGLISH.has_message(key)
}

/// The keys of all sentences, in the order of the English catalogue.
pub fn keys() -> Vec<String> {
    keys_of(EN).map(str::to_owned).collect()
}

/// The keys in the source of a catalogue: a message starts in the first column.
pub(super) fn keys_of(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
}

fn bundle(lang: Lang, locale: &str, source: &'static str) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = locale.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks would show up as boxes on the command line and in calendar files.
    bundle.set_use_isolating(false);
    functions::add(&mut bundle, lang);
    // A broken entry is left out and falls back like a missing one; a test keeps the catalogues whole.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
    let _ = bundle.add_resource(resource);
    bundle
}

fn text(words: &Message, lang: Lang, reader: Option<&ReaderContext>) -> String {
    let mut args = FluentArgs::with_capacity(words.args.len());
    for arg in &words.args {
        args.set(arg.name.clone(), value(&arg.value, lang, reader));
    }
    entry(lang, &words.key, &args)
}

fn value<'a>(
    value: &'a MessageValue,
    lang: Lang,
    reader: Option<&ReaderContext>,
) -> FluentValue<'a> {
    let text = match value {
        MessageValue::Text { text } => text.clone(),
        MessageValue::Number { number } => return number.into(),
        MessageValue::Key { key } => marked_as_ours(entry(lang, key, &FluentArgs::new())),
        // Instants are said on the reader's clock, whatever clock they happened on.
        MessageValue::Instant { at_ms, zone } => marked_as_ours(reader.map_or_else(
            || dates::format_instant_in_full(*at_ms, zone, lang),
            |reader| dates::format_since(*at_ms, &reader.zone, reader.now, lang),
        )),
        MessageValue::Due { due } => marked_as_ours(reader.map_or_else(
            || dates::format_due_in_full(due, lang),
            |reader| dates::format_due(due, reader),
        )),
    };
    marked_full_stop(text).into()
}

/// Stands behind a value that ends with a full stop, until the sentence is whole; no text has it.
const FULL_STOP_MARK: &str = "\u{FDD0}";
/// Stands before a value that the catalogue said, until the sentence is whole; no text has it.
const OURS_MARK: &str = "\u{FDD1}";

/// Marks a value that is the catalogue's own, so that a sentence that begins with it begins with a capital. Names
/// and what people wrote stay as they are.
pub(super) fn marked_as_ours(value: String) -> String {
    format!("{OURS_MARK}{value}")
}

/// Marks a value that ends with a full stop, so that a sentence that ends with it gets no second.
pub(super) fn marked_full_stop(mut value: String) -> String {
    if value.ends_with('.') {
        value.push_str(FULL_STOP_MARK);
    }
    value
}

/// A sentence without the marks of its values: with one full stop at its end, and a capital at its beginning.
fn without_marks(sentence: String) -> String {
    if !(sentence.contains(FULL_STOP_MARK) || sentence.contains(OURS_MARK)) {
        return sentence;
    }
    let sentence = match sentence.strip_prefix(OURS_MARK) {
        Some(rest) => capitalised(rest),
        None => sentence,
    };
    sentence
        .replace(&format!("{FULL_STOP_MARK}."), "")
        .replace(FULL_STOP_MARK, "")
        .replace(OURS_MARK, "")
}

/// A text whose first letter is a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn entry(lang: Lang, key: &str, args: &FluentArgs<'_>) -> String {
    let first = match lang {
        Lang::En => &ENGLISH,
        Lang::De => &GERMAN,
    };
    [first, &ENGLISH]
        .into_iter()
        .find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(without_marks(
                bundle
                    .format_pattern(pattern, Some(args), &mut Vec::new())
                    .into_owned(),
            ))
        })
        .unwrap_or_else(|| key.to_owned())
}
