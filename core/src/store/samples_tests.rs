//! The company's record on a device: what is taken, what goes, what is left alone.

use super::samples;
use super::*;
use crate::model::ids::DocId;
use crate::testing::{NOON, StoreFixture};
use crate::wire::{SampleEnding, SampleLifetime, SampleRow};

fn life(exit: Option<i64>) -> SampleLifetime {
    SampleLifetime {
        kind: "delivery".into(),
        performer: None,
        team: None,
        working_time: false,
        start: NOON,
        exit,
        ending: exit.map_or(SampleEnding::Open, |_| SampleEnding::Fulfilled),
        received_at: None,
    }
}

fn take(store: &mut Store, promise: u8, life: Option<SampleLifetime>) -> bool {
    let row = SampleRow {
        promise: DocId([promise; 16]),
        life,
    };
    store
        .write(|tx| samples::take(tx, &minicbor::to_vec(&row).unwrap()))
        .unwrap()
}

fn kept(store: &Store) -> Vec<(DocId, SampleLifetime)> {
    samples::all(store.read()).unwrap()
}

#[test]
fn the_last_row_of_a_promise_counts_and_one_without_a_life_takes_it_away() {
    let mut fixture = StoreFixture::new();
    let store = &mut fixture.store;
    assert!(take(store, 1, Some(life(None))));
    assert!(take(store, 2, Some(life(None))));
    assert!(take(store, 1, Some(life(Some(NOON + 5)))));
    assert!(take(store, 2, None));
    assert_eq!(
        kept(store),
        [(DocId([1; 16]), life(Some(NOON + 5)))],
        "one row for each promise"
    );
    store
        .write(|tx| projection::rebuild(tx, |_, _| {}))
        .unwrap();
    assert_eq!(kept(store).len(), 1, "a rebuild leaves it");
    store.write(samples::clear).unwrap();
    assert_eq!(kept(store), []);
}

#[test]
fn a_row_that_a_newer_server_writes_differently_is_left_out_and_stops_nothing() {
    let mut fixture = StoreFixture::new();
    let store = &mut fixture.store;
    let row = SampleRow {
        promise: DocId([1; 16]),
        life: Some(life(None)),
    };
    let mut bytes = minicbor::to_vec(&row).unwrap();
    // The fate is the last value: one that is not known yet.
    *bytes.last_mut().unwrap() = 0x17;
    let took = store.write(|tx| samples::take(tx, &bytes)).unwrap();
    assert_eq!((took, kept(store)), (false, vec![]));
    let took = store.write(|tx| samples::take(tx, b"")).unwrap();
    assert!(!took);
}
