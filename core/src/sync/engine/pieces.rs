//! Pieces of an answer: each is taken in one transaction of some 25 ms, and between two of them other programs
//! may use the notebook.
//!
//! A page is cut where no group and no entering document is cut. How much goes into a piece follows from how long
//! the last one took.
//!
//! Where people or devices change, the rows of all their documents are made anew, in pieces of their own.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::model::ids::{DocId, GroupId};
use crate::store::{StoreError, changes};
use crate::wire::{Entered, Page, Row, row_kind};

/// The time that a piece is to take, in milliseconds of the boot clock: half of what a tap may wait.
const AIM_MS: i64 = 25;
/// The weight of the first piece of a run, and of the largest.
const START: usize = 64;
const LARGEST: usize = 2_048;
/// Bytes of a change that weigh as much as a row.
const BYTES_OF_A_ROW: usize = 2_048;

/// The weight that a piece may have: about one for each row that is stored, and for each change that is read again
/// because its document goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight(pub(super) usize);

impl Weight {
    pub(super) const START: Self = Self(START);

    /// The weight of the next piece after one that took so long.
    pub(super) fn after(self, weighed: usize, took_ms: i64) -> Self {
        let took = usize::try_from(took_ms).unwrap_or(0);
        let aim = AIM_MS.unsigned_abs() as usize;
        let fitting = match took {
            0 => usize::MAX,
            took => weighed.saturating_mul(aim) / took,
        };
        // A small piece says little of what a large one would take, unless it took long.
        let most = match weighed * 2 < self.0 && took < aim {
            true => self.0,
            false => self.0.saturating_mul(2),
        };
        Self(fitting.clamp(self.0 / 4, most).clamp(1, LARGEST))
    }
}

/// Takes the next piece off a page: as many rows as weigh no more than `most`, and at least what must not be cut.
/// Returns it with its weight. The rest is a page as well, without rows where the piece was the last.
pub(super) fn next_piece(
    connection: &Connection,
    page: &mut Page,
    most: Weight,
) -> Result<(Page, usize), StoreError> {
    let (mut end, mut weighed) = (0, 0);
    let mut weigher = PieceWeigher::default();
    while end < page.rows.len() {
        let unit = end_of_unit(&page.rows, end);
        let mut weight = 0;
        for row in &page.rows[end..unit] {
            weight += weigher.weight(connection, row)?;
        }
        if end > 0 && weighed + weight > most.0 {
            break;
        }
        (end, weighed) = (unit, weighed + weight);
    }
    let rest = page.rows.split_off(end);
    let piece = Page {
        name: page.name.clone(),
        rows: std::mem::replace(&mut page.rows, rest),
        ..*page
    };
    page.after = piece.rows.last().map_or(page.after, |row| row.seq);
    Ok((piece, weighed))
}

/// Documents whose changes are counted in a piece.
#[derive(Default)]
struct PieceWeigher {
    counted: BTreeSet<DocId>,
}

impl PieceWeigher {
    fn weight(&mut self, connection: &Connection, row: &Row) -> Result<usize, StoreError> {
        let Some(doc) = row.doc else {
            return Ok(1);
        };
        let Some(bytes) = &row.bytes else {
            if row.kind == row_kind::ENTERED {
                self.counted.insert(doc);
            }
            return Ok(1);
        };
        let again = match self.counted.insert(doc) {
            true => changes::count_of(connection, doc)?,
            false => 0,
        };
        Ok(1 + bytes.len() / BYTES_OF_A_ROW + again)
    }
}

/// The end of what must not be cut and begins with a row: the rows of an entering document, as far as the page has
/// them, and all rows of a group that follow each other.
fn end_of_unit(rows: &[Row], start: usize) -> usize {
    let (mut at, mut end) = (start, start + 1);
    let mut group: Option<GroupId> = None;
    while at < end {
        let row = &rows[at];
        if let Some(entered) = entered(row) {
            let of_it = rows[at + 1..].iter().enumerate();
            let of_it = of_it.filter(|(_, other)| other.doc == row.doc);
            let last = of_it
                .take(entered)
                .last()
                .map_or(at, |(more, _)| at + 1 + more);
            end = end.max(last + 1);
        }
        group = row.group.or(group);
        at += 1;
        if at == end && group.is_some() {
            // Entered rows stand before the first change that a group wrote to their document.
            let next = rows[at..].iter().position(|row| row.group.is_some());
            let next = next.filter(|more| rows[at + more].group == group);
            end = next.map_or(end, |more| at + more + 1);
        }
    }
    end.min(rows.len())
}

/// The number of rows that follow for a document that enters with a row; None for any other row.
fn entered(row: &Row) -> Option<usize> {
    if row.kind != row_kind::ENTERED {
        return None;
    }
    let entered: Entered = minicbor::decode(row.control.as_ref()?).ok()?;
    usize::try_from(entered.rows).ok()
}

#[cfg(test)]
#[path = "pieces_tests.rs"]
mod tests;
