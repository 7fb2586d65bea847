use crate::language::{Lang, message_text};
use crate::model::promise::WorkState;
use crate::model::registry::Role;
use crate::model::time::DuePart;
use crate::model::visit::UsageDraft;
use crate::notebook::entries::pages::TimelineQuery;
use crate::notebook::test_kit::{compare_clock, draft, due, key_of, named, notebook_of, visit};

#[test]
fn what_is_archived_leaves_the_timeline_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = ann.create_account(named("Mill")).unwrap();
    let mut entry = visit(Some(mill), "All is well");
    entry.usages.push(UsageDraft {
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    });
    let logged = ann.log_visit(entry).unwrap();
    let (went, seen) = (logged.visit, logged.usages[0]);
    let timeline = |archived| {
        let query = TimelineQuery {
            account: mill,
            kinds: vec![],
            before: None,
            limit: 50,
            archived,
        };
        let page = ann.timeline(query).unwrap();
        assert_eq!(page.total as usize, page.entries.len());
        page.entries.len()
    };
    let latest = || ann.latest_entries(9, None, vec![]).unwrap().len();
    for (id, shown) in [(went, 1), (seen, 0)] {
        ann.archive_entry(id, "written twice".into()).unwrap();
        assert_eq!(
            (timeline(false), timeline(true), latest()),
            (shown, 2, shown)
        );
    }
    assert!(ann.account(mill).unwrap().timeline.is_empty());
    let counts = ann.counts().unwrap();
    assert_eq!((counts.visits, counts.usages), (0, 0));
    assert!(ann.visit(went).unwrap().archived && ann.usage(seen).unwrap().archived);
    let changes = ann.history(went).unwrap().len();
    ann.archive_entry(went, String::new()).unwrap();
    assert_eq!(
        ann.history(went).unwrap().len(),
        changes,
        "it was there already"
    );
    ann.restore_entry(went, String::new()).unwrap();
    ann.restore_entry(seen, String::new()).unwrap();
    assert_eq!((timeline(false), latest()), (2, 2));
    ann.archive_entry(mill, String::new()).unwrap();
    assert!(ann.account(mill).unwrap().account.archived);
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn a_promise_is_taken_back_within_a_day_and_called_off_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    compare_clock(&ann, &environment);
    let make = || {
        ann.make_promise(draft("quote", due("2027-01-08", DuePart::Day)))
            .unwrap()
    };
    let (early, late) = (make(), make());
    ann.archive_entry(early, String::new()).unwrap();
    let work = ann.promise(early).unwrap().summary.state.work;
    assert_eq!(work, WorkState::Retracted);
    assert_eq!(
        key_of(ann.restore_entry(early, String::new())),
        "error-archive-promise"
    );
    environment.advance(25 * 3_600_000);
    compare_clock(&ann, &environment);
    let refused = ann.archive_entry(late, String::new()).unwrap_err();
    let says = message_text(&refused.message(), Lang::En);
    assert!(says.contains("Call it off"), "{says}");
}
