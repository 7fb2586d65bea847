//! A call that was not understood, in a sentence that says what is wrong and what to do.
//!
//! With `--json` it is `{"error": {"kind": "usage", "key", "message", "suggestions", "usage", "help"}}`, on standard
//! error like all other errors; the exit code is 2.

use std::error::Error as _;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use kept_core::language::{Lang, Message, message_text};
use serde_json::{Value, json};

use crate::command_tree::{HELP, full_name, has_long, subcommand_at};
use crate::error_json::error_json;
use crate::invocation::Invocation;
use crate::nearest::nearest;
use crate::page::{usage_block, usage_lines};
use crate::response::Response;
use crate::values::InvalidValue;
use crate::visible_word::visible_word;

/// At most so many of the commands that have an option are suggested; where more have it, it is said where it stands.
const MIN_CLOSINGS_TOLD: usize = 5;

/// A usage error before it is printed.
pub struct UsageError {
    /// The error.
    message: Message,
    /// The advice.
    hints: Vec<Message>,
    /// The words that may have been meant instead.
    suggestions: Vec<String>,
    /// The usage lines.
    usage: String,
    /// The call that shows the help.
    help: String,
}

impl UsageError {
    /// An error that a program finds itself.
    pub fn from_message(message: Message, invocation: &Invocation, program: &mut Command) -> Self {
        let path = invocation.command_path(program);
        let command = subcommand_at(program, &path.names);
        Self {
            message,
            hints: vec![],
            suggestions: vec![],
            usage: usage_lines(command, invocation.lang),
            help: format!("{} --help", full_name(command)),
        }
    }

    /// An error of clap.
    pub fn from_clap_error(
        error: &clap::Error,
        invocation: &Invocation,
        program: &mut Command,
    ) -> Self {
        let path = invocation.command_path(program);
        let command = subcommand_at(program, &path.names);
        let context = ClapErrorContext { error, command };
        let Explanation {
            message,
            suggestions,
            hints,
        } = context.explanation(invocation);
        // clap's own usage names options that the environment gave, and leaves out others.
        Self {
            hints,
            suggestions,
            ..Self::from_message(message, invocation, program)
        }
    }

    /// The answer to print for it, as text or JSON.
    pub fn answer(&self, invocation: &Invocation) -> Response {
        Response::Stderr(match invocation.json {
            true => self.json(invocation.lang).to_string(),
            false => self.text(invocation.lang),
        })
    }

    /// The error as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        message_text(&self.message, lang)
    }

    fn full_text(&self, lang: Lang) -> String {
        let sentences = [&self.message].into_iter().chain(&self.hints);
        let sentences: Vec<String> = sentences
            .map(|message| message_text(message, lang))
            .collect();
        sentences.join(" ")
    }

    fn text(&self, lang: Lang) -> String {
        let more = Message::new("usage-more").text("help", self.help.as_str());
        let usage = usage_block(&self.usage, lang);
        format!(
            "{}\n\n{usage}\n\n{}",
            self.full_text(lang),
            message_text(&more, lang)
        )
    }

    fn json(&self, lang: Lang) -> Value {
        let mut error = error_json("usage", Some(&self.message.key), &self.full_text(lang));
        error["error"]["suggestions"] = json!(self.suggestions);
        error["error"]["usage"] = json!(self.usage);
        error["error"]["help"] = json!(self.help);
        error
    }
}

/// An error of clap, with the command that it is about.
struct ClapErrorContext<'a> {
    error: &'a clap::Error,
    command: &'a Command,
}

impl ClapErrorContext<'_> {
    /// A text of the error, as typed and visible.
    fn first_text(&self, kind: ContextKind) -> String {
        self.texts(kind).into_iter().next().unwrap_or_default()
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => vec![visible_word(text)],
            Some(ContextValue::Strings(texts)) => {
                texts.iter().map(|text| visible_word(text)).collect()
            }
            _ => vec![],
        }
    }

    fn number(&self, kind: ContextKind) -> i64 {
        match self.error.get(kind) {
            Some(ContextValue::Number(number)) => i64::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }

    /// The argument that the error is about, without its value's name where it is an option.
    fn option(&self) -> String {
        option_name(&self.first_text(ContextKind::InvalidArg))
    }

    /// The sentence, the words that may have been meant, and the advice.
    fn explanation(&self, invocation: &Invocation) -> Explanation {
        let about_option = |key: &str| Message::new(key).text("option", self.option());
        // messages: usage-equals usage-too-many-values usage-takes-none usage-too-few-values usage-wrong-number
        let message = match self.error.kind() {
            ErrorKind::InvalidSubcommand => {
                let typed = self.first_text(ContextKind::InvalidSubcommand);
                let message = Message::new("usage-unknown-command")
                    .text("text", &typed)
                    .text("program", full_name(self.command));
                let commands = self.command.get_subcommands().map(Command::get_name);
                return Explanation::new(message)
                    .with_suggestions(nearest(&typed, commands))
                    .or_hint(|| Some(self.commands_hint()));
            }
            ErrorKind::UnknownArgument => {
                return Explanation::new(self.unknown(invocation))
                    .with_suggestions(self.similar_options())
                    .or_hint(|| self.unknown_argument_hint());
            }
            ErrorKind::InvalidValue => {
                let typed = self.first_text(ContextKind::InvalidValue);
                let values = self.texts(ContextKind::ValidValue);
                let suggestions = nearest(&typed, values.iter().map(String::as_str));
                return Explanation::new(self.invalid_value()).with_suggestions(suggestions);
            }
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let message = Message::new("usage-missing-command");
                let message = message.text("program", full_name(self.command));
                return Explanation::new(message).or_hint(|| Some(self.commands_hint()));
            }
            ErrorKind::ValueValidation => self.refused_value(),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::MissingRequiredArgument => {
                let missing = self.texts(ContextKind::InvalidArg);
                Message::new("usage-missing").text("missing", missing.join(", "))
            }
            ErrorKind::InvalidUtf8 => {
                let text = invocation.first_non_utf8().map(|arg| arg.to_string_lossy());
                Message::new("usage-not-utf8").text("text", visible_word(&text.unwrap_or_default()))
            }
            ErrorKind::NoEquals => about_option("usage-equals"),
            ErrorKind::TooManyValues => about_option(match self.takes_values() {
                true => "usage-too-many-values",
                false => "usage-takes-none",
            })
            .text("text", self.first_text(ContextKind::InvalidValue)),
            ErrorKind::TooFewValues => about_option("usage-too-few-values")
                .text("least", self.number(ContextKind::MinValues).to_string())
                .text(
                    "count",
                    self.number(ContextKind::ActualNumValues).to_string(),
                ),
            ErrorKind::WrongNumberOfValues => about_option("usage-wrong-number")
                .text(
                    "wanted",
                    self.number(ContextKind::ExpectedNumValues).to_string(),
                )
                .text(
                    "count",
                    self.number(ContextKind::ActualNumValues).to_string(),
                ),
            _ => Message::new("usage-other").text("reason", visible_word(&self.error.to_string())),
        };
        Explanation::new(message)
    }

    fn unknown(&self, invocation: &Invocation) -> Message {
        let text = self.first_text(ContextKind::InvalidArg);
        let key = match text.starts_with('-') && !invocation.is_after_double_dash(&text) {
            true => "usage-unknown-option",
            false => "usage-one-too-many",
        };
        // messages: usage-unknown-option usage-one-too-many
        Message::new(key)
            .text("text", text)
            .text("program", full_name(self.command))
    }

    fn invalid_value(&self) -> Message {
        let text = self.first_text(ContextKind::InvalidValue);
        let values = self.texts(ContextKind::ValidValue).join(", ");
        // An argument without a flag has its value, an empty one.
        let empty = text.is_empty() && self.option().starts_with('-');
        let key = match (empty, values.is_empty()) {
            (true, true) => "usage-no-value",
            (true, false) => "usage-no-value-of",
            (false, true) => "usage-value",
            (false, false) => "usage-value-of",
        };
        // messages: usage-no-value usage-no-value-of usage-value usage-value-of
        let mut message = Message::new(key).text("option", self.option());
        if !empty {
            message = message.text("text", text);
        }
        if !values.is_empty() {
            message = message.text("values", values);
        }
        message
    }

    fn refused_value(&self) -> Message {
        let source = self.error.source();
        let refusal = source.and_then(|source| source.downcast_ref::<InvalidValue>());
        let message =
            refusal.map_or_else(|| Message::new("usage-value"), |refusal| refusal.0.clone());
        message
            .text("option", self.option())
            .text("text", self.first_text(ContextKind::InvalidValue))
    }

    /// True if the option that the error is about takes values at all, or is not an option of the command.
    fn takes_values(&self) -> bool {
        let option = self.option();
        let named = |arg: &&clap::Arg| arg.get_long() == option.strip_prefix("--");
        let arg = self.command.get_arguments().find(named);
        arg.is_none_or(|arg| arg.get_action().takes_values())
    }

    fn conflict(&self) -> Message {
        let command = self.first_text(ContextKind::InvalidSubcommand);
        let first = if command.is_empty() {
            self.option()
        } else {
            format!("`{command}`")
        };
        let others = self.texts(ContextKind::PriorArg);
        let others: Vec<String> = others.iter().map(|other| option_name(other)).collect();
        if others == [first.clone()] {
            return Message::new("usage-twice").text("option", first);
        }
        // The way ends at the command that the options stand before.
        let has = |other: &String| has_long(self.command, other.trim_start_matches("--"));
        if self.command.get_name() == command && others.iter().all(has) {
            return Message::new("usage-behind")
                .text("options", others.join(", "))
                .text("command", full_name(self.command));
        }
        Message::new("usage-conflict")
            .text("option", first)
            .text("others", others.join(", "))
    }

    /// The options that may have been meant instead of the one that is not known.
    fn similar_options(&self) -> Vec<String> {
        let typed = self.first_text(ContextKind::InvalidArg);
        let Some(typed) = typed.strip_prefix("--") else {
            return vec![];
        };
        let known = self.command.get_arguments().filter_map(clap::Arg::get_long);
        let near = nearest(option_name(typed).as_str(), known);
        match near.is_empty() {
            true => Some(self.subcommands_with_option())
                .filter(|below| below.len() <= MIN_CLOSINGS_TOLD)
                .unwrap_or_default(),
            false => near.iter().map(|long| format!("--{long}")).collect(),
        }
    }

    /// The commands one level below that have the option.
    fn subcommands_with_option(&self) -> Vec<String> {
        let typed = self.first_text(ContextKind::InvalidArg);
        let Some(long) = typed.strip_prefix("--") else {
            return vec![];
        };
        let below = self.command.get_subcommands();
        let having = below.filter(|command| has_long(command, long));
        having
            .map(|command| format!("{} --{long}", full_name(command)))
            .collect()
    }

    /// The list of the commands that there are.
    fn commands_hint(&self) -> Message {
        let commands = self.command.get_subcommands().map(Command::get_name);
        let commands: Vec<&str> = commands.filter(|name| *name != HELP).collect();
        Message::new("usage-commands").text("commands", commands.join(", "))
    }

    fn unknown_argument_hint(&self) -> Option<Message> {
        let typed = self.first_text(ContextKind::InvalidArg);
        if !self.subcommands_with_option().is_empty() {
            return Some(Message::new("usage-behind-the-command").text("option", self.option()));
        }
        match (typed.starts_with("--"), typed.starts_with('-')) {
            (true, _) => None,
            (false, true) => Some(Message::new("usage-begins-with-hyphen")),
            (false, false) => Some(Message::new("usage-quote")),
        }
    }
}

/// An error of clap in sentences.
struct Explanation {
    message: Message,
    suggestions: Vec<String>,
    hints: Vec<Message>,
}

impl Explanation {
    fn new(message: Message) -> Self {
        Self {
            message,
            suggestions: vec![],
            hints: vec![],
        }
    }

    /// The words that may have been meant, and a hint that names them.
    fn with_suggestions(mut self, suggestions: Vec<String>) -> Self {
        self.hints = match suggestions.as_slice() {
            [] => vec![],
            [only] => vec![Message::new("usage-meant").text("suggestion", only.as_str())],
            several => {
                let several = several.join(", ");
                vec![Message::new("usage-meant-one-of").text("suggestions", several)]
            }
        };
        self.suggestions = suggestions;
        self
    }

    /// Another hint where no word is suggested.
    fn or_hint(mut self, hint: impl FnOnce() -> Option<Message>) -> Self {
        if self.hints.is_empty() {
            self.hints.extend(hint());
        }
        self
    }
}

/// An argument as it is typed: an option without the names of its values.
fn option_name(argument: &str) -> String {
    match argument.starts_with('-') {
        true => argument
            .split([' ', '='])
            .next()
            .unwrap_or_default()
            .to_owned(),
        false => argument.to_owned(),
    }
}
