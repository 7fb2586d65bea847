//! Joining over a bad line: whatever got lost before, a valid invitation takes the notebook in, once.

use std::collections::BTreeSet;

use kept_core::model::ids::InstallationId;
use kept_core::model::registry::Role;
use kept_core::notebook::{ApiResult, JoinOptions, KeptError, Me};
use kept_core::sync::outage::OutageCause;
use kept_tests::tcp_proxy::{ConnectionFault, TcpProxy, foreign_answer};
use kept_tests::{Company, Device, Scenario, assert_same, quiesce, visit_entry};

fn join(device: &Device, link: &str) -> ApiResult<Me> {
    let options = JoinOptions {
        label: "phone".into(),
        ..JoinOptions::default()
    };
    device.notebook().join(link.to_owned(), options)
}

/// An invitation whose link leads over a line.
fn invite(company: &Company, line: &TcpProxy, name: &str) -> String {
    let link = company.invite(name, Role::Technician, &["north"]);
    let (before, after) = (company.address().to_string(), line.address().to_string());
    link.replace(&before, &after)
}

fn known(company: &Company) -> BTreeSet<InstallationId> {
    let devices = company.state().devices().unwrap();
    devices
        .into_iter()
        .filter(|(device, _)| !device.server)
        .map(|(device, _)| device.id)
        .collect()
}

fn portal() -> ConnectionFault {
    let page = b"<html>Welcome to the hotel</html>";
    ConnectionFault::Foreign(foreign_answer(
        "200 OK",
        "content-type: text/html\r\n",
        page,
    ))
}

#[test]
fn after_any_sequence_of_failures_a_join_succeeds_and_leaves_no_ghost() {
    let scenario = Scenario::begin("joining over a bad line");
    let company = Company::found(&scenario);
    let mut joined: Vec<Device> = vec![];
    let sequences: Vec<Vec<ConnectionFault>> = vec![
        vec![ConnectionFault::CutAnswer(0)],
        vec![ConnectionFault::CutAnswer(40)],
        vec![ConnectionFault::CutAnswer(400)],
        vec![ConnectionFault::CutRequest(30)],
        vec![ConnectionFault::Refuse, portal()],
        vec![
            ConnectionFault::CutAnswer(0),
            portal(),
            ConnectionFault::CutAnswer(200),
            ConnectionFault::Refuse,
        ],
    ];
    for (number, faults) in sequences.into_iter().enumerate() {
        for another in [false, true] {
            let name = format!("Sam {number} {another}");
            scenario.step(format!("{name}: {} failures", faults.len()));
            let line = TcpProxy::before(company.address());
            let device = company.unjoined_device(&name);
            device
                .notebook()
                .log_visit(visit_entry(None, &name))
                .unwrap();
            let first = invite(&company, &line, &name);
            line.inject(faults.clone());
            for _ in &faults {
                let failed = join(&device, &first).unwrap_err();
                assert!(matches!(failed, KeptError::Offline { .. }), "{failed:?}");
                assert!(!device.status().me.joined);
                assert_eq!(known(&company).len(), joined.len(), "no ghost");
            }
            let link = match another {
                true => invite(&company, &line, &name),
                false => first,
            };
            let me = join(&device, &link).unwrap();
            assert_eq!(
                known(&company).len(),
                joined.len(),
                "not before it is heard"
            );
            device.notebook().sync_now().unwrap();
            assert!(known(&company).contains(&me.installation));
            assert_eq!(known(&company).len(), joined.len() + 1, "one device each");
            assert_eq!(
                device.outbox(),
                Vec::<String>::new(),
                "written before, sent now"
            );
            joined.push(device);
        }
    }
    for device in &joined {
        // The lines are gone; the address that the notebook keeps is still theirs.
        assert_eq!(device.status().unsent.len(), 0);
    }
}

#[test]
fn a_device_that_is_not_heard_yet_is_in_nobodys_list() {
    let scenario = Scenario::begin("joined and silent");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    alice.sync();
    assert_eq!(
        known(&company).len(),
        1,
        "Bob has joined and was never heard"
    );
    assert_eq!(alice.notebook().devices().unwrap().len(), 1);
    bob.sync();
    quiesce(&[&alice, &bob]);
    assert_eq!(alice.notebook().devices().unwrap().len(), 2);
    assert_same(&[&alice, &bob]);
}

#[test]
fn a_copied_notebook_joins_under_an_actor_of_its_own() {
    let scenario = Scenario::begin("copied before joining");
    let company = Company::found(&scenario);
    let (original, copy) = (
        company.unjoined_device("Erin"),
        company.unjoined_device("Erin"),
    );
    original
        .notebook()
        .log_visit(visit_entry(None, "before the copy"))
        .unwrap();
    copy.become_copy_of(&original);
    company.join_as(&original, Role::Technician, &["north"]);
    original.sync();
    company.join_as(&copy, Role::Technician, &["north"]);
    copy.notebook()
        .log_visit(visit_entry(None, "after the copy"))
        .unwrap();
    quiesce(&[&copy, &original]);
    assert_same(&[&original, &copy]);
    assert_eq!(original.rows().len(), 2);
}

#[test]
fn a_portal_says_what_answered() {
    let scenario = Scenario::begin("a portal");
    let company = Company::found(&scenario);
    let line = TcpProxy::before(company.address());
    let device = company.unjoined_device("Sam");
    let link = invite(&company, &line, "Sam");
    line.inject([portal()]);
    match join(&device, &link).unwrap_err() {
        KeptError::Offline { outage, .. } => {
            assert_eq!(outage.cause, OutageCause::Foreign);
            assert_eq!(outage.detail, "200 OK, text/html");
        }
        other => panic!("{other:?}"),
    }
}
