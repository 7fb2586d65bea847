//! The grouping of a file's cards by customer: the people of a firm, and the firm itself.

use std::collections::BTreeSet;

use vcard::Card;

use crate::model::account::ContactPointKind;
use crate::model::duplicates::address;
use crate::model::fold;

/// A customer of a file: a person, or a firm with those of its people who have cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its name.
    pub name: String,
    /// True if it is a person or a household.
    pub is_person: bool,
    /// The places of its cards in the list that was given, in its order.
    pub cards: Vec<usize>,
    /// Its domains and addresses, as far as its cards say.
    pub traits: FirmTraits,
}

/// The domains and addresses that tell two firms of one name apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirmTraits {
    /// The domains of its e-mail addresses, without those of public providers.
    pub domains: BTreeSet<String>,
    /// Its postal addresses, folded.
    pub addresses: BTreeSet<String>,
}

impl FirmTraits {
    /// Adds a number or address.
    pub fn add(&mut self, kind: ContactPointKind, label: &str, value: &str) {
        match kind {
            ContactPointKind::Email => self.domains.extend(own_domain(value)),
            ContactPointKind::Address if label != "home" => {
                self.addresses.insert(fold::plain(value));
            }
            _ => {}
        }
    }

    fn of(card: &Card) -> Self {
        let mut traits = Self::default();
        for contact_point in &card.contact_points {
            traits.add(
                contact_point.kind.into(),
                &contact_point.label,
                &contact_point.value,
            );
        }
        traits
    }

    /// True if both may be one firm's: where both have domains they share one, else where both have addresses.
    pub fn agree(&self, other: &Self) -> bool {
        if !self.domains.is_empty() && !other.domains.is_empty() {
            return !self.domains.is_disjoint(&other.domains);
        }
        self.addresses.is_empty()
            || other.addresses.is_empty()
            || !self.addresses.is_disjoint(&other.addresses)
    }

    fn merge(&mut self, other: Self) {
        self.domains.extend(other.domains);
        self.addresses.extend(other.addresses);
    }
}

impl From<vcard::ContactPointKind> for ContactPointKind {
    fn from(kind: vcard::ContactPointKind) -> Self {
        match kind {
            vcard::ContactPointKind::Phone => Self::Phone,
            vcard::ContactPointKind::Email => Self::Email,
            vcard::ContactPointKind::Address => Self::Address,
            vcard::ContactPointKind::Web => Self::Web,
        }
    }
}

/// Divides cards among customers: cards with the same organisation are one firm's, unless their e-mail domains or
/// addresses say otherwise; a person without organisation is a customer.
pub fn customers(cards: &[&Card]) -> Vec<Customer> {
    let mut customers: Vec<Customer> = Vec::new();
    let mut by_name: std::collections::HashMap<String, Vec<usize>> =
        std::collections::HashMap::new();
    for (at, card) in cards.iter().enumerate() {
        let traits = FirmTraits::of(card);
        let Some(firm) = firm_of(card) else {
            customers.push(Customer {
                name: card.name.clone(),
                is_person: true,
                cards: vec![at],
                traits,
            });
            continue;
        };
        let same_name = by_name.entry(fold::plain(firm)).or_default();
        let known = same_name.iter().copied().find(|known| {
            let known = customers.get(*known);
            known.is_some_and(|known| known.traits.agree(&traits))
        });
        match known.and_then(|known| customers.get_mut(known)) {
            Some(known) => {
                known.cards.push(at);
                known.traits.merge(traits);
            }
            None => {
                same_name.push(customers.len());
                customers.push(Customer {
                    name: firm.to_owned(),
                    is_person: false,
                    cards: vec![at],
                    traits,
                });
            }
        }
    }
    customers
}

/// The firm that a card speaks of; none for a person of none.
fn firm_of(card: &Card) -> Option<&str> {
    match &card.organisation {
        Some(organisation) => Some(organisation),
        None => (!card.is_person).then_some(card.name.as_str()),
    }
}

/// The domain of an e-mail address that is its owner's; None for a public provider's.
fn own_domain(value: &str) -> Option<String> {
    /// The public providers of e-mail addresses.
    const PUBLIC_PROVIDERS: &[&str] = &[
        "gmail",
        "googlemail",
        "gmx",
        "web",
        "t-online",
        "freenet",
        "yahoo",
        "hotmail",
        "outlook",
        "live",
        "msn",
        "icloud",
        "me",
        "mac",
        "aol",
        "posteo",
        "mailbox",
        "proton",
        "protonmail",
        "bluewin",
        "a1",
        "chello",
        "qq",
        "163",
        "126",
        "sina",
        "mail",
        "yandex",
        "ya",
        "orange",
        "free",
        "wanadoo",
        "laposte",
        "libero",
        "naver",
        "daum",
        "hanmail",
        "docomo",
        "ezweb",
        "softbank",
        "arcor",
        "1und1",
        "vodafone",
        "gmx-topmail",
    ];
    let value = address(value);
    let (_, domain) = value.rsplit_once('@')?;
    // "yahoo.co.uk" has a second part that is no name either.
    let mut labels = domain
        .split('.')
        .rev()
        .skip(1)
        .filter(|label| !["co", "com", "ne", "or"].contains(label));
    let is_public = labels
        .next()
        .is_some_and(|label| PUBLIC_PROVIDERS.contains(&label));
    (!domain.is_empty() && !is_public).then(|| domain.to_owned())
}
