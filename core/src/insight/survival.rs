//! Kaplan-Meier with delayed entry: left-truncated, right-censored lives, Greenwood's variance and the
//! log(-log) interval.
//!
//! Kaplan and Meier, JASA 53 (1958), 457-481; for delayed entry and the interval see Klein and
//! Moeschberger, *Survival Analysis*, 2nd ed., sections 4.2, 4.3 and 4.6.
//!
//! Below the first age at which eight lives are at risk nothing is known. From there to the first closing the share is
//! 0 with the bound of a count of none, and both are said as no record for so short a time.

use super::sample::Minutes;

/// Comparisons of survival with a bound tolerate this much.
pub(super) const TOLERANCE: f64 = 1e-9;
/// The confidence of a bound, in percent.
pub const CONFIDENCE_PERCENT: u8 = 80;
/// The standard normal quantile of a one-sided bound of 80 %.
const Z: f64 = 0.841_621_233_572_914_3;
/// The number of lives that must be at risk before a closing counts.
pub(super) const RISK_SET: usize = 8;

/// The part of a promise's life that lies inside the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Its age when it came under observation; it is at risk at ages above this.
    pub entry: Minutes,
    /// Its age when it left, closed or not; it is at risk up to and at this age.
    pub exit: Minutes,
    /// True if it left by being fulfilled.
    pub closed: bool,
}

/// The estimate from one age at which something closed to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveStep {
    /// The age.
    pub age: Minutes,
    /// The number at risk.
    pub at_risk: usize,
    /// The number that closed.
    pub closed: usize,
    /// The share still open after it.
    pub survival: f64,
    /// Greenwood's sum: the variance of survival divided by its square.
    pub greenwood: f64,
    /// The number of closings that were counted up to here.
    pub closed_so_far: usize,
}

impl CurveStep {
    /// The upper end of the one-sided 80 % interval of survival.
    pub fn upper(&self) -> f64 {
        if self.survival <= TOLERANCE {
            return upper_of_none(self.closed_so_far);
        }
        self.bound(-Z)
    }

    /// The lower end.
    pub fn lower(&self) -> f64 {
        if self.survival <= TOLERANCE {
            0.0
        } else {
            self.bound(Z)
        }
    }

    fn bound(&self, z: f64) -> f64 {
        let log = self.survival.ln();
        if log == 0.0 {
            return 1.0;
        }
        self.survival
            .powf((z * self.greenwood.sqrt() / log.abs()).exp())
    }
}

/// The upper end of the one-sided 80 % interval of a share of which none of `count` was seen.
pub(super) fn upper_of_none(count: usize) -> f64 {
    1.0 - 0.2_f64.powf(1.0 / count_of(count.max(1)))
}

/// A survival curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its steps, by age.
    pub steps: Vec<CurveStep>,
    /// The first age that counts: eight lives are at risk there. Nothing is known of what happens before.
    pub from: Minutes,
    /// The ages at which the lives entered, sorted.
    entries: Vec<Minutes>,
    /// The ages at which they left, sorted.
    exits: Vec<Minutes>,
}

impl Curve {
    /// Estimates the curve. None if the risk set never reaches eight lives.
    ///
    /// Closings at ages before it first does are left out: they would take the curve down by large steps that rest on
    /// very few lives.
    pub fn of(lifetimes: &[Lifetime]) -> Option<Self> {
        let inside = || {
            lifetimes
                .iter()
                .filter(|lifetime| lifetime.entry < lifetime.exit)
        };
        let entries = sorted(inside().map(|lifetime| lifetime.entry));
        let exits = sorted(inside().map(|lifetime| lifetime.exit));
        let from = first_full_age(&entries, &exits)?;
        let closings = sorted(
            inside()
                .filter(|lifetime| lifetime.closed && lifetime.exit >= from)
                .map(|lifetime| lifetime.exit),
        );
        let (mut survival, mut greenwood, mut closed_so_far) = (1.0, 0.0, 0);
        let mut steps = Vec::with_capacity(closings.len());
        for tied in closings.chunk_by(|one, next| one == next) {
            let Some(&age) = tied.first() else {
                continue;
            };
            let (at_risk, closed) = (at_risk(&entries, &exits, age), tied.len());
            let (n, d) = (count_of(at_risk), count_of(closed));
            survival *= (n - d) / n;
            greenwood += if at_risk > closed {
                d / (n * (n - d))
            } else {
                0.0
            };
            closed_so_far += closed;
            steps.push(CurveStep {
                age,
                at_risk,
                closed,
                survival,
                greenwood,
                closed_so_far,
            });
        }
        Some(Self {
            steps,
            from,
            entries,
            exits,
        })
    }

    /// The number of lives at risk at an age.
    pub fn at_risk(&self, age: Minutes) -> usize {
        at_risk(&self.entries, &self.exits, age)
    }

    /// True if promises were seen from their beginning on; else those that are quicker than [`Self::from`] are missing,
    /// and every share is one of those that took at least so long.
    pub fn starts_at_zero_age(&self) -> bool {
        self.from <= 1
    }

    /// The step that holds at an age; none before the first.
    pub fn at(&self, age: Minutes) -> Option<&CurveStep> {
        self.steps.iter().rev().find(|step| step.age <= age)
    }

    /// The smallest age by which at least a share `q` has closed.
    pub fn quantile(&self, q: f64) -> Option<Minutes> {
        self.steps
            .iter()
            .find(|step| step.survival <= 1.0 - q + TOLERANCE)
            .map(|step| step.age)
    }

    /// The first step whose upper bound leaves at most `1 - q` open.
    pub fn bounded(&self, q: f64) -> Option<&CurveStep> {
        self.steps
            .iter()
            .find(|step| step.upper() <= 1.0 - q + TOLERANCE)
    }
}

fn count_of(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn sorted(ages: impl Iterator<Item = Minutes>) -> Vec<Minutes> {
    let mut ages: Vec<Minutes> = ages.collect();
    ages.sort_unstable();
    ages
}

/// The number of lives that entered before an age and leave at it or later.
fn at_risk(entries: &[Minutes], exits: &[Minutes], age: Minutes) -> usize {
    let entered = entries.partition_point(|entry| *entry < age);
    let left = exits.partition_point(|exit| *exit < age);
    entered.saturating_sub(left)
}

/// The smallest age at which eight lives are at risk. The risk set grows only one minute after an entry.
fn first_full_age(entries: &[Minutes], exits: &[Minutes]) -> Option<Minutes> {
    entries
        .iter()
        .map(|entry| entry.saturating_add(1))
        .find(|age| at_risk(entries, exits, *age) >= RISK_SET)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifetime(exit: Minutes, closed: bool) -> Lifetime {
        Lifetime {
            entry: 0,
            exit,
            closed,
        }
    }

    /// Freireich's 6-MP group (1963), the worked example of most textbooks.
    fn leukaemia() -> Vec<Lifetime> {
        let closed = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|exit| lifetime(exit, true));
        let censored =
            [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|exit| lifetime(exit, false));
        closed.into_iter().chain(censored).collect()
    }

    #[test]
    fn a_published_example_comes_out_to_the_last_digit() {
        let curve = Curve::of(&leukaemia()).unwrap();
        let expected = [
            (6, 21, 18.0 / 21.0),
            (7, 17, 18.0 / 21.0 * 16.0 / 17.0),
            (10, 15, 18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0),
            (
                13,
                12,
                18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0 * 11.0 / 12.0,
            ),
        ];
        for (step, (age, at_risk, survival)) in curve.steps.iter().zip(expected) {
            assert_eq!((step.age, step.at_risk), (age, at_risk));
            assert!((step.survival - survival).abs() < 1e-12);
        }
        // Published: S(23) = 0.448 with standard error 0.135.
        let last = curve.steps.last().unwrap();
        assert!((last.survival - 0.448).abs() < 5e-4);
        assert!((last.survival * last.greenwood.sqrt() - 0.135).abs() < 5e-4);
        assert_eq!(curve.quantile(0.5), Some(23));
    }

    #[test]
    fn who_enters_late_is_at_risk_only_afterwards() {
        let mut lifetimes: Vec<Lifetime> = (1..=8).map(|exit| lifetime(exit * 10, true)).collect();
        let before = Curve::of(&lifetimes).unwrap();
        lifetimes.push(Lifetime {
            entry: 35,
            exit: 90,
            closed: false,
        });
        let after = Curve::of(&lifetimes).unwrap();
        assert_eq!(before.at(30), after.at(30));
        assert_eq!(
            (
                before.at(40).unwrap().at_risk,
                after.at(40).unwrap().at_risk
            ),
            (5, 6)
        );
        lifetimes.push(Lifetime {
            entry: 50,
            exit: 50,
            closed: true,
        });
        assert_eq!(
            Curve::of(&lifetimes).unwrap(),
            after,
            "a life that leaves as it enters is left out"
        );
    }

    #[test]
    fn closings_before_eight_are_at_risk_do_not_count() {
        let mut lifetimes: Vec<Lifetime> = (0..8)
            .map(|n| Lifetime {
                entry: 100,
                exit: 200 + n,
                closed: true,
            })
            .collect();
        lifetimes.push(lifetime(5, true));
        let curve = Curve::of(&lifetimes).unwrap();
        assert_eq!(curve.steps[0].age, 200);
        assert_eq!(Curve::of(&lifetimes[1..8]), None);
    }

    #[test]
    fn where_nobody_is_left_the_bound_is_that_of_the_count() {
        let lifetimes: Vec<Lifetime> = (1..=8).map(|exit| lifetime(exit, true)).collect();
        let last = *Curve::of(&lifetimes).unwrap().steps.last().unwrap();
        assert!((last.upper() - (1.0 - 0.2_f64.powf(1.0 / 8.0))).abs() < 1e-12);
        assert_eq!((last.survival, last.lower()), (0.0, 0.0));
    }
}
