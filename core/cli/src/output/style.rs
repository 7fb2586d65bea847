//! The styles of text: its roles, and text whose line breaks are spaces.

use comfy_table::{Attribute, Cell, Color};

/// The look of a piece of text: one role each.
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
    pub(super) fn ansi_code(self) -> &'static str {
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

    pub(super) fn apply_to(self, cell: Cell) -> Cell {
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

/// A piece of text with its style.
pub type StyledText = (Style, String);

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
