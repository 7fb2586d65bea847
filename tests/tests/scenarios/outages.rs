//! Anything else that answers on the way to the server is waited out, named in the status, and forgotten once it
//! is over.

use kept_core::language::{Lang, message_text};
use kept_core::notebook::KeptError;
use kept_core::sync::outage::OutageCause::{self, Cut, Foreign, Proxy, Unavailable};
use kept_tests::tcp_proxy::{ConnectionFault, TcpProxy, foreign_answer};
use kept_tests::{Company, Device, Scenario, account};

/// A device that calls the server over a line, with something to send.
fn device_behind_proxy(company: &Company) -> (Device, TcpProxy) {
    let line = TcpProxy::before(company.address());
    let device = company.unjoined_device("Alice");
    let link = company.invite(
        "Alice",
        kept_core::model::registry::Role::Technician,
        &["north"],
    );
    let link = link.replace(&company.address().to_string(), &line.address().to_string());
    let options = kept_core::notebook::JoinOptions {
        label: "phone".into(),
        ..Default::default()
    };
    device.notebook().join(link, options).unwrap();
    device.notebook().sync_now().unwrap();
    (device, line)
}

fn kept(status: &str, body: &[u8]) -> ConnectionFault {
    ConnectionFault::Foreign(foreign_answer(status, "x-kept: 1\r\n", body))
}

fn foreign(status: &str, body: &[u8]) -> ConnectionFault {
    ConnectionFault::Foreign(foreign_answer(status, "content-type: text/html\r\n", body))
}

#[test]
fn nothing_that_answers_ends_anything_for_good() {
    let scenario = Scenario::begin("what answers on the way");
    let company = Company::found(&scenario);
    let (device, line) = device_behind_proxy(&company);
    let html = b"<html>data: 1=5</html>";
    let members: Vec<(ConnectionFault, OutageCause)> = vec![
        (foreign("200 OK", html), Foreign),
        (foreign("200 OK", b""), Foreign),
        (foreign("302 Found", b""), Foreign),
        (foreign("401 Unauthorized", html), Foreign),
        (foreign("403 Forbidden", b"signed-out"), Foreign),
        (foreign("404 Not Found", html), Foreign),
        (foreign("407 Proxy Authentication Required", html), Proxy),
        (foreign("408 Request Timeout", b""), Foreign),
        (foreign("426 Upgrade Required", b""), Foreign),
        (foreign("429 Too Many Requests", html), Foreign),
        (foreign("502 Bad Gateway", html), Foreign),
        (
            foreign("511 Network Authentication Required", html),
            Foreign,
        ),
        (kept("401 Unauthorized", b""), Unavailable),
        (kept("426 Upgrade Required", b"x"), Unavailable),
        (kept("503 Service Unavailable", b""), Unavailable),
        (ConnectionFault::Refuse, Cut),
        (ConnectionFault::CutRequest(60), Cut),
        (ConnectionFault::CutAnswer(0), Cut),
        (ConnectionFault::CutAnswer(150), Cut),
    ];
    for (number, (fault, cause)) in members.into_iter().enumerate() {
        scenario.step(format!("{cause:?}: {fault:?}"));
        let name = format!("Customer {number}");
        device.notebook().create_account(account(&name)).unwrap();
        // A pooled connection may be tried once more by the client itself.
        line.inject([fault.clone(), fault]);
        match device.notebook().sync_now().unwrap_err() {
            KeptError::Offline { outage, .. } => assert_eq!(outage.cause, cause, "{outage:?}"),
            other => panic!("{other:?}"),
        }
        let seen = device.status().outage.expect("named in the status");
        assert_eq!(seen.outage.cause, cause);
        let noted = device.status().notes;
        let said: Vec<String> = noted.iter().map(|it| message_text(it, Lang::En)).collect();
        let begins = "The server is out of reach since";
        assert!(said.iter().any(|it| it.starts_with(begins)), "{said:?}");
        line.clear_faults();
        let report = device.notebook().sync_now().unwrap();
        assert_eq!((report.sent, report.forked), (1, false));
        assert_eq!(device.status().outage, None, "it is over");
    }
}

#[test]
fn what_is_damaged_or_too_large_on_the_way_is_sent_again_within_the_run() {
    let scenario = Scenario::begin("damaged and too large");
    let company = Company::found(&scenario);
    let (device, line) = device_behind_proxy(&company);
    let members = [
        foreign("413 Payload Too Large", b""),
        kept("200 OK", b""),
        kept("200 OK", b"not packed at all"),
    ];
    for (number, fault) in members.into_iter().enumerate() {
        let name = format!("Customer {number}");
        device.notebook().create_account(account(&name)).unwrap();
        line.inject([fault.clone(), fault]);
        assert_eq!(device.notebook().sync_now().unwrap().sent, 1, "{number}");
    }
}

#[test]
fn since_when_stays_while_the_reason_changes() {
    let scenario = Scenario::begin("one outage, several reasons");
    let company = Company::found(&scenario);
    let (device, line) = device_behind_proxy(&company);
    let since = |device: &Device| device.status().outage.map(|seen| seen.since);
    line.inject([foreign("200 OK", b"x"), foreign("200 OK", b"x")]);
    device.notebook().sync_now().unwrap_err();
    line.clear_faults();
    let began = since(&device).unwrap();
    company.advance(60_000);
    line.inject([ConnectionFault::Refuse, ConnectionFault::Refuse]);
    device.notebook().sync_now().unwrap_err();
    line.clear_faults();
    assert_eq!(since(&device), Some(began));
    assert_eq!(device.status().outage.unwrap().outage.cause, Cut);
    device.notebook().sync_now().unwrap();
    assert_eq!(since(&device), None);
}
