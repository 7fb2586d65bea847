//! The sizes of exchanges: small at first, larger while exchanges are quick, smaller where the line drops them.
//!
//! A size that goes through in a few seconds is the right one, for all that is on its way when a line drops is lost. It
//! is kept with the notebook, so that a bad line is not tried with too much again after every cut.

use rusqlite::Transaction;

use crate::limits;
use crate::store::StoreError;
use crate::store::meta::{self, LinkSizes};

/// The times within which exchanges end that may carry four times as much, twice as much, and as much again, in
/// milliseconds. Those that take longer carry half.
const QUICK_MS: i64 = 1_000;
const FAIR_MS: i64 = 4_000;
const LONG_MS: i64 = 10_000;

/// Bytes of changes that an exchange carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Up: no more at once than lets the server work while the device takes an answer.
    pub(super) batch: usize,
    /// Down: the more a device takes in one transaction, the fewer pages of its file are written twice.
    pub(super) page: usize,
}

/// The rest that an exchange had to leave for the next one: only an exchange that was filled says something of its
/// size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// More groups wait.
    pub(super) batch: bool,
    /// More rows wait.
    pub(super) page: bool,
}

impl Sizes {
    pub(super) const START: Self = Self {
        batch: limits::BATCH_START,
        page: limits::BATCH_START,
    };

    /// The sizes with which a run begins: those that went through last, and no more than one begins with on an unknown
    /// line.
    pub(super) fn remembered(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        let known: Option<LinkSizes> = meta::get(tx)?;
        Ok(known.map_or(Self::START, |known| Self {
            batch: in_usize(known.batch).clamp(limits::BATCH_MIN, limits::BATCH_START),
            page: in_usize(known.page).clamp(limits::PAGE_MIN, limits::BATCH_START),
        }))
    }

    /// Keeps them with the notebook.
    pub(super) fn remember(self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let sizes = LinkSizes {
            batch: u32::try_from(self.batch).unwrap_or(u32::MAX),
            page: u32::try_from(self.page).unwrap_or(u32::MAX),
        };
        if meta::get::<LinkSizes>(tx)?.as_ref() != Some(&sizes) {
            meta::set(tx, &sizes)?;
        }
        Ok(())
    }

    /// The sizes after an exchange that took `took_ms` milliseconds.
    pub(super) fn after(self, took_ms: i64, filled: Filled) -> Self {
        let next = |size: usize, filled: bool| match took_ms {
            _ if !filled => size,
            took if took < QUICK_MS => size.saturating_mul(4),
            took if took < FAIR_MS => size.saturating_mul(2),
            took if took <= LONG_MS => size,
            _ => size / 2,
        };
        Self {
            batch: next(self.batch, filled.batch),
            page: next(self.page, filled.page),
        }
        .within_limits()
    }

    /// The sizes after an exchange that the line dropped.
    pub(super) fn halved(self) -> Self {
        Self {
            batch: self.batch / 2,
            page: self.page / 2,
        }
        .within_limits()
    }

    fn within_limits(self) -> Self {
        Self {
            batch: self.batch.clamp(limits::BATCH_MIN, limits::BATCH_MAX),
            page: self.page.clamp(limits::PAGE_MIN, limits::DEVICE_PAGE_BYTES),
        }
    }
}

fn in_usize(size: u32) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Filled = Filled {
        batch: true,
        page: true,
    };

    /// The size at which a line settles that carries so many bytes a second, with this round trip.
    fn settled(bytes_a_second: i64, round_trip_ms: i64) -> usize {
        let mut sizes = Sizes::START;
        for _ in 0..20 {
            let page = i64::try_from(sizes.page).unwrap();
            sizes = sizes.after(round_trip_ms + page * 1_000 / bytes_a_second, BOTH);
        }
        sizes.page
    }

    #[test]
    fn a_line_settles_at_what_it_carries_in_a_few_seconds() {
        for bytes_a_second in [600, 1_200, 2_500, 20_000, 100_000] {
            let page = settled(bytes_a_second, 300);
            let seconds = i64::try_from(page).unwrap() / bytes_a_second;
            let smallest = page == limits::PAGE_MIN;
            assert!(seconds <= 10, "{bytes_a_second}: {seconds} s");
            assert!(smallest || seconds >= 1, "{bytes_a_second}: {page} bytes");
        }
        assert_eq!(settled(1_000_000_000, 0), limits::DEVICE_PAGE_BYTES);
    }

    #[test]
    fn an_exchange_that_had_little_to_carry_says_nothing_of_the_line() {
        let none = Filled {
            batch: false,
            page: false,
        };
        assert_eq!(Sizes::START.after(1, none), Sizes::START);
        assert_eq!(Sizes::START.after(60_000, none), Sizes::START);
        let up = Filled {
            page: false,
            ..BOTH
        };
        let grown = Sizes::START.after(1, up);
        assert_eq!(
            (grown.batch, grown.page),
            (4 * limits::BATCH_START, limits::BATCH_START)
        );
    }

    #[test]
    fn sizes_stay_within_their_limits() {
        let mut sizes = Sizes::START;
        for _ in 0..40 {
            sizes = sizes.halved();
        }
        assert_eq!(
            (sizes.batch, sizes.page),
            (limits::BATCH_MIN, limits::PAGE_MIN)
        );
        for _ in 0..40 {
            sizes = sizes.after(1, BOTH);
        }
        assert_eq!(
            (sizes.batch, sizes.page),
            (limits::BATCH_MAX, limits::DEVICE_PAGE_BYTES)
        );
    }
}
