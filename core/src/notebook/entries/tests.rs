//! Finding one entry among many, and lists page by page.

use proptest::prelude::*;

use crate::model::account::AccountEdit;
use crate::model::ids::DocId;
use crate::model::registry::Role;
use crate::model::time::{DuePart, Millis};
use crate::model::visit::{UsageDraft, VisitDraft};
use crate::notebook::Notebook;
use crate::notebook::entries::pages::{
    EntryCounts, KindCount, SearchQuery, TimelinePosition, TimelineQuery,
};
use crate::notebook::entries::records::{EntryKind, EntrySummary};
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::promises::records::PromiseListQuery;
use crate::notebook::test_kit::{
    SUNDAY, day_off, draft, due, error_key, local_notebook, named, notebook_of, visit,
};
use crate::notebook::visits::VisitEntry;
use crate::testing::NOON;

#[test]
fn a_customer_is_found_by_a_name_with_which_others_begin() {
    let fixture = local_notebook();
    let add = |name: &str| fixture.notebook.create_account(named(name)).unwrap();
    let accounts: Vec<DocId> = (1..=120).map(|n| add(&format!("Kunde {n}"))).collect();
    let find = |text: &str| fixture.notebook.find_document(text.into());
    for number in [1, 4, 12] {
        let found = find(&format!("kunde {number}")).unwrap();
        assert_eq!(found, accounts[number - 1], "{number}");
    }
    assert_eq!(error_key(&find("Kunde").unwrap_err()), "error-ambiguous");
    let baker = add("Bäckerei Kaiser");
    assert_eq!(find("ba\u{308}ckerei kaiser").unwrap(), baker);
}

/// The ids of lines.
fn ids(entries: &[EntrySummary]) -> Vec<DocId> {
    entries.iter().map(|entry| entry.id).collect()
}

/// Logs a visit with an observation, at a moment.
fn log_at(notebook: &Notebook, account: Option<DocId>, said: &str, at: Millis) {
    let visit = VisitDraft {
        account,
        said: said.into(),
        happened_at: Some(at),
        ..VisitDraft::default()
    };
    let usage = UsageDraft {
        account,
        quote: said.into(),
        ..UsageDraft::default()
    };
    let entry = VisitEntry {
        visit,
        usages: vec![usage],
        promises: vec![],
    };
    notebook.log_visit(entry).unwrap();
}

/// The ids on each page of a customer's timeline.
fn timeline_pages(notebook: &Notebook, query: &TimelineQuery) -> Vec<Vec<DocId>> {
    let mut query = query.clone();
    let mut pages = Vec::new();
    loop {
        let page = notebook.timeline(query.clone()).unwrap();
        pages.push(ids(&page.entries));
        query.before = page.more;
        if page.more.is_none() {
            return pages;
        }
    }
}

/// Sets of kinds, those without a line among them.
fn some_kinds() -> impl Strategy<Value = Vec<EntryKind>> {
    let kind = prop_oneof![
        Just(EntryKind::Account),
        Just(EntryKind::Visit),
        Just(EntryKind::Usage),
        Just(EntryKind::Promise),
        Just(EntryKind::Person),
    ];
    proptest::collection::vec(kind, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn pages_of_a_timeline_are_the_whole_of_it_once(
        moments in proptest::collection::vec(0..3_i64, 0..20),
        limit in 1..7_u32,
        kinds in some_kinds(),
    ) {
        let fixture = local_notebook();
        let notebook = &fixture.notebook;
        let account = notebook.create_account(named("Adler")).unwrap();
        let other = notebook.create_account(named("Krone")).unwrap();
        for moment in &moments {
            log_at(notebook, Some(account), "here", NOON - moment);
            log_at(notebook, Some(other), "there", NOON - moment);
        }
        let whole = TimelineQuery { account, kinds: kinds.clone(), before: None, limit: u32::MAX, archived: false };
        let all = notebook.timeline(whole.clone()).unwrap();
        let counted = moments.len() * [EntryKind::Visit, EntryKind::Usage]
            .iter()
            .filter(|kind| kinds.is_empty() || kinds.contains(kind))
            .count();
        prop_assert_eq!(all.entries.len(), counted);
        prop_assert_eq!((all.total, all.more), (counted as u64, None));
        let pages = timeline_pages(notebook, &TimelineQuery { limit, ..whole });
        let last = pages.len() - 1;
        for (at, page) in pages.iter().enumerate() {
            prop_assert!(page.len() == limit as usize || at == last, "{:?}", pages);
        }
        prop_assert_eq!(pages.concat(), ids(&all.entries));

        let newest = notebook.latest_entries(u32::MAX, None, kinds.clone()).unwrap();
        let mut read = Vec::new();
        let mut before = None;
        loop {
            let page = notebook.latest_entries(limit, before, kinds.clone()).unwrap();
            read.extend(ids(&page));
            before = page.last().map(TimelinePosition::from);
            if before.is_none() {
                break;
            }
        }
        prop_assert_eq!(read, ids(&newest));
    }

    #[test]
    fn a_page_of_a_search_goes_on_where_the_last_one_ended(
        moments in proptest::collection::vec(0..3_i64, 0..12),
        limit in 1..7_u32,
        kinds in some_kinds(),
    ) {
        let fixture = local_notebook();
        let notebook = &fixture.notebook;
        let account = notebook.create_account(named("Seal works")).unwrap();
        for moment in &moments {
            log_at(notebook, Some(account), "a seal", NOON - moment);
            log_at(notebook, None, "sealed", NOON - moment);
        }
        let whole = SearchQuery { text: "seal".into(), kinds: kinds.clone(), offset: 0, limit: u32::MAX };
        let all = notebook.search_page(whole.clone()).unwrap();
        prop_assert_eq!(all.total as usize, all.entries.len());
        for KindCount { kind, count } in &all.kinds {
            let of = SearchQuery { kinds: vec![*kind], ..whole.clone() };
            prop_assert_eq!(notebook.search_page(of).unwrap().entries.len(), *count as usize);
        }
        let happened = all.kinds.iter().filter(|of| of.kind != EntryKind::Account);
        prop_assert_eq!(happened.map(|of| of.count as usize).sum::<usize>(), 4 * moments.len());
        let mut read = Vec::new();
        loop {
            let offset = read.len() as u32;
            let page = notebook.search_page(SearchQuery { offset, limit, ..whole.clone() }).unwrap();
            prop_assert_eq!((page.total, &page.kinds), (all.total, &all.kinds));
            if page.entries.is_empty() {
                break;
            }
            read.extend(ids(&page.entries));
        }
        prop_assert_eq!(read, ids(&all.entries));
        if kinds.is_empty() {
            let searched = notebook.search("seal".into(), u32::MAX).unwrap();
            prop_assert_eq!(searched, all.entries);
        }
    }
}

#[test]
fn a_search_counts_many_as_it_counts_few() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let page = |text: &str| {
        let text = text.to_owned();
        let query = SearchQuery {
            text,
            kinds: vec![],
            offset: 3,
            limit: 0,
        };
        notebook.search_page(query).unwrap()
    };
    for number in 0..500 {
        let said = format!("leak {} drip", if number < 20 { "fast" } else { "slow" });
        log_at(notebook, None, &said, NOON);
    }
    let counts = |count| [EntryKind::Visit, EntryKind::Usage].map(|kind| KindCount { kind, count });
    assert_eq!(page("leak").kinds, counts(500));
    assert_eq!(
        (page("fast").kinds.as_slice(), page("fast").total),
        (&counts(20)[..], 40)
    );
    assert!(page("leak").entries.is_empty() && page("").kinds.is_empty());
}

#[test]
fn what_is_archived_comes_last_in_a_search() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let gone = notebook.create_account(named("Adler")).unwrap();
    let near = notebook.create_account(named("Adlerhof")).unwrap();
    log_at(notebook, None, "at the adler", NOON);
    notebook.archive_entry(gone, "closed".into()).unwrap();
    let found = notebook.search("adler".into(), 10).unwrap();
    assert_eq!((found[0].id, found[found.len() - 1].id), (near, gone));
    assert!(found[found.len() - 1].archived);
    notebook.restore_entry(gone, String::new()).unwrap();
    assert_eq!(notebook.search("adler".into(), 10).unwrap()[0].id, gone);
}

#[test]
fn the_entries_of_each_kind_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Technician);
    let account = notebook.create_account(named("Adler")).unwrap();
    let closed = notebook.create_account(named("Krone")).unwrap();
    notebook
        .edit_account(closed, vec![AccountEdit::Archive])
        .unwrap();
    log_at(&notebook, Some(account), "It leaks.", NOON);
    notebook.log_visit(visit(None, "Nobody there.")).unwrap();
    notebook
        .make_promise(draft("callback", due(SUNDAY, DuePart::Day)))
        .unwrap();
    let counts = EntryCounts {
        accounts: 1,
        archived_accounts: 1,
        visits: 2,
        usages: 1,
        promises: 1,
        open_promises: 1,
        drafts: 0,
    };
    assert_eq!(notebook.counts().unwrap(), counts);
}

#[test]
fn what_is_not_here_is_left_out_of_rows_by_id() {
    let fixture = local_notebook();
    let notebook = &fixture.notebook;
    let account = notebook.create_account(named("Adler")).unwrap();
    log_at(notebook, Some(account), "It leaks.", NOON);
    let [visit, usage] = [EntryKind::Visit, EntryKind::Usage]
        .map(|kind| notebook.latest_entries(1, None, vec![kind]).unwrap()[0].id);
    let asked = vec![usage, DocId([9; 16]), account, visit, usage];
    let rows = notebook.entries(asked).unwrap();
    assert_eq!(ids(&rows), [usage, account, visit, usage]);
    let newest = notebook
        .latest_entries(1, None, vec![EntryKind::Usage])
        .unwrap();
    assert_eq!(rows[0], newest[0]);
    assert!(notebook.entries(vec![]).unwrap().is_empty());
    assert_eq!(notebook.entries(vec![visit; 500]).unwrap().len(), 500);
    let refused = notebook.entries(vec![visit; 501]).unwrap_err();
    assert_eq!(error_key(&refused), "error-too-many-asked");
}

#[test]
fn a_colleagues_entry_is_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Technician);
    let visit = notebook.log_visit(visit(None, "It leaks.")).unwrap().visit;
    let me = notebook.me().unwrap().person;
    notebook
        .edit_colleague_profile(me, vec![day_off(SUNDAY)])
        .unwrap();
    let about_me = notebook.rows().unwrap();
    let about_me: Vec<DocId> = about_me.into_iter().map(|(doc, _)| doc).collect();
    assert_eq!(about_me.len(), 2);
    assert_eq!(ids(&notebook.entries(about_me).unwrap()), [visit]);
    let list = |kinds: &[EntryKind]| notebook.latest_entries(9, None, kinds.to_vec()).unwrap();
    assert!(list(&[EntryKind::Person]).is_empty());
    assert_eq!(list(&[EntryKind::Person, EntryKind::Visit]).len(), 1);
}

#[test]
fn a_list_of_promises_goes_on_where_the_last_one_ended() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Technician);
    for number in 0..5 {
        let draft = PromiseDraft {
            deliverable: format!("part {number}"),
            ..draft("callback", due(SUNDAY, DuePart::Day))
        };
        notebook.make_promise(draft).unwrap();
    }
    let list = |limit, offset| {
        let query = PromiseListQuery {
            open_only: true,
            mine: false,
            account: None,
            limit,
            offset,
            kind: None,
        };
        let promises = notebook.promises(query).unwrap();
        promises
            .into_iter()
            .map(|promise| promise.id)
            .collect::<Vec<_>>()
    };
    let pages = [list(2, 0), list(2, 2), list(2, 4), list(2, 6)];
    assert_eq!(pages.concat(), list(9, 0));
    assert_eq!(pages.map(|page| page.len()), [2, 2, 1, 0]);
}
