//! Finding one entry among many.

use crate::model::ids::DocId;
use crate::notebook::test_kit::{error_key, local_notebook, named};

#[test]
fn a_customer_is_found_by_a_name_with_which_others_begin() {
    let fixture = local_notebook();
    let add = |name: &str| fixture.notebook.create_account(named(name)).unwrap();
    let accounts: Vec<DocId> = (1..=120).map(|n| add(&format!("Kunde {n}"))).collect();
    let find = |text: &str| fixture.notebook.find_document(text.into());
    for number in [1, 4, 12] {
        let found = find(&format!("kunde {number}")).unwrap();
        assert_eq!(found, accounts[number - 1], "{number}");
    }
    assert_eq!(error_key(&find("Kunde").unwrap_err()), "error-ambiguous");
    let baker = add("Bäckerei Kaiser");
    assert_eq!(find("ba\u{308}ckerei kaiser").unwrap(), baker);
}
