//! The company's handbook reaches every device, and judges nothing that was promised before.

use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::colleague_profile::PersonEdit;
use kept_core::model::handbook::{HoursEdit, KindEdit};
use kept_core::model::registry::Role;
use kept_core::notebook::PromiseDraft;
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Device, Scenario, assert_same, promise, quiesce};

fn office(company: &Company, name: &str) -> Device {
    company.device(name, Role::Office, &["north"])
}

fn credit(by: &Device, performer: &Device) -> PromiseDraft {
    PromiseDraft {
        kind: "credit".into(),
        ..promise("a credit note", performer.person(), by.due_in(48))
    }
}

fn lead(device: &Device, key: &str) -> u32 {
    let kinds = device.notebook().handbook().unwrap().kinds;
    let kind = kinds.into_iter().find(|known| known.kind.key == key);
    kind.map(|known| known.kind.lead_minutes)
        .unwrap_or_default()
}

#[test]
fn a_kind_that_was_retired_meanwhile_is_no_reason_to_lose_a_promise() {
    let scenario = Scenario::begin("a retired kind");
    let company = Company::found(&scenario);
    let (dan, alice) = (office(&company, "Dan"), company.alice());
    quiesce(&[&dan, &alice]);
    alice.network().offline();
    scenario.step("The office retires a kind that Alice, without a signal, promises");
    dan.notebook().retire_kind("credit".into()).unwrap();
    let close = HoursEdit::Close {
        date: "2026-12-25".into(),
    };
    dan.notebook().save_hours(vec![close]).unwrap();
    let id = alice.notebook().make_promise(credit(&alice, &dan)).unwrap();
    let absent = PersonEdit::Absent {
        date: "2026-06-29".into(),
    };
    alice
        .notebook()
        .edit_colleague_profile(alice.notebook().me().unwrap().person, vec![absent])
        .unwrap();
    alice.network().online();
    quiesce(&[&dan, &alice]);

    scenario.step("Both have everything, and the promise is as good as any");
    assert_same(&[&dan, &alice]);
    let arrived = dan.notebook().promise(id).unwrap();
    assert_eq!(arrived.summary.kind, "credit");
    let says = dan.notebook().colleague_profile(alice.person()).unwrap();
    assert_eq!(says.absent, ["2026-06-29"]);
    let refused = alice.notebook().make_promise(credit(&alice, &dan));
    assert_eq!(refused.unwrap_err().message().key, "error-retired-kind");
    let hours = alice.notebook().handbook().unwrap().hours.unwrap();
    assert_eq!(hours.closed, ["2026-12-25"]);
    for device in [&dan, &alice] {
        assert!(device.outbox().is_empty());
        device.assert_healthy();
        device.assert_projection_equals_rebuild();
    }
    let office = company.office();
    office.sync();
    assert_same(&[office.device(), &dan]);
}

#[test]
fn two_offices_that_write_the_same_at_once_have_one_handbook() {
    let scenario = Scenario::begin("two offices");
    let company = Company::found(&scenario);
    let (dan, eve) = (office(&company, "Dan"), office(&company, "Eve"));
    quiesce(&[&dan, &eve]);
    dan.network().offline();
    eve.network().offline();
    scenario.step("Both write the kind and the hours down, neither has a signal");
    let save = |device: &Device, edits: Vec<KindEdit>| {
        company.advance(60_000);
        device.notebook().save_kind("tow".into(), edits).unwrap();
    };
    let close = |device: &Device, date: &str| {
        let hours = WorkingCalendar::usual("Europe/Berlin");
        let date = date.to_owned();
        let edits = vec![HoursEdit::Week { hours }, HoursEdit::Close { date }];
        device.notebook().save_hours(edits).unwrap();
    };
    save(&dan, vec![KindEdit::Lead { minutes: 90 }]);
    close(&dan, "2026-12-25");
    save(
        &eve,
        vec![
            KindEdit::Lead { minutes: 60 },
            KindEdit::Effort { minutes: 45 },
        ],
    );
    close(&eve, "2026-05-01");
    dan.network().online();
    eve.network().online();
    quiesce(&[&dan, &eve]);

    scenario.step("Both read one handbook, and either can go on writing it");
    assert_same(&[&dan, &eve]);
    assert_eq!((lead(&dan, "tow"), lead(&eve, "tow")), (90, 90));
    let closed = || dan.notebook().handbook().unwrap().hours.unwrap().closed;
    assert_eq!(closed(), ["2026-05-01", "2026-12-25"]);
    save(&eve, vec![KindEdit::Lead { minutes: 30 }]);
    let reopen = |date: &str| HoursEdit::Reopen { date: date.into() };
    let both = vec![reopen("2026-05-01"), reopen("2026-12-25")];
    eve.notebook().save_hours(both).unwrap();
    quiesce(&[&dan, &eve]);
    assert_eq!(lead(&dan, "tow"), 30);
    assert!(closed().is_empty());
    assert_same(&[&dan, &eve]);
}

#[test]
fn who_wrote_the_handbook_after_losing_the_office_waits_for_its_decision() {
    let scenario = Scenario::begin("a changed role");
    let company = Company::found(&scenario);
    let (dan, alice) = (office(&company, "Dan"), company.alice());
    quiesce(&[&dan, &alice]);
    dan.network().offline();
    scenario.step("Dan becomes a technician, and his phone does not know it yet");
    company.advance(60_000);
    let change = PersonChange {
        role: Some(Role::Technician),
        ..PersonChange::default()
    };
    company.state().change_person("Dan", &change).unwrap();
    let edits = vec![KindEdit::Lead { minutes: 90 }];
    dan.notebook().save_kind("tow".into(), edits).unwrap();
    dan.network().online();
    dan.sync();
    dan.sync();
    assert_eq!(dan.outbox(), ["held reason-may-not-write"]);
    alice.sync();
    assert_eq!(lead(&alice, "tow"), 0, "nobody else reads it");
    let refused = dan.notebook().retire_kind("fix".into()).unwrap_err();
    assert_eq!(refused.message().key, "error-handbook-of-the-office");
}
