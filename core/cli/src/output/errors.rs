//! Errors, warnings and notes, on standard error: a line for people, an object for machines.

use std::io::Write;

use kept_core::language::{Message, visible};
use kept_core::notebook::{KeptError, StorageProblem, StorageRemedy};

use super::{Output, Style};
use crate::json;
use crate::shell::shell_quoted;

/// An entry that was not saved.
struct Unsaved {
    /// For machines.
    value: serde_json::Value,
    /// For people.
    text: String,
    /// The sentence that introduces it.
    words: &'static str,
}

impl Output {
    /// An error: one line on standard error, or an object.
    pub fn print_error(&self, error: &KeptError) {
        self.print_error_as(error, &error.message());
    }

    /// An error in the words of a command that knows better what it means there.
    pub fn print_error_as(&self, error: &KeptError, message: &Message) {
        self.write_error(None, error, message, None);
    }

    /// An error of one line of the input, with the line itself where that was not taken.
    pub fn print_line_error(&self, number: u64, error: &KeptError, line: Option<&str>) {
        let unsaved = line.map(|line| Unsaved {
            value: line.into(),
            text: line.to_owned(),
            words: "cli-unsaved-line",
        });
        // messages: cli-unsaved-line
        self.write_error(Some(number), error, &error.message(), unsaved);
    }

    /// An error of a command whose words were not saved.
    pub fn print_command_error(&self, error: &KeptError, command: &[String]) {
        let unsaved = Unsaved {
            value: command.into(),
            text: shell_quoted(command),
            words: "cli-unsaved-command",
        };
        // messages: cli-unsaved-command
        self.write_error(None, error, &error.message(), Some(unsaved));
    }

    /// A sentence beside what a command prints, for people only.
    pub fn print_note(&self, message: &Message) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{}", self.text(message));
        }
    }

    /// Prints what the user should know beside what was done: a line, or an object on standard error, where errors
    /// stand.
    pub fn print_warning(&self, message: &Message) {
        let text = self.text_at(message, self.now());
        if self.json {
            let json_value = serde_json::json!({ "warning": { "key": message.key, "text": text } });
            let _ = writeln!(std::io::stderr(), "{json_value}");
        } else {
            self.print_styled(&[(Style::Late, text)]);
        }
    }

    fn write_error(
        &self,
        line: Option<u64>,
        error: &KeptError,
        message: &Message,
        unsaved: Option<Unsaved>,
    ) {
        let mut text = if self.json {
            let mut json_value = json::error(error, message, self.lang);
            if let Some(remedy) = remedy_message(error) {
                json_value["error"]["remedy"] = self.text(&remedy).into();
            }
            if let Some(line) = line {
                json_value["error"]["line"] = line.into();
            }
            if let Some(unsaved) = &unsaved {
                json_value["error"]["unsaved"] = unsaved.value.clone();
            }
            json_value.to_string()
        } else {
            let sentence = self.text_at(message, self.now());
            let sentence = visible(&sentence).replace('\n', " ");
            let sentence = match remedy_message(error) {
                Some(remedy) => format!("{sentence} {}", self.text(&remedy)),
                None => sentence,
            };
            match line {
                Some(line) => {
                    let place = Message::new("cli-line").number("number", line.cast_signed());
                    format!("{}: {sentence}", self.text(&place))
                }
                None => sentence,
            }
        };
        if let (false, Some(unsaved)) = (self.json, unsaved) {
            let introduced = self.text(&Message::new(unsaved.words));
            text = format!("{text} {introduced} {}", visible(&unsaved.text));
        }
        // If this fails, there is no reader left to tell.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

/// Returns the sentence on what a command does about a problem of storage; none if no command does.
fn remedy_message(error: &KeptError) -> Option<Message> {
    let KeptError::Storage { problem, .. } = error else {
        return None;
    };
    match problem {
        StorageProblem::ForeignFolder => Some(Message::new("cli-remedy-folder")),
        StorageProblem::Database => Some(Message::new("cli-remedy-check")),
        problem if problem.remedies().contains(&StorageRemedy::BeginAnew) => {
            Some(Message::new("cli-remedy-begin-anew"))
        }
        _ => None,
    }
}
