//! Invitations that strangers send: small, counted, and never expanded beyond their limit.

use super::*;

/// A request to join whose actors inflate to a given size.
fn bomb(code: &str, inflated: usize) -> Vec<u8> {
    let request = JoinRequest {
        version: limits::PROTOCOL,
        code: code.into(),
        label: "phone".into(),
        proof: None,
        actors: vec![Actor([7; 16]); inflated / 17],
    };
    wire::pack(&request).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_stranger_sends_is_small_and_inflates_to_little() {
    let bakery = bakery().await;
    let code = bakery.invite_sam();
    let too_large = (413, problem::TOO_LARGE.to_owned());
    // Some 1.5 kB, which are 16 MB of actors.
    let packed_message = bomb(&code, 15 * 1024 * 1024);
    assert!(
        packed_message.len() < limits::JOIN_BODY_BYTES,
        "{}",
        packed_message.len()
    );
    let told = bakery.post("/v1/join", "", &packed_message);
    let problem: Problem = wire::unpack(&told.body).unwrap();
    assert_eq!(told.problem(), too_large);
    assert_eq!(problem.detail, "the message is larger than 16384 bytes");
    let just_over = bomb(&code, limits::JOIN_INFLATED_BYTES + 100);
    assert_eq!(bakery.post("/v1/join", "", &just_over).problem(), too_large);
    let long = vec![0; limits::JOIN_BODY_BYTES + 1];
    assert_eq!(bakery.post("/v1/join", "", &long).problem(), too_large);
    // Without a length that could be believed.
    let mut stream = bakery.connect();
    let head = "POST /v1/join HTTP/1.1\r\nhost: kept\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    for _ in 0..3 {
        let _ = stream.write_all(format!("7d0\r\n{}\r\n", "x".repeat(2000)).as_bytes());
    }
    assert_eq!(answer(stream).problem(), too_large);
    // Nothing of it used the invitation up.
    assert_eq!(bakery.join(&code, 1).status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_guesses_codes_is_told_to_wait_and_keeps_nobody_out() {
    let bakery = bakery().await;
    let code = bakery.invite_sam();
    for _ in 0..20 {
        assert_eq!(bakery.join("wrong", 1).status, 404);
    }
    let told = bakery.join("wrong", 1);
    assert_eq!(told.status, 429);
    assert!(told.headers.contains("retry-after: 60"), "{}", told.headers);
    // Behind a proxy everybody comes from one address.
    assert_eq!(bakery.join(&code, 1).status, 200);
    bakery.environment.advance(60_000);
    assert_eq!(bakery.join("wrong", 1).status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_to_join_is_a_try() {
    let bakery = bakery().await;
    let body = wire::pack(&request(1)).unwrap();
    let sent: [(&[u8], u16); 5] = [
        (b"", 400),
        (b"not zstd", 400),
        (&body[..5], 400),
        (&[0; limits::JOIN_BODY_BYTES + 1], 413),
        (&bomb("wrong", limits::JOIN_INFLATED_BYTES * 2), 413),
    ];
    for (body, status) in sent.iter().cycle().take(20) {
        assert_eq!(bakery.post("/v1/join", "", body).status, *status);
    }
    for (body, _) in sent {
        assert_eq!(bakery.post("/v1/join", "", body).status, 429);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_joins_uses_no_try_up() {
    let bakery = bakery().await;
    for actor in 1..=30 {
        assert_eq!(bakery.join(&bakery.invite_sam(), actor).status, 200);
    }
    assert_eq!(bakery.join("wrong", 1).status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joins_and_secrets_that_do_not_fit_leave_a_line() {
    let bakery = bakery().await;
    let token = bakery.sam();
    bakery.join("wrong", 2);
    bakery.post("/v1/sync", "kept1.forged.00", b"");
    let lines = bakery.server.state().audit().lines(0).unwrap();
    let text: Vec<String> = lines.iter().map(|line| line.text()).collect();
    assert!(
        text[0].contains("joined  by \"Sam\" from 127.0.0.1"),
        "{text:?}"
    );
    assert!(text[0].contains("label: \"Sam's phone\""), "{text:?}");
    assert!(
        text[1].contains("join-failed  by \"nobody known\""),
        "{text:?}"
    );
    assert!(text[1].contains("reason: \"invite-wrong\""), "{text:?}");
    assert!(text[2].contains("token-failed"), "{text:?}");
    let file = std::fs::read_to_string(bakery.folder.path().join("audit.log")).unwrap();
    assert!(!file.contains(&token) && !file.contains("forged"), "{file}");
}
