//! The columns of a change: numbers of variable length, runs and literals, as Automerge's format has them.
//!
//! Only what an encoder writes is taken: each number in its shortest form, each column to its last byte.
//! Everything else is nothing, and the change is left to Automerge.

/// Bytes that are read from left to right.
#[derive(Clone, Copy, Default)]
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes that were not read yet.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned LEB128 number.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                let is_shortest = byte != 0 || shift == 0;
                return is_shortest.then_some(number);
            }
        }
        None
    }

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let (mut number, mut before) = (0i64, None);
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let is_negative = byte & 0x40 != 0;
                if shift == 63 && byte != 0 && byte != 0x7f {
                    return None;
                }
                if shift < 57 && is_negative {
                    number |= -1 << (shift + 7);
                }
                // A last byte that only repeats the sign of the one before says nothing.
                let repeats = |before: u8| match byte {
                    0 => before & 0x40 == 0,
                    0x7f => before & 0x40 != 0,
                    _ => false,
                };
                return (!before.is_some_and(repeats)).then_some(number);
            }
            before = Some(byte);
        }
        None
    }

    pub(super) fn text(&mut self, length: u64) -> Option<&'a str> {
        std::str::from_utf8(self.take(length)?).ok()
    }
}

/// A value of a run-length column.
pub(super) trait Cell<'a>: Copy {
    fn read(bytes: &mut Bytes<'a>) -> Option<Self>;
}

impl Cell<'_> for u64 {
    fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        bytes.unsigned()
    }
}

impl Cell<'_> for i64 {
    fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        bytes.signed()
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(bytes: &mut Bytes<'a>) -> Option<Self> {
        let length = bytes.unsigned()?;
        bytes.text(length)
    }
}

/// A column of runs of one value, of literal values, and of nothing.
#[derive(Clone, Copy)]
pub(super) struct RunLengthColumn<'a, T> {
    bytes: Bytes<'a>,
    left: u64,
    run: Run<T>,
}

#[derive(Clone, Copy)]
enum Run<T> {
    Same(T),
    Literal,
    Nothing,
}

impl<'a, T: Cell<'a>> RunLengthColumn<'a, T> {
    pub(super) fn new(bytes: Bytes<'a>) -> Self {
        Self {
            bytes,
            left: 0,
            run: Run::Nothing,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.left == 0 && self.bytes.is_empty()
    }

    /// The next cell. The outer option is none where the column is malformed; the inner one where the cell is
    /// empty, as are all after the last byte.
    pub(super) fn next(&mut self) -> Option<Option<T>> {
        if self.left == 0 {
            if self.bytes.is_empty() {
                return Some(None);
            }
            self.begin()?;
        }
        self.left -= 1;
        match self.run {
            Run::Same(value) => Some(Some(value)),
            Run::Literal => T::read(&mut self.bytes).map(Some),
            Run::Nothing => Some(None),
        }
    }

    /// The next stretch of equal cells, however many they are. The outer option is none where the column is
    /// malformed; the inner one where it has ended.
    pub(super) fn next_run(&mut self) -> Option<Option<CellRun<T>>> {
        if self.left == 0 {
            if self.bytes.is_empty() {
                return Some(None);
            }
            self.begin()?;
        }
        let cells = match self.run {
            Run::Literal => 1,
            Run::Same(_) | Run::Nothing => self.left,
        };
        self.left -= cells;
        let value = match self.run {
            Run::Same(value) => Some(value),
            Run::Literal => Some(T::read(&mut self.bytes)?),
            Run::Nothing => None,
        };
        Some(Some(CellRun { value, cells }))
    }

    /// Reads the head of a run, of one cell at least.
    fn begin(&mut self) -> Option<()> {
        let count = self.bytes.signed()?;
        self.left = count.unsigned_abs();
        self.run = match count {
            0 => {
                self.left = self.bytes.unsigned().filter(|count| *count > 0)?;
                Run::Nothing
            }
            1.. => Run::Same(T::read(&mut self.bytes)?),
            _ => Run::Literal,
        };
        Some(())
    }
}

/// Cells of a run-length column that hold the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellRun<T> {
    /// Their value; none where they are empty.
    pub(super) value: Option<T>,
    /// Their number, at least 1.
    pub(super) cells: u64,
}

/// A column of numbers, each told by its distance from the one before.
pub(super) struct DeltaColumn<'a> {
    runs: RunLengthColumn<'a, i64>,
    last: i64,
}

impl<'a> DeltaColumn<'a> {
    pub(super) fn new(bytes: Bytes<'a>) -> Self {
        Self {
            runs: RunLengthColumn::new(bytes),
            last: 0,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.runs.is_done()
    }

    /// The next number; see [`RunLengthColumn::next`].
    pub(super) fn next(&mut self) -> Option<Option<i64>> {
        let Some(distance) = self.runs.next()? else {
            return Some(None);
        };
        self.last = self.last.checked_add(distance)?;
        Some(Some(self.last))
    }
}

/// A column of flags: how many are off, then how many are on, and so forth.
pub(super) struct BooleanColumn<'a> {
    bytes: Bytes<'a>,
    left: u64,
    is_on: bool,
}

impl<'a> BooleanColumn<'a> {
    pub(super) fn new(bytes: Bytes<'a>) -> Self {
        Self {
            bytes,
            left: 0,
            is_on: true,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.left == 0 && self.bytes.is_empty()
    }

    /// The number of flags in the column, not expanded, at most 2^64 - 1. None where the column is malformed.
    pub(super) fn total(mut self) -> Option<u64> {
        let mut total = self.left;
        while !self.bytes.is_empty() {
            total = total.saturating_add(self.bytes.unsigned()?);
        }
        Some(total)
    }

    /// The next flag. None where the column has ended or is malformed.
    pub(super) fn next(&mut self) -> Option<bool> {
        while self.left == 0 {
            self.left = self.bytes.unsigned()?;
            self.is_on = !self.is_on;
        }
        self.left -= 1;
        Some(self.is_on)
    }
}
