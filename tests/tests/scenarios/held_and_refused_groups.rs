//! Groups that the server holds or refuses stay on the phone with their reason, and everything else flows.

use kept_core::model::visit::VisitEdit;
use kept_core::notebook::VisitEntry;
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce, visit_entry};

fn note_keys(device: &Device) -> Vec<String> {
    device
        .status()
        .notes
        .into_iter()
        .map(|note| note.key)
        .collect()
}

/// The number of a colleague's documents that wait at the office, as a device was told.
fn open_documents(device: &Device, name: &str) -> u64 {
    let devices = device.notebook().devices().unwrap();
    let known = devices.iter().find(|known| known.name == name);
    known.map(|known| u64::from(known.open)).unwrap()
}

/// A tap at a customer whom the device does not have, by the label that a promise brought.
fn tap_elsewhere(customer: kept_core::model::ids::DocId, said: &str) -> VisitEntry {
    let mut draft = visit_entry(Some(customer), said);
    draft.visit.labels.account = "Brewery Nord".into();
    draft
}

#[test]
fn work_in_a_territory_that_is_not_ones_own_is_held_for_the_office_and_the_rest_flows() {
    let scenario = Scenario::begin("held");
    let company = Company::found(&scenario);
    let (alice, carol, dora) = (company.alice(), company.carol(), company.dora());
    let customer = alice
        .notebook()
        .create_account(account("Brewery Nord"))
        .unwrap();
    quiesce(&[&alice, &dora, &carol]);
    let draft = promise_to(customer, "new bearing", dora.person(), alice.due_in(48));
    alice.notebook().make_promise(draft).unwrap();
    quiesce(&[&alice, &dora, &carol]);

    scenario.step("Dora fits the bearing at a customer of the north, and notes it there");
    let held = dora
        .notebook()
        .log_visit(tap_elsewhere(customer, "fitted"))
        .unwrap()
        .visit;
    let more = vec![VisitEdit::Means {
        text: "they will call again".into(),
        was: None,
    }];
    dora.notebook().edit_visit(held, more).unwrap();
    let own = dora
        .notebook()
        .log_visit(visit_entry(None, "at home in the south"))
        .unwrap()
        .visit;
    let report = dora.sync();
    assert_eq!((report.sent, report.held, report.refused), (1, 2, 0));

    scenario.step("Others are told at once that something of hers waits at the office");
    alice.sync();
    assert_eq!(open_documents(&alice, "Dora"), 1);

    scenario.step("It stays on her phone with its reason; her other visit went through");
    assert_eq!(
        dora.outbox(),
        [
            "held reason-may-not-write",
            "held reason-depends-held reason-may-not-write"
        ]
    );
    assert!(note_keys(&dora).contains(&"status-held-groups".into()));
    assert_eq!(
        dora.notebook().visit(held).unwrap().means,
        "they will call again"
    );
    carol.sync();
    assert_eq!(
        carol.notebook().visit(own).unwrap().said,
        "at home in the south"
    );
    alice.sync();
    assert!(alice.notebook().visit(held).is_err() && carol.notebook().visit(held).is_err());
    assert_eq!(company.state().held_groups().unwrap().len(), 2);

    scenario.step("It is not sent again, and still waits at the office");
    dora.network().take_recorded();
    let report = dora.sync();
    assert_eq!((report.exchanges, report.held), (1, 0));
    assert!(
        dora.network()
            .take_recorded()
            .iter()
            .all(|e| e.request().unwrap().groups.is_empty())
    );
    alice.sync();
    assert_eq!(open_documents(&alice, "Dora"), 1);
    dora.assert_healthy();
    dora.power_cut();
    assert_eq!(
        dora.outbox(),
        [
            "held reason-may-not-write",
            "held reason-depends-held reason-may-not-write"
        ]
    );
    quiesce(&[&alice, &carol]);
}

#[test]
fn what_arrives_damaged_is_refused_and_kept_and_the_rest_flows() {
    let scenario = Scenario::begin("refused");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let spoilt = alice
        .notebook()
        .log_visit(visit_entry(None, "spoilt on the way"))
        .unwrap()
        .visit;
    let more = vec![VisitEdit::Means {
        text: "still here".into(),
        was: None,
    }];
    alice.notebook().edit_visit(spoilt, more).unwrap();
    let fine = alice
        .notebook()
        .log_visit(visit_entry(None, "fine"))
        .unwrap()
        .visit;

    scenario.step("A bit flips in one change on its way");
    alice.network().rewrite(|request| {
        if let Some(group) = request.groups.first_mut() {
            let last = group.changes[0].bytes.len() - 1;
            group.changes[0].bytes[last] ^= 1;
        }
    });
    let report = alice.sync();
    alice.network().online();
    assert_eq!((report.sent, report.refused), (1, 2));
    assert_eq!(
        alice.outbox(),
        ["refused reason-malformed", "refused reason-depends-refused"]
    );
    assert!(note_keys(&alice).contains(&"status-refused-groups".into()));

    scenario.step("Nothing is lost here, nothing of it is there, and the other visit is");
    let kept = alice.notebook().visit(spoilt).unwrap();
    assert_eq!(
        (kept.said.as_str(), kept.means.as_str()),
        ("spoilt on the way", "still here")
    );
    bob.sync();
    assert!(bob.notebook().visit(spoilt).is_err());
    assert_eq!(bob.notebook().visit(fine).unwrap().said, "fine");

    scenario.step("What is added to it later shares its fate and says so");
    let later = vec![VisitEdit::AddMark {
        mark: "later".into(),
    }];
    alice.notebook().edit_visit(spoilt, later).unwrap();
    let report = alice.sync();
    assert_eq!(
        (report.sent, report.refused),
        (0, 0),
        "a group that waits for missing changes"
    );
    assert_eq!(alice.outbox()[2], "refused reason-depends-refused");
    alice.network().take_recorded();
    assert_eq!(alice.sync().exchanges, 1);
    assert!(
        alice
            .network()
            .take_recorded()
            .iter()
            .all(|e| e.request().unwrap().groups.is_empty())
    );
    alice.assert_healthy();
    quiesce(&[&bob]);
}

#[test]
fn what_the_server_gets_before_its_causes_waits_for_them_and_is_not_refused() {
    let scenario = Scenario::begin("before its causes");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let visit = alice
        .notebook()
        .log_visit(visit_entry(None, "first"))
        .unwrap()
        .visit;
    for mark in ["second", "third"] {
        let edit = VisitEdit::AddMark { mark: mark.into() };
        alice.notebook().edit_visit(visit, vec![edit]).unwrap();
    }
    alice.network().rewrite(|request| request.groups.reverse());
    let report = alice.sync();
    assert_eq!((report.sent, report.refused), (3, 0));
    alice.network().online();
    quiesce(&[&alice, &bob]);
    assert_eq!(
        bob.notebook().visit(visit).unwrap().marks,
        ["second", "third"]
    );
}
