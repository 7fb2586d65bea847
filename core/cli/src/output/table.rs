//! Tables: an entry a row, as wide as the terminal.

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};
use kept_core::language::{Message, visible};

use super::stdout::print;
use super::{Output, Style, StyledText, joined_lines};

/// Columns between two columns of a table.
const COLUMN_GAP: u16 = 2;

impl Output {
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

#[cfg(test)]
mod tests {
    use kept_core::language::Lang;

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
            clock_offset_ms: std::cell::Cell::default(),
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
