//! The requirements on every implementation of the log, as one suite that each of them runs.

use kept_core::model::ids::{
    Actor, DocId, GroupId, Hash, InstallationId, OrganisationId, PersonId,
};
use kept_core::model::placement::{DocumentKind, Placement, Scope};
use kept_core::model::registry::{Colleague, Device, Presence, Role};
use kept_core::model::silence::SilenceEnded;
use kept_core::wire::{
    Group, ReasonCode, Receipt, SampleEnding, SampleLifetime, SampleRow, row_kind,
};

use super::*;

const BAKERY: OrganisationId = OrganisationId([1; 16]);
const DAIRY: OrganisationId = OrganisationId([2; 16]);
const NOBODY: InstallationId = InstallationId([0; 16]);

/// Runs the suite; `fresh` gives an empty log.
pub(crate) fn run(fresh: &mut dyn FnMut() -> Box<dyn Log>) {
    what_is_not_committed_never_was(&mut *fresh());
    feeds_are_dense_and_keep_their_checksums(&mut *fresh());
    documents_read_back_as_they_were_stored(&mut *fresh());
    a_slot_of_an_actor_is_taken_once(&mut *fresh());
    held_groups_stay_aside(&mut *fresh());
    people_and_devices_read_back(&mut *fresh());
    presence_is_told_by_version(&mut *fresh());
    silences_are_told_by_the_version_of_presence(&mut *fresh());
    samples_are_told_by_version_and_in_pieces(&mut *fresh());
    doors_open_by_what_was_stored(&mut *fresh());
    sessions_are_listed_noted_and_ended(&mut *fresh());
    push_addresses_are_kept_by_device_and_taken_back(&mut *fresh());
    nothing_crosses_organisations(&mut *fresh());
}

fn what_is_not_committed_never_was(log: &mut dyn Log) {
    {
        let dropped = log.write().unwrap();
        found(&*dropped, BAKERY);
    }
    assert_eq!(log.read().unwrap().organisation().unwrap(), None);
    let kept = log.write().unwrap();
    found(&*kept, BAKERY);
    kept.commit().unwrap();
    assert!(log.read().unwrap().organisation().unwrap().is_some());
}

fn feeds_are_dense_and_keep_their_checksums(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let company = log.create_scope(BAKERY, &Scope::Company, u64::MAX).unwrap();
    let ann = log
        .create_scope(BAKERY, &Scope::Person(PersonId([7; 16])), 5)
        .unwrap();
    assert_eq!((company.number, ann.number), (1, 2));
    let before = log.reserve(BAKERY, 1, 2).unwrap();
    assert_eq!(
        (before.head, before.checksum, before.epoch),
        (0, 0, u64::MAX)
    );
    // A checksum with the highest bit set must not lose it.
    let rows = [row(1, 1, u64::MAX - 1), row(2, 1, 3)];
    log.insert_rows(BAKERY, 1, &rows).unwrap();
    let before = log.reserve(BAKERY, 1, 1).unwrap();
    assert_eq!((before.head, before.checksum), (2, 3));
    log.insert_rows(BAKERY, 1, &[row(3, 3, 9)]).unwrap();
    let read = log.rows_after(BAKERY, 1, 1, 10, NOBODY).unwrap();
    let read: Vec<_> = read
        .into_iter()
        .map(|read| (read.row, read.change))
        .collect();
    assert_eq!(read, [(rows[1].clone(), None), (row(3, 3, 9), None)]);
    let length = |after, limit| {
        log.rows_after(BAKERY, 1, after, limit, NOBODY)
            .unwrap()
            .len()
    };
    assert_eq!([length(0, 1), length(0, 2), length(0, 9)], [1, 2, 3]);
    assert_eq!([length(3, 9), length(u64::MAX, 9)], [0, 0]);
    assert_eq!(log.checksum_at(BAKERY, 1, 1).unwrap(), Some(u64::MAX - 1));
    assert_eq!(log.checksum_at(BAKERY, 1, 2).unwrap(), Some(3));
    assert_eq!(log.checksum_at(BAKERY, 1, 0).unwrap(), None);
    assert_eq!(log.checksum_at(BAKERY, 1, 4).unwrap(), None);
    assert_eq!(log.checksum_at(BAKERY, 1, u64::MAX).unwrap(), None);
    let state = log.scope(BAKERY, &Scope::Company).unwrap().unwrap();
    assert_eq!((state.epoch, state.head, state.checksum), (u64::MAX, 3, 9));
    assert_eq!(log.scopes(BAKERY).unwrap(), [state, ann]);
    assert!(log.insert_rows(BAKERY, 1, &[row(3, 3, 9)]).is_err());
    assert!(log.reserve(BAKERY, 99, 1).is_err());
}

fn documents_read_back_as_they_were_stored(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    log.create_scope(BAKERY, &Scope::Company, 1).unwrap();
    assert!(log.insert_changes(BAKERY, &[change(1, 1)]).is_err());
    let mut placement = placement(1);
    log.put_placements(BAKERY, &[&placement]).unwrap();
    log.insert_changes(BAKERY, &[change(1, 1), change(1, 2)])
        .unwrap();
    placement.placement.people.insert(PersonId([9; 16]));
    placement.placement.parent = Some(DocId([8; 16]));
    (placement.parent_max_op, placement.parent_hash) = (4, Some(Hash([2; 32])));
    (placement.changes, placement.scopes) = (2, vec![7, 1]);
    log.put_placements(BAKERY, &[&placement]).unwrap();
    let hashes = log.change_hashes(BAKERY).unwrap();
    assert_eq!(
        (hashes.len(), log.change_hashes(DAIRY).unwrap().len()),
        (2, 0)
    );
    assert_eq!(
        log.placement(BAKERY, DocId([1; 16])).unwrap(),
        Some(placement)
    );
    assert_eq!(
        log.change(BAKERY, Hash([2; 32])).unwrap(),
        Some(change(1, 2))
    );
    assert_eq!(
        log.document_of(BAKERY, Hash([2; 32]))
            .unwrap()
            .map(|(doc, _)| doc),
        Some(DocId([1; 16]))
    );
    assert_eq!(log.change(BAKERY, Hash([3; 32])).unwrap(), None);
    let history: Vec<_> = log.history(BAKERY, DocId([1; 16])).unwrap();
    assert_eq!(
        history,
        [
            (Hash([1; 32]), GroupId([3; 16])),
            (Hash([2; 32]), GroupId([3; 16]))
        ]
    );
    let stored = change(1, 2);
    let of_change = |hash| FeedRow {
        kind: row_kind::CHANGE,
        doc: Some(stored.doc),
        hash: Some(hash),
        group: Some(stored.group),
        control: vec![],
        mac: None,
        ..row(1, 1, 5)
    };
    assert!(
        log.insert_rows(BAKERY, 1, &[of_change(Hash([9; 32]))])
            .is_err()
    );
    log.insert_rows(BAKERY, 1, &[of_change(stored.hash)])
        .unwrap();
    let read = |reader| {
        let read = log.rows_after(BAKERY, 1, 0, 1, reader).unwrap().remove(0);
        assert_eq!(read.row, of_change(stored.hash));
        read.change
    };
    let (bytes, receipt) = (stored.bytes.clone(), stored.receipt.clone());
    assert_eq!(read(NOBODY), Some((bytes, receipt.clone())));
    assert_eq!(read(receipt.installation), Some((vec![], receipt)));
}

fn a_slot_of_an_actor_is_taken_once(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    log.create_scope(BAKERY, &Scope::Company, 1).unwrap();
    log.put_placements(BAKERY, &[&placement(1)]).unwrap();
    log.insert_changes(BAKERY, &[change(1, 1)]).unwrap();
    let at = |seq| {
        log.change_at(BAKERY, DocId([1; 16]), Actor([5; 16]), seq)
            .unwrap()
    };
    assert_eq!((at(1), at(2)), (Some(Hash([1; 32])), None));
    let mut other = change(1, 1);
    other.hash = Hash([44; 32]);
    assert!(log.insert_changes(BAKERY, &[other]).is_err());
    let mut again = change(1, 2);
    again.hash = Hash([1; 32]);
    assert!(log.insert_changes(BAKERY, &[again]).is_err());
}

fn held_groups_stay_aside(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let held = HeldGroup {
        group: Group {
            id: GroupId([3; 16]),
            changes: vec![],
            places: vec![],
        },
        installation: InstallationId([4; 16]),
        received_at: 10,
        reasons: vec![ReasonCode::MayNotWrite.about(None, "no")],
    };
    let change = HeldChange {
        hash: Hash([1; 32]),
        doc: DocId([1; 16]),
        actor: Actor([5; 16]),
        seq: 1,
        group: GroupId([3; 16]),
    };
    assert!(!log.holds_any(BAKERY).unwrap());
    log.insert_held(BAKERY, &held, std::slice::from_ref(&change))
        .unwrap();
    assert_eq!(
        (
            log.holds_any(BAKERY).unwrap(),
            log.holds_any(DAIRY).unwrap()
        ),
        (true, false)
    );
    assert_eq!(
        log.held_change(BAKERY, Hash([1; 32])).unwrap(),
        Some(change)
    );
    assert_eq!(
        log.held_group(BAKERY, GroupId([3; 16])).unwrap(),
        Some(held.clone())
    );
    assert_eq!(log.held_groups(BAKERY).unwrap(), [held]);
    // A held change keeps its slot, so that accepting it later cannot fail on that.
    let at = log
        .change_at(BAKERY, DocId([1; 16]), Actor([5; 16]), 1)
        .unwrap();
    assert_eq!(at, Some(Hash([1; 32])));
    assert_eq!(log.document_of(BAKERY, Hash([1; 32])).unwrap(), None);
}

fn people_and_devices_read_back(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let mut ann = colleague(1);
    log.put_colleague(BAKERY, &ann).unwrap();
    ann.to = Some(99);
    log.put_colleague(BAKERY, &ann).unwrap();
    assert_eq!(log.colleagues(BAKERY).unwrap(), [ann.clone()]);
    assert_eq!(log.colleague(BAKERY, ann.id).unwrap(), Some(ann));
    let mut phone = device(1);
    log.put_device(BAKERY, &phone).unwrap();
    phone.actors.push(Actor([6; 16]));
    log.put_device(BAKERY, &phone).unwrap();
    assert_eq!(log.device(phone.id).unwrap(), Some((BAKERY, phone.clone())));
    assert_eq!(log.actor(BAKERY, Actor([6; 16])).unwrap(), Some(phone.id));
    assert_eq!(log.devices(BAKERY).unwrap(), [phone.clone()]);
    let mut thief = device(2);
    thief.actors = phone.actors.clone();
    assert!(log.put_device(BAKERY, &thief).is_err());
    log.release_actor(BAKERY, Actor([6; 16])).unwrap();
    assert_eq!(log.actor(BAKERY, Actor([6; 16])).unwrap(), None);
    let bound = log.actor(BAKERY, phone.actors[0]).unwrap();
    assert_eq!(bound, Some(phone.id), "another actor stays bound");
    let pair = TicketPair {
        prev: None,
        next: [3; 16],
    };
    assert_eq!(log.tickets(BAKERY, phone.id).unwrap(), None);
    log.put_tickets(BAKERY, phone.id, pair).unwrap();
    let pair = TicketPair {
        prev: Some([3; 16]),
        next: [4; 16],
    };
    log.put_tickets(BAKERY, phone.id, pair).unwrap();
    assert_eq!(log.tickets(BAKERY, phone.id).unwrap(), Some(pair));
}

fn silences_are_told_by_the_version_of_presence(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let heard = Presence {
        installation: InstallationId([1; 16]),
        heard: 10,
        clear_through: Some(9),
        open: vec![],
        closed: false,
    };
    let ended = |at| SilenceEnded {
        installation: InstallationId([1; 16]),
        at,
        before: vec![heard.clone()],
    };
    log.put_silence(BAKERY, &ended(50)).unwrap();
    log.put_presence(BAKERY, &heard).unwrap();
    log.put_silence(BAKERY, &ended(90)).unwrap();
    let all = vec![ended(50), ended(90)];
    assert_eq!(log.silences_since(BAKERY, 0).unwrap(), all);
    assert_eq!(log.silences_since(BAKERY, 1).unwrap(), [ended(90)]);
    assert_eq!(log.silences_since(BAKERY, 3).unwrap(), []);
    assert_eq!(log.silences_since(BAKERY, 9).unwrap(), all);
    assert_eq!(log.presence_since(BAKERY, 3).unwrap(), (vec![], 3));
}

fn presence_is_told_by_version(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let heard = |device: u8, heard| Presence {
        installation: InstallationId([device; 16]),
        heard,
        clear_through: None,
        open: vec![DocId([device; 16])],
        closed: false,
    };
    for presence in [heard(1, 10), heard(2, 20), heard(1, 30)] {
        log.put_presence(BAKERY, &presence).unwrap();
    }
    let all = vec![heard(2, 20), heard(1, 30)];
    assert_eq!(log.presence_since(BAKERY, 0).unwrap(), (all.clone(), 3));
    assert_eq!(
        log.presence_since(BAKERY, 2).unwrap(),
        (vec![heard(1, 30)], 3)
    );
    assert_eq!(log.presence_since(BAKERY, 3).unwrap(), (vec![], 3));
    // A version from a log that was lost since.
    assert_eq!(log.presence_since(BAKERY, 9).unwrap(), (all, 3));
    assert_eq!(
        log.presence(BAKERY, InstallationId([1; 16])).unwrap(),
        Some(heard(1, 30))
    );
}

fn samples_are_told_by_version_and_in_pieces(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    found(&*log, DAIRY);
    let none = SamplesPage {
        rows: vec![],
        version: 0,
        more: false,
    };
    assert_eq!(log.samples_since(BAKERY, 0, 9).unwrap(), none);
    log.put_samples(BAKERY, &[sample(1, 10), sample(2, 20)])
        .unwrap();
    log.put_samples(BAKERY, &[sample(3, 30), sample(1, 40)])
        .unwrap();
    let since = |version, limit| log.samples_since(BAKERY, version, limit).unwrap();
    let page = |rows: &[SampleRow], version, more| SamplesPage {
        rows: rows.to_vec(),
        version,
        more,
    };
    // The row that changed stands at its new version alone.
    assert_eq!(since(0, 2), page(&[sample(2, 20), sample(3, 30)], 3, true));
    assert_eq!(since(3, 2), page(&[sample(1, 40)], 4, false));
    assert_eq!(since(4, 2), page(&[], 4, false));
    // A version from a log that was lost since.
    assert_eq!(since(9, 1), page(&[sample(2, 20)], 2, true));
    let gone = SampleRow {
        life: None,
        ..sample(2, 20)
    };
    log.put_samples(BAKERY, std::slice::from_ref(&gone))
        .unwrap();
    assert_eq!(since(4, 9), page(std::slice::from_ref(&gone), 5, false));
    assert_eq!(
        log.sample(BAKERY, DocId([2; 16])).unwrap(),
        Some(gone.clone())
    );
    assert_eq!(log.sample(DAIRY, DocId([2; 16])).unwrap(), None);
    assert_eq!(log.samples_since(DAIRY, 0, 9).unwrap(), none);
    assert!(
        log.put_samples(OrganisationId([9; 16]), &[sample(1, 1)])
            .is_err()
    );
}

fn doors_open_by_what_was_stored(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let mut invitation = InvitationRecord {
        id: [1; 8],
        secret_hash: [2; 32],
        person: PersonId([3; 16]),
        expires: 100,
        used_at: None,
        redeemed: None,
    };
    log.put_invitation(BAKERY, &invitation).unwrap();
    assert_eq!(
        log.invitation([1; 8]).unwrap(),
        Some((BAKERY, invitation.clone()))
    );
    let device = device(4);
    assert_eq!(log.redeemed(device.id).unwrap(), None);
    for proof_hash in [Some([6; 32]), None] {
        let redemption = Redemption {
            proof_hash,
            device: device.clone(),
        };
        invitation.redeemed = Some(redemption);
        log.put_invitation(BAKERY, &invitation).unwrap();
        let known = Some((BAKERY, invitation.clone()));
        assert_eq!(log.invitation([1; 8]).unwrap(), known);
        assert_eq!(log.redeemed(device.id).unwrap(), known);
    }
    assert_eq!(log.device(device.id).unwrap(), None);
    invitation.used_at = Some(50);
    log.put_invitation(BAKERY, &invitation).unwrap();
    assert_eq!(log.invitation([1; 8]).unwrap(), Some((BAKERY, invitation)));
    assert_eq!(log.invitation([9; 8]).unwrap(), None);
    let mut link = SignInLink {
        secret_hash: [4; 32],
        person: PersonId([3; 16]),
        expires: 100,
        used_at: None,
    };
    log.put_sign_in(BAKERY, &link).unwrap();
    link.used_at = Some(50);
    log.put_sign_in(BAKERY, &link).unwrap();
    assert_eq!(log.sign_in([4; 32]).unwrap(), Some((BAKERY, link)));
}

fn sessions_are_listed_noted_and_ended(log: &mut dyn Log) {
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    found(&*log, DAIRY);
    let session = |number: u8, person: u8, expires| Session {
        secret_hash: [number; 32],
        person: PersonId([person; 16]),
        expires,
        since: i64::from(number),
        used: i64::from(number),
        address: "10.0.0.1".into(),
        browser: "Firefox, Linux".into(),
    };
    let all = [session(1, 7, 90), session(2, 8, 90), session(3, 7, 40)];
    for kept in &all {
        log.put_session(BAKERY, kept).unwrap();
    }
    log.put_session(DAIRY, &session(9, 7, 90)).unwrap();
    assert_eq!(
        log.session([2; 32]).unwrap(),
        Some((BAKERY, all[1].clone()))
    );
    let listed = |log: &dyn Transaction| log.sessions(BAKERY).unwrap();
    let newest_first = [all[2].clone(), all[1].clone(), all[0].clone()];
    assert_eq!(listed(&*log), newest_first);
    let used = Session {
        used: 60,
        address: "10.0.0.2".into(),
        ..all[0].clone()
    };
    log.put_session(BAKERY, &used).unwrap();
    assert_eq!(log.session([1; 32]).unwrap(), Some((BAKERY, used)));
    for ended in [[1; 32], [3; 32]] {
        log.remove_session(ended).unwrap();
        assert_eq!(log.session(ended).unwrap(), None);
    }
    let link = SignInLink {
        secret_hash: [5; 32],
        person: PersonId([7; 16]),
        expires: 90,
        used_at: None,
    };
    log.put_sign_in(BAKERY, &link).unwrap();
    log.remove_sign_ins_of(DAIRY, link.person).unwrap();
    assert!(log.sign_in([5; 32]).unwrap().is_some());
    log.remove_sign_ins_of(BAKERY, link.person).unwrap();
    assert_eq!(
        log.sign_in([5; 32]).unwrap(),
        None,
        "links are taken back as well"
    );
    assert_eq!(listed(&*log), [all[1].clone()]);
    assert_eq!(log.sessions(DAIRY).unwrap().len(), 1);
    log.remove_session([2; 32]).unwrap();
    log.remove_session([2; 32]).unwrap();
    assert_eq!(listed(&*log), []);
}

fn nothing_crosses_organisations(log: &mut dyn Log) {
    let log = log.write().unwrap();
    for organisation in [BAKERY, DAIRY] {
        found(&*log, organisation);
        log.create_scope(organisation, &Scope::Company, 1).unwrap();
    }
    log.put_placements(BAKERY, &[&placement(1)]).unwrap();
    log.insert_changes(BAKERY, &[change(1, 1)]).unwrap();
    log.insert_rows(BAKERY, 1, &[row(1, 1, 5)]).unwrap();
    log.put_colleague(BAKERY, &colleague(1)).unwrap();
    assert_eq!(log.change(DAIRY, Hash([1; 32])).unwrap(), None);
    assert_eq!(log.placement(DAIRY, DocId([1; 16])).unwrap(), None);
    assert_eq!(log.rows_after(DAIRY, 1, 0, 9, NOBODY).unwrap(), []);
    assert_eq!(log.colleagues(DAIRY).unwrap(), []);
    assert_eq!(log.scopes(DAIRY).unwrap()[0].checksum, 0);
}

fn found(log: &dyn Transaction, id: OrganisationId) {
    let organisation = Organisation {
        id,
        name: "Bakery".into(),
        created: 1,
    };
    log.insert_organisation(&organisation).unwrap();
}

pub(crate) fn sample(promise: u8, start: i64) -> SampleRow {
    SampleRow {
        promise: DocId([promise; 16]),
        life: Some(SampleLifetime {
            kind: "delivery".into(),
            performer: Some(PersonId([7; 16])),
            team: Some("north".parse().unwrap()),
            working_time: false,
            start,
            exit: None,
            ending: SampleEnding::Open,
            received_at: None,
        }),
    }
}

fn row(seq: u64, unit: u64, checksum: u64) -> FeedRow {
    FeedRow {
        seq,
        unit,
        kind: row_kind::REGISTRY,
        doc: None,
        hash: None,
        group: None,
        control: vec![1, 2],
        mac: Some([3; 16]),
        checksum,
    }
}

fn placement(doc: u8) -> StoredPlacement {
    StoredPlacement {
        size: None,
        placement: Placement::new(DocId([doc; 16]), DocumentKind::Account),
        author: PersonId([1; 16]),
        parent_max_op: 0,
        parent_hash: None,
        changes: 0,
        scopes: vec![],
    }
}

fn push_addresses_are_kept_by_device_and_taken_back(log: &mut dyn Log) {
    let (ann, sam) = (PersonId([1; 16]), PersonId([2; 16]));
    let (phone, tablet) = (InstallationId([5; 16]), InstallationId([6; 16]));
    let log = log.write().unwrap();
    found(&*log, BAKERY);
    let put = |device, address| log.put_push_address(BAKERY, device, address).unwrap();
    put((phone, ann), "one");
    put((tablet, ann), "two");
    put((phone, ann), "three");
    let kept = |person| log.push_addresses(BAKERY, person).unwrap();
    assert_eq!(
        kept(ann),
        [(phone, "three".to_owned()), (tablet, "two".to_owned())]
    );
    assert_eq!(kept(sam), []);
    put((tablet, sam), "two");
    put((phone, ann), "");
    put((phone, ann), "");
    assert_eq!(
        (kept(ann), kept(sam).len()),
        (vec![], 1),
        "a tablet that was handed on"
    );
}

fn change(doc: u8, seq: u8) -> StoredChange {
    StoredChange {
        doc: DocId([doc; 16]),
        hash: Hash([seq; 32]),
        actor: Actor([5; 16]),
        seq: seq.into(),
        max_op: 1,
        bytes: vec![seq; 3],
        receipt: Receipt {
            installation: InstallationId([4; 16]),
            received_at: 12,
            mac: [6; 16].into(),
        },
        group: GroupId([3; 16]),
    }
}

fn colleague(id: u8) -> Colleague {
    Colleague {
        id: PersonId([id; 16]),
        name: "Ann".into(),
        role: Role::Owner,
        teams: vec!["north".parse().unwrap()],
        pools: vec![],
        from: 1,
        to: None,
    }
}

fn device(id: u8) -> Device {
    Device {
        id: InstallationId([id; 16]),
        person: PersonId([1; 16]),
        label: "phone".into(),
        actors: vec![Actor([id; 16])],
        push: None,
        enrolled: 1,
        revoked: None,
        server: false,
    }
}
