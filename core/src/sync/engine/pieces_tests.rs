//! The places where a page is cut, and the sizes of pieces.

use proptest::prelude::*;

use super::*;
use crate::model::ids::Hash;
use crate::model::placement::{DocumentKind, Placement};
use crate::testing::StoreFixture;
use crate::wire::checksum_of;

/// Rows that a server puts into a feed at once.
#[derive(Clone, Debug)]
enum FeedUnit {
    /// So many documents that one group begins, with so many changes each.
    Begun(Vec<u8>),
    /// A group that goes on with so many documents.
    GoesOn(u8),
    /// A document that enters with its past, of so many groups.
    Shared(u8),
    /// A person joined.
    Registry,
}

fn units() -> impl Strategy<Value = Vec<FeedUnit>> {
    let unit = prop_oneof![
        prop::collection::vec(1..3u8, 1..5).prop_map(FeedUnit::Begun),
        (1..5u8).prop_map(FeedUnit::GoesOn),
        (1..9u8).prop_map(FeedUnit::Shared),
        Just(FeedUnit::Registry),
    ];
    prop::collection::vec(unit, 1..40)
}

/// Writes rows, and notes where a page may be cut.
#[derive(Default)]
struct FeedBuilder {
    rows: Vec<Row>,
    ends: BTreeSet<usize>,
    count: u8,
    groups: u8,
}

impl FeedBuilder {
    fn push(&mut self, kind: u8, doc: Option<DocId>, group: Option<u8>, control: Option<Vec<u8>>) {
        let seq = self.rows.len() as u64 + 1;
        let hash = (kind == row_kind::CHANGE).then(|| {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&seq.to_be_bytes());
            Hash(hash)
        });
        self.rows.push(Row {
            seq,
            kind,
            doc,
            hash,
            bytes: hash.map(|_| vec![0; 10].into()),
            receipt: None,
            group: group.map(|group| GroupId([group; 16])),
            control: control.map(Into::into),
            mac: None,
        });
    }

    fn enter(&mut self, rows: u8) -> DocId {
        self.count += 1;
        let doc = DocId([self.count; 16]);
        let entered = Entered {
            placement: Placement::new(doc, DocumentKind::Visit),
            rows: rows.into(),
        };
        let control = crate::store::rows::encode_row(&entered);
        self.push(row_kind::ENTERED, Some(doc), None, Some(control));
        doc
    }

    fn unit(&mut self, unit: &FeedUnit) {
        match unit {
            FeedUnit::Begun(docs) => {
                self.groups += 1;
                for changes in docs {
                    let doc = self.enter(*changes);
                    for _ in 0..*changes {
                        self.push(row_kind::CHANGE, Some(doc), Some(self.groups), None);
                    }
                }
            }
            FeedUnit::GoesOn(docs) => {
                self.groups += 1;
                for doc in 0..*docs {
                    let doc = DocId([200 + doc; 16]);
                    self.push(row_kind::CHANGE, Some(doc), Some(self.groups), None);
                }
            }
            FeedUnit::Shared(groups) => {
                let doc = self.enter(*groups);
                for _ in 0..*groups {
                    self.groups += 1;
                    self.push(row_kind::CHANGE, Some(doc), Some(self.groups), None);
                }
            }
            FeedUnit::Registry => self.push(row_kind::REGISTRY, None, None, Some(vec![])),
        }
        self.ends.insert(self.rows.len());
    }
}

fn page(rows: Vec<Row>) -> Page {
    Page {
        scope: 1,
        name: Some("team:north".into()),
        epoch: 5,
        after: 0,
        checksum: rows
            .iter()
            .filter_map(|row| row.hash)
            .fold(0, |sum, hash| sum.wrapping_add(checksum_of(hash))),
        head: rows.len() as u64,
        rows,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Groups are whole where they were first written, entering documents are whole, and no row is lost or doubled.
    #[test]
    fn pieces_are_whole_and_together_the_page(units in units(), most in 1..40usize) {
        let mut feed = FeedBuilder::default();
        units.iter().for_each(|unit| feed.unit(unit));
        let fixture = StoreFixture::new();
        let whole = page(feed.rows.clone());
        let (mut rest, mut taken) = (whole.clone(), Vec::new());
        while !rest.rows.is_empty() {
            let before = rest.after;
            let (piece, weight) = next_piece(fixture.store.read(), &mut rest, Weight(most)).unwrap();
            prop_assert_eq!(piece.after, before);
            prop_assert!(!piece.rows.is_empty() && weight >= piece.rows.len());
            taken.extend(piece.rows);
            prop_assert!(feed.ends.contains(&taken.len()), "cut at {}", taken.len());
            prop_assert_eq!(rest.after, taken.len() as u64);
        }
        prop_assert_eq!(taken, whole.rows);
    }
}

#[test]
fn a_document_whose_page_ends_before_it_does_is_taken_as_far_as_it_came() {
    let mut feed = FeedBuilder::default();
    feed.unit(&FeedUnit::Registry);
    feed.unit(&FeedUnit::Shared(9));
    feed.rows.truncate(6);
    let fixture = StoreFixture::new();
    let mut rest = page(feed.rows);
    let (first, _) = next_piece(fixture.store.read(), &mut rest, Weight(1)).unwrap();
    let (second, _) = next_piece(fixture.store.read(), &mut rest, Weight(1)).unwrap();
    assert_eq!((first.rows.len(), second.rows.len()), (1, 5));
    assert!(rest.rows.is_empty());
}

#[test]
fn pieces_shrink_where_they_take_long_and_grow_where_they_do_not() {
    assert_eq!(Weight(64).after(64, 0), Weight(128));
    assert_eq!(Weight(128).after(120, 25), Weight(120));
    assert_eq!(Weight(128).after(128, 50), Weight(64));
    assert_eq!(Weight(128).after(128, 5_000), Weight(32), "no faster");
    assert_eq!(
        Weight(128).after(3, 0),
        Weight(128),
        "a small one says little"
    );
    assert_eq!(Weight(128).after(1, 300), Weight(32), "unless it took long");
    assert_eq!(Weight(1).after(1, 300), Weight(1));
    assert_eq!(Weight(LARGEST).after(LARGEST, 0), Weight(LARGEST));
    assert_eq!(Weight(64).after(0, 0), Weight(64));
}
