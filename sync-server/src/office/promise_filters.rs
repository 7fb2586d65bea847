//! The filters of open promises: the concerns that the office should look at, and which promises fit each.

use kept_core::model::event::Performer;
use kept_core::model::promise::{Flag, WorkState};
use kept_core::notebook::{PromiseListQuery, PromiseMark, PromiseSummary};

use super::icons;

/// Promises that the office should look at, counted.
pub(super) struct PromiseFilter {
    pub(super) key: &'static str,
    pub(super) only: &'static str,
    pub(super) mark: &'static str,
    pub(super) tone: &'static str,
    pub(super) count: usize,
}

/// The question for every promise with something left to do.
pub(super) fn open_promises() -> PromiseListQuery {
    PromiseListQuery {
        open_only: true,
        mine: false,
        account: None,
        limit: u32::MAX,
        offset: 0,
        kind: None,
    }
}

/// True if a promise is among those that a concern counts.
pub(super) fn matches_filter(only: &str, promise: &PromiseSummary) -> bool {
    let counts = !matches!(promise.state.work, WorkState::NotCounted { .. });
    match only {
        "" => true,
        "not-counted" => !counts,
        "no-room" => promise
            .flags
            .iter()
            .any(|flag| matches!(flag, Flag::NoRoom { .. })),
        // Nothing can be done with one that does not count but to write it again.
        _ if !counts => false,
        "nobody" => {
            let has_left = |flag: &Flag| matches!(flag, Flag::PerformerLeft { .. });
            promise.performer == Performer::Nobody || promise.flags.iter().any(has_left)
        }
        name => icons::icon_name(promise.mark) == name,
    }
}

/// The filters that fit at least one of the open promises.
pub(super) fn promise_filters(open: &[PromiseSummary]) -> Vec<PromiseFilter> {
    let filter = |key, only, mark| PromiseFilter {
        key,
        only,
        mark: icons::icon_name(mark),
        tone: icons::tone(mark),
        count: open
            .iter()
            .filter(|promise| matches_filter(only, promise))
            .count(),
    };
    let mut all = vec![
        filter(
            "office-concern-not-counted",
            "not-counted",
            PromiseMark::Quiet,
        ),
        filter("office-concern-no-room", "no-room", PromiseMark::Disputed),
        filter("office-concern-late", "late", PromiseMark::Late),
        filter("office-concern-nobody", "nobody", PromiseMark::NotAsked),
        filter(
            "office-concern-not-asked",
            "not-asked",
            PromiseMark::NotAsked,
        ),
        filter("office-concern-waiting", "waiting", PromiseMark::Waiting),
        filter(
            "office-concern-counter-offered",
            "counter-offered",
            PromiseMark::CounterOffered,
        ),
        filter(
            "office-concern-not-confirmed",
            "not-confirmed",
            PromiseMark::NotConfirmed,
        ),
        filter("office-concern-disputed", "disputed", PromiseMark::Disputed),
    ];
    all.retain(|filter| filter.count > 0);
    all
}
