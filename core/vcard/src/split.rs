//! From unfolded lines to cards: where each begins and ends, cards inside cards, and what stands
//! between them.

use super::limits::MAX_PROPERTIES;
use super::lines::{Line, unfolded};

/// The lines of one card, without its `BEGIN` and `END`.
#[derive(Debug)]
pub(super) struct RawCard {
    pub(super) lines: Vec<Line>,
    pub(super) ending: LineEnding,
}

/// The end of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnding {
    /// With `END:VCARD`.
    Whole,
    /// Another card begins.
    Missing,
    /// The file ends: it may have been cut anywhere.
    Cut,
    /// It has more lines than are read.
    TooLong,
}

/// The cards of a file; lines outside cards are passed over.
pub(super) fn cards(file: &[u8]) -> impl Iterator<Item = RawCard> {
    let mut lines = unfolded(file);
    let mut open: Option<UnfinishedCard> = None;
    std::iter::from_fn(move || {
        loop {
            let Some(line) = lines.next() else {
                return open.take().map(|card| card.close(LineEnding::Cut));
            };
            if line.begins_card() {
                match open.as_mut() {
                    Some(card) if card.expects_agent => card.enter_agent(),
                    _ => {
                        let before = open.replace(UnfinishedCard::default());
                        if let Some(card) = before {
                            return Some(card.close(LineEnding::Missing));
                        }
                    }
                }
            } else if line.ends_card() {
                let in_agent = open.as_mut().is_some_and(UnfinishedCard::leave_agent);
                if !in_agent && let Some(card) = open.take() {
                    return Some(card.close(LineEnding::Whole));
                }
            } else if let Some(card) = open.as_mut() {
                card.add(line);
            }
        }
    })
}

#[derive(Default)]
struct UnfinishedCard {
    lines: Vec<Line>,
    too_long: bool,
    /// The number of `AGENT` cards that are open inside this one.
    agents: usize,
    /// True if the last line was an `AGENT` whose card follows.
    expects_agent: bool,
}

impl UnfinishedCard {
    fn add(&mut self, line: Line) {
        self.expects_agent = false;
        match agent(&line) {
            Agent::CardFollows => self.expects_agent = true,
            Agent::CardBegun => {
                self.keep(line);
                self.agents += 1;
                return;
            }
            Agent::None => {}
        }
        self.keep(line);
    }

    /// The lines of an agent's card are not this card's.
    fn keep(&mut self, line: Line) {
        if self.agents > 0 {
            return;
        }
        if self.lines.len() >= MAX_PROPERTIES {
            self.too_long = true;
        } else {
            self.lines.push(line);
        }
    }

    fn enter_agent(&mut self) {
        self.expects_agent = false;
        self.agents += 1;
    }

    fn leave_agent(&mut self) -> bool {
        self.expects_agent = false;
        let inside = self.agents > 0;
        self.agents = self.agents.saturating_sub(1);
        inside
    }

    fn close(self, ending: LineEnding) -> RawCard {
        let ending = if self.too_long {
            LineEnding::TooLong
        } else {
            ending
        };
        RawCard {
            lines: self.lines,
            ending,
        }
    }
}

enum Agent {
    None,
    CardFollows,
    CardBegun,
}

fn agent(line: &Line) -> Agent {
    let Some((header, value)) = line.parts() else {
        return Agent::None;
    };
    let name = header.split(|byte| *byte == b';').next();
    if !name.is_some_and(|name| name.trim_ascii().eq_ignore_ascii_case(b"AGENT")) {
        return Agent::None;
    }
    match value.trim_ascii() {
        b"" => Agent::CardFollows,
        value if value.eq_ignore_ascii_case(b"BEGIN:VCARD") => Agent::CardBegun,
        _ => Agent::None,
    }
}
