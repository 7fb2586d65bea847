//! The rules of the agenda, told over the promises in full, and the instants at which an overview reads differently.

use kept_core::environment::Environment;
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::promise::WorkState;
use kept_core::model::time::zoned;
use kept_core::notebook::{AgendaGroup, AgendaKind, MyOverview, PromiseListQuery, PromiseSummary};
use kept_tests::{Company, Device};

/// The agenda by the states of the promises in full, of which the overview reads only short rows.
fn expected(device: &Device) -> Vec<AgendaGroup> {
    let query = PromiseListQuery {
        open_only: true,
        mine: true,
        account: None,
        limit: 10_000,
        offset: 0,
        kind: None,
    };
    let mut promises = device.notebook().promises(query).unwrap();
    promises.retain(|promise| promise.state.work.is_open());
    let kind_of = |promise: &PromiseSummary| {
        let mine = matches!(&promise.performer, Performer::Person { person } if *person == device.person());
        let waits = matches!(
            promise.state.work,
            WorkState::Waiting { .. } | WorkState::NotAsked
        );
        let news = || device.promise(promise.id).tell.is_some();
        if mine && waits {
            AgendaKind::AskedOfMe
        } else if promise.promiser == device.person() && news() {
            AgendaKind::TellCustomer
        } else if promise.state.late_ms > 0 {
            AgendaKind::Late
        } else if promise.due_at <= midnight(device) {
            AgendaKind::DueToday
        } else {
            AgendaKind::Later
        }
    };
    let groups = [
        AgendaKind::AskedOfMe,
        AgendaKind::TellCustomer,
        AgendaKind::Late,
        AgendaKind::DueToday,
        AgendaKind::Later,
    ];
    let groups = groups.map(|group| {
        let ids = promises.iter().filter(|one| kind_of(one) == group);
        let ids: Vec<DocId> = ids.map(|promise| promise.id).collect();
        AgendaGroup { group, ids }
    });
    groups
        .into_iter()
        .filter(|group| !group.ids.is_empty())
        .collect()
}

/// The last instant of the day that a device shows.
fn midnight(device: &Device) -> i64 {
    let today = zoned(device.now(), &device.clock().zone()).unwrap();
    let tomorrow = today.tomorrow().unwrap();
    tomorrow
        .start_of_day()
        .unwrap()
        .timestamp()
        .as_millisecond()
        - 1
}

/// Asserts that a person's agenda is what the rules make of their promises, and returns their overview.
pub fn assert_agenda(device: &Device) -> MyOverview {
    let overview = device.notebook().my_overview().unwrap();
    assert_eq!(overview.agenda, expected(device), "{}", device.name());
    let told = overview.agenda.iter().flat_map(|group| group.ids.clone());
    let told: Vec<DocId> = told.collect();
    let full = device.notebook().promise_summaries(told.clone()).unwrap();
    assert!(full.iter().map(|promise| promise.id).eq(told));
    assert_eq!(full.len(), overview.counts.open as usize);
    overview
}

/// Lets time pass in a company from one change of a person's overview to the next, some times: between them it reads the
/// same, and at each of them differently, except at midnight, when other days are called today.
pub fn assert_changes(company: &Company, device: &Device, times: usize) {
    let mut overview = assert_agenda(device);
    for _ in 0..times {
        let (now, midnight) = (device.now(), midnight(device));
        let until = overview.changes_at;
        assert!(now < until && until <= midnight + 1, "{now} {until}");
        company.advance(until - 1 - now);
        let before = assert_agenda(device);
        assert_eq!(read_of(&before), read_of(&overview), "{now} {until}");
        assert_eq!(before.changes_at, until);
        company.advance(1);
        let after = assert_agenda(device);
        assert!(
            until == midnight + 1 || read_of(&after) != read_of(&overview),
            "{} reads the same at {until}",
            device.name()
        );
        overview = after;
    }
}

/// The parts of an overview that stay until it changes, as text.
fn read_of(overview: &MyOverview) -> String {
    format!(
        "{:?} {:?} {:?}",
        overview.agenda, overview.counts, overview.reminders
    )
}
