//! Joining over a bad line: whatever got lost before, a valid invitation takes the notebook in, once.

use std::collections::BTreeSet;

use kept_core::model::ids::InstallationId;
use kept_core::model::people::Role;
use kept_core::notebook::{ApiResult, JoinOptions, KeptError, Me};
use kept_core::sync::outage::OutageCause;
use kept_tests::line::{Fault, Line, foreign_answer};
use kept_tests::{Company, Device, Story, assert_same, quiesce, tap};

fn join(device: &Device, link: &str) -> ApiResult<Me> {
    let options = JoinOptions {
        label: "phone".into(),
        ..JoinOptions::default()
    };
    device.notebook().join(link.to_owned(), options)
}

/// An invitation whose link leads over a line.
fn invite(company: &Company, line: &Line, name: &str) -> String {
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

fn portal() -> Fault {
    let page = b"<html>Welcome to the hotel</html>";
    Fault::Foreign(foreign_answer(
        "200 OK",
        "content-type: text/html\r\n",
        page,
    ))
}

#[test]
fn after_any_sequence_of_failures_a_join_succeeds_and_leaves_no_ghost() {
    let story = Story::begin("joining over a bad line");
    let company = Company::found(&story);
    let mut joined: Vec<Device> = vec![];
    let sequences: Vec<Vec<Fault>> = vec![
        vec![Fault::CutAnswer(0)],
        vec![Fault::CutAnswer(40)],
        vec![Fault::CutAnswer(400)],
        vec![Fault::CutRequest(30)],
        vec![Fault::Refuse, portal()],
        vec![
            Fault::CutAnswer(0),
            portal(),
            Fault::CutAnswer(200),
            Fault::Refuse,
        ],
    ];
    for (number, faults) in sequences.into_iter().enumerate() {
        for another in [false, true] {
            let name = format!("Sam {number} {another}");
            story.chapter(format!("{name}: {} failures", faults.len()));
            let line = Line::before(company.address());
            let device = company.stranger(&name);
            device.notebook().log_visit(tap(None, &name)).unwrap();
            let first = invite(&company, &line, &name);
            line.expect(faults.clone());
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
    let story = Story::begin("joined and silent");
    let company = Company::found(&story);
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
    let story = Story::begin("copied before joining");
    let company = Company::found(&story);
    let (original, copy) = (company.stranger("Erin"), company.stranger("Erin"));
    original
        .notebook()
        .log_visit(tap(None, "before the copy"))
        .unwrap();
    copy.become_copy_of(&original);
    company.take_in(&original, Role::Technician, &["north"]);
    original.sync();
    company.take_in(&copy, Role::Technician, &["north"]);
    copy.notebook()
        .log_visit(tap(None, "after the copy"))
        .unwrap();
    quiesce(&[&copy, &original]);
    assert_same(&[&original, &copy]);
    assert_eq!(original.rows().len(), 2);
}

#[test]
fn a_portal_says_what_answered() {
    let story = Story::begin("a portal");
    let company = Company::found(&story);
    let line = Line::before(company.address());
    let device = company.stranger("Sam");
    let link = invite(&company, &line, "Sam");
    line.expect([portal()]);
    match join(&device, &link).unwrap_err() {
        KeptError::Offline { outage, .. } => {
            assert_eq!(outage.cause, OutageCause::Foreign);
            assert_eq!(outage.detail, "200 OK, text/html");
        }
        other => panic!("{other:?}"),
    }
}
