//! A scenario: the seed of a test, and the report that it writes while it runs, which is shown when it fails.

use std::fmt::Display;

/// One scenario with its seed.
#[derive(Clone, Debug)]
pub struct Scenario {
    name: String,
    seed: u64,
    prints: bool,
}

impl Scenario {
    /// Begins a scenario. Its seed is 1, or `KEPT_SEED`.
    pub fn begin(name: &str) -> Self {
        let seed = std::env::var("KEPT_SEED").ok();
        Self::with_seed(name, seed.and_then(|text| text.parse().ok()).unwrap_or(1))
    }

    /// Begins a scenario with a seed of one's own.
    pub fn with_seed(name: &str, seed: u64) -> Self {
        println!("=== {name} (seed {seed}; KEPT_SEED={seed} tells it again)");
        Self {
            name: name.into(),
            seed,
            prints: true,
        }
    }

    /// A scenario that is not printed, for benchmarks.
    pub fn silent(name: &str) -> Self {
        Self {
            name: name.into(),
            seed: 1,
            prints: false,
        }
    }

    /// The seed of everything random in it.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The scenario's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Begins a chapter.
    pub fn step(&self, title: impl Display) {
        if self.prints {
            println!("--- {title}");
        }
    }

    /// Says what happened.
    pub fn log(&self, what: impl Display) {
        if self.prints {
            println!("    {what}");
        }
    }

    /// A seed for a person in the scenario, which differs from every other person's.
    pub fn seed_of(&self, who: &str) -> u64 {
        // FNV-1a: enough to tell names apart, and the same everywhere.
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        who.bytes()
            .chain(self.seed.to_be_bytes())
            .fold(0xcbf2_9ce4_8422_2325, mix)
    }
}
