//! Accounts that are likely the same customer, entered twice: those that share a key. Nothing is merged by it.
//!
//! Each is named wherever the other is shown.

use std::collections::BTreeSet;

use super::account::{Account, ContactPointKind};
use super::fold;
use super::telephone::Telephone;

/// The beginning of a source that is the identifier of a card, or a digest of all that it says.
const FROM_CARD: &str = "vcard:";

/// The keys of an account. Two accounts are likely the same if they share one: they come from the same card, or they
/// have the same name and a telephone number or an e-mail address in common, also of one of their contacts.
pub fn keys(account: &Account) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let source = account
        .source
        .iter()
        .chain(&account.further_sources)
        .filter(|source| source.starts_with(FROM_CARD));
    keys.extend(source.map(|source| format!("source {source}")));
    let names = std::iter::once(&account.name).chain(&account.also_called);
    for name in names.flat_map(|name| fold::folded_spellings(name)) {
        if name.is_empty() {
            continue;
        }
        for contact_point in &account.contact_points {
            for given in &contact_point.values {
                match contact_point.kind {
                    ContactPointKind::Phone => {
                        let numbers = Telephone::all(&given.value).into_iter();
                        let numbers = numbers.map(|number| number.key());
                        let numbers = numbers.filter(|number| !number.is_empty());
                        keys.extend(numbers.map(|number| format!("phone {number} {name}")));
                    }
                    ContactPointKind::Email => {
                        keys.insert(format!("email {} {name}", address(&given.value)));
                    }
                    ContactPointKind::Address | ContactPointKind::Web => {}
                }
            }
        }
        // A person of one firm who was imported twice.
        let contacts = account
            .contacts
            .iter()
            .filter_map(|contact| contact.source.as_ref());
        keys.extend(contacts.map(|source| format!("contact {source} {name}")));
    }
    keys
}

/// An e-mail address as far as it tells boxes apart.
pub fn address(text: &str) -> String {
    let shown = text
        .chars()
        .filter(|c| !c.is_whitespace() && !fold::is_format(*c));
    shown.collect::<String>().to_lowercase()
}
