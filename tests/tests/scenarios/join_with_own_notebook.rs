//! A local notebook joins a company: everything that was written before goes with it.

use kept_core::model::registry::Role;
use kept_core::notebook::{JoinOptions, KeptError};
use kept_tests::{Company, Scenario, account, assert_same, promise, quiesce, visit_entry};

#[test]
fn what_was_written_before_joining_is_sent_under_the_new_name() {
    let scenario = Scenario::begin("adopted");
    let company = Company::found(&scenario);
    let bob = company.bob();
    let erin = company.unjoined_device("Erin");

    scenario.step("Erin tries Kept on her own for a month");
    let customer = erin
        .notebook()
        .create_account(account("Glass works"))
        .unwrap();
    let mut visits = vec![];
    for day in 0..20 {
        company.advance(24 * 3_600_000);
        let said = format!("day {day}");
        visits.push(
            erin.notebook()
                .log_visit(visit_entry(Some(customer), &said))
                .unwrap()
                .visit,
        );
    }
    let due = erin.due_in(48);
    let early = erin
        .notebook()
        .make_promise(promise("a quote", bob.person(), due.clone()));
    assert_eq!(early, Err(KeptError::NeedsJoin), "nobody could keep it");
    assert_eq!(erin.try_sync().unwrap_err(), KeptError::NeedsJoin);
    assert!(!erin.status().me.joined);
    assert_eq!(erin.outbox().len(), 21);

    scenario.step("She joins: nothing is lost, and everything waits to be sent");
    company.join_as(&erin, Role::Technician, &["north"]);
    let me = erin.status().me;
    assert_eq!((me.joined, me.name.as_str()), (true, "Erin"));
    assert_eq!(me.organisation_name, "Brandt & Sons");
    assert_eq!(erin.outbox().len(), 21);
    assert_eq!(
        erin.notebook().account(customer).unwrap().timeline.len(),
        20
    );
    let adopted = erin.notebook().account(customer).unwrap().account;
    assert_eq!(
        adopted.team,
        Some("north".parse().unwrap()),
        "at once, before any contact"
    );
    erin.assert_projection_equals_rebuild();
    assert_eq!(erin.sync().sent, 21);

    scenario.step("Bob sees it as Erin's, in his team");
    bob.sync();
    let page = bob.notebook().account(customer).unwrap();
    assert_eq!(page.timeline.len(), 20);
    assert!(page.timeline.iter().all(|entry| entry.by == "Erin"));
    assert_eq!(page.account.team, Some("north".parse().unwrap()));
    let made = erin
        .notebook()
        .make_promise(promise("a quote", bob.person(), due))
        .unwrap();
    quiesce(&[&erin, &bob]);
    assert_same(&[&erin, &bob]);
    assert_eq!(
        bob.notebook().promise(made).unwrap().summary.promiser_name,
        "Erin"
    );
}

#[test]
fn an_invitation_serves_once_and_a_refusal_harms_nothing() {
    let scenario = Scenario::begin("an invitation serves once");
    let company = Company::found(&scenario);
    let (first, second) = (
        company.unjoined_device("Erin"),
        company.unjoined_device("Erin"),
    );
    second
        .notebook()
        .log_visit(visit_entry(None, "kept"))
        .unwrap();
    let link = company.invite("Erin", Role::Technician, &["north"]);
    let options = || JoinOptions {
        label: "phone".into(),
        ..JoinOptions::default()
    };
    let key = |error: KeptError| match error {
        KeptError::Invalid { reason, .. } => reason.key,
        other => panic!("{other:?}"),
    };
    first.notebook().join(link.clone(), options()).unwrap();
    let again = second.notebook().join(link.clone(), options()).unwrap_err();
    assert_eq!(key(again), "error-invite-used");
    let twice = first.notebook().join(link, options()).unwrap_err();
    assert_eq!(key(twice), "error-already-joined");

    let late = company.invite("Erin", Role::Technician, &["north"]);
    company.advance(kept_core::limits::INVITE_MS);
    let expired = second.notebook().join(late, options()).unwrap_err();
    assert_eq!(key(expired), "error-invite-expired");
    assert!(!second.status().me.joined);
    assert_eq!(second.outbox(), ["unsent"]);

    scenario.step("A fresh one, and both of Erin's devices show the same");
    company.join_as(&second, Role::Technician, &["north"]);
    quiesce(&[&second, &first]);
    assert_same(&[&first, &second]);
    assert_eq!(first.rows().len(), 1);
}
