//! Lateness: every list, page and number says the same of one promise, at whatever moment it is looked at.

use kept_core::model::time::DAY_MS;
use kept_core::notebook::{AccountListQuery, AgendaKind, PromiseListQuery, PromiseSummary};
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A promise as every list shows it, by the name of the list.
fn shown(device: &Device, id: kept_core::model::ids::DocId) -> Vec<(&'static str, PromiseSummary)> {
    let notebook = device.notebook();
    let of = |promises: Vec<PromiseSummary>| promises.into_iter().find(|one| one.id == id);
    let query = PromiseListQuery {
        open_only: true,
        mine: false,
        account: None,
        limit: 100,
        offset: 0,
        kind: None,
    };
    let accounts = notebook
        .accounts(AccountListQuery {
            archived: false,
            limit: 1,
            offset: 0,
        })
        .unwrap();
    let overview = notebook.my_overview().unwrap();
    let agenda: Vec<_> = overview
        .agenda
        .iter()
        .flat_map(|group| group.ids.clone())
        .collect();
    let entries = |entries: Vec<kept_core::notebook::EntrySummary>| {
        of(entries
            .into_iter()
            .filter_map(|entry| entry.promise)
            .collect())
    };
    let lists = [
        ("promise", Some(notebook.promise(id).unwrap().summary)),
        ("why", Some(notebook.explain_promise(id).unwrap().summary)),
        ("list", of(notebook.promises(query).unwrap())),
        ("today", of(notebook.promise_summaries(agenda).unwrap())),
        ("overview", of(overview.next)),
        (
            "account",
            of(notebook.account(accounts[0].id).unwrap().promises),
        ),
        (
            "search",
            entries(notebook.search("seal".into(), 10).unwrap()),
        ),
        (
            "incoming",
            entries(notebook.latest_entries(10, None, vec![]).unwrap()),
        ),
    ];
    lists
        .map(|(name, promise)| (name, promise.expect(name)))
        .into()
}

#[test]
fn every_surface_says_the_same_of_a_promise_that_is_late() {
    let scenario = Scenario::begin("late everywhere");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    let draft = promise_to(customer, "seal", alice.person(), alice.due_in(1));
    let id = alice.notebook().make_promise(draft).unwrap();
    let mut passed = 0;
    for (after, late) in [
        (HOUR - MINUTE, false),
        // Within what is granted beyond a minute nothing is late, anywhere.
        (HOUR + 4 * MINUTE, false),
        (HOUR + 6 * MINUTE, true),
        (9 * HOUR, true),
        (HOUR + DAY_MS, true),
        (3 * DAY_MS, true),
        (8 * DAY_MS, true),
    ] {
        company.advance(after - passed);
        passed = after;
        quiesce(&[&alice]);
        let shown = shown(&alice, id);
        let (_, first) = &shown[0];
        assert_eq!(first.late_words.is_some(), late, "{after}");
        for (name, promise) in &shown {
            assert_eq!(promise.late_words, first.late_words, "{name} at {after}");
            assert_eq!(promise.state, first.state, "{name} at {after}");
            assert_eq!(promise.flags, first.flags, "{name} at {after}");
            assert_eq!(promise.due, first.due, "{name} at {after}");
        }
        let counted = u32::from(late);
        let overview = alice.notebook().my_overview().unwrap();
        assert_eq!(overview.counts.late, counted, "{after}");
        assert_eq!(overview.load.overdue, counted, "{after}");
        let load = alice.notebook().load_of_colleague(alice.person()).unwrap();
        assert_eq!(load.overdue, counted, "{after}");
        let says_late = overview.agenda[0].group == AgendaKind::Late;
        assert_eq!(says_late, late, "{after}");
    }
}
