//! The messages on customers: their forms and facts, and labels of telephone numbers and addresses.

use crate::language::{Message, has_key};
use crate::model::account::{Account, AccountForm};
use crate::model::account_field::{ACCOUNT_FIELDS, Merge};

/// Returns the name of a form of customer.
#[uniffi::export]
pub fn form_message(form: AccountForm) -> Message {
    Message::new(match form {
        AccountForm::Organisation => "form-organisation",
        AccountForm::Person => "form-person",
    })
}

/// Returns the label of a number or address: in the reader's language where a program wrote it, else as it was typed.
#[uniffi::export]
pub fn contact_label_message(label: &str) -> Message {
    // messages: reach-label-main reach-label-mobile reach-label-office reach-label-work reach-label-home
    // messages: reach-label-fax reach-label-other reach-label-pager reach-label-work-mobile reach-label-home-mobile
    // messages: reach-label-work-fax reach-label-home-fax reach-label-work-pager reach-label-home-pager
    let known = |label: &str| {
        let key = format!("reach-label-{}", label.replace(' ', "-"));
        has_key(&key).then_some(key)
    };
    if let Some(key) = known(label) {
        return Message::new(key);
    }
    // The owner's own word, and the standard label that stands behind it.
    if let Some((own, standard)) = label.rsplit_once(", ")
        && let Some(key) = known(standard)
    {
        return Message::new("reach-label-own")
            .text("own", own)
            .keyed("standard", key);
    }
    Message::new("kind-named").text("name", label)
}

/// Returns the facts that stand beside the name of a customer: scalars and further names.
pub fn account_facts(account: &Account) -> Vec<Message> {
    let fields = ACCOUNT_FIELDS.iter();
    let fields = fields.filter(|field| field.merge == Merge::Latest);
    let mut facts: Vec<Message> = fields
        .filter_map(|field| {
            let value = field.value(account);
            let fact = match field.key {
                "title" => Message::new("past-value").text("value", value),
                "birthday" => Message::new("account-born").text("day", value),
                _ => Message::new("field-fact")
                    .keyed("field", field.label)
                    .text("value", value),
            };
            (!value.is_empty()).then_some(fact)
        })
        .collect();
    if !account.also_called.is_empty() {
        let names = account.also_called.join(", ");
        facts.push(Message::new("account-also-called").text("names", names));
    }
    facts
}
