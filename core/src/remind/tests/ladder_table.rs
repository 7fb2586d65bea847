//! Properties of the table, for whatever rungs it gets: none is lost, passed over or late.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::remind::ladder::{Condition, LADDER, LadderRow, Moment, Notice};
use crate::remind::rung::is_rung;

/// The ladder with one more row.
fn ladder_with(moment: Moment, notices: &'static [Notice]) -> Vec<LadderRow> {
    let row = LadderRow {
        kind: RungKind::FiveMinutes,
        level: ReminderLevel::Performer,
        notices,
        moment,
        condition: Condition::Always,
    };
    LADDER.iter().copied().chain([row]).collect()
}

/// The instants at which Sam is rung in the hour from an instant.
fn instants(rows: &[LadderRow], open_promise: &OpenPromise, from: Millis) -> Vec<Millis> {
    let fixture = CompanyFixture::new();
    let window = Window {
        from,
        to: from + HOUR,
    };
    let roles = RecipientRoles::of(
        open_promise,
        &RungPerson::of(SAM, &fixture.rules(from)),
        &fixture.rules(from),
    );
    let mut working_times = WorkingTimes::new(&fixture.company);
    let ladder = Ladder::of(rows);
    let rungs = rungs::rungs(
        open_promise,
        &roles,
        window,
        &mut working_times,
        &fixture.pace,
        &ladder,
    );
    let clusters = cluster_rungs(rungs).into_iter();
    clusters
        .map(|cluster| cluster.at)
        .filter(|at| (window.from..window.to).contains(at))
        .collect()
}

#[test]
fn a_rung_two_minutes_before_the_date_rings() {
    let open_promise = promise("2026-11-23 10:00", "2026-11-23 10:30");
    for minutes in [1, 2] {
        let rows = ladder_with(Moment::BeforeDue { minutes }, &[Notice::Hours]);
        let rings = instants(&rows, &open_promise, open_promise.told_at);
        assert!(rings.contains(&(open_promise.due_at - minutes * MINUTE)));
        assert!(rings.contains(&open_promise.due_at));
    }
}

#[test]
fn a_rung_long_before_a_far_date_rings() {
    let open_promise = promise("2026-10-01 10:00", "2026-12-30 10:00");
    let ten_days = at("2026-12-20 10:00");
    assert!(instants(LADDER, &open_promise, ten_days - MINUTE).is_empty());
    for moment in [
        Moment::DaysBefore { days: 10 },
        Moment::BeforeDue {
            minutes: 10 * 24 * 60,
        },
    ] {
        let rows = ladder_with(moment, &[Notice::Beyond]);
        let rings = instants(&rows, &open_promise, ten_days - MINUTE);
        assert_eq!(rings, [ten_days], "{moment:?}");
    }
}

#[test]
fn every_kind_of_rung_has_a_name_of_its_own_and_a_row() {
    let names: BTreeSet<_> = RungKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), RungKind::ALL.len());
    for kind in RungKind::ALL {
        assert!(is_rung(kind.name()), "{kind:?}");
        assert!(LADDER.iter().any(|row| row.kind == *kind), "{kind:?}");
    }
}

prop_compose! {
    fn rungs_of_one_person()(
        rungs in prop::collection::vec(
            (prop::sample::select(RungKind::ALL), 0_i64..10 * MINUTE, any::<bool>()), 1..12),
        due in 0_i64..10 * MINUTE,
    ) -> Vec<Rung> {
        let rung = |(rung_kind, at, promiser): (RungKind, i64, bool)| Rung {
            level: if promiser { ReminderLevel::Promiser } else { ReminderLevel::Performer },
            rung_kind,
            day: None,
            // A promise has one date.
            at: if rung_kind == RungKind::Due { due } else { at },
        };
        rungs.into_iter().map(rung).collect()
    }
}

proptest! {
    /// Each rung is in one cluster, which rings no later than it would alone, with its first rung.
    #[test]
    fn no_rung_is_lost_or_rings_later_than_alone(rungs in rungs_of_one_person()) {
        let clusters = cluster_rungs(rungs.clone());
        let count: usize = clusters.iter().map(|cluster| cluster.rungs.len()).sum();
        prop_assert_eq!(count, rungs.len());
        for cluster in &clusters {
            let first = cluster.rungs.iter().map(|rung| rung.at).min();
            prop_assert_eq!(Some(cluster.at), first);
            for rung in &cluster.rungs {
                prop_assert!(cluster.at <= rung.at && rung.at <= cluster.at + CLUSTER_MS);
                prop_assert!(rung.rung_kind != RungKind::Due || rung.at == cluster.at);
            }
        }
    }
}
