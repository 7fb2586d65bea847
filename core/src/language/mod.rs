//! The sentences that people read, in every language that we speak.
//!
//! The rest of the core says *what* it means ([`Message`]: a key and its values); only here it becomes
//! text. The catalogues are `en.ftl` and `de.ftl`, how dates are said is `dates`; the words that people
//! type for times are in `tokens`, `clock_times` and `vocabulary`, what they mean is in `time_parts` and `resolution`.
//!
//! One thing has one word, in both languages: `wording_tests` bars the others from the catalogues and pages, and
//! renders every message with typical values.

mod catalogue;
mod clock_times;
pub mod dates;
mod functions;
pub mod hours;
mod idioms;
pub mod phrase;
mod resolution;
mod time_parts;
mod tokens;
mod visible;
mod vocabulary;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;

use std::convert::Infallible;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::model::time::{Due, Millis};

pub use catalogue::{has_key, keys, message_text, message_text_at, message_texts, with_full_stop};
pub use dates::{
    format_ago, format_due, format_instant, format_instant_in_full, format_since, format_span,
};
pub use visible::visible;

/// The reader of a sentence: language, moment and place.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReaderContext {
    /// The reader's language.
    pub lang: Lang,
    /// The present moment, in milliseconds since the epoch.
    pub now: Millis,
    /// The IANA zone that the reader's clocks show.
    pub zone: String,
}

/// A sentence before it is put into a language.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct Message {
    /// The key of the sentence in the catalogue.
    #[n(0)]
    pub key: String,
    /// The values for its gaps.
    #[n(1)]
    pub args: Vec<MessageArg>,
}

/// One gap of a sentence with its value.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Record)]
#[cbor(map)]
pub struct MessageArg {
    /// The gap's name in the catalogue.
    #[n(0)]
    pub name: String,
    /// Its value.
    #[n(1)]
    pub value: MessageValue,
}

/// A value that stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, uniffi::Enum)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum MessageValue {
    /// A name or a person's own words, the same in every language.
    #[n(0)]
    Text {
        /// Shown as it is.
        #[n(0)]
        text: String,
    },
    /// A count, which decides between singular and plural; where the catalogue says `SPAN` it is
    /// milliseconds, where it says `SIZE` bytes.
    #[n(1)]
    Number {
        /// The number.
        #[n(0)]
        number: i64,
    },
    /// Another sentence or word of the catalogue, one without gaps.
    #[n(2)]
    Key {
        /// Its key.
        #[n(0)]
        key: String,
    },
    /// A point in time, said in the language of the sentence.
    #[n(3)]
    Instant {
        /// Milliseconds since the epoch.
        #[n(0)]
        at_ms: Millis,
        /// The IANA zone to say it in where no reader has one.
        #[n(1)]
        zone: String,
    },
    /// A promised date, said in the language of the sentence.
    #[n(4)]
    Due {
        /// The date.
        #[n(0)]
        due: Due,
    },
}

impl Message {
    /// A sentence with no gap filled yet.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// Fills a gap with a name or a person's own words.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, MessageValue::Text { text: text.into() })
    }

    /// Fills a gap with a person's name; where it is empty, as it is not known yet, with the word for an unknown
    /// person.
    #[must_use]
    pub fn person(self, name: &str, called: impl Into<String>) -> Self {
        let called = called.into();
        match called.trim().is_empty() {
            true => self.keyed(name, "thing-somebody"),
            false => self.text(name, called),
        }
    }

    /// Fills a gap with a count, or with milliseconds or bytes where the catalogue says so.
    #[must_use]
    pub fn number(self, name: &str, number: impl Into<i64>) -> Self {
        let number = number.into();
        self.with(name, MessageValue::Number { number })
    }

    /// Fills a gap with another entry of the catalogue, such as `thing-visit`.
    #[must_use]
    pub fn keyed(self, name: &str, key: impl Into<String>) -> Self {
        self.with(name, MessageValue::Key { key: key.into() })
    }

    /// Fills a gap with a point in time, in milliseconds since the epoch.
    #[must_use]
    pub fn instant(self, name: &str, at_ms: Millis, zone: impl Into<String>) -> Self {
        let zone = zone.into();
        self.with(name, MessageValue::Instant { at_ms, zone })
    }

    /// Fills a gap with a promised date.
    #[must_use]
    pub fn due(self, name: &str, due: &Due) -> Self {
        self.with(name, MessageValue::Due { due: due.clone() })
    }

    fn with(mut self, name: &str, value: MessageValue) -> Self {
        self.args.retain(|arg| arg.name != name);
        self.args.push(MessageArg {
            name: name.to_owned(),
            value,
        });
        self
    }
}

/// The text of a system's error without the number that it puts behind: "Permission denied" of "Permission denied (os
/// error 13)".
pub fn without_error_number(time_parts: &str) -> String {
    let mut plain = time_parts.to_owned();
    while let Some(at) = plain.find(" (os error ") {
        let Some(end) = plain[at..].find(')') else {
            break;
        };
        plain.replace_range(at..=at + end, "");
    }
    plain
}

/// A language that we speak.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, uniffi::Enum,
)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English; also for readers of any other language.
    #[default]
    #[n(0)]
    En,
    /// German, with "Sie".
    #[n(1)]
    De,
}

impl FromStr for Lang {
    type Err = Infallible;

    /// Reads `de`, `de-AT` or `de_DE.UTF-8`; whatever we do not speak is English.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let language = text.trim().split(['-', '_', '.', '@']).next();
        Ok(match language {
            Some(language) if language.eq_ignore_ascii_case("de") => Self::De,
            _ => Self::En,
        })
    }
}
