//! A lost phone: dead at once, and for good.

use super::*;
use crate::enrol::PersonChange;

fn sync(bakery: &Bakery, token: &str, next: u8) -> HttpAnswer {
    bakery.post("/v1/sync", token, &wire::pack(&request(next)).unwrap())
}

fn listen(bakery: &Bakery, token: &str) -> TcpStream {
    let mut stream = bakery.connect();
    let head =
        format!("GET /v1/poke HTTP/1.1\r\nhost: kept\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    read_until(&mut stream, "event: heads");
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_phone_is_dead_at_once_and_stays_so() {
    let mut bakery = bakery().await;
    let signed_out = (401, problem::SIGNED_OUT.to_owned());
    let lost = bakery.sam();
    let reply: JoinReply = wire::unpack(&bakery.join(&bakery.invite_sam(), 2).body).unwrap();
    let other = reply.token;
    for token in [&lost, &other] {
        assert_eq!(sync(&bakery, token, 1).status, 200);
    }
    let mut stream = listen(&bakery, &lost);
    let lost_device = bakery.server.state().verify_token(&lost).unwrap();
    // Another process does it, as the command line does.
    let beside = ServerState::open(bakery.folder.path(), bakery.environment.clone()).unwrap();
    let revoked = beside.revoke_device(lost_device).unwrap();
    let device = revoked.device;
    assert_eq!((revoked.owner.as_str(), device.id), ("Sam", lost_device));
    assert!(!revoked.was_revoked);
    assert!(device.revoked.is_some());
    assert_eq!(sync(&bakery, &lost, 2).problem(), signed_out);
    // Its stream ends.
    read_until(&mut stream, "0\r\n\r\n");
    // Nothing of a body is read: this one never comes.
    let mut waits = bakery.connect();
    let head = head("/v1/sync", &lost, 4_000_000);
    waits.write_all(head.as_bytes()).unwrap();
    assert_eq!(answer(waits).problem(), signed_out);
    assert_eq!(sync(&bakery, &other, 2).status, 200);
    // Its owner leaves and comes back.
    let state = bakery.server.state();
    for works_here in [false, true] {
        bakery.environment.advance(1_000);
        let change = PersonChange {
            works_here: Some(works_here),
            ..PersonChange::default()
        };
        state.change_person("Sam", &change).unwrap();
        assert_eq!(sync(&bakery, &lost, 2).problem(), signed_out);
    }
    assert_eq!(sync(&bakery, &other, 3).status, 200);
    bakery.server.shutdown().await;
    bakery.server = start(bakery.folder.path(), bakery.environment.clone()).await;
    assert_eq!(sync(&bakery, &lost, 2).problem(), signed_out);
    let again = bakery.server.state().revoke_device(lost_device).unwrap();
    assert!(again.was_revoked);
    assert_eq!(again.device.revoked, device.revoked, "once is enough");
    bakery.server.shutdown().await;
}
