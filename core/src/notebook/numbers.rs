//! Counts as records and messages carry them: one that does not fit counts as the greatest that does.

/// Returns a count as records carry it.
pub(in crate::notebook) fn count_u32(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}

/// Returns a count as messages carry it.
pub(in crate::notebook) fn count_i64(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
