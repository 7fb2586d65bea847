//! The address under which a push reaches a phone: the server keeps the newest, whatever was lost on the way, and tells
//! nobody but its gateway.

use kept_core::notebook::KeptError;
use kept_tests::{Company, Device, Scenario, quiesce};

fn address(device: &Device, address: Option<&str>) {
    let address = address.map(str::to_owned);
    device.notebook().set_push_address(address).unwrap();
}

fn known(company: &Company, device: &Device) -> Vec<String> {
    company.state().push_addresses(device.person()).unwrap()
}

#[test]
fn the_server_keeps_the_newest_address_of_a_phone_until_it_is_taken_back() {
    let scenario = Scenario::begin("an address for pushes");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    address(&alice, Some(" https://push.example/1 "));
    assert!(known(&company, &alice).is_empty());
    alice.sync();
    assert_eq!(known(&company, &alice), ["https://push.example/1"]);

    scenario.step("It is said once, and again whenever the app gives it again");
    alice.network().take_recorded();
    alice.sync();
    address(&alice, Some("https://push.example/1"));
    alice.sync();
    let recorded = alice.network().take_recorded();
    let said: Vec<_> = recorded
        .iter()
        .map(|one| one.request().unwrap().push)
        .collect();
    assert_eq!(said.first(), Some(&None));
    assert_eq!(said.last(), Some(&Some("https://push.example/1".into())));

    scenario.step("An answer that is lost leaves nothing undone");
    address(&alice, Some("https://push.example/2"));
    alice.network().lose_answers(1);
    alice.fail_to_sync();
    address(&alice, Some("https://push.example/3"));
    alice.sync();
    assert_eq!(known(&company, &alice), ["https://push.example/3"]);

    scenario.step("A server that knows nothing of it yet is told again");
    address(&alice, Some("https://push.example/4"));
    alice.network().rewrite(|request| request.push = None);
    alice.sync();
    alice.network().rewrite(|_| {});
    alice.sync();
    assert_eq!(known(&company, &alice), ["https://push.example/4"]);

    scenario.step("Nobody else is told");
    quiesce(&[&alice, &bob]);
    let devices = bob.notebook().devices().unwrap();
    assert!(devices.iter().any(|device| device.person == alice.person()));
    assert!(!format!("{devices:?}").contains("push.example"));

    address(&alice, None);
    alice.sync();
    assert!(known(&company, &alice).is_empty());
}

#[test]
fn a_phone_that_is_shut_out_is_not_woken_any_more() {
    let scenario = Scenario::begin("a lost phone and its address");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let second = company.device(
        "Alice",
        kept_core::model::registry::Role::Technician,
        &["north"],
    );
    address(&alice, Some("one"));
    address(&second, Some("two"));
    alice.sync();
    second.sync();
    assert_eq!(known(&company, &alice).len(), 2);
    let me = alice.notebook().me().unwrap();
    company.state().revoke_device(me.installation).unwrap();
    assert_eq!(known(&company, &second), ["two"]);
}

#[test]
fn an_address_that_no_gateway_could_use_is_refused_and_the_one_of_before_stays() {
    let scenario = Scenario::begin("an address that is none");
    let company = Company::found(&scenario);
    let alice = company.alice();
    address(&alice, Some("one"));
    for bad in ["two words", "line\nbreak", &"x".repeat(2_049)] {
        let refused = alice.notebook().set_push_address(Some(bad.into()));
        assert!(matches!(refused, Err(KeptError::Invalid { .. })), "{bad:?}");
    }
    alice.sync();
    assert_eq!(known(&company, &alice), ["one"]);
}
