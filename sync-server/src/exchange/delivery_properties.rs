//! For all orders in which three devices send anything, every scope stays dense, causally closed and summed.

use kept_core::model::placement::{DocumentKind, Placement};
use kept_core::wire::{Change, Group, GroupOutcome};
use proptest::prelude::*;

use super::fixture::{ExchangeFixture, TestPhone, assert_sound, doc, placement, team};

/// The next step of a device.
#[derive(Clone, Debug)]
enum DeviceAction {
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

fn action() -> impl Strategy<Value = DeviceAction> {
    let phone = 0..3usize;
    prop_oneof![
        4 => (phone.clone(), prop::collection::vec(1..5u8, 1..4), prop::option::of(0..3usize))
            .prop_map(|(phone, docs, share)| DeviceAction::Write { phone, docs, share }),
        3 => (phone.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(phone, backwards, lost)| DeviceAction::Send { phone, backwards, lost }),
        2 => (phone.clone(), phone).prop_map(|(phone, from)| DeviceAction::Learn { phone, from }),
    ]
}

/// A phone with its outbox and everything that it ever wrote or learnt.
struct DeviceState {
    phone: TestPhone,
    outbox: Vec<Group>,
    known: Vec<Change>,
}

struct Simulation {
    company: ExchangeFixture,
    devices: Vec<DeviceState>,
    stored: Vec<Change>,
}

impl Simulation {
    fn new() -> Self {
        let mut company = ExchangeFixture::new();
        // Two in one territory, one in another, who is held until a document is shared.
        let people = [("Sam", "north"), ("Kim", "north"), ("Lee", "south")];
        let devices = people.map(|(name, team)| DeviceState {
            phone: company.technician(name, team),
            outbox: vec![],
            known: vec![],
        });
        Self {
            company,
            devices: devices.into(),
            stored: vec![],
        }
    }

    fn placement(&self, number: u8, share: Option<usize>) -> Placement {
        let mut placement = placement(number, DocumentKind::Promise, "north");
        // Different documents live in different places, no matter which phone writes them first.
        placement.team = number.is_multiple_of(2).then(|| team("south"));
        placement
            .people
            .extend(share.map(|device| self.devices[device].phone.person));
        placement
    }

    fn take(&mut self, action: &DeviceAction) {
        match action {
            DeviceAction::Write { phone, docs, share } => {
                let places: std::collections::BTreeMap<_, _> = docs
                    .iter()
                    .map(|number| (*number, self.placement(*number, *share)))
                    .collect();
                let device = &mut self.devices[*phone];
                let changes: Vec<_> = docs
                    .iter()
                    .map(|number| device.phone.write(doc(*number)))
                    .collect();
                device.known.extend(changes.clone());
                let group = device.phone.group(changes, places.into_values().collect());
                device.outbox.push(group);
            }
            DeviceAction::Learn { phone, from } => {
                let known = self.devices[*from].known.clone();
                let device = &mut self.devices[*phone];
                // Two first changes of one document cannot both be stored: the phone that learns leaves out those that
                // it knows.
                let fresh: Vec<_> = known
                    .into_iter()
                    .filter(|change| !device.known.iter().any(|known| known.hash == change.hash))
                    .collect();
                device.phone.learn(&fresh);
                device.known.extend(fresh);
            }
            DeviceAction::Send {
                phone,
                backwards,
                lost,
            } => {
                let device = &mut self.devices[*phone];
                let mut groups = device.outbox.clone();
                if *backwards {
                    groups.reverse();
                }
                let request = device.phone.request(&self.company, groups.clone());
                let mut reply = self.company.send(&device.phone, &request).unwrap();
                note_stored(&mut self.stored, &groups, &reply.results);
                if *lost {
                    reply = self.company.send(&device.phone, &request).unwrap();
                    assert!(
                        reply
                            .results
                            .iter()
                            .all(|result| result.outcome != GroupOutcome::Stored || *backwards)
                    );
                    note_stored(&mut self.stored, &groups, &reply.results);
                }
                device.phone.take(&reply);
                device.outbox.retain(|group| {
                    let result = reply.results.iter().find(|result| result.id == group.id);
                    matches!(result.unwrap().outcome, GroupOutcome::MissingDeps(_))
                });
            }
        }
    }
}

fn note_stored(
    stored: &mut Vec<Change>,
    groups: &[Group],
    results: &[kept_core::wire::GroupResult],
) {
    for (group, result) in groups.iter().zip(results) {
        if result.outcome == GroupOutcome::Stored {
            stored.extend(group.changes.clone());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_leaves_sound_feeds(actions in prop::collection::vec(action(), 1..30)) {
        let mut simulation = Simulation::new();
        for action in &actions {
            simulation.take(action);
        }
        // A fresh device of each person reads everything from the start, in small pages. That each page is
        // dense and each checksum the sum of its hashes is checked as they are taken.
        let mut seen = vec![];
        for name in ["Sam", "Kim", "Lee", "Ann"] {
            let mut reader = simulation.company.phone(name, None, &[], &[]);
            loop {
                let mut request = reader.request(&simulation.company, vec![]);
                request.page_bytes = 700;
                let reply = simulation.company.send(&reader, &request).unwrap();
                reader.take(&reply);
                if !reply.more {
                    break;
                }
            }
            for (scope, rows) in reader.rows.clone() {
                // Bytes travel once in a reply, so a row may be without them: ask for the rest.
                let mut rows = rows;
                let mut request = reader.request(&simulation.company, vec![]);
                request.wants = rows.iter().filter(|row| row.bytes.is_none()).filter_map(|row| row.hash).collect();
                let reply = simulation.company.send(&reader, &request).unwrap();
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
        for change in &simulation.stored {
            prop_assert!(seen.contains(&change.hash));
        }
        for hash in seen {
            prop_assert!(simulation.stored.iter().any(|change| change.hash == hash));
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
