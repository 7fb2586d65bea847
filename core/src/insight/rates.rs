//! Rates: always with their counts, and with a bound that is honest about how few they are.

/// The standard normal quantile of a one-sided bound of 90 %.
const Z: f64 = 1.281_551_565_544_600_5;

/// A number of hits among a number of trials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// The number of hits.
    pub hits: u32,
    /// The number of trials.
    pub total: u32,
}

impl Rate {
    /// The share, 0 to 1; none of nothing.
    pub fn share(&self) -> Option<f64> {
        (self.total > 0).then(|| f64::from(self.hits) / f64::from(self.total))
    }

    /// Wilson's one-sided 90 % lower bound; none of nothing.
    pub fn lower(&self) -> Option<f64> {
        self.share()
            .map(|share| wilson_lower(share, f64::from(self.total)))
    }
}

/// Wilson's one-sided 90 % lower bound for a share of `n` trials, which need not be whole.
///
/// Wilson, JASA 22 (1927), 209-212.
pub fn wilson_lower(share: f64, n: f64) -> f64 {
    let z2 = Z * Z;
    let centre = share + z2 / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    ((centre - spread) / (1.0 + z2 / n)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_successes_promise_less_than_many() {
        for (hits, total, percent) in [(9, 10, 72.0), (18, 20, 78.0), (47, 50, 88.0)] {
            let lower = Rate { hits, total }.lower().unwrap() * 100.0;
            assert_eq!(lower.round(), percent, "{hits} of {total}: {lower}");
        }
        assert_eq!(Rate::default().lower(), None);
    }
}
