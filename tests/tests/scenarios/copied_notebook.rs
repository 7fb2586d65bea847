//! A notebook that was copied: the server notices, the copy goes on as a new installation, and everybody has what both
//! wrote, once.

use kept_core::model::visit::VisitEdit;
use kept_core::notebook::KeptError;
use kept_tests::{Company, Device, Scenario, assert_same, quiesce, sync_rounds, visit_entry};

fn says(device: &Device, said: &str) -> kept_core::model::ids::DocId {
    let entry = visit_entry(None, said);
    device.notebook().log_visit(entry).unwrap().visit
}

fn marks(device: &Device, visit: kept_core::model::ids::DocId, mark: &str) {
    let edit = VisitEdit::AddMark { mark: mark.into() };
    device.notebook().edit_visit(visit, vec![edit]).unwrap();
}

fn renew(device: &Device) -> Result<(), KeptError> {
    let label = String::new();
    device.notebook().renew_installation(label).map(|_| ())
}

/// Alice with one visit that everybody has and one that is unsent, and a copy of her notebook.
fn copied(
    scenario: &Scenario,
) -> (
    Company,
    Device,
    Device,
    Device,
    kept_core::model::ids::DocId,
) {
    let company = Company::found(scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let visit = says(&alice, "the scale drifts");
    quiesce(&[&alice, &bob]);
    says(&alice, "written before the copy");
    let copy = company.unjoined_device("Copy");
    copy.become_copy_of(&alice);
    (company, alice, copy, bob, visit)
}

#[test]
fn both_copies_write_and_everybody_has_all_of_it_once() {
    let scenario = Scenario::begin("a copied folder");
    let (company, alice, copy, bob, visit) = copied(&scenario);
    assert!(
        matches!(renew(&copy), Err(KeptError::Invalid { .. })),
        "nobody knows it yet"
    );
    marks(&alice, visit, "from the first");
    marks(&copy, visit, "from the copy");
    let later = says(&copy, "only in the copy");
    marks(&copy, later, "and its mark");
    alice.sync();
    assert!(copy.try_sync().unwrap().forked && copy.status().forked);
    let before = copy.notebook().me().unwrap();

    renew(&copy).unwrap();
    let me = copy.notebook().me().unwrap();
    assert!(me.installation != before.installation && me.person == before.person);
    assert!(!copy.status().forked);
    copy.power_cut();
    let report = copy.sync();
    assert_eq!((report.held, report.lacking), (0, 0));
    scenario.step("Both go on, each as a device of its own");
    sync_rounds(&[&alice, &bob, &copy], 2);
    for device in [&alice, &copy, &bob] {
        let marks = device.notebook().visit(visit).unwrap().marks;
        assert!(
            marks.contains(&"from the first".into()),
            "{}: {marks:?}",
            device.name()
        );
        assert!(
            marks.contains(&"from the copy".into()),
            "{}: {marks:?}",
            device.name()
        );
        assert_eq!(
            device.notebook().visit(later).unwrap().marks,
            ["and its mark"]
        );
        assert!(
            device.outbox().is_empty(),
            "{}: {:?}",
            device.name(),
            device.outbox()
        );
        assert_eq!(device.status().withdrawn, 0);
        device.assert_healthy();
        device.assert_projection_equals_rebuild();
    }
    assert_same(&[&alice, &copy, &bob]);
    let devices = company.state().devices().unwrap();
    let hers = devices
        .iter()
        .filter(|(device, _)| device.person == alice.person());
    assert_eq!(hers.count(), 2);
    says(&alice, "still Alice");
    says(&copy, "still the copy");
    quiesce(&[&alice, &copy, &bob]);
}

#[test]
fn an_answer_that_was_lost_makes_no_second_installation() {
    let scenario = Scenario::begin("a lost answer to a copy");
    let (company, alice, copy, _bob, _) = copied(&scenario);
    alice.sync();
    assert!(copy.try_sync().unwrap().forked);
    company.stop_server();
    assert!(matches!(renew(&copy), Err(KeptError::Offline { .. })));
    assert!(copy.status().forked, "it is still to be done");
    let mut company = company;
    company.restart_server();
    renew(&copy).unwrap();
    copy.sync();
    let devices = company.state().devices().unwrap();
    let hers = devices
        .iter()
        .filter(|(device, _)| device.person == alice.person());
    assert_eq!(hers.count(), 2);
}

#[test]
fn two_copies_of_one_that_asked_already_go_apart() {
    let scenario = Scenario::begin("a copy of a copy");
    let (company, alice, copy, bob, _) = copied(&scenario);
    alice.sync();
    assert!(copy.try_sync().unwrap().forked);
    company.stop_server();
    renew(&copy).unwrap_err();
    let third = company.unjoined_device("Third");
    third.become_copy_of(&copy);
    let mut company = company;
    company.restart_server();
    says(&copy, "second");
    says(&third, "third");
    renew(&copy).unwrap();
    copy.sync();
    renew(&third).unwrap();
    third.sync();
    let (two, three) = (
        copy.notebook().me().unwrap(),
        third.notebook().me().unwrap(),
    );
    assert_ne!(two.installation, three.installation);
    sync_rounds(&[&alice, &bob, &copy, &third], 3);
    assert_same(&[&alice, &bob, &copy, &third]);
    for device in [&alice, &copy, &third] {
        assert!(
            device.outbox().is_empty(),
            "{}: {:?}",
            device.name(),
            device.outbox()
        );
    }
}

#[test]
fn a_device_that_is_shut_out_gets_no_installation() {
    let scenario = Scenario::begin("a copy of a lost phone");
    let (company, alice, copy, _bob, _) = copied(&scenario);
    alice.sync();
    assert!(copy.try_sync().unwrap().forked);
    let me = alice.notebook().me().unwrap();
    company.state().revoke_device(me.installation).unwrap();
    assert_eq!(renew(&copy), Err(KeptError::SignedOut));
    let stranger = company.unjoined_device("Tim");
    assert_eq!(renew(&stranger), Err(KeptError::NeedsJoin));
}
