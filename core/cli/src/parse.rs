//! The input of people and scripts, on its way to the core: times, files, and the drafts of visits, observations and
//! promises.

use std::io::Read;
use std::marker::PhantomData;
use std::path::Path;

use clap::builder::PossibleValuesParser;
use kept_core::Notebook;
use kept_core::import::MAX_FILE;
use kept_core::language::{Message, hours, without_error_number};
use kept_core::limits::CLOSED_DAYS;
use kept_core::model::calendar::Shift;
use kept_core::model::ids::{DocId, ItemId};
use kept_core::model::time::{Due, Millis};
use kept_core::model::visit::{Channel, UsageDraft, UsageKind};
use kept_core::notebook::{ApiResult, KeptError, LeadTime, PromiseDraft, with_field};
use kept_help::InvalidValue;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::args::PROGRAM;
use crate::people::PerformerArgs;
use crate::view::View;

/// The kind of a promise that was given none.
pub const DEFAULT_KIND: &str = "other";

/// The values of `--channel`.
pub fn channel_values() -> PossibleValuesParser {
    PossibleValuesParser::new(Channel::ALL.map(Channel::name))
}

/// The channel of a name; none is a meeting on site.
pub fn channel(name: Option<&str>) -> ApiResult<Channel> {
    let Some(name) = name else {
        return Ok(Channel::default());
    };
    Channel::from_name(name).ok_or_else(|| {
        let known = Channel::ALL.map(Channel::name).join(", ");
        KeptError::invalid("channel", unknown_value_message("channel", name, &known))
    })
}

/// A value that is none of those that may be given.
pub fn unknown_value_message(field: &str, text: &str, known: &str) -> Message {
    with_field(Message::new("cli-not-one-of"), field)
        .text("text", text)
        .text("known", known)
}

/// The error for something to remove that is not there, with what is.
pub fn not_present_error(field: &str, text: &str, known: &[impl AsRef<str>]) -> KeptError {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let message = match known.as_slice() {
        [] => Message::new("cli-none-here").text("text", text),
        known => Message::new("cli-not-here")
            .text("text", text)
            .text("known", known.join(", ")),
    };
    KeptError::invalid(field, message)
}

/// Finds what is no customer: an entry `thing-…` of the catalogue names it where nothing is found.
pub fn find_entry(notebook: &Notebook, what: &str, text: String) -> ApiResult<DocId> {
    notebook.find_document(text).map_err(|error| match error {
        KeptError::NotFound { id, .. } => KeptError::not_found(what, id),
        error => error,
    })
}

/// A date to promise, as people say it or as RFC 3339.
pub fn due(view: &View<'_>, text: &str) -> ApiResult<Due> {
    if let Ok(instant) = text.trim().parse::<jiff::Timestamp>() {
        return Ok(Due::at(instant.as_millisecond(), &view.zone)?);
    }
    view.parse_typed_due(text)
}

/// Reads when something happened, as people say it or as RFC 3339; in milliseconds since the epoch.
pub fn moment(view: &View<'_>, text: &str) -> ApiResult<Millis> {
    if let Ok(instant) = text.trim().parse::<jiff::Timestamp>() {
        return Ok(instant.as_millisecond());
    }
    view.parse_typed_moment(text)
}

/// The error for a value that is written otherwise, with an example.
pub fn syntax_error(field: &str, text: &str, example: &str) -> KeptError {
    let message = Message::new("cli-not-understood")
        .text("text", text)
        .text("example", example);
    KeptError::invalid(field, message)
}

/// The hours of a week.
pub fn week(text: &str) -> ApiResult<Vec<Vec<Shift>>> {
    let example = "Mon-Fri 8:00-12:00,13:00-17:00";
    hours::parse_week(text).ok_or_else(|| syntax_error("hours", text, example))
}

/// A span of the clock.
pub fn time_span(text: &str) -> ApiResult<Shift> {
    hours::parse_shift(text).ok_or_else(|| syntax_error("quiet", text, "20:00-7:00"))
}

/// An amount of time in minutes; `day` is the number of minutes of a day.
pub fn minutes(field: &str, text: &str, day: u32) -> ApiResult<u32> {
    hours::parse_minutes(text, day).ok_or_else(|| syntax_error(field, text, "45m, 1h30m, 2d"))
}

/// Days as people say them, and spans of them: "tomorrow", "2026-12-24..2027-01-02".
pub fn days(view: &View<'_>, texts: &[String]) -> ApiResult<Vec<String>> {
    let day = |text: &str| -> ApiResult<jiff::civil::Date> {
        let date = view.parse_typed_due(text)?.date;
        date.parse()
            .map_err(|_| syntax_error("date", text, "2026-12-24"))
    };
    let mut days = Vec::new();
    for text in texts {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (day(first)?, day(last)?);
        if last < first {
            return Err(syntax_error("date", text, "2026-12-24..2027-01-02"));
        }
        // One more than a calendar takes: the core says so.
        let span = first.series(jiff::Span::new().days(1));
        let span = span.take_while(|date| *date <= last);
        days.extend(span.take(CLOSED_DAYS + 1).map(|date| date.to_string()));
    }
    Ok(days)
}

/// Ends a call that names nothing to change. clap could say this as well, but only by naming every option.
pub fn refuse_empty_change(such_as: &str) -> ! {
    PROGRAM.exit_with_usage_error(&Message::new("usage-nothing-to-change").text("such", such_as))
}

/// An amount of time that something takes, such as 2d.
pub fn lead_time(text: &str) -> Result<LeadTime, InvalidValue> {
    text.parse()
        .map_err(|_| InvalidValue(Message::new("usage-amount")))
}

/// A file of contacts, `-` for standard input. One that the core would refuse is not read to its end.
pub fn read_file(path: &Path) -> ApiResult<Vec<u8>> {
    let limit = MAX_FILE as u64;
    let unreadable_file_error = |error| unreadable_file_error(path, &error);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let read = std::io::stdin().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(unreadable_file_error)?;
        return Ok(bytes);
    }
    let file = std::fs::File::open(path).map_err(unreadable_file_error)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        let message = Message::new("cli-file-is-a-folder").text("path", path.display().to_string());
        return Err(KeptError::invalid("file", message));
    }
    let size = file.metadata().map_err(unreadable_file_error)?.len();
    if size > limit {
        let message = Message::new("import-error-file-too-large")
            .text("bytes", size.to_string())
            .text("limit", limit.to_string());
        return Err(KeptError::invalid("file", message));
    }
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(unreadable_file_error)?;
    Ok(bytes)
}

/// A file that cannot be read, in a sentence.
pub fn unreadable_file_error(path: &Path, error: &std::io::Error) -> KeptError {
    let message = if error.kind() == std::io::ErrorKind::NotFound {
        Message::new("cli-no-file")
    } else {
        Message::new("cli-file-unreadable").text("reason", without_error_number(&error.to_string()))
    };
    KeptError::invalid("file", message.text("path", path.display().to_string()))
}

/// A value that is written as a JSON object only: serde else reads an array as the fields in their order.
#[derive(Debug)]
pub struct JsonObject<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = JsonObject<T>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<JsonObject<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(JsonObject)
            }
        }
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// An observation as a line of JSON gives it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObservationInput {
    doing: String,
    need: bool,
    product: String,
    workaround: String,
    frequency: String,
    pain: u8,
    quantity: String,
    quote: String,
    themes: Vec<String>,
    consent: bool,
    notes: String,
}

impl From<ObservationInput> for UsageDraft {
    fn from(input: ObservationInput) -> Self {
        Self {
            kind: if input.need {
                UsageKind::Need
            } else {
                UsageKind::Use
            },
            doing: input.doing,
            product: input.product,
            workaround: input.workaround,
            frequency: input.frequency,
            pain: input.pain,
            quantity: input.quantity,
            quote: input.quote,
            themes: input.themes,
            consent: input.consent,
            notes: input.notes,
            ..Self::default()
        }
    }
}

/// A promise as it is entered, on the command line or in a line of JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseInput {
    pub deliverable: String,
    pub due: String,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub criterion: String,
    #[serde(default)]
    pub performer: Option<String>,
    #[serde(default)]
    pub pool: Option<String>,
    #[serde(default)]
    pub nobody: bool,
    #[serde(default)]
    pub told: bool,
    #[serde(default)]
    pub ask: Option<bool>,
    #[serde(default)]
    pub words: Option<String>,
    #[serde(default)]
    pub not_before: Option<String>,
}

impl PromiseInput {
    /// The promise that the core is to make.
    pub fn into_draft(
        self,
        notebook: &Notebook,
        view: &View<'_>,
        account: Option<DocId>,
        contact: Option<ItemId>,
        channel: Channel,
    ) -> ApiResult<PromiseDraft> {
        let performer = PerformerArgs {
            performer: self.performer,
            pool: self.pool,
            nobody: self.nobody,
        };
        Ok(PromiseDraft {
            kind: self.kind.unwrap_or_else(|| DEFAULT_KIND.to_owned()),
            deliverable: self.deliverable,
            criterion: self.criterion,
            account,
            contact,
            performer: performer.find(notebook)?,
            due: due(view, &self.due)?,
            words: self.words.unwrap_or(self.due),
            channel,
            told: self.told,
            ask: self.ask.unwrap_or(true),
            not_before: match self.not_before {
                Some(text) => Some(due(view, &text)?),
                None => None,
            },
            suggestion: None,
            makes_right: None,
        })
    }
}

/// What can be said of a promise beside what and when, on the command line.
#[derive(Debug, Default, clap::Args)]
pub struct PromiseTermsArgs {
    #[command(flatten)]
    pub performer: PerformerArgs,
    /// What kind: callback, quote, delivery and so on [default: other]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// What the customer will see when it is done, in their words
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub criterion: String,
    /// The date in the words that were spoken [default: what stands behind --due]
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// It is not wanted before this day
    #[arg(long, value_name = "WHEN")]
    pub not_before: Option<String>,
    /// The customer was told already
    #[arg(long)]
    pub told: bool,
    /// Do not ask whoever is to deliver
    #[arg(long)]
    pub no_ask: bool,
}

impl PromiseTermsArgs {
    /// The promise of these terms.
    pub fn into_input(self, deliverable: String, due: String) -> PromiseInput {
        PromiseInput {
            deliverable,
            due,
            kind: self.kind,
            criterion: self.criterion,
            performer: self.performer.performer,
            pool: self.performer.pool,
            nobody: self.performer.nobody,
            told: self.told,
            ask: Some(!self.no_ask),
            words: self.words,
            not_before: self.not_before,
        }
    }
}
