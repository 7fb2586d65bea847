//! A device that was signed out joins its company again, as the same person, and goes on with all it has.

use kept_core::model::registry::Role;
use kept_core::notebook::{ApiResult, JoinOptions, KeptError, Me};
use kept_tests::{Company, Device, Scenario, assert_same, quiesce, visit_entry};

fn join(device: &Device, link: String) -> ApiResult<Me> {
    let options = JoinOptions {
        label: "new phone".into(),
        ..JoinOptions::default()
    };
    device.notebook().join(link, options)
}

fn reason<T: std::fmt::Debug>(refused: ApiResult<T>) -> String {
    match refused.unwrap_err() {
        KeptError::Invalid { reason, .. } => reason.key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_not_sent_before_goes_with_whoever_joins_again() {
    let scenario = Scenario::begin("shut out and back");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let first = alice
        .notebook()
        .log_visit(visit_entry(None, "sent"))
        .unwrap()
        .visit;
    quiesce(&[&alice, &bob]);
    let waits = alice
        .notebook()
        .log_visit(visit_entry(None, "not sent"))
        .unwrap()
        .visit;
    let before = alice.notebook().me().unwrap();
    let invite = |name: &str| company.invite(name, Role::Technician, &["north"]);
    assert_eq!(
        reason(join(&alice, invite("Alice"))),
        "error-already-joined"
    );

    company.state().revoke_device(before.installation).unwrap();
    assert_eq!(
        alice.notebook().sync_now().unwrap_err(),
        KeptError::SignedOut
    );
    alice
        .notebook()
        .log_visit(visit_entry(None, "while signed out"))
        .unwrap();
    let outbox = alice.outbox();
    assert_eq!(reason(join(&alice, invite("Bob"))), "error-other-person");
    assert_eq!(
        alice.notebook().sync_now().unwrap_err(),
        KeptError::SignedOut
    );
    let other = invite("Alice").replace("Brandt", "Other");
    assert_eq!(reason(join(&alice, other)), "error-other-company");

    let me = join(&alice, invite("Alice")).unwrap();
    assert!(me.person == before.person && me.installation != before.installation);
    assert_eq!(alice.outbox(), outbox, "nothing is lost");
    let report = alice.sync();
    assert_eq!((report.sent, report.held, report.refused), (2, 0, 0));
    bob.sync();
    assert_eq!(bob.notebook().visit(waits).unwrap().said, "not sent");
    assert_eq!(bob.notebook().visit(first).unwrap().said, "sent");
    alice
        .notebook()
        .log_visit(visit_entry(None, "and on"))
        .unwrap();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    alice.assert_healthy();
}
