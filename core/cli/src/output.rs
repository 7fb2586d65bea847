//! Printing: lines and tables for people, with colours only on a terminal; JSON for machines; errors on
//! standard error.
//!
//! Texts of others are shown by [`visible`], so that no text can command a terminal or turn a line around.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};
use kept_core::language::{Lang, Message, Reader, message_text, message_text_at, visible};
use kept_core::model::time::Millis;
use kept_core::notebook::{ApiResult, KeptError};
use kept_core::{Environment, SystemEnvironment};
use kept_help::{locale, selected_language};
use serde::Serialize;

use crate::args::SharedOptions;
use crate::json;
use crate::unsaved::shell_quoted;

/// The look of a piece of text: the roles of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Strong,
    Quiet,
    /// Quiet, and never broken in two: ids, rungs and kinds are copied.
    Copied,
    Kept,
    Waiting,
    Late,
    Arriving,
    Disputed,
}

impl Style {
    fn ansi_code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet | Self::Copied => "2",
            Self::Kept => "32",
            Self::Waiting => "33",
            Self::Late => "31",
            Self::Arriving => "34",
            Self::Disputed => "35",
        }
    }

    fn apply_to(self, cell: Cell) -> Cell {
        match self {
            Self::Plain => cell,
            Self::Strong => cell.add_attribute(Attribute::Bold),
            Self::Quiet | Self::Copied => cell.add_attribute(Attribute::Dim),
            Self::Kept => cell.fg(Color::DarkGreen),
            Self::Waiting => cell.fg(Color::DarkYellow),
            Self::Late => cell.fg(Color::DarkRed),
            Self::Arriving => cell.fg(Color::DarkBlue),
            Self::Disputed => cell.fg(Color::DarkMagenta),
        }
    }
}

/// Columns between two columns of a table.
const COLUMN_GAP: u16 = 2;

/// A piece of text with its style.
pub type StyledText = (Style, String);

/// An entry that was not saved.
struct Unsaved {
    /// For machines.
    value: serde_json::Value,
    /// For people.
    text: String,
    /// The sentence that introduces it.
    words: &'static str,
}

/// The output of a command: its form, its language and its terminal.
pub struct Output {
    /// True if machines read it: JSON is printed.
    pub json: bool,
    /// The language for people.
    pub lang: Lang,
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
            unicode: !cfg!(unix) || characters.contains("utf-8") || characters.contains("utf8"),
            colour: std::io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        }
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
    pub fn reader(&self, now: Millis) -> Reader {
        Reader {
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
        self.print_line(self.text_at(message, SystemEnvironment.wall_ms()));
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
        visible(&joined_lines(
            &self.text_at(message, SystemEnvironment.wall_ms()),
        ))
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

    /// A table without lines around it, an entry a row, as wide as the terminal or the variable `COLUMNS`; in a pipe as
    /// wide as it needs.
    pub fn print_table(&self, head: &[Message], rows: Vec<Vec<StyledText>>) {
        for line in self.table_lines(head, rows, None) {
            print(&format!("{line}\n"));
        }
    }

    /// The lines of a table; a width stands for that of the terminal.
    fn table_lines(
        &self,
        head: &[Message],
        rows: Vec<Vec<StyledText>>,
        width: Option<u16>,
    ) -> Vec<String> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        // Asked before the table is told that it has no terminal, which it then measures no more.
        let measured = table.width().filter(|width| *width > 0);
        let width = width.or(measured).or_else(columns_variable);
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        match width {
            Some(width) => {
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(width);
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        if !head.is_empty() {
            let cells = head.iter().map(|message| {
                let cell = Cell::new(self.text(message));
                Style::Quiet.apply_to(cell)
            });
            table.set_header(cells);
        }
        let mut minimum: Vec<MinimumWidth> = Vec::new();
        for row in rows {
            let cells = row.into_iter().enumerate().map(|(at, (style, text))| {
                let text = visible(&joined_lines(&text));
                minimum.resize(minimum.len().max(at + 1), MinimumWidth::default());
                if let Some(minimum) = minimum.get_mut(at) {
                    minimum.include(style, &text);
                }
                style.apply_to(Cell::new(text))
            });
            let cells: Vec<Cell> = cells.collect();
            table.add_row(cells);
        }
        let all: u16 = minimum
            .iter()
            .map(|minimum| minimum.readable_width() + COLUMN_GAP)
            .sum();
        let fits = width.is_none_or(|width| all <= width);
        for (column, minimum) in table.column_iter_mut().zip(minimum) {
            column.set_padding((0, COLUMN_GAP));
            let minimum = if fits {
                minimum.readable_width()
            } else {
                minimum.copied
            };
            if minimum > 0 {
                let width = Width::Fixed(minimum.saturating_add(COLUMN_GAP));
                column.set_constraint(ColumnConstraint::LowerBoundary(width));
            }
        }
        table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
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
        let text = self.text_at(message, SystemEnvironment.wall_ms());
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
            if let Some(line) = line {
                json_value["error"]["line"] = line.into();
            }
            if let Some(unsaved) = &unsaved {
                json_value["error"]["unsaved"] = unsaved.value.clone();
            }
            json_value.to_string()
        } else {
            let sentence = self.text_at(message, SystemEnvironment.wall_ms());
            let sentence = visible(&sentence).replace('\n', " ");
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

/// The least width of a column, in characters.
#[derive(Clone, Copy, Default)]
struct MinimumWidth {
    /// The longest word of copied text, which is never broken.
    copied: u16,
    /// The longest word.
    word: u16,
}

impl MinimumWidth {
    fn include(&mut self, style: Style, text: &str) {
        let words = text.split_whitespace();
        let longest = words.map(|word| word.chars().count()).max();
        let longest = u16::try_from(longest.unwrap_or_default()).unwrap_or(u16::MAX);
        self.word = self.word.max(longest);
        if style == Style::Copied {
            self.copied = self.copied.max(longest);
        }
    }

    /// The width at which words are broken only if they are very long.
    fn readable_width(self) -> u16 {
        const MAX_WORD_WIDTH: u16 = 16;
        self.copied.max(self.word.min(MAX_WORD_WIDTH))
    }
}

/// The width that the variable `COLUMNS` asks for.
fn columns_variable() -> Option<u16> {
    const MIN_COLUMNS: u16 = 20;
    let columns_variable = std::env::var("COLUMNS").ok()?.trim().parse().ok()?;
    (columns_variable >= MIN_COLUMNS).then_some(columns_variable)
}

/// Writes to standard output at once. A reader that went away, such as `head`, ends the program quietly.
fn print(text: &str) {
    match try_print(text) {
        Ok(()) => {}
        Err(e) if e.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "{e}");
            std::process::exit(1);
        }
    }
}

/// True once anything was printed.
static HAS_PRINTED: AtomicBool = AtomicBool::new(false);

/// Writes to standard output at once.
fn try_print(text: &str) -> std::io::Result<()> {
    HAS_PRINTED.store(true, Ordering::Relaxed);
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// A text whose line breaks are spaces.
pub fn joined_lines(text: &str) -> String {
    let breaks = ['\n', '\r', '\u{2028}', '\u{2029}'];
    let lines = text.split(breaks).map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        // Where there is nothing to join, spaces at the ends mean something.
        [] | [_] if !text.contains(breaks) => text.to_owned(),
        lines => lines.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_stays_in_one_piece_on_a_narrow_terminal() {
        let row = |text: &str| {
            let copied = |text: &str| (Style::Copied, text.to_owned());
            vec![
                (Style::Plain, text.to_owned()),
                copied("service-visit"),
                copied("01a2172b-98cc 01a2172b-98cd"),
            ]
        };
        let rows = vec![row("a long sentence that has to be wrapped"), row("b")];
        let out = Output {
            json: false,
            lang: Lang::En,
            unicode: true,
            colour: false,
        };
        let lines = out.table_lines(&[], rows, Some(40));
        assert!(
            lines.iter().all(|line| line.chars().count() <= 40),
            "{lines:#?}"
        );
        let all = lines.join("\n");
        for word in ["service-visit", "01a2172b-98cc", "01a2172b-98cd"] {
            assert_eq!(all.matches(word).count(), 2, "{all}");
        }
        assert!(all.contains("sentence"), "{all}");
    }
}
