//! Detection of a record that slows down: what the window does not cure.

use super::sample::Minutes;

/// The number of the latest closings that are looked at.
const LATEST: usize = 10;
/// The least number of former closings.
const FORMER: usize = 10;
/// The most closings before the latest that count as the former ones.
const BEFORE: usize = 50;

/// Closings that are asked for, to tell whether a record slows down.
pub(super) const CLOSINGS_COMPARED: usize = LATEST + BEFORE;

/// The latest closings took longer than most of the former ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slowing {
    /// The number of the latest ten that took longer than `former_lead`.
    pub slower: u32,
    /// The number that were looked at: ten.
    pub latest: u32,
    /// Four in five of the former ones took no longer, in minutes.
    pub former_lead: Minutes,
    /// The number of former ones, at most 50.
    pub former: u32,
}

/// Tells from leads, the latest closed first, whether half of the last ten took longer than four in five of
/// the 50 before. Two of ten would by the nature of the measure; half of them do so by chance in fewer than one
/// in ten records that stay as they are. None if it does not slow down, or if there are fewer than ten before.
pub fn slowing(leads: &[Minutes]) -> Option<Slowing> {
    let (latest, rest) = leads.split_at_checked(LATEST)?;
    let mut former: Vec<Minutes> = rest.iter().copied().take(BEFORE).collect();
    if former.len() < FORMER {
        return None;
    }
    former.sort_unstable();
    let former_lead = *former.get((former.len() * 4).div_ceil(5).checked_sub(1)?)?;
    let slower = latest.iter().filter(|lead| **lead > former_lead).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (2 * slower >= LATEST).then_some(Slowing {
        slower: count(slower),
        latest: count(LATEST),
        former_lead,
        former: count(former.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_last_ten_slower_than_most_before_is_slowing() {
        // Former: 1 to 10 days, of which 8 is what four in five do not exceed.
        let leads = |latest: [Minutes; 10]| -> Vec<Minutes> {
            latest.into_iter().chain((1..=10).rev()).collect()
        };
        let slow = slowing(&leads([9, 9, 9, 9, 9, 8, 1, 1, 1, 1])).unwrap();
        assert_eq!((slow.slower, slow.former_lead, slow.former), (5, 8, 10));
        assert_eq!(slowing(&leads([9, 9, 9, 9, 8, 8, 1, 1, 1, 1])), None);
        assert_eq!(slowing(&leads([20; 10])[..19]), None, "too few before");
        assert_eq!(slowing(&[]), None);
    }
}
