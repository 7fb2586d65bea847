//! Load: the part of a performer's capacity for the next seven days that they have already taken on.

use crate::model::calendar::WorkingTime;
use crate::model::event::Performer;
use crate::model::ids::PersonId;
use crate::model::promise::{OpenPromise, WorkStage};
use crate::model::time::{DAY_MS, Millis};

/// The time ahead for which work counts, in milliseconds; what is overdue counts as well.
pub const AHEAD_MS: i64 = 7 * DAY_MS;
/// The share of working time that promises may fill, in tenths: a fifth is cushion.
const TENTHS: i64 = 8;

/// One promise that weighs on its performer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkloadItem {
    /// The due instant, in milliseconds since the epoch.
    pub due_at: Millis,
    /// The last instant at which it is not late, in milliseconds since the epoch.
    pub late_after: Millis,
    /// The work, in working minutes.
    pub effort_minutes: u32,
    /// True if they accepted it; else it weighs half.
    pub accepted: bool,
}

/// The work that a performer has taken on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// The work, in working minutes, what is not accepted at half.
    pub effort_minutes: i64,
    /// Four fifths of their working time of the next seven days, in minutes.
    pub available_minutes: i64,
    /// The number of these promises.
    pub promises: u32,
    /// The number of them that are not accepted yet.
    pub unaccepted: u32,
    /// The number of them that are overdue.
    pub overdue: u32,
}

impl Load {
    /// The load in percent, rounded; none where they do not work in the next seven days.
    pub fn percent(&self) -> Option<u32> {
        let available = self.available_minutes;
        (available > 0).then(|| {
            let percent = (self.effort_minutes.saturating_mul(200) / available + 1) / 2;
            u32::try_from(percent).unwrap_or(u32::MAX)
        })
    }
}

/// The performer of an open promise, and what it weighs on them; None if it has no performer, or was declined or is
/// disputed. `effort` is what a person needs for a kind, in working minutes.
pub fn workload_item(
    open_promise: &OpenPromise,
    effort: impl Fn(PersonId, &str) -> u32,
) -> Option<(PersonId, WorkloadItem)> {
    let Performer::Person { person } = open_promise.performer else {
        return None;
    };
    let accepted = match open_promise.stage {
        WorkStage::Accepted => true,
        WorkStage::NotAsked | WorkStage::Waiting { .. } | WorkStage::CounterOffered => false,
        WorkStage::Declined | WorkStage::Disputed => return None,
    };
    let burden = WorkloadItem {
        due_at: open_promise.due_at,
        late_after: open_promise.owed_through,
        effort_minutes: effort(person, &open_promise.kind),
        accepted,
    };
    Some((person, burden))
}

/// The load of a performer at `now`.
pub fn load(
    burdens: impl IntoIterator<Item = WorkloadItem>,
    now: Millis,
    working_time: &WorkingTime,
) -> Load {
    load_until(burdens, now, now.saturating_add(AHEAD_MS), working_time)
}

/// The load of a performer from `now` until another instant, both in milliseconds since the epoch: what is due by then
/// against the working time until then.
pub fn load_until(
    burdens: impl IntoIterator<Item = WorkloadItem>,
    now: Millis,
    until: Millis,
    working_time: &WorkingTime,
) -> Load {
    let mut load = Load {
        available_minutes: working_time.minutes(now, until) * TENTHS / 10,
        ..Load::default()
    };
    // Twice the effort, so that half of it stays whole.
    let mut twice = 0_i64;
    for burden in burdens.into_iter().filter(|burden| burden.due_at <= until) {
        let effort = i64::from(burden.effort_minutes);
        twice = twice.saturating_add(if burden.accepted { 2 * effort } else { effort });
        load.promises = load.promises.saturating_add(1);
        load.unaccepted += u32::from(!burden.accepted);
        load.overdue += u32::from(burden.late_after < now);
    }
    load.effort_minutes = twice / 2;
    load
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::{WorkingCalendar, WorkingTime};
    use crate::testing::NOON;

    fn burden(days: i64, hours: u32, accepted: bool) -> WorkloadItem {
        WorkloadItem {
            due_at: NOON + days * DAY_MS,
            late_after: NOON + days * DAY_MS,
            effort_minutes: hours * 60,
            accepted,
        }
    }

    #[test]
    fn overdue_work_weighs_and_what_is_not_accepted_weighs_half() {
        let week = WorkingTime::new(&WorkingCalendar::usual("UTC"), &[]).unwrap();
        // 40 hours a week of which 32 may be filled: 16 accepted and overdue, 8 of 16 not accepted.
        let taken = [
            burden(-3, 16, true),
            burden(7, 16, false),
            burden(8, 100, true),
        ];
        let load = load(taken, NOON, &week);
        assert_eq!(load.available_minutes, 32 * 60);
        assert_eq!((load.effort_minutes, load.percent()), (24 * 60, Some(75)));
        assert_eq!((load.promises, load.unaccepted, load.overdue), (2, 1, 1));
    }

    #[test]
    fn what_is_declined_weighs_on_nobody() {
        use super::super::promise_fixture::{PromiseFixture, SAM, company};
        use crate::model::event::EventBody;
        let registry = company(1_000);
        let weighs = |fixture: &PromiseFixture| {
            let open_promise =
                OpenPromise::of(&fixture.record, &fixture.facts_in(&registry)).unwrap();
            workload_item(
                &open_promise,
                |_, kind| if kind == "delivery" { 90 } else { 0 },
            )
        };
        let mut fixture = PromiseFixture::communicated();
        let (who, half) = weighs(&fixture).unwrap();
        assert_eq!((who, half.accepted, half.effort_minutes), (SAM, false, 90));
        fixture.accept(2, SAM);
        assert!(weighs(&fixture).unwrap().1.accepted);
        let terms = fixture.record.events[0].id;
        let declined = EventBody::Declined {
            terms,
            reason: "ill".into(),
            for_person: None,
        };
        fixture.add_event(3, SAM, declined);
        assert_eq!(weighs(&fixture), None);
    }

    #[test]
    fn more_than_full_is_said_and_no_working_time_is_no_share() {
        let mut calendar = WorkingCalendar::usual("UTC");
        let week = WorkingTime::new(&calendar, &[]).unwrap();
        let taken = load(
            [burden(1, 35, true), burden(1, u32::MAX / 60, true)],
            NOON,
            &week,
        );
        assert!(taken.percent().unwrap() > 100);
        calendar.week = vec![vec![]; 7];
        let away = WorkingTime::new(&calendar, &[]).unwrap();
        assert_eq!(load([burden(1, 1, true)], NOON, &away).percent(), None);
    }
}
