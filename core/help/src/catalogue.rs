//! The German help of a program: a Fluent message for each command, with its texts as attributes.
//!
//! A message is named by the command's path ("promise-make", the program itself by its name) and says what the
//! command does. Its attributes: `.long` and `.after` for the longer text and what stands below the options,
//! `.arg-ID` for an argument, `.arg-ID-long` for its longer text, `.arg-ID-is-VALUE` for one of its values. Arguments
//! that several commands have stand in the message `shared`, names of values in `values` as `.v-NAME`.

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use unic_langid::LanguageIdentifier;

/// The message of arguments that several commands have.
pub const SHARED: &str = "shared";
/// The message of the names of values.
pub const VALUES: &str = "values";

/// A text's place: a message, and one of its attributes.
pub type Key = (String, Option<String>);

/// A catalogue that was read.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// Reads the source of a catalogue. A broken entry is left out, and its text stays English; a test keeps the
    /// catalogues whole.
    pub fn new(source: &str) -> Self {
        let locale: LanguageIdentifier = "de".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
        let _ = bundle.add_resource(resource);
        Self { bundle }
    }

    /// The text of a place.
    pub fn text(&self, message: &str, attribute: Option<&str>) -> Option<String> {
        let message = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let text = self.bundle.format_pattern(pattern, None, &mut Vec::new());
        Some(text.into_owned())
    }
}

/// The errors in the source of a catalogue, a line each; empty if it can be read.
pub fn syntax_errors(source: &str) -> Vec<String> {
    let read = FluentResource::try_new(source.to_owned());
    let errors = read.err().map(|(_, errors)| errors).unwrap_or_default();
    errors
        .iter()
        .map(|error| format!("not readable: {error}"))
        .collect()
}

/// The places of all texts in the source of a catalogue, in their order.
pub fn keys(source: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut message = "";
    for line in source.lines() {
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let name = name.trim_end();
        if let Some(attribute) = name.strip_prefix("    .") {
            keys.push((message.to_owned(), Some(attribute.to_owned())));
        } else if name.starts_with(|first: char| first.is_ascii_lowercase()) {
            message = name;
            if !value.trim().is_empty() {
                keys.push((message.to_owned(), None));
            }
        }
    }
    keys
}

/// A name as an attribute may be called.
pub fn attribute_name(text: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    text.chars().map(allowed).collect()
}
