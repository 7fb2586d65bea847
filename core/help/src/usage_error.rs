//! A call that was not understood, in a sentence that says what is wrong and what to do.
//!
//! With `--json` it is `{"error": {"kind": "usage", "key", "message", "suggestions", "usage", "help"}}`, on standard
//! error like all other errors; the exit code is 2.

use std::error::Error as _;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use kept_core::words::{Lang, Words};
use serde_json::{Value, json};

use crate::invocation::Invocation;
use crate::nearest::nearest;
use crate::page::{usage, usage_block};
use crate::program::{Answer, command_at};
use crate::translation::{HELP, say};
use crate::values::Refusal;
use crate::visible::visible;

/// At most so many of the commands that have an option are suggested; where more have it, it is said where it stands.
const FEW: usize = 5;

/// A usage error before it is printed.
pub struct UsageError {
    /// The error.
    words: Words,
    /// The advice.
    hints: Vec<Words>,
    /// The words that may have been meant instead.
    suggestions: Vec<String>,
    /// The usage lines.
    usage: String,
    /// The call that shows the help.
    help: String,
}

impl UsageError {
    /// An error that a program finds itself.
    pub fn of_words(words: Words, invocation: &Invocation, program: &mut Command) -> Self {
        let path = invocation.path(program);
        let command = command_at(program, &path.names);
        Self {
            words,
            hints: vec![],
            suggestions: vec![],
            usage: usage(command, invocation.lang),
            help: format!("{} --help", full_name(command)),
        }
    }

    /// An error of clap.
    pub fn of_clap(error: &clap::Error, invocation: &Invocation, program: &mut Command) -> Self {
        let path = invocation.path(program);
        let command = command_at(program, &path.names);
        let context = Context { error, command };
        let words = context.words(invocation);
        let suggestions = context.suggestions();
        let hints = context.hints(&suggestions);
        // clap's own usage names options that the environment gave, and leaves out others.
        Self {
            hints,
            suggestions,
            ..Self::of_words(words, invocation, program)
        }
    }

    /// The answer to print for it, as text or JSON.
    pub fn answer(&self, invocation: &Invocation) -> Answer {
        Answer::Refused(match invocation.json {
            true => self.json(invocation.lang).to_string(),
            false => self.text(invocation.lang),
        })
    }

    /// The error as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        say(&self.words, lang)
    }

    fn message(&self, lang: Lang) -> String {
        let sentences = [&self.words].into_iter().chain(&self.hints);
        let sentences: Vec<String> = sentences.map(|words| say(words, lang)).collect();
        sentences.join(" ")
    }

    fn text(&self, lang: Lang) -> String {
        let more = Words::new("usage-more").text("help", self.help.as_str());
        let usage = usage_block(&self.usage, lang);
        format!("{}\n\n{usage}\n\n{}", self.message(lang), say(&more, lang))
    }

    fn json(&self, lang: Lang) -> Value {
        json!({ "error": {
            "kind": "usage",
            "key": self.words.key,
            "message": self.message(lang),
            "suggestions": self.suggestions,
            "usage": self.usage,
            "help": self.help,
        }})
    }
}

fn full_name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// An error of clap, with the command that it is about.
struct Context<'a> {
    error: &'a clap::Error,
    command: &'a Command,
}

impl Context<'_> {
    /// A text of the error, as typed and visible.
    fn typed(&self, kind: ContextKind) -> String {
        self.texts(kind).into_iter().next().unwrap_or_default()
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => vec![visible(text)],
            Some(ContextValue::Strings(texts)) => texts.iter().map(|text| visible(text)).collect(),
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
        flag(&self.typed(ContextKind::InvalidArg))
    }

    fn words(&self, invocation: &Invocation) -> Words {
        let about_option = |key: &str| Words::new(key).text("option", self.option());
        // words: usage-equals usage-too-many-values usage-takes-none usage-too-few-values usage-wrong-number
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => Words::new("usage-unknown-command")
                .text("text", self.typed(ContextKind::InvalidSubcommand))
                .text("program", full_name(self.command)),
            ErrorKind::UnknownArgument => self.unknown(invocation),
            ErrorKind::InvalidValue => self.invalid_value(),
            ErrorKind::ValueValidation => self.refused_value(),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::MissingRequiredArgument => {
                let missing = self.texts(ContextKind::InvalidArg);
                Words::new("usage-missing").text("missing", missing.join(", "))
            }
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                Words::new("usage-missing-command").text("program", full_name(self.command))
            }
            ErrorKind::InvalidUtf8 => {
                let text = invocation.undecodable().map(|arg| arg.to_string_lossy());
                Words::new("usage-not-utf8").text("text", visible(&text.unwrap_or_default()))
            }
            ErrorKind::NoEquals => about_option("usage-equals"),
            ErrorKind::TooManyValues => about_option(match self.takes_values() {
                true => "usage-too-many-values",
                false => "usage-takes-none",
            })
            .text("text", self.typed(ContextKind::InvalidValue)),
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
            _ => Words::new("usage-other").text("reason", visible(&self.error.to_string())),
        }
    }

    fn unknown(&self, invocation: &Invocation) -> Words {
        let text = self.typed(ContextKind::InvalidArg);
        let key = match text.starts_with('-') && !invocation.is_behind_dashes(&text) {
            true => "usage-unknown-option",
            false => "usage-one-too-many",
        };
        // words: usage-unknown-option usage-one-too-many
        Words::new(key)
            .text("text", text)
            .text("program", full_name(self.command))
    }

    fn invalid_value(&self) -> Words {
        let text = self.typed(ContextKind::InvalidValue);
        let values = self.texts(ContextKind::ValidValue).join(", ");
        // An argument without a flag has its value, an empty one.
        let empty = text.is_empty() && self.option().starts_with('-');
        let key = match (empty, values.is_empty()) {
            (true, true) => "usage-no-value",
            (true, false) => "usage-no-value-of",
            (false, true) => "usage-value",
            (false, false) => "usage-value-of",
        };
        // words: usage-no-value usage-no-value-of usage-value usage-value-of
        let mut words = Words::new(key).text("option", self.option());
        if !empty {
            words = words.text("text", text);
        }
        if !values.is_empty() {
            words = words.text("values", values);
        }
        words
    }

    fn refused_value(&self) -> Words {
        let source = self.error.source();
        let refusal = source.and_then(|source| source.downcast_ref::<Refusal>());
        let words = refusal.map_or_else(|| Words::new("usage-value"), |refusal| refusal.0.clone());
        words
            .text("option", self.option())
            .text("text", self.typed(ContextKind::InvalidValue))
    }

    /// True if the option that the error is about takes values at all, or is not an option of the command.
    fn takes_values(&self) -> bool {
        let option = self.option();
        let named = |arg: &&clap::Arg| arg.get_long() == option.strip_prefix("--");
        let arg = self.command.get_arguments().find(named);
        arg.is_none_or(|arg| arg.get_action().takes_values())
    }

    fn conflict(&self) -> Words {
        let command = self.typed(ContextKind::InvalidSubcommand);
        let first = if command.is_empty() {
            self.option()
        } else {
            format!("`{command}`")
        };
        let others = self.texts(ContextKind::PriorArg);
        let others: Vec<String> = others.iter().map(|other| flag(other)).collect();
        if others == [first.clone()] {
            return Words::new("usage-twice").text("option", first);
        }
        // The way ends at the command that the options stand before.
        let has = |other: &String| has_long(self.command, other.trim_start_matches("--"));
        if self.command.get_name() == command && others.iter().all(has) {
            return Words::new("usage-behind")
                .text("options", others.join(", "))
                .text("command", full_name(self.command));
        }
        Words::new("usage-conflict")
            .text("option", first)
            .text("others", others.join(", "))
    }

    /// The words that may have been meant instead of the one that is not known.
    fn suggestions(&self) -> Vec<String> {
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => {
                let typed = self.typed(ContextKind::InvalidSubcommand);
                let commands = self.command.get_subcommands().map(Command::get_name);
                nearest(&typed, commands)
            }
            ErrorKind::InvalidValue => {
                let typed = self.typed(ContextKind::InvalidValue);
                let values = self.texts(ContextKind::ValidValue);
                nearest(&typed, values.iter().map(String::as_str))
            }
            ErrorKind::UnknownArgument => self.options(),
            _ => vec![],
        }
    }

    fn options(&self) -> Vec<String> {
        let typed = self.typed(ContextKind::InvalidArg);
        let Some(typed) = typed.strip_prefix("--") else {
            return vec![];
        };
        let known = self.command.get_arguments().filter_map(clap::Arg::get_long);
        let near = nearest(flag(typed).as_str(), known);
        match near.is_empty() {
            true => Some(self.below())
                .filter(|below| below.len() <= FEW)
                .unwrap_or_default(),
            false => near.iter().map(|long| format!("--{long}")).collect(),
        }
    }

    /// The commands one level below that have the option.
    fn below(&self) -> Vec<String> {
        let typed = self.typed(ContextKind::InvalidArg);
        let Some(long) = typed.strip_prefix("--") else {
            return vec![];
        };
        let below = self.command.get_subcommands();
        let having = below.filter(|command| has_long(command, long));
        having
            .map(|command| format!("{} --{long}", full_name(command)))
            .collect()
    }

    fn hints(&self, suggestions: &[String]) -> Vec<Words> {
        let kind = self.error.kind();
        if let [first, rest @ ..] = suggestions {
            return vec![match rest {
                [] => Words::new("usage-meant").text("suggestion", first.as_str()),
                _ => Words::new("usage-meant-one-of").text("suggestions", suggestions.join(", ")),
            }];
        }
        let commands = self.command.get_subcommands().map(Command::get_name);
        let commands: Vec<&str> = commands.filter(|name| *name != HELP).collect();
        match kind {
            ErrorKind::InvalidSubcommand
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                vec![Words::new("usage-commands").text("commands", commands.join(", "))]
            }
            ErrorKind::UnknownArgument if !self.below().is_empty() => {
                vec![Words::new("usage-behind-the-command").text("option", self.option())]
            }
            ErrorKind::UnknownArgument
                if !self.typed(ContextKind::InvalidArg).starts_with("--") =>
            {
                vec![match self.typed(ContextKind::InvalidArg).starts_with('-') {
                    true => Words::new("usage-begins-with-hyphen"),
                    false => Words::new("usage-quote"),
                }]
            }
            _ => vec![],
        }
    }
}

/// True if a command has an option of a long name.
fn has_long(command: &Command, long: &str) -> bool {
    command
        .get_arguments()
        .any(|arg| arg.get_long() == Some(long))
}

/// An argument as it is typed: an option without the names of its values.
fn flag(argument: &str) -> String {
    match argument.starts_with('-') {
        true => argument
            .split([' ', '='])
            .next()
            .unwrap_or_default()
            .to_owned(),
        false => argument.to_owned(),
    }
}
