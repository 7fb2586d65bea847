//! For all orders in which three devices send anything, every scope stays dense, causally closed and summed.

use kept_core::model::place::{Kind, Place};
use kept_core::wire::{Change, Group, Outcome};
use proptest::prelude::*;

use super::story::{Company, Phone, assert_sound, doc, place, team};

/// The next step of a device.
#[derive(Clone, Debug)]
enum Step {
    /// A phone writes a group about these documents, shared with these people, and keeps it.
    Write {
        phone: usize,
        docs: Vec<u8>,
        share: Option<usize>,
    },
    /// A phone sends what it kept, the newest first if `backwards`, and loses the answer if `lost`.
    Send {
        phone: usize,
        backwards: bool,
        lost: bool,
    },
    /// A phone learns what another one wrote, as if it had synced.
    Learn { phone: usize, from: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let phone = 0..3usize;
    prop_oneof![
        4 => (phone.clone(), prop::collection::vec(1..5u8, 1..4), prop::option::of(0..3usize))
            .prop_map(|(phone, docs, share)| Step::Write { phone, docs, share }),
        3 => (phone.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(phone, backwards, lost)| Step::Send { phone, backwards, lost }),
        2 => (phone.clone(), phone).prop_map(|(phone, from)| Step::Learn { phone, from }),
    ]
}

/// A phone with its outbox and everything that it ever wrote or learnt.
struct Hand {
    phone: Phone,
    outbox: Vec<Group>,
    known: Vec<Change>,
}

struct World {
    company: Company,
    hands: Vec<Hand>,
    stored: Vec<Change>,
}

impl World {
    fn new() -> Self {
        let mut company = Company::new();
        // Two in one territory, one in another, who is held until a document is shared.
        let people = [("Sam", "north"), ("Kim", "north"), ("Lee", "south")];
        let hands = people.map(|(name, team)| Hand {
            phone: company.technician(name, team),
            outbox: vec![],
            known: vec![],
        });
        Self {
            company,
            hands: hands.into(),
            stored: vec![],
        }
    }

    fn place(&self, number: u8, share: Option<usize>) -> Place {
        let mut place = place(number, Kind::Promise, "north");
        // Different documents live in different places, no matter which phone writes them first.
        place.team = number.is_multiple_of(2).then(|| team("south"));
        place
            .people
            .extend(share.map(|hand| self.hands[hand].phone.person));
        place
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Write { phone, docs, share } => {
                let places: std::collections::BTreeMap<_, _> = docs
                    .iter()
                    .map(|number| (*number, self.place(*number, *share)))
                    .collect();
                let hand = &mut self.hands[*phone];
                let changes: Vec<_> = docs
                    .iter()
                    .map(|number| hand.phone.write(doc(*number)))
                    .collect();
                hand.known.extend(changes.clone());
                let group = hand.phone.group(changes, places.into_values().collect());
                hand.outbox.push(group);
            }
            Step::Learn { phone, from } => {
                let known = self.hands[*from].known.clone();
                let hand = &mut self.hands[*phone];
                // Two first changes of one document cannot both be stored: the phone that learns leaves out those that
                // it knows.
                let fresh: Vec<_> = known
                    .into_iter()
                    .filter(|change| !hand.known.iter().any(|known| known.hash == change.hash))
                    .collect();
                hand.phone.learn(&fresh);
                hand.known.extend(fresh);
            }
            Step::Send {
                phone,
                backwards,
                lost,
            } => {
                let hand = &mut self.hands[*phone];
                let mut groups = hand.outbox.clone();
                if *backwards {
                    groups.reverse();
                }
                let request = hand.phone.request(&self.company, groups.clone());
                let mut reply = self.company.send(&hand.phone, &request).unwrap();
                note(&mut self.stored, &groups, &reply.results);
                if *lost {
                    reply = self.company.send(&hand.phone, &request).unwrap();
                    assert!(
                        reply
                            .results
                            .iter()
                            .all(|result| result.outcome != Outcome::Stored || *backwards)
                    );
                    note(&mut self.stored, &groups, &reply.results);
                }
                hand.phone.take(&reply);
                hand.outbox.retain(|group| {
                    let result = reply.results.iter().find(|result| result.id == group.id);
                    matches!(result.unwrap().outcome, Outcome::MissingDeps(_))
                });
            }
        }
    }
}

fn note(stored: &mut Vec<Change>, groups: &[Group], results: &[kept_core::wire::GroupResult]) {
    for (group, result) in groups.iter().zip(results) {
        if result.outcome == Outcome::Stored {
            stored.extend(group.changes.clone());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_leaves_sound_feeds(steps in prop::collection::vec(step(), 1..30)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        // A fresh device of each person reads everything from the start, in small pages. That each page is
        // dense and each checksum the sum of its hashes is checked as they are taken.
        let mut seen = vec![];
        for name in ["Sam", "Kim", "Lee", "Ann"] {
            let mut reader = world.company.phone(name, None, &[], &[]);
            loop {
                let mut request = reader.request(&world.company, vec![]);
                request.page_bytes = 700;
                let reply = world.company.send(&reader, &request).unwrap();
                reader.take(&reply);
                if !reply.more {
                    break;
                }
            }
            for (scope, rows) in reader.rows.clone() {
                // Bytes travel once in a reply, so a row may be without them: ask for the rest.
                let mut rows = rows;
                let mut request = reader.request(&world.company, vec![]);
                request.wants = rows.iter().filter(|row| row.bytes.is_none()).filter_map(|row| row.hash).collect();
                let reply = world.company.send(&reader, &request).unwrap();
                reader.prev = Some(reply.echo);
                for row in &mut rows {
                    let given = reply.given.iter().find(|given| row.hash.is_some() && given.hash == row.hash);
                    row.bytes = row.bytes.take().or_else(|| given.and_then(|given| given.bytes.clone()));
                }
                assert_sound(&rows);
                assert_groups_are_whole(&rows, scope);
                seen.extend(rows.iter().filter_map(|row| row.hash));
            }
        }
        // Every stored change reaches some reader, and nothing else does.
        for change in &world.stored {
            prop_assert!(seen.contains(&change.hash));
        }
        for hash in seen {
            prop_assert!(world.stored.iter().any(|change| change.hash == hash));
        }
    }
}

/// The changes of a group stand together, except those of a document that was there before it was shared.
fn assert_groups_are_whole(rows: &[kept_core::wire::Row], scope: u32) {
    let changes: Vec<_> = rows.iter().filter(|row| row.hash.is_some()).collect();
    let runs = changes.chunk_by(|one, next| one.group == next.group);
    let mut groups: Vec<_> = runs.map(|run| (run[0].group, run[0].doc)).collect();
    let all = groups.len();
    groups.sort();
    groups.dedup();
    assert_eq!(
        groups.len(),
        all,
        "a group stands together in scope {scope}"
    );
}
