//! Golden files of every message, and what a body must survive.

use std::collections::BTreeSet;
use std::io::Write;

use super::*;
use crate::limits;
use crate::model::ids::{FileHash, PersonId, Team};
use crate::model::placement::DocumentKind;
use crate::model::registry::{Device, RegistryRow, Role};
use crate::model::silence::SilenceEnded;
use crate::testing::golden;

fn ticket(byte: u8) -> Ticket {
    [byte; 16].into()
}

fn team() -> Team {
    "north".parse().unwrap()
}

fn placement() -> Placement {
    Placement {
        doc: DocId([1; 16]),
        kind: DocumentKind::Promise,
        team: Some(team()),
        parent: Some(DocId([2; 16])),
        people: BTreeSet::from([PersonId([3; 16])]),
        pools: BTreeSet::from([team()]),
        files: BTreeSet::from([FileHash([4; 32])]),
    }
}

fn receipt() -> Receipt {
    Receipt {
        installation: InstallationId([5; 16]),
        received_at: 1_795_348_800_000,
        mac: ticket(6),
    }
}

fn colleague() -> Colleague {
    Colleague {
        id: PersonId([3; 16]),
        name: "Ann".into(),
        role: Role::Office,
        teams: vec![team()],
        pools: vec![team()],
        from: 1,
        to: Some(2),
    }
}

fn request() -> Request {
    let change = Change {
        doc: DocId([1; 16]),
        hash: Hash([7; 32]),
        bytes: vec![8, 9].into(),
        parent: Some(DocId([2; 16])),
        receipt: Some(receipt()),
    };
    Request {
        version: 1,
        prev: Some(ticket(1)),
        next: ticket(2),
        actors: vec![Actor([10; 16])],
        cursors: vec![Cursor {
            scope: 1,
            epoch: u64::MAX,
            seq: 300,
            checksum: 4,
        }],
        groups: vec![Group {
            id: GroupId([11; 16]),
            changes: vec![change],
            places: vec![placement()],
        }],
        whole: true,
        as_of: Some(1_795_348_800_000),
        presence_version: 5,
        samples_version: 6,
        wants: vec![Hash([12; 32])],
        open: vec![DocId([1; 16])],
        page_bytes: 65_536,
        push: None,
    }
}

fn reply() -> Reply {
    let reasons = vec![ReasonCode::MayNotWrite.about(Some(Hash([7; 32])), "team:west")];
    let outcomes = [
        GroupOutcome::Stored,
        GroupOutcome::Already,
        GroupOutcome::MissingDeps(vec![Hash([13; 32])]),
        GroupOutcome::Held(reasons.clone()),
        GroupOutcome::Refused(reasons),
    ];
    let row = |seq, kind| Row {
        seq,
        kind,
        doc: Some(DocId([1; 16])),
        hash: Some(Hash([7; 32])),
        bytes: Some(vec![8, 9].into()),
        receipt: Some(receipt()),
        group: Some(GroupId([11; 16])),
        control: Some(
            minicbor::to_vec(Entered {
                placement: placement(),
                rows: 1,
            })
            .unwrap()
            .into(),
        ),
        mac: Some(ticket(9)),
    };
    Reply {
        version: 1,
        min_version: 1,
        max_version: 1,
        echo: ticket(2),
        forked: true,
        results: outcomes
            .into_iter()
            .map(|outcome| GroupResult {
                id: GroupId([11; 16]),
                outcome,
            })
            .collect(),
        pages: vec![Page {
            scope: 1,
            name: Some("company".into()),
            epoch: 9,
            after: 0,
            rows: vec![row(1, row_kind::ENTERED), row(2, row_kind::CHANGE)],
            checksum: 3,
            head: 2,
        }],
        lost: vec![4],
        digest: digest([(1, 9, 2, 3)]),
        presence: vec![Presence {
            installation: InstallationId([5; 16]),
            heard: 1,
            clear_through: Some(2),
            open: vec![DocId([1; 16])],
            closed: false,
        }],
        presence_version: 5,
        samples: vec![vec![1].into()],
        samples_version: 6,
        server_time: 1_795_348_800_000,
        more: true,
        given: vec![row(0, row_kind::CHANGE)],
        silences: vec![SilenceEnded {
            installation: InstallationId([5; 16]),
            at: 3_000_000_000,
            before: vec![Presence {
                installation: InstallationId([5; 16]),
                heard: 1,
                clear_through: None,
                open: vec![],
                closed: false,
            }],
        }],
        push: None,
    }
}

fn sample(life: Option<SampleLifetime>) -> SampleRow {
    SampleRow {
        promise: DocId([1; 16]),
        life,
    }
}

fn check<T: Encode<()> + for<'b> Decode<'b, ()> + PartialEq + std::fmt::Debug>(
    name: &str,
    message: &T,
) {
    let bytes = minicbor::to_vec(message).unwrap();
    golden(&format!("wire/{name}"), &bytes);
    assert_eq!(minicbor::decode::<T>(&bytes).as_ref().unwrap(), message);
}

#[test]
fn every_message_stays_as_it_is_on_the_wire() {
    check("request", &request());
    check("reply", &reply());
    let push = Some("https://push.example/1".to_owned());
    check(
        "request-push",
        &Request {
            push: push.clone(),
            ..request()
        },
    );
    check("reply-push", &Reply { push, ..reply() });
    check("sample", &sample(None));
    let life = SampleLifetime {
        kind: "delivery".into(),
        performer: Some(PersonId([3; 16])),
        team: Some(team()),
        working_time: true,
        start: 1_795_348_800_000,
        exit: Some(1_795_348_900_000),
        ending: SampleEnding::Fulfilled,
        received_at: Some(1_795_349_000_000),
    };
    check("sample-fulfilled", &sample(Some(life.clone())));
    let censored = SampleLifetime {
        ending: SampleEnding::Censored,
        received_at: None,
        ..life.clone()
    };
    check("sample-censored", &sample(Some(censored)));
    let open = SampleLifetime {
        performer: None,
        team: None,
        working_time: false,
        exit: None,
        ending: SampleEnding::Open,
        received_at: None,
        ..life
    };
    check("sample-open", &sample(Some(open)));
    check(
        "entered",
        &Entered {
            placement: placement(),
            rows: 3,
        },
    );
    check("colleague", &RegistryRow::Colleague(colleague()));
    check(
        "device",
        &RegistryRow::Device(Device {
            id: InstallationId([5; 16]),
            person: PersonId([3; 16]),
            label: "Ann’s phone".into(),
            actors: vec![Actor([10; 16])],
            push: Some("https://push.example/1".into()),
            enrolled: 1,
            revoked: Some(2),
            server: false,
        }),
    );
    check(
        "join-request",
        &JoinRequest {
            version: 1,
            code: "AB.CD".into(),
            label: "phone".into(),
            actors: vec![Actor([10; 16])],
            proof: None,
        },
    );
    check(
        "join-request-proof",
        &JoinRequest {
            version: 1,
            code: "AB.CD".into(),
            label: "phone".into(),
            actors: vec![Actor([10; 16])],
            proof: Some([7; 32].into()),
        },
    );
    check(
        "renewal-request",
        &RenewalRequest {
            version: 1,
            label: "phone".into(),
            actor: Actor([10; 16]),
            proof: [7; 32].into(),
        },
    );
    check(
        "join-reply",
        &JoinReply {
            version: 1,
            organisation: OrganisationId([14; 16]),
            organisation_name: "Bäckerei Süß".into(),
            colleague: colleague(),
            installation: InstallationId([5; 16]),
            token: "kept1.x.y".into(),
            server_time: 1,
        },
    );
    check(
        "problem",
        &Problem {
            version: 1,
            code: problem::SIGNED_OUT.into(),
            detail: String::new(),
        },
    );
}

#[test]
fn a_key_that_a_newer_version_adds_is_ignored() {
    let mut bytes = minicbor::to_vec(Cursor {
        scope: 1,
        epoch: 2,
        seq: 3,
        checksum: 4,
    })
    .unwrap();
    assert_eq!(bytes[0], 0xa4);
    bytes[0] = 0xa5;
    bytes.extend([0x18, 0x63, 0x82, 0x01, 0x02]);
    assert_eq!(minicbor::decode::<Cursor>(&bytes).unwrap().seq, 3);
}

#[test]
fn a_body_cut_short_or_swollen_is_refused_whole() {
    let body = pack(&request()).unwrap();
    assert_eq!(unpack::<Request>(&body).unwrap(), request());
    for length in 0..body.len() {
        assert!(
            matches!(
                unpack::<Request>(&body[..length]),
                Err(WireError::Garbled(_))
            ),
            "{length}"
        );
    }
    let bomb = zstd::bulk::compress(&vec![0; limits::INFLATED_BYTES + 1], 3).unwrap();
    assert!(bomb.len() < 10_000);
    assert_eq!(
        unpack::<Request>(&bomb),
        Err(WireError::TooLarge(limits::INFLATED_BYTES))
    );
    // Without its size, which a stream does not know when it begins, its length could not be known beforehand.
    let plain = minicbor::to_vec(request()).unwrap();
    let mut stream = zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
    stream.write_all(&plain).unwrap();
    stream.flush().unwrap();
    let streamed = stream.finish().unwrap();
    assert!(matches!(
        unpack::<Request>(&streamed),
        Err(WireError::Garbled(_))
    ));
    let twice = [&body[..], &body[..]].concat();
    assert!(matches!(
        unpack::<Request>(&twice),
        Err(WireError::Garbled(_))
    ));
    assert_eq!(
        unpack::<Request>(&vec![0; limits::BODY_BYTES + 1]),
        Err(WireError::TooLarge(limits::BODY_BYTES))
    );
    let followed = [plain, vec![0]].concat();
    assert!(unpack::<Request>(&zstd::bulk::compress(&followed, 3).unwrap()).is_err());
}

#[test]
fn a_flipped_bit_is_never_taken_for_another_message_and_never_for_a_refusal() {
    let body = pack(&request()).unwrap();
    for bit in 0..body.len() * 8 {
        let mut flipped = body.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match unpack::<Request>(&flipped) {
            Ok(read) => assert_eq!(read, request(), "bit {bit}"),
            Err(WireError::Garbled(_) | WireError::TooLarge(_)) => {}
            Err(other) => panic!("bit {bit}: {other}"),
        }
    }
}

#[test]
fn a_body_without_a_checksum_is_read_as_well() {
    let plain = minicbor::to_vec(request()).unwrap();
    let old = zstd::bulk::compress(&plain, 3).unwrap();
    assert_eq!(unpack::<Request>(&old).unwrap(), request());
}

#[test]
fn reasons_keep_their_numbers() {
    for number in 0..100 {
        assert_eq!(ReasonCode::from_number(number).number(), number);
    }
}

#[test]
fn a_body_inflates_to_no_more_than_is_taken_there() {
    let plain = minicbor::to_vec(Problem {
        version: 1,
        code: "unavailable".into(),
        detail: "x".repeat(5_000),
    })
    .unwrap();
    let packed = zstd::bulk::compress(&plain, 3).unwrap();
    assert!(unpack_limited::<Problem>(&packed, plain.len()).is_ok());
    assert_eq!(
        unpack_limited::<Problem>(&packed, plain.len() - 1),
        Err(WireError::TooLarge(plain.len() - 1))
    );
}

#[test]
fn a_body_is_one_frame() {
    let plain = minicbor::to_vec(Problem {
        version: 1,
        code: "unavailable".into(),
        detail: String::new(),
    })
    .unwrap();
    let frame = zstd::bulk::compress(&plain, 3).unwrap();
    assert!(unpack::<Problem>(&frame).is_ok());
    let empty = zstd::bulk::compress(&[], 3).unwrap();
    // A frame that decoders skip: its magic number, its length, and that many bytes.
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0][..], b"junk"].concat();
    let bomb = zstd::bulk::compress(&vec![0; limits::INFLATED_BYTES], 3).unwrap();
    for more in [&frame, &empty, &skipped, &bomb, &vec![0]] {
        let followed = [&frame[..], more].concat();
        assert!(unpack::<Problem>(&followed).is_err());
        let preceded = [&more[..], &frame].concat();
        assert!(unpack::<Problem>(&preceded).is_err());
    }
}
