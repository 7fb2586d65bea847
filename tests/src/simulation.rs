//! Simulated companies: promises whose lead times have a known distribution, so that what the record suggests can be
//! compared with the truth.

use kept_core::insight::{CalendarTime, Ending, Sample, Trial, score, trials};
use kept_core::model::time::{DAY_MS, Millis};

/// The distribution of the time that a company takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Most are quick, some take long: exponential, 4 days in the mean.
    Exponential,
    /// Log-normal around 3 days.
    Skewed,
    /// Anything from 1 to 10 days.
    Even,
    /// Four in five after 1 to 2 days, the others after 6 to 12.
    TwoPeaks,
    /// Whole days, so that many are alike.
    WholeDays,
    /// Skewed, and a third slower in winter than in the mean, a third faster in summer.
    Seasons,
    /// Skewed, and ever slower: fifty times as slow at the end as at the beginning.
    Slowing,
}

impl Shape {
    /// Every shape whose dates must hold. [`Shape::Slowing`] is what no window cures.
    pub const STEADY: [Self; 6] = [
        Self::Exponential,
        Self::Skewed,
        Self::Even,
        Self::TwoPeaks,
        Self::WholeDays,
        Self::Seasons,
    ];

    /// A lead in days, of a promise that is made after a share of the time, 0 to 1, on this day of the year.
    fn lead(self, rng: &mut Rng, elapsed: f64, day: f64) -> f64 {
        match self {
            Self::Exponential => -4.0 * rng.unit().ln(),
            Self::Skewed => skewed(rng),
            Self::Even => 1.0 + 9.0 * rng.unit(),
            Self::TwoPeaks => {
                if rng.unit() < 0.8 {
                    1.0 + rng.unit()
                } else {
                    6.0 + 6.0 * rng.unit()
                }
            }
            Self::WholeDays => (1.0 + 11.0 * rng.unit().powi(2)).floor(),
            Self::Seasons => {
                let winter = (day / 365.25 * std::f64::consts::TAU).cos();
                skewed(rng) * (1.0 + winter / 3.0)
            }
            Self::Slowing => skewed(rng) * 50.0_f64.powf(elapsed),
        }
    }
}

fn skewed(rng: &mut Rng) -> f64 {
    // Box and Muller's normal deviate.
    let radius = (-2.0 * rng.unit().ln()).sqrt();
    let normal = radius * (std::f64::consts::TAU * rng.unit()).cos();
    3.0 * (0.8 * normal).exp()
}

/// Chance that a seed repeats: SplitMix64.
pub struct Rng(u64);

impl Rng {
    /// Above 0 and at most 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((z >> 11) as f64 + 1.0) / (1_u64 << 53) as f64
    }
}

/// A company's promises, so many a week: two in a hundred are never done, five are called off.
pub fn simulated_record(shape: Shape, a_week: f64, count: u32, seed: u64) -> Vec<Sample> {
    let mut rng = Rng(seed);
    let mut day = 0.0;
    (0..count)
        .map(|number| {
            day -= 7.0 / a_week * rng.unit().ln();
            let lead = shape.lead(&mut rng, f64::from(number) / f64::from(count), day);
            let (start, ending) = (at(day), rng.unit());
            let ending = if ending <= 0.02 {
                Ending::Open
            } else if ending <= 0.07 {
                Ending::Censored(at(day + lead * rng.unit()))
            } else {
                Ending::Closed(at(day + lead))
            };
            Sample {
                kind: "delivery".into(),
                performer: None,
                team: None,
                start,
                ending,
                received_at: None,
            }
        })
        .collect()
}

fn at(day: f64) -> Millis {
    (day * DAY_MS as f64) as Millis
}

/// The results of the dates of some companies, all of one shape.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// The number of dates that rest on 20 closings or more and are decided.
    pub dated: u32,
    /// The share of those that were kept, in percent.
    pub kept_percent: f64,
    /// The share of askings with 20 closings or more that had a date, in percent.
    pub dated_percent: f64,
    /// The median suggested lead from 60 closings on, by what the generator keeps 80 times in 100.
    pub lead_by_truth: f64,
    /// The share of those dates that came with the warning that the record is slowing down, in percent.
    pub warned_percent: f64,
}

/// Asks companies of one shape at every promise's own moment for a date that is kept 80 times in 100. They
/// are half a year old at the end, or have made 500 promises.
pub fn calibrate(shape: Shape, a_week: f64, seeds: std::ops::Range<u64>) -> Calibration {
    let count = (26.0 * a_week).max(500.0) as u32;
    let mut asked: Vec<Trial> = Vec::new();
    let mut leads: Vec<f64> = Vec::new();
    for seed in seeds {
        let samples = simulated_record(shape, a_week, count, seed.wrapping_mul(7_919) + 17);
        let until = samples.last().map_or(0, |last| last.start);
        asked.extend(trials(&samples, 0.8, &CalendarTime, until, |_, _| {}));
        // The truth counts those that are never done as longer than all others.
        leads.extend(samples.iter().filter_map(|sample| match sample.ending {
            Ending::Closed(done) => Some((done - sample.start) as f64 / 60_000.0),
            Ending::Open => Some(f64::INFINITY),
            Ending::Censored(_) => None,
        }));
    }
    leads.sort_by(f64::total_cmp);
    let truth = leads.get(leads.len() * 4 / 5).copied().unwrap_or(f64::NAN);
    let some = score(asked.iter().filter(|trial| trial.closed >= 20));
    let many = score(asked.iter().filter(|trial| trial.closed >= 60));
    let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    Calibration {
        dated: some.dated,
        kept_percent: percent(some.kept, some.dated),
        dated_percent: percent(some.dated, some.asked),
        lead_by_truth: many
            .median_lead
            .map_or(f64::NAN, |lead| lead as f64 / truth),
        warned_percent: percent(some.warned, some.dated),
    }
}
