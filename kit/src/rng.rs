//! Random numbers that repeat: the same seed gives the same numbers on every machine.

use kept_core::{Environment, ScriptedEnvironment};

/// A random number generator with a seed.
#[derive(Debug)]
pub struct Rng(ScriptedEnvironment);

impl Rng {
    /// Makes the generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(ScriptedEnvironment::new(0, seed))
    }

    /// `N` bytes, for ids.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_random(&mut bytes);
        bytes
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&self, end: usize) -> usize {
        let number = u64::from_be_bytes(self.bytes());
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(number.checked_rem(end).unwrap_or(0)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1);
        low.saturating_add(i64::try_from(self.below(width)).unwrap_or(0))
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; `fallback` where there is none.
    pub fn pick<'a, T: ?Sized>(&self, of: &[&'a T], fallback: &'a T) -> &'a T {
        of.get(self.below(of.len())).copied().unwrap_or(fallback)
    }

    /// The position of one of several weights, each as likely as it is heavy.
    pub fn weighted(&self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_stays_in_bounds() {
        let (one, two) = (Rng::new(7), Rng::new(7));
        for _ in 0..200 {
            let number = one.between(-3, 4);
            assert_eq!(number, two.between(-3, 4));
            assert!((-3..=4).contains(&number));
        }
        assert_eq!(one.below(0), 0);
        assert_eq!(one.weighted(&[0, 5, 0]), 1);
    }
}
