//! The demo company as it stands before anything happens: people, customers, their contacts and machines.
//!
//! Everything here follows from the seed alone.

use kept_core::model::account::{
    AccountDraft, AccountEdit, AccountForm, AssetDraft, ContactDraft, ContactPointDraft,
    ContactPointKind, SiteDraft,
};
use kept_core::model::ids::ItemId;
use kept_core::model::registry::Role;
use kept_kit::Rng;

use crate::CompanySize;
use crate::people::{self, Employee};
use crate::trades::{FAMILIES, FIRST_NAMES, STREETS, TOWNS, TRADES, Trade};

/// The company's name.
pub(crate) const NAME: &str = "Vogel & Hartley Kältetechnik";

/// The company.
#[derive(Debug)]
pub(crate) struct CompanyPlan {
    /// All people, the owner first.
    pub(crate) people: Vec<Employee>,
    /// The customers.
    pub(crate) customers: Vec<Customer>,
    /// The number of visits in the history.
    pub(crate) visits: usize,
}

/// A customer before they were written down.
#[derive(Debug)]
pub(crate) struct Customer {
    /// The person who looks after them: a place in [`CompanyPlan::people`].
    pub(crate) account_manager: usize,
    /// Their trade.
    pub(crate) trade: &'static Trade,
    /// The draft of their account.
    pub(crate) draft: AccountDraft,
    /// The needs that they named, as edits.
    pub(crate) needs: Vec<AccountEdit>,
    /// The contacts' ids.
    pub(crate) contacts: Vec<ItemId>,
}

impl CompanyPlan {
    /// The company of a seed.
    pub(crate) fn new(seed: u64, size: CompanySize) -> Self {
        let rng = Rng::new(seed);
        let people = people::people(size);
        let weights: Vec<usize> = people
            .iter()
            .map(|person| customers_of(person.role))
            .collect();
        let (customers, visits) = match size {
            CompanySize::Full => (640, 2_500),
            CompanySize::Small => (40, 120),
        };
        let customers = (0..customers)
            .map(|number| {
                let account_manager = rng.weighted(&weights);
                let team = people
                    .get(account_manager)
                    .map_or("north", |person| person.team);
                Customer::new(&rng, number, account_manager, team)
            })
            .collect();
        Self {
            people,
            customers,
            visits,
        }
    }
}

/// One customer in so many said within what time they need things.
const DEMANDING: usize = 4;

/// The share of customers that a person of a role looks after, as a weight against other roles.
fn customers_of(role: Role) -> usize {
    match role {
        Role::Technician => 45,
        Role::Sales => 30,
        Role::Office => 15,
        Role::Owner | Role::Workshop => 8,
    }
}

impl Customer {
    fn new(rng: &Rng, number: usize, account_manager: usize, team: &str) -> Self {
        let weights = [14, 12, 14, 12, 22, 14, 6, 6];
        let trade = TRADES.get(rng.weighted(&weights)).unwrap_or(&TRADES[0]);
        let family = rng.pick(FAMILIES, "Adler");
        let towns = TOWNS.iter().find(|(name, _)| *name == team);
        let towns = towns.map_or(TOWNS[0].1, |(_, towns)| towns);
        let (town, code) = towns.get(rng.below(towns.len())).unwrap_or(&TOWNS[0].1[0]);
        let at_home = trade.tag == "household";
        let name = if at_home {
            format!("{} {family}", rng.pick(FIRST_NAMES, "Hanna"))
        } else {
            let pattern = rng.pick(trade.names, "{}");
            let name = pattern.replace("{}", family);
            // The second one of a name says where it is.
            if number < 30 {
                name
            } else {
                format!("{name}, {town}")
            }
        };
        let item = || ItemId(rng.bytes());
        let contacts: Vec<ContactDraft> = (0..rng.between(1, 3))
            .map(|_| ContactDraft {
                id: Some(item()),
                name: format!(
                    "{} {}",
                    rng.pick(FIRST_NAMES, "Hanna"),
                    rng.pick(&FAMILIES[..30], "Adler")
                ),
                role: rng.pick(trade.roles, "").to_owned(),
                ..ContactDraft::default()
            })
            .collect();
        let first = contacts.first().and_then(|contact| contact.id);
        let phone = |label: &str, id: ItemId, contact| ContactPointDraft {
            id: Some(id),
            kind: ContactPointKind::Phone,
            label: label.into(),
            value: format!("{code} {}", rng.between(200_000, 989_999)),
            contact,
        };
        let mut contact_points = vec![phone("main", ContactPointKind::Phone.main_item(), None)];
        if rng.chance(40) {
            contact_points.push(phone("mobile", item(), first));
        }
        if rng.chance(60) {
            contact_points.push(ContactPointDraft {
                id: Some(item()),
                kind: ContactPointKind::Email,
                label: "office".into(),
                value: format!("info{number}@example.org"),
                contact: None,
            });
        }
        let site = item();
        let street = rng.pick(STREETS, "Hauptstraße");
        let sites = vec![SiteDraft {
            id: Some(site),
            label: if at_home { "home" } else { "main" }.into(),
            address: format!("{street} {}, {town}", rng.between(1, 140)),
        }];
        let assets = (0..rng.between(1, 3))
            .map(|_| AssetDraft {
                id: Some(item()),
                label: rng.pick(trade.machines, "machine").to_owned(),
                serial: format!("{}-{:05}", rng.between(11, 26), rng.between(1, 99_999)),
                site: Some(site),
            })
            .collect();
        let contact_ids = contacts.iter().filter_map(|contact| contact.id).collect();
        let draft = AccountDraft {
            name,
            form: if at_home {
                AccountForm::Person
            } else {
                AccountForm::Organisation
            },
            source: None,
            tags: vec![trade.tag.into()],
            notes: if rng.chance(30) {
                rng.pick(trade.said, "").to_owned()
            } else {
                String::new()
            },
            uses: rng.pick(trade.uses, "").to_owned(),
            must_not_fail: rng.pick(trade.must_not_fail, "").to_owned(),
            contact_points,
            contacts,
            sites,
            assets,
            ..AccountDraft::default()
        };
        let needs = trade
            .needs
            .iter()
            .map(|(kind, within)| AccountEdit::RequiredLeadTime {
                kind: (*kind).into(),
                within: *within,
            });
        Self {
            account_manager,
            trade,
            draft,
            needs: needs.filter(|_| number.is_multiple_of(DEMANDING)).collect(),
            contacts: contact_ids,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_company() {
        let drafts = |seed| -> Vec<AccountDraft> {
            let company = CompanyPlan::new(seed, CompanySize::Full);
            company
                .customers
                .into_iter()
                .map(|customer| customer.draft)
                .collect()
        };
        assert_eq!(drafts(7), drafts(7));
        assert_ne!(drafts(7), drafts(8));
    }

    #[test]
    fn a_full_company_has_22_people_in_three_territories_and_640_customers() {
        let company = CompanyPlan::new(1, CompanySize::Full);
        assert_eq!((company.people.len(), company.customers.len()), (22, 640));
        let teams: std::collections::BTreeSet<_> =
            company.people.iter().map(|person| person.team).collect();
        assert_eq!(teams.len(), 3);
        let names: std::collections::BTreeSet<_> =
            company.people.iter().map(Employee::first_name).collect();
        assert_eq!(names.len(), 22);
        assert!(
            company
                .customers
                .iter()
                .any(|customer| customer.draft.name.contains('ß'))
        );
    }
}
