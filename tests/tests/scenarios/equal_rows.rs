//! Two people with the same changes are shown the same, whatever the changes are and whoever edits.

use std::collections::BTreeMap;

use kept_core::model::account::AccountEdit;
use kept_core::model::colleague_profile::PersonEdit;
use kept_core::model::event::{Mood, Performer};
use kept_core::model::handbook::KindEdit;
use kept_core::model::ids::DocId;
use kept_core::model::registry::Role;
use kept_core::model::visit::{UsageDraft, UsageEdit, VisitEdit};
use kept_core::notebook::PromiseEdit;
use kept_server::enrol::PersonChange;
use kept_tests::{
    Company, Device, Scenario, account, assert_same, main_phone, promise_to, quiesce, sync_rounds,
    visit_entry,
};

/// The documents that one person began, and all edit.
struct Documents {
    account: DocId,
    visit: DocId,
    usage: DocId,
    promise: DocId,
}

/// A document of each kind, by one person.
fn begin(author: &Device, performer: &Device) -> Documents {
    let notebook = author.notebook();
    let customer = format!("Hotel of {}", author.name());
    let account = notebook.create_account(account(&customer)).unwrap();
    let observed = UsageDraft {
        account: Some(account),
        doing: "kicks it shut".into(),
        ..UsageDraft::default()
    };
    let draft = promise_to(account, "a seal", performer.person(), author.due_in(48));
    Documents {
        account,
        visit: notebook
            .log_visit(visit_entry(Some(account), "the door sticks"))
            .unwrap()
            .visit,
        usage: notebook.log_usage(observed).unwrap(),
        promise: notebook.make_promise(draft).unwrap(),
    }
}

/// A person edits what they have of it.
fn edit(editor: &Device, documents: &Documents) {
    let (notebook, name) = (editor.notebook(), editor.name());
    let number = AccountEdit::SetContactPoint {
        contact_point: main_phone(&format!("+49 30 {}", name.len())),
    };
    let tag = AccountEdit::AddTag { tag: name.into() };
    let _ = notebook.edit_account(documents.account, vec![number, tag]);
    let said = VisitEdit::AddMark { mark: name.into() };
    let _ = notebook.edit_visit(documents.visit, vec![said]);
    let theme = UsageEdit::AddTheme { theme: name.into() };
    let _ = notebook.edit_usage(documents.usage, vec![theme]);
    let confirm = PromiseEdit::Confirm {
        mood: Mood::Happy,
        contact: None,
    };
    let _ = notebook.change_promise(documents.promise, vec![confirm]);
    let _ = notebook.log_visit(visit_entry(Some(documents.account), name));
    let wins = PersonEdit::Wins {
        text: format!("how {name} wins"),
        was: None,
    };
    notebook
        .edit_colleague_profile(notebook.me().unwrap().person, vec![wins])
        .unwrap();
}

/// A document that two devices both have reads the same on both, and every device's rows are those of a rebuild.
fn assert_agreement(devices: &[&Device]) {
    let rows: Vec<BTreeMap<DocId, Vec<u8>>> = devices
        .iter()
        .map(|device| device.rows().into_iter().collect())
        .collect();
    for (one, mine) in devices.iter().zip(&rows) {
        for (other, theirs) in devices.iter().zip(&rows) {
            for (doc, row) in mine {
                let same = theirs.get(doc).is_none_or(|their| their == row);
                let said = |row: &[u8]| String::from_utf8_lossy(row).into_owned();
                assert!(
                    same,
                    "{doc}: {} shows {}, {} shows {}",
                    one.name(),
                    said(row),
                    other.name(),
                    said(&theirs[doc])
                );
            }
        }
    }
    for device in devices {
        device.assert_projection_equals_rebuild();
    }
}

#[test]
fn whoever_edits_gives_a_document_nothing_of_their_own() {
    let scenario = Scenario::begin("the same rows for everybody");
    let company = Company::found(&scenario);
    let office = company.device("Ole", Role::Office, &[]);
    let owner = company.device("Olivia", Role::Owner, &["north"]);
    let (alice, bob) = (company.alice(), company.bob());
    let (carol, dora) = (company.carol(), company.dora());
    let everybody = [&office, &owner, &alice, &bob, &carol, &dora];
    quiesce(&everybody);

    scenario.step("everybody begins one of each kind, the office without a team");
    let lead = vec![KindEdit::Lead { minutes: 600 }];
    let kind = office.notebook().save_kind("delivery".into(), lead);
    kind.unwrap();
    let documents: Vec<Documents> = [
        (&office, &alice),
        (&owner, &carol),
        (&alice, &dora),
        (&bob, &bob),
        (&carol, &alice),
        (&dora, &carol),
    ]
    .into_iter()
    .map(|(author, performer)| begin(author, performer))
    .collect();
    sync_rounds(&everybody, 2);
    assert_agreement(&everybody);
    let of_office = alice.notebook().account(documents[0].account).unwrap();
    assert_eq!(of_office.account.team, None);

    scenario.step("everybody edits what they have, before they hear of each other");
    for device in everybody {
        for documents in &documents {
            edit(device, documents);
        }
    }
    let unsent = alice.notebook().account(documents[0].account).unwrap();
    assert_eq!(unsent.account.team, None, "also before it is sent");
    sync_rounds(&everybody, 3);
    quiesce(&everybody);
    assert_agreement(&everybody);
    assert_same(&[&office, &owner]);

    scenario.step("Bob is given another territory and role, and everybody edits again");
    let change = PersonChange {
        role: Some(Role::Workshop),
        teams: Some(vec!["south".parse().unwrap()]),
        ..PersonChange::default()
    };
    company.advance(60_000);
    company.state().change_person("Bob", &change).unwrap();
    for device in [&office, &owner, &alice, &carol, &dora] {
        for documents in &documents {
            edit(device, documents);
        }
    }
    sync_rounds(&[&office, &owner, &alice, &carol, &dora, &bob], 3);
    // Bob gets no more of the north, and keeps what he had.
    assert_agreement(&[&office, &owner, &alice, &carol, &dora]);
    bob.assert_projection_equals_rebuild();
    let given = bob.notebook().promise(documents[3].promise).unwrap();
    assert_eq!(
        given.summary.performer,
        Performer::Person {
            person: bob.person()
        }
    );
}
