//! Pages: where they begin and end, what they carry, and how cursors heal.

use kept_core::limits;
use kept_core::model::ids::Hash;
use kept_core::model::placement::{DocumentKind, Scope};
use kept_core::model::registry::{RegistryRow, Role};
use kept_core::wire::{Cursor, Reply, digest, row_kind};

use crate::exchange::fixture::{ExchangeFixture, TestPhone, assert_sound, codes, doc, placement};
use crate::log::Log;

/// A company in which Sam wrote groups into the north, and Kim of the north, who has read only the company.
fn cast(groups: u8, changes: u8) -> (ExchangeFixture, TestPhone, TestPhone) {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let kim = company.technician("Kim", "north");
    for number in 1..=groups {
        let changes = (0..changes).map(|_| sam.write(doc(number))).collect();
        let group = sam.group(
            changes,
            vec![placement(number, DocumentKind::Account, "north")],
        );
        company.exchange(&mut sam, vec![group]);
    }
    (company, sam, kim)
}

fn shown(reply: &Reply) -> Vec<(u64, usize)> {
    reply
        .pages
        .iter()
        .map(|page| (page.after, page.rows.len()))
        .collect()
}

#[test]
fn the_first_exchange_brings_everything_and_the_next_nothing() {
    let (mut company, sam, mut kim) = cast(3, 2);
    let reply = company.exchange(&mut kim, vec![]);
    assert!(!reply.more);
    assert_eq!(reply.pages[0].name.as_deref(), Some("company"));
    assert_eq!(kim.hashes("team:north"), sam.hashes("team:north"));
    assert_sound(kim.feed("team:north"));
    let cursors = kim
        .cursors
        .values()
        .map(|c| (c.scope, c.epoch, c.seq, c.checksum));
    assert_eq!(digest(cursors), reply.digest);
    let next = company.exchange(&mut kim, vec![]);
    assert_eq!(
        (next.pages, next.more, next.digest),
        (vec![], false, reply.digest)
    );
}

#[test]
fn the_registry_names_everybody_and_their_devices() {
    let (mut company, mut sam, mut kim) = cast(0, 0);
    company.exchange(&mut sam, vec![]);
    company.exchange(&mut kim, vec![]);
    let rows = kim.feed("company");
    let people: Vec<_> = rows
        .iter()
        .map(|row| {
            assert_eq!(
                (row.kind, row.doc, row.hash),
                (row_kind::REGISTRY, None, None)
            );
            assert!(row.mac.is_some());
            minicbor::decode::<RegistryRow>(row.control.as_ref().unwrap()).unwrap()
        })
        .collect();
    let is_sams =
        |row: &&RegistryRow| matches!(row, RegistryRow::Device(device) if device.id == sam.id);
    assert_eq!(people.iter().filter(is_sams).count(), 1);
    assert_eq!(people.len(), 5);
}

#[test]
fn a_page_ends_before_the_group_that_does_not_fit_and_goes_on_there() {
    let (mut company, sam, mut kim) = cast(4, 3);
    company.exchange(&mut kim, vec![]);
    let all = sam.hashes("team:north");
    let bytes_of = |rows: &[kept_core::wire::Row]| -> usize {
        let bytes = rows
            .iter()
            .filter_map(|row| row.bytes.as_ref())
            .map(|bytes| bytes.len());
        let control = rows
            .iter()
            .filter_map(|row| row.control.as_ref())
            .map(|bytes| bytes.len());
        bytes.chain(control).sum()
    };
    let whole = kim.feed("team:north").to_vec();
    let company_rows = bytes_of(kim.feed("company"));
    let first_two = bytes_of(&whole[..8]);
    // The edge itself, one byte less and one more: two groups of four rows each, or one.
    for (budget, expected) in [(first_two, 8), (first_two - 1, 4), (first_two + 1, 8)] {
        let mut reader = company.technician("Kim", "north");
        let mut request = reader.request(&company, vec![]);
        // A device more in the registry for each reader that joined.
        let reply = company.send(&reader, &request).unwrap();
        let company_now = bytes_of(&reply.pages[0].rows);
        assert!(company_now >= company_rows);
        request.next = [budget as u8; 16].into();
        request.prev = Some(reply.echo);
        request.page_bytes = u32::try_from(company_now + budget).unwrap();
        let reply = company.send(&reader, &request).unwrap();
        assert!(reply.more);
        assert_eq!(shown(&reply)[1], (0, expected));
        reader.take(&reply);
        while {
            let mut next = reader.request(&company, vec![]);
            next.page_bytes = u32::try_from(budget).unwrap();
            let reply = company.send(&reader, &next).unwrap();
            reader.take(&reply);
            reply.more
        } {}
        assert_eq!(reader.hashes("team:north"), all);
        assert_sound(reader.feed("team:north"));
    }
}

#[test]
fn every_exchange_makes_progress_by_whole_groups_however_small_the_page() {
    let (mut company, _, mut kim) = cast(3, 4);
    let mut replies = 0;
    loop {
        let mut request = kim.request(&company, vec![]);
        request.page_bytes = 0;
        let reply = company.send(&kim, &request).unwrap();
        kim.take(&reply);
        for page in reply.pages.iter().filter(|page| page.scope != 1) {
            assert!(matches!(page.rows.len(), 0 | 5), "a group or nothing");
        }
        if !reply.more {
            break;
        }
        replies += 1;
        assert!(replies < 20);
    }
    assert_eq!(kim.hashes("team:north").len(), 12);
}

#[test]
fn a_page_has_at_most_so_many_rows_and_the_next_has_the_rest() {
    let mut company = ExchangeFixture::new();
    let mut kim = company.technician("Kim", "north");
    company.catch_up(&mut kim);
    let rows = u64::try_from(limits::PAGE_ROWS).unwrap();
    for (extra, last) in [(0, 0), (1, 1)] {
        fill_with_registry_rows(&mut company, &mut kim, rows + extra);
        let reply = company.exchange(&mut kim, vec![]);
        assert_eq!(
            (reply.pages[0].rows.len(), reply.more),
            (limits::PAGE_ROWS, last > 0)
        );
        if last > 0 {
            let reply = company.exchange(&mut kim, vec![]);
            assert_eq!((reply.pages[0].rows.len(), reply.more), (last, false));
        }
    }
}

/// Writes rows without content into the company's feed, which is quick.
fn fill_with_registry_rows(company: &mut ExchangeFixture, kim: &mut TestPhone, rows: u64) {
    company.catch_up(kim);
    let log = company.log.write().unwrap();
    let before = log.reserve(company.organisation.id, 1, rows).unwrap();
    let rows: Vec<_> = (before.head + 1..=before.head + rows)
        .map(|seq| crate::log::FeedRow {
            seq,
            unit: seq,
            kind: 200,
            doc: None,
            hash: None,
            group: None,
            control: vec![],
            mac: Some([0; 16]),
            checksum: before.checksum,
        })
        .collect();
    log.insert_rows(company.organisation.id, 1, &rows).unwrap();
    log.commit().unwrap();
}

#[test]
fn what_a_phone_wrote_itself_and_what_a_reply_carries_already_comes_without_bytes() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "north");
    let mut shared = placement(1, DocumentKind::Promise, "north");
    shared.people = [sam.person, kim.person].into();
    let group = sam.one(shared);
    let reply = company.exchange(&mut sam, vec![group.clone()]);
    let own = |reply: &Reply| -> Vec<(u8, bool)> {
        let rows = reply
            .pages
            .iter()
            .flat_map(|page| &page.rows)
            .filter(|row| row.hash.is_some());
        rows.map(|row| (row.kind, row.bytes.is_some())).collect()
    };
    assert_eq!(
        own(&reply),
        [(row_kind::OWN, false), (row_kind::OWN, false)]
    );
    let reply = company.exchange(&mut kim, vec![]);
    assert_eq!(
        own(&reply),
        [(row_kind::CHANGE, true), (row_kind::OWN, false)]
    );
    let row = kim.feed("team:north").last().unwrap();
    let receipt = row.receipt.clone().unwrap();
    assert_eq!(
        (receipt.installation, receipt.received_at, row.group),
        (sam.id, company.now, Some(group.id))
    );
}

#[test]
fn the_first_row_of_a_reply_that_names_a_change_brings_it_and_causes_come_first() {
    let mut company = ExchangeFixture::new();
    let mut ann = company.owner();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "north");
    company.catch_up(&mut kim);
    let shared = |number, team: &str| {
        let mut placement = placement(number, DocumentKind::Promise, team);
        placement.people.insert(kim.person);
        placement
    };
    // Among what Kim reads anew, the promise begins late in the north and early in what is hers; it goes on
    // early there and late here.
    for number in [1, 2] {
        let group = sam.one(placement(number, DocumentKind::Account, "north"));
        company.exchange(&mut sam, vec![group]);
    }
    let begun = sam.one(shared(3, "north"));
    company.exchange(&mut sam, vec![begun]);
    for number in 4..8 {
        let group = ann.one(shared(number, "south"));
        company.exchange(&mut ann, vec![group]);
    }
    let more = sam.one(shared(3, "north"));
    company.exchange(&mut sam, vec![more]);

    let reply = company.exchange(&mut kim, vec![]);
    assert!(!reply.more);
    let rows = reply.pages.iter().flat_map(|page| &page.rows);
    let mut came = vec![];
    for row in rows.filter(|row| row.hash.is_some()) {
        let hash = row.hash.unwrap();
        assert_eq!(row.bytes.is_none(), came.contains(&hash), "{:?}", row.doc);
        let Some(bytes) = &row.bytes else { continue };
        let change = automerge::Change::from_bytes(bytes.to_vec()).unwrap();
        let mut deps = change.deps().iter();
        assert!(deps.all(|dep| came.contains(&Hash(dep.0))), "{:?}", row.doc);
        came.push(hash);
    }
    assert_eq!(came.len(), 8);
}

#[test]
fn a_lost_change_is_given_to_those_who_may_read_it() {
    let (mut company, sam, mut kim) = cast(1, 2);
    let mut stranger = company.technician("Lee", "south");
    company.catch_up(&mut kim);
    let hashes = sam.hashes("team:north");
    let mut request = kim.request(&company, vec![]);
    request.wants = vec![hashes[1], Hash([9; 32])];
    let reply = company.send(&kim, &request).unwrap();
    assert_eq!(reply.given.len(), 1);
    assert_eq!(reply.given[0].hash, Some(hashes[1]));
    assert!(reply.given[0].bytes.is_some() && reply.given[0].receipt.is_some());
    let mut request = stranger.request(&company, vec![]);
    request.wants = hashes;
    assert_eq!(company.send(&stranger, &request).unwrap().given, []);
}

#[test]
fn a_cursor_that_stands_on_no_row_of_this_feed_begins_anew() {
    let (mut company, _, mut kim) = cast(2, 1);
    company.exchange(&mut kim, vec![]);
    let (north, good) = kim
        .cursors
        .iter()
        .find(|(number, _)| kim.names[number] == "team:north")
        .map(|(number, cursor)| (*number, cursor.clone()))
        .unwrap();
    let wrong = [
        Cursor {
            epoch: good.epoch ^ 1,
            ..good.clone()
        },
        Cursor {
            seq: good.seq + 1,
            ..good.clone()
        },
        Cursor {
            seq: u64::MAX,
            ..good.clone()
        },
        Cursor {
            checksum: good.checksum ^ 1,
            ..good.clone()
        },
        Cursor {
            seq: 0,
            ..good.clone()
        },
    ];
    for cursor in wrong {
        let mut request = kim.request(&company, vec![]);
        request.cursors.retain(|cursor| cursor.scope != north);
        request.cursors.push(cursor);
        let reply = company.send(&kim, &request).unwrap();
        assert_eq!(shown(&reply), [(0, 4)]);
        assert_eq!(
            (reply.pages[0].epoch, &reply.pages[0].name),
            (good.epoch, &None)
        );
        kim.take(&reply);
    }
    // A restored server has another epoch, and says everything again.
    let organisation = company.organisation.id;
    company.log.set_epoch(organisation, north, 42).unwrap();
    let reply = company.exchange(&mut kim, vec![]);
    assert_eq!((shown(&reply), reply.pages[0].epoch), (vec![(0, 4)], 42));
    assert_eq!(company.exchange(&mut kim, vec![]).pages, []);
}

#[test]
fn an_empty_scope_that_begins_anew_is_said_as_well() {
    let mut company = ExchangeFixture::new();
    let mut kim = company.technician("Kim", "north");
    let log = company.log.write().unwrap();
    let scope = Scope::Team("north".parse().unwrap());
    let state = log
        .create_scope(company.organisation.id, &scope, 5)
        .unwrap();
    log.commit().unwrap();
    let reply = company.exchange(&mut kim, vec![]);
    assert_eq!(shown(&reply)[1], (0, 0));
    let mut request = kim.request(&company, vec![]);
    request.cursors.last_mut().unwrap().epoch = 4;
    let reply = company.send(&kim, &request).unwrap();
    assert_eq!(
        (reply.pages[0].scope, reply.pages[0].epoch),
        (state.number, 5)
    );
}

#[test]
fn a_scope_that_one_may_not_read_is_lost_and_nothing_of_it_is_shown() {
    let (mut company, sam, _) = cast(1, 1);
    let mut lee = company.phone("Lee", Some(Role::Sales), &["south"], &[]);
    let mut request = lee.request(&company, vec![]);
    request.cursors = sam.cursors.values().cloned().collect();
    let strange = Cursor {
        scope: 99,
        epoch: 0,
        seq: 0,
        checksum: 0,
    };
    request.cursors.push(strange);
    let reply = company.send(&lee, &request).unwrap();
    let north = sam
        .names
        .iter()
        .find(|(_, name)| *name == "team:north")
        .unwrap()
        .0;
    assert_eq!(reply.lost, [*north, 99]);
    assert!(reply.pages.iter().all(|page| page.scope == 1));
}

#[test]
fn a_long_document_that_is_shared_is_split_between_changes_and_comes_whole() {
    let mut company = ExchangeFixture::new();
    let mut sam = company.technician("Sam", "north");
    let mut kim = company.technician("Kim", "south");
    let text = "x".repeat(20_000);
    for _ in 0..5 {
        let change = sam.write_text(doc(1), &text);
        let group = sam.group(
            vec![change],
            vec![placement(1, DocumentKind::Promise, "north")],
        );
        company.exchange(&mut sam, vec![group]);
    }
    company.catch_up(&mut kim);
    let mut shared = placement(1, DocumentKind::Promise, "north");
    shared.people.insert(kim.person);
    let group = sam.one(shared);
    let reply = company.exchange(&mut sam, vec![group]);
    assert_eq!(codes(&reply.results[0].outcome), Vec::<u16>::new());
    let mut replies = 0;
    loop {
        let mut request = kim.request(&company, vec![]);
        request.page_bytes = 30_000;
        let reply = company.send(&kim, &request).unwrap();
        kim.take(&reply);
        replies += 1;
        if !reply.more {
            break;
        }
    }
    assert_eq!(replies, 5);
    let own = format!("p:{}", kim.person);
    assert_sound(kim.feed(&own));
    assert_eq!(kim.hashes(&own), sam.hashes("team:north"));
}
