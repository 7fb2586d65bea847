//! A promise is made in a hurry without a customer, who is named later: by two who do not see each other.

use kept_core::model::ids::DocId;
use kept_core::model::visit::NameSnapshot;
use kept_core::notebook::PromiseEdit;
use kept_tests::{Company, Device, Scenario, account, assert_same, promise, quiesce};

#[test]
fn two_who_name_the_customer_at_once_agree_in_the_end_on_every_device() {
    let scenario = Scenario::begin("two people name the customer of one promise");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let mill = alice.notebook().create_account(account("Mill")).unwrap();
    let inn = alice.notebook().create_account(account("Inn")).unwrap();
    quiesce(&[&alice, &bob]);
    let quick = promise("a call back", bob.person(), alice.due_in(24));
    let id = alice.notebook().make_promise(quick).unwrap();
    quiesce(&[&alice, &bob]);
    let name = |device: &Device, account: DocId| {
        company.advance(60_000);
        device.change_promise(
            id,
            PromiseEdit::NameAccount {
                account,
                contact: None,
                labels: NameSnapshot::default(),
            },
        );
    };
    name(&alice, mill);
    name(&bob, inn);
    quiesce(&[&alice, &bob]);
    let of = |device: &Device| device.promise(id).summary.account;
    assert_eq!(
        (of(&alice), of(&bob)),
        (Some(inn), Some(inn)),
        "the last word stands"
    );
    for device in [&alice, &bob] {
        let timeline = |account| device.notebook().account(account).unwrap().timeline.len();
        assert_eq!((timeline(mill), timeline(inn)), (0, 1));
        device.assert_healthy();
        device.assert_projection_equals_rebuild();
    }
    assert_same(&[&alice, &bob]);
}
