//! Bodies that are not what they should be: nothing of them is stored, and nothing unsent is lost.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use kept_core::limits;
use kept_core::notebook::{KeptError, SecretStore, TOKEN};
use kept_core::sync::endpoint::{Endpoint, ServerTrust};
use kept_core::sync::transport::{HttpTransport, TransportError};
use kept_core::wire::problem;
use kept_tests::{Company, Device, Scenario, account, quiesce, visit_entry};

/// A company, and Alice with two things in her outbox.
fn outbox_of_two(scenario: &Scenario) -> (Company, Device) {
    let company = Company::found(scenario);
    let alice = company.alice();
    alice.sync();
    let customer = alice.notebook().create_account(account("Quarry")).unwrap();
    alice
        .notebook()
        .log_visit(visit_entry(Some(customer), "dust"))
        .unwrap();
    (company, alice)
}

fn token(device: &Device) -> String {
    let token = device.secrets().load(TOKEN.into()).unwrap().unwrap();
    String::from_utf8(token).unwrap()
}

/// Sends a body of one's own with a token.
fn send(company: &Company, token: &str, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
    let endpoint = Endpoint {
        proxy: None,
        url: company.url(),
        trust: ServerTrust::Web,
    };
    let handle = company.runtime().handle().clone();
    let http = HttpTransport::new(&endpoint, Some(token.into()), handle).unwrap();
    company.runtime().block_on(http.post("/v1/sync", body))
}

/// The body of the request that Alice would send now; it never arrives.
fn next_body(alice: &Device) -> Vec<u8> {
    alice.network().take_recorded();
    alice.network().lose_answers(1);
    alice.fail_to_sync();
    alice.network().take_recorded().remove(0).sent
}

fn refused(answer: Result<Vec<u8>, TransportError>, code: &str) {
    match answer {
        Err(TransportError::Problem { code: told, .. }) => assert_eq!(told, code),
        other => panic!("expected {code}, not {other:?}"),
    }
}

fn untouched(company: &Company, alice: &Device, heads: &[u64]) {
    assert_eq!(company.heads(), heads, "something was stored");
    assert_eq!(
        alice.outbox(),
        ["unsent", "unsent"],
        "something left the outbox"
    );
    let report = alice.sync();
    assert_eq!(report.sent, 2);
    assert!(company.heads() > heads.to_vec());
    quiesce(&[alice]);
}

#[test]
fn a_wrong_token_signs_out_and_keeps_all_work() {
    let scenario = Scenario::begin("wrong token");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let right = token(&alice);
    let mut forged = right.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == '0' { '1' } else { '0' });
    for wrong in [
        forged.as_str(),
        "",
        "nonsense",
        &right[1..],
        &right.replace('.', ""),
    ] {
        let secret = wrong.as_bytes().to_vec();
        alice.secrets().save(TOKEN.into(), secret).unwrap();
        assert_eq!(alice.try_sync(), Err(KeptError::SignedOut), "{wrong}");
        assert_eq!(alice.outbox(), ["unsent", "unsent"]);
    }
    let status = alice.status();
    assert!(status.signed_out);
    assert_eq!(status.line.key, "unsent-entries-stay");
    assert!(
        status
            .notes
            .iter()
            .any(|note| note.key == "status-signed-out")
    );
    let more = alice
        .notebook()
        .log_visit(visit_entry(None, "work goes on"));
    let more = more.unwrap();
    assert_eq!(
        alice.notebook().visit(more.visit).unwrap().said,
        "work goes on"
    );
    alice
        .secrets()
        .save(TOKEN.into(), right.into_bytes())
        .unwrap();
    assert_eq!(company.heads(), heads);
    assert_eq!(alice.sync().sent, 3);
    assert!(!alice.status().signed_out);
}

#[test]
fn no_token_at_all_is_signed_out() {
    let scenario = Scenario::begin("no token");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let right = token(&alice);
    alice.secrets().remove(TOKEN.into()).unwrap();
    assert_eq!(alice.try_sync(), Err(KeptError::SignedOut));
    assert!(alice.status().signed_out);
    alice
        .secrets()
        .save(TOKEN.into(), right.into_bytes())
        .unwrap();
    untouched(&company, &alice, &heads);
}

#[test]
fn a_body_that_is_cut_anywhere_is_garbled_and_nothing_of_it_is_stored() {
    let scenario = Scenario::begin("cut bodies");
    let (company, alice) = outbox_of_two(&scenario);
    alice.network().lose_requests(1);
    alice.fail_to_sync();
    let heads = company.heads();
    // A twin of the body that Alice would send: the server has not seen it yet.
    let whole = {
        let body = std::sync::Arc::new(std::sync::Mutex::new(None));
        let kept = body.clone();
        alice.network().rewrite(move |request| {
            *kept.lock().unwrap() = Some(kept_core::wire::pack(request).unwrap());
            request.version = 99;
        });
        alice.try_sync().unwrap_err();
        alice.network().online();
        body.lock().unwrap().take().unwrap()
    };
    assert_eq!(company.heads(), heads);
    let token = token(&alice);
    for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
        refused(
            send(&company, &token, whole[..length].to_vec()),
            problem::GARBLED,
        );
    }
    let mut longer = whole.clone();
    longer.extend_from_slice(&whole);
    refused(send(&company, &token, longer), problem::GARBLED);
    untouched(&company, &alice, &heads);
}

#[test]
fn a_connection_that_dies_in_the_middle_of_a_body_stores_nothing() {
    let scenario = Scenario::begin("the lift doors close");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let body = next_body(&alice);
    let stored = company.heads();
    assert!(
        stored > heads,
        "this one arrived, and only its answer was lost"
    );
    alice
        .notebook()
        .log_visit(visit_entry(None, "in the lift"))
        .unwrap();
    let mut stream = TcpStream::connect(company.address()).unwrap();
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: kept\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
        token(&alice),
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body[..body.len() / 2]).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    // The server may answer or hang up: both end the stream.
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    assert_eq!(company.heads(), stored);
    assert_eq!(alice.sync().sent, 3);
    quiesce(&[&alice]);
}

#[test]
fn an_oversized_body_is_refused_before_it_is_read() {
    let scenario = Scenario::begin("oversized");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let token = token(&alice);
    refused(
        send(&company, &token, vec![7; limits::BODY_BYTES + 1]),
        problem::TOO_LARGE,
    );
    untouched(&company, &alice, &heads);
}

#[test]
fn a_small_body_that_inflates_beyond_the_limit_is_refused() {
    let scenario = Scenario::begin("inflating");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let token = token(&alice);
    for bytes in [limits::INFLATED_BYTES + 1, 256 * 1024 * 1024] {
        let bomb = zstd::bulk::compress(&vec![0; bytes], 3).unwrap();
        assert!(bomb.len() < limits::BODY_BYTES / 10);
        refused(send(&company, &token, bomb), problem::TOO_LARGE);
    }
    untouched(&company, &alice, &heads);
}

#[test]
fn what_is_not_compressed_is_garbled_and_what_is_not_a_request_malformed() {
    let scenario = Scenario::begin("not a request");
    let (company, alice) = outbox_of_two(&scenario);
    let heads = company.heads();
    let token = token(&alice);
    for body in [&b""[..], b"{}", b"\x28\xb5\x2f\xfd", &[0xff; 100]] {
        refused(send(&company, &token, body.to_vec()), problem::GARBLED);
    }
    let text = zstd::bulk::compress(b"not CBOR at all", 3).unwrap();
    refused(send(&company, &token, text), problem::MALFORMED);
    let list = zstd::bulk::compress(&minicbor::to_vec([1, 2, 3]).unwrap(), 3).unwrap();
    refused(send(&company, &token, list), problem::MALFORMED);
    untouched(&company, &alice, &heads);
}
