//! Plans: what three people do and what the link does to them, in any order.

use kept_tests::Scenario;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRunner};

/// One step of a plan. `pick` chooses among what is there when the step is taken.
#[derive(Clone, Debug)]
pub enum PlanStep {
    /// A person writes something.
    Write {
        /// The number of the person.
        who: usize,
        /// The thing that is written.
        edit_kind: EditKind,
        /// The choice among the documents that they see.
        pick: usize,
    },
    /// A person synchronises over a link that does something to them.
    Sync {
        /// The number of the person.
        who: usize,
        /// The fault on the way.
        fault: NetworkFault,
    },
    /// Time passes.
    Pass {
        /// The number of minutes.
        minutes: u16,
    },
}

/// A kind of edit that a person makes.
#[derive(Clone, Copy, Debug)]
pub enum EditKind {
    /// A new customer.
    Account,
    /// The customer's note is written on.
    Notes,
    /// The customer has another number.
    Phone,
    /// A contact comes or changes.
    Contact,
    /// A contact goes.
    ContactGoes,
    /// A tag is added, or removed where it was.
    Tag,
    /// The customer is put away, or brought back.
    Archive,
    /// A visit with what was observed.
    Visit,
    /// A visit is written on.
    VisitText,
    /// A promise is made.
    Promise,
    /// The promise is accepted.
    Accept,
    /// Another date is told to the customer.
    Agree,
    /// The promise goes to another person.
    Reassign,
    /// The promise is done.
    Fulfil,
}

/// The fault of a link.
#[derive(Clone, Copy, Debug)]
pub enum NetworkFault {
    /// Nothing.
    None,
    /// The request is lost.
    LoseRequest,
    /// The answer is lost.
    LoseAnswer,
    /// The answer is cut short.
    CutAnswer(usize),
    /// The request is delivered twice.
    Duplicate,
    /// Replies carry little.
    SmallPages(u32),
    /// The groups of a request come in another order.
    Reorder,
    /// Only the first groups of a request arrive.
    Partial(usize),
}

impl PlanStep {
    /// The number of the person whose step it is; 0 where it is no person's.
    pub fn who(&self) -> usize {
        match self {
            Self::Write { who, .. } | Self::Sync { who, .. } => *who,
            Self::Pass { .. } => 0,
        }
    }
}

fn edit_kind() -> impl Strategy<Value = EditKind> {
    prop_oneof![
        2 => Just(EditKind::Account),
        3 => Just(EditKind::Notes),
        3 => Just(EditKind::Phone),
        2 => Just(EditKind::Contact),
        2 => Just(EditKind::ContactGoes),
        2 => Just(EditKind::Tag),
        1 => Just(EditKind::Archive),
        3 => Just(EditKind::Visit),
        2 => Just(EditKind::VisitText),
        2 => Just(EditKind::Promise),
        2 => Just(EditKind::Accept),
        1 => Just(EditKind::Agree),
        1 => Just(EditKind::Reassign),
        1 => Just(EditKind::Fulfil),
    ]
}

fn fault() -> impl Strategy<Value = NetworkFault> {
    prop_oneof![
        6 => Just(NetworkFault::None),
        1 => Just(NetworkFault::LoseRequest),
        2 => Just(NetworkFault::LoseAnswer),
        2 => (0usize..1500).prop_map(NetworkFault::CutAnswer),
        2 => Just(NetworkFault::Duplicate),
        2 => (0u32..1500).prop_map(NetworkFault::SmallPages),
        1 => Just(NetworkFault::Reorder),
        2 => (0usize..4).prop_map(NetworkFault::Partial),
    ]
}

fn step() -> impl Strategy<Value = PlanStep> {
    prop_oneof![
        6 => (0usize..3, edit_kind(), 0usize..64).prop_map(|(who, edit_kind, pick)| PlanStep::Write { who, edit_kind, pick }),
        4 => (0usize..3, fault()).prop_map(|(who, fault)| PlanStep::Sync { who, fault }),
        1 => (1u16..3000).prop_map(|minutes| PlanStep::Pass { minutes }),
    ]
}

/// Tries a property with random plans. The same seed gives the same plans.
pub fn check_plans(name: &str, cases: u32, property: impl Fn(&Scenario, &[PlanStep])) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let seed = number("KEPT_SEED").unwrap_or(1);
    let config = Config {
        cases: number("KEPT_CASES")
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(cases),
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let plans = prop::collection::vec(step(), 1..24);
    let done = TestRunner::new(config).run(&plans, |steps| {
        property(&Scenario::with_seed(name, seed), &steps);
        Ok(())
    });
    if let Err(failure) = done {
        panic!("seed {seed}: {failure}");
    }
}
