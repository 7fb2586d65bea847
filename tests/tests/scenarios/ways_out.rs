//! The ways out of what the server holds or refuses: nothing is lost, nothing is there twice, and work goes on.

use kept_core::language::{Lang, message_text};
use kept_core::model::ids::{DocId, GroupId};
use kept_core::model::visit::VisitEdit;
use kept_core::notebook::{KeptError, WayOut};
use kept_core::store::withdrawal::OutboxGroup;
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, visit_entry};

fn visit(device: &Device, customer: Option<DocId>, said: &str) -> DocId {
    let entry = visit_entry(customer, said);
    device.notebook().log_visit(entry).unwrap().visit
}

fn means(device: &Device, visit: DocId, text: &str) {
    let edit = VisitEdit::Means {
        text: text.into(),
        was: None,
    };
    device.notebook().edit_visit(visit, vec![edit]).unwrap();
}

fn first_group(device: &Device) -> GroupId {
    device.status().unsent[0].id
}

/// A company, Alice with a visit and its correction that the server refused, for they were damaged on the way, and Bob.
fn refused(scenario: &Scenario) -> (Company, Device, Device, DocId) {
    let company = Company::found(scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let spoilt = visit(&alice, None, "spoilt on the way");
    means(&alice, spoilt, "still here");
    alice.network().rewrite(|request| {
        if let Some(group) = request.groups.first_mut() {
            let last = group.changes[0].bytes.len() - 1;
            group.changes[0].bytes[last] ^= 1;
        }
    });
    assert_eq!(alice.sync().refused, 2);
    alice.network().online();
    (company, alice, bob, spoilt)
}

/// A company, Dora of the south with a visit at a customer of the north and its correction that the server holds, and
/// Alice of the north.
fn held(scenario: &Scenario) -> (Company, Device, Device, DocId) {
    let company = Company::found(scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice.notebook().create_account(account("Brewery Nord"));
    quiesce(&[&alice, &dora]);
    let mut entry = visit_entry(Some(customer.unwrap()), "fitted");
    entry.visit.labels.account = "Brewery Nord".into();
    let waits = dora.notebook().log_visit(entry).unwrap().visit;
    means(&dora, waits, "they will call again");
    assert_eq!(dora.sync().held, 2);
    (company, dora, alice, waits)
}

#[test]
fn what_was_refused_is_written_again_with_what_builds_on_it_and_others_have_it_once() {
    let scenario = Scenario::begin("written again");
    let (_company, alice, bob, spoilt) = refused(&scenario);
    let status = alice.status();
    assert_eq!(
        status.unsent[0].ways,
        [
            WayOut::WriteAgain,
            WayOut::CopyText,
            WayOut::Withdraw,
            WayOut::Export
        ]
    );
    assert_eq!(
        message_text(&status.unsent[0].words, Lang::En),
        "Visit “spoilt on the way”"
    );

    let before = alice.rows().len();
    let groups = alice
        .notebook()
        .write_group_again(status.unsent[0].id)
        .unwrap();
    assert_eq!(groups.len(), 2);
    assert_eq!(alice.outbox(), ["unsent", "unsent"]);
    assert_eq!(alice.rows().len(), before, "the same entry, once");
    alice.power_cut();
    let report = alice.sync();
    assert_eq!((report.sent, report.refused, report.held), (2, 0, 0));
    bob.sync();
    let theirs = bob.notebook().visit(spoilt).unwrap();
    assert_eq!(
        (theirs.said.as_str(), theirs.means.as_str()),
        ("spoilt on the way", "still here")
    );
    assert_eq!(alice.status().withdrawn, 0);
    alice.assert_healthy();
    alice.assert_projection_equals_rebuild();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
}

#[test]
fn what_was_withdrawn_is_in_no_list_and_comes_back_as_it_was() {
    let scenario = Scenario::begin("withdrawn");
    let (_company, dora, alice, waits) = held(&scenario);
    let (outbox, rows) = (dora.outbox(), dora.rows());
    let group = first_group(&dora);
    let text = dora.notebook().group_text(group, Lang::En).unwrap();
    assert!(
        text.contains("Brewery Nord") && text.contains(": fitted"),
        "{text}"
    );

    let gone = dora.notebook().withdraw_group(group).unwrap();
    assert_eq!(gone.len(), 2, "its correction goes with it");
    dora.power_cut();
    assert!(dora.outbox().is_empty() && dora.notebook().visit(waits).is_err());
    let status = dora.status();
    assert_eq!(status.withdrawn, 2);
    assert!(
        status
            .notes
            .iter()
            .any(|note| note.key == "status-withdrawn")
    );
    let away = dora.notebook().withdrawn().unwrap();
    let [one] = away.groups.as_slice() else {
        panic!("{away:?}");
    };
    assert_eq!((one.id, one.others), (group, 1));
    assert_eq!(message_text(&one.words, Lang::En), "Visit “Brewery Nord”");
    assert_eq!(
        one.ways,
        [WayOut::CopyText, WayOut::Export, WayOut::BringBack]
    );
    let same_text = dora.notebook().group_text(group, Lang::En).unwrap();
    assert_eq!(same_text, text, "also from the drawer");
    assert_eq!(dora.status().withdrawn, 2, "and reading changed nothing");
    dora.assert_healthy();
    dora.assert_projection_equals_rebuild();

    scenario.step("Work goes on, and is sent");
    visit(&dora, None, "another day");
    assert_eq!(dora.sync().sent, 1);

    dora.notebook().bring_group_back(group).unwrap();
    assert_eq!(dora.outbox(), outbox);
    assert_eq!(
        dora.notebook().visit(waits).unwrap().means,
        "they will call again"
    );
    assert_eq!(dora.rows().len(), rows.len() + 1);
    assert_eq!(dora.status().withdrawn, 0);
    let report = dora.sync();
    assert_eq!(
        (report.held, report.refused),
        (0, 0),
        "nothing is sent twice"
    );
    dora.assert_healthy();
    alice.sync();
    assert!(alice.notebook().visit(waits).is_err(), "the office decides");
}

#[test]
fn what_is_written_after_a_correction_was_withdrawn_stands_in_nobodys_place() {
    let scenario = Scenario::begin("a correction is withdrawn");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let said = visit(&alice, None, "the scale drifts");
    quiesce(&[&alice, &bob]);
    means(&alice, said, "wrong");
    alice.network().rewrite(|request| {
        if let Some(group) = request.groups.first_mut() {
            group.changes[0].bytes[20] ^= 1;
        }
    });
    assert_eq!(alice.sync().refused, 1);
    alice.network().online();
    alice
        .notebook()
        .withdraw_group(first_group(&alice))
        .unwrap();
    assert_eq!(alice.notebook().visit(said).unwrap().means, "");
    means(&alice, said, "right");
    let report = alice.sync();
    assert_eq!((report.sent, report.refused, report.held), (1, 0, 0));
    bob.sync();
    assert_eq!(bob.notebook().visit(said).unwrap().means, "right");
    alice.assert_healthy();
    alice.assert_projection_equals_rebuild();
    assert_same(&[&alice, &bob]);
}

#[test]
fn what_is_written_after_a_held_correction_was_withdrawn_clashes_with_nothing_at_the_office() {
    let scenario = Scenario::begin("a held correction is withdrawn");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let said = visit(&alice, None, "the scale drifts");
    quiesce(&[&alice, &bob]);
    let moves_to = |team: &str| {
        company.advance(60_000);
        let change = PersonChange {
            teams: Some(vec![team.parse().unwrap()]),
            ..PersonChange::default()
        };
        company.state().change_person("Alice", &change).unwrap();
    };
    moves_to("south");
    means(&alice, said, "wrong");
    assert_eq!(alice.sync().held, 1);
    alice
        .notebook()
        .withdraw_group(first_group(&alice))
        .unwrap();

    scenario.step("She is back in the north, and corrects it rightly");
    moves_to("north");
    alice.sync();
    means(&alice, said, "right");
    let report = alice.sync();
    assert_eq!((report.sent, report.held, report.refused), (1, 0, 0));
    bob.sync();
    assert_eq!(bob.notebook().visit(said).unwrap().means, "right");
    assert_eq!(
        company.state().held_groups().unwrap().len(),
        1,
        "the office's to decide"
    );
    alice.assert_healthy();
}

#[test]
fn a_refused_group_that_was_withdrawn_can_be_written_again_from_there() {
    let scenario = Scenario::begin("from the drawer");
    let (_company, alice, bob, spoilt) = refused(&scenario);
    let group = first_group(&alice);
    alice.notebook().withdraw_group(group).unwrap();
    alice.notebook().write_group_again(group).unwrap();
    assert_eq!(alice.status().withdrawn, 0);
    assert_eq!(alice.sync().sent, 2);
    bob.sync();
    assert_eq!(bob.notebook().visit(spoilt).unwrap().means, "still here");
    alice.assert_healthy();
}

#[test]
fn a_way_that_is_not_open_is_refused_and_changes_nothing() {
    let scenario = Scenario::begin("ways that are closed");
    let (_company, dora, _alice, _) = held(&scenario);
    let group = first_group(&dora);
    visit(&dora, None, "still to be sent");
    let outbox = dora.outbox();
    let unsent = dora.status().unsent[2].id;
    let notebook = dora.notebook();
    let closed = [
        ("held", notebook.write_group_again(group).unwrap_err()),
        ("unsent", notebook.write_group_again(unsent).unwrap_err()),
        ("unsent", notebook.withdraw_group(unsent).unwrap_err()),
    ];
    for (what, error) in closed {
        assert!(
            matches!(error, KeptError::Invalid { .. }),
            "{what}: {error:?}"
        );
    }
    let nowhere = GroupId([9; 16]);
    let unknown = [
        notebook.write_group_again(nowhere).unwrap_err(),
        notebook.withdraw_group(nowhere).unwrap_err(),
        notebook.bring_group_back(group).unwrap_err(),
        notebook.group_text(nowhere, Lang::De).unwrap_err(),
        notebook.export_group(nowhere).unwrap_err(),
        notebook.withdraw_document(DocId([9; 16])).unwrap_err(),
        notebook.export_entry(DocId([9; 16])).unwrap_err(),
    ];
    for error in unknown {
        assert!(matches!(error, KeptError::NotFound { .. }), "{error:?}");
    }
    assert_eq!(dora.outbox(), outbox);
}

#[test]
fn an_export_holds_what_was_typed_and_is_read_again() {
    let scenario = Scenario::begin("a file for support");
    let (_company, dora, _alice, waits) = held(&scenario);
    let group = first_group(&dora);
    let file = dora.notebook().export_group(group).unwrap();
    let read: OutboxGroup = minicbor::decode(&file).unwrap();
    assert_eq!((read.group.id, read.edits.len()), (group, 1));
    assert!(!read.reasons.is_empty());
    dora.notebook().withdraw_group(group).unwrap();
    assert_eq!(
        dora.notebook().export_group(group).unwrap(),
        file,
        "also when withdrawn"
    );
    dora.notebook().bring_group_back(group).unwrap();
    let entry = dora.notebook().export_entry(waits).unwrap();
    let entry: kept_core::wire::Group = minicbor::decode(&entry).unwrap();
    assert_eq!(entry.changes.len(), 2);
}
