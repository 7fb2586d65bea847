use super::*;
use crate::model::registry::Role;
use crate::model::time::DuePart;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::test_kit::{draft, due, key_of, named, notebook_of};
use crate::store::open_promises::decoded;

#[test]
fn the_owners_overview_decodes_each_open_promise_once() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Owner);
    let made = || draft("quote", due("2027-01-08", DuePart::Day));
    for _ in 0..3 {
        ann.make_promise(made()).unwrap();
    }
    ann.make_promise(PromiseDraft {
        told: false,
        ..made()
    })
    .unwrap();
    let before = decoded();
    let overview = ann.my_overview().unwrap();
    assert_eq!(overview.counts.open, 4);
    assert_eq!(decoded() - before, 4);
}

#[test]
fn promises_come_in_the_order_of_their_ids_without_those_that_are_not_here() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let make = |date| {
        ann.make_promise(draft("quote", due(date, DuePart::Day)))
            .unwrap()
    };
    let (first, second) = (make("2027-01-08"), make("2027-01-09"));
    let customer = ann.create_account(named("Mill")).unwrap();
    let asked = vec![second, customer, DocId([9; 16]), first, second];
    let told = ann.promise_summaries(asked).unwrap();
    let told: Vec<DocId> = told.into_iter().map(|promise| promise.id).collect();
    assert_eq!(told, [second, first, second]);
    assert!(ann.promise_summaries(vec![first; 500]).is_ok());
    let refused = ann.promise_summaries(vec![first; 501]);
    assert_eq!(key_of(refused), "error-too-many-asked");
}
