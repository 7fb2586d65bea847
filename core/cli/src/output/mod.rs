//! Printing: lines for people, with colours only on a terminal, and JSON for machines.
//!
//! Texts of others are shown by [`visible`], so that no text can command a terminal or turn a line around.

mod errors;
mod stdout;
mod style;
mod table;

use std::cell::Cell;
use std::fmt::Display;
use std::io::IsTerminal;
use std::sync::atomic::Ordering;

use kept_core::language::{Lang, Message, ReaderContext, message_text, message_text_at, visible};
use kept_core::model::time::Millis;
use kept_core::notebook::ApiResult;
use kept_core::{Environment, SystemEnvironment};
use kept_help::{locale, selected_language};
use serde::Serialize;

use crate::json;
use crate::options::SharedOptions;
use stdout::{HAS_PRINTED, print, try_print};
pub use style::{Style, StyledText, joined_lines};

/// The output of a command: its form, its language and its terminal.
pub struct Output {
    /// True if machines read it: JSON is printed.
    pub json: bool,
    /// The language for people.
    pub lang: Lang,
    /// The correction of this machine's clock by that of the server, in milliseconds; 0 until a notebook is open.
    clock_offset_ms: Cell<i64>,
    /// True if the terminal shows more than ASCII.
    pub unicode: bool,
    colour: bool,
}

impl Output {
    /// Looks at the options, the locale and the terminal.
    pub fn new(options: &SharedOptions) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let characters = locale("LC_CTYPE").to_ascii_lowercase();
        Self {
            json: options.json,
            lang: selected_language(options.lang.as_deref()),
            clock_offset_ms: Cell::default(),
            unicode: !cfg!(unix) || characters.contains("utf-8") || characters.contains("utf8"),
            colour: std::io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        }
    }

    /// The present moment, in milliseconds since the epoch: by the clock of the notebook once one is open.
    pub fn now(&self) -> Millis {
        SystemEnvironment.wall_ms() + self.clock_offset_ms.get()
    }

    /// Takes over the clock of a notebook that was opened, where it shows `now`.
    pub fn set_clock(&self, now: Millis) {
        self.clock_offset_ms.set(now - SystemEnvironment.wall_ms());
    }

    /// A sentence in the language of this run, with dates in full.
    pub fn text(&self, message: &Message) -> String {
        message_text(message, self.lang)
    }

    /// A sentence in the language of this run, with dates as people say them at `now`.
    pub fn text_at(&self, message: &Message, now: Millis) -> String {
        message_text_at(message, &self.reader(now))
    }

    /// The person who reads this at `now`, on this machine.
    pub fn reader(&self, now: Millis) -> ReaderContext {
        ReaderContext {
            lang: self.lang,
            now,
            zone: SystemEnvironment.zone(),
        }
    }

    /// A line of plain text.
    pub fn print_line(&self, text: impl Into<String>) {
        self.print_styled(&[(Style::Plain, text.into())]);
    }

    /// A sentence as a line.
    pub fn print_message(&self, message: &Message) {
        self.print_line(self.text_at(message, self.now()));
    }

    /// A label and the id of an entry, as a line.
    pub fn print_labelled_id(&self, label: &Message, id: impl Display) {
        self.print_line(format!("{} {id}", self.text(label)));
    }

    /// A heading, with an empty line before it unless nothing stands there.
    pub fn print_heading(&self, message: &Message) {
        self.print_heading_text(&self.text(message));
    }

    /// A heading that is a name.
    pub fn print_heading_text(&self, name: &str) {
        if HAS_PRINTED.load(Ordering::Relaxed) {
            print("\n");
        }
        self.print_styled(&[(Style::Strong, name.to_owned())]);
    }

    /// A sentence on one line, as a terminal may show it.
    pub fn one_line_text(&self, message: &Message) -> String {
        visible(&joined_lines(&self.text_at(message, self.now())))
    }

    /// A line of several styles.
    pub fn print_styled(&self, pieces: &[StyledText]) {
        let mut line = String::new();
        for (style, text) in pieces {
            // Text that is set off is a name or a heading: a line break in it would begin another.
            let text = match style {
                Style::Strong => visible(&joined_lines(text)),
                _ => visible(text),
            };
            if self.colour && *style != Style::Plain {
                line.push_str(&format!("\x1b[{}m{text}\x1b[0m", style.ansi_code()));
            } else {
                line.push_str(&text);
            }
        }
        line.push('\n');
        print(&line);
    }

    /// The terminal's bell; nothing where no terminal listens.
    pub fn ring_bell(&self) {
        if std::io::stdout().is_terminal() {
            print("\x07");
        }
    }

    /// A value for machines, on one line.
    pub fn print_json(&self, value: &impl Serialize) -> ApiResult<()> {
        print(&format!("{}\n", json::with_texts(value, self.lang)?));
        Ok(())
    }

    /// A line, plain or JSON, for a command that goes on without a reader: whether it could be printed.
    pub fn try_print_line(&self, text: &str, value: &impl Serialize) -> ApiResult<bool> {
        let line = match self.json {
            true => json::with_texts(value, self.lang)?.to_string(),
            false => visible(text),
        };
        Ok(try_print(&format!("{line}\n")).is_ok())
    }
}
