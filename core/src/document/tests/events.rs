//! Events as they are on disks: a golden file for every kind, and kinds of a later version.

use std::collections::BTreeSet;

use super::DOC;
use crate::document::{Content, LoadedDocument};
use crate::model::edit::Operation;
use crate::model::event::{EventBody, OnBehalf, StoredEvent};
use crate::model::event_kind::EventKind;
use crate::model::ids::{Actor, EventId, InstallationId, PersonId};
use crate::model::placement::DocumentKind;
use crate::testing::{content, event_sample, golden, sample_time, test_author};

fn stored(body: EventBody) -> StoredEvent {
    StoredEvent {
        device: InstallationId([7; 16]),
        time: sample_time(),
        after: vec![EventId([0xe1; 16])],
        n: 2,
        on_behalf: Some(OnBehalf {
            person: PersonId([2; 16]),
            actor: Actor([9; 16]),
        }),
        body,
    }
}

#[test]
fn every_event_stays_as_it_is_on_disks() {
    let mut files = BTreeSet::new();
    for kind in EventKind::ALL {
        let stored = stored(event_sample(*kind));
        let bytes = minicbor::to_vec(&stored).unwrap();
        golden(&format!("event/{}", kind.name()), &bytes);
        assert_eq!(minicbor::decode::<StoredEvent>(&bytes).unwrap(), stored);
        files.insert(format!("{}.hex", kind.name()));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/event");
    let there = std::fs::read_dir(folder).unwrap();
    let there = there.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), files, "a kind is gone");
}

#[test]
fn an_event_from_the_future_is_kept_and_read_as_unknown() {
    let body = EventBody::Started { for_person: None };
    let mut bytes = minicbor::to_vec(stored(body)).unwrap();
    // The body is `[8, {}]`: the last bytes of the event. Type 8 becomes 23.
    let position = bytes.len() - 3;
    assert_eq!(bytes[position..], [0x82, 0x08, 0xa0]);
    bytes[position + 1] = 0x17;
    assert_eq!(
        minicbor::decode::<StoredEvent>(&bytes).unwrap().body,
        EventBody::Unknown(23)
    );
}

#[test]
fn events_of_one_operation_follow_each_other_and_asking_means_the_terms_just_made() {
    let alice = test_author(1, "Alice");
    let mut doc = LoadedDocument::empty(DOC);
    let asked = EventBody::Asked {
        person: PersonId([2; 16]),
        terms: EventId([0; 16]),
    };
    alice.apply(
        &mut doc,
        Operation::CreatePromise(vec![event_sample(EventKind::Made), asked]),
    );
    alice.apply(
        &mut doc,
        Operation::AppendEvents(vec![EventBody::Started { for_person: None }]),
    );
    let Content::Promise(promise) = content(&doc, DocumentKind::Promise) else {
        panic!()
    };
    let [first, second, third] = promise.events.as_slice() else {
        panic!("{:?}", promise.events)
    };
    assert!(matches!(&second.stored.body, EventBody::Asked { terms, .. } if *terms == first.id));
    assert_eq!((first.stored.n, second.stored.n, third.stored.n), (1, 2, 3));
    assert_eq!(
        (&second.stored.after, &third.stored.after),
        (&vec![first.id], &vec![second.id])
    );
    assert_eq!(first.by.name, "Alice");
}
